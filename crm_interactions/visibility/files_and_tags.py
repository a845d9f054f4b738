"""Visibility of files and tags on the app's records: users who can read the record see them.

Frappe checks the document type alone, so it lists the name of every file and, for a tag, every title.
"""

import frappe

from crm_interactions.journal import app_sources
from crm_interactions.visibility import journal_rows

ROWS = ("Interaction Participant", "Interaction Product", "Interaction Dictionary Entry", "Activity Resource")
OURS = (*app_sources.DOCTYPES, "Interaction Chain", "Interaction Hand Over")


def files_text(user: str | None = None) -> str:
	"""Return the SQL condition of the files that a user can see, in brackets; empty for Administrator only.

	It excludes only private files of other users on activities, chains and hand-overs that the user can't read.
	"""
	user = user or frappe.session.user
	own = f"`tabFile`.`is_private` = 0 or `tabFile`.`owner` = {frappe.db.escape(user, percent=False)}"
	return _text("`tabFile`.`attached_to_doctype`", "`tabFile`.`attached_to_name`", user, own)


def tags_text(user: str | None = None) -> str:
	"""Return SQL that excludes tags of unreadable activities, chains and hand-overs; empty for Administrator only."""
	user = user or frappe.session.user
	return _text("`tabTag Link`.`document_type`", "`tabTag Link`.`document_name`", user)


def may_read(doctype: str | None, name: str | None, user: str | None = None) -> bool:
	"""Return whether a user can read an activity, chain or hand-over; True for other types, and without type or name.

	False for rows of the tables in `ROWS`. Raises DoesNotExistError for a missing record, except for Administrator.
	"""
	if doctype in ROWS:
		return False
	if doctype not in OURS or not name:
		return True
	return bool(frappe.has_permission(doctype, "read", doc=name, user=user or frappe.session.user))


def _text(kind: str, name: str, user: str, otherwise: str = "") -> str:
	if user == "Administrator":
		return ""
	app_types = ", ".join(frappe.db.escape(doctype, percent=False) for doctype in OURS)
	others = f"{kind} is null or {kind} not in ({app_types})"
	allowed = [otherwise, others, journal_rows.behind_text(kind, name, OURS, user)]
	# Frappe 15 puts its own condition before this one without brackets
	return f"({' or '.join(part for part in allowed if part)})"
