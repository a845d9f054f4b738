"""List conditions of the journal and of chains, for users who see few rows (R26).

The conditions of `journal_rows.py` check rows in list order, which is fast when every few rows one is visible. With 200
of 1,000,000 activities visible, a page takes 100,000 rows, so these rows are gathered first, from the documents.
"""

import frappe

from crm_interactions.journal import registry, writer
from crm_interactions.visibility import journal_rows, table_sizes

ROW, CHAIN, LINK = journal_rows.ROW, journal_rows.CHAIN, writer.ROW


def rows_text(user: str | None = None) -> str:
	"""Return the SQL condition of the journal rows that a user can see, without outer brackets; empty for all."""
	few = _query_few("name", user)
	return f"{ROW}.`name` in (select seen.`name` from ({few}) seen)" if few else journal_rows.rows_text(user)  # noqa: S608  as below


def chains_text(user: str | None = None) -> str:
	"""Return the SQL condition of the chains with a visible activity, and of those merged into them; empty for all."""
	few = _query_few("chain", user)
	if not few:
		return journal_rows.chains_text(user)
	# most chains were never merged; without statistics, databases scan all of them
	joined = f"{CHAIN} m join ({few}) seen on m.`merged_into` = seen.`chain`"
	merged = f"select m.`name` from {joined} where m.`merged_into` is not null"  # noqa: S608  as below
	seen = f"select seen.`chain` from ({few}) seen union all {merged}"  # noqa: S608  as below
	return f"{CHAIN}.`name` in (select their.`chain` from ({seen}) their)"  # noqa: S608  all from Frappe


def _query_few(column: str, user: str | None) -> str:
	"""Return a query of one column of the rows that a user can see; empty when the rows are many, all or none."""
	user = user or frappe.session.user
	if user == "Administrator":
		return ""
	whole, conditions = journal_rows.conditions_of(user, sorted(registry.sources()))
	asked = list(conditions.items())
	queries = [_of_type(doctype, condition) for doctype, condition in asked]
	if whole:
		kinds = f"`activity_type` in ({journal_rows.quote_values(whole)})"
		asked.append((LINK, f"{ROW}.{kinds}"))
		queries.append(f"select r.`name`, r.`chain` from {ROW} r where r.{kinds}")  # noqa: S608  as below
	if whole is None or not asked or table_sizes.are_many(*asked):
		return ""
	return " union all ".join(f"select part.`{column}` from ({query}) part" for query in queries)  # noqa: S608  as below


def _of_type(doctype: str, condition: str) -> str:
	table, kind = f"`tab{doctype}`", frappe.db.escape(doctype, percent=False)
	joined = f"{table} join {ROW} r on r.`activity_type` = {kind} and r.`activity` = {table}.`name`"
	return f"select r.`name`, r.`chain` from {joined} where ({condition})"  # noqa: S608  all from Frappe
