"""Copies of a partner's name follow the partner."""

import frappe
import pytest

from tests.site.checks import refused, stored
from tests.site.factories import change_record, contact, interaction, partner, partner_type, user
from tests.site.kinds import EACH_KIND, MAKERS

pytestmark = pytest.mark.records_only


def shown(doc) -> tuple:
	return stored(doc, ["party", "party_name"])


def rename_person(person) -> None:
	change_record(person.reload(), first_name="Stjepan")


@pytest.fixture
def person(settings):
	"""Return a partner whose title differs from its name."""
	settings(party_types=[{"party_type": partner_type()}, {"party_type": "User"}])
	return user("someone@example.com", first_name="Someone")


def test_activities_follow_a_renamed_partner():
	"""One rename for all kinds of activities: it takes Frappe seconds to check every link to a partner."""
	of = partner("Adriatic Trade")
	docs = [make(of) for make in MAKERS.values()]
	frappe.rename_doc(partner_type(), of.name, "Jadranska trgovina")
	title = frappe.get_doc(partner_type(), "Jadranska trgovina").get_title()
	assert [shown(doc) for doc in docs] == [("Jadranska trgovina", title)] * len(docs)


def test_activities_follow_merged_partners():
	one, other = partner("Adriatic Trade"), partner("Baltic Supplies")
	docs = [make(one) for make in MAKERS.values()]
	frappe.rename_doc(partner_type(), one.name, other.name, merge=True)
	assert [shown(doc) for doc in docs] == [(other.name, "Baltic Supplies")] * len(docs)
	assert not frappe.db.exists(partner_type(), one.name)


@EACH_KIND
@pytest.mark.parametrize("completed", [0, 1], ids=["open", "completed"])
def test_activities_follow_a_changed_title(make, completed, person):
	doc = make(person, completed=completed)
	assert shown(doc) == (person.name, "Someone")
	rename_person(person)
	assert shown(doc) == (person.name, "Stjepan")


def test_activities_of_other_partners_do_not_change(person):
	doc = interaction(partner("Baltic Supplies"))
	rename_person(person)
	assert shown(doc)[1] == "Baltic Supplies"


def test_a_form_opened_before_cannot_restore_the_old_name(person):
	form = frappe.get_doc("Interaction", interaction(person).name)
	rename_person(person)
	with refused(frappe.TimestampMismatchError, ""):
		change_record(form, notes="Called again.")


def test_participants_and_contacts_follow_a_rename(shop):
	ana = contact(shop).name
	doc = interaction(shop, contact=ana, participants=[{"participant_type": "Contact", "participant": ana}])
	new = frappe.rename_doc("Contact", ana, "Ana Kovač")
	doc.reload()
	assert (doc.contact, doc.participants[0].participant) == (new, new)
	change_record(doc, notes="Called again.")
