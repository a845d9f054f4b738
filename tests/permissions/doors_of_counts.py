"""Doors that tell numbers: reports and number cards of the app, found by enumeration, each with a line that says what it counts."""

import json
from collections.abc import Callable

import frappe
from doors import TITLED, Request, method
from frappe.utils import add_days, now, nowdate
from world import WORD, Record

MODULE = "CRM Interactions"
Counts = Callable[[Record], bool]


def _planned(record: Record) -> bool:
	"""All that is planned was due a moment before the first request: it is of today, and late."""
	return record.planned


def _held(record: Record) -> bool:
	return record.doctype != "Product Record" and not record.planned


def _without_next_step(record: Record) -> bool:
	return not record.planned


# report → its column → what that counts
REPORTS: dict[str, dict[str, Counts]] = {
	"Team Activities": {
		"today": _planned,
		"late": _planned,
		"planned": _planned,
		"chains": _without_next_step,
		"to_review": _held,
	}
}
# number card → document type that it counts, and which of the records behind
CARDS: dict[str, tuple[str, Counts]] = {
	"Interactions Due Today": ("Interaction", _planned),
	"Late Interactions": ("Interaction", _planned),
	"Interactions Held This Week": ("Interaction", _held),
	"Interactions to Review": ("Interaction", _held),
	"Chains Without Next Step": ("Interaction Chain", _without_next_step),
}
# what the Desk works out in the browser
WORKED_OUT = {
	"frappe.datetime.add_days(frappe.datetime.get_today(), 1)": lambda: add_days(nowdate(), 1),
	"frappe.datetime.system_datetime()": lambda: now().partition(".")[0],
	# the records are of this week even when it begins now
	"frappe.datetime.week_start().substr(0, 10)": lambda: add_days(nowdate(), -7),
}


def shipped(doctype: str) -> set[str]:
	"""Return the records of the app of a document type of the platform; asks the site that is connected."""
	return set(frappe.get_all(doctype, {"module": MODULE}, pluck="name"))


def card(name: str) -> Request:
	"""Return the request of a number card for the world's records; asks the site that is connected."""
	doc = frappe.get_doc("Number Card", name)
	filters = [
		*json.loads(doc.filters_json or "[]"),
		*map(_worked_out, json.loads(doc.dynamic_filters_json or "[]")),
	]
	about = [doc.document_type, TITLED[doc.document_type], "like", f"%{WORD}%"]
	return method(
		"frappe.desk.doctype.number_card.number_card.get_result",
		doc=json.loads(doc.as_json()),
		filters=[*filters, about],
	)


def _worked_out(condition: list) -> list:
	*what, expression = condition[:4]
	return [*what, WORKED_OUT[expression]()]


def report(name: str) -> Request:
	return method("frappe.desk.query_report.run", report_name=name, filters={})


def exported(name: str) -> Request:
	return method(
		"frappe.desk.query_report.export_query",
		verb="POST",
		report_name=name,
		file_format_type="CSV",
		filters={},
		visible_idx=[],
	)
