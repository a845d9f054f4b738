"""Report *Chains Without Next Step*: open chains in which nothing is planned (B5, R23)."""

import frappe
from frappe import _
from frappe.query_builder import Order
from frappe.query_builder.functions import Coalesce
from frappe.utils import get_datetime, get_fullname

from crm_interactions.chains.locks import CHAIN
from crm_interactions.clock import site_time
from crm_interactions.insight import visible
from crm_interactions.insight.columns import column, translate_values
from crm_interactions.journal.writer import ROW
from crm_interactions.parties import partners


def execute(filters: dict | None) -> tuple:
	"""Return columns and rows, limited to the chains of a user by the filter `responsible`."""
	return _columns(), list_rows((filters or {}).get("responsible"))


def list_rows(responsible: str | None = None) -> list[dict]:
	"""Return a row for each open chain without a planned activity, the longest silent first.

	Returns: rows of `chain`, `title`, `party_type`, `party`, `party_name`, `responsible`, `last_activity` (the last that
		took place, else the first of all), `days` since then and `result_of_last`, the outcome of the last readable
		activity that took place.
	"""
	chain = frappe.qb.DocType(CHAIN)
	last = Coalesce(chain.last_activity_on, chain.started_on)
	query = visible.limit_chains(frappe.qb.from_(chain))
	query = query.where((chain.status == "Open") & (chain.has_next_step == 0))
	if responsible:
		query = query.where(chain.responsible == responsible)
	rows = (
		query.select(
			*(chain.name.as_("chain"), chain.title, chain.party_type, chain.party, chain.responsible),
			*(last.as_("last_activity"), _outcome_of_last(chain).as_("result_of_last")),
		)
		.orderby(last)
		.orderby(chain.name)
	).run(as_dict=True)
	return _described(rows)


def _outcome_of_last(chain):
	row = frappe.qb.DocType(ROW)
	query = visible.limit_rows(frappe.qb.from_(row)).select(row.outcome)
	query = query.where((row.chain == chain.name) & (row.status == "Done"))
	for field in (row.activity_date, row.creation):
		query = query.orderby(field, order=Order.desc)
	return query.limit(1)


def _described(rows: list[dict]) -> list[dict]:
	now = site_time.now()
	titles = partners.list_titles((row.party_type, row.party) for row in rows if row.party)
	for row in rows:
		# SQLite gives text
		row["last_activity"] = get_datetime(row.last_activity) if row.last_activity else None
		row["days"] = _days_since(row.last_activity, now)
		row["party_name"] = titles.get((row.party_type, row.party), "")
		row["responsible_name"] = get_fullname(row.responsible) if row.responsible else ""
	translate_values(rows, "result_of_last")
	return rows


def _days_since(moment, now) -> int | None:
	"""Return whole days, 0 for a moment in the future."""
	return max(site_time.elapsed(moment, now).days, 0) if moment else None


def _columns() -> list[dict]:
	return [
		column("chain", _("Chain"), "Link", 140, options=CHAIN),
		column("title", _("Title"), "Data", 230),
		column("party_name", _("Partner"), "Data", 200),
		column("responsible_name", _("Responsible"), "Data", 160),
		column("last_activity", _("Last Activity"), "Datetime", 150),
		column("days", _("Days"), "Int", 80),
		column("result_of_last", _("Last Outcome"), "Data", 140),
	]
