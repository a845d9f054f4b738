"""A real site, every test rolled back. Run from the bench's `sites` folder with CRM_SITE set (`make test` does)."""

import os

import frappe
import pytest
from caches import forget
from factories import learn_rows
from half_chain import half  # noqa: F401  a fixture
from metadata import Metadata
from processes import own_site

# the files that run longest, so that no process begins with one of them when the others are nearly through
LONGEST = (
	"test_demo.py",
	"test_hostile_methods.py",
	"test_chain_sequences.py",
	"test_chain_rights.py",
	"test_hostile_fields.py",
	"test_hostile_queries.py",
	"test_hand_over_job.py",
	"test_calendar_event.py",
	"test_demo_removal.py",
	"test_granting.py",
)


def pytest_collection_modifyitems(items):
	order = {name: number for number, name in enumerate(LONGEST)}
	items.sort(key=lambda item: order.get(item.path.name, len(LONGEST)))


def pytest_configure(config):
	config.addinivalue_line(
		"markers", "records_only: changes no document type, field or permission, so metadata may stay cached"
	)


@pytest.fixture(scope="session", autouse=True)
def site():
	frappe.init(site=own_site(), sites_path=os.environ.get("CRM_SITES_PATH", "."))
	frappe.connect()
	frappe.flags.in_test = True  # Frappe 15
	frappe.in_test = True  # Frappe 16
	frappe.flags.mute_emails = True
	frappe.local.lang = "en"
	learn_rows()
	forget()
	yield frappe.local.site
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="session")
def metadata(site) -> Metadata:
	return Metadata()


@pytest.fixture(autouse=True)
def rolled_back(metadata, request):
	"""Start as Administrator with a clean slate, leave nothing behind."""
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	yield
	frappe.set_user("Administrator")
	records_only = request.node.get_closest_marker("records_only") is not None
	changed = not records_only and metadata.is_changed()
	frappe.db.rollback()
	# the platform empties it with each request; here it would grow, and each save looks through it
	frappe.flags.currently_saving = []
	# a request ends with its test: code that asks for one behaves differently within it
	if hasattr(frappe.local, "request"):
		del frappe.local.request
	if not records_only:
		metadata.forget(changed)
	forget()


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


@pytest.fixture
def versions():
	"""Let the platform write versions, which it leaves out in tests."""
	frappe.flags.in_test = frappe.in_test = False
	yield
	frappe.flags.in_test = frappe.in_test = True
