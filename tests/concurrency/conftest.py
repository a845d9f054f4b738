"""Concurrent users on a real site: separate server processes, real connections, real commits.

Nothing is rolled back, so CRM_SITE cannot be used afterwards. Run from the bench's `sites` folder.
"""

import json
import os
from collections import Counter
from pathlib import Path

import frappe
import pytest
from frappe.installer import update_site_config
from frappe.utils.password import get_encryption_key, set_encrypted_password

from tests.concurrency.crew import Nursery, Worker
from tests.concurrency.scenery import copy_row, fresh
from tests.site.chain_checks import assert_consistent
from tests.site.factories import partner, partner_type, user

USERS = 16
ROLES = ("Interaction User", "Interaction Manager", "Sales User", "System Manager")
SEEN = pytest.StashKey[dict]()


@pytest.fixture(scope="session", autouse=True)
def site():
	frappe.init(site=os.environ["CRM_SITE"], sites_path=".")
	# another Redis for jobs, or a worker that serves the bench would run them during the tests
	common = json.loads(Path("common_site_config.json").read_text(encoding="utf-8"))
	update_site_config("redis_queue", common["redis_cache"])
	frappe.connect()
	get_encryption_key()  # generated on first use: otherwise each process would generate its own key
	frappe.flags.mute_emails = True
	_allow_partners_as_subjects()
	yield frappe.local.site
	frappe.db.rollback()
	frappe.destroy()


@pytest.fixture(scope="session")
def many_writers(site) -> None:
	"""Skip on SQLite, where conflicts inside the database cannot occur."""
	if frappe.db.db_type == "sqlite":
		pytest.skip("needs concurrent writers; SQLite refuses all but one with 'database is locked'")


@pytest.fixture(scope="session")
def authorizations(site) -> list[str]:
	"""Return the Authorization header of each user."""
	roles = [role for role in ROLES if frappe.db.exists("Role", role)]
	first = user("clerk@example.com", *roles)
	found = [_authorization(first) for _ in range(USERS)]
	frappe.db.commit()
	return found


@pytest.fixture(scope="session")
def nursery(authorizations, tmp_path_factory):
	made = Nursery(frappe.local.site, str(tmp_path_factory.mktemp("nursery") / "door"))
	yield made
	made.close()


@pytest.fixture(scope="session")
def crew(nursery, authorizations):
	"""Return one server process for each user."""
	workers = [nursery.worker(authorization) for authorization in authorizations]
	yield workers
	for worker in workers:
		worker.close()


@pytest.fixture
def victim(nursery, authorizations):
	"""Return a function that starts a server process for this test alone, which may kill it."""
	started = []

	def start() -> Worker:
		started.append(nursery.worker(authorizations[0]))
		return started[-1]

	yield start
	for worker in started:
		worker.close()


@pytest.fixture(scope="session")
def subjects(site) -> list[tuple[str, str]]:
	found = [partner(f"Deal {frappe.generate_hash(length=8)}") for _ in range(3)]
	frappe.db.commit()
	return [(doc.doctype, doc.name) for doc in found]


@pytest.fixture
def outcomes(request) -> Counter:
	"""Return a counter of outcomes, printed at the end of the run."""
	counted = Counter()
	request.config.stash.setdefault(SEEN, {})[request.node.name] = counted
	return counted


@pytest.fixture(autouse=True)
def consistent_afterwards(site):
	fresh()
	frappe.set_user("Administrator")
	yield
	fresh()
	assert_consistent()


def pytest_terminal_summary(terminalreporter, config):
	seen = config.stash.get(SEEN, {})
	if seen:
		terminalreporter.section("frequency of outcomes")
	for name, counted in seen.items():
		counts = ", ".join(f"{outcome} {count}" for outcome, count in counted.items())
		terminalreporter.line(f"{name}: {counts}")


def _allow_partners_as_subjects() -> None:
	settings = frappe.get_doc("CRM Interactions Settings")
	if partner_type() not in {row.subject_type for row in settings.subject_types}:
		settings.append("subject_types", {"subject_type": partner_type()})
		settings.save()
	frappe.db.commit()


def _authorization(first) -> str:
	"""Return the Authorization header of a new user: a copy of the first, since inserting one takes Frappe a second."""
	key, secret = frappe.generate_hash(length=15), frappe.generate_hash(length=15)
	name = f"{key}@example.com"
	copy_row("User", {"name": first.name}, [{"name": name, "email": name, "username": key, "api_key": key}])
	for role in first.roles:
		copy_row("Has Role", {"name": role.name}, [{"name": frappe.generate_hash(), "parent": name}])
	set_encrypted_password("User", name, secret, "api_secret")
	return f"token {key}:{secret}"
