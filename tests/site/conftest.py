"""A real site, every test rolled back. Run from the bench's `sites` folder with CRM_SITE set (`make test` does)."""

import os

import frappe
import pytest

# what our code reads through the platform's cache of documents
CACHED = (
	"CRM Interactions Settings",
	"Interaction Type",
	"Interaction Priority",
	"Interaction Category",
	"Interaction Outcome",
	"Interaction Dictionary",
	"Meeting Resource",
	"System Settings",
	"User",
)


def pytest_configure(config):
	config.addinivalue_line(
		"markers", "records_only: changes no document type, field or permission, so metadata may stay cached"
	)


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
def rolled_back(site, request):
	"""Start as Administrator with a clean slate, leave nothing behind."""
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	yield
	frappe.set_user("Administrator")
	frappe.db.rollback()
	forget(metadata_too=request.node.get_closest_marker("records_only") is None)


def forget(metadata_too: bool) -> None:
	"""Empty the caches that may hold what was just rolled back."""
	if metadata_too:
		frappe.clear_cache()
	for doctype in CACHED:
		frappe.clear_document_cache(doctype)
	frappe.db.value_cache.clear()
	frappe.local.document_cache = {}
	frappe.local.fullnames = {}


@pytest.fixture
def as_user():
	"""Return a function that logs in as another user for the rest of the test."""
	return frappe.set_user


@pytest.fixture
def settings():
	"""Return a function that changes the app's settings for this test."""

	def change(**values):
		doc = frappe.get_doc("CRM Interactions Settings")
		doc.update(values)
		doc.save()

	return change
