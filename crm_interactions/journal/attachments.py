"""The attachment mark: lists show it without a query for files (R10).

The files of the mail or call that an interaction was captured from count, too.
"""

import frappe
from pypika.terms import Criterion

from crm_interactions.journal import app_sources, registry, writer

# the document type that mails, calls and text messages become
CAPTURED = "Interaction"


def refresh_mark(doc) -> None:
	"""Set or clear a saved app activity's mark by its files, without `modified`; a change runs `on_change`."""
	source = doc.get("source_type"), doc.get("source")
	has_mark = has_files((doc.doctype, doc.name), *([source] if all(source) else []))
	if has_mark != bool(doc.has_attachment):
		# `modified` stays: open forms remain valid and a completed activity unchanged
		doc.db_set("has_attachment", int(has_mark), update_modified=False)


def update_mark(doctype: str | None, name: str | None) -> None:
	"""Set or clear an activity's mark by query, according to its files, in its row and, for an app activity, itself.

	Only the row gets `modified`, if its mark differs. Blank names and unregistered types are skipped.
	"""
	if not name or not registry.get_source(doctype or ""):
		return
	has_mark = bool(_with_files(doctype, [name]))
	if doctype in app_sources.DOCTYPES:
		frappe.db.set_value(doctype, name, "has_attachment", int(has_mark), update_modified=False)
	writer.mark_attachment(doctype, [name], has_mark)


def update_marks(doctype: str, names: list[str]) -> None:
	"""Set or clear, by files, the marks that differ in a type's journal rows, with `modified`; the documents stay."""
	found = _with_files(doctype, names)
	writer.mark_attachment(doctype, [*found], True)
	writer.mark_attachment(doctype, [name for name in names if name not in found], False)


def update_mark_of_source(doctype: str, name: str) -> None:
	"""Set or clear, as `update_mark`, the mark of the interaction that a document was captured as, if any."""
	if interaction := frappe.db.get_value(CAPTURED, {"source_type": doctype, "source": name}, "name"):
		update_mark(CAPTURED, interaction)


def has_files(*documents: tuple[str, str]) -> bool:
	"""Return whether one of the documents, given by type and name, has a file."""
	file = frappe.qb.DocType("File")
	attached = [
		(file.attached_to_doctype == doctype) & (file.attached_to_name == name) for doctype, name in documents
	]
	return bool(frappe.qb.from_(file).select(file.name).where(Criterion.any(attached)).limit(1).run())


def _with_files(doctype: str, names: list[str]) -> set[str]:
	"""Return the activities of a type that have files, or whose source has."""
	found = {*_attached(doctype, names)}
	if doctype == CAPTURED:
		rows = frappe.get_all(
			CAPTURED,
			{"name": ("in", names or [""]), "source": ("is", "set")},
			["name", "source_type", "source"],
			order_by=None,
		)
		for source_type in {row.source_type for row in rows}:
			of_type = {row.source: row.name for row in rows if row.source_type == source_type}
			found |= {of_type[source] for source in _attached(source_type, [*of_type])}
	return found


def _attached(doctype: str, names: list[str]) -> list[str]:
	of = {"attached_to_doctype": doctype, "attached_to_name": ("in", names or [""])}
	return frappe.get_all("File", of, pluck="attached_to_name", distinct=True, order_by=None)
