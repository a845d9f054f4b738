"""What hangs on our records in the platform, files and tags, is listed to those who may read the record.

The platform asks for a right on the document type alone: it lists the name of every file and, with a tag, every title.
"""

import frappe

from crm_interactions.journal import app_sources
from crm_interactions.visibility import journal_rows

ROWS = ("Interaction Participant", "Interaction Product", "Interaction Dictionary Entry", "Activity Resource")
OURS = (*app_sources.DOCTYPES, "Interaction Chain", "Interaction Hand Over")


def files_text(user: str | None = None) -> str:
	"""Return what files have to meet for a user to see them, as the platform's hook for lists wants it.

	What is public or his own he can open, whatever it hangs on.
	"""
	user = user or frappe.session.user
	his = f"`tabFile`.`is_private` = 0 or `tabFile`.`owner` = {frappe.db.escape(user, percent=False)}"
	return _text("`tabFile`.`attached_to_doctype`", "`tabFile`.`attached_to_name`", user, his)


def tags_text(user: str | None = None) -> str:
	"""The same for tags."""
	user = user or frappe.session.user
	return _text("`tabTag Link`.`document_type`", "`tabTag Link`.`document_name`", user)


def may_read(doctype: str | None, name: str | None, user: str | None = None) -> bool:
	"""Whether a user may read a record of ours; what other apps' records are about is theirs to say.

	Nothing hangs on a row of a table: it is shown with its document, if at all.
	"""
	if doctype in ROWS:
		return False
	if doctype not in OURS or not name:
		return True
	return bool(frappe.has_permission(doctype, "read", doc=name, user=user or frappe.session.user))


def _text(kind: str, name: str, user: str, otherwise: str = "") -> str:
	if user == "Administrator":
		return ""
	ours = ", ".join(frappe.db.escape(doctype, percent=False) for doctype in OURS)
	others = f"{kind} is null or {kind} not in ({ours})"
	allowed = [otherwise, others, journal_rows.behind_text(kind, name, OURS, user)]
	# in brackets, because Frappe 15 puts its own condition before it without any
	return f"({' or '.join(part for part in allowed if part)})"
