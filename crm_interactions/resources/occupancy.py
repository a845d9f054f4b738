"""Bookings of resources, as events for the calendar."""

from datetime import datetime

import frappe
from frappe import _
from frappe.utils import get_fullname

from crm_interactions.activities import options
from crm_interactions.clock import site_time
from crm_interactions.resources import bookings, periods
from crm_interactions.resources.locks import RESOURCE

FIELDS = ("name", "title", "party_name", "responsible")


def list_events(filters: list[list], start: datetime, until: datetime) -> list[dict]:
	"""Return the bookings that overlap a period as events, of resources that the session's user can read.

	Args:
		filters: list filters of resources.

	Returns: for each booking its row's `name`, `resource`, `title`, `booked_from`, `booked_to`, `all_day`, `color`,
		`activity_type` and `activity`. Of an unreadable activity, the last two are None and the title is *Booked*. With
		several resources, titles begin with the resource.

	Raises: PermissionError without read permission on resources.
	"""
	resources = frappe.get_list(
		RESOURCE, filters=filters, fields=["name", "color"], limit_page_length=0, order_by="name asc"
	)
	colors = {row.name: row.color for row in resources}
	rows = bookings.list_bookings([*colors], start, until)
	readable = {
		(doctype, row.name): row
		for doctype in {row.parenttype for row in rows}
		for row in _readable(doctype, {row.parent for row in rows if row.parenttype == doctype})
	}
	several = len(colors) > 1
	return [
		_event(row, readable.get((row.parenttype, row.parent)), colors[row.resource], several) for row in rows
	]


def _readable(doctype: str, names: set[str]) -> list[dict]:
	if not (options.meta_of(doctype) and frappe.has_permission(doctype, "read")):
		return []
	return frappe.get_list(
		doctype, filters={"name": ("in", sorted(names))}, fields=list(FIELDS), limit_page_length=0
	)


def _event(row, activity, color: str | None, several: bool) -> dict:
	label = _label(activity)
	return {
		"name": row.name,
		"resource": row.resource,
		"booked_from": row.booked_from,
		"booked_to": site_time.shown_end(*periods.row_period(row)),
		"all_day": 0,
		"color": color,
		# the name is needed only if several resources are shown
		"title": f"{row.resource}: {label}" if several else label,
		"activity_type": row.parenttype if activity else None,
		"activity": row.parent if activity else None,
	}


def _label(activity) -> str:
	if not activity:
		return _("Booked")
	return " · ".join(
		part for part in (activity.party_name, activity.title, get_fullname(activity.responsible)) if part
	)
