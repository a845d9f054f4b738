"""What was done to an activity or a chain stays as it was logged: nobody edits, deletes or forges it.

The log is the platform's: versions and comments of the kind Info, in the timeline of each form; a chain's joins, splits and
subjects stand in *Interaction Chain Log*, a hand-over's documents in its entries, which nobody may write anyway. The
platform lets the author of any comment change its text, and some administrators delete it.
"""

import frappe
from frappe import _

from crm_interactions.chains.locks import CHAIN
from crm_interactions.journal import app_sources

KEPT_ON = (*app_sources.DOCTYPES, CHAIN, "Interaction Hand Over")
KIND = "Info"
CONTENT = (
	"comment_type",
	"reference_doctype",
	"reference_name",
	"comment_email",
	"comment_by",
	"content",
	"owner",
)


def keep_comment(comment) -> None:
	"""Refuse a change of an entry, and one that somebody writes himself.

	Raises: PermissionError.
	"""
	before = comment.get_doc_before_save()
	if not (is_entry(comment) or was_kept(comment)):
		return
	if before:
		if any((before.get(field) or "") != (comment.get(field) or "") for field in CONTENT):
			keep_there()
	elif not comment.flags.ignore_permissions:
		# the app adds its entries past the rights on comments; whoever comes through a door of the platform doesn't
		keep_there()


def is_entry(comment) -> bool:
	return comment.comment_type == KIND and comment.reference_doctype in KEPT_ON


def was_kept(comment) -> bool:
	"""Whether it was an entry before this save."""
	before = comment.get_doc_before_save()
	return bool(before and is_entry(before))


def keep_there() -> None:
	"""Refuse, except while the app leaves; with a document the platform deletes its entries by query.

	Raises: PermissionError.
	"""
	if frappe.flags.in_uninstall:
		return
	frappe.throw(
		_("What was done stays in the timeline as it was. Add a comment of your own instead."),
		frappe.PermissionError,
		title=_("The Trail Stays"),
	)
