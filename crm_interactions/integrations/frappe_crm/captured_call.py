"""CRM Call Log as an exchange: a call recorded by Frappe CRM's telephony or entered by hand."""

import frappe

from crm_interactions.capture import calls
from crm_interactions.capture.exchange import INCOMING, Exchange, Refusal
from crm_interactions.capture.html_text import text_of_mail
from crm_interactions.chains import membership
from crm_interactions.integrations.frappe_crm.references import REFERENCE

DOCTYPE, NOTE = "CRM Call Log", "FCRM Note"
# tasks and notes of a call have no chain of their own to enter, and contacts are found by the number
BELONGS_TO = ("CRM Deal", "CRM Lead", "CRM Organization")


def read(doc) -> Exchange | Refusal | None:
	"""Return a call that has ended as an exchange; None before that."""
	return calls.read_log(doc, user=find_user(doc), about=tuple(_about(doc)), text=_text(doc))


def after_capture(name: str, interaction: str) -> None:
	"""Take the log out of the journal: its interaction, in the same chain, is the activity now."""
	membership.remove_activity(DOCTYPE, name)


def find_user(doc) -> str | None:
	"""Return the user who was called or who called; None if only the number tells."""
	return (doc.receiver if doc.type == INCOMING else doc.caller) or None


def _about(doc):
	"""Yield the log itself, whose journal row from before capture has a chain, and the records that it is linked to."""
	yield doc.doctype, doc.name
	references = [tuple(doc.get(field) for field in REFERENCE)]
	references += [(row.link_doctype, row.link_name) for row in doc.links]
	yield from (one for one in references if one[0] in BELONGS_TO and one[1])


def _text(doc) -> str:
	names = [doc.note, *(row.link_name for row in doc.links if row.link_doctype == NOTE)]
	found = [frappe.db.get_value(NOTE, name, "content") for name in dict.fromkeys(filter(None, names))]
	return "\n\n".join(text_of_mail(content) for content in found if content)
