"""A contact who has moved to another partner stays in the history and blocks no next step (R6, R22, R25)."""

import json

import frappe
import pytest

from crm_interactions.api import activity as api
from crm_interactions.exceptions import ContactMismatchError, PartyTypeError
from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, next_step_of, partner, record
from tests.site.kinds import CALL_AND_MEETING

pytestmark = pytest.mark.records_only
LATER = "2100-03-01 09:00:00"
PLAN = {"next_in": 2, "next_unit": "Days"}
NUMBER = "+385 91 555 0107"


@pytest.fixture
def ana(shop):
	return contact(shop, phone="091 555 0107", email="Ana@Example.com")


@pytest.fixture
def old(ana, shop):
	"""Return a function that records an activity with a contact who then moves to another partner."""

	def record_old(make=interaction, **fields):
		guests = [
			{"participant_type": "Contact", "participant": ana.name},
			{"full_name": "Ivo", "side": "Theirs"},
		]
		doc = make(shop, **{"contact": ana.name, "participants": guests, **fields})
		move(ana)
		return doc

	return record_old


def move(person) -> None:
	of = partner("Baltic Supplies")
	change_record(person.reload(), links=[{"link_doctype": of.doctype, "link_name": of.name}])


def guests(doc) -> list[str]:
	return [row.participant or row.full_name for row in doc.participants]


def told() -> str:
	return "\n".join(frappe.utils.strip_html(message["message"]) for message in frappe.get_message_log())


def by_done_and_plan_next(doc):
	return next_step_of(api.complete(doc.doctype, doc.name, then="plan", next=PLAN))


def by_ticking_the_plan(doc):
	return next_step_of(change_record(doc, plan_next=1, **PLAN))


def by_planning_after_completion(doc):
	api.complete(doc.doctype, doc.name)
	return next_step_of(api.plan_next(doc.doctype, doc.name, PLAN))


def by_planning_a_meeting(doc):
	return next_step_of(api.plan_next(doc.doctype, doc.name, {**PLAN, "next_doctype": "Meeting"}))


def by_many_at_once(doc):
	assert not api.complete_many(doc.doctype, [doc.name], then="plan", next=PLAN)["refused"]
	return next_step_of(doc.reload())


WAYS = [by_done_and_plan_next, by_ticking_the_plan, by_planning_after_completion, by_planning_a_meeting]
EACH_WAY = pytest.mark.parametrize("way", [*WAYS, by_many_at_once])


@EACH_WAY
@CALL_AND_MEETING
def test_the_next_step_is_planned_without_the_contact(way, make, old, ana):
	doc = old(make, how_to_reach="+385 1 4567 890")
	step = way(doc)
	assert (step.contact, guests(step)) == (None, ["Ivo"])
	assert (step.party, step.how_to_reach) == (doc.party, "+385 1 4567 890")
	assert f"{ana.name} no longer belongs to Adriatic Trade" in told()


@EACH_WAY
@CALL_AND_MEETING
def test_the_history_stays(way, make, old, ana):
	doc = old(make)
	way(doc)
	doc.reload()
	assert (doc.contact, guests(doc)) == (ana.name, [ana.name, "Ivo"])


@pytest.mark.parametrize("reach", [NUMBER, "ana@example.com", None])
@EACH_WAY
def test_without_any_other_contact_the_step_is_planned_all_the_same(way, reach, old, ana, settings):
	frappe.db.set_single_value("System Settings", "country", "Croatia")
	people = [{"participant_type": "Contact", "participant": ana.name}]
	step = way(old(how_to_reach=reach, participants=people))
	assert (step.contact, step.how_to_reach, guests(step)) == (None, None, [])


def test_such_a_step_can_be_moved_handed_over_and_cancelled(old, ana, marta):
	step = by_done_and_plan_next(old(how_to_reach=None))
	change_record(step, starts_on=LATER, responsible=marta.name)
	assert change_record(step, status="Cancelled").contact is None


@pytest.mark.parametrize("end", [{"status": "Held"}, {"completed": 1}])
def test_such_a_step_needs_a_contact_when_it_takes_place(end, old, shop):
	step = by_done_and_plan_next(old(how_to_reach=None))
	with refused(frappe.MandatoryError, "Choose a contact person"):
		change_record(step, **end)
	eva = contact(shop, first_name="Eva").name
	assert change_record(step.reload(), contact=eva, **end).contact == eva


def test_a_planned_contact_cannot_be_emptied_by_a_user(old, shop):
	step = by_done_and_plan_next(old(how_to_reach=None))
	change_record(step, contact=contact(shop, first_name="Eva").name)
	with refused(frappe.MandatoryError, "Choose a contact person"):
		change_record(step, contact=None)


@pytest.mark.parametrize("to", ["Phone Call", "E-mail", "SMS", "Meeting"])
@CALL_AND_MEETING
def test_the_old_activity_turns_into_another_kind(make, to, old, ana):
	"""It stays the same record, so it keeps the contact, as with any other change."""
	doc = old(make, starts_on=LATER)
	answer = api.convert(doc.doctype, doc.name, to)
	new = frappe.get_doc(answer["doctype"], answer["name"])
	assert (new.contact, guests(new)) == (ana.name, [ana.name, "Ivo"])


def test_a_step_without_contact_turns_into_a_meeting(old, ana):
	people = [{"participant_type": "Contact", "participant": ana.name}]
	step = by_done_and_plan_next(old(how_to_reach=None, participants=people))
	answer = api.convert(step.doctype, step.name, "Meeting")
	assert (
		change_record(frappe.get_doc(answer["doctype"], answer["name"]), starts_on=LATER).party == step.party
	)


def test_a_planned_step_moves_to_a_meeting_after_the_contact_has_left(ana, shop):
	doc = interaction(shop, contact=ana.name, plan_next=1, next_on=LATER)
	move(ana)
	step = next_step_of(change_record(doc, next_type="Meeting", next_doctype="Meeting"))
	assert (step.doctype, step.contact) == ("Meeting", ana.name)


def test_turning_into_a_meeting_keeps_values_that_have_been_disabled(shop):
	"""A category, a dictionary value, a resource and a partner type: none is chosen again."""
	category = record("Interaction Category", title="Fairs")
	room = record("Meeting Resource", title="Old Room")
	kind = record("Interaction Dictionary", title="Region").name
	value = record("Interaction Dictionary Value", dictionary=kind, value="North").name
	entries = {
		"dictionary_values": [{"dictionary": kind, "value": value}],
		"resources": [{"resource": room.name}],
	}
	people = [{"full_name": "Ivo", "side": "Theirs"}]
	doc = interaction(shop, starts_on=LATER, category=category.name, participants=people, **entries)
	change_record(category, disabled=1)
	change_record(room, disabled=1)
	frappe.db.set_value("Interaction Dictionary Value", value, "disabled", 1)
	change_record(frappe.get_doc("CRM Interactions Settings"), party_types=[{"party_type": "User"}])
	new = frappe.get_doc("Meeting", api.convert(doc.doctype, doc.name, "Meeting")["name"])
	assert (new.category, new.party) == (category.name, shop.name)
	assert [row.value for row in new.dictionary_values] == [value]
	assert [row.resource for row in new.resources] == [room.name]


@CALL_AND_MEETING
def test_a_deleted_activity_is_restored_with_its_contact(make, old, ana):
	doc = old(make)
	doc.delete()
	deleted = frappe.get_last_doc("Deleted Document", {"deleted_name": doc.name})
	restored = frappe.get_doc(json.loads(deleted.data)).insert()
	assert (restored.contact, guests(restored)) == (ana.name, [ana.name, "Ivo"])


def test_a_participant_of_a_removed_type_is_left_out(shop, settings):
	other = partner("Baltic Supplies")
	people = [{"participant_type": other.doctype, "participant": other.name}]
	doc = interaction(shop, participants=people)
	row = frappe.get_all("Interaction Participant", {"parent": doc.name}, pluck="name")[0]
	frappe.db.set_value("Interaction Participant", row, {"participant_type": "Role", "participant": "Guest"})
	assert guests(by_done_and_plan_next(doc.reload())) == []


def test_a_new_activity_still_refuses_the_contact(old, ana, shop):
	old()
	with refused(ContactMismatchError, "is not a contact person of"):
		interaction(shop, contact=ana.name)
	with refused(PartyTypeError, "can't be a participant"):
		interaction(shop, participants=[{"participant_type": "Role", "participant": "Guest"}])
