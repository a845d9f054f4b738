"""File: keeps the attachment mark of activities up to date (R10)."""

from crm_interactions.capture import sources
from crm_interactions.journal import attachments
from crm_interactions.visibility import files_and_tags, grants


def on_update(doc, method=None):
	if doc.attached_to_doctype in files_and_tags.ROWS:
		grants.refuse_row(doc.attached_to_doctype)
	_mark(doc)
	before = doc.get_doc_before_save()
	if before and before.attached_to_name != doc.attached_to_name:
		_mark(before)


def after_delete(doc, method=None):
	_mark(doc)


def _mark(file) -> None:
	if file.attached_to_doctype and file.attached_to_name:
		attachments.update_mark(file.attached_to_doctype, file.attached_to_name)
		if file.attached_to_doctype in sources.ADAPTERS:
			attachments.update_mark_of_source(file.attached_to_doctype, file.attached_to_name)
