"""Communication: an e-mail that is captured, or that ERPNext turns into a document and then links to that document."""

import frappe

from crm_interactions.capture import capturing, policy
from crm_interactions.chains import entry_right, joining
from crm_interactions.integrations.frappe import captured_mail, email_account
from crm_interactions.journal import registry, writer


def on_update(doc, method=None):
	"""Join the chain of a document made from an e-mail to the chain of the e-mail's former reference, logging that.

	The document must be newer than the e-mail and alone in its chain, and the user must have the right to both chains;
	otherwise nothing happens. Partners may differ; a closed chain is reopened. Frappe's *Relink* runs no events.

	Raises: ValidationError if one of the documents is cancelled; ChangedMeanwhileError.
	"""
	if not _is_relinked(doc):
		return
	row, former = _row(*_reference(doc)), _row(*_reference(doc.get_doc_before_save()))
	if row and former and _was_made_from(doc, row) and _may_join(row, former):
		# creating the document from the e-mail already confirms what *Link…* would ask
		joining.join(_activity(row), _activity(former), across_partners=True, reopen=True)


def _may_join(*rows: dict) -> bool:
	return all(entry_right.may_change(row["chain"]) for row in rows)


def _is_relinked(mail) -> bool:
	before = mail.get_doc_before_save()
	return bool(before) and _reference(before) != _reference(mail)


def _reference(mail) -> tuple[str | None, str | None]:
	return mail.reference_doctype, mail.reference_name


def _activity(row: dict) -> tuple[str, str]:
	return row["activity_type"], row["activity"]


def _row(doctype: str | None, name: str | None) -> dict | None:
	return writer.find_row(doctype, name) if name and registry.get_source(doctype) else None


def _was_made_from(mail, row: dict) -> bool:
	"""Return whether the document is newer than the e-mail and the only activity in its chain."""
	made = frappe.db.get_value(row["activity_type"], row["activity"], "creation")
	alone = frappe.db.get_value("Interaction Chain", row["chain"], "activity_count") == 1
	return alone and made > frappe.utils.get_datetime(mail.creation)


def after_insert(doc, method=None):
	"""Capture an e-mail that was sent, or entered by another program; received ones are captured with their headers."""
	if not captured_mail.is_mail(doc) or frappe.flags.get(email_account.FLAG) or not policy.is_mail_on():
		return
	capturing.capture_safely(doc.doctype, doc.name)
