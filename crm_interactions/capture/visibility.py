"""Captured items are visible like activities: to all, or to the colleague and users who see all activities.

An item without a colleague, of an address that several people use, is visible to all users of the app.
"""

import frappe

from crm_interactions.visibility.predicate import is_restricted

ITEM = "`tabCaptured Item`"


def item_conditions(user: str | None = None, doctype: str | None = None) -> str:
	user = user or frappe.session.user
	if not is_restricted(user):
		return ""
	me = frappe.db.escape(user, percent=False)
	return f"(coalesce({ITEM}.`responsible`, '') in ('', {me}))"


def item_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	user = user or frappe.session.user
	return doc.responsible in (None, "", user) or not is_restricted(user)
