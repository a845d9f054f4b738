"""HTTP methods for the rows of a feed; PermissionError means a missing right, DoesNotExistError an unknown name."""

import frappe

from crm_interactions.api import arguments, reading
from crm_interactions.chains import feed


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_note(activity_type: str, activity: str) -> str:
	"""Return the whole note of an activity as plain text; "" for a document type without notes for all its readers."""
	reading.require_document(activity_type, activity)
	return feed.read_note(activity_type, activity)
