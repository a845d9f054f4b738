"""The partner of a document that names none: the partner of the activity from which it was made.

A reference alone must not disclose the partner. It is passed on only if the document's users may read the activity, or
if the document is in the activity's chain.
"""

import frappe

from crm_interactions.chains import entry_right
from crm_interactions.journal import origins, row, writer
from crm_interactions.journal.source import Source


def find_readable(doc, source: Source) -> dict:
	"""Return the origin's `party_type` and `party` if owner and session user may read it; otherwise an empty dict."""
	found = row.party_of_origin(doc, source)
	return found if found and _may_read_origins(doc, source) else {}


def find_in_chain(doc, source: Source, values: dict, chain: str, known: dict | None = None) -> dict:
	"""Return `party_type` and `party` for a document in a chain; empty if it names a partner or none is found.

	Args:
		values: the values of its row.
		chain: name of the chain.
		known: its stored row, if any. Its partner is kept while the document refers to an activity that its users may
			not read.
	"""
	if values["party"]:
		return {}
	if _is_with_origin(doc, source, chain):
		return row.party_of_origin(doc, source)
	if not (known and known["party"]):
		return {}
	if _may_read_origins(doc, source):
		return row.party_of_origin(doc, source)
	return {field: known[field] for field in ("party_type", "party")}


def _may_read_origins(doc, source: Source) -> bool:
	return all(
		frappe.db.exists(*key) and frappe.has_permission(key[0], "read", doc=key[1], user=user)
		for key in origins.iter_origin_activities(doc, source)
		for user in entry_right.users_behind(doc)
	)


def _is_with_origin(doc, source: Source, chain: str) -> bool:
	rows = (writer.find_row(*key) for key in origins.iter_origin_activities(doc, source))
	return any(found and found["chain"] == chain for found in rows)
