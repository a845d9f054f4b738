"""What a process remembers of documents, emptied after a test was rolled back."""

import frappe

DOCUMENTS = "document_cache::"
OF_REQUEST = ("system_settings", "website_settings")


def forget() -> None:
	"""Empty the caches that may hold rolled-back data, in one step, since each call searches all of Redis."""
	getattr(frappe, "client_cache", frappe.cache).delete_keys(DOCUMENTS)
	frappe.db.value_cache.clear()
	frappe.local.document_cache = {}
	# what Redis keeps is read anew, as each request does: on Frappe 15 metadata would carry what a test added to it
	frappe.local.cache = {}
	frappe.local.fullnames = {}
	for name in OF_REQUEST:
		if hasattr(frappe.local, name):
			delattr(frappe.local, name)
