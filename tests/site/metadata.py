"""Metadata outlives what empties the whole cache (a renaming does), unless a test changed it.

Reading that of all of ERPNext's document types anew takes longer than most tests.
"""

from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.query_builder.functions import Count, Max

KEY = "doctype_meta"
TABLES = ("DocType", "DocField", "DocPerm", "Custom Field", "Property Setter", "Custom DocPerm")


class Metadata:
	"""Takes the place of `frappe.clear_cache`, which it calls, while the tests of a site run."""

	def __init__(self):
		self.clear_cache = frappe.clear_cache
		self.known = _state()
		self.changed = False
		frappe.clear_cache = self.clear

	def clear(self, user: str | None = None, doctype: str | None = None) -> None:
		self.changed = self.changed or bool(doctype)
		if user or self.is_changed():
			self.clear_cache(user, doctype)
			return
		with _kept():
			self.clear_cache()

	def is_changed(self) -> bool:
		self.changed = self.changed or _state() != self.known
		return self.changed

	def forget(self, changed: bool) -> None:
		"""Empty the cache after a test that was rolled back."""
		self.changed = changed
		self.clear()
		self.changed = False


@contextmanager
def _kept():
	"""Keep metadata while the cache is emptied: where Frappe 16 has it, or where 15 has it."""
	if hasattr(frappe, "client_cache"):
		with frappe.client_cache.lock:  # another thread drops from it what other processes have changed
			known = {key: value for key, value in frappe.client_cache.cache.items() if _is_metadata(key)}
		keys = frappe.cache.get_keys
		with patch.object(
			frappe.cache, "get_keys", lambda key: [one for one in keys(key) if not _is_metadata(one)]
		):
			yield
		frappe.client_cache.cache.update(known)
		return
	known = frappe.local.cache.get(frappe.cache.make_key(KEY))
	yield
	if known:
		frappe.local.cache[frappe.cache.make_key(KEY)] = known


def _is_metadata(key: bytes) -> bool:
	return f"|{KEY}::".encode() in key


def _state() -> list:
	found = []
	for doctype in TABLES:
		table = frappe.qb.DocType(doctype)
		found += frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()
	return found
