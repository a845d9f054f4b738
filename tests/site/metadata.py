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
		self.set_user = frappe.set_user
		frappe.set_user = self.log_in

	def log_in(self, user: str) -> None:
		"""Take the place of `frappe.set_user`, which forgets whatever this process has read."""
		known = frappe.local.cache.get(_key())
		self.set_user(user)
		if known:
			frappe.local.cache[_key()] = known

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
	"""Keep metadata while the cache is emptied: in Redis, and in the process where Frappe 16 has it, or where 15 has it."""
	keys, known = frappe.cache.get_keys, frappe.local.cache.get(_key())
	client = getattr(frappe, "client_cache", None)
	if client:
		with client.lock:  # another thread drops from it what other processes have changed
			of_client = {key: value for key, value in client.cache.items() if _is_metadata(key)}
	with patch.object(
		frappe.cache, "get_keys", lambda key: [one for one in keys(key) if not _is_metadata(one)]
	):
		yield
	if known:
		frappe.local.cache[_key()] = known
	if client:
		client.cache.update(of_client)


def _key() -> bytes:
	return frappe.cache.make_key(KEY)


def _is_metadata(key: bytes | str) -> bool:
	"""Keys that all sites share are text."""
	return isinstance(key, bytes) and key.partition(b"::")[0] == _key()


def _state() -> list:
	found = []
	for doctype in TABLES:
		table = frappe.qb.DocType(doctype)
		found += frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()
	return found
