"""HTTP methods of reminders: check, call, answer (R23)."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.reminders import bell

LONGEST = 100


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_reminded(notifications: str | list) -> list[dict]:
	"""Return which notifications of the bell are the user's reminders, and the planned work that they are about.

	Args:
		notifications: names of Notification Log; of more than 100, the first.

	Returns: rows of `notification` and `read`; for work that is still planned, readable and the user's own also
		`activity_type`, `activity`, `title` and `activity_plan`.

	Raises: PermissionError without read permission on interactions; ValidationError for anything but names.
	"""
	frappe.has_permission("Interaction", "read", throw=True)
	return bell.list_reminded(arguments.names(notifications, "notifications")[:LONGEST])
