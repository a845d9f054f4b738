"""Counts of a chain's activities, limited to those that the user may read (R18)."""

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Count, Sum
from pypika.terms import Criterion

from crm_interactions.chains.log import MOVE
from crm_interactions.journal import registry
from crm_interactions.journal.writer import ROW
from crm_interactions.visibility.journal_rows import limit_to_visible


def count_by_type(activity_type: str, activities: list[str]) -> dict[str, dict[str, int]]:
	"""Return activity → document type → number of readable activities in the activity's chain, in one query.

	The activity itself is counted. Activities that have no row or that the user may not read are left out, both as keys
	and in the counts.
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
	found: dict[str, dict[str, int]] = {}
	seen = set()
	for activity, kind, count, is_seen in limit_to_visible(query).run():
		found.setdefault(activity, {})[kind] = count
		if is_seen:
			seen.add(activity)
	# the chain of an unreadable activity must not be disclosed
	return {activity: counts for activity, counts in found.items() if activity in seen}


def list_members(where: Criterion, kind: str, most: int) -> list[str]:
	"""Return names of up to `most` readable activities of a type, newest first; unregistered types: none.

	`where` is a condition of journal rows, such as that of a chain.
	"""
	if not registry.get_source(kind):
		return []
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.activity).where(where)
	query = limit_to_visible(query, types=[kind])
	query = query.where(table.activity_type == kind).orderby(table.activity_date, order=Order.desc)
	return [name for (name,) in query.limit(most).run()]


def in_chains(chains: list[str]) -> dict[str, int]:
	"""Return chain → number of its readable activities, also if 0. The list of chains must not be empty."""
	table = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(table).select(table.chain, Count(table.name)).where(table.chain.isin(chains))
	found = dict(limit_to_visible(query).groupby(table.chain).run())
	return {chain: found.get(chain, 0) for chain in chains}


def moved_by(entry: str) -> int:
	"""Return the number of readable activities that a log entry moved to another chain, even if they left it later."""
	table, move = frappe.qb.DocType(ROW), frappe.qb.DocType(MOVE)
	query = frappe.qb.from_(move).join(table).on(table.name == move.link).select(Count(table.name))
	return limit_to_visible(query.where((move.log == entry) & (move.from_chain != move.to_chain))).run()[0][0]
