"""Comment: protects the audit trail, refuses likes of unreadable documents, and reports Events closed by Google.

Frappe closes an Event that was deleted in Google Calendar by a query, so its comment is the only sign of that.
"""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.followups import calendar, rescheduling, rules
from crm_interactions.recording import audit_trail
from crm_interactions.visibility import files_and_tags, grants

LIKE = "Like"


def validate(doc, method=None):
	if doc.reference_doctype in files_and_tags.ROWS:
		grants.refuse_row(doc.reference_doctype)
	if doc.reference_doctype in audit_trail.KEPT_ON or audit_trail.was_entry(doc):
		_require_reading(doc)
		audit_trail.check_comment(doc)


def on_trash(doc, method=None):
	if audit_trail.is_entry(doc):
		audit_trail.refuse_change()


def after_insert(doc, method=None):
	if doc.reference_doctype != calendar.EVENT or doc.comment_type != "Info" or not doc.reference_name:
		return
	event = frappe.get_doc(calendar.EVENT, doc.reference_name)
	if event.reference_doctype in rules.PLANNING and event.status in calendar.OVER:
		rescheduling.on_event_closed(event)


def _require_reading(comment) -> None:
	"""Refuse a like on a document that the user can't read: Frappe would write it to the document unchecked.

	Raises: PermissionError.
	"""
	liked = comment.reference_doctype, comment.reference_name
	if comment.comment_type != LIKE or files_and_tags.may_read(*liked):
		return
	frappe.throw(
		_(
			"You may not read {0}, so you can't like it. Ask its responsible user to share it with you."
		).format(bold(comment.reference_name)),
		frappe.PermissionError,
		title=_("Not Allowed to Like"),
	)
