"""The partner of a document that names none: the partner of the activity from which it was made.

A reference alone tells its author nothing: the partner is passed on to those who may read that activity, and to
documents that were put into its chain.
"""

import frappe

from crm_interactions.chains import entry_right
from crm_interactions.journal import origins, row, writer
from crm_interactions.journal.source import Source


def of_readable(doc, source: Source) -> dict:
	"""Return `party_type` and `party` of the origin if the users of a document may read it, or else nothing."""
	found = row.party_of_origin(doc, source)
	return found if found and _may_read_origins(doc, source) else {}


def in_chain(doc, source: Source, values: dict, chain: str, known: dict | None = None) -> dict:
	"""Return the same for a document that is in a chain.

	Args:
		values: the values of its row.
		chain: name of the chain.
		known: its row, if it has one. A partner stays when the document comes to refer to an activity that its users
			may not read.
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
		frappe.db.exists(*one) and frappe.has_permission(one[0], "read", doc=one[1], user=user)
		for one in origins.iter_origin_activities(doc, source)
		for user in entry_right.users_behind(doc)
	)


def _is_with_origin(doc, source: Source, chain: str) -> bool:
	rows = (writer.find_row(*one) for one in origins.iter_origin_activities(doc, source))
	return any(found and found["chain"] == chain for found in rows)
