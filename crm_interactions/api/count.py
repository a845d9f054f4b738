"""Replacements for Frappe's counts that ignore row-level permissions (platform/count.py, chains/connections.py)."""

from typing import Any

import frappe
from frappe import client
from frappe.desk import notifications

from crm_interactions.activities import options
from crm_interactions.api import arguments
from crm_interactions.chains import connections
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


@frappe.whitelist(methods=["GET", "POST"])
@arguments.checked
def get_open_count(doctype: str, name: str, items: str | list | None = None) -> dict[str, Any]:
	"""Return the counts of a form dashboard in Frappe's form; of the app's document types, only readable documents count.

	Args: as for `frappe.desk.notifications.get_open_count`, which counts all other types.

	Raises: PermissionError without the right to read the document; ValidationError for an unknown item; DoesNotExistError.
	"""
	if not options.meta_of(doctype):
		validation.refuse("doctype")
	frappe.has_permission(doctype, "read", doc=name, throw=True)
	wanted = None if items is None else arguments.names(items, "items")
	others, own = connections.split_items(doctype, wanted)
	answer = notifications.get_open_count(doctype, name, others)
	counts = [
		{"doctype": item, "count": connections.count(doctype, name, item), "open_count": 0} for item in own
	]
	# Frappe leaves its limit of a second to later statements of the connection
	frappe.db.set_execution_timeout(0)
	# an empty list after a query that took too long
	found = answer["count"] or {"internal_links_found": [], "external_links_found": []}
	found["external_links_found"] += counts
	return {**answer, "count": found}
