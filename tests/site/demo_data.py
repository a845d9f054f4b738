"""The demo, created once for the tests of a module, and row counts to compare."""

from functools import cache
from types import SimpleNamespace

import frappe
import pytest
from frappe.model.dynamic_links import get_dynamic_link_map

from crm_interactions.demo.write import creation, register, removal
from tests.site.tier import choose

# number of partners, one for each language; the full tier creates all of them
LIMIT = choose(5, None)
KINDS = ("Interaction", "Meeting", "Product Record")
# logs that Frappe writes outside the transaction
NOT_COMPARED = {"Error Log", "RQ Job", "Scheduled Job Log"}
SAVEPOINT = "demo"


def demo_fixtures(limit: int | None):
	"""Return the fixtures `made`, the demo of a module, and `rolled_back`, which undoes the changes of each test.

	The demo stays until the rollback after the module's last test; a commit in between fails the test.
	"""

	@pytest.fixture(scope="module", name="made")
	def made(site):
		frappe.set_user("Administrator")
		with pytest.MonkeyPatch.context() as patch:
			patch.setattr(frappe.db, "commit", _refuse)
			before, sentence = row_counts(), creation.create(limit)
			named = {kind: register.names(kind) for kind in KINDS}
			documents = {kind: [frappe.get_doc(kind, name) for name in named[kind]] for kind in KINDS}
			activities = [doc for docs in documents.values() for doc in docs]
			yield SimpleNamespace(
				before=before,
				sentence=sentence,
				documents=documents,
				count=len(activities),
				partners={doc.party for doc in activities},
			)
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_cache()

	@pytest.fixture(autouse=True, name="rolled_back")
	def rolled_back(made):
		frappe.set_user("Administrator")
		frappe.db.savepoint(SAVEPOINT)
		yield
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_cache()

	return made, rolled_back


def row_counts() -> dict[str, int]:
	counts = {
		doctype: frappe.db.count(doctype)
		for doctype in frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
		if doctype not in NOT_COMPARED and frappe.db.table_exists(doctype)
	}
	counts["__Auth"] = len(frappe.qb.from_("__Auth").select("name").run())
	counts["enabled currencies"] = frappe.db.count("Currency", {"enabled": 1})
	return counts


def differences(before: dict, after: dict) -> dict:
	return {key: (before.get(key), value) for key, value in after.items() if before.get(key) != value}


def remove() -> str:
	"""Remove the demo with a cached map of dynamic links, which Frappe rebuilds for each deletion in tests only."""
	with pytest.MonkeyPatch.context() as patch:
		patch.setattr("frappe.model.delete_doc.get_dynamic_link_map", cache(get_dynamic_link_map))
		return removal.remove()


def demo_partner() -> tuple[str, str]:
	for doctype in removal.PARTNERS:
		if frappe.db.exists("DocType", doctype) and register.names(doctype):
			return doctype, register.names(doctype)[0]
	raise AssertionError("The demo has no partner.")


def _refuse(*_args, **_kwargs):
	raise AssertionError("The demo committed in the middle of its work.")
