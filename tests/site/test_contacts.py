"""Contact persons belong to the chosen partner (R6)."""

import frappe
import pytest

from crm_interactions.api.party import contact_query
from crm_interactions.exceptions import ContactMismatchError
from crm_interactions.parties.contacts import belongs_to
from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, partner, record
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only
MISMATCH = "is not a contact person of"


@pytest.fixture
def stranger():
	return contact(partner("Baltic Supplies"), first_name="Jonas")


def participants(person) -> list[dict]:
	return [{"participant_type": "Contact", "participant": person.name}]


def found(txt: str = "", **filters) -> list[str]:
	return [row[0] for row in contact_query("Contact", txt, "name", 0, 20, filters)]


@EACH_KIND
def test_contact_of_the_partner_is_accepted(make, shop):
	ana = contact(shop)
	assert make(shop, contact=ana.name).contact == ana.name


@EACH_KIND
def test_contact_of_another_partner_is_refused(make, shop, stranger):
	with refused(ContactMismatchError, f"{MISMATCH} .*Adriatic Trade.*Choose one of its contacts"):
		make(shop, contact=stranger.name)


def test_contact_without_a_partner_is_refused(shop):
	with refused(ContactMismatchError, MISMATCH):
		interaction(shop, contact=contact(None).name)


def test_contact_is_refused_before_a_partner_is_chosen(stranger):
	with refused(ContactMismatchError, "Choose the partner first"):
		interaction(party=None, direction="Incoming", contact=stranger.name)


@EACH_KIND
def test_another_partner_needs_another_contact(make, shop):
	doc = make(shop, contact=contact(shop).name)
	other = partner("Baltic Supplies")
	with refused(ContactMismatchError, f"{MISMATCH} .*Baltic Supplies"):
		change_record(doc, party=other.name)
	doc.reload().update({"party": other.name, "contact": contact(other, first_name="Rūta").name})
	if doc.doctype == "Meeting":
		doc.participants = [row for row in doc.participants if not row.participant]
	doc.save()
	assert doc.party_name == "Baltic Supplies"


def test_contact_who_left_the_partner_stays_on_older_records(shop):
	ana = contact(shop)
	doc = interaction(shop, contact=ana.name)
	change_record(ana, links=[])
	assert change_record(doc, title="Price of two pumps").contact == ana.name


def test_contact_of_several_partners_belongs_to_each(shop):
	other = partner("Baltic Supplies")
	ana = contact(shop)
	ana.append("links", {"link_doctype": other.doctype, "link_name": other.name})
	ana.save()
	assert interaction(shop, contact=ana.name).name
	assert interaction(other, contact=ana.name).name


def test_participant_of_another_partner_is_refused(shop, stranger):
	with refused(ContactMismatchError, MISMATCH):
		interaction(shop, participants=participants(stranger))


def test_participant_without_partner_is_refused(stranger):
	with refused(ContactMismatchError, "Choose the partner first"):
		interaction(party=None, direction="Incoming", participants=participants(stranger))


def test_participants_are_checked_again_when_the_partner_changes(shop):
	doc = interaction(shop, participants=participants(contact(shop)))
	doc.party = partner("Baltic Supplies").name
	with refused(ContactMismatchError, f"{MISMATCH} .*Baltic Supplies"):
		doc.save()


def test_contact_belongs_to_the_frappe_crm_organisation_in_its_company_name():
	person = contact(None, company_name="Nordwind GmbH")
	assert belongs_to(person.name, "CRM Organization", "Nordwind GmbH")
	assert not belongs_to(person.name, "CRM Organization", "Südwind GmbH")
	assert not belongs_to(person.name, "Customer", "Nordwind GmbH")
	assert found(party_type="CRM Organization", party="Nordwind GmbH") == [person.name]


def test_search_offers_the_partners_contacts_only(shop, stranger):
	ana, ivo = contact(shop), contact(shop, first_name="Ivo", last_name="Babić")
	assert sorted(found(party_type=shop.doctype, party=shop.name)) == sorted([ana.name, ivo.name])
	assert found("babić", party_type=shop.doctype, party=shop.name) == [ivo.name]


def test_search_offers_no_contact_before_a_partner_is_chosen(shop):
	contact(shop)
	assert found() == []
	assert found(party_type=shop.doctype) == []
	assert contact_query("Contact", "", "name", 0, 20, None) == []


def test_organisation_of_frappe_crm_can_be_a_partner():
	if not frappe.db.exists("DocType", "CRM Organization"):
		with refused(frappe.ValidationError, "Partner Type must be set first"):
			interaction(party="Nordwind GmbH", party_type="CRM Organization")
		return
	# with another currency, Frappe CRM would fetch an exchange rate from the internet
	frappe.db.set_single_value("FCRM Settings", "currency", "EUR")
	organisation = record("CRM Organization", organization_name="Nordwind GmbH", currency="EUR")
	person = contact(None, company_name=organisation.name)
	assert interaction(organisation, contact=person.name).party_name == "Nordwind GmbH"
	with refused(ContactMismatchError, MISMATCH):
		interaction(organisation, contact=contact(None, first_name="Eva", company_name="Südwind").name)
