"""Chains about deals in figures: one query for each figure, over the chains that the user may read.

Claims are left out: chains with a result of claims, and those whose subject is a claim; `select` returns them if asked.
Merged chains hold no activities and are left out, too.
"""

from collections.abc import Callable

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import NullIf, Sum
from pypika.terms import ValueWrapper

from crm_interactions.chains.claims import is_claim
from crm_interactions.chains.groupings import Grouping, join_first
from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.results import LOST, WON
from crm_interactions.insight import medians, visible
from crm_interactions.insight.asked import Period
from crm_interactions.insight.sql import DaysBetween, count_if

SHOWN = (
	*("name", "title", "party_type", "party", "responsible", "status", "started_on"),
	*("result", "result_on", "result_amount", "result_currency", "closed_on", "slow"),
)


def started_within(chain, period: Period):
	"""Return the condition of the chains that started in a period."""
	return (chain.started_on >= period.first) & (chain.started_on < period.end)


def decided_within(chain, period: Period):
	"""Return the condition of the chains that got their result in a period."""
	return (chain.result_on >= period.first) & (chain.result_on < period.end)


def open_at_end(chain, period: Period):
	"""Return the condition of the chains that were open at the end of a period, or are open if it isn't over."""
	is_undecided = chain.result.isnull() | (chain.result == "") | (chain.result_on >= period.end)
	is_unclosed = (chain.status == "Open") | (chain.closed_on >= period.end)
	return (chain.started_on < period.end) & is_undecided & is_unclosed


def limit_to_deals(query, chain, *, of_claims: bool = False):
	"""Return a query over the table of chains, without an alias, limited to readable chains about deals, or of claims."""
	of_kind = is_claim(chain) if of_claims else is_claim(chain).negate()
	query = query.where(chain.status != "Merged").where(of_kind)
	return visible.limit_chains(query)


def select(grouping: Grouping, period: Period, dated: Callable = started_within, *, of_claims: bool = False):
	"""Return a query of the chains about deals, or of claims, of a period, that the user may read.

	It has the columns `SHOWN`, `grouped` (the group, None if unknown) and `days` (from the start to the result). A chain
	occurs once for each value of a dictionary with several values.
	"""
	chain = frappe.qb.DocType(CHAIN)
	query, first = join_first(frappe.qb.from_(chain), chain)
	query, group = grouping.extend(query, chain, first)
	query = limit_to_deals(query, chain, of_claims=of_claims).where(dated(chain, period))
	days = DaysBetween(chain.started_on, chain.result_on)
	columns = (chain[field] for field in SHOWN)
	return query.select(*columns, NullIf(group, "").as_("grouped"), days.as_("days"))


def count_results(
	grouping: Grouping, period: Period, figures: tuple[str, ...], *, of_claims: bool = False
) -> list[dict]:
	"""Return for each group the numbers of chains: `grouped`, and each of `figures`, keys of `FIGURES`."""
	deals = select(grouping, period, of_claims=of_claims).as_("deals")
	counts = (count_if(FIGURES[figure](deals)).as_(figure) for figure in figures)
	return frappe.qb.from_(deals).groupby(deals.grouped).select(deals.grouped, *counts).run(as_dict=True)


def in_order(counted: list[dict]) -> list[dict]:
	"""Return the rows of `count_results` with most chains first, those without a group last."""
	return sorted(counted, key=lambda row: (row.grouped is None, -row.chains, row.grouped))


def sum_won(grouping: Grouping, period: Period) -> list[dict]:
	"""Return the amounts won by group and currency: `grouped`, `currency` and `amount`."""
	deals = select(grouping, period).as_("deals")
	return (
		frappe.qb.from_(deals)
		.where((deals.result == WON) & (deals.result_amount != 0))
		.groupby(deals.grouped, deals.result_currency)
		.select(deals.grouped, deals.result_currency.as_("currency"), Sum(deals.result_amount).as_("amount"))
		.run(as_dict=True)
	)


def median_days_to_win(grouping: Grouping, period: Period) -> dict:
	"""Return group → median of the days from the start of a chain to its win, of the won chains."""
	deals = select(grouping, period).as_("deals")
	days = frappe.qb.from_(deals).where(deals.result == WON).select(deals.grouped, deals.days.as_("value"))
	rows = medians.select_medians(days.as_("days"), "grouped").run()
	return {group: float(days) for group, days in rows}


def count_by_quarter(grouping: Grouping, period: Period) -> list[dict]:
	"""Return the numbers of each quarter of the start, in order: `first`, its first day, `won` and `lost`."""
	quarters = period.quarters()
	deals = select(grouping, period).as_("deals")
	number = Case()
	for place, quarter in enumerate(quarters[:-1]):
		number = number.when(deals.started_on < quarter.end, place)
	number = number.else_(len(quarters) - 1) if len(quarters) > 1 else ValueWrapper(0)
	placed = (
		frappe.qb.from_(deals).where(deals.result.isin((WON, LOST))).select(deals.result, number.as_("place"))
	).as_("placed")
	rows = (
		frappe.qb.from_(placed)
		.groupby(placed.place)
		.select(placed.place, count_if(placed.result == WON), count_if(placed.result == LOST))
	).run()
	# MariaDB adds up whole numbers as decimal ones
	found = {place: (int(won), int(lost)) for place, won, lost in rows}
	return [
		dict(zip(("first", "won", "lost"), (quarter.first, *found.get(place, (0, 0))), strict=True))
		for place, quarter in enumerate(quarters)
	]


def list_chains(
	grouping: Grouping, period: Period, figure: str | None, group: str | None, *, of_claims: bool = False
) -> list[dict]:
	"""Return the chains behind a number, the latest start first, with the columns of `select`.

	Args:
		figure: one of `FIGURES`, or of `FIGURES_OF_PERIOD`, which date chains in another way; None for all chains.
		group: a group as in `count_results`; "" stands for unknown, None for all.
		of_claims: chains of claims instead of deals.
	"""
	dated = FIGURES_OF_PERIOD.get(figure, started_within)
	deals = select(grouping, period, dated, of_claims=of_claims).as_("deals")
	query = frappe.qb.from_(deals).select(deals.star)
	if figure in FIGURES:
		query = query.where(FIGURES[figure](deals))
	query = limit_group(query, deals, group)
	for column, order in ((deals.started_on, Order.desc), (deals.name, Order.desc)):
		query = query.orderby(column, order=order)
	return query.run(as_dict=True)


def limit_group(query, deals, group: str | None):
	"""Return a query over `select`, limited to a group; "" stands for unknown, None for all."""
	if group is None:
		return query
	return query.where(deals.grouped == group if group else deals.grouped.isnull())


def is_open(deals):
	"""Return the condition of chains without a result that aren't closed."""
	return (deals.status == "Open") & (deals.result.isnull() | (deals.result == ""))


# figure of the report → condition of its chains
FIGURES = {
	"chains": lambda deals: deals.name.notnull(),
	"open": is_open,
	"won": lambda deals: deals.result == WON,
	"lost": lambda deals: deals.result == LOST,
	"slow": lambda deals: deals.slow == 1,
}
# figure of another report → condition of its chains
FIGURES_OF_PERIOD = {
	"decided": lambda chain, period: started_within(chain, period) & chain.result.isin((WON, LOST)),
	"open_at_end": open_at_end,
	"won_within": lambda chain, period: (chain.result == WON) & decided_within(chain, period),
	"lost_within": lambda chain, period: (chain.result == LOST) & decided_within(chain, period),
}
