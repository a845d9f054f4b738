"""The app's entries in *Global Search Settings*: Frappe reads the hook only in its setup wizard and when a user resets them."""

import frappe

from crm_interactions.setup import memory

APP = "crm_interactions"
SETTINGS, ROW = "Global Search Settings", "Global Search DocType"
FIELD = "allowed_in_global_search"


def add_types() -> None:
	"""Add each document type of the hook once, so that a type that an administrator removes stays away."""
	known = memory.recall_keys()
	new = [doctype for doctype in list_types() if _key(doctype) not in known]
	listed = frappe.get_all(ROW, {"parent": SETTINGS}, pluck="document_type")
	for position, doctype in enumerate((name for name in new if name not in listed), len(listed) + 1):
		# not through the settings, which can't be saved while they list a missing document type
		row = {"parent": SETTINGS, "parenttype": SETTINGS, "parentfield": FIELD, "idx": position}
		frappe.get_doc({"doctype": ROW, **row, "document_type": doctype}).insert()
	if new:
		memory.remember_keys({_key(doctype) for doctype in new})
		clear_cache()


def list_types() -> list[str]:
	return [row["doctype"] for row in frappe.get_hooks("global_search_doctypes", app_name=APP)["Default"]]


def clear_cache() -> None:
	"""Clear Frappe's cache of the types in the global search."""
	frappe.cache.hdel("global_search", "search_priorities")


def _key(doctype: str) -> str:
	return f"{ROW}/{doctype}"
