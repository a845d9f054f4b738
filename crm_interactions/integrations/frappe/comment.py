"""Comment: entries of the trail stay as they are, and nobody likes what he may not read; and the only trace of an Event
that was deleted in Google's calendar, which the platform closes by a query."""

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
	if doc.reference_doctype not in audit_trail.KEPT_ON and not audit_trail.was_kept(doc):
		return
	_require_reading(doc)
	audit_trail.keep_comment(doc)


def on_trash(doc, method=None):
	if not audit_trail.is_entry(doc):
		return
	audit_trail.keep_there()


def after_insert(doc, method=None):
	if doc.reference_doctype != calendar.EVENT or doc.comment_type != "Info" or not doc.reference_name:
		return
	event = frappe.get_doc(calendar.EVENT, doc.reference_name)
	if event.reference_doctype in rules.PLANNING and event.status in calendar.OVER:
		rescheduling.on_event_closed(event)


def _require_reading(comment) -> None:
	"""The platform lets everybody like whatever he knows the name of, and writes that into the document.

	Raises: PermissionError.
	"""
	if comment.comment_type != LIKE or files_and_tags.may_read(
		comment.reference_doctype, comment.reference_name
	):
		return
	frappe.throw(
		_("You may not read {0}, and so can't like it. Ask somebody who has it to share it with you.").format(
			bold(comment.reference_name)
		),
		frappe.PermissionError,
		title=_("Not Allowed to Like"),
	)
