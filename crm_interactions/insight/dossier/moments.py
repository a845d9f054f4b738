"""Dates and times in the reader's format and time zone."""

from datetime import date, datetime

from frappe.utils import format_date, format_duration, format_time, get_datetime

from crm_interactions.clock import site_time, timeline


class Clock:
	"""The clock of a user; the format of dates is that of the session."""

	def __init__(self, user: str):
		self._user = user
		self._zone = site_time.zone_of(user)

	@property
	def zone(self) -> str:
		return self._zone.key

	def show(self, moment) -> str:
		"""Return a time of the site's clock as the user's date and time, without a time of day if it has none."""
		day, local = self._read(moment)
		return (
			format_date(day) if day else f"{format_date(local.date())} {format_time(local.time(), 'HH:mm')}"
		)

	def show_day(self, moment) -> str:
		"""Return the date of a time of the site's clock, on the user's clock."""
		day, local = self._read(moment)
		return format_date(day or local.date())

	def _read(self, moment) -> tuple[date | None, datetime]:
		wall = get_datetime(moment)
		local = timeline.to_wall(site_time.to_utc(wall), self._zone)
		return site_time.find_day(wall, self._user), local


def show_gap(earlier, later) -> str:
	"""Return the time between two activities, such as 3d 4h; in minutes below an hour, "" below a minute."""
	seconds = int(site_time.elapsed(earlier, later).total_seconds())
	rounded = seconds - seconds % (3600 if seconds >= 3600 else 60)
	return format_duration(rounded, hide_days=False) if rounded > 0 else ""
