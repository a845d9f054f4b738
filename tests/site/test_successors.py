"""An app goes, the activities with its partners stay, and people can go on working with them (R30).

Countries stand for the partners of such an app: every site has them, and what brought them is the platform.
"""

import frappe
import pytest
from factories import contact, interaction, meeting, product_record, user

from crm_interactions import uninstall
from crm_interactions.setup import successors

# Not records_only: where the platform itself brought one of the fields that follow other apps, it goes here.
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
def test_a_partner_takes_the_place_of_the_one_that_goes(make):
	doc = make(country())
	uninstall.before_app_uninstall(APP)
	doc.reload()
	assert (doc.party_type, doc.party, doc.party_name) == ("Partner", COUNTRY, COUNTRY)
	doc.notes = "They are still there"
	doc.save()


def test_activities_with_one_partner_stay_together():
	first, second = interaction(country()), meeting(country())
	uninstall.before_app_uninstall(APP)
	assert first.reload().party == second.reload().party


def test_two_of_one_name_stay_two():
	frappe.get_doc({"doctype": "Partner", "partner_name": COUNTRY}).insert()
	doc = interaction(country())
	uninstall.before_app_uninstall(APP)
	assert doc.reload().party == f"{COUNTRY} ({COUNTRY})"


def test_completed_ones_follow_and_stay_completed():
	doc = interaction(country(), completed=1)
	uninstall.before_app_uninstall(APP)
	assert (doc.reload().party_type, doc.completed) == ("Partner", 1)


def test_contacts_follow():
	person = contact(country(), "Ana")
	doc = interaction(country(), contact=person.name)
	uninstall.before_app_uninstall(APP)
	assert person.reload().has_link("Partner", COUNTRY)
	again = interaction(frappe.get_doc("Partner", COUNTRY), contact=person.name)
	assert (again.party, again.contact) == (doc.reload().party, person.name)


def test_subjects_go_and_the_rest_stays():
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


def test_such_partners_can_be_chosen_afterwards():
	interaction(country())
	uninstall.before_app_uninstall(APP)
	assert "Country" not in party_types()
	assert "Partner" in party_types()


def test_the_time_of_change_moves():
	doc = interaction(country())
	frappe.db.set_value(doc.doctype, doc.name, "modified", "2020-01-01", update_modified=False)
	uninstall.before_app_uninstall(APP)
	assert str(doc.reload().modified) > "2020-01-02"


def test_nothing_is_made_where_nobody_used_the_app():
	before = frappe.get_all("Partner", pluck="name")
	assert not successors.replace_partners(APP)
	assert frappe.get_all("Partner", pluck="name") == before
