"""Time slots of resources: overlaps, opening hours and the next free slot (R14)."""

from datetime import date, datetime, time, timedelta

import pytest

from crm_interactions.resources.slots import is_open, next_free, open_periods, overlaps

# 2 March 2026 is a Monday
MONDAY, SATURDAY = 2, 7
NINE_TO_FIVE = {day: [(time(9), time(17))] for day in range(5)}
WITH_LUNCH = {0: [(time(13), time(17)), (time(9), time(12))]}
ROUND_THE_CLOCK = {day: [(time(0), time(0))] for day in range(7)}
ONE_TO_FOUR = {0: [(time(13), time(16))]}
NIGHTS = {0: [(time(22), time(0))], 1: [(time(0), time(6))]}
ALWAYS = {}
AHEAD = timedelta(days=60)


def at(day: int, clock: str) -> datetime:
	return datetime.fromisoformat(f"2026-03-{day:02} {clock}")


def slot(day: int, start: str, end: str, last_day: int | None = None) -> tuple[datetime, datetime]:
	return at(day, start), at(last_day or day, end)


NINE, TEN = slot(MONDAY, "09:00", "10:00"), slot(MONDAY, "10:00", "11:00")


@pytest.mark.parametrize(
	("start", "end", "expected"),
	[
		("10:00", "11:00", True),
		("10:30", "11:30", True),
		("09:30", "10:30", True),
		("10:15", "10:45", True),
		("10:59:59", "12:00", True),
		*(("11:00", "12:00", False), ("09:00", "10:00", False)),
		("15:00", "16:00", False),
	],
)
def test_intervals_that_overlap_ten_to_eleven_are_detected(start, end, expected):
	other = slot(MONDAY, start, end)
	assert overlaps(TEN, other) is overlaps(other, TEN) is expected


@pytest.mark.parametrize(
	("interval", "hours", "expected"),
	[
		(slot(MONDAY, "09:00", "17:00"), NINE_TO_FIVE, True),
		(slot(MONDAY, "08:59", "10:00"), NINE_TO_FIVE, False),
		(slot(MONDAY, "16:00", "17:01"), NINE_TO_FIVE, False),
		(slot(SATURDAY, "10:00", "11:00"), NINE_TO_FIVE, False),
		(slot(MONDAY, "16:00", "10:00", 3), NINE_TO_FIVE, False),
		(slot(MONDAY, "11:00", "14:00"), WITH_LUNCH, False),
		(slot(MONDAY, "11:00", "12:00"), WITH_LUNCH, True),
		(slot(MONDAY, "13:00", "17:00"), WITH_LUNCH, True),
		(slot(MONDAY, "23:00", "05:00", 3), NIGHTS, True),
		(slot(MONDAY, "23:00", "07:00", 3), NIGHTS, False),
		(slot(MONDAY, "10:00", "10:00", 20), ROUND_THE_CLOCK, True),
		(slot(SATURDAY, "03:00", "23:00", 20), ALWAYS, True),
	],
)
def test_an_interval_is_open_if_the_hours_cover_it(interval, hours, expected):
	assert is_open(interval, hours) is expected


OVERLAPPING = {0: [(time(9), time(13)), (time(12), time(17)), (time(17), time(18))]}


@pytest.mark.parametrize(
	("hours", "last_day", "expected"),
	[(NIGHTS, 3, slot(MONDAY, "22:00", "06:00", 3)), (OVERLAPPING, 2, slot(MONDAY, "09:00", "18:00"))],
	ids=["meeting at midnight", "overlapping"],
)
def test_periods_without_a_gap_are_one(hours, last_day, expected):
	assert open_periods(hours, date(2026, 3, 2), date(2026, 3, last_day)) == [expected]


@pytest.mark.parametrize(
	("wanted", "taken", "hours", "expected"),
	[
		# after the conflicting booking
		(TEN, [TEN], [ALWAYS], slot(2, "11:00", "12:00")),
		(TEN, [slot(2, "09:00", "10:15")], [ALWAYS], slot(2, "10:15", "11:15")),
		# too short a gap is skipped, an exact one is used, with bookings in any order
		(TEN, [slot(2, "11:30", "12:00"), TEN], [ALWAYS], slot(2, "12:00", "13:00")),
		(TEN, [slot(2, "12:00", "13:00"), TEN], [ALWAYS], slot(2, "11:00", "12:00")),
		# overnight and over the weekend
		(slot(2, "16:00", "17:00"), [slot(2, "16:00", "17:00")], [NINE_TO_FIVE], slot(3, "09:00", "10:00")),
		(slot(6, "16:00", "17:00"), [slot(6, "16:00", "17:00")], [NINE_TO_FIVE], slot(9, "09:00", "10:00")),
		# outside the opening hours, without bookings
		(slot(7, "10:00", "12:00"), [], [NINE_TO_FIVE], slot(9, "09:00", "11:00")),
		(slot(2, "11:00", "14:00"), [], [WITH_LUNCH], slot(2, "13:00", "16:00")),
		# all resources have to be open
		(NINE, [slot(2, "13:00", "14:30")], [NINE_TO_FIVE, ONE_TO_FOUR], slot(2, "14:30", "15:30")),
		# rounded up to a whole minute
		(TEN, [slot(2, "09:00", "10:07:30")], [ALWAYS], slot(2, "10:08", "11:08")),
		# longer than the opening hours of any day
		(slot(2, "09:00", "18:00"), [], [NINE_TO_FIVE], None),
		# booked for the whole search period
		(NINE, [(at(2, "08:00"), at(2, "08:00") + timedelta(days=90))], [ALWAYS], None),
	],
)
def test_the_next_free_slot_is_found(wanted, taken, hours, expected):
	assert next_free(wanted, taken, hours, AHEAD) == expected


def test_a_free_slot_is_returned_unchanged():
	assert next_free(TEN, [slot(2, "11:00", "12:00")], [NINE_TO_FIVE], AHEAD) == TEN
