"""Moments with a time zone, as calendars need them. Imports no Frappe."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo


def now() -> datetime:
	return datetime.now(timezone.utc)


def with_zone(moment: datetime, zone: str) -> datetime:
	"""Return a moment with the named zone, not converted; ZoneInfoNotFoundError for an unknown one.

	Of a time that occurs twice, at the end of summer time, `fold` tells the first (0) from the second (1).
	"""
	return moment.replace(tzinfo=ZoneInfo(zone))
