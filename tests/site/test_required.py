"""Values that a save requires (R7)."""

import frappe
import pytest

from tests.site.checks import refused
from tests.site.factories import contact, interaction, meeting, partner, partner_type

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
def test_other_interactions_need_a_partner(change):
	with refused(frappe.MandatoryError, "Choose the partner"):
		interaction(**{**UNKNOWN, "interaction_type": "Meeting", **change})


def test_the_partner_of_a_saved_interaction_cannot_be_removed():
	doc = interaction(direction="Outgoing")
	doc.party = None
	with refused(frappe.MandatoryError, "Choose the partner"):
		doc.save()


def test_a_partner_without_a_type_is_refused():
	shop = partner()
	with refused(frappe.ValidationError, "Partner Type must be set first"):
		interaction(party=shop.name, party_type=None)


def test_a_missing_partner_is_refused():
	with refused(frappe.LinkValidationError, "Could not find Partner: Nobody"):
		interaction(party="Nobody", party_type=partner_type())


@pytest.mark.parametrize("missing", ["title", "interaction_type"])
def test_topic_and_type_are_required(missing):
	with refused(frappe.MandatoryError, missing):
		interaction(**{missing: None})


def test_blank_responsible_user_and_time_are_filled_in():
	doc = interaction(responsible=None, starts_on=None)
	assert doc.responsible == "Administrator"
	assert doc.starts_on


@pytest.mark.parametrize("cleared", ["responsible", "starts_on"])
def test_responsible_user_and_time_of_a_saved_record_cannot_be_cleared(cleared):
	doc = interaction()
	doc.set(cleared, None)
	with refused(frappe.MandatoryError, cleared):
		doc.save()


def test_meeting_needs_a_partner():
	with refused(frappe.MandatoryError, "Choose the partner of the meeting"):
		meeting(party=None)


def test_meeting_needs_a_responsible_user():
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
def test_meeting_needs_a_participant_from_the_partners_side(participants):
	with refused(frappe.MandatoryError, "at least one participant from the partner's side"):
		meeting(participants=participants)


def test_meeting_with_a_participant_from_the_partners_side_is_saved():
	assert meeting(participants=[{"full_name": "Ivan Babić"}]).participants[0].side == "Theirs"


def test_contact_person_of_a_meeting_is_added_to_the_participants():
	shop = partner()
	ana = contact(shop, email="ana@example.com")
	doc = meeting(shop, contact=ana.name, participants=[])
	(row,) = doc.participants
	assert (row.participant_type, row.participant) == ("Contact", ana.name)
	assert (row.full_name, row.email, row.side) == ("Ana Horvat", "ana@example.com", "Theirs")


def test_contact_person_among_the_participants_is_not_added_again():
	shop = partner()
	ana = contact(shop)
	row = {"participant_type": "Contact", "participant": ana.name}
	assert len(meeting(shop, contact=ana.name, participants=[row]).participants) == 1


def test_contact_person_removed_from_the_participants_stays_removed():
	shop = partner()
	doc = meeting(shop, contact=contact(shop).name, participants=[{"full_name": "Ivan Babić"}])
	doc.participants = [row for row in doc.participants if not row.participant]
	doc.save()
	assert [row.full_name for row in doc.participants] == ["Ivan Babić"]


def test_place_of_a_meeting_holds_a_long_text():
	place = "Hall 3, second entrance. " * 400
	assert frappe.get_doc("Meeting", meeting(place=place).name).place.strip() == place.strip()
