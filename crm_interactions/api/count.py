"""Replacement of the platform's count of documents (platform/count.py)."""

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
	"""Return how many documents fit, counting only readable ones of the app's own document types.

	Args: those of `frappe.client.get_count`.

	Raises: PermissionError without a right to read a document type of ours.
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
