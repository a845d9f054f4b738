"""Replacement for `frappe.client.get_count` (platform/count.py)."""

import frappe
from frappe import client

from crm_interactions.api import arguments
from crm_interactions.controllers import validation
from crm_interactions.platform import count

MODULE = "CRM Interactions"


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def get_count(
	doctype: str,
	filters: str | list | dict | None = None,
	debug: bool | int = False,
	cache: bool | int = False,
) -> int | None:
	"""Return the number of matching documents; of the app's document types, only readable documents count.

	Args: as for `frappe.client.get_count`, which counts all other types; the app's ignore `debug` and `cache`.

	Raises: PermissionError without read permission on a type of the app; ValidationError for an unknown type or, of the
		app's, a single type or an invalid filter.
	"""
	module = frappe.db.get_value("DocType", doctype, "module", cache=True)
	if not module:
		validation.refuse("doctype")
	if module != MODULE:
		return client.get_count(doctype, filters, debug, cache)
	frappe.has_permission(doctype, "read", throw=True)
	if frappe.get_meta(doctype).issingle:
		validation.refuse("doctype")
	return count.count_readable(doctype, arguments.conditions(filters, doctype))
