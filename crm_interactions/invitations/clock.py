"""Moments with a time zone, as calendars of other people need them. Imports no Frappe."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo


def now() -> datetime:
	return datetime.now(timezone.utc)


def with_zone(moment: datetime, zone: str) -> datetime:
	"""Return a site's moment together with its zone.

	An hour that is there twice, when summer time ends, is the first of the two.
	"""
	return moment.replace(tzinfo=ZoneInfo(zone))
