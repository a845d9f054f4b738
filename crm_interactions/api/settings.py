"""The settings' form through HTTP: check, call, answer."""

import frappe
from frappe import _

from crm_interactions.api import arguments
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import registry
from crm_interactions.recording import numbering, progress

SETTINGS = "CRM Interactions Settings"


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_numbering() -> list[dict]:
	"""Return how far the numbering of documents is that were there before their type became an activity.

	Returns: for each document type that isn't done `doctype`, `done` and `total` (documents) and `running`, which is
		false where the work was cut off.

	Raises: PermissionError without write permission on the settings.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	return [
		{"doctype": doctype, "running": numbering.under_way(doctype), **told}
		for doctype, told in progress.read_progress().items()
	]


@frappe.whitelist(methods=["POST"])
@arguments.checked
def continue_numbering(doctype: str) -> bool:
	"""Give numbers to the documents of a type that have none yet, in the background; what is done stays.

	Args:
		doctype: a document type that is an activity.

	Raises: PermissionError without write permission on the settings; ValidationError for any other document type.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	if not registry.get_source(doctype):
		frappe.throw(
			_("{0} is no activity. Add it to Further Activities and save.").format(bold(_(doctype))),
			title=_("Check the Sources"),
		)
	numbering.queue_numbering(doctype)
	return True
