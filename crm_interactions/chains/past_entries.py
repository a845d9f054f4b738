"""Activities that a reference put into a chain before chains required a right of entry (R15, R26)."""

import frappe
from frappe.permissions import get_role_permissions
from frappe.query_builder.functions import Min

from crm_interactions.chains import locks, log, splitting
from crm_interactions.journal import app_sources, registry, writer
from crm_interactions.visibility import journal_rows, predicate

Row = tuple[str, str, str]  # name of the row, name of the activity, its owner


def unlink_unauthorised() -> list[tuple[str, str]]:
	"""Unlink activities that opened a chain to their owner, each into a new chain; the chain log can undo each split.

	They were added to an existing chain, of which their owner, who may read chains but is restricted, sees no other
	activity. Past rights aren't recorded, so activities that the log shows as moved stay, and those of the app, unless
	a subject that the owner can't read led them there.

	Returns: (type, name) pairs of the unlinked activities.
	"""
	found = []
	for doctype in registry.sources():
		if frappe.db.exists("DocType", doctype):
			found += [(doctype, activity) for activity in _without_right(doctype)]
	for doctype, activity in found:
		splitting.unlink(doctype, activity)
	return found


def _without_right(doctype: str) -> list[str]:
	"""Return the names of a type's activities whose owners see no other activity of the chain."""
	by_owner: dict[tuple[str, str], list[Row]] = {}
	for chain, row in _entered(doctype):
		by_owner.setdefault((chain, row[2]), []).append(row)
	found = []
	for (chain, owner), rows in by_owner.items():
		if predicate.is_restricted(owner) and _reads_chains(owner) and not _sees_more(chain, owner, rows):
			names = (activity for _name, activity, _owner in rows)
			found += [name for name in names if _is_by_reference(doctype, name, owner)]
	return sorted(found)


def _entered(doctype: str) -> list[tuple[str, Row]]:
	"""Return chain and row of a type's activities that were added to an existing chain and never moved."""
	row, first, move = (frappe.qb.DocType(name) for name in (writer.ROW, writer.ROW, log.MOVE))
	first = first.as_("first")
	document = frappe.qb.DocType(doctype)
	began = frappe.qb.from_(first).select(first.chain, Min(first.creation).as_("at")).groupby(first.chain)
	query = (
		frappe.qb.from_(row)
		.join(began)
		.on(began.chain == row.chain)
		.join(document)
		.on(document.name == row.activity)
		.left_join(move)
		.on(move.link == row.name)
		.select(row.chain, row.name, row.activity, document.owner)
		.where((row.activity_type == doctype) & (row.creation > began.at) & move.name.isnull())
		.orderby(row.name)
	)
	return [(chain, (name, activity, owner)) for chain, name, activity, owner in query.run()]


def _reads_chains(user: str) -> bool:
	return bool(get_role_permissions(frappe.get_meta(locks.CHAIN), user=user).get("read"))


def _sees_more(chain: str, user: str, rows: list[Row]) -> bool:
	"""Return whether a user may see rows of a chain besides the given ones."""
	table = frappe.qb.DocType(writer.ROW)
	query = frappe.qb.from_(table).select(table.name).where(table.chain == chain)
	query = query.where(table.name.notin([name for name, *_rest in rows]))
	return bool(journal_rows.limit_to_visible(query, user).limit(1).run())


def _is_by_reference(doctype: str, activity: str, owner: str) -> bool:
	"""Return whether an activity entered by reference; for the app's own, by a subject that the owner can't read."""
	if doctype not in app_sources.DOCTYPES:
		return True
	doc = frappe.get_doc(doctype, activity)
	if doc.get("planned_by") or not doc.get("subject"):
		return False
	return not frappe.has_permission(doc.subject_type, "read", doc=doc.subject, user=owner)
