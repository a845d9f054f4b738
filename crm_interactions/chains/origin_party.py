"""The partner of a document that names none: that of its origin, which a reference alone must not disclose."""

import frappe

from crm_interactions.chains import entry_right
from crm_interactions.journal import origins, row, writer
from crm_interactions.journal.source import Source


def find_readable(doc, source: Source) -> dict:
	"""Return `party_type` and `party` of the nearest origin with one; {} unless owner and user may read all origins."""
	found = row.party_of_origin(doc, source)
	return found if found and _may_read_origins(doc, source) else {}


def find_in_chain(doc, source: Source, values: dict, chain: str, known: dict | None = None) -> dict:
	"""Return `party_type` and `party` for a document in a chain; empty if it names a partner or none is found.

	If the document was made from an activity in the chain, it takes the partner of the nearest activity it was made
	from, without a check of permissions. If all these activities are in other chains, a document without a stored
	partner takes none; otherwise their partner replaces the stored one if the document's users may read them all, else
	the stored one stays. `known` is the stored row, if any, and `values` the new one.
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
