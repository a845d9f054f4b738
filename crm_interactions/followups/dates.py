"""Date arithmetic of next steps (R22). Imports no Frappe; knows no clock and no settings.

Moments go in and come out with their time zone. What is counted is counted on the wall clock of the person who has to
act: "in 2 days" at 14:30 is 14:30 there, also when the clocks change in between.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

HOURS, DAYS, WEEKS, MONTHS = UNITS = ("Hours", "Days", "Weeks", "Months")
# a year without a working day is no calendar
FAR = 366
# of any unit; more is a slip of the finger
MOST = 10_000


class NoWorkingTimeError(ValueError):
	"""No working day within a year, or a working day that ends before it begins."""


@dataclass(frozen=True)
class WorkingTime:
	"""When somebody works.

	Args:
		weekdays: numbers of the working days, Monday is 0.
		start: when a working day begins, on the wall clock.
		end: when it ends; midnight is the end of the day.
		is_holiday: tells whether a day is one, weekends included; it has the last word.
	"""

	weekdays: frozenset[int] = frozenset(range(5))
	start: time = time(9)
	end: time = time(17)
	is_holiday: Callable[[date], bool] = lambda day: False

	def is_working_day(self, day: date) -> bool:
		return day.weekday() in self.weekdays and not self.is_holiday(day)

	def closing(self, day: date) -> datetime:
		"""Return the end of a day's work, without a time zone."""
		midnight = datetime.combine(day, time())
		if self.end == time():
			return midnight + timedelta(days=1)
		return datetime.combine(day, self.end)


def add_units(
	base: datetime, count: int, unit: str, zone: ZoneInfo, working: WorkingTime | None = None
) -> datetime:
	"""Return the moment that is so many units after another one.

	Without working time, hours are hours that pass; days, weeks and months go by the calendar at the same time of day,
	and a month ends on its last day (31 January and a month is 28 or 29 February). With working time, hours and days
	count only where there is work; weeks and months go by the calendar and then on to the next working moment.

	Args:
		base: where counting begins, with a time zone.
		count: how many, from 0 to `MOST`.
		unit: one of `UNITS`.
		zone: whose wall clock counts.
		working: None counts around the clock.

	Returns: the moment in `zone`.

	Raises: ValueError for another unit, another count or a year after 9999; NoWorkingTimeError.
	"""
	if not 0 <= count <= MOST:
		raise ValueError("a next step lies ahead, and not that far")
	if unit not in UNITS:
		raise ValueError(f"unit is none of {', '.join(UNITS)}")
	try:
		return _later(base, count, unit, zone, working)
	except OverflowError as error:
		raise ValueError("that far ahead there is no calendar") from error


def _later(base, count, unit, zone, working):
	if unit == HOURS and not working:
		return (base.astimezone(timezone.utc) + timedelta(hours=count)).astimezone(zone)
	wall = base.astimezone(zone).replace(tzinfo=None)
	if unit == HOURS:
		return _placed(_working_hours_later(wall, timedelta(hours=count), working), zone)
	if unit == DAYS and working:
		return _placed(_working_days_later(wall, count, working), zone)
	if unit == MONTHS:
		wall = _months_later(wall, count)
	else:
		wall += timedelta(days=count * (7 if unit == WEEKS else 1))
	return _placed(next_working_moment(wall, working) if working else wall, zone)


def next_working_moment(wall: datetime, working: WorkingTime) -> datetime:
	"""Return this moment if somebody works then, else the next one, on the wall clock.

	Raises: NoWorkingTimeError.
	"""
	if working.is_working_day(wall.date()) and wall < working.closing(wall.date()):
		return max(wall, _opening(wall.date(), working))
	return _opening(_working_day_from(wall.date() + timedelta(days=1), working), working)


def _working_hours_later(wall: datetime, left: timedelta, working: WorkingTime) -> datetime:
	wall = next_working_moment(wall, working)
	while left > (today := working.closing(wall.date()) - wall):
		left -= today
		wall = _opening(_working_day_from(wall.date() + timedelta(days=1), working), working)
	return wall + left


def _working_days_later(wall: datetime, count: int, working: WorkingTime) -> datetime:
	"""At the same time of day, as far as somebody works then."""
	day = wall.date()
	for _each in range(count):
		day = _working_day_from(day + timedelta(days=1), working)
	if not working.is_working_day(day):
		return next_working_moment(wall, working)
	at = datetime.combine(day, wall.time())
	return max(min(at, working.closing(day)), _opening(day, working))


def _months_later(wall: datetime, count: int) -> datetime:
	years, month = divmod(wall.year * 12 + wall.month - 1 + count, 12)
	if years > 9999:
		raise OverflowError
	return wall.replace(year=years, month=month + 1, day=min(wall.day, monthrange(years, month + 1)[1]))


def _working_day_from(day: date, working: WorkingTime) -> date:
	for _each in range(FAR):
		if working.is_working_day(day):
			return day
		day += timedelta(days=1)
	raise NoWorkingTimeError


def _opening(day: date, working: WorkingTime) -> datetime:
	opening = datetime.combine(day, working.start)
	if opening >= working.closing(day):
		raise NoWorkingTimeError
	return opening


def _placed(wall: datetime, zone: ZoneInfo) -> datetime:
	"""A time that the clocks skip in spring is as much later; of one that they show twice, the first counts."""
	return wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).astimezone(zone)
