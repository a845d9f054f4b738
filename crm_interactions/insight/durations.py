"""Times of chains for quantiles: until the result, until the second activity, between activities, and turns.

The functions take chains as a query from `once`, with the alias `chains`, the columns `COLUMNS` and those of the keys.
Days are a fraction, exact to the microsecond. Chains that start in the future have negative days, which `survival` leaves
out.
"""

from collections.abc import Callable
from datetime import datetime

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Min, Sum
from pypika.analytics import Lead, RowNumber

from crm_interactions.chains import turn
from crm_interactions.insight.sql import DaysBetween
from crm_interactions.journal.writer import ROW

COLUMNS = ("name", "status", "started_on", "closed_on", "result", "result_on")
OFFERS = ("Quotation",)


def once(chains):
	"""Return a query of chains of which the database computes the group once for each chain.

	Otherwise, MariaDB merges the query into the one that joins the activities, and looks for the first activity of a
	chain again for each of them, so that a chain of 5,000 activities takes minutes.
	"""
	return chains.distinct()


def until_result(chains, now: datetime, *keys: str):
	"""Return a query of the days from the start of a chain to its result or, without one, to its end: `days`, `happened`.

	Open chains end now, and chains closed without a result when they were closed.
	"""
	end = Case().when(_is_decided(chains), chains.result_on).else_(_end(chains, now))
	return (
		frappe.qb.from_(chains)
		.where(chains.started_on.notnull())
		.select(*(chains[key] for key in keys))
		.select(
			DaysBetween(chains.started_on, end).as_("days"),
			Case().when(_is_decided(chains), 1).else_(0).as_("happened"),
		)
	)


def until_second(chains, now: datetime, limit: Callable, *keys: str):
	"""Return a query of the days from the first activity to the second, or to the end of the chain: `days`, `happened`.

	Chains end with their result or closing, else now.
	"""
	found = steps(chains, limit, *keys).as_("steps")
	end = Case().when(_is_decided(found), found.result_on).else_(_end(found, now))
	until = Case().when(found.following.notnull(), found.following).else_(end)
	return (
		frappe.qb.from_(found)
		.where((found.place == 1) & until.notnull())
		.select(*(found[key] for key in keys))
		.select(
			DaysBetween(found.activity_date, until).as_("days"),
			Case().when(found.following.notnull(), 1).else_(0).as_("happened"),
		)
	)


def until_offer(chains, limit: Callable, *keys: str):
	"""Return a query of the days from the start of a chain to its first offer, of chains with one: `value`.

	Offers are quotations, and activities with an outcome that is an offer.
	"""
	found = steps(chains, limit, *keys).as_("steps")
	by = [found[key] for key in keys]
	days = DaysBetween(Min(found.started_on), Min(found.activity_date)).as_("value")
	return frappe.qb.from_(found).where(found.is_offer == 1).groupby(*by, found.name).select(*by, days)


def gaps(chains, limit: Callable, *keys: str):
	"""Return a query of the days between two successive activities of a chain: `value`."""
	return _between(steps(chains, limit, *keys).as_("steps"), *keys)


def our_turns(chains, limit: Callable, *keys: str):
	"""Return a query of the days that our turns took until the next activity: `value`."""
	found = steps(chains, limit, *keys).as_("steps")
	return _between(found, *keys).where(found.turn == turn.OURS)


def sum_turns(chains, now: datetime, limit: Callable, *keys: str):
	"""Return a query of the days of all turns: the columns of `keys`, `ours` and `theirs`.

	The last turn of an open chain counts until now, that of another one doesn't count.
	"""
	found = steps(chains, limit, *keys).as_("steps")
	until = Case().when(found.following.notnull(), found.following).when(found.status == "Open", now)
	days = DaysBetween(found.activity_date, until)
	turns = (
		frappe.qb.from_(found)
		.select(*(found[key] for key in keys), found.turn, days.as_("days"))
		.as_("turns")
	)
	sums = (
		Sum(Case().when(turns.turn == side, turns.days).else_(0)).as_(label)
		for label, side in (("ours", turn.OURS), ("theirs", turn.THEIRS))
	)
	by = [turns[key] for key in keys]
	return frappe.qb.from_(turns).where(turns.days > 0).groupby(*by).select(*by, *sums)


def steps(chains, limit: Callable, *keys: str):
	"""Return a query of the activities of chains that took place, with the columns of `keys` and `COLUMNS`.

	Further columns: `activity_date`, `turn` (after it), `is_offer` (1 or 0), `place` (1 for the first) and `following`
	(date of the next one).

	Args:
		limit: (query over the journal) → the query without rows that aren't to count, such as `visible.limit_rows`.
	"""
	row, outcome = frappe.qb.DocType(ROW), frappe.qb.DocType(turn.OUTCOME)
	query = limit(frappe.qb.from_(row)).join(chains).on(chains.name == row.chain)
	query = query.left_join(outcome).on(outcome.name == row.outcome)
	by = [chains[column] for column in dict.fromkeys([*keys, "name"])]
	number, following = RowNumber().over(*by), Lead(row.activity_date).over(*by)
	for column in (row.activity_date, row.creation, row.name):
		number, following = number.orderby(column), following.orderby(column)
	is_offer = Case().when(row.activity_type.isin(OFFERS) | (outcome.is_offer == 1), 1).else_(0)
	return (
		query.where(row.status == "Done")
		.select(*(chains[column] for column in dict.fromkeys([*keys, *COLUMNS])))
		.select(row.activity_date, turn.of_row(row, outcome).as_("turn"), is_offer.as_("is_offer"))
		.select(number.as_("place"), following.as_("following"))
	)


def _between(found, *keys: str):
	days = DaysBetween(found.activity_date, found.following).as_("value")
	return frappe.qb.from_(found).where(found.following.notnull()).select(*(found[key] for key in keys), days)


def _is_decided(chains):
	return chains.result.notnull() & (chains.result != "")


def _end(chains, now: datetime):
	"""Return the end of a chain without a result, None if unknown; the text compares with moments on each database."""
	return Case().when(chains.status == "Open", now).else_(chains.closed_on)
