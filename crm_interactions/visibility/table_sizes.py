"""How many rows there are, and of how many people, by the hour: the quickest way of asking depends on both."""

from collections.abc import Callable
from hashlib import sha256
from math import sqrt

import frappe
from frappe.query_builder.functions import Count

from crm_interactions.visibility.audiences import AUDIENCE
from crm_interactions.visibility.condition import Condition

PAGE = 20  # rows of a list
KEY, KEPT = "crm_interactions_list_sizes", 3600  # seconds
# so many names take longer to gather than it takes to ask rows one by one until a page of them is found, or the first
# thousand that a list's number goes to
MANY, MANY_COUNTED = 10_000, 50_000
COUNTING = "frappe.desk.reportview.get_count"
# whoever asks these wants a number of all that there is
WHOLE = {
	"frappe.desk.doctype.number_card.number_card.get_result",
	"frappe.desk.doctype.dashboard_chart.dashboard_chart.get",
	"frappe.desk.query_report.run",
}


def quick_by_index(doctype: str) -> float:
	"""Return for how many people all that they have is found sooner by an index than a page of it in the list's order.

	By the index, each of their rows is read and sorted: people / users * rows. In the order, as many rows as it takes to
	find a page: page * users / people. With 1,000,000 rows of 5,000 people both are 4,472 for 22.
	"""
	rows, users = _sizes(doctype)
	return users * sqrt(PAGE / rows) if rows else 0


def is_whole() -> bool:
	"""Whether the request goes through all rows, whatever they are asked."""
	return frappe.form_dict.get("cmd") in WHOLE


def is_counted() -> bool:
	return is_whole() or frappe.form_dict.get("cmd") == COUNTING


def are_many(*asked: tuple[str, str]) -> bool:
	"""Whether any of these has more documents than should be gathered.

	Args:
		asked: document type, and a condition of the platform's, which names the user that it is for.
	"""
	key = sha256("\n".join(map(": ".join, asked)).encode()).hexdigest()
	most = MANY_COUNTED if is_counted() else MANY
	return _known(key, lambda: max(_count(doctype, condition) for doctype, condition in asked)) >= most


def _count(doctype: str, condition: str) -> int:
	table = frappe.qb.DocType(doctype)
	some = frappe.qb.from_(table).select(table.name).where(Condition(condition)).limit(MANY_COUNTED)
	return frappe.qb.from_(some).select(Count("*")).run()[0][0]


def _sizes(doctype: str) -> tuple[int, int]:
	return tuple(_known(doctype, lambda: (frappe.db.count(doctype), _users())))


def _users() -> int:
	audience = frappe.qb.DocType(AUDIENCE)
	return frappe.qb.from_(audience).select(Count(audience.user).distinct()).run()[0][0]


def _known(what: str, find: Callable):
	"""Return what was found within the hour."""
	key = f"{KEY}:{what}"
	known = frappe.cache.get_value(key, expires=True)
	if known is None:
		known = find()
		frappe.cache.set_value(key, known, expires_in_sec=KEPT)
	return known
