"""Report *Chain Speed*: how long chains take, by a property, and which side they wait for (R27, B5)."""

from frappe import _

from crm_interactions.chains.groupings import Grouping
from crm_interactions.clock import site_time
from crm_interactions.insight import deals, durations, medians, survival, visible, winning
from crm_interactions.insight.asked import Period, read_choice
from crm_interactions.insight.columns import column

CLAIMS, DEALS = "Claims", "Deals"
MEDIAN, THIRD_QUARTILE = 0.5, 0.75
KEY = "grouped"
MOST_BARS = 12
SHARES = ("share_waiting_us", "share_waiting_them")


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary, as a Script Report does.

	Filters: those of *Winning by Group*, and `about` (Deals or Claims).

	Raises: ValidationError for invalid filters.
	"""
	grouping, period = winning.read(filters)
	rows = list_rows(grouping, period, of_claims=read_about(filters))
	note = _(
		"Chains that started in the period. Days from the start, median and 75 %: half and three quarters of the chains have the second activity or the result by then (Kaplan–Meier, so that chains without one count as long as they last). Blank: not reached yet."
	)
	return _columns(grouping), rows, note, _chart(rows), _summary(rows)


def read_about(filters: dict | None) -> bool:
	"""Return whether the filter `about` asks for claims; raise ValidationError for another value than Deals."""
	return read_choice(filters or {}, "about", [DEALS, CLAIMS], DEALS) == CLAIMS


def list_rows(grouping: Grouping, period: Period, *, of_claims: bool = False) -> list[dict]:
	"""Return a row for each group, most chains first, unknown last; days as a fraction, shares in per cent."""
	counted = deals.count_results(grouping, period, ("chains", "slow"), of_claims=of_claims)
	times = _read_times(grouping, period, of_claims)
	return [
		{
			**{"group": grouping.label_of(row.grouped), "group_value": row.grouped or ""},
			**{"chains": int(row.chains), "slow": int(row.slow)},
			**_figures(times, row.grouped),
		}
		for row in deals.in_order(counted)
	]


def _read_times(grouping: Grouping, period: Period, of_claims: bool) -> list[dict]:
	"""Return the results of the queries, each as group → row."""
	chains = deals.select(grouping, period, of_claims=of_claims, fields=durations.COLUMNS)
	chains = durations.once(chains).as_("chains")
	now, limit = site_time.now(), visible.limit_rows
	second = durations.until_second(chains, now, limit, KEY).as_("second_times")
	result = durations.until_result(chains, now, KEY).as_("result_times")
	offer = durations.until_offer(chains, limit, KEY).as_("offer_times")
	queries = (
		survival.select_quantiles(second, _quantiles("second"), KEY),
		survival.select_quantiles(result, _quantiles("result"), KEY),
		medians.select_quantiles(offer, "median_days_to_offer", MEDIAN, KEY),
		durations.sum_turns(chains, now, limit, KEY),
	)
	return [{row[KEY]: row for row in query.run(as_dict=True)} for query in queries]


def _quantiles(what: str) -> dict[str, float]:
	return {f"median_days_to_{what}": MEDIAN, f"p75_days_to_{what}": THIRD_QUARTILE}


def _figures(times: list[dict], group: str | None) -> dict:
	second, result, offer, turns = (found.get(group) or {} for found in times)
	days = [
		*((second, name) for name in _quantiles("second")),
		(offer, "median_days_to_offer"),
		*((result, name) for name in _quantiles("result")),
	]
	return {
		**{name: None if found.get(name) is None else float(found[name]) for found, name in days},
		**dict(zip(SHARES, _shares(turns.get("ours") or 0, turns.get("theirs") or 0), strict=True)),
	}


def _shares(ours: float, theirs: float) -> tuple[float | None, float | None]:
	total = ours + theirs
	return (100 * ours / total, 100 * theirs / total) if total else (None, None)


def _columns(grouping: Grouping) -> list[dict]:
	days = (
		("median_days_to_second", _("To Second"), 100),
		("p75_days_to_second", _("Second, 75 %"), 120),
		("median_days_to_offer", _("To Offer"), 90),
		("median_days_to_result", _("To Result"), 95),
		("p75_days_to_result", _("Result, 75 %"), 120),
	)
	shares = (("share_waiting_us", _("Our Turn"), 85), ("share_waiting_them", _("Partner's Turn"), 115))
	return [
		column("group", _(grouping.label), "Data", 165),
		column("chains", _("Chains"), "Int", 80),
		*(column(name, label, "Float", width, precision=1) for name, label, width in days),
		*(column(name, label, "Percent", width, precision=1) for name, label, width in shares),
		column("slow", _("Slow"), "Int", 65),
	]


def _chart(rows: list[dict]) -> dict | None:
	"""Return median and third quartile of the days to the result, of the groups with most chains."""
	shown = [row for row in rows if row["median_days_to_result"] is not None][:MOST_BARS]
	if not shown:
		return None
	bars = ((_("Days to Result"), "median_days_to_result"), (_("Result, 75 %"), "p75_days_to_result"))
	return {
		"data": {
			"labels": [row["group"] for row in shown],
			"datasets": [
				{"name": label, "values": [round(row[name] or 0, 1) for row in shown]} for label, name in bars
			],
		},
		"type": "bar",
		"fieldtype": "Float",
	}


def _summary(rows: list[dict]) -> list[dict]:
	slow = sum(row["slow"] for row in rows)
	return [
		{"value": sum(row["chains"] for row in rows), "label": _("Chains"), "datatype": "Int"},
		{"value": slow, "label": _("Slow"), "datatype": "Int", "indicator": "Red" if slow else "Green"},
	]
