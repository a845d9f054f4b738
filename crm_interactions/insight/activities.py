"""Activities that took place, as the figures by time count them: interactions and meetings (R27)."""

import frappe

from crm_interactions.followups import open_work
from crm_interactions.followups.rules import PLANNING
from crm_interactions.insight import visible
from crm_interactions.insight.asked import Period
from crm_interactions.journal.writer import ROW

DONE = "Done"


def select_held(period: Period, responsible: str | None = None):
	"""Return a query of the readable activities of a period that took place, and its table; a user limits it."""
	row = frappe.qb.DocType(ROW)
	query = visible.limit_rows(frappe.qb.from_(row)).where(
		(row.status == DONE) & row.activity_type.isin(PLANNING)
	)
	query = query.where((row.activity_date >= period.first) & (row.activity_date < period.end))
	return (query.where(row.responsible == responsible) if responsible else query), row


def list_behind(period: Period, responsible: str | None = None) -> dict:
	"""Return document type and filters of the list that has the rows of `select_held`."""
	filters = [
		open_work.ACTIVITIES,
		["status", "=", DONE],
		# get_list of Frappe 16 takes the end of "between" as the midnight before that day
		["activity_date", ">=", f"{period.first} 00:00:00"],
		["activity_date", "<", f"{period.end} 00:00:00"],
	]
	return {
		"doctype": ROW,
		"filters": [*filters, *([["responsible", "=", responsible]] if responsible else [])],
	}
