"""Working hours of a resource."""

from datetime import time

import frappe
from frappe.utils import get_time

from crm_interactions.resources.locks import RESOURCE

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Frappe's time field ends at the last minute of the day, which stands for midnight, as 00:00 does
LAST_MINUTE = time(23, 59)


def read_hours(resource: str) -> dict[int, list[tuple[time, time]]]:
	"""Return a resource's weekday → (from, to) pairs, {} if always open; DoesNotExistError for an unknown one."""
	return read_hours_of_rows(frappe.get_cached_doc(RESOURCE, resource).working_hours)


def read_hours_of_rows(rows) -> dict[int, list[tuple[time, time]]]:
	found: dict[int, list[tuple[time, time]]] = {}
	for row in rows:
		found.setdefault(WEEKDAYS.index(row.weekday), []).append((begin_of(row), end_of(row)))
	return found


def begin_of(row) -> time:
	return get_time(row.from_time or "00:00")


def end_of(row) -> time:
	"""Return the end of a row's hours; blank, 00:00 and 23:59 give 00:00, which is midnight at the end of the day."""
	found = get_time(row.to_time or "00:00")
	return time.min if found >= LAST_MINUTE else found
