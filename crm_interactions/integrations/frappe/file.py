"""Attachments: lists show a mark without asking for each row's files (R10)."""

import frappe

from crm_interactions.activity import ACTIVITY_DOCTYPES


def after_insert(doc, method=None):
	if doc.attached_to_doctype in ACTIVITY_DOCTYPES:
		_mark(doc.attached_to_doctype, doc.attached_to_name)


def on_update(doc, method=None):
	if doc.attached_to_doctype in ACTIVITY_DOCTYPES:
		_mark(doc.attached_to_doctype, doc.attached_to_name)


def after_delete(doc, method=None):
	if doc.attached_to_doctype in ACTIVITY_DOCTYPES:
		_mark(doc.attached_to_doctype, doc.attached_to_name)


def _mark(doctype: str, name: str) -> None:
	attached = {"attached_to_doctype": doctype, "attached_to_name": name}
	# not a change of the document: a form that is open stays valid, a completed one stays as it was
	frappe.db.set_value(
		doctype, name, "has_attachment", int(bool(frappe.db.exists("File", attached))), update_modified=False
	)
