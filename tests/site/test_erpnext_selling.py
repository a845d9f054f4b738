"""A salesperson sells with ERPNext in one chain: Opportunity → Quotation → Sales Order (R15, R20)."""

import frappe
import pytest
from frappe.utils import add_days, today

from crm_interactions.api import chain as api
from tests.site.chain_checks import assert_consistent, chain_of, row_of
from tests.site.factories import contact, interaction, partner, user
from tests.site.other_apps import item, need

pytestmark = pytest.mark.records_only

SELLER = "seller@example.com"


@pytest.fixture
def customer(as_user):
	"""Create a customer with a contact person, and log in as a salesperson; return the customer."""
	need("erpnext")
	item()
	found = partner()
	contact(found, email="ana@example.com")
	user(SELLER, "Interaction User", "Sales User")
	as_user(SELLER)
	return found


@pytest.fixture
def call(customer):
	person = frappe.db.get_value("Contact", {"email_id": "ana@example.com"})
	return interaction(customer, title="Catalogue", contact=person)


def add_item(doc):
	doc.append("items", {"item_code": item(), "qty": 2, "rate": 100})
	return doc


def test_opportunity_from_a_chain_has_the_defaults_of_the_company(call):
	done = api.create_subject(call.chain, "Opportunity")
	made = frappe.get_doc("Opportunity", done["name"])
	company = frappe.defaults.get_global_default("company")
	assert made.owner == made.opportunity_owner == SELLER
	assert (made.company, made.currency) == (
		company,
		frappe.db.get_value("Company", company, "default_currency"),
	)
	assert (made.party_name, made.contact_email) == (call.party, "ana@example.com")
	assert chain_of(made) == call.chain
	assert_consistent()


def test_opportunity_quotation_and_order_stay_in_the_chain(call):
	from erpnext.crm.doctype.opportunity.opportunity import make_quotation
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	opportunity = frappe.get_doc("Opportunity", api.create_subject(call.chain, "Opportunity")["name"])
	quotation = add_item(make_quotation(opportunity.name)).insert().submit()
	order = make_sales_order(quotation.name)
	order.delivery_date = add_days(today(), 7)
	order.insert().submit()
	assert [chain_of(doc) for doc in (opportunity, quotation, order)] == [call.chain] * 3
	assert row_of(quotation).previous == row_of(opportunity).name
	assert row_of(order).previous == row_of(quotation).name
	assert [row_of(doc).status for doc in (quotation, order)] == ["Done", "Done"]
	assert row_of(order).party == call.party
	assert frappe.db.get_value("Quotation", quotation.name, "status") == "Ordered"
	assert (order.company, order.grand_total) == (frappe.defaults.get_global_default("company"), 200)
	assert_consistent()


def test_order_of_a_quotation_without_an_opportunity_joins_its_chain(customer):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	quotation = frappe.new_doc("Quotation")
	quotation.update({"quotation_to": "Customer", "party_name": customer.name})
	add_item(quotation).insert().submit()
	order = make_sales_order(quotation.name)
	order.delivery_date = add_days(today(), 7)
	order.insert()
	assert chain_of(order) == chain_of(quotation)
	assert row_of(order).status == "Planned"
	order.submit()
	order.cancel()
	assert row_of(order).status == "Cancelled"
	assert_consistent()
