"""An activity that is moved to the all-day row, or to whole days in Google, keeps its time of day and length (R24)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api import calendar
from tests.site.checks import stored
from tests.site.factories import change_record, interaction, meeting
from tests.site.in_calendar import ELEVEN, MARTA, TEN, change_event, event_of
from tests.site.inviting import event_for, invited, mails, queue, row
from tests.site.kinds import CALL_AND_MEETING
from tests.site.people import ANA
from tests.site.reminding import change_user, site_in

pytestmark = pytest.mark.records_only
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
THIRD = get_datetime("2100-06-03 00:00:00")
TEN_THERE, ELEVEN_THERE = TEN + 2 * DAY, ELEVEN + 2 * DAY


@pytest.fixture(autouse=True)
def berlin():
	before = frappe.utils.get_system_timezone()
	site_in("Europe/Berlin")
	yield
	frappe.db.rollback()
	site_in(before)


def drop(event: str, start, end=None) -> None:
	"""Drop an Event where Frappe's calendar does; by default, in the all-day row."""
	args = {
		"doctype": "Event",
		"name": event,
		"starts_on": str(start),
		"ends_on": str(end or start + DAY - SECOND),
	}
	args["all_day"] = 1
	calendar.update_event(frappe.as_json(args), '{"start": "starts_on", "end": "ends_on"}')


def pull(doc, start, end) -> None:
	"""Save the Event of an activity as Frappe does with a change from Google."""
	event = event_of(doc)
	event.update({"starts_on": start, "ends_on": end, "all_day": 1, "google_calendar_event_id": "of-google"})
	event.save(ignore_permissions=True)


@CALL_AND_MEETING
@pytest.mark.parametrize("given", [{"ends_on": ELEVEN}, {"duration": 3600}])
@pytest.mark.parametrize("sent", [DAY, 2 * HOUR], ids=["whole day", "first hours, as Frappe 15 sends"])
def test_the_day_changes_and_the_time_of_day_stays(make, given, sent, calendar_users, as_user, consistent):
	doc = make(responsible=MARTA, starts_on=TEN, add_to_calendar=1, **given)
	length = doc.duration
	as_user(MARTA)
	drop(doc.event, THIRD, THIRD + sent - SECOND)
	event = event_of(doc)
	assert (doc.starts_on, doc.duration) == (TEN_THERE, length)
	assert doc.ends_on == (ELEVEN_THERE if "ends_on" in given else None)
	assert (event.starts_on, event.ends_on, event.all_day) == (TEN_THERE, ELEVEN_THERE, 0)
	assert "Activities have a time of day" in str(frappe.local.message_log)


def test_invited_people_are_told_the_day_with_the_time(mail_account):
	doc = invited(row(ANA), starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	drop(doc.event, THIRD)
	assert mails(doc) == {ANA: [("REQUEST", 1)]}
	sent = event_for(doc, ANA)
	assert (sent.decoded("dtstart").hour, sent.decoded("dtend").hour) == (8, 9)  # UTC


def test_invited_people_are_told_nothing_if_the_day_stays(mail_account):
	doc = invited(row(ANA), starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	drop(doc.event, TEN.replace(hour=0))
	event = event_of(doc)
	assert not queue(doc)
	assert (doc.starts_on, doc.ends_on) == (event.starts_on, event.ends_on) == (TEN, ELEVEN)


@pytest.mark.parametrize("hours", [0, 6, -7], ids=["site", "New York", "Tokyo"])
def test_the_day_is_that_of_the_calendar(planned_call, hours):
	"""Midnight in New York is six in the morning in Berlin; midnight in Tokyo is five in the afternoon."""
	drop(planned_call.event, THIRD + timedelta(hours=hours))
	assert planned_call.reload().starts_on == TEN_THERE


def test_the_time_of_day_is_that_of_the_user(planned_call):
	change_user(frappe.session.user, time_zone="America/New_York")
	change_record(planned_call, starts_on=TEN.replace(hour=2))  # 31 May, 20:00 in New York
	drop(planned_call.event, THIRD + timedelta(hours=6))
	assert planned_call.reload().starts_on == get_datetime("2100-06-04 02:00:00")


@pytest.mark.parametrize("days", [1, 3])
def test_whole_days_from_google_change_the_day(planned_call, days):
	pull(planned_call, THIRD, THIRD + days * DAY)
	event = event_of(planned_call)
	assert (planned_call.starts_on, planned_call.ends_on) == (TEN_THERE, None)
	assert (event.starts_on, event.ends_on - event.starts_on, event.all_day) == (
		TEN_THERE,
		timedelta(minutes=30),
		0,
	)


def test_a_midnight_activity_without_an_end_stays_in_the_all_day_row_of_its_day():
	doc = interaction(starts_on=THIRD, duration=1800, add_to_calendar=1)
	drop(doc.event, THIRD)
	assert (doc.reload().starts_on, doc.ends_on, doc.duration) == (THIRD, None, 1800)


def test_the_calendar_of_activities_keeps_the_time_of_day_too():
	doc = meeting(starts_on=TEN, ends_on=ELEVEN)
	args = {
		"doctype": doc.doctype,
		"name": doc.name,
		"starts_on": str(THIRD),
		"ends_on": str(THIRD + DAY - SECOND),
	}
	calendar.move(frappe.as_json({**args, "all_day": 1}))
	assert (stored(doc, "starts_on"), stored(doc, "ends_on")) == (TEN_THERE, ELEVEN_THERE)


def test_an_activity_of_exactly_one_day_keeps_its_length_in_the_calendar_of_events():
	doc = interaction(starts_on=TEN, ends_on=TEN + DAY, add_to_calendar=1)
	drop(doc.event, TEN_THERE)
	assert (doc.reload().starts_on, doc.ends_on) == (TEN_THERE, TEN_THERE + DAY)


def test_an_activity_can_be_made_a_day_long():
	doc = interaction(starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	change_event(doc, ends_on=TEN + DAY - SECOND)
	assert (doc.ends_on, doc.duration) == (TEN + DAY, 86400)
