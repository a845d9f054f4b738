"""Whose turn it is in a chain, after the last activity that took place (B4)."""

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.api import activity as activity_api
from crm_interactions.api import chain as api
from crm_interactions.chains import joining, turn, undoing
from crm_interactions.patches import fill_directions
from tests.site.chain_checks import chain_value
from tests.site.factories import change_record, interaction, meeting, partner, record
from tests.site.other_apps import need, quotation

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]
MONDAY, TUESDAY, WEDNESDAY = (f"2026-03-0{day} 10:00:00" for day in (2, 3, 4))
LATER = "2099-03-02 10:00:00"


def call(direction: str, starts_on: str = MONDAY, **fields):
	return interaction(direction=direction, starts_on=starts_on, **fields)


def turn_of(doc) -> tuple:
	of, since = chain_value(doc, ["turn", "turn_since"])
	return of or None, str(since) if since else None


def test_an_incoming_activity_makes_it_our_turn_and_an_outgoing_one_the_partners():
	first = call("Incoming")
	assert turn_of(first) == ("Ours", MONDAY)
	call("Outgoing", TUESDAY, chain=first.chain)
	assert turn_of(first) == ("Theirs", TUESDAY)
	call("Incoming", WEDNESDAY, chain=first.chain)
	assert turn_of(first) == ("Ours", WEDNESDAY)


def test_an_earlier_activity_that_is_logged_later_changes_nothing():
	first = call("Outgoing", TUESDAY)
	call("Incoming", MONDAY, chain=first.chain)
	assert turn_of(first) == ("Theirs", TUESDAY)


def test_planned_and_cancelled_activities_change_nothing():
	first = call("Incoming")
	planned = call("Outgoing", LATER, chain=first.chain, status="Planned")
	call("Outgoing", TUESDAY, chain=first.chain, status="Not Held")
	assert turn_of(first) == ("Ours", MONDAY)
	change_record(planned, status="Held", starts_on=WEDNESDAY)
	assert turn_of(first) == ("Theirs", WEDNESDAY)


def test_a_chain_of_planned_activities_has_no_turn():
	assert turn_of(call("Outgoing", LATER, status="Planned")) == (None, None)


def test_after_a_meeting_the_outcome_decides():
	assert turn_of(meeting(starts_on=MONDAY, status="Held")) == ("Ours", MONDAY)
	assert turn_of(meeting(starts_on=MONDAY, status="Held", outcome="Call Back")) == ("Ours", MONDAY)
	offered = meeting(starts_on=MONDAY, status="Held", outcome="Offer Sent")
	assert turn_of(offered) == ("Theirs", MONDAY)
	change_record(offered, outcome="Successful")
	assert turn_of(offered) == ("Ours", MONDAY)


def test_the_direction_comes_before_the_outcome():
	assert turn_of(call("Incoming", outcome="Offer Sent")) == ("Ours", MONDAY)


def test_a_changed_direction_changes_the_turn():
	doc = call("Incoming")
	change_record(doc, direction="Outgoing")
	assert turn_of(doc) == ("Theirs", MONDAY)


def test_a_changed_outcome_is_applied_to_existing_chains():
	held = meeting(starts_on=MONDAY, status="Held", outcome="Successful")
	other = meeting(starts_on=MONDAY, status="Held", outcome="Call Back")
	frappe.db.set_value("Interaction Outcome", "Successful", "their_turn", 1)
	turn.refresh("Successful")
	assert (turn_of(held)[0], turn_of(other)[0]) == ("Theirs", "Ours")


def test_a_closed_chain_has_no_turn_and_a_reopened_one_has_its_turn_again():
	doc = call("Outgoing")
	api.close(doc.chain)
	assert turn_of(doc) == (None, None)
	api.reopen(doc.chain)
	assert turn_of(doc) == ("Theirs", MONDAY)
	activity_api.complete(doc.doctype, doc.name, then="close")
	assert turn_of(doc) == (None, None)


def test_a_joined_chain_counts_all_activities_and_undo_restores_both():
	older, younger = call("Incoming"), call("Outgoing", TUESDAY)
	done = joining.join((younger.doctype, younger.name), (older.doctype, older.name))
	assert turn_of(older) == ("Theirs", TUESDAY)
	assert frappe.db.get_value("Interaction Chain", younger.chain, "turn") in (None, "")
	undoing.undo_entry(done["log"])
	assert (turn_of(older)[0], turn_of(younger)[0]) == ("Ours", "Theirs")


def test_a_deleted_activity_gives_the_turn_back():
	first = call("Incoming")
	second = call("Outgoing", TUESDAY, chain=first.chain)
	second.delete()
	assert turn_of(first) == ("Ours", MONDAY)


def test_a_quotation_makes_it_the_partners_turn():
	need("erpnext")
	of = partner()
	first = interaction(of, direction="Incoming", starts_on=MONDAY)
	offer = quotation(of, interaction_chain=first.chain)
	assert turn_of(first)[0] == "Theirs"
	assert frappe.db.get_value("Activity Link", {"activity": offer.name}, "direction") == "Outgoing"


def test_a_further_type_has_the_direction_of_its_settings(settings):
	settings(sources=[{"document_type": "Note", "title_field": "title", "direction": "Outgoing"}])
	note = record("Note", title="Our terms")
	row = frappe.db.get_value("Activity Link", {"activity": note.name}, ["direction", "chain"], as_dict=True)
	assert row.direction == "Outgoing"
	assert frappe.db.get_value("Interaction Chain", row.chain, "turn") == "Theirs"


def test_an_existing_site_gets_directions_and_turns():
	doc, held = call("Outgoing"), meeting(starts_on=MONDAY, status="Held", outcome="Offer Sent")
	frappe.db.set_value("Activity Link", {"name": ("is", "set")}, {"direction": None, "outcome": None})
	frappe.db.set_value("Interaction Chain", {"name": ("is", "set")}, {"turn": None, "turn_since": None})
	fill_directions.execute()
	assert [turn_of(one) for one in (doc, held)] == [("Theirs", MONDAY)] * 2
	row = frappe.db.get_value("Activity Link", {"activity": held.name}, ["direction", "outcome"])
	assert row == (None, "Offer Sent")


def test_the_head_of_the_panel_has_the_turn():
	doc = call("Outgoing")
	head = api.page(chain=doc.chain)["chain"]
	assert (head["turn"], get_datetime(head["turn_since"])) == ("Theirs", get_datetime(MONDAY))
