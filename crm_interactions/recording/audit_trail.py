"""Audit trail of activities, chains and hand-overs: users can't edit, delete or forge its entries.

The trail is Frappe's: versions, and comments of the kind Info in the timeline of each form. Joins, splits and subjects
of chains are in *Interaction Chain Log*, documents of a hand-over in its entries; users can't write either of them.
Frappe lets authors edit their comments, and some administrators delete them.
"""

import frappe
from frappe import _

from crm_interactions.chains.locks import CHAIN
from crm_interactions.journal import app_sources

KEPT_ON = (*app_sources.DOCTYPES, CHAIN, "Interaction Hand Over")
KIND = "Info"
CONTENT = (
	*("comment_type", "reference_doctype", "reference_name"),
	*("comment_email", "comment_by", "content", "owner"),
)


def check_comment(comment) -> None:
	"""Refuse changed content of an entry, and a new entry without `flags.ignore_permissions`; other comments pass.

	Raises: PermissionError, except while an app is being uninstalled.
	"""
	if not (is_entry(comment) or was_entry(comment)):
		return
	if before := comment.get_doc_before_save():
		if any((before.get(field) or "") != (comment.get(field) or "") for field in CONTENT):
			refuse_change()
	elif not comment.flags.ignore_permissions:
		# the app ignores permissions when it adds an entry; requests through Frappe's API can't
		refuse_change()


def is_entry(comment) -> bool:
	"""Return whether a comment is an entry: of the kind Info, on an activity of the app, a chain or a hand-over."""
	return comment.comment_type == KIND and comment.reference_doctype in KEPT_ON


def was_entry(comment) -> bool:
	"""Return whether a comment was an entry before this save."""
	before = comment.get_doc_before_save()
	return bool(before and is_entry(before))


def refuse_change() -> None:
	"""Raise PermissionError, except while an app is being uninstalled.

	Frappe deletes a document's entries by query, past this check.
	"""
	if frappe.flags.in_uninstall:
		return
	frappe.throw(
		_("The audit trail can't be changed or deleted. Add a comment of your own instead."),
		frappe.PermissionError,
		title=_("Audit Trail Is Read-Only"),
	)
