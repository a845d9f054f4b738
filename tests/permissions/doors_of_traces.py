"""Traces of records: every Frappe list with a record's title, found by searching all tables of the site."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import frappe

from tests.permissions.doors import LINKED_WITH, PERIOD, TITLED, Request, method
from tests.permissions.world import Record, World

NEWEST = 500


@dataclass(frozen=True)
class Place:
	"""A document type with a title in its rows; `parent` is the document type of a child table's parent."""

	doctype: str
	parent: str | None = None

	def request(self) -> Request:
		values = {"doctype": self.doctype, "fields": ["*"], "limit_page_length": NEWEST}
		if self.parent:
			values["parent"] = self.parent
		return method("frappe.client.get_list", order_by="creation desc", **values)


def places(world: World) -> set[Place]:
	"""Return the places with titles on the connected site, except `doors.TITLED`, which have their own doors."""
	tokens = re.compile("|".join(record.token for record in world.records))
	doctypes = frappe.get_all("DocType", {"issingle": 0, "is_virtual": 0}, pluck="name")
	searched = [each for each in doctypes if each not in TITLED and frappe.db.table_exists(each)]
	return {place for doctype in searched for place in _within(doctype, tokens)}


def news() -> dict[str, Request]:
	"""Return the doors that show records unasked: the notifications and the calendar."""
	bell = "frappe.desk.doctype.notification_log.notification_log.get_notification_logs"
	return {
		"bell": method(bell, limit=NEWEST),
		"events": method("frappe.desk.doctype.event.event.get_events", **PERIOD),
	}


def beside(record: Record) -> dict[str, Request]:
	"""Return the doors that lead from a record with a known name to others."""
	following = {"doctype": record.doctype, "value": record.name, "filters": [], "sort_field": "creation"}
	return {
		"linked with it": method(LINKED_WITH, doctype=record.doctype, docname=record.name),
		"next": method("frappe.desk.form.utils.get_next", prev=0, **following),
		"previous": method("frappe.desk.form.utils.get_next", prev=1, **following),
	}


def _within(doctype: str, tokens: re.Pattern) -> Iterator[Place]:
	is_table = frappe.get_meta(doctype).istable
	for row in frappe.get_all(doctype, fields=["*"], order_by="creation desc", limit_page_length=NEWEST):
		if tokens.search(str(row)):
			yield Place(doctype, row.parenttype if is_table else None)
