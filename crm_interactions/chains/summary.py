"""What a chain says of its rows: when it started, what was last, what comes next, how many there are."""

import frappe
from frappe.query_builder.functions import Count, Max, Min
from frappe.query_builder.terms import SubQuery

from crm_interactions.chains.locks import CHAIN
from crm_interactions.journal.writer import ROW

# the columns of a row that these follow from
DEPEND_ON = {"activity_date", "status", "chain"}


def refresh_summary(*chains: str) -> None:
	"""Read them from the rows again; one statement for each chain, whatever its length.

	An UPDATE reads the rows as they are now, where a SELECT before it would show them as the transaction first
	saw them.
	"""
	table = frappe.qb.DocType(CHAIN)
	for chain in sorted(set(chains)):
		(
			frappe.qb.update(table)
			.set(table.started_on, _of(chain, Min))
			.set(table.last_activity_on, _of(chain, Max, "Done"))
			.set(table.next_step_on, _of(chain, Min, "Planned"))
			.set(table.activity_count, _count(chain))
			.where(table.name == chain)
		).run()


def summarise(values: dict) -> dict:
	"""Return what a chain says that holds one row only."""
	date, status = values["activity_date"], values["status"]
	return {
		"started_on": date,
		"last_activity_on": date if status == "Done" else None,
		"next_step_on": date if status == "Planned" else None,
		"activity_count": 1,
	}


def _of(chain: str, function, status: str | None = None):
	row = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(row).select(function(row.activity_date)).where(row.chain == chain)
	return SubQuery(query.where(row.status == status) if status else query)


def _count(chain: str):
	row = frappe.qb.DocType(ROW)
	return SubQuery(frappe.qb.from_(row).select(Count(row.name)).where(row.chain == chain))
