"""Resources through HTTP: check, call, answer."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.resources import occupancy
from crm_interactions.resources.locks import RESOURCE


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_bookings(
	start: str,
	end: str,
	doctype: str | None = None,
	field_map: str | None = None,
	filters: str | None = None,
	fields: str | None = None,
) -> list[dict]:
	"""Return who has which resource when, for the platform's calendar (R14).

	Args: those of `frappe.desk.calendar.get_events`; `filters` are the list's on Meeting Resource, the rest is fixed here.

	Returns: for each booking `name`, `resource`, `title`, `booked_from`, `booked_to`, `color`, `activity_type` and
		`activity`; of an activity that the user may not read no more than the times.

	Raises: PermissionError without read permission on resources.
	"""
	frappe.has_permission(RESOURCE, "read", throw=True)
	return occupancy.list_events(
		arguments.conditions(filters, RESOURCE),
		arguments.moment(start, "start"),
		arguments.moment(end, "end"),
	)
