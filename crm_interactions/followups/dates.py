"""Date arithmetic of next steps (R22). Imports no Frappe; reads no clock and no settings.

Arguments and results have a time zone. Days, weeks and months count on the wall clock of the responsible user:
"in 2 days" at 14:30 is 14:30 there, even if the clocks change in between.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from crm_interactions.clock import timeline

HOURS, DAYS, WEEKS, MONTHS = UNITS = ("Hours", "Days", "Weeks", "Months")
# days; a calendar without a working day in a whole year is a mistake
FAR = 366
# of any unit; a larger count is a typing error
MOST = 10_000


class NoWorkingTimeError(ValueError):
	"""Raised if there is no working day within a year, or if a working day doesn't end after it begins."""


@dataclass(frozen=True)
class WorkingTime:
	"""Working days and hours of a user.

	Args:
		weekdays: numbers of the working days, Monday is 0.
		start: beginning of a working day, on the wall clock.
		end: end of a working day; 00:00 is midnight at its end.
		is_holiday: returns whether a day is off, even if it is one of `weekdays`.
	"""

	weekdays: frozenset[int] = frozenset(range(5))
	start: time = time(9)
	end: time = time(17)
	is_holiday: Callable[[date], bool] = lambda day: False

	def is_working_day(self, day: date) -> bool:
		return day.weekday() in self.weekdays and not self.is_holiday(day)

	def closing(self, day: date) -> datetime:
		"""Return the end of a working day, without a time zone; with an `end` of 00:00, the midnight after the day."""
		midnight = datetime.combine(day, time())
		if self.end == time():
			return midnight + timedelta(days=1)
		return datetime.combine(day, self.end)


def add_units(
	base: datetime, count: int, unit: str, zone: ZoneInfo, working: WorkingTime | None = None
) -> datetime:
	"""Return the moment that lies `count` units after `base`, in the time zone `zone`.

	Without working time, hours are elapsed time; days, weeks and months keep the time of day. A day that the month
	lacks becomes its last day (31 January plus a month is 28 or 29 February). With working time, only working hours and
	working days count, and the time of day is cut to working hours; weeks and months follow the calendar, then move on
	to the next working moment.

	Args:
		base: start of the count, with a time zone.
		count, unit: from 0 to `MOST`, and one of `UNITS`.
		working: in `zone`; None counts around the clock.

	Raises: ValueError for another unit or count, or for a year after 9999; NoWorkingTimeError.
	"""
	if not 0 <= count <= MOST:
		raise ValueError(f"count must be from 0 to {MOST}")
	if unit not in UNITS:
		raise ValueError(f"unit must be one of {', '.join(UNITS)}")
	try:
		return _later(base, count, unit, zone, working)
	except OverflowError as error:
		raise ValueError("the date lies after the year 9999") from error


def _later(base, count, unit, zone, working):
	if unit == HOURS and not working:
		return (base.astimezone(timezone.utc) + timedelta(hours=count)).astimezone(zone)
	wall = base.astimezone(zone).replace(tzinfo=None)
	if unit == HOURS:
		return _working_hours_later(wall, timedelta(hours=count), working, zone)
	if unit == DAYS and working:
		return _with_zone(_working_days_later(wall, count, working), zone)
	if unit == MONTHS:
		wall = _months_later(wall, count)
	else:
		wall += timedelta(days=count * (7 if unit == WEEKS else 1))
	return _with_zone(next_working_moment(wall, working) if working else wall, zone)


def working_between(start: datetime, end: datetime, zone: ZoneInfo, working: WorkingTime) -> timedelta:
	"""Return the working time that passes between two moments, none if the end comes first.

	A working day whose end doesn't come after its beginning has none. Over a clock change, elapsed time counts.

	Args:
		start, end: with a time zone.
		working: in `zone`.
	"""
	first, last = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, end))
	day, total = first.date(), timedelta()
	while day <= last.date():
		if working.is_working_day(day):
			opening = max(datetime.combine(day, working.start), first)
			closing = min(working.closing(day), last)
			total += max(timeline.elapsed(opening, closing, zone), timedelta())
		day += timedelta(days=1)
	return total


def round_up(moment: datetime, working: WorkingTime | None = None) -> datetime:
	"""Return the next half hour on the moment's own clock, in working time if given, with the moment's time zone.

	Midnight becomes 00:30, because 00:00 stands for a day without a time.

	Raises: NoWorkingTimeError.
	"""
	found, zone = _half_hour(moment), moment.tzinfo
	wall = found.replace(tzinfo=None)
	if not working or (
		working.is_working_day(wall.date())
		and _opening(wall.date(), working) <= wall <= working.closing(wall.date())
	):
		return found
	return _half_hour(_with_zone(next_working_moment(wall, working), zone))


def _half_hour(moment: datetime) -> datetime:
	missing = timedelta(minutes=-moment.minute % 30)
	# across a clock change, minutes stay round
	found = (moment.replace(second=0, microsecond=0).astimezone(timezone.utc) + missing).astimezone(
		moment.tzinfo
	)
	return found if found.time() != time() else found.replace(minute=30)


def next_working_moment(wall: datetime, working: WorkingTime) -> datetime:
	"""Return `wall` if it lies in working time, else the start of the next working period, on the wall clock.

	Raises: NoWorkingTimeError.
	"""
	if working.is_working_day(wall.date()) and wall < working.closing(wall.date()):
		return max(wall, _opening(wall.date(), working))
	return _opening(_working_day_from(wall.date() + timedelta(days=1), working), working)


def _working_hours_later(wall: datetime, left: timedelta, working: WorkingTime, zone: ZoneInfo) -> datetime:
	"""Return the moment after so much working time; a shift over a clock change is an hour shorter or longer."""
	wall = next_working_moment(wall, working)
	while left > (today := timeline.elapsed(wall, working.closing(wall.date()), zone)):
		left -= max(today, timedelta())  # a clock change may skip the whole shift
		wall = _opening(_working_day_from(wall.date() + timedelta(days=1), working), working)
	return (timeline.to_utc(wall, zone) + left).astimezone(zone)


def _working_days_later(wall: datetime, count: int, working: WorkingTime) -> datetime:
	"""Return the moment `count` working days later, at the same time of day but within working hours."""
	day = wall.date()
	for _step in range(count):
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
	for _step in range(FAR):
		if working.is_working_day(day):
			return day
		day += timedelta(days=1)
	raise NoWorkingTimeError


def _opening(day: date, working: WorkingTime) -> datetime:
	opening = datetime.combine(day, working.start)
	if opening >= working.closing(day):
		raise NoWorkingTimeError
	return opening


def _with_zone(wall: datetime, zone: ZoneInfo) -> datetime:
	"""Add a time zone. A time skipped in spring moves on by the skipped span; of a repeated time, the first counts."""
	return wall.replace(tzinfo=zone, fold=0).astimezone(timezone.utc).astimezone(zone)
