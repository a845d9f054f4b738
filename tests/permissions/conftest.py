"""Visibility and rights through every door: real requests with real commits, on a temporary site.

Frappe's WSGI application answers the requests in this process. Run from the bench's `sites` folder.
"""

import frappe
import frappe.app
import pytest
from frappe.utils.global_search import sync_global_search
from frappe.utils.password import get_encryption_key

from tests.permissions import oracle
from tests.permissions import world as worlds
from tests.permissions.asking import Asker
from tests.permissions.comparing import Differences
from tests.site.processes import own_site


@pytest.fixture(scope="session", autouse=True)
def site() -> str:
	name = own_site()
	connect(name)
	get_encryption_key()  # generated on first use
	frappe.app._site, frappe.app._sites_path = name, "."
	return name


@pytest.fixture(scope="session")
def world(site) -> worlds.World:
	# notifications of mentions depend on the rights at that moment
	_choose(site, oracle.OWN_AND_TEAM)
	connect(site)
	frappe.flags.mute_emails = True
	made = worlds.make()
	frappe.db.commit()
	if made.is_searchable:
		sync_global_search()
		frappe.db.commit()
	frappe.destroy()
	return made


@pytest.fixture(scope="session")
def ask(site, world) -> Asker:
	"""Return a function that sends a request as one of the world's people."""
	return Asker(world.keys)


@pytest.fixture
def differences():
	"""Return the test's list of differences, which must be empty at its end."""
	found = Differences()
	yield found
	assert not found, f"{len(found)} differences\n{found}"


@pytest.fixture
def setting(site):
	"""Return a function that sets the visibility for this test."""

	yield lambda visibility: _choose(site, visibility)
	_choose(site, oracle.EVERYONE)


def _choose(site: str, visibility: str) -> None:
	connect(site)
	doc = frappe.get_doc("CRM Interactions Settings")
	doc.visibility = visibility
	doc.save()
	frappe.db.commit()
	frappe.destroy()


def connect(site: str) -> None:
	frappe.init(site=site, sites_path=".", force=True)
	frappe.connect()
	frappe.set_user("Administrator")
