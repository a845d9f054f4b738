"""How many activities of each kind the chains of these activities hold (R18); one query for a page of a list."""

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Count, Sum

from crm_interactions.journal.writer import ROW
from crm_interactions.visibility import journal as visible


def of(activity_type: str, activities: list[str]) -> dict[str, dict[str, int]]:
	"""Return, for each activity, how many of each document type its chain holds, itself among them.

	What the user may not read isn't counted.
	"""
	if not activities:
		return {}
	mine = frappe.qb.DocType(ROW).as_("mine")
	others = frappe.qb.DocType(ROW)
	itself = Sum(Case().when(others.name == mine.name, 1).else_(0))
	query = (
		frappe.qb.from_(mine)
		.join(others)
		.on(others.chain == mine.chain)
		.select(mine.activity, others.activity_type, Count(others.name), itself)
		.where((mine.activity_type == activity_type) & mine.activity.isin(activities))
		.groupby(mine.activity, others.activity_type)
	)
	condition = visible.rows()
	if condition is not None:
		query = query.where(condition)
	found: dict[str, dict[str, int]] = {}
	seen = set()
	for activity, kind, count, is_seen in query.run():
		found.setdefault(activity, {})[kind] = count
		if is_seen:
			seen.add(activity)
	# who may not see an activity isn't told what it hangs together with
	return {activity: counts for activity, counts in found.items() if activity in seen}


def members(chain: str, kind: str, most: int) -> list[str]:
	"""Return the names of the activities of one document type in a chain, newest first."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.activity).where(table.chain == chain)
	condition = visible.rows(types=[kind])
	if condition is not None:
		query = query.where(condition)
	query = query.where(table.activity_type == kind).orderby(table.activity_date, order=Order.desc)
	return [name for (name,) in query.limit(most).run()]
