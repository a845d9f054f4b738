import frappe

from crm_interactions.controllers.child_row import ActivityRow


class ActivityResource(ActivityRow):
	"""A resource that an activity books, with the period of the booking (R14)."""

	# begin: auto-generated types
	# This code is auto-generated. Do not modify anything in this block.

	from typing import TYPE_CHECKING

	if TYPE_CHECKING:
		from frappe.types import DF

		booked_from: DF.Datetime | None
		booked_to: DF.Datetime | None
		ends_repeated: DF.Check
		holds: DF.Check
		own_time: DF.Check
		parent: DF.Data
		parentfield: DF.Data
		parenttype: DF.Data
		resource: DF.Link
	# end: auto-generated types


def on_doctype_update():
	"""Add the index that finds a resource's bookings from a given time on, however long its history.

	The resource comes first, so that a booking reads, and thereby locks, only rows of its own resource. For the same
	reason the times have no index of their own.
	"""
	frappe.db.add_index("Activity Resource", ["resource", "booked_to"], "crm_activity_resource_booked")
