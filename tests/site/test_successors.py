"""Activities with partners of a removed app stay usable (R30).

Countries stand for the partners of such an app: every site has them, and their app is Frappe.
"""

import frappe
import pytest

from crm_interactions import uninstall
from crm_interactions.setup import successors
from tests.site.factories import contact, interaction, meeting, product_record, user

# not records_only: a site may have custom fields that depend on Frappe's own DocTypes and are removed here
APP = "frappe"
COUNTRY = "Croatia"


@pytest.fixture(autouse=True)
def countries_are_partners(settings):
	kept = frappe.get_doc("CRM Interactions Settings").party_types
	settings(
		party_types=[*({"party_type": row.party_type} for row in kept), {"party_type": "Country"}],
		subject_types=[{"subject_type": "Currency"}],
	)


def country(name: str = COUNTRY):
	return frappe.get_doc("Country", name)


def party_types() -> list[str]:
	return [row.party_type for row in frappe.get_doc("CRM Interactions Settings").party_types]


@pytest.mark.parametrize("make", [interaction, meeting, product_record])
def test_a_partner_record_replaces_the_partner_of_the_removed_app(make):
	doc = make(country())
	uninstall.before_app_uninstall(APP)
	doc.reload()
	assert (doc.party_type, doc.party, doc.party_name) == ("Partner", COUNTRY, COUNTRY)
	doc.notes = "They are still there"
	doc.save()


def test_activities_with_the_same_partner_keep_a_common_partner():
	first, second = interaction(country()), meeting(country())
	uninstall.before_app_uninstall(APP)
	assert first.reload().party == second.reload().party


def test_an_existing_partner_of_the_same_name_is_not_taken():
	frappe.get_doc({"doctype": "Partner", "partner_name": COUNTRY}).insert()
	doc = interaction(country())
	uninstall.before_app_uninstall(APP)
	assert doc.reload().party == f"{COUNTRY} ({COUNTRY})"


def test_completed_activities_follow_and_stay_completed():
	doc = interaction(country(), completed=1)
	uninstall.before_app_uninstall(APP)
	assert (doc.reload().party_type, doc.completed) == ("Partner", 1)


def test_contacts_follow_their_partner():
	person = contact(country(), "Ana")
	doc = interaction(country(), contact=person.name)
	uninstall.before_app_uninstall(APP)
	assert person.reload().has_link("Partner", COUNTRY)
	again = interaction(frappe.get_doc("Partner", COUNTRY), contact=person.name)
	assert (again.party, again.contact) == (doc.reload().party, person.name)


def test_subjects_are_cleared_and_the_activity_stays():
	doc = interaction(subject_type="Currency", subject="EUR")
	uninstall.before_app_uninstall(APP)
	doc.reload()
	assert not (doc.subject_type or doc.subject)
	doc.save()


def test_participants_stay_as_text():
	guest = user("guest.of.honour@example.com", first_name="Vesna")
	doc = meeting(participants=[{"participant_type": "User", "participant": guest.name, "side": "Theirs"}])
	uninstall.before_app_uninstall(APP)
	row = doc.reload().participants[0]
	assert (row.full_name, row.participant_type, row.participant) == ("Vesna", None, None)
	doc.save()


def test_the_new_partner_type_is_allowed_afterwards():
	interaction(country())
	uninstall.before_app_uninstall(APP)
	assert "Country" not in party_types()
	assert "Partner" in party_types()


def test_the_modification_time_is_updated():
	doc = interaction(country())
	frappe.db.set_value(doc.doctype, doc.name, "modified", "2020-01-01", update_modified=False)
	uninstall.before_app_uninstall(APP)
	assert str(doc.reload().modified) > "2020-01-02"


def test_no_partner_is_created_without_activities():
	before = frappe.get_all("Partner", pluck="name")
	assert not successors.replace_partners(APP)
	assert frappe.get_all("Partner", pluck="name") == before
