"""The attachment mark: lists show it without a query for files (R10)."""

import frappe

from crm_interactions.journal import app_sources, registry, writer


def refresh_mark(doc) -> None:
	"""Set or clear a saved app activity's mark by its files, without `modified`; a change runs `on_change`."""
	has_mark = has_files(doc.doctype, doc.name)
	if has_mark != bool(doc.has_attachment):
		# `modified` stays: open forms remain valid and a completed activity unchanged
		doc.db_set("has_attachment", int(has_mark), update_modified=False)


def update_mark(doctype: str | None, name: str | None) -> None:
	"""Set or clear an activity's mark by query, according to its files, in its row and, for an app activity, itself.

	Only the row gets `modified`, if its mark differs. Blank names and unregistered types are skipped.
	"""
	if not name or not registry.get_source(doctype or ""):
		return
	has_mark = has_files(doctype, name)
	if doctype in app_sources.DOCTYPES:
		frappe.db.set_value(doctype, name, "has_attachment", int(has_mark), update_modified=False)
	writer.mark_attachment(doctype, [name], has_mark)


def update_marks(doctype: str, names: list[str]) -> None:
	"""Set or clear, by files, the marks that differ in a type's journal rows, with `modified`; the documents stay."""
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
