"""The right to read a document, as a check before methods of `api/` read more about it."""

import frappe
from frappe import _


def require_document(doctype: str | None, name: str) -> None:
	"""Raise PermissionError unless the user may read a document: one query for those that the user's list has."""
	if not doctype:
		frappe.throw(_("The document type is missing. Send the document type and the name."))
	# a list opens with the right to select, too
	frappe.has_permission(doctype, "read", throw=True)
	meta = frappe.get_meta(doctype)
	has_list = not (meta.issingle or meta.istable or meta.get("is_virtual"))
	# the document itself would be read with all its tables
	if not (has_list and frappe.get_list(doctype, {"name": name}, limit=1)):
		frappe.has_permission(doctype, "read", doc=name, throw=True)
