"""Values that a save requires (R7)."""

import frappe
import pytest

from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, meeting, partner, partner_type

pytestmark = pytest.mark.records_only
UNKNOWN = {"party": None, "direction": "Incoming", "how_to_reach": "+49 30 901820"}
OURS = {"full_name": "Marko", "side": "Ours"}
ADMINISTRATOR = {"participant_type": "User", "participant": "Administrator"}


def test_interaction_with_a_contact_person_needs_no_number(shop):
	assert interaction(shop, contact=contact(shop).name, how_to_reach=None).name


def test_interaction_with_a_number_needs_no_contact_person():
	assert interaction(how_to_reach="ana@example.com").name


def test_incoming_call_from_an_unknown_number_is_recorded_without_partner():
	assert interaction(**UNKNOWN).party is None


@pytest.mark.parametrize("change", [{"direction": "Outgoing"}, {"direction": ""}, {"how_to_reach": None}])
def test_other_interactions_need_a_partner(change):
	with refused(frappe.MandatoryError, "Choose the partner"):
		interaction(**{**UNKNOWN, "interaction_type": "Meeting", **change})


def test_a_partner_without_a_type_is_refused():
	name = partner().name
	with refused(frappe.ValidationError, "Partner Type must be set first"):
		interaction(party=name, party_type=None)


def test_a_missing_partner_is_refused():
	with refused(frappe.LinkValidationError, "Could not find Partner: Nobody"):
		interaction(party="Nobody", party_type=partner_type())


@pytest.mark.parametrize(
	"make, missing, message",
	[
		(interaction, "title", "title"),
		(interaction, "interaction_type", "interaction_type"),
		(interaction, "how_to_reach", "Choose a contact person or enter the number or address"),
		(meeting, "party", "Choose the partner of the meeting"),
	],
	ids=["topic", "type", "contact_person_and_number", "partner_of_a_meeting"],
)
def test_a_new_record_without_a_required_value_is_refused(make, missing, message):
	with refused(frappe.MandatoryError, message):
		make(**{missing: None})


def test_blank_responsible_user_and_time_are_filled_in():
	doc = interaction(responsible=None, starts_on=None)
	assert doc.responsible == "Administrator"
	assert doc.starts_on


@pytest.mark.parametrize(
	"make, cleared, message",
	[
		(interaction, "responsible", "responsible"),
		(interaction, "starts_on", "starts_on"),
		(interaction, "party", "Choose the partner"),
		(meeting, "responsible", "Choose the user responsible"),
	],
	ids=["responsible_user", "time", "partner", "responsible_user_of_a_meeting"],
)
def test_a_required_value_of_a_saved_record_cannot_be_cleared(make, cleared, message):
	doc = make(direction="Outgoing")
	with refused(frappe.MandatoryError, message):
		change_record(doc, **{cleared: None})


@pytest.mark.parametrize("participants", [[], [OURS], [ADMINISTRATOR]], ids=["nobody", "ours", "user"])
def test_meeting_needs_a_participant_from_the_partners_side(participants):
	with refused(frappe.MandatoryError, "at least one participant from the partner's side"):
		meeting(participants=participants)


def test_meeting_with_a_participant_from_the_partners_side_is_saved():
	assert meeting(participants=[{"full_name": "Ivan Babić"}]).participants[0].side == "Theirs"


def test_contact_person_of_a_meeting_is_added_to_the_participants(shop):
	ana = contact(shop, email="ana@example.com")
	(row,) = meeting(shop, contact=ana.name, participants=[]).participants
	assert (row.participant_type, row.participant) == ("Contact", ana.name)
	assert (row.full_name, row.email, row.side) == ("Ana Horvat", "ana@example.com", "Theirs")


def test_contact_person_among_the_participants_is_not_added_again(shop):
	ana = contact(shop)
	row = {"participant_type": "Contact", "participant": ana.name}
	assert len(meeting(shop, contact=ana.name, participants=[row]).participants) == 1


def test_contact_person_removed_from_the_participants_stays_removed(shop):
	doc = meeting(shop, contact=contact(shop).name, participants=[{"full_name": "Ivan Babić"}])
	change_record(doc, participants=[row for row in doc.participants if not row.participant])
	assert [row.full_name for row in doc.participants] == ["Ivan Babić"]


def test_place_of_a_meeting_holds_a_long_text():
	place = "Hall 3, second entrance. " * 400
	assert frappe.get_doc("Meeting", meeting(place=place).name).place.strip() == place.strip()
