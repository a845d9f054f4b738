"""The attachment mark: lists show it without a query for files (R10)."""

import frappe

from crm_interactions.journal import app_sources, registry, writer


def refresh_mark(doc) -> None:
	"""Set the mark of a saved app activity, but not `modified`, as the save may attach pictures from its notes."""
	has_mark = has_files(doc.doctype, doc.name)
	if has_mark != bool(doc.has_attachment):
		# `modified` stays: open forms remain valid and a completed activity unchanged
		doc.db_set("has_attachment", int(has_mark), update_modified=False)


def update_mark(doctype: str | None, name: str | None) -> None:
	"""Set the mark of an activity whose files changed, by query, in its row and on an app activity; skip others."""
	if not name or not registry.get_source(doctype or ""):
		return
	has_mark = has_files(doctype, name)
	if doctype in app_sources.DOCTYPES:
		frappe.db.set_value(doctype, name, "has_attachment", int(has_mark), update_modified=False)
	writer.mark_attachment(doctype, [name], has_mark)


def update_marks(doctype: str, names: list[str]) -> None:
	"""Set or clear the mark by query in the journal rows, not the documents, of a type, according to their files."""
	found = frappe.get_all(
		"File",
		{"attached_to_doctype": doctype, "attached_to_name": ("in", names or [""])},
		pluck="attached_to_name",
		distinct=True,
		order_by=None,
	)
	writer.mark_attachment(doctype, found, True)
	writer.mark_attachment(doctype, [name for name in names if name not in {*found}], False)


def has_files(doctype: str, name: str) -> bool:
	return bool(frappe.db.exists("File", {"attached_to_doctype": doctype, "attached_to_name": name}))
