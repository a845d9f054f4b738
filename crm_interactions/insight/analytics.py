"""Report *Activity Analytics*: activities by two properties and month, with duration and amounts (R27)."""

from collections.abc import Callable
from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import Case
from frappe.query_builder.functions import Coalesce, Count, NullIf, Sum
from frappe.utils import get_fullname

from crm_interactions.insight import visible
from crm_interactions.insight.asked import Period, read_choice, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.sql import Month
from crm_interactions.journal.app_sources import DOCTYPES
from crm_interactions.journal.writer import ROW

HOUR = 3600
MOST_SERIES = 6


@dataclass(frozen=True)
class Property:
	"""A property of activities: its label, its column of the journal, and what is shown for a value."""

	label: str
	column: Callable
	show: Callable[[str], str] = _


def list_properties() -> dict[str, Property]:
	"""Return the properties by which the site's activities can be counted, by key, in the order of the filters."""
	found = {
		# documents of other apps have no type
		"type": Property("Type", lambda row: Coalesce(row.interaction_type, row.activity_type)),
		"direction": Property("Direction", lambda row: row.direction),
		"status": Property("Status", lambda row: row.status),
		"outcome": Property("Outcome", lambda row: row.outcome),
		"category": Property("Category", lambda row: row.category),
		"priority": Property("Priority", lambda row: row.priority),
		"responsible": Property("Responsible", lambda row: row.responsible, get_fullname),
	}
	meta = frappe.get_meta(ROW)
	for field in ("company", "branch", "department", "project"):
		if meta.has_field(field):
			found[field] = Property(meta.get_label(field), lambda row, field=field: row[field], str)
	return found


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message, chart and summary; raises ValidationError for invalid filters.

	The filters are `from_date`, `to_date`, and `rows` and `columns`, keys of `list_properties`.
	"""
	filters, properties = filters or {}, list_properties()
	keys = [
		read_choice(filters, name, [*properties], default)
		for name, default in (("rows", "type"), ("columns", "direction"))
	]
	chosen = [properties[key] for key in keys]
	rows = list_rows(*chosen, read_period(filters))
	note = _(
		"Activities of the period that aren't cancelled. Amounts of each currency have a row of their own."
	)
	return _columns(*chosen), rows, note, _chart(rows), _summary(rows)


def list_rows(first: Property, second: Property, period: Period) -> list[dict]:
	"""Return a row for each combination of two properties, month and currency, limited to readable activities.

	Returns: rows of `row`, its value `row_value`, `column`, `period` (a month), `count`, `duration_hours`, `amount` and `currency`; the last two
		are None for activities without an amount.
	"""
	activities = _select(first, second, period).as_("activities")
	keys = [activities[name] for name in ("row", "column", "period", "currency")]
	query = frappe.qb.from_(activities).groupby(*keys)
	query = query.select(
		*keys,
		Count("*").as_("count"),
		Sum(activities.duration).as_("duration"),
		Sum(activities.amount).as_("amount"),
	)
	for key in keys:
		query = query.orderby(key)
	return [_described(row, first, second) for row in query.run(as_dict=True)]


def _select(first: Property, second: Property, period: Period):
	"""Return a query of the activities of a period, with the two properties, month, duration, amount and currency."""
	row = frappe.qb.DocType(ROW)
	query = visible.limit_rows(frappe.qb.from_(row)).where(row.status != "Cancelled")
	query = query.where((row.activity_date >= period.first) & (row.activity_date < period.end))
	for doctype in DOCTYPES:
		document = frappe.qb.DocType(doctype)
		query = query.left_join(document).on((row.activity_type == doctype) & (document.name == row.activity))
	duration, amount, currency = (
		visible.first_known(field, *DOCTYPES) for field in ("duration", "amount", "currency")
	)
	amount = Coalesce(amount, 0)
	return query.select(
		NullIf(first.column(row), "").as_("row"),
		NullIf(second.column(row), "").as_("column"),
		Month(row.activity_date).as_("period"),
		Coalesce(duration, 0).as_("duration"),
		amount.as_("amount"),
		Case().when(amount != 0, currency).as_("currency"),
	)


def _described(row, first: Property, second: Property) -> dict:
	def label(of: Property, value: str | None) -> str:
		return of.show(value) if value else _("Not Set")

	return {
		"row": label(first, row.row),
		"row_value": row.row,
		"column": label(second, row.column),
		"period": row.period,
		"count": row["count"],
		"duration_hours": (row.duration or 0) / HOUR,
		"amount": row.amount or None,
		"currency": row.currency,
	}


def _chart(rows: list[dict]) -> dict | None:
	"""Return the number of activities by month, in a series for each of the most frequent values of the rows."""
	if not rows:
		return None
	months = sorted({row["period"] for row in rows})
	totals: dict[str, dict[str, int]] = {}
	for row in rows:
		by_month = totals.setdefault(row["row"], dict.fromkeys(months, 0))
		by_month[row["period"]] += row["count"]
	ordered = sorted(totals.items(), key=lambda item: -sum(item[1].values()))
	series = [{"name": name, "values": [*numbers.values()]} for name, numbers in ordered[:MOST_SERIES]]
	return {
		"data": {"labels": months, "datasets": series},
		"type": "bar",
		"barOptions": {"stacked": 1},
		"fieldtype": "Int",
	}


def _summary(rows: list[dict]) -> list[dict]:
	hours = sum(row["duration_hours"] for row in rows)
	return [
		{"value": sum(row["count"] for row in rows), "label": _("Activities"), "datatype": "Int"},
		{
			"value": frappe.format(hours, {"fieldtype": "Float", "precision": 1}),
			"label": _("Hours"),
			"datatype": "Data",
		},
	]


def _columns(first: Property, second: Property) -> list[dict]:
	return [
		column("row", _(first.label), "Data", 200),
		column("column", _(second.label), "Data", 160),
		column("period", _("Month"), "Data", 90),
		column("count", _("Activities"), "Int", 100),
		column("duration_hours", _("Hours"), "Float", 90, precision=1),
		column("amount", _("Amount"), "Currency", 130, options="currency"),
	]
