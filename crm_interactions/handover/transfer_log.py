"""What a hand-over did with each document: enough to undo it exactly, and to go on where it was interrupted."""

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import cstr

from crm_interactions.controllers.validation import shorten_text
from crm_interactions.journal import dynamic_links
from crm_interactions.visibility import audience_members

ENTRY = audience_members.ENTRY
DONE, LEFT, GIVEN_BACK, KEPT = "Handed Over", "Left", "Given Back", "Kept"
# what its author keeps, and the successor reads; `visibility.having` knows it by this name
SHOWN, HIDDEN = audience_members.SHOWN, "History Hidden"
COLUMNS = (
	"name",
	"owner",
	"modified_by",
	"creation",
	"modified",
	"hand_over",
	"document_type",
	"document",
	"result",
)


def write_entry(hand_over: str, doctype: str, name: str, result: str, **more) -> str:
	"""Add an entry; return its name.

	Args:
		more: `field`, `old_value` and `new_value` of what was handed over, or the `reason` of what was left.
	"""
	entry = frappe.new_doc(ENTRY)
	entry.update(
		{"hand_over": hand_over, "document_type": doctype, "document": name, "result": result, **more}
	)
	entry.reason = shorten_text(entry.reason or "") or None
	entry.flags.ignore_links = True
	# the app keeps it; nobody writes it himself
	entry.insert(ignore_permissions=True)
	_announce(doctype)
	return entry.name


def find_tried(hand_over: str, doctype: str, names: list[str]) -> set[str]:
	"""Return which of these documents the hand-over dealt with already."""
	found = frappe.get_all(
		ENTRY,
		{
			"hand_over": hand_over,
			"document_type": doctype,
			"document": ("in", names or [""]),
			"result": ("not in", (SHOWN, HIDDEN)),
		},
		pluck="document",
		limit_page_length=0,
	)
	return {cstr(name) for name in found}


def count_by_result(hand_over: str) -> dict[str, int]:
	"""Return how many entries there are of each result."""
	table = frappe.qb.DocType(ENTRY)
	query = frappe.qb.from_(table).select(table.result, Count(table.name)).where(table.hand_over == hand_over)
	return dict(query.groupby(table.result).run())


def done_by_type(hand_over: str) -> dict[str, int]:
	"""Return how many documents of each type were handed over."""
	table = frappe.qb.DocType(ENTRY)
	query = (
		frappe.qb.from_(table)
		.select(table.document_type, Count(table.name))
		.where((table.hand_over == hand_over) & (table.result == DONE))
	)
	return dict(query.groupby(table.document_type).run())


def to_undo(hand_over: str, doctype: str, after: str, limit: int) -> list:
	"""Return entries of a type that can be undone, by name."""
	return frappe.get_all(
		ENTRY,
		{"hand_over": hand_over, "document_type": doctype, "result": DONE, "name": (">", after)},
		["name", "document_type", "document", "field", "old_value", "new_value"],
		order_by="name asc",
		limit_page_length=limit,
	)


def mark_entry(entry: str, result: str, reason: str | None = None) -> None:
	frappe.db.set_value(ENTRY, entry, {"result": result, "reason": shorten_text(reason or "") or None})


def show_activities(hand_over: str, doctype: str, names: list[str]) -> None:
	"""Add an entry for each activity that the successor reads from now on."""
	now, me = frappe.utils.now(), frappe.session.user
	rows = [
		(frappe.generate_hash(length=10), me, me, now, now, hand_over, doctype, name, SHOWN) for name in names
	]
	frappe.db.bulk_insert(ENTRY, list(COLUMNS), rows)
	_announce(doctype)


def hide_activities(hand_over: str, doctype: str, names: list[str]) -> None:
	table = frappe.qb.DocType(ENTRY)
	for some in frappe.utils.create_batch(names, 1000):
		query = frappe.qb.update(table).set(table.result, HIDDEN).where(table.hand_over == hand_over)
		query = query.where((table.document_type == doctype) & table.document.isin(some))
		query.where(table.result == SHOWN).run()


def list_documents(hand_over: str, result: str) -> dict[str, list[str]]:
	"""Return the names of the documents that have a result, by document type."""
	found: dict[str, list[str]] = {}
	rows = frappe.get_all(
		ENTRY,
		{"hand_over": hand_over, "result": result},
		["document_type", "document"],
		order_by="name asc",
		limit_page_length=0,
	)
	for row in rows:
		found.setdefault(row.document_type, []).append(row.document)
	return found


def _announce(doctype: str) -> None:
	"""Without a check of its link, the platform wouldn't know that an entry names it, when it gets another name."""
	dynamic_links.announce_type(ENTRY, "document_type", doctype)
