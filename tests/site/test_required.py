"""What must be there to save (R7)."""

import frappe
import pytest
from checks import refused
from factories import contact, interaction, meeting, partner, partner_type

pytestmark = pytest.mark.records_only
UNKNOWN = {"party": None, "direction": "Incoming", "how_to_reach": "+49 30 901820"}


def test_interaction_with_a_contact_person_needs_no_number():
	shop = partner()
	assert interaction(shop, contact=contact(shop).name, how_to_reach=None).name


def test_interaction_with_a_number_needs_no_contact_person():
	assert interaction(how_to_reach="ana@example.com").name


def test_interaction_with_neither_is_refused():
	with refused(frappe.MandatoryError, "Choose a contact person or enter the number or address"):
		interaction(partner(), how_to_reach=None)


def test_incoming_call_from_an_unknown_number_is_recorded_without_partner():
	assert interaction(**UNKNOWN).party is None


@pytest.mark.parametrize("change", [{"direction": "Outgoing"}, {"direction": ""}, {"how_to_reach": None}])
def test_otherwise_the_partner_is_required(change):
	with refused(frappe.MandatoryError, "Choose the partner"):
		interaction(**{**UNKNOWN, "interaction_type": "Meeting", **change})


def test_the_partner_of_a_saved_interaction_cannot_be_taken_away():
	doc = interaction(direction="Outgoing")
	doc.party = None
	with refused(frappe.MandatoryError, "Choose the partner"):
		doc.save()


def test_partner_needs_its_type():
	shop = partner()
	with refused(frappe.ValidationError, "Partner Type must be set first"):
		interaction(party=shop.name, party_type=None)


def test_partner_that_does_not_exist_is_refused():
	with refused(frappe.LinkValidationError, "Could not find Partner: Nobody"):
		interaction(party="Nobody", party_type=partner_type())


@pytest.mark.parametrize("missing", ["title", "interaction_type"])
def test_topic_and_type_are_required(missing):
	with refused(frappe.MandatoryError, missing):
		interaction(**{missing: None})


def test_responsible_and_time_are_filled_where_left_open():
	doc = interaction(responsible=None, starts_on=None)
	assert doc.responsible == "Administrator"
	assert doc.starts_on


@pytest.mark.parametrize("cleared", ["responsible", "starts_on"])
def test_responsible_and_time_of_a_saved_record_cannot_be_cleared(cleared):
	doc = interaction()
	doc.set(cleared, None)
	with refused(frappe.MandatoryError, cleared):
		doc.save()


def test_meeting_needs_a_partner():
	with refused(frappe.MandatoryError, "Choose the partner of the meeting"):
		meeting(party=None)


def test_meeting_needs_a_responsible_person():
	doc = meeting()
	doc.responsible = None
	with refused(frappe.MandatoryError, "Choose who is responsible"):
		doc.save()


@pytest.mark.parametrize(
	"participants",
	[
		[],
		[{"full_name": "Marko", "side": "Ours"}],
		[{"participant_type": "User", "participant": "Administrator"}],
	],
)
def test_meeting_needs_somebody_from_the_partners_side(participants):
	with refused(frappe.MandatoryError, "at least one participant from the partner's side"):
		meeting(participants=participants)


def test_meeting_with_one_of_theirs_is_saved():
	assert meeting(participants=[{"full_name": "Ivan Babić"}]).participants[0].side == "Theirs"


def test_contact_person_of_a_meeting_is_invited_by_itself():
	shop = partner()
	ana = contact(shop, email="ana@example.com")
	doc = meeting(shop, contact=ana.name, participants=[])
	(row,) = doc.participants
	assert (row.participant_type, row.participant) == ("Contact", ana.name)
	assert (row.full_name, row.email, row.side) == ("Ana Horvat", "ana@example.com", "Theirs")


def test_contact_person_who_is_entered_already_is_not_invited_twice():
	shop = partner()
	ana = contact(shop)
	row = {"participant_type": "Contact", "participant": ana.name}
	assert len(meeting(shop, contact=ana.name, participants=[row]).participants) == 1


def test_contact_person_who_was_taken_off_the_list_stays_off():
	shop = partner()
	doc = meeting(shop, contact=contact(shop).name, participants=[{"full_name": "Ivan Babić"}])
	doc.participants = [row for row in doc.participants if not row.participant]
	doc.save()
	assert [row.full_name for row in doc.participants] == ["Ivan Babić"]


def test_place_of_a_meeting_holds_a_text_of_any_length():
	place = "Hall 3, second entrance. " * 400
	assert frappe.get_doc("Meeting", meeting(place=place).name).place.strip() == place.strip()
