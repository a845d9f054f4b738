"""A salesperson sells with ERPNext in one chain: Opportunity → Quotation → Sales Order (R15, R20)."""

import frappe
import pytest
from frappe.utils import add_days, today

from crm_interactions.api import chain as api
from tests.site.chain_checks import chain_of, row_of
from tests.site.checks import stored
from tests.site.factories import contact, interaction, log_in, partner
from tests.site.other_apps import item, need

pytestmark = pytest.mark.records_only
SELLER = "seller@example.com"


@pytest.fixture
def customer():
	"""Create a customer with a contact person, and log in as a salesperson; return the customer."""
	need("erpnext")
	item()
	found = partner()
	contact(found, email="ana@example.com")
	log_in(SELLER, "Interaction User", "Sales User")
	return found


@pytest.fixture
def call(customer):
	person = frappe.db.get_value("Contact", {"email_id": "ana@example.com"})
	return interaction(customer, title="Catalogue", contact=person)


def add_item(doc):
	doc.append("items", {"item_code": item(), "qty": 2, "rate": 100})
	return doc


def order_of(quotation):
	"""Return a new sales order, as the button of the quotation creates it."""
	from erpnext.selling.doctype.quotation.quotation import make_sales_order

	return make_sales_order(quotation.name).update({"delivery_date": add_days(today(), 7)}).insert()


def test_opportunity_from_a_chain_has_the_defaults_of_the_company(call, consistent):
	made = frappe.get_doc("Opportunity", api.create_subject(call.chain, "Opportunity")["name"])
	company = frappe.defaults.get_global_default("company")
	currency = frappe.db.get_value("Company", company, "default_currency")
	assert made.owner == made.opportunity_owner == SELLER
	assert (made.company, made.currency) == (company, currency)
	assert (made.party_name, made.contact_email) == (call.party, "ana@example.com")
	assert chain_of(made) == call.chain


def test_opportunity_quotation_and_order_stay_in_the_chain(call, consistent):
	from erpnext.crm.doctype.opportunity.opportunity import make_quotation

	opportunity = frappe.get_doc("Opportunity", api.create_subject(call.chain, "Opportunity")["name"])
	quotation = add_item(make_quotation(opportunity.name)).insert().submit()
	order = order_of(quotation).submit()
	assert [chain_of(doc) for doc in (opportunity, quotation, order)] == [call.chain] * 3
	assert row_of(quotation).previous == row_of(opportunity).name
	assert row_of(order).previous == row_of(quotation).name
	assert [row_of(doc).status for doc in (quotation, order)] == ["Done", "Done"]
	assert (row_of(order).party, stored(quotation, "status")) == (call.party, "Ordered")
	assert (order.company, order.grand_total) == (frappe.defaults.get_global_default("company"), 200)


def test_order_of_a_quotation_without_an_opportunity_joins_its_chain(customer, consistent):
	quotation = frappe.new_doc("Quotation")
	quotation.update({"quotation_to": "Customer", "party_name": customer.name})
	add_item(quotation).insert().submit()
	order = order_of(quotation)
	assert (chain_of(order), row_of(order).status) == (chain_of(quotation), "Planned")
	order.submit().cancel()
	assert row_of(order).status == "Cancelled"
