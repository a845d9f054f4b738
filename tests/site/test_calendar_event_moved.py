"""Changes of the Event change the activity, and dragging moves activities in their own calendar (R24)."""

from datetime import timedelta

import frappe
import pytest
from frappe.desk import calendar as platform_calendar

from crm_interactions.api import activity as api
from crm_interactions.api import calendar
from crm_interactions.exceptions import CompletedError
from tests.site import in_calendar
from tests.site.chain_checks import assert_consistent
from tests.site.factories import interaction
from tests.site.in_calendar import ELEVEN, MAKERS, MARTA, NINE, NOON, TEN, comments, event_of, reject_times

pytestmark = pytest.mark.records_only
people = pytest.fixture(in_calendar.people)
plan = pytest.fixture(in_calendar.plan)


@MAKERS
def test_a_moved_event_moves_the_activity(make, people, as_user):
	doc = make(responsible=MARTA, starts_on=TEN, ends_on=ELEVEN, add_to_calendar=1)
	as_user(MARTA)
	args = {"doctype": "Event", "name": doc.event, "starts_on": str(NINE), "ends_on": str(TEN)}
	platform_calendar.update_event(frappe.as_json(args), '{"start": "starts_on", "end": "ends_on"}')
	event = event_of(doc)
	assert (doc.starts_on, doc.ends_on, doc.duration) == (NINE, TEN, 3600)
	assert (event.starts_on, event.ends_on) == (NINE, TEN)
	assert_consistent()


def test_moving_the_whole_event_adds_no_end_to_the_activity(plan):
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": NINE + timedelta(minutes=30)})
	event.save()
	plan.reload()
	assert (plan.starts_on, plan.ends_on) == (NINE, None)


def test_a_longer_event_makes_the_activity_longer(plan):
	event = event_of(plan)
	event.ends_on = NOON
	event.save()
	plan.reload()
	assert (plan.starts_on, plan.ends_on, plan.duration) == (TEN, NOON, 7200)


def test_moving_the_event_writes_the_activity_only_once(plan):
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": TEN})
	event.save()
	activity, shown = (
		frappe.db.get_value(*pair, "modified") for pair in ((plan.doctype, plan.name), ("Event", event.name))
	)
	event.save()
	frappe.get_doc(plan.doctype, plan.name).save()
	assert frappe.db.get_value(plan.doctype, plan.name, "starts_on") == NINE
	versions = frappe.get_all("Version", {"docname": plan.name, "data": ("like", "%starts_on%")})
	assert len(versions) <= 1
	assert frappe.db.get_value("Event", event.name, "modified") >= shown
	assert frappe.db.get_value(plan.doctype, plan.name, "modified") >= activity


def test_the_form_of_the_event_can_save_twice_in_a_row(plan):
	"""The answer to a save carries the stored modification time."""
	event = event_of(plan)
	for start in (NINE, ELEVEN):
		event.update({"starts_on": start, "ends_on": start + timedelta(hours=1)})
		event.save()
	assert event_of(plan).starts_on == plan.starts_on == ELEVEN


def test_the_event_of_a_completed_activity_cannot_be_moved(plan):
	api.complete(plan.doctype, plan.name)
	event = event_of(plan)
	event.update({"starts_on": NINE, "ends_on": TEN})
	with pytest.raises(CompletedError, match="is completed and can't be changed"):
		event.save()


def test_a_move_that_the_activity_refuses_does_not_change_the_event(plan, monkeypatch):
	reject_times(monkeypatch)
	event = event_of(plan)
	event.starts_on = NINE
	with pytest.raises(frappe.ValidationError, match="is taken"):
		event.save()
	assert frappe.db.get_value("Event", event.name, "starts_on") == TEN


@pytest.mark.parametrize("status", ["Cancelled", "Closed"])
def test_an_activity_with_a_cancelled_event_stays_planned_without_an_event(plan, status):
	event = event_of(plan)
	event.status = status
	event.save()
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 0, None)
	assert any("cancelled the calendar event" in text for text in comments(plan))
	assert frappe.db.get_value("Event", event.name, "status") == status
	plan.starts_on = ELEVEN
	plan.save()
	assert not plan.event


def test_completing_the_event_does_not_change_the_activity(plan):
	event = event_of(plan)
	event.status = "Completed"
	event.save()
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 1, event.name)


def test_an_activity_with_a_deleted_event_stays_planned_without_an_event(plan):
	frappe.delete_doc("Event", plan.event)
	plan.reload()
	assert (plan.status, plan.add_to_calendar, plan.event) == ("Planned", 0, None)
	assert any("deleted the calendar event" in text for text in comments(plan))


def test_the_event_of_a_completed_activity_can_be_deleted(plan):
	api.complete(plan.doctype, plan.name)
	frappe.delete_doc("Event", plan.event)
	plan.reload()
	assert (plan.completed, plan.event) == (1, None)


def test_another_event_that_refers_to_the_activity_does_not_move_it(plan):
	other = frappe.get_doc(
		{
			"doctype": "Event",
			"subject": "Prepare",
			"starts_on": TEN,
			"reference_doctype": plan.doctype,
			"reference_docname": plan.name,
		}
	).insert()
	other.starts_on = NINE
	other.save()
	frappe.delete_doc("Event", other.name)
	plan.reload()
	assert (plan.starts_on, plan.add_to_calendar) == (TEN, 1)


def drag(doc, start, end, **more):
	args = {"doctype": doc.doctype, "name": doc.name, "starts_on": str(start), "ends_on": str(end), **more}
	answer = calendar.move(frappe.as_json(args), "{}")
	doc.reload()
	return answer


@MAKERS
@pytest.mark.parametrize("given", [{}, {"duration": 600}, {"duration": 5400}])
def test_dragging_an_activity_without_an_end_keeps_its_length(make, given):
	doc = make(starts_on=TEN, **given)
	length = max(timedelta(minutes=30), timedelta(seconds=doc.duration or 0))
	before = doc.duration
	drag(doc, NINE, NINE + length)
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
	doc = interaction(starts_on=TEN)
	doc.reload()
	modified = doc.modified
	drag(doc, TEN, TEN + timedelta(minutes=30))
	assert doc.modified == modified


def test_dragging_the_activity_moves_its_event(plan):
	drag(plan, NINE, NINE + timedelta(minutes=30))
	assert event_of(plan).starts_on == NINE


def test_a_completed_activity_cannot_be_dragged():
	doc = interaction(starts_on=TEN)
	api.complete(doc.doctype, doc.name)
	with pytest.raises(CompletedError):
		drag(doc, NINE, TEN)


def test_dragging_to_an_invalid_time_is_refused():
	doc = interaction(starts_on=TEN)
	with pytest.raises(frappe.ValidationError):
		drag(doc, "tomorrow", "then")
