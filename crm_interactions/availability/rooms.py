"""Busy and closed times of resources."""

from datetime import datetime, timedelta

import frappe

from crm_interactions.availability.periods import Busy
from crm_interactions.clock import site_time
from crm_interactions.platform.stored_text import as_typed
from crm_interactions.resources import bookings, hours, periods, slots
from crm_interactions.resources.locks import RESOURCE

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def list_readable(names: list[str]) -> dict[str, str]:
	"""Return name → title of the resources that the user may read, in the given order."""
	if not (names and frappe.has_permission(RESOURCE, "read")):
		return {}
	rows = frappe.get_list(
		RESOURCE, filters={"name": ("in", names)}, fields=["name", "title"], limit_page_length=0
	)
	titles = {row.name: as_typed(row.title) or row.name for row in rows}
	return {name: titles[name] for name in names if name in titles}


def list_busy(names: list[str], start: datetime, until: datetime) -> list[Busy]:
	return [
		Busy(row.resource, *periods.row_period(row), row.parenttype, row.parent, of_resource=True)
		for row in bookings.list_bookings(names, start, until)
	]


def list_closed(name: str, start: datetime, until: datetime) -> list[tuple[datetime, datetime]]:
	"""Return the times from `start` to `until` outside a resource's hours; [] for one that is always open."""
	opened = hours.read_hours(name)
	if not opened:
		return []
	closed, at = [], start
	for begin, end in slots.open_periods(opened, start.date(), until.date()):
		if site_time.to_utc(begin) > site_time.to_utc(at):
			closed.append((at, min(begin, until, key=site_time.to_utc)))
		at = max(at, end, key=site_time.to_utc)
		if site_time.to_utc(at) >= site_time.to_utc(until):
			break
	if site_time.to_utc(at) < site_time.to_utc(until):
		closed.append((at, until))
	return [span for span in closed if site_time.to_utc(span[0]) < site_time.to_utc(until)]
