"""Activities for the platform's calendar view, and what is moved there."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.utils import cint

from crm_interactions.activities import period
from crm_interactions.api import arguments
from crm_interactions.controllers import validation

CALENDAR_DOCTYPES = ("Interaction", "Meeting")
FIELDS = ("name", "title", "party_name", "starts_on", "ends_on", "duration", "status", "completed")
# an activity that began earlier and still lasts is shown as long as it began at most this long ago
LONGEST = timedelta(days=31)


@frappe.whitelist(methods=["GET"])
@arguments.checked
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
	_require_calendar(doctype)
	first, last = arguments.moment(start, "start"), arguments.moment(end, "end")
	rows = frappe.get_list(
		doctype,
		fields=list(FIELDS),
		filters=[
			*arguments.conditions(filters, doctype),
			[doctype, "starts_on", "<=", last],
			[doctype, "starts_on", ">=", first - LONGEST],
		],
		limit_page_length=0,
	)
	events = [_event(row) for row in rows]
	return [event for event in events if event.ends_on >= first]


@frappe.whitelist(methods=["POST"])
@arguments.checked
def move(args: str | dict, field_map: str | dict | None = None) -> dict:
	"""Give an activity the time that it was dragged to (R24); moved as a whole it keeps its length and what is known of it.

	Args:
		args: what the platform's calendar sends: `doctype`, `name`, `starts_on`, `ends_on` and `all_day`, which it sets for
			what lasts exactly a day and then takes a second off.
		field_map: as for `get_events`.

	Returns: `starts_on`, `ends_on` and `duration` (seconds) as they were saved.

	Raises: PermissionError; CompletedError; ValidationError for another document type or a date that isn't one.
	"""
	given = _given(args)
	doc = frappe.get_doc(given.doctype, given.name)
	doc.check_permission("write")
	start, end = (_moment(doc, given, field) for field in ("starts_on", "ends_on"))
	if end and cint(given.all_day):
		end += timedelta(seconds=1)
	if start and period.change_times(doc, start, end, shown_end=_shown_end(doc)):
		doc.save()
	return {field: doc.get(field) for field in ("starts_on", "ends_on", "duration")}


def _require_calendar(doctype: str) -> None:
	if doctype not in CALENDAR_DOCTYPES:
		frappe.throw(_("Only {0} have this calendar.").format(", ".join(_(d) for d in CALENDAR_DOCTYPES)))


def _given(sent: str | dict) -> frappe._dict:
	found = validation.parse_json(sent, "args")
	if not isinstance(found, dict):
		validation.refuse("args")
	_require_calendar(found.get("doctype"))
	if not isinstance(found.get("name"), str):
		# the platform would take a list or an object as conditions, and find something
		validation.refuse("name")
	return frappe._dict(found)


def _moment(doc, given: dict, field: str):
	return period.parse_value(doc.meta.get_field(field), str(given[field])) if given.get(field) else None


def _event(row):
	row.title = ": ".join(part for part in (row.party_name, row.title) if part)
	row.ends_on = _shown_end(row)
	row.all_day = 0
	return row


def _shown_end(row):
	"""Return the end that the calendar shows; whatever is short is still to be seen and clicked."""
	return row.ends_on or row.starts_on + max(period.SHORTEST, timedelta(seconds=cint(row.duration)))
