"""Copies of a partner's name follow the partner."""

import frappe
import pytest

from tests.site.checks import refused
from tests.site.factories import contact, interaction, meeting, partner, partner_type, product_record, user

pytestmark = pytest.mark.records_only
MAKERS = (interaction, meeting, product_record)
EACH = pytest.mark.parametrize("make", MAKERS)


def shown(doc) -> tuple:
	return frappe.db.get_value(doc.doctype, doc.name, ["party", "party_name"])


@pytest.fixture
def person(settings):
	"""Return a partner whose title differs from its name."""
	settings(party_types=[{"party_type": partner_type()}, {"party_type": "User"}])
	return user("someone@example.com", first_name="Someone")


def test_activities_follow_a_renamed_partner():
	"""One rename for all kinds of activities: it takes Frappe seconds to check every link to a partner."""
	of = partner("Adriatic Trade")
	docs = [make(of) for make in MAKERS]
	frappe.rename_doc(partner_type(), of.name, "Jadranska trgovina")
	title = frappe.get_doc(partner_type(), "Jadranska trgovina").get_title()
	assert [shown(doc) for doc in docs] == [("Jadranska trgovina", title)] * len(docs)


def test_activities_follow_merged_partners():
	one, other = partner("Adriatic Trade"), partner("Baltic Supplies")
	docs = [make(one) for make in MAKERS]
	frappe.rename_doc(partner_type(), one.name, other.name, merge=True)
	assert [shown(doc) for doc in docs] == [(other.name, "Baltic Supplies")] * len(docs)
	assert not frappe.db.exists(partner_type(), one.name)


@EACH
def test_activities_follow_a_changed_title(make, person):
	doc = make(person)
	assert shown(doc) == (person.name, "Someone")
	person.reload()
	person.first_name = "Somebody"
	person.save()
	assert shown(doc) == (person.name, "Somebody")


@EACH
def test_completed_activities_follow_a_changed_title(make, person):
	doc = make(person, completed=1)
	person.reload()
	person.first_name = "Somebody"
	person.save()
	assert shown(doc) == (person.name, "Somebody")


def test_activities_of_other_partners_do_not_change(person):
	doc = interaction(partner("Baltic Supplies"))
	person.reload()
	person.first_name = "Somebody"
	person.save()
	assert shown(doc)[1] == "Baltic Supplies"


def test_a_form_opened_before_cannot_restore_the_old_name(person):
	form = frappe.get_doc("Interaction", interaction(person).name)
	person.reload()
	person.first_name = "Somebody"
	person.save()
	form.notes = "Called again."
	with refused(frappe.TimestampMismatchError, ""):
		form.save()


def test_participants_and_contacts_follow_a_rename():
	shop = partner()
	ana = contact(shop)
	doc = interaction(
		shop, contact=ana.name, participants=[{"participant_type": "Contact", "participant": ana.name}]
	)
	new = frappe.rename_doc("Contact", ana.name, "Ana Kovač")
	doc.reload()
	assert (doc.contact, doc.participants[0].participant) == (new, new)
	doc.notes = "Called again."
	doc.save()
