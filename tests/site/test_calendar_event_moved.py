"""Changes of the Event change the activity, and dragging moves activities in their own calendar (R24)."""

from datetime import timedelta

import frappe
import pytest
from frappe.desk import calendar as platform_calendar

from crm_interactions.api import activity as api
from crm_interactions.api import calendar
from crm_interactions.exceptions import CompletedError
from tests.site.checks import comments, stored
from tests.site.factories import change_record, interaction, record
from tests.site.in_calendar import ELEVEN, MARTA, NINE, NOON, TEN, change_event, event_of, reject_times
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only


@CALL_AND_MEETING
def test_a_moved_event_moves_the_activity(make, calendar_users, as_user, consistent):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	as_user(MARTA)
	args = {"doctype": "Event", "name": doc.event, "starts_on": str(NINE), "ends_on": str(TEN)}
	platform_calendar.update_event(frappe.as_json(args), '{"start": "starts_on", "end": "ends_on"}')
	event = event_of(doc)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, TEN, 3600)
	assert (event.starts_on, event.ends_on) == (NINE, TEN)


def test_moving_the_whole_event_adds_no_end_to_the_activity(planned_call):
	change_event(planned_call, starts_on=NINE, ends_on=NINE + timedelta(minutes=30))
	assert (planned_call.starts_on, planned_call.ends_on) == (NINE, None)


def test_a_longer_event_makes_the_activity_longer(planned_call):
	change_event(planned_call, ends_on=NOON)
	assert (planned_call.starts_on, planned_call.ends_on, planned_call.duration) == (TEN, NOON, 7200)


def test_moving_the_event_writes_the_activity_only_once(planned_call):
	event = event_of(planned_call)
	change_record(event, starts_on=NINE, ends_on=TEN)
	activity, shown = stored(planned_call, "modified"), stored(event, "modified")
	event.save()
	frappe.get_doc(planned_call.doctype, planned_call.name).save()
	assert stored(planned_call, "starts_on") == NINE
	assert frappe.db.count("Version", {"docname": planned_call.name, "data": ("like", "%starts_on%")}) <= 1
	assert stored(event, "modified") >= shown
	assert stored(planned_call, "modified") >= activity


def test_the_form_of_the_event_can_save_twice_in_a_row(planned_call):
	"""The answer to a save carries the stored modification time."""
	event = event_of(planned_call)
	for start in (NINE, ELEVEN):
		change_record(event, starts_on=start, ends_on=start + timedelta(hours=1))
	assert event_of(planned_call).starts_on == planned_call.starts_on == ELEVEN


def test_the_event_of_a_completed_activity_cannot_be_moved(planned_call):
	api.complete(planned_call.doctype, planned_call.name)
	event = event_of(planned_call)
	with pytest.raises(CompletedError, match="is completed and can't be changed"):
		change_record(event, starts_on=NINE, ends_on=TEN)


def test_a_move_that_the_activity_refuses_does_not_change_the_event(planned_call, monkeypatch):
	reject_times(monkeypatch)
	event = event_of(planned_call)
	with pytest.raises(frappe.ValidationError, match="is taken"):
		change_record(event, starts_on=NINE)
	assert stored(event, "starts_on") == TEN


@pytest.mark.parametrize("status", ["Cancelled", "Closed"])
def test_an_activity_with_a_cancelled_event_stays_planned_without_an_event(planned_call, status):
	event = change_event(planned_call, status=status)
	assert (planned_call.status, planned_call.add_to_calendar, planned_call.event) == ("Planned", 0, None)
	assert any("cancelled the calendar event" in text for text in comments(planned_call, comment_type="Info"))
	assert stored(event, "status") == status
	assert not change_record(planned_call, starts_on=ELEVEN).event


def test_completing_the_event_does_not_change_the_activity(planned_call):
	event = change_event(planned_call, status="Completed")
	assert (planned_call.status, planned_call.event) == ("Planned", event.name)
	assert planned_call.add_to_calendar == 1


def test_an_activity_with_a_deleted_event_stays_planned_without_an_event(planned_call):
	frappe.delete_doc("Event", planned_call.event)
	planned_call.reload()
	assert (planned_call.status, planned_call.add_to_calendar, planned_call.event) == ("Planned", 0, None)
	assert any("deleted the calendar event" in text for text in comments(planned_call, comment_type="Info"))


def test_the_event_of_a_completed_activity_can_be_deleted(planned_call):
	api.complete(planned_call.doctype, planned_call.name)
	frappe.delete_doc("Event", planned_call.event)
	planned_call.reload()
	assert (planned_call.completed, planned_call.event) == (1, None)


def test_another_event_that_refers_to_the_activity_does_not_move_it(planned_call):
	about = {"reference_doctype": planned_call.doctype, "reference_docname": planned_call.name}
	other = record("Event", subject="Prepare", starts_on=TEN, **about)
	change_record(other, starts_on=NINE)
	frappe.delete_doc("Event", other.name)
	planned_call.reload()
	assert (planned_call.starts_on, planned_call.add_to_calendar) == (TEN, 1)


def drag(doc, start, end, **more):
	args = {"doctype": doc.doctype, "name": doc.name, "starts_on": str(start), "ends_on": str(end), **more}
	calendar.move(frappe.as_json(args), "{}")
	doc.reload()


@CALL_AND_MEETING
@pytest.mark.parametrize("given", [{}, {"duration": 600}, {"duration": 5400}])
def test_dragging_an_activity_without_an_end_keeps_its_length(make, given):
	doc = make(starts_on=TEN, **given)
	before = doc.duration
	drag(doc, NINE, NINE + max(timedelta(minutes=30), timedelta(seconds=before or 0)))
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, None, before)


def test_dragging_an_activity_with_an_end_keeps_its_length():
	doc = interaction(starts_on=TEN, ends_on=NOON, duration=300)
	drag(doc, NINE, ELEVEN)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, ELEVEN, 300)


@pytest.mark.parametrize("given", [{}, {"duration": 600}, {"ends_on": ELEVEN}])
def test_resizing_sets_end_and_duration(given):
	doc = interaction(starts_on=TEN, **given)
	drag(doc, TEN, NOON)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (TEN, NOON, 7200)


def test_dragging_an_activity_of_exactly_one_day_keeps_its_length():
	"""Frappe's calendar sends the end of a whole day one second too early."""
	doc = interaction(starts_on=TEN, ends_on=TEN + timedelta(days=1))
	drag(doc, NINE, NINE + timedelta(days=1, seconds=-1), all_day=1)
	assert (doc.starts_on, doc.ends_on) == (NINE, NINE + timedelta(days=1))


def test_dragging_to_the_same_time_writes_nothing():
	doc = interaction(starts_on=TEN).reload()
	modified = doc.modified
	drag(doc, TEN, TEN + timedelta(minutes=30))
	assert doc.modified == modified


def test_dragging_the_activity_moves_its_event(planned_call):
	drag(planned_call, NINE, NINE + timedelta(minutes=30))
	assert event_of(planned_call).starts_on == NINE


def test_a_completed_activity_cannot_be_dragged():
	doc = interaction(starts_on=TEN)
	api.complete(doc.doctype, doc.name)
	with pytest.raises(CompletedError):
		drag(doc, NINE, TEN)


def test_dragging_to_an_invalid_time_is_refused():
	doc = interaction(starts_on=TEN)
	with pytest.raises(frappe.ValidationError):
		drag(doc, "tomorrow", "then")
