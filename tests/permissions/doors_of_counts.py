"""Doors that show numbers: the app's reports and number cards, each with the condition that it counts by."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

import frappe

from tests.permissions import oracle
from tests.permissions.doors import TITLED, Request, method, post
from tests.permissions.people import Person
from tests.permissions.world import WORD, Record, is_due_today

MODULE = "CRM Interactions"
Counts = Callable[[Record], bool]


def _planned(record: Record) -> bool:
	return record.planned


def _late(record: Record) -> bool:
	"""Return True for planned records with a time, which was a moment before the first request."""
	return record.planned and not is_due_today(record)


def _held(record: Record) -> bool:
	return record.doctype != "Product Record" and not record.planned


def _without_next_step(record: Record) -> bool:
	return not record.planned


def _every(record: Record) -> bool:
	return True


def _won(record: Record) -> bool:
	return record.result == "Won"


def _lost(record: Record) -> bool:
	return record.result == "Lost"


def _undecided(record: Record) -> bool:
	return not record.result


def _decided(record: Record) -> bool:
	return bool(record.result)


@dataclass(frozen=True)
class Numbers:
	"""A report with a row for each responsible person.

	Args:
		counts: column → condition of the counted records.
		user, label: columns with the person's name, and with what the report shows for it.
		people: person → keys of the people that the report has rows of, also without numbers; None for those with numbers.
	"""

	counts: dict[str, Counts]
	user: str
	label: str
	filters: dict = field(default_factory=dict)
	people: Callable[[Person], set[str] | None] = lambda person: None


REPORTS = {
	"Team Activities": Numbers(
		{
			**{"today": is_due_today, "late": _late, "planned": _planned},
			"chains": _without_next_step,
			"to_review": _held,
		},
		*("user", "person"),
		people=oracle.reported_people,
	),
	"Winning by Group": Numbers(
		{"chains": _every, "open": _undecided, "won": _won, "lost": _lost},
		*("group_value", "group"),
		filters={"group_by": "responsible"},
	),
	# of the world's chains, only those without a next step are slow
	"Chain Speed": Numbers(
		{"chains": _every, "slow": _without_next_step},
		*("group_value", "group"),
		filters={"group_by": "responsible"},
	),
	"Employee Effectiveness": Numbers(
		{
			**{"held": _held, "planned": _planned, "late": _late},
			**{"chains_open": _undecided, "won": _won, "lost": _lost},
		},
		*("group_value", "group"),
	),
	"Activity Analytics": Numbers(
		{"count": _every}, *("row_value", "row"), filters={"rows": "responsible", "columns": "responsible"}
	),
}


@dataclass(frozen=True)
class Names:
	"""A report with a row for each chain or activity: its column of names, and the records whose names it holds."""

	column: str
	attribute: str
	counts: Counts = _every
	# whether the report is about the partner of all records, whom the person must be able to read
	of_partner: bool = False


LISTS = {
	"Chain Details": Names("name", "chain"),
	"Chains Without Next Step": Names("chain", "chain", _without_next_step),
	"Negotiation Summary": Names("activity", "name", of_partner=True),
	"Activity Details": Names("activity", "name", _held),
	"Meeting Costs": Names("meeting", "name", lambda record: record.doctype == "Meeting"),
}
# a report with one row for the partner of all records
PARTNER = "Silent Partners"
# a report with a row for each factor; its numbers count chains by the responsible user of their first activity
PROGRESS = "What Comes Before Progress"
# report with a row for each week, or weekday and hour, and a filter on the responsible user → column → counted records
BY_TIME: dict[str, dict[str, Counts]] = {
	"Week by Week": {"activities": _held, "started": _every, "won": _won, "lost": _lost},
	"Activity Hours": {"activities": _held},
}
# chart → report that gives its figures; charts of other kinds read a cache that all users share
CHARTS = {
	"Activities by Week": "Week by Week",
	"Chains Won and Lost by Week": "Week by Week",
	"Win Rate by Quarter": "Winning by Group",
	"Held and Planned by User": "Employee Effectiveness",
}
# figure of the line on a partner's form → counted records, each of which has a chain of its own
LINE: dict[str, Counts] = {
	**{"open": _every, "ours": _without_next_step},
	**{"won": _won, "decided": _decided, "slow": _without_next_step},
}
# number card → document type and condition of the counted records
CARDS: dict[str, tuple[str, Counts]] = {
	"Interactions Due Today": ("Activity Link", is_due_today),
	"Late Interactions": ("Activity Link", _late),
	"Interactions Done This Week": ("Activity Link", _held),
	"Interactions to Review": ("Activity Link", _held),
	"Chains Without Next Step": ("Interaction Chain", _without_next_step),
	"Late Activities of All Users": ("Activity Link", _late),
	"Open Interaction Chains": ("Interaction Chain", _every),
	# activities without a direction, which took place
	"Chains at Our Turn": ("Interaction Chain", _without_next_step),
	"Slow Chains": ("Interaction Chain", _without_next_step),
	"Chains Won This Quarter": ("Interaction Chain", _won),
	"Chains Lost This Quarter": ("Interaction Chain", _lost),
}
# number cards that count the user's own activities
OWN_CARDS = {"Interactions Due Today", "Late Interactions"}


def shipped(doctype: str) -> set[str]:
	"""Return the names of the app's records of a Frappe document type, on the connected site."""
	return set(frappe.get_all(doctype, {"module": MODULE}, pluck="name"))


def card(name: str) -> Request:
	"""Return the request of a number card for the world's records, on the connected site."""
	doc = frappe.get_doc("Number Card", name)
	about = [doc.document_type, TITLED[doc.document_type], "like", f"%{WORD}%"]
	if doc.type == "Custom":
		return method(doc.method, filters=[about])
	filters = [*json.loads(doc.filters_json), about]
	path = "frappe.desk.doctype.number_card.number_card.get_result"
	return method(path, doc=json.loads(doc.as_json()), filters=filters)


def report(name: str, **filters) -> Request:
	return method("frappe.desk.query_report.run", report_name=name, filters={**_filters(name), **filters})


def exported(name: str, **filters) -> Request:
	filters = {**_filters(name), **filters}
	values = {"report_name": name, "file_format_type": "CSV", "filters": filters, "visible_idx": []}
	return post("frappe.desk.query_report.export_query", **values)


def _filters(name: str) -> dict:
	if name == PARTNER:
		return {"days": 0}
	if name == PROGRESS:
		return {"landmark_days": 0}
	return REPORTS[name].filters if name in REPORTS else {}
