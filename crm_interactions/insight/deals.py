"""Chains about deals in figures, over the chains that the user may read.

Claims are left out: chains with a result of claims, and those whose subject is a claim; `select` returns them if asked.
Merged chains hold no activities and are left out, too.
"""

from collections.abc import Callable

import frappe
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Count, NullIf, Sum
from pypika.queries import QueryBuilder
from pypika.terms import ValueWrapper

from crm_interactions.chains.claims import is_claim
from crm_interactions.chains.groupings import First, Grouping
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


def select(
	grouping: Grouping,
	period: Period,
	dated: Callable = started_within,
	*,
	of_claims: bool = False,
	fields: tuple[str, ...] = SHOWN,
):
	"""Return a query of the chains about deals, or of claims, of a period, that the user may read.

	It has the columns `fields`, `grouped` (the group, None if unknown) and `days` (from the start to the result). A chain
	occurs once for each value of a dictionary with several values.
	"""
	chain = frappe.qb.DocType(CHAIN)
	query, group = grouping.extend(frappe.qb.from_(chain), chain, First(chain))
	query = limit_to_deals(query, chain, of_claims=of_claims).where(dated(chain, period))
	days = DaysBetween(chain.started_on, chain.result_on)
	columns = (chain[field] for field in fields)
	# MariaDB looks twice for what is inside NULLIF
	group = group if isinstance(group, QueryBuilder) else NullIf(group, "")
	return query.select(*columns, group.as_("grouped"), days.as_("days"))


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


def measure(grouping: Grouping, period: Period) -> list[dict]:
	"""Return the numbers of chains by group, quarter, state, result and currency, in one pass over the chains.

	Returns: rows of `grouped`, `quarter` (the place in `Period.quarters`), `is_open`, `result`, `currency`, `number`,
		`amount`, and the parts of the median of the days to the result, of all chains with group and result:
		`of_middle` and `in_middle`, as from `medians.add_up`.
	"""
	fields = ("status", "started_on", "result", "result_amount", "result_currency")
	deals = select(grouping, period, fields=fields).as_("deals")
	place, number = medians.rank(deals, "days", "grouped", "result")
	ranked = (
		frappe.qb.from_(deals).select(
			*(
				deals.grouped,
				deals.result,
				deals.result_amount.as_("amount"),
				deals.result_currency.as_("currency"),
			),
			*(_quarter(deals, period).as_("quarter"), Case().when(is_open(deals), 1).else_(0).as_("is_open")),
			*(deals.days, place, number),
		)
	).as_("ranked")
	keys = [ranked[key] for key in ("grouped", "quarter", "is_open", "result", "currency")]
	query = frappe.qb.from_(ranked).groupby(*keys).select(*keys, Count("*").as_("number"))
	return query.select(Sum(ranked.amount).as_("amount"), *medians.add_up(ranked, "days")).run(as_dict=True)


def _quarter(deals, period: Period):
	"""Return the place of the quarter in which a chain started."""
	quarters = period.quarters()
	place = Case()
	for number, quarter in enumerate(quarters[:-1]):
		place = place.when(deals.started_on < quarter.end, number)
	return place.else_(len(quarters) - 1) if len(quarters) > 1 else ValueWrapper(0)


def list_chains(
	grouping: Grouping, period: Period, figure: str | None, group: str | None, *, of_claims: bool = False
) -> list[dict]:
	"""Return the chains behind a number, the latest start first, with the columns of `select`.

	Args:
		figure: one of `FIGURES`, or of `FIGURES_OF_PERIOD`, which date chains in another way; None for all chains.
		group: a group as in `measure`; "" stands for unknown, None for all.
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
