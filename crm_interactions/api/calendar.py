"""Activities for the platform's calendar view."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cint, get_datetime

CALENDAR_DOCTYPES = ("Interaction", "Meeting")
FIELDS = ("name", "title", "party_name", "starts_on", "ends_on", "duration", "status", "completed")
# an activity whose end nobody entered is still to be seen and clicked
SHORTEST = timedelta(minutes=30)
# an activity that began earlier and still lasts is shown as long as it began at most this long ago
LONGEST = timedelta(days=31)


@frappe.whitelist(methods=["GET"])
def get_events(
	doctype: str,
	start: str,
	end: str,
	field_map: str | None = None,
	filters: str | None = None,
	fields: str | None = None,
) -> list[dict]:
	"""Return the activities of a period that the user may read.

	The platform's own method takes every record without an end, of all times.

	Args: those of `frappe.desk.calendar.get_events`; `field_map` and `fields` are fixed here.

	Returns: for each activity its fields, `title` led by the partner's name, and `ends_on` always filled.

	Raises: PermissionError without read permission, ValidationError for another document type.
	"""
	if doctype not in CALENDAR_DOCTYPES:
		frappe.throw(_("Only {0} have this calendar.").format(", ".join(_(d) for d in CALENDAR_DOCTYPES)))
	first, last = get_datetime(start), get_datetime(end)
	rows = frappe.get_list(
		doctype,
		fields=list(FIELDS),
		filters=[
			*(frappe.parse_json(filters) or []),
			[doctype, "starts_on", "<=", last],
			[doctype, "starts_on", ">=", first - LONGEST],
		],
		limit_page_length=0,
	)
	events = [_event(row) for row in rows]
	return [event for event in events if event.ends_on >= first]


def _event(row):
	row.title = ": ".join(part for part in (row.party_name, row.title) if part)
	row.ends_on = row.ends_on or row.starts_on + max(SHORTEST, timedelta(seconds=cint(row.duration)))
	row.all_day = 0
	return row
