"""Hand-overs are visible to requester, successor and administrators; entries name documents, so not to successors."""

import frappe

from crm_interactions.visibility.predicate import is_administrator

RECORD = "`tabInteraction Hand Over`"
ENTRY = "`tabInteraction Hand Over Entry`"


def hand_over_conditions(user: str | None = None, doctype: str | None = None) -> str:
	user = user or frappe.session.user
	if is_administrator(user):
		return ""
	me = frappe.db.escape(user, percent=False)
	return f"({RECORD}.`asked_by` = {me} or {RECORD}.`to_user` = {me})"


def hand_over_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	user = user or frappe.session.user
	return bool(user in (doc.asked_by, doc.to_user) or is_administrator(user))


def entry_conditions(user: str | None = None, doctype: str | None = None) -> str:
	user = user or frappe.session.user
	if is_administrator(user):
		return ""
	me = frappe.db.escape(user, percent=False)
	asked = f"select {RECORD}.`name` from {RECORD} where {RECORD}.`asked_by` = {me}"  # noqa: S608  escaped
	return f"{ENTRY}.`hand_over` in ({asked})"


def entry_permission(doc, ptype: str | None = None, user: str | None = None) -> bool:
	user = user or frappe.session.user
	if is_administrator(user):
		return True
	return frappe.db.get_value("Interaction Hand Over", doc.hand_over, "asked_by") == user
