"""When reminders and digests are due (R23). Imports no Frappe; reads no clock and no settings.

Moments without a time zone are in the site's time zone, as Frappe stores them.
"""

from datetime import date, datetime, timedelta, tzinfo
from hashlib import sha256
from zoneinfo import ZoneInfo

from crm_interactions.clock import timeline

BEFORE, LATE, DIGEST = KINDS = ("Before Due", "Late", "Digest")
# older late activities appear in the digest only, so that an installation on years of old plans stays quiet
LATE_FOR = timedelta(days=31)


def minutes_before(*choices: int | None) -> int:
	"""Return how many minutes before an activity its reminder is due; 0 for no reminder.

	The choices, in minutes, are the user's, the type's and the settings', by precedence. None or 0 defers to the next
	choice; a negative number asks for no reminder.
	"""
	chosen = next((choice for choice in choices if choice), 0)
	return max(chosen, 0)


def is_due_before(starts_on: datetime, now: datetime, minutes: int, site: tzinfo = timeline.UTC) -> bool:
	"""Return whether `now` lies in the last `minutes` that pass before the start; False for 0 minutes."""
	return timedelta() < timeline.elapsed(now, starts_on, site) <= timedelta(minutes=minutes)


def due_window(
	kind: str, now: datetime, most_minutes: int, site: tzinfo = timeline.UTC
) -> tuple[datetime, datetime]:
	"""Return start and end (exclusive), on the site's clock, between which activities can be due for a reminder.

	Args:
		kind: BEFORE, for a period from `now`, or LATE, for the `LATE_FOR` (31 days) before it.
		most_minutes: for BEFORE, the earliest reminder of any user, type or settings, in minutes before the start.
	"""
	if kind == LATE:
		return now - LATE_FOR, now
	ahead = timedelta(minutes=most_minutes, microseconds=1)
	# in autumn the clock may show less after the span than before it
	return now, max(now + ahead, timeline.later(now, ahead, site))


def reminder_key(kind: str, subject: str, user: str, due: datetime | date) -> str:
	"""Return the unique key of a reminder.

	Args:
		subject: name of the activity's journal row, which survives renaming and conversion; empty for a digest.
		due: start of the activity, so that a rescheduled activity has another reminder; for a digest, its day.
	"""
	moment = due.isoformat(timespec="seconds") if isinstance(due, datetime) else due.isoformat()
	return sha256("\n".join((kind, subject, user, moment)).encode()).hexdigest()


def digest_day(now: datetime, site: ZoneInfo, zone: ZoneInfo, hour: int) -> date | None:
	"""Return the day whose digest is due for a user, on the user's calendar; None before the hour.

	`now` is in the site's time zone, `hour` (0 to 23) on the clock of the user's `zone`.
	"""
	local = now.replace(tzinfo=site).astimezone(zone)
	return local.date() if local.hour >= hour else None
