"""Queries of bookings: the rows of activities that hold a resource."""

from datetime import datetime, timedelta

import frappe
from frappe.utils import get_datetime

from crm_interactions.clock import site_time

ROW = "Activity Resource"
# statuses of an activity that release its resources
FREEING = ("Cancelled", "Not Held")
# the longest time that a clock shows twice
REPEATED = timedelta(hours=2)


def list_other_bookings(doc, resources: set[str], start: datetime, until: datetime) -> list[dict]:
	"""Return the bookings of resources by other activities that overlap a period, the earliest first.

	Locks them until the transaction ends, since a plain SELECT misses rows that were committed after it began. The
	caller has locked the resources (`locks.take_turn`).

	Returns: dicts of `name`, `resource`, `booked_from`, `booked_to`, `ends_repeated`, `parenttype` and `parent`.
	"""
	found = []
	for resource in sorted(resources):
		found += _query(*_widest(start, until), [resource]).for_update().run(as_dict=True)
	found = [
		row
		for row in found
		if (row.parenttype, row.parent) != (doc.doctype, doc.name) and _overlaps(row, start, until)
	]
	return sorted(found, key=lambda row: (row.booked_from, row.parent))


def list_bookings(resources: list[str], start: datetime, until: datetime) -> list[dict]:
	"""Return all bookings of resources that overlap a period, unordered, unlocked; keys as in `list_other_bookings`."""
	return _query(start, until, resources).run(as_dict=True) if resources else []


def _widest(start: datetime, until: datetime) -> tuple[datetime, datetime]:
	"""Return a period on the clock that holds all bookings of a period, also in an hour that is shown twice."""
	# the database compares the times that the clock shows; around a change they may be in another order
	return tuple(
		at + REPEATED * sign if site_time.is_repeated(at) else at for at, sign in ((start, -1), (until, 1))
	)


def _overlaps(row, start: datetime, until: datetime) -> bool:
	begin, end = (
		get_datetime(row.booked_from),
		get_datetime(row.booked_to).replace(fold=row.ends_repeated or 0),
	)
	return site_time.to_utc(start) < site_time.to_utc(end) and site_time.to_utc(begin) < site_time.to_utc(
		until
	)


def _query(start: datetime, until: datetime, resources: list[str]):
	row = frappe.qb.DocType(ROW)
	return (
		frappe.qb.from_(row)
		.select(row.name, row.resource, row.booked_from, row.booked_to, row.ends_repeated)
		.select(row.parenttype, row.parent)
		.where(row.resource.isin(resources))
		# compared as text: SQLite stores text without microseconds, but a datetime parameter has them
		.where(row.booked_to > str(start))
		.where(row.booked_from < str(until))
		.where(row.holds == 1)
	)
