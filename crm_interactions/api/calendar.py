"""HTTP methods for Frappe's calendar view: list activities and move them."""

from datetime import timedelta

import frappe
from frappe import _
from frappe.desk import calendar as platform_calendar
from frappe.utils import cint

from crm_interactions.activities import period
from crm_interactions.api import arguments
from crm_interactions.api.arguments import Text
from crm_interactions.controllers import validation
from crm_interactions.day import shared_calendar
from crm_interactions.followups import rescheduling

CALENDAR_DOCTYPES = ("Interaction", "Meeting")


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_events(
	doctype: str,
	start: str,
	end: str,
	field_map: Text | None = None,
	filters: Text | None = None,
	fields: Text | None = None,
) -> list[dict]:
	"""Return the readable interactions, meetings and events that overlap a period, for one calendar of all three.

	Args: as for `frappe.desk.calendar.get_events`; `field_map` and `fields` are ignored. `doctype` is the type that the
		filters were set for. They apply to the other types too, to events only that of *Responsible*; a type without one
		of the fields is left out, and so are activities that began over 31 days before `start`.

	Returns: `doctype`, `name`, `title`, `party_name`, `starts_on`, `ends_on`, `all_day`, `status`, `completed`,
		`responsible`, `icon` and `color` of each; of activities, the other fields of `shared_calendar.SHOWN` too.

	Raises: PermissionError without the right to read `doctype`; ValidationError for a type without this
		calendar, or an invalid date or filter.
	"""
	_require_calendar(doctype)
	frappe.has_permission(doctype, "read", throw=True)
	period_asked = (arguments.moment(start, "start"), arguments.moment(end, "end"))
	return shared_calendar.list_entries(doctype, *period_asked, arguments.conditions(filters, doctype))


@frappe.whitelist(methods=["POST"])
@arguments.checked
def move(args: str | dict, field_map: str | dict | None = None) -> dict:
	"""Move or resize an activity, as a drag in the calendar does, and save it if its times change (R24).

	Args: `args` has the fields `doctype`, `name`, `starts_on`, `ends_on` and `all_day` of Frappe's calendar; with
		`all_day`, set for exactly one day, that ends it a second early, which is added here. Without `starts_on`
		nothing changes, without `ends_on` the length stays. `field_map` is ignored.

	Returns: the activity's `starts_on`, `ends_on` and `duration` (seconds).

	Raises: PermissionError; CompletedError; BookedError if a resource is taken at the new time; ValidationError for an
		invalid date or a type without this calendar.
	"""
	given = _given(args)
	doc = frappe.get_doc(given.doctype, given.name)
	doc.check_permission("write")
	start, end = (_moment(doc, given, field) for field in ("starts_on", "ends_on"))
	if end and cint(given.all_day):
		end += timedelta(seconds=1)
	if start and period.change_times(doc, start, end, shown=shared_calendar.shown_end(doc)):
		doc.save()
	return {field: doc.get(field) for field in ("starts_on", "ends_on", "duration")}


@frappe.whitelist(methods=["POST"])
@arguments.checked
def update_event(args: str | dict, field_map: str | dict) -> None:
	"""Save a drag in a calendar of any document type; replaces `frappe.desk.calendar.update_event`.

	Upstream (Frappe 15): for an Event that is dropped in the all-day row, the calendar sends `all_day`, which the platform
	ignores, and the first two hours of the day. An activity's Event gets the whole day here, so that its activity keeps
	its time of day and length. May go once the calendar sends the whole day.

	Args: `args` has `doctype`, `name` and the values of the date fields that `field_map` names as `start` and `end`.

	Raises: PermissionError; errors of saving the document; ValidationError for missing values and an invalid date.
	"""
	given, fields = _object(args, "args"), _object(field_map, "field_map")
	doc = frappe.get_doc(_text(given, "doctype"), _text(given, "name"))
	doc.check_permission("write")
	start = _text(given, _text(fields, "start"))
	if cint(given.get("all_day")) and doc.doctype == "Event" and rescheduling.has_activity(doc):
		given["ends_on"] = str(arguments.moment(start, "args") + timedelta(days=1, seconds=-1))
	platform_calendar.update_event(frappe.as_json(given), frappe.as_json(fields))


def _require_calendar(doctype: str) -> None:
	if doctype not in CALENDAR_DOCTYPES:
		frappe.throw(
			_("This document type has no calendar. Choose one of {0}.").format(
				", ".join(_(d) for d in CALENDAR_DOCTYPES)
			)
		)


def _given(sent: str | dict) -> frappe._dict:
	found = _object(sent, "args")
	_require_calendar(found.get("doctype"))
	_text(found, "name")
	return found


def _object(sent: str | dict, what: str) -> frappe._dict:
	found = validation.parse_json(sent, what)
	if not isinstance(found, dict):
		validation.refuse(what)
	return frappe._dict(found)


def _text(given: dict, key: str) -> str:
	# Frappe would use a list or an object as filters and return some document
	if not isinstance(given.get(key), str):
		validation.refuse(key)
	return given[key]


def _moment(doc, given: dict, field: str):
	return period.parse_value(doc.meta.get_field(field), str(given[field])) if given.get(field) else None
