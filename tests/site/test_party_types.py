"""Partners and subjects are of configured document types."""

import frappe
import pytest
from checks import refused
from factories import contact, interaction, meeting, partner, product_record, user

from crm_interactions.exceptions import PartyTypeError

pytestmark = pytest.mark.records_only
MAKERS = [interaction, meeting, product_record]


@pytest.fixture
def types(settings):
	"""Return a function that sets the allowed document types."""

	def change(*party_types, subject_types=()):
		settings(
			party_types=[{"party_type": name} for name in party_types],
			subject_types=[{"subject_type": name} for name in subject_types],
		)

	return change


@pytest.mark.parametrize("make", MAKERS)
def test_type_that_is_not_configured_is_refused(make):
	someone = user("someone@example.com")
	with refused(PartyTypeError, "User.* is not one of .* allowed as Partner.*administrator can add it in"):
		make(someone)


@pytest.mark.parametrize("make", MAKERS)
def test_administrator_makes_any_document_type_a_partner(make, types):
	types("User")
	doc = make(user("someone@example.com", first_name="Someone"))
	assert (doc.party_type, doc.party_name) == ("User", "Someone")


@pytest.mark.parametrize("make", MAKERS)
def test_records_of_a_type_that_was_removed_stay_saveable(make, types):
	doc = make(partner())
	types("User")
	doc.notes = "Asked for the manual too."
	doc.save()
	with refused(PartyTypeError, "is not one of the document types allowed"):
		make(partner("Baltic Supplies"))


def test_another_partner_of_a_removed_type_is_refused(types):
	doc, other = interaction(), partner("Baltic Supplies")
	types("User")
	doc.party = other.name
	with refused(PartyTypeError, "is not one of the document types allowed"):
		doc.save()


def test_refusal_without_any_type_says_so(types):
	shop = partner()
	types()
	with refused(PartyTypeError, "none is configured"):
		interaction(shop)


def test_subject_is_of_a_configured_type(types):
	shop = partner()
	ana = contact(shop)
	with refused(PartyTypeError, "Contact.* is not one of .* allowed as Subject"):
		interaction(shop, subject_type="Contact", subject=ana.name)
	types(shop.doctype, subject_types=["Contact"])
	assert interaction(shop, subject_type="Contact", subject=ana.name).subject == ana.name


def test_subject_needs_its_type():
	with refused(frappe.ValidationError, "Subject Type must be set first"):
		interaction(subject="Anything")


def test_type_alone_is_no_choice():
	assert interaction(subject_type="Contact").subject is None
