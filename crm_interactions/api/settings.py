"""HTTP methods for the settings form: check, call, answer."""

import frappe
from frappe import _

from crm_interactions.activities.options import SETTINGS
from crm_interactions.api import arguments
from crm_interactions.controllers.validation import bold
from crm_interactions.journal import registry
from crm_interactions.recording import numbering, progress


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_numbering() -> list[dict]:
	"""Return the progress of numbering documents that are older than the registration of their document type.

	Returns: `doctype`, `done` and `total` (documents) of each unfinished document type, and `running`, false if the
		job was interrupted.

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
	"""Queue the job that gives a type's documents rows and numbers, unless it is queued or running; return True.

	The job notifies the session's user if the type has more than 500 documents.

	Raises: PermissionError without write permission on the settings; ValidationError for an unregistered document type.
	"""
	frappe.has_permission(SETTINGS, "write", throw=True)
	if not registry.get_source(doctype):
		frappe.throw(
			_("{0} is not an activity. Add it to Further Activities and save.").format(bold(_(doctype))),
			title=_("Check the Sources"),
		)
	numbering.queue_numbering(doctype)
	return True
