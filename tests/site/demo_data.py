"""The demo, created once for the tests of a module, and row counts to compare."""

from contextlib import contextmanager
from functools import cache

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


class Demo:
	"""The records of the demo until their rollback; a commit in between fails the test."""

	def __init__(self, limit: int | None):
		self.limit = limit
		self.patch = pytest.MonkeyPatch()

	def __enter__(self):
		frappe.set_user("Administrator")
		self.patch.setattr(frappe.db, "commit", _refuse)
		self.before = row_counts()
		self.sentence = creation.create(self.limit)
		self.documents = {
			doctype: [frappe.get_doc(doctype, name) for name in register.names(doctype)] for doctype in KINDS
		}
		self.count = sum(len(docs) for docs in self.documents.values())
		return self

	def __exit__(self, *_):
		self.patch.undo()
		frappe.set_user("Administrator")
		frappe.db.rollback()
		frappe.clear_cache()

	@contextmanager
	def one_test(self):
		"""Run one test on the fresh demo, and roll back its changes."""
		frappe.set_user("Administrator")
		frappe.db.savepoint(SAVEPOINT)
		yield
		frappe.set_user("Administrator")
		frappe.db.rollback(save_point=SAVEPOINT)
		frappe.clear_cache()


def row_counts() -> dict[str, int]:
	doctypes = frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
	counts = {
		doctype: frappe.db.count(doctype)
		for doctype in doctypes
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
