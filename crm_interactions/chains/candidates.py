"""Candidates for *Link…*: activities of the same partner outside the chain (R16).

For an activity without a partner, such as a call from an unknown number, activities of all partners are candidates.
"""

import frappe

from crm_interactions.chains.page import FIELDS, LONGEST, describe_row, full_names, run_newest_first
from crm_interactions.journal import writer
from crm_interactions.visibility import journal_rows


def list_candidates(
	activity_type: str,
	activity: str,
	text: str = "",
	kinds: list[str] | None = None,
	start: int = 0,
	length: int = 20,
) -> dict:
	"""Return a page of at most 100 readable activities, cancelled ones too, of other chains, newest first.

	Args:
		activity_type, activity: the activity to link; rights to it aren't checked. Without a row, the page is empty.
		text: part of the topic, name or chain; `%` and `_` are wildcards.
		kinds: document types; all if empty.

	Returns: `rows` as from `page.describe_row`, with `gap` None; `more`, whether older ones follow; `partner_known`,
		True if the activity has a partner, to whom the rows are then limited.
	"""
	known = writer.find_row(activity_type, activity)
	if not known:
		return {"rows": [], "more": False, "partner_known": False}
	start, length = max(start, 0), min(max(length, 1), LONGEST)
	table = frappe.qb.DocType(writer.ROW)
	query = frappe.qb.from_(table).select(*(table[field] for field in FIELDS))
	query = query.where(table.chain != known["chain"])
	if known["party"]:
		query = query.where((table.party_type == known["party_type"]) & (table.party == known["party"]))
	if text:
		like = f"%{text}%"
		query = query.where(table.title.like(like) | table.activity.like(like) | table.chain.like(like))
	if kinds:
		query = query.where(table.activity_type.isin(kinds))
	found = run_newest_first(journal_rows.limit_to_visible(query), table, start, length + 1)
	names = full_names(found[:length])
	return {
		"rows": [describe_row(row, None, names) for row in found[:length]],
		"more": len(found) > length,
		"partner_known": bool(known["party"]),
	}
