"""Fixtures of a real site, with a rollback after each test. Run in the bench's `sites` folder with CRM_SITE set."""

import os

import frappe
import pytest

from tests.site import commits
from tests.site.caches import clear_document_caches
from tests.site.chain_checks import assert_consistent
from tests.site.factories import change_record, learn_rows, partner, user
from tests.site.half_chain import half  # noqa: F401  a fixture
from tests.site.handing_over import in_one_transaction, manager  # noqa: F401  fixtures
from tests.site.in_calendar import calendar_users, planned_call  # noqa: F401  fixtures
from tests.site.inviting import mail_account, remove_accounts  # noqa: F401  fixtures
from tests.site.metadata import Metadata
from tests.site.processes import own_site

# the slowest files run first, so that no process starts one of them when the others are nearly done
LONGEST = (
	*("test_demo.py", "test_hostile_methods.py", "test_chain_sequences.py", "test_chain_rights.py"),
	*("test_hostile_fields.py", "test_hostile_queries.py", "test_hand_over_job.py", "test_calendar_event.py"),
	*("test_demo_removal.py", "test_granting.py"),
)


def pytest_collection_modifyitems(items):
	order = {name: number for number, name in enumerate(LONGEST)}
	items.sort(key=lambda item: order.get(item.path.name, len(LONGEST)))


def pytest_configure(config):
	config.addinivalue_line(
		"markers", "records_only: changes no document type, field or permission, so metadata may stay cached"
	)
	config.addinivalue_line("markers", "changes_metadata: an exception in a module that is records_only")


@pytest.fixture(scope="session", autouse=True)
def site():
	frappe.init(site=own_site(), sites_path=os.environ.get("CRM_SITES_PATH", "."))
	frappe.connect()
	frappe.flags.in_test = True  # Frappe 15
	frappe.in_test = True  # Frappe 16
	frappe.flags.mute_emails = True
	frappe.local.lang = "en"
	learn_rows()
	clear_document_caches()
	yield frappe.local.site
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="session")
def metadata(site) -> Metadata:
	return Metadata()


@pytest.fixture(autouse=True)
def rolled_back(metadata, request):
	"""Log in as Administrator without messages, and roll back after the test."""
	frappe.set_user("Administrator")
	frappe.local.message_log = []
	with commits.watched():
		yield
	frappe.set_user("Administrator")
	marked = request.node.get_closest_marker
	records_only = marked("records_only") is not None and not marked("changes_metadata")
	changed = not records_only and metadata.is_changed()
	frappe.db.rollback()
	# Frappe empties this list with each request; here it would grow, and each save searches it
	frappe.flags.currently_saving = []
	# code that checks for a request behaves differently inside one, so each request ends with its test
	if hasattr(frappe.local, "request"):
		del frappe.local.request
	if not records_only:
		metadata.clear_after_test(changed)
	clear_document_caches()
	assert not commits.counted, "The test committed: other tests of this site find what it left."


@pytest.fixture
def as_user():
	"""Return a function that logs in as another user for the rest of the test."""
	return frappe.set_user


@pytest.fixture
def settings():
	"""Return a function that changes the app's settings."""

	def change(**values):
		change_record(frappe.get_doc("CRM Interactions Settings"), **values)

	return change


@pytest.fixture
def around_the_clock(settings):
	"""Let next steps be due on any day at any hour."""
	settings(respect_working_time=0)


@pytest.fixture
def shop():
	"""Return a partner."""
	return partner()


@pytest.fixture
def marta():
	"""Return a user who records activities."""
	return user("marta@example.com", "Interaction User")


@pytest.fixture
def consistent():
	"""Check the invariants of all chains after the test."""
	yield
	assert_consistent()


@pytest.fixture
def versions():
	"""Let Frappe write versions, which it skips in tests."""
	frappe.flags.in_test = frappe.in_test = False
	yield
	frappe.flags.in_test = frappe.in_test = True
