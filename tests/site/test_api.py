"""Answers and refusals of the whitelisted methods."""

import frappe
import pytest

from crm_interactions.api import activity, party
from crm_interactions.exceptions import CompletedError, DisabledValueError, PartyTypeError
from tests.site.checks import refused
from tests.site.factories import contact, interaction, meeting, partner, product_record, user

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize("call", [activity.complete, activity.reopen])
def test_only_interactions_and_meetings_are_completed(call):
	record = product_record()
	with refused(frappe.ValidationError, "Only Interaction, Meeting can be completed and reopened"):
		call("Product Record", record.name)
	with refused(frappe.ValidationError, "Only Interaction, Meeting can be completed and reopened"):
		call("User", "Administrator")


@pytest.mark.parametrize("call", [activity.complete, activity.reopen])
def test_missing_activity_is_not_found(call):
	with pytest.raises(frappe.DoesNotExistError):
		call("Interaction", "INT-1900-00001")


def test_completion_and_reopening_answer_in_json():
	doc = meeting()
	answer = activity.complete("Meeting", doc.name, outcome="Successful")
	assert set(answer) == {
		*("name", "status", "completed_by", "completed_on"),
		*("next_activity_type", "next_activity", "closed"),
	}
	assert set(activity.reopen("Meeting", doc.name)) == {"name", "reopened_by", "reopened_on"}
	assert frappe.parse_json(frappe.as_json(answer))["completed_by"] == "Administrator"


@pytest.mark.parametrize(
	"outcome, error", [("Nothing", frappe.LinkValidationError), ("Old", DisabledValueError)]
)
def test_completion_with_an_invalid_outcome_completes_nothing(outcome, error):
	frappe.get_doc({"doctype": "Interaction Outcome", "title": "Old", "disabled": 1}).insert()
	doc = interaction()
	with refused(error, outcome):
		activity.complete("Interaction", doc.name, outcome=outcome)
	assert frappe.db.get_value("Interaction", doc.name, "completed") == 0


def test_completing_a_completed_interaction_is_refused():
	doc = interaction()
	activity.complete("Interaction", doc.name)
	with refused(CompletedError, "was already completed by .*Administrator"):
		activity.complete("Interaction", doc.name)


def test_participant_details_of_a_readable_contact_are_returned():
	ana = contact(partner(), phone="+385 1 4567 890", email="ana@example.com")
	assert party.participant_details("Contact", ana.name) == {
		"full_name": "Ana Horvat",
		"email": "ana@example.com",
		"phone": "+385 1 4567 890",
	}


def test_participant_details_of_other_documents_are_refused():
	with pytest.raises(PartyTypeError, match=r"Role.* can't be a participant. Choose one of"):
		party.participant_details("Role", "Guest")


def test_participant_details_of_an_unreadable_record_are_refused(as_user):
	user("secret@example.com")
	user("recorder@example.com", "Interaction User")
	as_user("recorder@example.com")
	with pytest.raises(frappe.PermissionError):
		party.participant_details("User", "secret@example.com")


@pytest.mark.parametrize("known", [True, False])
def test_partner_of_a_caller_is_shown_only_with_read_permission(known, as_user):
	"""Recorders may read a Partner, but not a User who is a partner."""
	user("secret@example.com", first_name="Secret")
	user("recorder@example.com", "Interaction User")
	frappe.get_doc("CRM Interactions Settings").update(
		{"party_types": [{"party_type": "Partner"}, {"party_type": "User"}]}
	).save()
	of = (
		frappe.get_doc({"doctype": "Partner", "partner_name": "Hallo AG"}).insert()
		if known
		else frappe.get_doc("User", "secret@example.com")
	)
	contact(of, phone="+385 1 4567 890")
	as_user("recorder@example.com")
	(row,) = party.find("+385 1 4567 890")
	assert (row["party"], row["party_name"]) == (("Hallo AG", "Hallo AG") if known else (None, None))
