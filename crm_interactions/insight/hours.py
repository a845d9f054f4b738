"""Reports *Activity Hours* and *Activity Details*: when activities take place, by weekday and hour (R27).

Weekday and hour are those of the site's clock. An activity at midnight to the second is one without a time of day.
"""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.query_builder import Case, Order
from frappe.query_builder.functions import Count
from frappe.utils import cint, cstr, get_fullname
from frappe.utils.data import get_start_of_week_index

from crm_interactions.chains.locks import CHAIN
from crm_interactions.insight import activities
from crm_interactions.insight.asked import Period, read_choice, read_period
from crm_interactions.insight.columns import column
from crm_interactions.insight.sql import HourOfDay, TimeOfDay, Weekday
from crm_interactions.parties import partners

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
HOURS = tuple(str(hour) for hour in range(24))
NO_TIME = "No Time"
MIDNIGHT = "00:00:00"


@dataclass(frozen=True)
class Asked:
	"""What a report is asked for; a blank value limits nothing.

	Args:
		weekday: one of `WEEKDAYS`.
		hour: one of `HOURS`, or `NO_TIME`.
	"""

	period: Period
	responsible: str = ""
	weekday: str = ""
	hour: str = ""


def execute(filters: dict | None) -> tuple:
	"""Return columns, rows, message and summary; raises ValidationError for invalid filters.

	The filters are `from_date`, `to_date` and `responsible`, a user.
	"""
	filters = filters or {}
	asked = Asked(read_period(filters), cstr(filters.get("responsible")))
	rows = list_rows(asked)
	note = _(
		"Interactions and meetings that took place, by weekday and hour of their start on the site's clock. Those at midnight have no time."
	)
	summary = [{"value": sum(row["activities"] for row in rows), "label": _("Activities"), "datatype": "Int"}]
	return _columns(), rows, note, None, summary


def list_rows(asked: Asked) -> list[dict]:
	"""Return a row for each weekday and hour with activities, the busiest first.

	Returns: rows of `weekday` and `hour` as shown, `activities`, `share` of all in per cent, `weekday_value` and
		`hour_value`, as in the filters of *Activity Details*, and `place`, the weekday's number in the site's week.
	"""
	query, weekday, hour = _select(asked)
	held = query.select(weekday.as_("weekday"), hour.as_("hour")).as_("held")
	found = (
		frappe.qb.from_(held).groupby(held.weekday, held.hour).select(held.weekday, held.hour, Count("*"))
	).run()
	total = sum(number for _weekday, _hour, number in found)
	first = (get_start_of_week_index() - 1) % 7
	rows = [
		{
			**{"weekday": _(WEEKDAYS[day]), "hour": _show_hour(hour), "activities": number},
			**{"share": 100 * number / total, "place": (day - first) % 7},
			**{"weekday_value": WEEKDAYS[day], "hour_value": HOURS[int(hour)] if hour else NO_TIME},
		}
		for day, hour, number in found
	]
	return sorted(rows, key=lambda row: (-row["activities"], row["place"], cint(row["hour_value"])))


def execute_details(filters: dict | None) -> tuple:
	"""Return columns and rows of *Activity Details*, one for each activity; raises ValidationError for invalid filters.

	The filters are those of *Activity Hours*, with `weekday`, one of `WEEKDAYS`, and `hour`, one of `HOURS` or `NO_TIME`.
	"""
	filters = filters or {}
	weekday = read_choice(filters, "weekday", ["", *WEEKDAYS], "")
	hour = read_choice(filters, "hour", ["", NO_TIME, *HOURS], "")
	asked = Asked(read_period(filters), cstr(filters.get("responsible")), weekday, hour)
	return _columns_of_details(), list_activities(asked)


def list_activities(asked: Asked) -> list[dict]:
	"""Return the activities that took place, the latest first, with their partner and responsible user."""
	query, _weekday, _hour = _select(asked)
	row = frappe.qb.DocType(activities.ROW)
	fields = (
		"activity_type",
		"activity",
		"title",
		"activity_date",
		"chain",
		"party_type",
		"party",
		"responsible",
	)
	for moment in (row.activity_date, row.name):
		query = query.orderby(moment, order=Order.desc)
	rows = query.select(*(row[field] for field in fields)).run(as_dict=True)
	titles = partners.list_titles((row.party_type, row.party) for row in rows if row.party)
	for found in rows:
		found["party_name"] = titles.get((found.party_type, found.party), "")
		found["responsible_name"] = get_fullname(found.responsible) if found.responsible else ""
	return rows


def _select(asked: Asked):
	"""Return a query of the activities, without columns, and its expressions of weekday and hour.

	The hour is text such as 09, blank for no time.
	"""
	query, row = activities.select_held(asked.period, asked.responsible or None)
	weekday = Weekday(row.activity_date)
	has_no_time = TimeOfDay(row.activity_date) == MIDNIGHT
	hour = Case().when(has_no_time, "").else_(HourOfDay(row.activity_date))
	if asked.weekday:
		query = query.where(weekday == WEEKDAYS.index(asked.weekday))
	if asked.hour:
		query = query.where(hour == ("" if asked.hour == NO_TIME else f"{cint(asked.hour):02d}"))
	return query, weekday, hour


def _show_hour(hour: str) -> str:
	return f"{hour}:00–{hour}:59" if hour else _(NO_TIME)


def _columns() -> list[dict]:
	return [
		column("weekday", _("Weekday"), "Data", 140),
		column("hour", _("Hour"), "Data", 130),
		column("activities", _("Activities"), "Int", 110),
		column("share", _("Share"), "Percent", 100, precision=1),
	]


def _columns_of_details() -> list[dict]:
	return [
		column("activity_date", _("Date and Time"), "Datetime", 150),
		column("title", _("Topic"), "Data", 230),
		column("party_name", _("Partner"), "Data", 180),
		column("responsible_name", _("Responsible"), "Data", 140),
		column("activity_type", _("Document Type"), "Data", 120),
		column("activity", _("Document"), "Dynamic Link", 150, options="activity_type"),
		column("chain", _("Chain"), "Link", 140, options=CHAIN),
	]
