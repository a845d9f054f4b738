"""What the scheduler calls; hooks.py names the functions. Each may run at any time, twice at once, or be killed."""

import time

from crm_interactions.reminders import digest, reminders

# seconds; the platform ends a job after 300, and the next run goes on where this one stopped
LONGEST = 240


def send_reminders() -> None:
	reminders.send_due_reminders(until=time.monotonic() + LONGEST)


def send_digests() -> None:
	"""Called each quarter of an hour: some time zones begin their hours at one."""
	digest.send_due_digests(until=time.monotonic() + LONGEST)
