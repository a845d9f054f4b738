"""Time on the site's clock, as Frappe stores it, and the time zones of the site and its users."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import frappe
from frappe.utils import get_datetime, get_first_day_of_week, get_system_timezone

from crm_interactions.clock import timeline


def site_zone() -> ZoneInfo:
	"""Return the time zone of the System Settings (Frappe's default if blank), or UTC if the system doesn't know it."""
	return _zone(get_system_timezone()) or ZoneInfo("UTC")


def zone_of(user: str) -> ZoneInfo:
	"""Return a user's time zone; the site's if the user is unknown, or has none or an unknown one."""
	name = frappe.get_cached_value("User", user, "time_zone") if user else None
	return _zone(name) or site_zone()


def now() -> datetime:
	"""Return the present, with the `fold` that Frappe 15 leaves out."""
	return timeline.to_wall(datetime.now(timeline.UTC), site_zone())


def elapsed(start, end) -> timedelta:
	"""Return the time that passes between two moments, also over a clock change."""
	return timeline.elapsed(get_datetime(start), get_datetime(end), site_zone())


def later(moment, span: timedelta) -> datetime:
	"""Return the moment a span after another, or before it if the span is negative, also over a clock change."""
	return timeline.later(get_datetime(moment), span, site_zone())


def skip_gap(moment) -> datetime:
	"""Return a moment that the site's clock shows, as `timeline.skip_gap`."""
	return timeline.skip_gap(get_datetime(moment), site_zone())


def read_period(start, end, length: timedelta | None = None) -> tuple[datetime, datetime]:
	"""Return start and end with the `fold` that the database drops, as `timeline.read_period`."""
	return timeline.read_period(get_datetime(start), get_datetime(end), site_zone(), length)


def is_repeated(moment) -> bool:
	"""Return whether the site's clock shows a time twice."""
	return timeline.is_repeated(get_datetime(moment), site_zone())


def to_utc(moment) -> datetime:
	"""Return a moment in UTC, for comparisons within an hour that the clock shows twice."""
	return timeline.to_utc(get_datetime(moment), site_zone())


def shown_end(start: datetime, end: datetime) -> datetime:
	"""Return an end that views without a time zone show after the start, as `timeline.shown_end`."""
	return timeline.shown_end(start, end, site_zone())


def whole_day(start: datetime, end: datetime | None, user: str) -> date | None:
	"""Return the first day of a period of whole days, on the user's clock or the site's; None for other periods."""
	site = site_zone()
	found = (timeline.whole_day(start, end, site, zone) for zone in (zone_of(user), site))
	return next((day for day in found if day), None)


def move_to_day(moment: datetime, day: date, user: str) -> datetime:
	"""Return a moment at the same time of another day, both on the user's clock."""
	return timeline.move_to_day(moment, day, site_zone(), zone_of(user))


def find_day(moment, user: str) -> date | None:
	"""Return the day of a moment without a time of day, on the user's clock or the site's; None for other moments."""
	return timeline.find_day(get_datetime(moment), site_zone(), zone_of(user))


def due_until(moment, user: str) -> datetime:
	"""Return the last moment at which a user's activity planned for `moment` isn't late, as `timeline.due_until`."""
	return timeline.due_until(get_datetime(moment), site_zone(), zone_of(user))


def end_of_today(now: datetime, zone: ZoneInfo) -> datetime:
	"""Return the midnight that ends the present day in a time zone, on the site's clock."""
	return end_of_day(now, zone, 0)


def end_of_day(now: datetime, zone: ZoneInfo, days: int) -> datetime:
	"""Return the midnight that ends the day so many days after the present one in a time zone, on the site's clock."""
	return timeline.start_of_day(_today(now, zone) + timedelta(days=days + 1), site_zone(), zone)


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
	"""Return the midnight that begins a day in a time zone, on the site's clock."""
	return timeline.start_of_day(day, site_zone(), zone)


def shown_at(moment, zone: ZoneInfo) -> datetime:
	"""Return what the clock of a time zone shows at a moment."""
	return timeline.to_wall(to_utc(moment), zone)


def on_day(days: int, now: datetime, user: str, at: time | None = None) -> datetime:
	"""Return a time of day so many days after the present one, by default the present time, on the user's clock."""
	zone = zone_of(user)
	day = _today(now, zone) + timedelta(days=days)
	if at is None:
		return move_to_day(now, day, user)
	return timeline.to_wall(timeline.to_utc(datetime.combine(day, at), zone), site_zone())


def start_of_week(now: datetime, zone: ZoneInfo) -> datetime:
	"""Return the midnight that begins the present week (System Settings) in a time zone, on the site's clock."""
	return timeline.start_of_day(get_first_day_of_week(_today(now, zone)), site_zone(), zone)


def other_zones() -> dict[str, ZoneInfo]:
	"""Return the time zones of the users who have another one than the site."""
	site = site_zone()
	rows = frappe.get_all("User", {"time_zone": ("not in", ("", site.key))}, ["name", "time_zone"])
	zones = {row.name: _zone(row.time_zone) for row in rows}
	return {user: zone for user, zone in zones.items() if zone}


def _today(now: datetime, zone: ZoneInfo) -> date:
	return timeline.to_wall(timeline.to_utc(now, site_zone()), zone).date()


def _zone(name: str | None) -> ZoneInfo | None:
	try:
		return ZoneInfo(name) if name else None
	except (ZoneInfoNotFoundError, ValueError):
		return None  # a zone that this system's database doesn't list
