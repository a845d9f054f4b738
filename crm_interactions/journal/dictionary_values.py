"""Copies of an activity's further dictionary values in its journal row, so that the journal's list can filter by them."""

import frappe

from crm_interactions.journal import permission_levels
from crm_interactions.platform.bulk_insert import insert_rows

ROW, ENTRY, FIELD = "Activity Link", "Interaction Dictionary Entry", "dictionary_values"
COLUMNS = ("dictionary", "value")


def copy_values(doc, row: str) -> bool:
	"""Write a document's values, which differ from those of its row, to the row, by query; return whether any differed.

	Without a query if the current save leaves the values as they were. Values on a permission level above 0 aren't copied.
	"""
	if not doc.meta.has_field(FIELD):
		return False
	wanted, before = _read(doc), doc.get_doc_before_save()
	if before and _read(before) == wanted:
		return False
	stored = frappe.get_all(ENTRY, {"parenttype": ROW, "parent": row}, list(COLUMNS), as_list=True)
	if sorted(map(tuple, stored)) == wanted:
		return False
	if stored:
		delete_values([row])
	insert_values(doc, row)
	return True


def insert_values(doc, row: str) -> None:
	"""Insert a document's values into its new row, by query, if there are any."""
	parent = ROW, row, FIELD
	values = [(*parent, idx, *pair) for idx, pair in enumerate(_read(doc), 1)]
	insert_rows(ENTRY, ("parenttype", "parent", "parentfield", "idx", *COLUMNS), values)


def delete_values(rows: list[str]) -> None:
	frappe.db.delete(ENTRY, {"parenttype": ROW, "parent": ("in", rows)})


def clear_values(doctype: str, name: str) -> None:
	"""Delete the copies of a dictionary or of a value that is being deleted; of other types there are none."""
	for column, target in (
		("dictionary", "Interaction Dictionary"),
		("value", "Interaction Dictionary Value"),
	):
		if doctype == target:
			frappe.db.delete(ENTRY, {"parenttype": ROW, column: name})


def _read(doc) -> list[tuple[str, str]]:
	if not doc.meta.has_field(FIELD):
		return []
	rows = map(permission_levels.without_levels, permission_levels.without_levels(doc).get(FIELD) or ())
	return sorted((row.get("dictionary"), row.get("value")) for row in rows if row.get("value"))
