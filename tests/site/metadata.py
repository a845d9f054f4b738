"""Keep metadata when code clears the whole cache, as a rename does, unless a test changed metadata.

Reading the metadata of all ERPNext DocTypes again takes longer than most tests.
"""

from contextlib import contextmanager
from unittest.mock import patch

import frappe
from frappe.query_builder.functions import Count, Max

KEY = "doctype_meta"
TABLES = ("DocType", "DocField", "DocPerm", "Custom Field", "Property Setter", "Custom DocPerm")


class Metadata:
	"""Replaces `frappe.clear_cache` and `frappe.set_user` while the tests of a site run, and calls both."""

	def __init__(self):
		self.clear_cache = frappe.clear_cache
		self.known = _state()
		self.changed = False
		frappe.clear_cache = self.clear
		self.set_user = frappe.set_user
		frappe.set_user = self.log_in

	def log_in(self, user: str) -> None:
		"""Log in without losing cached metadata: `frappe.set_user` drops the process's cache."""
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

	def clear_after_test(self, changed: bool) -> None:
		"""Clear the cache after a rolled-back test, including metadata if it changed."""
		self.changed = changed
		self.clear()
		self.changed = False


@contextmanager
def _kept():
	"""Keep metadata while the block clears the cache: in Redis, and in the process caches of Frappe 15 and 16."""
	keys, known = frappe.cache.get_keys, frappe.local.cache.get(_key())
	client = getattr(frappe, "client_cache", None)
	if client:
		with client.lock:  # another thread removes entries that other processes have changed
			of_client = {key: value for key, value in client.cache.items() if _is_metadata(key)}
	with patch.object(
		frappe.cache, "get_keys", lambda key: [found for found in keys(key) if not _is_metadata(found)]
	):
		yield
	if known:
		frappe.local.cache[_key()] = known
	if client:
		client.cache.update(of_client)


def _key() -> bytes:
	return frappe.cache.make_key(KEY)


def _is_metadata(key: bytes | str) -> bool:
	"""Return whether a key holds metadata of the site; keys that all sites share are strings."""
	return isinstance(key, bytes) and key.partition(b"::")[0] == _key()


def _state() -> list:
	found = []
	for doctype in TABLES:
		table = frappe.qb.DocType(doctype)
		found += frappe.qb.from_(table).select(Count("*"), Max(table.modified)).run()
	return found
