"""The time at which reminders and digests are due, and the keys of reminders (R23)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from crm_interactions.reminders import due

NOON = datetime(2026, 6, 1, 12)
ZAGREB, NEW_YORK, KOLKATA = map(ZoneInfo, ("Europe/Zagreb", "America/New_York", "Asia/Kolkata"))


@pytest.mark.parametrize(
	"user, kind, settings, minutes",
	[
		*((0, 0, 15, 15), (None, None, 15, 15), (0, 60, 15, 60), (5, 60, 15, 5)),
		*((-1, 60, 15, 0), (0, -1, 15, 0), (30, -1, 0, 30), (0, 0, 0, 0)),
	],
)
def test_minutes_come_from_the_user_then_the_type_then_the_settings(user, kind, settings, minutes):
	assert due.minutes_before(user, kind, settings) == minutes


@pytest.mark.parametrize(
	"starts_in, is_due", [(16, False), (15, True), (1, True), (0, False), (-1, False), (-3 * 24 * 60, False)]
)
def test_a_reminder_before_the_start_is_due_only_until_the_start(starts_in, is_due):
	"""If the scheduler was down, an activity that has started gets the reminder of late activities instead."""
	assert due.is_due_before(NOON + timedelta(minutes=starts_in), NOON, 15) is is_due


def test_zero_minutes_turn_the_reminder_off():
	assert not due.is_due_before(NOON + timedelta(minutes=1), NOON, 0)


def test_the_windows_of_due_and_late_activities_meet_at_the_present():
	before, late = (due.due_window(kind, NOON, 15) for kind in (due.BEFORE, due.LATE))
	assert late[1] == before[0] == NOON
	assert late[0] == NOON - due.LATE_FOR
	assert before[0] <= NOON + timedelta(minutes=15) < before[1]


@pytest.mark.parametrize(
	"now, fold, is_due",
	[
		*(
			("03-28 01:44", 0, False),
			("03-28 01:45", 0, True),
			("03-28 01:59", 0, True),
			("03-28 03:00", 0, False),
		),
		*(("10-31 02:46", 0, False), ("10-31 02:44", 1, False), ("10-31 02:46", 1, True)),
	],
)
def test_minutes_before_the_start_are_elapsed_time(now, fold, is_due):
	"""At three, the clocks have gone forward or back an hour."""
	start, now = datetime.fromisoformat(f"2027-{now[:5]} 03:00"), datetime.fromisoformat(f"2027-{now}")
	assert due.is_due_before(start, now.replace(fold=fold), 15, ZAGREB) is is_due


@pytest.mark.parametrize("now, last", [("03-28 01:50", "03-28 03:05"), ("10-31 02:50", "10-31 03:05")])
def test_the_window_of_due_activities_reaches_over_a_clock_change(now, last):
	since, until = due.due_window(due.BEFORE, datetime.fromisoformat(f"2027-{now}"), 15, ZAGREB)
	assert since == datetime.fromisoformat(f"2027-{now}")
	assert until.replace(microsecond=0) == datetime.fromisoformat(f"2027-{last}")


def test_each_reminder_has_its_own_key():
	reminders = [
		(due.BEFORE, "row", "ana@example.com", NOON),
		(due.LATE, "row", "ana@example.com", NOON),
		(due.BEFORE, "other", "ana@example.com", NOON),
		(due.BEFORE, "row", "ivo@example.com", NOON),
		(due.BEFORE, "row", "ana@example.com", NOON + timedelta(hours=1)),
		(due.DIGEST, "", "ana@example.com", date(2026, 6, 1)),
		(due.DIGEST, "", "ana@example.com", date(2026, 6, 2)),
	]
	keys = {due.reminder_key(*reminder) for reminder in reminders}
	assert len(keys) == 7
	assert {len(key) for key in keys} == {64}


def test_a_key_ignores_fractions_of_a_second():
	"""Some databases drop fractions of a second."""
	moments = (NOON, NOON.replace(microsecond=999_999))
	assert len({due.reminder_key(due.BEFORE, "row", "ana@example.com", moment) for moment in moments}) == 1


@pytest.mark.parametrize(
	"now, zone, hour, day",
	[
		(NOON, ZAGREB, 7, date(2026, 6, 1)),
		(NOON, ZAGREB, 12, date(2026, 6, 1)),
		(NOON, ZAGREB, 13, None),
		(NOON, NEW_YORK, 7, None),  # six in the morning
		(NOON, NEW_YORK, 6, date(2026, 6, 1)),
		(NOON, KOLKATA, 15, date(2026, 6, 1)),  # half past three in the afternoon
		(NOON, KOLKATA, 16, None),
		(datetime(2026, 6, 1, 23), KOLKATA, 0, date(2026, 6, 2)),
	],
)
def test_a_digest_is_due_on_the_users_day_by_their_clock(now, zone, hour, day):
	assert due.digest_day(now, ZAGREB, zone, hour) == day
