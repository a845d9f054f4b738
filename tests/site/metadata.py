"""Metadata outlives what empties the whole cache (a renaming does), unless a test changed it.

Reading that of all of ERPNext's document types anew takes longer than most tests.
"""

import frappe
from frappe.query_builder.functions import Count, Max

# where Frappe 15 keeps it; 16 is quick enough
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
		kept = frappe.local.cache.get(frappe.cache.make_key(KEY))
		self.clear_cache()
		if kept:
			frappe.local.cache[frappe.cache.make_key(KEY)] = kept

	def is_changed(self) -> bool:
		self.changed = self.changed or _state() != self.known
		return self.changed

	def forget(self, changed: bool) -> None:
		"""Empty the cache after a test that was rolled back."""
		self.changed = changed
		self.clear()
		self.changed = False


def _state() -> list:
	found = []
	for doctype in TABLES:
		table = frappe.qb.DocType(doctype)
		found += frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()
	return found
