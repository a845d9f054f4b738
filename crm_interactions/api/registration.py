"""HTTP methods for registering a document type in the settings: check, call, answer."""

import frappe

from crm_interactions.activities.options import SETTINGS
from crm_interactions.api import arguments
from crm_interactions.controllers import validation
from crm_interactions.journal import registration


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_fields(document_type: str) -> dict:
	"""Return the suitable fields of a document type with guesses, as `registration.describe`.

	Raises: PermissionError without write permission on the settings; ValidationError for a type that can't be registered.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	return registration.describe(document_type)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def preview(source: arguments.Text) -> list[dict]:
	"""Return up to three readable documents as the journal would show them, as `registration.preview`.

	Args: `source` holds the fields of a row of the settings, as a JSON object.

	Raises: PermissionError without write permission on the settings; ValidationError for a row that can't be saved.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	values = validation.parse_json(source, "source")
	if not isinstance(values, dict) or not isinstance(values.get("document_type"), str):
		validation.refuse("source")
	# fields of the row are texts; others can't change what is shown
	return registration.preview({key: value for key, value in values.items() if isinstance(value, str)})


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_types() -> list[dict]:
	"""Return the known activity types, as `registration.list_known`.

	Raises: PermissionError without write permission on the settings.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	return registration.list_known()
