"""Clear the caches that still hold documents of a rolled-back test."""

import frappe

DOCUMENTS = "document_cache::"
PER_REQUEST = ("system_settings", "website_settings")


def clear_document_caches() -> None:
	"""Clear all caches that may hold rolled-back data, in one step because each call scans all keys in Redis."""
	getattr(frappe, "client_cache", frappe.cache).delete_keys(DOCUMENTS)
	frappe.db.value_cache.clear()
	frappe.local.document_cache = {}
	# read Redis again, as each request does: on Frappe 15, cached metadata would keep the fields that a test added
	frappe.local.cache = {}
	frappe.local.fullnames = {}
	for name in PER_REQUEST:
		if hasattr(frappe.local, name):
			delattr(frappe.local, name)
