"""Candidates for *Link…*: activities of the same partner outside the chain (R16).

For an activity without a partner, such as a call from an unknown number, activities of all partners are candidates.
"""

import frappe

from crm_interactions.chains.page import FIELDS, LONGEST, describe_row, run_newest_first
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
	"""Return a page of up to 100 readable activities of other chains that an activity can be linked to, newest first.

	Args:
		text: part of the topic, name or chain.
		kinds: document types; all by default.

	Returns: `rows` as from `page.describe_row`, with `gap` None; `more`; `partner_known`, True if the activity has a
		partner, to whom the rows are then limited. An activity without a row gets none. The right to read it isn't
		checked.
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
	return {
		"rows": [describe_row(row, None) for row in found[:length]],
		"more": len(found) > length,
		"partner_known": bool(known["party"]),
	}
