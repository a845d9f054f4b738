"""Doors that show numbers: the app's reports and number cards, each with the condition that it counts by."""

import json
from collections.abc import Callable

import frappe
from frappe.utils import add_days, now, nowdate

from tests.permissions.doors import TITLED, Request, method, post
from tests.permissions.world import WORD, Record

MODULE = "CRM Interactions"
Counts = Callable[[Record], bool]


def _planned(record: Record) -> bool:
	"""Return True if the record is planned; all planned records are due today, a moment before the first request: late."""
	return record.planned


def _held(record: Record) -> bool:
	return record.doctype != "Product Record" and not record.planned


def _without_next_step(record: Record) -> bool:
	return not record.planned


# report → column → condition of the counted records
REPORTS: dict[str, dict[str, Counts]] = {
	"Team Activities": {
		**dict.fromkeys(("today", "late", "planned"), _planned),
		"chains": _without_next_step,
		"to_review": _held,
	}
}
# number card → document type and condition of the counted records
CARDS: dict[str, tuple[str, Counts]] = {
	"Interactions Due Today": ("Interaction", _planned),
	"Late Interactions": ("Interaction", _planned),
	"Interactions Done This Week": ("Interaction", _held),
	"Interactions to Review": ("Interaction", _held),
	"Chains Without Next Step": ("Interaction Chain", _without_next_step),
}
# JavaScript expression of a filter → its value, which the Desk computes in the browser
EXPRESSIONS = {
	"frappe.datetime.add_days(frappe.datetime.get_today(), 1)": lambda: add_days(nowdate(), 1),
	"frappe.datetime.system_datetime()": lambda: now().partition(".")[0],
	# earlier than the records, even at the very start of a week
	"frappe.datetime.week_start().substr(0, 10)": lambda: add_days(nowdate(), -7),
}


def shipped(doctype: str) -> set[str]:
	"""Return the names of the app's records of a Frappe document type, on the connected site."""
	return set(frappe.get_all(doctype, {"module": MODULE}, pluck="name"))


def card(name: str) -> Request:
	"""Return the request of a number card for the world's records, on the connected site."""
	doc = frappe.get_doc("Number Card", name)
	if doc.type == "Custom":
		return method(doc.method, filters=[[doc.document_type, TITLED[doc.document_type], "like", f"%{WORD}%"]])
	filters, dynamic = (json.loads(text or "[]") for text in (doc.filters_json, doc.dynamic_filters_json))
	about = [doc.document_type, TITLED[doc.document_type], "like", f"%{WORD}%"]
	filters += [*map(_evaluated, dynamic), about]
	path = "frappe.desk.doctype.number_card.number_card.get_result"
	return method(path, doc=json.loads(doc.as_json()), filters=filters)


def _evaluated(condition: list) -> list:
	*start, expression = condition[:4]
	return [*start, EXPRESSIONS[expression]()]


def report(name: str) -> Request:
	return method("frappe.desk.query_report.run", report_name=name, filters={})


def exported(name: str) -> Request:
	values = {"report_name": name, "file_format_type": "CSV", "filters": {}, "visible_idx": []}
	return post("frappe.desk.query_report.export_query", **values)
