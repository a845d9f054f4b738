"""Activities with partners of a removed app stay usable (R30).

Countries stand for the partners of such an app: every site has them, and their app is Frappe.
"""

import frappe
import pytest

from crm_interactions import uninstall
from crm_interactions.setup import successors
from tests.site.factories import change_record, contact, interaction, meeting, record, user
from tests.site.kinds import EACH_KIND

# not records_only: a site may have custom fields that depend on Frappe's own DocTypes and are removed here
APP = "frappe"
COUNTRY = "Croatia"


@pytest.fixture(autouse=True)
def countries_are_partners(settings):
	types = [{"party_type": name} for name in (*party_types(), "Country")]
	settings(party_types=types, subject_types=[{"subject_type": "Currency"}])


def country():
	return frappe.get_doc("Country", COUNTRY)


def party_types() -> list[str]:
	return [row.party_type for row in frappe.get_doc("CRM Interactions Settings").party_types]


def after_removal(doc):
	"""Remove the app; return the document as it is then."""
	uninstall.before_app_uninstall(APP)
	return doc.reload()


@EACH_KIND
def test_a_partner_record_replaces_the_partner_of_the_removed_app(make):
	doc = after_removal(make(country()))
	assert (doc.party_type, doc.party, doc.party_name) == ("Partner", COUNTRY, COUNTRY)
	change_record(doc, notes="They are still there")


def test_activities_with_the_same_partner_keep_a_common_partner():
	first, second = interaction(country()), meeting(country())
	assert after_removal(first).party == second.reload().party


def test_an_existing_partner_of_the_same_name_is_not_taken():
	record("Partner", partner_name=COUNTRY)
	assert after_removal(interaction(country())).party == f"{COUNTRY} ({COUNTRY})"


def test_completed_activities_follow_and_stay_completed():
	doc = after_removal(interaction(country(), completed=1))
	assert (doc.party_type, doc.completed) == ("Partner", 1)


def test_contacts_follow_their_partner():
	person = contact(country(), "Ana")
	doc = after_removal(interaction(country(), contact=person.name))
	assert person.reload().has_link("Partner", COUNTRY)
	again = interaction(frappe.get_doc("Partner", COUNTRY), contact=person.name)
	assert (again.party, again.contact) == (doc.party, person.name)


def test_subjects_are_cleared_and_the_activity_stays():
	doc = after_removal(interaction(subject_type="Currency", subject="EUR"))
	assert not (doc.subject_type or doc.subject)
	doc.save()


def test_participants_stay_as_text():
	guest = user("guest.of.honour@example.com", first_name="Vesna")
	rows = [{"participant_type": "User", "participant": guest.name, "side": "Theirs"}]
	doc = after_removal(meeting(participants=rows))
	row = doc.participants[0]
	assert (row.full_name, row.participant_type, row.participant) == ("Vesna", None, None)
	doc.save()


def test_the_new_partner_type_is_allowed_afterwards():
	after_removal(interaction(country()))
	assert "Country" not in party_types()
	assert "Partner" in party_types()


def test_the_modification_time_is_updated():
	doc = interaction(country())
	frappe.db.set_value(doc.doctype, doc.name, "modified", "2020-01-01", update_modified=False)
	assert str(after_removal(doc).modified) > "2020-01-02"


def test_no_partner_is_created_without_activities():
	before = frappe.get_all("Partner", pluck="name")
	assert not successors.replace_partners(APP)
	assert frappe.get_all("Partner", pluck="name") == before
