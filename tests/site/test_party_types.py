"""Partners and subjects must be of configured DocTypes."""

import frappe
import pytest

from crm_interactions.exceptions import PartyTypeError
from tests.site.checks import refused
from tests.site.factories import change_record, contact, interaction, partner, user
from tests.site.kinds import EACH_KIND

pytestmark = pytest.mark.records_only


@pytest.fixture
def types(settings):
	"""Return a function that sets the allowed document types."""

	def change(*party_types, subject_types=()):
		parties = [{"party_type": name} for name in party_types]
		settings(party_types=parties, subject_types=[{"subject_type": name} for name in subject_types])

	return change


@EACH_KIND
def test_type_that_is_not_configured_is_refused(make):
	person = user("someone@example.com")
	with refused(PartyTypeError, "User.* is not one of .* allowed as Partner.*administrator can add it in"):
		make(person)


@EACH_KIND
def test_administrator_can_allow_any_document_type_as_partner(make, types):
	types("User")
	doc = make(user("someone@example.com", first_name="Someone"))
	assert (doc.party_type, doc.party_name) == ("User", "Someone")


@EACH_KIND
def test_records_of_a_removed_type_can_still_be_saved(make, types):
	doc = make(partner())
	types("User")
	change_record(doc, notes="Asked for the manual too.")
	with refused(PartyTypeError, "is not one of the document types allowed"):
		make(partner("Baltic Supplies"))


def test_another_partner_of_a_removed_type_is_refused(types):
	doc, other = interaction(), partner("Baltic Supplies")
	types("User")
	with refused(PartyTypeError, "is not one of the document types allowed"):
		change_record(doc, party=other.name)


def test_refusal_says_if_no_type_is_configured(types, shop):
	types()
	with refused(PartyTypeError, "none is configured"):
		interaction(shop)


def test_subject_needs_a_configured_type(types, shop):
	ana = contact(shop)
	with refused(PartyTypeError, "Contact.* is not one of .* allowed as Subject"):
		interaction(shop, subject_type="Contact", subject=ana.name)
	types(shop.doctype, subject_types=["Contact"])
	assert interaction(shop, subject_type="Contact", subject=ana.name).subject == ana.name


def test_subject_without_a_type_is_refused():
	with refused(frappe.ValidationError, "Subject Type must be set first"):
		interaction(subject="Anything")


def test_type_without_a_subject_sets_no_subject():
	assert interaction(subject_type="Contact").subject is None
