"""Entries of a hand-over: its result for each document, enough to undo it exactly and to resume it."""

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import cstr

from crm_interactions.controllers.validation import shorten_text
from crm_interactions.journal import dynamic_links
from crm_interactions.platform.bulk_insert import insert_rows
from crm_interactions.visibility import audience_members

ENTRY = audience_members.ENTRY
DONE, LEFT, GIVEN_BACK, KEPT = "Handed Over", "Left", "Given Back", "Kept"
# the author keeps the activity, the successor can read it; `visibility.audience_members` reads this result
SHOWN, HIDDEN = audience_members.SHOWN, "History Hidden"


def write_entry(hand_over: str, doctype: str, name: str, result: str, **more) -> str:
	"""Add an entry, without checks of permissions and links; return its name.

	Args:
		more: `field`, `old_value` and `new_value` of a document handed over, or the `reason` why one was left.
	"""
	entry = frappe.new_doc(ENTRY)
	entry.update(
		{"hand_over": hand_over, "document_type": doctype, "document": name, "result": result, **more}
	)
	entry.reason = shorten_text(entry.reason or "") or None
	entry.flags.ignore_links = True
	# users have no right to write entries
	entry.insert(ignore_permissions=True)
	_announce(doctype)
	return entry.name


def find_tried(hand_over: str, doctype: str, names: list[str]) -> set[str]:
	"""Return the names of those documents that have an entry of the hand-over, other than as history."""
	tried = {"hand_over": hand_over, "document_type": doctype, "result": ("not in", (SHOWN, HIDDEN))}
	found = frappe.get_all(ENTRY, {**tried, "document": ("in", names or [""])}, pluck="document")
	return {cstr(name) for name in found}


def count_by_result(hand_over: str) -> dict[str, int]:
	"""Return the number of entries by result."""
	table = frappe.qb.DocType(ENTRY)
	query = frappe.qb.from_(table).select(table.result, Count(table.name)).where(table.hand_over == hand_over)
	return dict(query.groupby(table.result).run())


def count_done_by_type(hand_over: str) -> dict[str, int]:
	"""Return the number of documents with the result Handed Over, by document type."""
	table = frappe.qb.DocType(ENTRY)
	query = frappe.qb.from_(table).select(table.document_type, Count(table.name))
	query = query.where((table.hand_over == hand_over) & (table.result == DONE))
	return dict(query.groupby(table.document_type).run())


def list_undoable(hand_over: str, doctype: str, after: str, limit: int) -> list:
	"""Return at most `limit` entries of a type with the result Handed Over, by entry name, after the entry `after`."""
	return frappe.get_all(
		ENTRY,
		{"hand_over": hand_over, "document_type": doctype, "result": DONE, "name": (">", after)},
		["name", "document_type", "document", "field", "old_value", "new_value"],
		order_by="name asc",
		limit_page_length=limit,
	)


def mark_entry(entry: str, result: str, reason: str | None = None) -> None:
	"""Set an entry's result, and its reason, which is cleared if none is given; `modified` is set."""
	frappe.db.set_value(ENTRY, entry, {"result": result, "reason": shorten_text(reason or "") or None})


def show_activities(hand_over: str, doctype: str, names: list[str]) -> None:
	"""Add an entry by query for each activity that the successor can read from now on, also if it has one already."""
	fields = ("hand_over", "document_type", "document", "result")
	insert_rows(ENTRY, fields, ((hand_over, doctype, name, SHOWN) for name in names))
	_announce(doctype)


def hide_activities(hand_over: str, doctype: str, names: list[str]) -> None:
	"""Mark the entries of shown activities as hidden, by query; `modified` stays."""
	table = frappe.qb.DocType(ENTRY)
	for batch in frappe.utils.create_batch(names, 1000):
		query = frappe.qb.update(table).set(table.result, HIDDEN).where(table.hand_over == hand_over)
		query = query.where((table.document_type == doctype) & table.document.isin(batch))
		query.where(table.result == SHOWN).run()


def list_documents(hand_over: str, result: str) -> dict[str, list[str]]:
	"""Return document type → names of the documents with a result."""
	found: dict[str, list[str]] = {}
	filters = {"hand_over": hand_over, "result": result}
	for row in frappe.get_all(ENTRY, filters, ["document_type", "document"], order_by="name asc"):
		found.setdefault(row.document_type, []).append(row.document)
	return found


def _announce(doctype: str) -> None:
	"""Tell Frappe that entries name documents of this type, since saves that ignore links don't."""
	dynamic_links.announce_type(ENTRY, "document_type", doctype)
