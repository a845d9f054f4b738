"""One calendar shows the interactions, meetings and events of a period that the user may read."""

import frappe
import pytest

from crm_interactions.api.calendar import get_events
from tests.site.factories import interaction, log_in, meeting

pytestmark = pytest.mark.records_only
MARCH = ("2031-03-01", "2031-04-01")
TENTH = "2031-03-10 09:00:00"
ANA = "shares.calendar@example.com"


def event(subject: str, **values):
	return frappe.get_doc(
		{"doctype": "Event", "subject": subject, "starts_on": TENTH, "event_type": "Private", **values}
	).insert()


def shown(doctype="Interaction", **more) -> set[tuple]:
	return {(entry["doctype"], entry["name"]) for entry in get_events(doctype, *MARCH, **more)}


def as_key(*docs) -> set[tuple]:
	return {(doc.doctype, doc.name) for doc in docs}


@pytest.fixture
def entries():
	return interaction(starts_on=TENTH), meeting(starts_on=TENTH), event("Dentist")


@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
def test_the_calendars_of_both_types_show_the_same(entries, doctype):
	assert as_key(*entries) <= shown(doctype)


def test_an_entry_says_who_with_whom_and_of_which_type(entries):
	call = entries[0]
	(entry,) = (one for one in get_events("Interaction", *MARCH) if one["name"] == call.name)
	look = frappe.get_cached_value("Interaction Type", call.interaction_type, "icon")
	assert (entry["party_name"], entry["title"]) == (call.party_name, call.title)
	assert (entry["responsible"], entry["icon"]) == (call.responsible, look)


def test_an_activitys_own_event_is_not_shown_beside_it():
	doc = interaction(starts_on=TENTH, status="Planned", add_to_calendar=1)
	assert doc.event
	found = shown()
	assert as_key(doc) <= found
	assert ("Event", doc.event) not in found


def test_a_repeated_event_is_shown_on_each_of_its_days():
	doc = event("Stand-up", repeat_this_event=1, repeat_on="Daily", repeat_till="2031-03-14")
	days = [one["starts_on"].day for one in get_events("Meeting", *MARCH) if one["name"] == doc.name]
	assert days == [10, 11, 12, 13, 14]


def test_filters_apply_to_types_that_have_their_fields(entries):
	call, met, _private = entries
	filters = [["Interaction", "responsible", "=", frappe.session.user]]
	assert as_key(*entries) <= shown(filters=frappe.as_json(filters))
	filters = [["Interaction", "title", "=", met.title]]
	assert shown(filters=frappe.as_json(filters)) == as_key(
		*(doc for doc in (call, met) if doc.title == met.title)
	)
	# only meetings have a place
	filters = [["Meeting", "place", "is", "not set"]]
	assert {doctype for doctype, _name in shown("Meeting", filters=frappe.as_json(filters))} == {"Meeting"}


def test_a_filter_with_a_per_cent_sign_leaves_events_out(entries):
	filters = [["Interaction", "responsible", "like", "%a%"]]
	assert "Event" not in {doctype for doctype, _name in shown(filters=frappe.as_json(filters))}


def test_only_readable_entries_are_shown(entries, settings):
	settings(visibility="Own and Team")
	log_in(ANA, "Interaction User")
	own = interaction(starts_on=TENTH, responsible=ANA)
	public = event("Fair", event_type="Public")
	found = shown()
	assert as_key(own, public) <= found
	assert not as_key(*entries) & found
