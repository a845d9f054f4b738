"""The test site is set up like a real one, and the checks of the set-up notice missing records."""

import frappe
import pytest
from frappe.desk.page.setup_wizard.setup_wizard import make_records

from tests.site.other_apps import need
from tools.inside import set_up

pytestmark = pytest.mark.records_only


def test_site_passes_every_check():
	assert set_up.missing() == []


BROKEN = {
	"single company": lambda: frappe.db.delete("Company"),
	"chart of accounts": lambda: frappe.db.delete("Account", {"root_type": "Income"}),
	"default accounts": lambda: frappe.db.set_value("Company", {}, "default_receivable_account", None),
	"cost centre": lambda: frappe.db.delete("Cost Center", {"is_group": 0}),
	"current fiscal year": lambda: frappe.db.delete("Fiscal Year"),
	"default company": lambda: frappe.db.set_default("company", ""),
	"default currency": lambda: frappe.db.set_default("currency", "USD"),
	"item groups": lambda: frappe.db.delete("Item Group"),
	"territories": lambda: frappe.db.delete("Territory", {"is_group": 0}),
	"customer groups": lambda: frappe.db.delete("Customer Group", {"is_group": 0}),
	"departments of the company": lambda: frappe.db.set_value("Department", {}, "company", None),
}


@pytest.fixture
def defaults():
	"""Restore the site's defaults, which are cached apart from the database."""
	yield
	frappe.db.rollback()
	frappe.clear_cache(user="Administrator")


@pytest.mark.parametrize("name", BROKEN)
def test_each_check_notices_its_missing_records(name, defaults):
	need("erpnext")
	assert set(BROKEN) == set(set_up.ERPNEXT)
	BROKEN[name]()
	assert name in set_up.missing()


def test_second_company_is_noticed():
	need("erpnext")
	frappe.get_doc({"doctype": "Company", "name": "Adria d.o.o.", "company_name": "Adria d.o.o."}).db_insert()
	assert "single company" in set_up.missing()


def test_error_that_the_setup_wizard_only_logs_is_found():
	before = set_up.logged_errors()
	make_records([{"doctype": "Contact", "first_name": "Ana", "user": "nobody@example.com"}])
	(found,) = (error for name, error in set_up.logged_errors().items() if name not in before)
	assert "LinkValidationError" in found and "nobody@example.com" in found
