"""A real site, every test rolled back. Run from the bench's `sites` folder with CRM_SITE set (`make test` does)."""

import os

import frappe
import pytest


@pytest.fixture(scope="session", autouse=True)
def site():
	frappe.init(site=os.environ["CRM_SITE"], sites_path=os.environ.get("CRM_SITES_PATH", "."))
	frappe.connect()
	frappe.flags.in_test = True  # Frappe 15
	frappe.in_test = True  # Frappe 16
	frappe.flags.mute_emails = True
	frappe.local.lang = "en"
	yield frappe.local.site
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(autouse=True)
def rolled_back(site):
	"""Start as Administrator with a clean slate, leave nothing behind."""
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	# caches may hold what was just rolled back
	frappe.clear_cache()
	frappe.local.document_cache = {}


@pytest.fixture
def as_user():
	"""Return a function that logs in as another user for the rest of the test."""
	return frappe.set_user
