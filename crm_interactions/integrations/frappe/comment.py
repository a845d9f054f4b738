"""Comment: the only trace of an Event that was deleted in Google's calendar, which the platform closes by a query."""

import frappe

from crm_interactions.followups import calendar, rescheduling, rules


def after_insert(doc, method=None):
	if doc.reference_doctype != calendar.EVENT or doc.comment_type != "Info" or not doc.reference_name:
		return
	event = frappe.get_doc(calendar.EVENT, doc.reference_name)
	if event.reference_doctype in rules.PLANNING and event.status in calendar.OVER:
		rescheduling.on_event_closed(event)
