"""Scheduled jobs, named in hooks.py. Each may run at any time, run twice at once, or be killed."""

import time

from crm_interactions.reminders import digest, reminders

# seconds; Frappe ends a job after 300, and the next run continues where this one stopped
LONGEST = 240


def send_reminders() -> None:
	"""Send due reminders for at most `LONGEST` seconds; the next run continues."""
	reminders.send_due_reminders(until=time.monotonic() + LONGEST)


def send_digests() -> None:
	"""Send due digests for at most `LONGEST` seconds; every 15 minutes, as time zones differ by quarters of an hour."""
	digest.send_due_digests(until=time.monotonic() + LONGEST)
