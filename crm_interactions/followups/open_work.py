"""Open work in the journal: planned, late and due today, defined once for cards, digest and team report (R23).

*Late* is the same for every user; *today* is the day of the responsible user, whose time zone the caller passes. Lists
and calendars compare the same field, `due_until`, with the present (`public/js/logic/status.js`).
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from crm_interactions.clock import site_time
from crm_interactions.followups import rules

ACTIVITIES = ["activity_type", "in", [*rules.PLANNING]]


def planned() -> list[list]:
	"""Return the filters of planned interactions and meetings."""
	return [ACTIVITIES, ["status", "=", "Planned"]]


def to_review() -> list[list]:
	"""Return the filters of interactions and meetings that took place and aren't reviewed."""
	return [ACTIVITIES, ["status", "=", "Done"], ["reviewed", "=", 0]]


def done_since(moment: datetime) -> list[list]:
	"""Return the filters of interactions and meetings that took place since a moment."""
	return [ACTIVITIES, ["status", "=", "Done"], ["activity_date", ">=", _text(moment)]]


def late(now: datetime) -> list[list]:
	"""Return the filters of planned activities whose time, or whose day if they have no time, is over."""
	return [*planned(), ["due_until", "<", _text(now)]]


def due_today(now: datetime, zone: ZoneInfo) -> list[list]:
	"""Return the filters of activities that are still due on the present day of a time zone; late ones aren't among them."""
	end = site_time.end_of_today(now, zone)
	return [*planned(), ["due_until", ">=", _text(now)], ["due_until", "<", _text(end)]]


def group_by_day(users: list[str], now: datetime) -> list[tuple[ZoneInfo, list[str]]]:
	"""Return groups of these users whose present day ends at the same time, each with one of its time zones."""
	site, others = site_time.site_zone(), site_time.other_zones()
	groups: dict[datetime, tuple[ZoneInfo, list[str]]] = {}
	for user in users:
		zone = others.get(user, site)
		groups.setdefault(site_time.end_of_today(now, zone), (zone, []))[1].append(user)
	return [*groups.values()]


def _text(moment: datetime) -> str:
	return str(moment.replace(microsecond=0))
