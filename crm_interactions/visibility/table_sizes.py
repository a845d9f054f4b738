"""Numbers of rows and users, cached for an hour: the fastest form of a query depends on both."""

from collections.abc import Callable
from hashlib import sha256
from math import sqrt

import frappe
from frappe.query_builder.functions import Count

from crm_interactions.visibility.audiences import AUDIENCE
from crm_interactions.visibility.condition import Condition

PAGE = 20  # rows of a list
KEY, KEPT = "crm_interactions_list_sizes", 3600  # seconds
# from so many names on, checking rows one by one is faster than gathering the names: until a page is full, or until the
# thousand rows are found at which the count of a list ends
MANY, MANY_COUNTED = 10_000, 50_000
COUNTING = "frappe.desk.reportview.get_count"
# methods that aggregate all rows
WHOLE = {
	"frappe.desk.doctype.number_card.number_card.get_result",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
	"frappe.desk.query_report.run",
	"crm_interactions.api.cards.count_due_today",
	"crm_interactions.api.cards.count_late",
	"crm_interactions.api.cards.count_late_of_all",
	"crm_interactions.api.cards.count_done_this_week",
}


def quick_by_index(doctype: str) -> float:
	"""Return the team size up to which an index look-up is cheaper than scanning the list in order; 0 for no documents.

	The look-up reads and sorts all rows of the team: people / users * rows. The scan reads rows until a page is full:
	page * users / people. With 1,000,000 rows of 5,000 users, both read 4,472 rows for a team of 22.
	"""
	rows, users = _sizes(doctype)
	return users * sqrt(PAGE / rows) if rows else 0


def is_whole() -> bool:
	"""Return whether the request reads all rows, whatever the condition: a number card, chart or query report."""
	return frappe.form_dict.get("cmd") in WHOLE


def is_counted() -> bool:
	"""Return whether the request counts the rows of a list, or reads all rows (`is_whole`)."""
	return is_whole() or frappe.form_dict.get("cmd") == COUNTING


def are_many(*asked: tuple[str, str]) -> bool:
	"""Return whether any pair of type and non-blank condition has `MANY` documents (`MANY_COUNTED` if `is_counted`)."""
	key = sha256("\n".join(map(": ".join, asked)).encode()).hexdigest()
	most = MANY_COUNTED if is_counted() else MANY
	return _read_cached(key, lambda: max(_count(doctype, condition) for doctype, condition in asked)) >= most


def _count(doctype: str, condition: str) -> int:
	table = frappe.qb.DocType(doctype)
	found = frappe.qb.from_(table).select(table.name).where(Condition(condition)).limit(MANY_COUNTED)
	return frappe.qb.from_(found).select(Count("*")).run()[0][0]


def _sizes(doctype: str) -> tuple[int, int]:
	return tuple(_read_cached(doctype, lambda: (frappe.db.count(doctype), _users())))


def _users() -> int:
	audience = frappe.qb.DocType(AUDIENCE)
	return frappe.qb.from_(audience).select(Count(audience.user).distinct()).run()[0][0]


def _read_cached(name: str, find: Callable):
	"""Return a value from the cache; compute it when it is older than an hour."""
	key = f"{KEY}:{name}"
	known = frappe.cache.get_value(key, expires=True)
	if known is None:
		known = find()
		frappe.cache.set_value(key, known, expires_in_sec=KEPT)
	return known
