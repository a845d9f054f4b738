"""When somebody is reminded of what (R23). Imports no Frappe; knows no clock and no settings.

Moments without a time zone are the site's, as the platform keeps them.
"""

from datetime import date, datetime, time, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

BEFORE, LATE, DIGEST = KINDS = ("Before Due", "Late", "Digest")
# what became late longer ago is told by the digest alone: an app that is installed on years of old plans stays quiet
LATE_FOR = timedelta(days=31)
# a number of the user's or the type's that asks for no reminder before; 0 leaves it to whoever comes next
NONE = -1
KEY_LENGTH = 64


def minutes_before(*choices: int | None) -> int:
	"""Return how many minutes before an activity its reminder is due.

	Args:
		choices: in minutes, from who decides first to who decides last: the user's, the type's, the settings'. Nothing or 0
			leaves it to the next one, a negative number asks for none.

	Returns: minutes; 0 for no reminder.
	"""
	chosen = next((choice for choice in choices if choice), 0)
	return max(chosen, 0)


def is_due_before(starts_on: datetime, now: datetime, minutes: int) -> bool:
	"""Tell whether it is time to remind of what is still to come."""
	return bool(minutes) and starts_on - timedelta(minutes=minutes) <= now < starts_on


def due_window(kind: str, now: datetime, most_minutes: int) -> tuple[datetime, datetime]:
	"""Return from when until when activities can be due for a reminder, the end left out.

	Args:
		kind: BEFORE or LATE.
		most_minutes: the most that anybody wants to be reminded before, in minutes.
	"""
	if kind == LATE:
		return now - LATE_FOR, now
	return now, now + timedelta(minutes=most_minutes, microseconds=1)


def reminder_key(kind: str, subject: str, user: str, due: datetime | date) -> str:
	"""Return what tells a reminder from all others.

	Args:
		subject: what keeps its name when the activity is renamed or turned into another: its row of the journal.
		due: when the activity is to be; an activity that is moved has another reminder.
	"""
	moment = due.isoformat(timespec="seconds") if isinstance(due, datetime) else due.isoformat()
	return sha256("\n".join((kind, subject, user, moment)).encode()).hexdigest()


def digest_day(now: datetime, site: ZoneInfo, zone: ZoneInfo, hour: int) -> date | None:
	"""Return the day whose digest is due for a user, on his own calendar; None before his hour has come.

	Args:
		now: in the site's time zone.
		zone: the user's.
		hour: 0 to 23, on the user's clock.
	"""
	there = now.replace(tzinfo=site).astimezone(zone)
	return there.date() if there.hour >= hour else None


def end_of_day(day: date, site: ZoneInfo, zone: ZoneInfo) -> datetime:
	"""Return when a user's day is over, in the site's time zone."""
	midnight = datetime.combine(day + timedelta(days=1), time.min, zone)
	return midnight.astimezone(site).replace(tzinfo=None)
