"""Answers and refusals of the whitelisted methods."""

import frappe
import pytest

from crm_interactions.api import activity, party
from crm_interactions.exceptions import CompletedError, DisabledValueError, PartyTypeError
from tests.site.checks import refused
from tests.site.factories import contact, interaction, log_in, meeting, partner, product_record, record, user

pytestmark = pytest.mark.records_only
BOTH = pytest.mark.parametrize("call", [activity.complete, activity.reopen])
RECORDER, SECRET, PHONE = "recorder@example.com", "secret@example.com", "+385 1 4567 890"


@BOTH
def test_only_interactions_and_meetings_are_completed(call):
	for doc in (product_record(), frappe.get_doc("User", "Administrator")):
		with refused(frappe.ValidationError, "Only Interaction, Meeting can be completed and reopened"):
			call(doc.doctype, doc.name)


@BOTH
def test_missing_activity_is_not_found(call):
	with pytest.raises(frappe.DoesNotExistError):
		call("Interaction", "INT-1900-00001")


def test_completion_and_reopening_answer_in_json():
	doc = meeting()
	answer = activity.complete("Meeting", doc.name, outcome="Successful")
	shown = "name status completed_by completed_on next_activity_type next_activity next_step closed"
	assert set(answer) == set(shown.split())
	assert set(activity.reopen("Meeting", doc.name)) == {"name", "status", "reopened_by", "reopened_on"}
	assert frappe.parse_json(frappe.as_json(answer))["completed_by"] == "Administrator"


@pytest.mark.parametrize(
	"outcome, error", [("Nothing", frappe.LinkValidationError), ("Old", DisabledValueError)]
)
def test_completion_with_an_invalid_outcome_completes_nothing(outcome, error):
	record("Interaction Outcome", title="Old", disabled=1)
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
	ana = contact(partner(), phone=PHONE, email="ana@example.com")
	shown = {"full_name": "Ana Horvat", "email": "ana@example.com", "phone": PHONE}
	assert party.participant_details("Contact", ana.name) == shown


def test_participant_details_of_other_documents_are_refused():
	with pytest.raises(PartyTypeError, match=r"Role.* can't be a participant. Choose one of"):
		party.participant_details("Role", "Guest")


def test_participant_details_of_an_unreadable_record_are_refused():
	user(SECRET)
	log_in(RECORDER, "Interaction User")
	with pytest.raises(frappe.PermissionError):
		party.participant_details("User", SECRET)


@pytest.mark.parametrize("known", [True, False])
def test_partner_of_a_caller_is_shown_only_with_read_permission(known, settings):
	"""Recorders may read a Partner, but not a User who is a partner."""
	secret = user(SECRET, first_name="Secret")
	settings(party_types=[{"party_type": "Partner"}, {"party_type": "User"}])
	contact(record("Partner", partner_name="Hallo AG") if known else secret, phone=PHONE)
	log_in(RECORDER, "Interaction User")
	(row,) = party.find(PHONE)
	assert (row["party"], row["party_name"]) == (("Hallo AG", "Hallo AG") if known else (None, None))
