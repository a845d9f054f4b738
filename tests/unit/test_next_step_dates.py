"""Dates of next steps over month ends, leap days, clock changes, weekends and holidays (R22)."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_interactions.followups.dates import (
	UNITS,
	NoWorkingTimeError,
	WorkingTime,
	add_units,
	round_up,
	working_between,
)

HOURS, DAYS, WEEKS, MONTHS = UNITS
# 2026: 1 January is a Thursday. Clocks change in Europe on 29 March and 25 October, in New York on 8 March.
TABLE = [
	# case, zone, from, count, unit, to
	("two days", "Europe/Warsaw", "2026-06-01 14:30", 2, DAYS, "2026-06-03 14:30"),
	("at once", "Europe/Warsaw", "2026-06-01 14:30", 0, HOURS, "2026-06-01 14:30"),
	("over midnight", "Europe/Warsaw", "2026-06-01 22:30", 4, HOURS, "2026-06-02 02:30"),
	("two weeks", "Europe/Zagreb", "2026-12-24 09:00", 2, WEEKS, "2027-01-07 09:00"),
	("month end", "Europe/Zagreb", "2026-01-31 09:00", 1, MONTHS, "2026-02-28 09:00"),
	("leap day", "Europe/Zagreb", "2028-01-31 09:00", 1, MONTHS, "2028-02-29 09:00"),
	("from a leap day", "Europe/Zagreb", "2028-02-29 09:00", 12, MONTHS, "2029-02-28 09:00"),
	("no leap day in 2100", "Europe/Zagreb", "2100-02-28 09:00", 1, DAYS, "2100-03-01 09:00"),
	("month end to month end", "Europe/Zagreb", "2026-03-31 09:00", 1, MONTHS, "2026-04-30 09:00"),
	("over the year", "Europe/Zagreb", "2026-11-30 09:00", 3, MONTHS, "2027-02-28 09:00"),
	("13 months", "Europe/Zagreb", "2026-12-15 09:00", 13, MONTHS, "2028-01-15 09:00"),
	("day over spring", "Europe/Ljubljana", "2026-03-28 14:30", 1, DAYS, "2026-03-29 14:30"),
	("hours over spring", "Europe/Ljubljana", "2026-03-28 14:30", 24, HOURS, "2026-03-29 15:30"),
	("day over autumn", "Europe/Ljubljana", "2026-10-24 14:30", 1, DAYS, "2026-10-25 14:30"),
	("hours over autumn", "Europe/Ljubljana", "2026-10-24 14:30", 24, HOURS, "2026-10-25 13:30"),
	("skipped in spring", "Europe/Ljubljana", "2026-03-28 02:30", 1, DAYS, "2026-03-29 03:30"),
	("shown twice in autumn", "Europe/Ljubljana", "2026-10-24 02:30", 1, DAYS, "2026-10-25 02:30"),
	("New York", "America/New_York", "2026-03-07 02:30", 1, DAYS, "2026-03-08 03:30"),
	("New York, week", "America/New_York", "2026-03-03 10:00", 1, WEEKS, "2026-03-10 10:00"),
	("Moscow has no summer time", "Europe/Moscow", "2026-03-28 14:30", 24, HOURS, "2026-03-29 14:30"),
	("half an hour's change", "Australia/Lord_Howe", "2026-10-03 12:00", 24, HOURS, "2026-10-04 12:30"),
	("east of the date line", "Pacific/Kiritimati", "2026-01-31 23:30", 1, HOURS, "2026-02-01 00:30"),
	("45 minutes off", "Asia/Kathmandu", "2026-02-28 23:50", 1, DAYS, "2026-03-01 23:50"),
]
WORKING = [
	("within the day", "2026-06-01 10:00", 4, HOURS, "2026-06-01 14:00"),
	("to the minute of closing", "2026-06-01 13:00", 4, HOURS, "2026-06-01 17:00"),
	("over the evening", "2026-06-01 16:00", 4, HOURS, "2026-06-02 12:00"),
	("over the weekend", "2026-06-05 16:00", 4, HOURS, "2026-06-08 12:00"),
	("from the night", "2026-06-01 03:00", 1, HOURS, "2026-06-01 10:00"),
	("from the evening", "2026-06-01 21:00", 1, HOURS, "2026-06-02 10:00"),
	("from Saturday", "2026-06-06 12:00", 1, HOURS, "2026-06-08 10:00"),
	("three working days of hours", "2026-06-01 09:00", 20, HOURS, "2026-06-03 13:00"),
	("now, in the night", "2026-06-06 12:00", 0, HOURS, "2026-06-08 09:00"),
	("two days", "2026-06-01 14:30", 2, DAYS, "2026-06-03 14:30"),
	("Thursday and two days", "2026-06-11 14:30", 2, DAYS, "2026-06-15 14:30"),
	("Friday and one day", "2026-06-05 14:30", 1, DAYS, "2026-06-08 14:30"),
	("Saturday and one day", "2026-06-06 14:30", 1, DAYS, "2026-06-08 14:30"),
	("evening and one day", "2026-06-01 20:00", 1, DAYS, "2026-06-02 17:00"),
	("early and one day", "2026-06-01 05:00", 1, DAYS, "2026-06-02 09:00"),
	("no days, on Sunday", "2026-06-07 14:30", 0, DAYS, "2026-06-08 09:00"),
	("week", "2026-06-01 14:30", 1, WEEKS, "2026-06-08 14:30"),
	("week after a Saturday", "2026-06-06 14:30", 1, WEEKS, "2026-06-15 09:00"),
	("month that ends on a Sunday", "2026-04-30 14:30", 1, MONTHS, "2026-06-01 09:00"),
	("over a holiday", "2026-06-03 14:30", 1, DAYS, "2026-06-05 14:30"),
	("hours over a holiday", "2026-06-03 16:00", 2, HOURS, "2026-06-05 10:00"),
	("week that ends on a holiday", "2026-05-28 14:30", 1, WEEKS, "2026-06-05 09:00"),
	("over spring, counted on the wall", "2026-03-27 16:00", 2, HOURS, "2026-03-30 10:00"),
]
WEEKDAYS = WorkingTime(is_holiday=lambda day: day == date(2026, 6, 4))


def at(text: str, zone: str = "Europe/Warsaw") -> datetime:
	return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def each(names: str, table: list[tuple]):
	"""Parametrise a test with the rows of a table, whose first column is the case."""
	return pytest.mark.parametrize(names, [pytest.param(*row, id=case) for case, *row in table])


def added(base: str, count: int, unit: str, working: WorkingTime | None = None, zone: str = "Europe/Warsaw"):
	return add_units(at(base, zone), count, unit, ZoneInfo(zone), working)


@each("zone, base, count, unit, expected", TABLE)
def test_units_are_added_by_the_calendar(zone, base, count, unit, expected):
	assert added(base, count, unit, zone=zone) == at(expected, zone)


@each("base, count, unit, expected", WORKING)
def test_units_are_added_in_working_time(base, count, unit, expected):
	assert added(base, count, unit, WEEKDAYS) == at(expected)


def test_working_time_is_counted_on_the_users_clock():
	"""At 22:59 in Zagreb, the site's zone, a user in New York has one minute of working time left."""
	base = at("2026-06-01 22:59", "Europe/Zagreb")
	found = add_units(base, 1, HOURS, ZoneInfo("America/New_York"), WorkingTime())
	assert found == at("2026-06-02 09:59", "America/New_York")
	assert str(found.tzinfo) == "America/New_York"


def test_a_night_shift_ends_at_midnight():
	night = WorkingTime(weekdays=frozenset(range(7)), start=time(18), end=time(0))
	assert added("2026-06-01 22:00", 4, HOURS, night) == at("2026-06-02 20:00")


@pytest.mark.parametrize(("day", "hours"), [("2026-03-28", 6), ("2026-03-29", 5), ("2026-10-25", 7)])
def test_a_night_shift_over_a_clock_change_is_shorter_or_longer(day, hours):
	night = WorkingTime(weekdays=frozenset(range(7)), start=time(0), end=time(6))
	assert added(f"{day} 00:00", hours, HOURS, night) == at(f"{day} 06:00")


def test_a_shift_that_the_clock_skips_has_no_working_time():
	hour = WorkingTime(weekdays=frozenset(range(7)), start=time(2), end=time(3))
	assert added("2026-03-28 02:30", 1, HOURS, hour) == at("2026-03-30 02:30")


NEVER = [{"weekdays": frozenset()}, {"is_holiday": lambda day: True}, {"start": time(17), "end": time(9)}]
INVALID = [(-1, DAYS), (1, "Years"), (1, ""), (10_001, DAYS), (10**9, MONTHS)]


@pytest.mark.parametrize("hours", NEVER, ids=["no weekdays", "only holidays", "from 17 to 9"])
def test_missing_working_time_is_refused(hours):
	with pytest.raises(NoWorkingTimeError):
		added("2026-06-01 14:30", 1, DAYS, WorkingTime(**hours))


@pytest.mark.parametrize(("count", "unit"), INVALID)
def test_an_invalid_count_or_unit_is_refused(count, unit):
	with pytest.raises(ValueError):
		added("2026-06-01 14:30", count, unit)


def test_a_date_after_the_year_9999_is_refused():
	with pytest.raises(ValueError):
		added("9999-06-01 14:30", 10, MONTHS)


ROUNDED = [
	("exact", "2026-06-01 14:30", "2026-06-01 14:30"),
	("up", "2026-06-01 14:31", "2026-06-01 15:00"),
	("seconds don't count", "2026-06-01 14:30:59", "2026-06-01 14:30"),
	("over the closing hour", "2026-06-01 17:01", "2026-06-02 09:00"),
	("in the night", "2026-06-06 03:46", "2026-06-08 09:00"),
]


@each("moment, expected", ROUNDED)
def test_proposed_times_are_half_hours_in_working_time(moment, expected):
	assert round_up(at(moment), WEEKDAYS) == at(expected)


def test_an_opening_between_half_hours_is_rounded_up():
	assert round_up(at("2026-06-01 07:00"), WorkingTime(start=time(8, 15))) == at("2026-06-01 08:30")


def test_midnight_would_be_no_time():
	assert round_up(at("2026-06-01 23:45")) == at("2026-06-02 00:30")
	assert round_up(at("2026-03-29 01:45")) == at("2026-03-29 03:00"), "the clock skips an hour"


@pytest.mark.parametrize(
	("start", "end", "hours"),
	[
		("2026-06-01 10:00", "2026-06-01 12:30", 2.5),
		("2026-06-01 07:00", "2026-06-01 20:00", 8),
		("2026-06-05 16:00", "2026-06-08 10:00", 2),
		("2026-06-06 10:00", "2026-06-07 18:00", 0),
		("2026-06-01 12:00", "2026-06-01 10:00", 0),
		("2026-06-01 09:00", "2026-06-15 09:00", 80),
	],
)
def test_working_time_between_two_moments(start, end, hours):
	zone = ZoneInfo("Europe/Zagreb")
	moments = (datetime.fromisoformat(moment).replace(tzinfo=zone) for moment in (start, end))
	assert working_between(*moments, zone, WorkingTime()) == timedelta(hours=hours)


@pytest.mark.parametrize("hours", [0, 1, 7, 8, 9, 40, 500])
def test_so_many_working_hours_pass_until_so_many_hours_later(hours):
	# at night and over both changes of the clock
	zone, working = ZoneInfo("Europe/Zagreb"), WorkingTime(frozenset(range(7)), time(22), time())
	for day in ("2026-03-27 22:30", "2026-10-20 13:00", "2026-06-01 23:59"):
		start = datetime.fromisoformat(day).replace(tzinfo=zone)
		end = add_units(start, hours, HOURS, zone, working)
		assert working_between(start, end, zone, working) == timedelta(hours=hours)
