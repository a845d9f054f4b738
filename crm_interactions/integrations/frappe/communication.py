"""Communication: a mail from which ERPNext makes a document, and which is about that document from then on."""

import frappe

from crm_interactions.chains import entry_right, joining
from crm_interactions.journal import registry, writer


def on_update(doc, method=None):
	"""What was just made from a mail joins the chain of what the mail was about before.

	The platform's *Relink* tells nobody and joins nothing: there the mail was with the wrong document.
	"""
	if not _is_about_something_else(doc):
		return
	row, former = _row(*_about(doc)), _row(*_about(doc.get_doc_before_save()))
	if row and former and _was_made_from(doc, row) and _may_join(row, former):
		# who made it from this mail has answered what *Link…* would ask
		joining.join(_activity(row), _activity(former), across_partners=True, reopen=True)


def _may_join(*rows: dict) -> bool:
	return all(entry_right.may_change(row["chain"]) for row in rows)


def _is_about_something_else(mail) -> bool:
	before = mail.get_doc_before_save()
	return bool(before) and _about(before) != _about(mail)


def _about(mail) -> tuple[str | None, str | None]:
	return mail.reference_doctype, mail.reference_name


def _activity(row: dict) -> tuple[str, str]:
	return row["activity_type"], row["activity"]


def _row(doctype: str | None, name: str | None) -> dict | None:
	return writer.find_row(doctype, name) if name and registry.get_source(doctype) else None


def _was_made_from(mail, row: dict) -> bool:
	"""Whether the document came after the mail and is still alone in its chain."""
	made = frappe.db.get_value(row["activity_type"], row["activity"], "creation")
	alone = frappe.db.get_value("Interaction Chain", row["chain"], "activity_count") == 1
	return alone and made > frappe.utils.get_datetime(mail.creation)
