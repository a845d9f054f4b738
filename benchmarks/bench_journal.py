"""Compare list, page and counts in a journal of `CRM_ROWS` activities with the same calls among 10,000.

The default is 200,000, to save time; the limit (docs/requirements.md) is for 1,000,000. As the table has
only one size at a time, each call is timed in turn with a reference query that doesn't use the journal, and the two
sizes are compared by the ratio to the reference. The requested partner, chain and activities are the same at both
sizes; the colleague's share grows with the table, as it does in practice.
"""

import os
import statistics
import sys
import time

import filling
import frappe
from harness import connect, report, tell
from pypika.functions import Concat
from pypika.terms import Interval

from crm_interactions.api import chain as api
from crm_interactions.chains import page as pages
from crm_interactions.journal import writer
from crm_interactions.parties.partners import party_types
from crm_interactions.visibility import journal_rows, table_sizes

SMALL = 10_000
LARGE = int(os.environ.get("CRM_ROWS") or 200_000)
PAGE, IN_CHAIN, WITH_PARTY, COLLEAGUES = 20, 10, 100, 20
BOUND, ROUNDS, CALLS = 1.3, 15, 6
# The types of ten consecutive activities, mixed so that each chain, partner and colleague has every type.
KINDS = (*["Interaction"] * 5, *["Meeting"] * 2, "Product Record", "ToDo", "Event")
STATES = (*["Done"] * 17, *["Planned"] * 2, "Cancelled")
FIELDS = (
	"name",
	"activity_type",
	"activity",
	"title",
	"activity_date",
	"status",
	"party",
	"chain",
	"responsible",
)
COPIED = (writer.ROW, filling.CHAIN, "ToDo", "Event")
# Columns of a copied row that refer to another row of the same copy.
NUMBERED = ("name", "activity", "chain", "party")


def main() -> int:
	connect()
	if frappe.db.db_type == "sqlite":
		tell("a large journal", "not measured on SQLite, which is for trials only")
		return 0
	filling.ordinary_user()
	empty()
	try:
		fill()
		before = measured()
		multiply(LARGE // SMALL)
		after = measured()
		kept = [compare(title, before[title], after[title]) for title in before]
	finally:
		frappe.set_user("Administrator")
		frappe.db.rollback()
		empty()
	return 0 if all(kept) else 1


def compare(title: str, before: float, after: float) -> bool:
	return report(title, after / before, BOUND, f"· {before:.1f} and {after:.1f} times the reference")


def measured() -> dict[str, float]:
	"""Return the time of each call, as a multiple of the reference's, by its title."""
	found = {}
	for user in ("Administrator", filling.USER):
		frappe.set_user(user)
		for title, call in calls().items():
			found[f"{title}, {user.split('@')[0]}"] = times_reference(call)
	frappe.set_user("Administrator")
	return found


def calls() -> dict:
	party, chain = _party(50), _chain(500)
	names = [_name(number) for number in range(5000, 5000 + 4 * PAGE) if KINDS[number % 10] == "Interaction"]
	rows = {
		"list": {},
		"list of a partner": {"party": party},
		"list of a colleague": {"responsible": _colleague(3)},
		"list of a chain": {"chain": chain},
		"list of planned activities": {"status": "Planned"},
		"list of meetings": {"activity_type": "Meeting"},
		"list of a colleague's planned activities": {"responsible": _colleague(3), "status": "Planned"},
	}
	return {
		**{title: lambda filters=filters: _list(filters) for title, filters in rows.items()},
		"page of a chain": lambda: api.page(chain=chain, length=PAGE),
		"page of a partner": lambda: pages.of_party(
			_PARTY["type"], party, start=0, length=PAGE, kinds=None, condition=journal_rows.row_condition()
		),
		"counts for a list page": lambda: api.counts(names[:PAGE]),
	}


def times_reference(call) -> float:
	call(), reference()
	pairs = [(_time(call), _time(reference)) for _ in range(ROUNDS)]
	return statistics.median(a / b for a, b in pairs)


def reference() -> None:
	frappe.get_all("Role", fields=["name", "modified", "owner"], limit=PAGE, order_by="name desc")


def fill() -> None:
	"""Make the first SMALL activities, all different, with their chains and documents."""
	_PARTY["type"] = next(doctype for doctype in filling.PARTY_TYPES if doctype in party_types())
	filling.insert(writer.ROW, (_row(number) for number in range(SMALL)))
	chains = range(SMALL // IN_CHAIN)
	filling.insert(
		filling.CHAIN, ({"name": _chain(n), "title": "Benchmark", "status": "Open"} for n in chains)
	)
	mine = {"allocated_to": filling.USER, "status": "Open"}
	filling.insert("ToDo", ({"name": _name(number), **mine} for number in _numbers("ToDo")))
	event = {"subject": "Benchmark", "event_type": "Private", "starts_on": filling.SINCE}
	filling.insert("Event", ({"name": _name(number), **event} for number in _numbers("Event")))
	_commit_and_analyze()


def multiply(times: int) -> None:
	"""Copy the first activities with their chains and documents, until the journal is `times` as large."""
	for copy in range(1, times):
		for doctype in COPIED:
			_copy(doctype, copy)
		frappe.db.commit()
	_commit_and_analyze()
	assert frappe.db.count(writer.ROW) >= times * SMALL


def empty() -> None:
	"""Truncate the filled tables and commit; the site holds nothing else, and deleting a million rows takes too long."""
	frappe.db.commit()
	for doctype in COPIED:
		frappe.db.truncate(doctype)
	frappe.db.commit()


def _list(filters: dict) -> None:
	frappe.get_list(
		writer.ROW, filters=filters, fields=list(FIELDS), limit=PAGE, order_by="activity_date desc"
	)


def _copy(doctype: str, copy: int) -> None:
	table = frappe.qb.DocType(doctype)
	columns = [column for column in frappe.db.get_table_columns(doctype) if column in _WRITTEN[doctype]]
	wanted = [_copied(table[column], column, copy) for column in columns]
	thousands = (
		[_chain(0)[:-3]] if doctype == filling.CHAIN else [_name(n)[:-3] for n in range(0, SMALL, 1000)]
	)
	for prefix in thousands:  # in parts that fit into the database's memory
		query = frappe.qb.into(table).columns(*columns).from_(table).select(*wanted)
		query.where(table.name.like(f"{prefix}%")).run()


def _copied(column, name: str, copy: int):
	if name == "activity_date":  # copies need distinct dates
		return column + Interval(minutes=copy * 37)
	return Concat(f"{copy}-", column) if name in NUMBERED else column


def _commit_and_analyze() -> None:
	"""Commit, clear the app's table sizes and update the database's statistics, which would refresh only later."""
	frappe.db.commit()
	frappe.cache.delete_keys(table_sizes.KEY)
	for doctype in COPIED:
		frappe.db.multisql(
			{"mariadb": f"analyze table `tab{doctype}`", "postgres": f'analyze "tab{doctype}"'}
		)


def _row(number: int) -> dict:
	return {
		"name": _name(number),
		"activity_type": KINDS[number % len(KINDS)],
		"activity": _name(number),
		"title": f"Benchmark {number}",
		# 7919 is prime, so activities that are neighbours in a chain are far apart in time
		"activity_date": filling.SINCE + filling.timedelta(minutes=number * 7919 % 3_000_000),
		"status": STATES[number // 3 % len(STATES)],
		"chain": _chain(number // IN_CHAIN),
		"party_type": _PARTY["type"],
		"party": _party(number // WITH_PARTY),
		"responsible": _colleague(number // 7),
	}


def _time(call) -> float:
	start = time.perf_counter()
	for _ in range(CALLS):
		call()
	return time.perf_counter() - start


def _numbers(doctype: str) -> list[int]:
	return [number for number in range(SMALL) if KINDS[number % len(KINDS)] == doctype]


def _name(number: int) -> str:
	return f"{filling.PREFIX}{number:06d}"


def _chain(number: int) -> str:
	return f"{filling.PREFIX}C{number:05d}"


def _party(number: int) -> str:
	return f"{filling.PREFIX}P{number:05d}"


def _colleague(number: int) -> str:
	return f"colleague{number % COLLEAGUES}@example.com"


_PARTY: dict[str, str] = {}
_COMMON = {"name", "owner", "creation", "modified", "modified_by"}
_WRITTEN = {
	writer.ROW: _COMMON
	| {"activity_type", "activity", "title", "activity_date", "status", "chain"}
	| {"party_type", "party", "responsible"},
	filling.CHAIN: _COMMON | {"title", "status"},
	"ToDo": _COMMON | {"allocated_to", "status"},
	"Event": _COMMON | {"subject", "event_type", "starts_on"},
}


if __name__ == "__main__":
	sys.exit(main())
