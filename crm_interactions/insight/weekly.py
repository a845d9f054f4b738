"""Report *Week by Week*: activities, and chains that started and were won and lost, by week (R27)."""

from bisect import bisect_right
from collections import Counter

import frappe
from frappe import _
from frappe.query_builder.functions import Count
from frappe.utils import cstr, format_date, getdate

from crm_interactions.chains.locks import CHAIN
from crm_interactions.chains.results import LOST, WON
from crm_interactions.insight import activities, deals
from crm_interactions.insight.asked import Period, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.sql import Day
from crm_interactions.insight.statistics import rates

FIGURES = ("activities", "started", "won", "lost")
# kinds of activities that have a column and a colour of their own; the others are added up
MOST_KINDS = 6
COLORS = ("#2490EF", "#F59E0B", "#16A34A", "#8B5CF6", "#DB2777", "#0891B2", "#9CA3AF")


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary; raises ValidationError for an invalid period.

	The filters are `from_date`, `to_date` and `responsible`, a user.
	"""
	filters = filters or {}
	period, responsible = read_period(filters), cstr(filters.get("responsible")) or None
	rows = list_rows(period, responsible)
	kinds = _add_kinds(rows, period, responsible)
	note = _(
		"Activities that took place, and chains by the week of their start and of their result. The first and the last week may be cut. Claims are left out."
	)
	return _columns(kinds), rows, note, _chart(rows, kinds), _summary(rows)


def list_rows(period: Period, responsible: str | None = None) -> list[dict]:
	"""Return a row for each week of a period, in order; none if all figures are 0.

	Returns: rows of `week`, its first day; `to_date`, its last; `label`; the `FIGURES`; `win_rate`, `win_low` and
		`win_high` in per cent, None without a decided chain; and `lists`, figure → document type and filters of its list.
	"""
	weeks = period.weeks()
	found = {
		"activities": _place(weeks, _count_activities(period, responsible)),
		**{figure: _place(weeks, days) for figure, days in _count_chains(period, responsible).items()},
	}
	if not any(found.values()):
		return []
	return [
		_row(week, {figure: found[figure][place] for figure in FIGURES}, responsible)
		for place, week in enumerate(weeks)
	]


def _row(week: Period, numbers: dict[str, int], responsible: str | None) -> dict:
	rate = rates.win_rate(numbers["won"], numbers["lost"])
	in_percent = {"win_rate": rate.rate, "win_low": rate.low, "win_high": rate.high}
	return {
		**{"week": week.first, "to_date": week.last, "label": format_date(week.first, "d MMM")},
		**numbers,
		**{name: None if value is None else 100 * value for name, value in in_percent.items()},
		"lists": {"activities": activities.list_behind(week, responsible)},
	}


def _add_kinds(rows: list[dict], period: Period, responsible: str | None) -> dict[str, str]:
	"""Add to each week the number of activities of each kind; return column → label of the kinds, the most frequent first."""
	if not rows:
		return {}
	query, row = activities.select_held(period, responsible)
	day = Day(row.activity_date)
	counted = query.groupby(day, row.interaction_type).select(day, row.interaction_type, Count("*")).run()
	totals: Counter = Counter()
	for _day, kind, number in counted:
		totals[kind or ""] += number
	ordered = sorted(totals, key=lambda kind: (-totals[kind], kind))
	columns = {kind: f"kind_{place}" for place, kind in enumerate(ordered[:MOST_KINDS])}
	labels = {name: _(kind) if kind else _("Not Set") for kind, name in columns.items()}
	if len(ordered) > MOST_KINDS:
		labels["kind_other"] = _("Other")
	for name in labels:
		own = [
			(day, number) for day, kind, number in counted if columns.get(kind or "", "kind_other") == name
		]
		placed = _place(period.weeks(), own)
		for place, week in enumerate(rows):
			week[name] = placed[place]
	return labels


def _count_activities(period: Period, responsible: str | None) -> list[tuple]:
	query, row = activities.select_held(period, responsible)
	day = Day(row.activity_date)
	return query.groupby(day).select(day, Count("*")).run()


def _count_chains(period: Period, responsible: str | None) -> dict[str, list[tuple]]:
	"""Return figure → (day, number) of the chains about deals."""
	chain = frappe.qb.DocType(CHAIN)
	dated = {
		"started": (chain.started_on, deals.started_within(chain, period)),
		"won": (chain.result_on, deals.decided_within(chain, period) & (chain.result == WON)),
		"lost": (chain.result_on, deals.decided_within(chain, period) & (chain.result == LOST)),
	}
	found = {}
	for figure, (moment, condition) in dated.items():
		query = deals.limit_to_deals(frappe.qb.from_(chain), chain).where(condition)
		if responsible:
			query = query.where(chain.responsible == responsible)
		found[figure] = query.groupby(Day(moment)).select(Day(moment), Count("*")).run()
	return found


def _place(weeks: list[Period], days: list[tuple]) -> Counter:
	"""Return place of the week → sum of the numbers of its days."""
	begins = [week.first for week in weeks]
	found: Counter = Counter()
	for day, number in days:
		# SQLite gives text
		found[bisect_right(begins, getdate(day)) - 1] += number
	return found


def _columns(kinds: dict[str, str]) -> list[dict]:
	return [
		column("week", _("Week From"), "Date", 120),
		column("activities", _("Activities"), "Int", 100),
		column("started", _("Chains Started"), "Int", 130),
		column("won", _("Won"), "Int", 80),
		column("lost", _("Lost"), "Int", 80),
		column("win_rate", _("Win Rate"), "Percent", 100, precision=1),
		column("win_low", _("Rate From"), "Percent", 100, precision=1),
		column("win_high", _("Rate To"), "Percent", 100, precision=1),
		*(column(name, label, "Int", 110) for name, label in kinds.items()),
	]


def _chart(rows: list[dict], kinds: dict[str, str]) -> dict | None:
	"""Return the activities of each week, stacked by kind."""
	if not kinds:
		return None
	return {
		"data": {
			"labels": [row["label"] for row in rows],
			"datasets": [
				{"name": label, "values": [row[name] for row in rows]} for name, label in kinds.items()
			],
		},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"colors": [*COLORS[: len(kinds)]],
		"fieldtype": "Int",
	}


def _summary(rows: list[dict]) -> list[dict]:
	labels = {
		"activities": _("Activities"),
		"started": _("Chains Started"),
		"won": _("Won"),
		"lost": _("Lost"),
	}
	return [
		{"value": sum(row[figure] for row in rows), "label": label, "datatype": "Int"}
		for figure, label in labels.items()
	]
