"""Summary of a chain's rows: start, last activity, next step, number of activities, turn, and whether it is slow."""

import frappe
from frappe.query_builder import Case
from frappe.query_builder.functions import Count, Max, Min
from frappe.query_builder.terms import SubQuery

from crm_interactions.chains import slowness, turn
from crm_interactions.chains.locks import CHAIN
from crm_interactions.journal.writer import ROW

# columns of a row that the summary is computed from
DEPEND_ON = {"activity_date", "status", "chain", *turn.DEPEND_ON}


def refresh_summary(*chains: str) -> None:
	"""Recompute the summary of chains from their rows, in one statement for each chain; `modified` stays.

	The start is the earliest date, the last activity the latest Done, the next step the earliest Planned; all are
	counted. The turn is that of an open chain. `has_next_step` is for filters: on PostgreSQL, Frappe 15 compares an unset date with "". An UPDATE reads
	the latest rows; a SELECT before it would show them as of the start of the transaction.
	"""
	table = frappe.qb.DocType(CHAIN)
	for chain in sorted(set(chains)):
		last_activity_on = _date_of(chain, Max, "Done")
		(
			turn.set_turn(frappe.qb.update(table), table, last_activity_on)
			.set(table.started_on, _date_of(chain, Min))
			.set(table.last_activity_on, last_activity_on)
			.set(table.next_step_on, _date_of(chain, Min, "Planned"))
			.set(table.has_next_step, _has_next_step(chain))
			.set(table.activity_count, _count(chain))
			.where(table.name == chain)
		).run()
	slowness.refresh(*chains)


def summarise(values: dict) -> dict:
	"""Return, without writing it, the summary of a chain whose only row has these values.

	Returns: `started_on`, `last_activity_on` (None unless Done), `next_step_on` (None unless Planned),
		`has_next_step`, `activity_count`, which is 1 for a cancelled row, too, `turn`, `turn_since` and whether it is slow.
	"""
	date, status = values["activity_date"], values["status"]
	has_next_step = int(bool(date) and status == "Planned")
	return {
		"started_on": date,
		"last_activity_on": date if status == "Done" else None,
		"next_step_on": date if status == "Planned" else None,
		"has_next_step": has_next_step,
		"activity_count": 1,
		"turn": turn.after(values),
		"turn_since": date if status == "Done" else None,
		**slowness.values_of(None if has_next_step else slowness.NO_STEP, None),
	}


def _date_of(chain: str, function, status: str | None = None):
	row = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(row).select(function(row.activity_date)).where(row.chain == chain)
	return SubQuery(query.where(row.status == status) if status else query)


def _has_next_step(chain: str):
	row = frappe.qb.DocType(ROW)
	has_one = Case().when(Count(row.activity_date) > 0, 1).else_(0)
	query = frappe.qb.from_(row).select(has_one)
	return SubQuery(query.where((row.chain == chain) & (row.status == "Planned")))


def _count(chain: str):
	row = frappe.qb.DocType(ROW)
	return SubQuery(frappe.qb.from_(row).select(Count(row.name)).where(row.chain == chain))
