"""A customer that the tests copy is like one that ERPNext's controller makes."""

import factories
import frappe
import pytest
from demo_data import differences, row_counts
from factories import contact, interaction, partner
from other_apps import need

pytestmark = pytest.mark.records_only
ITS_OWN = {"name", "customer_name", "creation", "modified"}


def test_customer(monkeypatch):
	need("erpnext")
	monkeypatch.setattr(factories, "_customer", {})
	before = row_counts()
	made = partner("Baltic Trade")
	between = row_counts()
	copied = partner("Nordic Trade")
	assert differences(before, between).keys() == differences(between, row_counts()).keys() == {"Customer"}
	assert _kept(made) == _kept(copied)
	assert copied.reload().as_dict().keys() == made.reload().as_dict().keys()
	copied.save()
	doc = interaction(copied, contact=contact(copied).name)
	assert (doc.party_name, frappe.get_last_doc("Customer").name) == ("Nordic Trade", copied.name)


def _kept(doc) -> dict:
	row = frappe.db.get_value("Customer", doc.name, "*", as_dict=True)
	assert (row.name, row.customer_name) == (doc.name, doc.name)
	return {field: value for field, value in row.items() if field not in ITS_OWN}
