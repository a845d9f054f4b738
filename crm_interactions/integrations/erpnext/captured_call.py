"""Call Log as an exchange: a call that ERPNext's telephony recorded."""

import frappe

from crm_interactions.capture import calls
from crm_interactions.capture.exchange import Exchange, Refusal

# ERPNext links the first record with a similar number, so several matches wouldn't be noticed
BY_NUMBER = ("Contact", "Lead")


def read(doc) -> Exchange | Refusal | None:
	"""Return a call that has ended as an exchange; None before that."""
	return calls.read_log(doc, user=find_user(doc), about=tuple(_about(doc)), text=doc.summary or "")


def find_user(doc) -> str | None:
	"""Return the user who was called, by the log's user or employee; None if only the number tells."""
	if doc.employee_user_id or not doc.call_received_by:
		return doc.employee_user_id or None
	return frappe.db.get_value("Employee", doc.call_received_by, "user_id")


def _about(doc):
	if doc.customer:
		yield "Customer", doc.customer
	for row in doc.links:
		if row.link_doctype not in BY_NUMBER:
			yield row.link_doctype, row.link_name
