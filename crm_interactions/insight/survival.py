"""Quantiles of the time until an event by Kaplan and Meier, computed by the database.

`statistics/curve.py` computes the same for report *What Comes Before Progress*, whose chains are in memory.
"""

import frappe
from frappe.query_builder import Case, CustomFunction, Order
from frappe.query_builder.functions import Count, Min, Sum
from pypika.analytics import Sum as SumOver

from crm_interactions.insight.sql import Ratio
from crm_interactions.insight.statistics import TINY

Ln, Exp = CustomFunction("ln", ["number"]), CustomFunction("exp", ["number"])
# the logarithm of a share of 0: no number of days that keep a share adds up to it
NOTHING_LEFT = -700


def select_quantiles(times, quantiles: dict[str, float], *keys: str):
	"""Return a query of quantiles: the columns of `keys`, and one of each label; None if the event is too rare.

	Args:
		times: a query with an alias and the columns `days`, until the event or the end of the observation, and `happened`
			(1 or 0).
		quantiles: label → share of the cases with the event by then.
	"""
	at_risk = _with_number_at_risk(times, *keys).as_("at_risk")
	curve = _with_logarithm(at_risk, *keys).as_("curve")
	by = [curve[key] for key in keys]
	share = Exp(curve.logarithm)
	found = (Min(Case().when(share <= 1 - q + TINY, curve.days)).as_(label) for label, q in quantiles.items())
	return frappe.qb.from_(curve).groupby(*by).select(*by, *found)


def _with_number_at_risk(times, *keys: str):
	"""Return for each day the cases with the event on it, and those observed and without it until then.

	Few levels of queries, because SQLite parses no more than about ten around the conditions of rights.
	"""
	by = [times[key] for key in keys]
	number = SumOver(Count("*")).over(*by).orderby(times.days, order=Order.desc)
	query = frappe.qb.from_(times).where(times.days >= 0).groupby(*by, times.days)
	return query.select(*by, times.days, Sum(times.happened).as_("happened"), number.as_("number"))


def _with_logarithm(at_risk, *keys: str):
	"""Return the logarithm of the share without the event after each day."""
	by = [at_risk[key] for key in keys]
	of_day = (
		Case()
		.when(at_risk.happened == at_risk.number, NOTHING_LEFT)
		.else_(Ln(1 - Ratio(at_risk.happened, at_risk.number)))
	)
	total = SumOver(of_day).over(*by).orderby(at_risk.days)
	return frappe.qb.from_(at_risk).select(*by, at_risk.days, total.as_("logarithm"))
