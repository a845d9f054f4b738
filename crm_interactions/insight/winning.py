"""Report *Winning by Group*: win rates with intervals, time to win and amounts, by a property of chains (R27)."""

from frappe import _

from crm_interactions.chains.groupings import Grouping, list_groupings
from crm_interactions.chains.results import LOST, WON
from crm_interactions.insight import deals, medians
from crm_interactions.insight.asked import Period, read_choice, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.statistics import rates

DEFAULT = "category"
MOST_BARS = 12


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary, as a Script Report does; raises as `read`."""
	grouping, period = read(filters)
	measured = deals.measure(grouping, period)
	rows = list_rows(grouping, measured)
	note = _(
		"Chains that started in the period. Win rate: won of won and lost, with its 95 % interval. Days to win: the median. Claims are left out."
	)
	return _columns(grouping), rows, note, _chart(period, measured), _summary(rows)


def read(filters: dict | None) -> tuple[Grouping, Period]:
	"""Return grouping and period of the filters; raise ValidationError for invalid ones."""
	filters = filters or {}
	groupings = list_groupings()
	return groupings[read_choice(filters, "group_by", [*groupings], DEFAULT)], read_period(filters)


def list_rows(grouping: Grouping, measured: list[dict]) -> list[dict]:
	"""Return a row for each group, most chains first, unknown last; further currencies have a row of their own.

	Rows of a further currency have `group`, `amount_won` and `currency` only, since amounts in several currencies are
	never added up.

	Args:
		measured: as from `deals.measure`.
	"""
	groups: dict[str | None, list] = {}
	for row in measured:
		groups.setdefault(row.grouped, []).append(row)
	found = []
	for group, parts in sorted(groups.items(), key=_order):
		label = grouping.label_of(group)
		wins = [row for row in parts if row.result == WON]
		(amount, currency), *others = _amounts(wins) or [(None, None)]
		found.append(
			{
				**{"group": label, "group_value": group or "", **_numbers_of(parts)},
				**{"median_days_to_win": medians.of_parts(wins), "amount_won": amount, "currency": currency},
			}
		)
		found += [{"group": label, "amount_won": more, "currency": other} for more, other in others]
	return found


def _order(group: tuple[str | None, list]) -> tuple:
	name, parts = group
	return name is None, -sum(row.number for row in parts), name


def _amounts(wins: list) -> list[tuple]:
	"""Return amount and currency of each currency, the largest amount first."""
	found: dict[str | None, float] = {}
	for row in wins:
		if row.amount:
			found[row.currency] = found.get(row.currency, 0) + row.amount
	return sorted(
		((amount, currency) for currency, amount in found.items()), key=lambda one: (-one[0], one[1] or "")
	)


def _numbers_of(parts: list) -> dict:
	"""Return the numbers of chains, and the win rate with its interval in per cent, None without a decided chain."""
	won, lost = (_count(parts, result) for result in (WON, LOST))
	rate = rates.win_rate(won, lost)
	in_percent = {"win_rate": rate.rate, "win_low": rate.low, "win_high": rate.high}
	return {
		**{
			"chains": sum(row.number for row in parts),
			"open": sum(row.number for row in parts if row.is_open),
		},
		**{"won": won, "lost": lost},
		**{name: None if value is None else 100 * value for name, value in in_percent.items()},
	}


def _count(parts: list, result: str) -> int:
	return sum(row.number for row in parts if row.result == result)


def _columns(grouping: Grouping) -> list[dict]:
	return [
		column("group", _(grouping.label), "Data", 180),
		column("chains", _("Chains"), "Int", 80),
		column("open", _("Open"), "Int", 80),
		column("won", _("Won"), "Int", 80),
		column("lost", _("Lost"), "Int", 80),
		column("win_rate", _("Win Rate"), "Percent", 90, precision=1),
		column("win_low", _("Rate From"), "Percent", 95, precision=1),
		column("win_high", _("Rate To"), "Percent", 90, precision=1),
		column("median_days_to_win", _("Days to Win"), "Float", 110, precision=1),
		column("amount_won", _("Amount Won"), "Currency", 130, options="currency"),
		column("currency", _("Currency"), "Link", 90, options="Currency"),
	]


def _chart(period: Period, measured: list[dict]) -> dict:
	"""Return the win rate by quarter of the start, in per cent."""
	quarters = []
	for place, quarter in enumerate(period.quarters()):
		parts = [row for row in measured if row.quarter == place]
		won, lost = (_count(parts, result) for result in (WON, LOST))
		if won or lost:
			quarters.append((quarter.first, won, won + lost))
	if not quarters:
		# without a chart, the one on the workspace would draw the table, and fail
		return {"data": {"labels": None, "datasets": []}, "type": "bar"}
	shown = quarters[-MOST_BARS:]
	values = [round(100 * rates.win_rate(won, decided - won).rate, 1) for _first, won, decided in shown]
	labels = [
		_("Q{0} {1}").format((first.month + 2) // 3, first.year) + f" ({won}/{decided})"
		for first, won, decided in shown
	]
	return {
		"data": {"labels": labels, "datasets": [{"name": _("Win Rate (%)"), "values": values}]},
		"type": "bar",
		"colors": ["#2490EF"],
		"fieldtype": "Percent",
	}


def _summary(rows: list[dict]) -> list[dict]:
	counted = [row for row in rows if "chains" in row]
	won, lost = (sum(row[name] for row in counted) for name in ("won", "lost"))
	rate = rates.win_rate(won, lost)
	shown = [
		{"value": sum(row["chains"] for row in counted), "label": _("Chains"), "datatype": "Int"},
		{"value": won, "label": _("Won"), "datatype": "Int", "indicator": "Green"},
		{"value": lost, "label": _("Lost"), "datatype": "Int", "indicator": "Red"},
	]
	if rate.rate is not None:
		percent = [f"{100 * value:.0f}" for value in (rate.rate, rate.low, rate.high)]
		text = _("{0} % ({1}–{2} %)").format(*percent)
		shown.append({"value": text, "label": _("Win Rate"), "datatype": "Data"})
	return shown
