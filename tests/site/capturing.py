"""Calls and messages as their documents report them, and what they became."""

from datetime import timedelta

import frappe

from crm_interactions.capture import records
from tests.clock import now
from tests.site.factories import record

OURS, THEIRS = "+385 1 111 2222", "+385 1 4567 890"
# recent, as an old missed call is not called back
DAY = str((now() - timedelta(days=1)).date())
START = f"{DAY} 10:00:00"


def log(doctype: str = "Call Log", *, incoming: bool = True, **fields):
	"""Return a new Call Log or CRM Call Log."""
	numbers = {"from": THEIRS, "to": OURS} if incoming else {"from": OURS, "to": THEIRS}
	values = {"id": frappe.generate_hash(), "status": "Completed", "start_time": START, "duration": 90}
	values |= {"type": "Incoming" if incoming else "Outgoing", **numbers}
	if doctype == "CRM Call Log":
		values["telephony_medium"] = "Manual"
	return record(doctype, **{**values, **fields})


def message(*numbers: str, **fields):
	"""Return a new SMS Log, as Frappe writes it."""
	sent = "\n".join(numbers)
	values = {"message": "Your pump is ready.\nPick it up today.", "sent_on": frappe.utils.nowdate()}
	counted = {"requested_numbers": sent, "sent_to": sent, "no_of_requested_sms": len(numbers)}
	doc = frappe.get_doc({"doctype": "SMS Log", **values, **counted, **fields})
	# users without a right to the log send messages, too
	return doc.insert(ignore_permissions=True)


def became(doc):
	"""Return the Interaction or Captured Item of a document; None if it wasn't captured."""
	found = records.find((doc.doctype, doc.name))
	return frappe.get_doc(found["doctype"], found["name"]) if found else None


def interactions_of(doc) -> int:
	return frappe.db.count("Interaction", {"source_type": doc.doctype, "source": doc.name})
