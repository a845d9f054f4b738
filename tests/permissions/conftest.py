"""Visibility and rights through every door: real requests with real commits, on a temporary site.

Frappe's WSGI application answers the requests in this process. Run from the bench's `sites` folder.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import frappe
import frappe.app
import pytest
from frappe.utils.global_search import sync_global_search
from frappe.utils.password import get_encryption_key

from tests.permissions import asking, oracle
from tests.permissions import world as worlds
from tests.permissions.comparing import Differences
from tests.site.processes import own_site

EACH_SETTING = pytest.mark.parametrize("visibility", oracle.SETTINGS, indirect=True)


@pytest.fixture(scope="session", autouse=True)
def site() -> str:
	name = own_site()
	with connected(name):
		get_encryption_key()  # generated on first use
	frappe.app._site, frappe.app._sites_path = name, "."
	return name


@pytest.fixture(scope="session")
def world(site) -> worlds.World:
	# notifications of mentions depend on the rights at that moment
	_choose(site, oracle.OWN_AND_TEAM)
	with connected(site):
		frappe.flags.mute_emails = True
		made = worlds.make()
		frappe.db.commit()
		if frappe.db.db_type != "sqlite":  # there, Frappe has no index
			sync_global_search()
	return made


@pytest.fixture(scope="session")
def ask(world) -> Callable[..., asking.Answer]:
	"""Return a function that sends a request as one of the world's people."""
	return partial(asking.send, world.keys)


@pytest.fixture
def differences() -> Iterator[Differences]:
	"""Return the test's list of differences, which must be empty at its end."""
	found = Differences()
	yield found
	assert not found, f"{len(found)} differences\n{found}"


@pytest.fixture
def visibility(site, request) -> Iterator[str]:
	"""Set the visibility for this test, Own and Team if the test has no parameter, and return it."""
	chosen = getattr(request, "param", oracle.OWN_AND_TEAM)
	_choose(site, chosen)
	yield chosen
	_choose(site, oracle.EVERYONE)


def _choose(site: str, visibility: str) -> None:
	with connected(site):
		frappe.get_doc("CRM Interactions Settings").update({"visibility": visibility}).save()


@contextmanager
def connected(site: str) -> Iterator[None]:
	"""Connect as Administrator, and commit at the end of the block."""
	frappe.init(site=site, sites_path=".", force=True)
	frappe.connect()
	frappe.set_user("Administrator")
	try:
		yield
		frappe.db.commit()
	finally:
		frappe.destroy()
