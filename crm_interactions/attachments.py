"""Attachments: lists show a mark without asking for each row's files (R10)."""

import frappe


def refresh(doc) -> None:
	"""Set the mark of a saved activity, for pictures that its notes brought along in the same save."""
	there = has_files(doc.doctype, doc.name)
	if there != bool(doc.has_attachment):
		# not a change of the document: a form that is open stays valid, a completed one stays as it was
		doc.db_set("has_attachment", int(there), update_modified=False)


def mark(doctype: str, name: str | None) -> None:
	"""Set the mark of an activity whose files changed."""
	if name:
		frappe.db.set_value(
			doctype, name, "has_attachment", int(has_files(doctype, name)), update_modified=False
		)


def has_files(doctype: str, name: str) -> bool:
	return bool(frappe.db.exists("File", {"attached_to_doctype": doctype, "attached_to_name": name}))
