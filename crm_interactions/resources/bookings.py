"""What is booked: the rows of the activities' tables that hold a resource."""

from datetime import datetime

import frappe

ROW = "Activity Resource"
# an activity of one of these states needs no room any more
FREEING = ("Cancelled", "Not Held")


def list_other_bookings(doc, resources: set[str], start: datetime, until: datetime) -> list[dict]:
	"""Return what other activities hold of some resources in a period, the earliest first.

	Read with a lock, because an ordinary SELECT doesn't see what was committed after the transaction began.
	The resources are held by then (`locks.take_turn`).

	Returns: dicts of `resource`, `booked_from`, `booked_to`, `parenttype` and `parent`.
	"""
	found = []
	for resource in sorted(resources):
		found += _query(start, until, [resource]).for_update().run(as_dict=True)
	found = [row for row in found if (row.parenttype, row.parent) != (doc.doctype, doc.name)]
	return sorted(found, key=lambda row: (row.booked_from, row.parent))


def list_bookings(resources: list[str], start: datetime, until: datetime) -> list[dict]:
	"""Return the same for reading only, of all activities, with the rows' own `name`."""
	return _query(start, until, resources).run(as_dict=True) if resources else []


def _query(start: datetime, until: datetime, resources: list[str]):
	row = frappe.qb.DocType(ROW)
	return (
		frappe.qb.from_(row)
		.select(row.name, row.resource, row.booked_from, row.booked_to, row.parenttype, row.parent)
		.where(row.resource.isin(resources))
		# as text: SQLite keeps it so, and a datetime would be compared with microseconds that aren't there
		.where(row.booked_to > str(start))
		.where(row.booked_from < str(until))
		.where(row.holds == 1)
	)
