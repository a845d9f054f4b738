"""Attachments: lists show a mark without asking for each row's files (R10)."""

import frappe

from crm_interactions.journal import app_sources, registry, writer


def refresh_mark(doc) -> None:
	"""Set the mark of a saved activity, for pictures that its notes brought along in the same save."""
	there = has_files(doc.doctype, doc.name)
	if there != bool(doc.has_attachment):
		# not a change of the document: a form that is open stays valid, a completed one stays as it was
		doc.db_set("has_attachment", int(there), update_modified=False)


def update_mark(doctype: str | None, name: str | None) -> None:
	"""Set the mark of an activity whose files changed: in the journal, and on ours."""
	if not name or not registry.get_source(doctype or ""):
		return
	there = has_files(doctype, name)
	if doctype in app_sources.DOCTYPES:
		frappe.db.set_value(doctype, name, "has_attachment", int(there), update_modified=False)
	writer.mark_attachment(doctype, [name], there)


def update_marks(doctype: str, names: list[str]) -> None:
	"""Set the mark in the journal for documents that were there before it."""
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
