"""Elapsed time over clock changes, and times that a clock skips or shows twice."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crm_interactions.clock import timeline

# clocks change in Berlin on 28 March 2027 (02:00 → 03:00) and on 31 October 2027 (03:00 → 02:00)
BERLIN, NEW_YORK, LORD_HOWE = map(ZoneInfo, ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe"))
HOUR = timedelta(hours=1)


def at(text: str, fold: int = 0) -> datetime:
	return datetime.fromisoformat(f"2027-{text}").replace(fold=fold)


SPANS = [
	# start, end, its fold, hours
	("01-15 09:00", "01-15 10:30", 0, 1.5),
	("03-28 01:30", "03-28 03:30", 0, 1),
	("03-27 10:00", "03-28 10:00", 0, 23),
	("10-31 01:30", "10-31 02:30", 0, 1),
	("10-31 01:30", "10-31 02:30", 1, 2),
	("10-31 01:30", "10-31 03:30", 0, 3),
	("10-30 10:00", "10-31 10:00", 0, 25),
]


@pytest.mark.parametrize(("start", "end", "fold", "hours"), SPANS)
def test_spans_are_elapsed_time(start, end, fold, hours):
	assert timeline.elapsed(at(start), at(end, fold), BERLIN) == hours * HOUR
	found = timeline.later(at(start), hours * HOUR, BERLIN)
	assert (found, found.fold) == (at(end), fold)
	assert timeline.later(at(end, fold), -hours * HOUR, BERLIN) == at(start)


def test_a_change_may_be_half_an_hour_long():
	assert timeline.later(at("10-03 01:45"), HOUR, LORD_HOWE) == at("10-03 03:15")


def test_a_skipped_time_is_shown_later():
	assert timeline.skip_gap(at("03-28 02:30"), BERLIN) == at("03-28 03:30")
	for shown in ("03-28 01:59", "03-28 03:00", "10-31 02:30"):
		assert timeline.skip_gap(at(shown), BERLIN) == at(shown)


def test_only_the_hour_before_the_clocks_go_back_is_repeated():
	times = ("10-31 01:59", "10-31 02:00", "10-31 02:59", "10-31 03:00", "03-28 02:30")
	assert [timeline.is_repeated(at(text), BERLIN) for text in times] == [False, True, True, False, False]


@pytest.mark.parametrize(
	("start", "end", "hours", "folds"),
	[
		("01:30", "02:30", None, (0, 0)),
		("01:30", "02:30", 2, (0, 1)),
		("01:30", "02:30", 5, (0, 0)),
		("02:10", "02:40", 1.5, (0, 1)),
		("02:40", "03:10", 0.5, (1, 0)),
		("02:30", "02:15", None, (0, 1)),
		("02:30", "01:15", None, (0, 0)),
	],
)
def test_the_length_tells_equal_times_apart(start, end, hours, folds):
	found = timeline.read_period(
		at(f"10-31 {start}"), at(f"10-31 {end}"), BERLIN, None if hours is None else hours * HOUR
	)
	assert tuple(moment.fold for moment in found) == folds


def test_views_show_the_end_after_the_start():
	start, end = at("10-31 02:30"), at("10-31 02:15", 1)
	assert timeline.shown_end(start, end, BERLIN) == at("10-31 03:15")
	assert timeline.shown_end(start, at("10-31 02:40"), BERLIN) == at("10-31 02:40")
	assert timeline.shown_end(start, start, BERLIN) == start


@pytest.mark.parametrize(
	("start", "end", "seen_from", "day"),
	[
		("06-02 00:00", "06-02 23:59:59", BERLIN, date(2027, 6, 2)),
		("06-02 00:00", "06-04 00:00", BERLIN, date(2027, 6, 2)),
		("03-28 00:00", "03-29 00:00", BERLIN, date(2027, 3, 28)),
		("06-02 06:00", "06-03 05:59:59", NEW_YORK, date(2027, 6, 2)),
		("06-02 00:00", "06-03 00:00", NEW_YORK, None),
		# a calendar in Tokyo, and one in New York, of a user in Berlin
		("06-01 17:00", "06-02 16:59:59", BERLIN, date(2027, 6, 2)),
		("06-02 06:00", "06-03 05:59:59", BERLIN, date(2027, 6, 2)),
		("06-02 00:00", "06-02 23:00", BERLIN, None),
		("06-02 09:00", "06-03 09:00", BERLIN, None),
		("06-02 00:00", "06-02 00:00", BERLIN, None),
		("06-02 00:00", None, BERLIN, None),
	],
)
def test_whole_days_are_recognised(start, end, seen_from, day):
	assert timeline.whole_day(at(start), end and at(end), BERLIN, seen_from) == day


def test_a_move_to_a_day_keeps_the_time_of_day_of_the_user():
	assert timeline.move_to_day(at("06-01 10:00"), date(2027, 6, 3), BERLIN, BERLIN) == at("06-03 10:00")
	assert timeline.move_to_day(at("03-27 02:30"), date(2027, 3, 28), BERLIN, BERLIN) == at("03-28 03:30")
	evening = at("06-01 02:00")  # 31 May, 20:00 in New York
	assert timeline.move_to_day(evening, date(2027, 6, 2), BERLIN, NEW_YORK) == at("06-03 02:00")


# the same table as in tests/unit/js/status.test.mjs
DUE = json.loads((Path(__file__).parents[1] / "data" / "due_until.json").read_text())


@pytest.mark.parametrize("row", DUE, ids=lambda row: row["about"])
def test_an_activity_without_a_time_is_due_all_day(row):
	site = ZoneInfo(row["site"])
	user = ZoneInfo(row["user"]) if row["user"] else site
	found = timeline.due_until(datetime.fromisoformat(row["planned"]), site, user)
	assert str(found) == row["until"]


def test_where_the_clock_skips_midnight_a_date_begins_an_hour_later():
	cairo = ZoneInfo("Africa/Cairo")  # 30 April 2027 begins at 01:00
	assert timeline.due_until(at("04-30 01:00"), cairo, cairo) == at("04-30 23:59:59")


def test_the_last_day_of_the_calendar_is_due_at_its_beginning():
	assert timeline.due_until(datetime(9999, 12, 31), BERLIN, BERLIN) == datetime(9999, 12, 31)


def test_a_day_begins_at_the_users_midnight():
	assert timeline.start_of_day(date(2027, 1, 2), BERLIN, BERLIN) == at("01-02 00:00")
	assert timeline.start_of_day(date(2027, 1, 2), BERLIN, NEW_YORK) == at("01-02 06:00")
