"""Many at once on a real site: server processes of their own, real connections, real commits.

CRM_SITE is thrown away afterwards: nothing here is rolled back. Run from the bench's `sites` folder.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

import frappe
import pytest
from crew import Nursery

sys.path.append(str(Path(__file__).parents[1] / "site"))

from chain_checks import assert_consistent
from factories import partner, partner_type, user
from frappe.installer import update_site_config
from frappe.utils.password import get_encryption_key, set_encrypted_password
from scenery import copy_row, fresh

USERS = 16
ROLES = ("Interaction User", "Interaction Manager", "Sales User", "System Manager")
SEEN = pytest.StashKey[dict]()


@pytest.fixture(scope="session", autouse=True)
def site():
	frappe.init(site=os.environ["CRM_SITE"], sites_path=".")
	# jobs go where no worker looks: one that serves the bench would do them in between
	common = json.loads(Path("common_site_config.json").read_text(encoding="utf-8"))
	update_site_config("redis_queue", common["redis_cache"])
	frappe.connect()
	get_encryption_key()  # made when it is first asked for: the processes would each make one of their own
	frappe.flags.mute_emails = True
	_take_partners_as_subjects()
	yield frappe.local.site
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="session")
def many_writers(site) -> None:
	"""What collides inside the database needs one that lets several write."""
	if frappe.db.db_type == "sqlite":
		pytest.skip("SQLite lets one connection write and refuses the others with 'database is locked'")


@pytest.fixture(scope="session")
def authorizations(site) -> list[str]:
	"""Return the login of each user."""
	roles = [role for role in ROLES if frappe.db.exists("Role", role)]
	first = user("clerk@example.com", *roles)
	found = [_token(_like(first)) for _ in range(USERS)]
	frappe.db.commit()
	return found


@pytest.fixture(scope="session")
def nursery(authorizations, tmp_path_factory):
	made = Nursery(frappe.local.site, str(tmp_path_factory.mktemp("nursery") / "door"))
	yield made
	made.close()


@pytest.fixture(scope="session")
def crew(nursery, authorizations):
	"""Return as many server processes as there are users; each user has his own."""
	workers = [nursery.worker(authorization) for authorization in authorizations]
	yield workers
	for worker in workers:
		worker.close()


@pytest.fixture
def victim(nursery, authorizations):
	"""Return a maker of server processes that may be killed."""
	return lambda: nursery.worker(authorizations[0])


@pytest.fixture(scope="session")
def subjects(site) -> list[tuple[str, str]]:
	found = [partner(f"Deal {frappe.generate_hash(length=8)}") for _ in range(3)]
	frappe.db.commit()
	return [(doc.doctype, doc.name) for doc in found]


@pytest.fixture
def outcomes(request) -> Counter:
	"""Return a count of what happened; it is shown at the end of the run."""
	counted = Counter()
	request.config.stash.setdefault(SEEN, {})[request.node.name] = counted
	return counted


@pytest.fixture(autouse=True)
def all_true_afterwards(site):
	fresh()
	frappe.set_user("Administrator")
	yield
	fresh()
	assert_consistent()


def pytest_terminal_summary(terminalreporter, config):
	seen = config.stash.get(SEEN, {})
	if seen:
		terminalreporter.section("how often what happened")
	for name, counted in seen.items():
		terminalreporter.line(f"{name}: " + ", ".join(f"{what} {count}" for what, count in counted.items()))


def _take_partners_as_subjects() -> None:
	settings = frappe.get_doc("CRM Interactions Settings")
	if partner_type() not in {row.subject_type for row in settings.subject_types}:
		settings.append("subject_types", {"subject_type": partner_type()})
		settings.save()
	frappe.db.commit()


def _like(first) -> dict:
	"""Return one more user like the first, without the second that the platform takes to make one."""
	key = frappe.generate_hash(length=15)
	name = f"{key}@example.com"
	copy_row("User", {"name": first.name}, [{"name": name, "email": name, "username": key, "api_key": key}])
	for role in first.roles:
		copy_row("Has Role", {"name": role.name}, [{"name": frappe.generate_hash(), "parent": name}])
	return {"name": name, "api_key": key}


def _token(made: dict) -> str:
	"""Return what a client of the REST interface sends to log in."""
	secret = frappe.generate_hash(length=15)
	set_encrypted_password("User", made["name"], secret, "api_secret")
	return f"token {made['api_key']}:{secret}"
