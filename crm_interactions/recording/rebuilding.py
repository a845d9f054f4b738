"""Rebuilding of the journal from the documents: adds missing rows, corrects different ones, removes orphans."""

from collections import Counter
from collections.abc import Iterator

import frappe

from crm_interactions.chains import membership
from crm_interactions.journal import attachments, registry, writer
from crm_interactions.journal.source import Source

BATCH = 500


def rebuild_journal(doctype: str | None = None) -> dict:
	"""Rebuild the rows of one document type or of all, without a commit; return the counts as `recording.rebuild`."""
	registry.clear_cache()
	done = Counter(added=0, changed=0, removed=0)
	wanted = [doctype] if doctype else _all_types()
	for name in wanted:
		done.update(_rebuild(name))
	return dict(done)


def names_after(doctype: str, last: str | None, length: int = BATCH) -> list[str]:
	"""Return the next `length` names of documents after a name, or from the start, in name order."""
	filters = {"name": (">", last)} if last else {}
	return frappe.get_all(doctype, filters, pluck="name", order_by="name asc", limit=length)


def record_all(
	names: list[str], doctype: str, source: Source, numbers: Iterator[str] | None = None
) -> Counter:
	"""Write rows and attachment marks of documents; return the counts of `added`, `changed` and `removed` rows.

	A document without a row is placed in a chain. A row is removed if the source doesn't count its document.

	Args:
		names: names of existing documents.
		numbers: reserved for the chains of documents without a row.

	Raises: DoesNotExistError for a name without a document; ChangedMeanwhileError after a deadlock or lock timeout.
	"""
	done = Counter()
	for name in names:
		known = writer.find_row(doctype, name)
		doc = frappe.get_doc(doctype, name)
		number = None if known or not numbers else next(numbers, None)
		if membership.record_activity(doc, source, number):
			done[_describe_change(known, writer.find_row(doctype, name))] += 1
	attachments.update_marks(doctype, names)
	return done


def count_new(names: list[str], doctype: str) -> int:
	"""Return how many of these documents have no row; `names` must be distinct."""
	known = frappe.db.count(
		writer.ROW, {"activity_type": doctype, "activity": ("in", [str(name) for name in names])}
	)
	return len(names) - known


def remove_orphans(doctype: str) -> int:
	"""Remove rows without a document, or all of an unregistered type, as `remove_activity` does; return the number."""
	removed = 0
	source = registry.get_source(doctype)
	for activity in _orphans(doctype, any_document=not source):
		removed += membership.remove_activity(doctype, activity)
	return removed


def _rebuild(doctype: str) -> Counter:
	done = Counter(removed=remove_orphans(doctype))
	source = registry.get_source(doctype)
	if source:
		for names in _batches(doctype):
			done.update(record_all(names, doctype, source))
	return done


def _batches(doctype: str) -> Iterator[list[str]]:
	last = None
	while names := names_after(doctype, last):
		yield names
		last = names[-1]


def _all_types() -> list[str]:
	written = frappe.get_all(writer.ROW, pluck="activity_type", distinct=True, order_by="activity_type")
	return sorted({*registry.sources(), *written})


def _orphans(doctype: str, *, any_document: bool) -> list[str]:
	row = frappe.qb.DocType(writer.ROW)
	query = frappe.qb.from_(row).select(row.activity).where(row.activity_type == doctype)
	if not any_document:
		document = frappe.qb.DocType(doctype)
		query = query.left_join(document).on(document.name == row.activity).where(document.name.isnull())
	return [name for (name,) in query.run()]


def _describe_change(before: dict | None, after: dict | None) -> str:
	if not before:
		return "added"
	return "changed" if after else "removed"
