"""HTTP methods for the rows of a feed; PermissionError means a missing right, DoesNotExistError an unknown name."""

import frappe

from crm_interactions.api import arguments, reading
from crm_interactions.chains import feed, labels, locks
from crm_interactions.controllers import validation
from crm_interactions.journal import writer
from crm_interactions.recording import logging_once

MOST_NAMES = 500


@frappe.whitelist(methods=["POST"])  # read-only; POST because a page of names is too long for a URL
@arguments.checked
def list_labels(names: str | list) -> dict:
	"""Return, for each readable journal row, `chain_title` and `party_name`; None for a blank or unreadable one.

	Args: `names` are names of journal rows; names after the first `MOST_NAMES` are ignored.
	"""
	frappe.has_permission("Activity Link", "read", throw=True)
	return labels.read_labels(arguments.names(names, "names")[:MOST_NAMES])


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
	reading.require_document(activity_type, activity)
	row = writer.require_row(activity_type, activity)
	frappe.get_doc(locks.CHAIN, row["chain"]).check_permission("write")
	writer.set_pinned(row, bool(int(pinned)))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def log(idempotency_key: str, values: str | dict) -> dict:
	"""Log an interaction from its field values, once for each key of the user.

	Returns: `doctype`, `name` and `title`; for a known key those of the first request.

	Raises: as saving the document does, such as PermissionError and MandatoryError.
	"""
	frappe.has_permission("Interaction", "create", throw=True)
	found = validation.parse_json(values, "values")
	if not isinstance(found, dict):
		validation.refuse("values")
	return logging_once.log_once(idempotency_key, found)
