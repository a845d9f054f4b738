"""Dates must be valid, the end must not be before the start, and the duration must not be negative."""

from datetime import time

import frappe
import pytest
from frappe.utils import add_days, get_datetime, get_time, getdate, now_datetime

from tests.site.checks import refused
from tests.site.factories import change_record, interaction, meeting
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
START = "2026-03-31 14:30:00"


@CALL_AND_MEETING
def test_end_before_the_start_is_refused(make):
	with refused(frappe.ValidationError, "The end .* is before the start .* Correct one of them"):
		make(starts_on=START, ends_on="2026-03-31 14:29:59")


@CALL_AND_MEETING
def test_end_at_the_start_is_accepted(make):
	assert make(starts_on=START, ends_on=START).name


def test_start_cannot_be_moved_after_the_end():
	doc = interaction(starts_on=START, ends_on="2026-03-31 15:00:00")
	with refused(frappe.ValidationError, "is before the start"):
		change_record(doc, starts_on="2026-04-01 09:00:00")


def test_duration_follows_from_the_end():
	assert meeting(starts_on=START, ends_on="2026-03-31 16:00:00").duration == 90 * 60


def test_entered_duration_stays():
	assert interaction(ends_on=add_days(now_datetime(), 1), duration=125).duration == 125


@CALL_AND_MEETING
def test_negative_duration_is_refused(make):
	with refused(frappe.ValidationError, "The duration is negative. Enter 0 or more seconds"):
		make(duration=-60)


NOT_DATES = ["yesterday", "12", "<b>", "2026-02-31 10:00:00"]
OTHER_FORMATS = ["31.03.2026 14:30", "03/04/2026", "2026-03-31T14:30:00Z"]


@pytest.mark.parametrize("text", NOT_DATES + OTHER_FORMATS)
def test_invalid_date_is_refused(text):
	message = "is not a valid date for .*Date and Time.* Use the format 2026-03-31 14:30:00"
	with refused(frappe.ValidationError, message):
		interaction(starts_on=text)


def test_invalid_control_date_is_refused():
	with refused(frappe.ValidationError, "is not a valid date for .* Use the format 2026-03-31,"):
		interaction(under_control=1, control_on="next week")


@pytest.mark.parametrize("text", ["2026-03-31 14:30:00", "2026-03-31T14:30:00", "2026-03-31 14:30"])
def test_dates_in_iso_format_are_accepted(text):
	assert interaction(starts_on=text).starts_on == get_datetime(START)


def test_future_activities_are_planned_and_past_ones_are_held():
	assert interaction(starts_on=add_days(now_datetime(), 1)).status == "Planned"
	assert interaction(starts_on=add_days(now_datetime(), -1)).status == "Held"
	assert interaction(starts_on=add_days(now_datetime(), -1), status="Not Held").status == "Not Held"


@CALL_AND_MEETING
@pytest.mark.parametrize(("days", "status"), [(1, "Planned"), (0, "Planned"), (-1, "Held")])
def test_an_activity_without_a_time_is_planned_all_day(make, days, status):
	"""As an import sends it: a date without a time, and no status."""
	doc = make(starts_on=str(add_days(getdate(), days)))
	assert (doc.status, get_time(doc.starts_on)) == (status, time())
	assert bool(doc.due_until) is (status == "Planned")


def test_only_planned_activities_are_due():
	doc = interaction(starts_on="2100-06-01")
	assert str(doc.due_until) == "2100-06-01 23:59:59"
	assert str(change_record(doc, starts_on="2100-06-01 10:00:00").due_until) == "2100-06-01 10:00:00"
	assert change_record(doc, status="Cancelled").due_until is None


def test_a_planned_activity_completed_on_its_day_keeps_its_day():
	doc = change_record(interaction(starts_on=str(getdate())), completed=1)
	assert (doc.status, getdate(doc.starts_on), get_time(doc.starts_on)) == ("Held", getdate(), time())
