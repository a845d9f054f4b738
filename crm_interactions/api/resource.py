"""HTTP methods for resources: check, call, answer."""

import frappe

from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.resources import occupancy
from crm_interactions.resources.locks import RESOURCE


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_bookings(
	start: str,
	end: str,
	doctype: str | None = None,
	field_map: Text | None = None,
	filters: Text | None = None,
	fields: Text | None = None,
) -> list[dict]:
	"""Return the bookings of readable resources that overlap a period, for Frappe's calendar (R14).

	Args: as for `frappe.desk.calendar.get_events`; `filters` apply to Meeting Resource, other options are ignored.

	Returns: `name`, `resource`, `title`, `booked_from`, `booked_to`, `all_day`, `color`, `activity_type` and
		`activity`; if the user may not read the activity, the last two are None and the title is *Booked*.

	Raises: PermissionError without read permission on resources; ValidationError for an invalid date or filter.
	"""
	frappe.has_permission(RESOURCE, "read", throw=True)
	return occupancy.list_events(
		arguments.conditions(filters, RESOURCE),
		arguments.moment(start, "start"),
		arguments.moment(end, "end"),
	)
