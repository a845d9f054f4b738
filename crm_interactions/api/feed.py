"""HTTP methods for the rows of a feed; PermissionError means a missing right, DoesNotExistError an unknown name."""

import frappe

from crm_interactions.api import arguments, reading
from crm_interactions.chains import feed, locks
from crm_interactions.journal import writer


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_note(activity_type: str, activity: str) -> str:
	"""Return the whole note of an activity as plain text; "" for a document type without notes for all its readers."""
	reading.require_document(activity_type, activity)
	return feed.read_note(activity_type, activity)


@frappe.whitelist(methods=["POST"])
@arguments.checked
def pin(activity_type: str, activity: str, pinned: int = 1) -> None:
	"""Put an activity on top of its chain's feed for all readers, or take it back with 0; the document stays as it is.

	Raises: PermissionError without the right to read the activity and to write its chain.
	"""
	frappe.has_permission(activity_type, "read", doc=activity, throw=True)
	row = writer.require_row(activity_type, activity)
	frappe.get_doc(locks.CHAIN, row["chain"]).check_permission("write")
	writer.set_pinned(row, bool(int(pinned)))
