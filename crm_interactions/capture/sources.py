"""Documents that are captured: one adapter for each document type reads them as exchanges."""

from collections.abc import Callable
from importlib import import_module

import frappe
from frappe import _

from crm_interactions.capture.exchange import Exchange, Reference, Refusal
from crm_interactions.controllers.validation import bold

# document type → module with `read(doc) -> Exchange | Refusal | None`; None for a document of another kind
ADAPTERS = {
	"Communication": "crm_interactions.integrations.frappe.captured_mail",
	"SMS Log": "crm_interactions.integrations.frappe.captured_sms",
	"Call Log": "crm_interactions.integrations.erpnext.captured_call",
	"CRM Call Log": "crm_interactions.integrations.frappe_crm.captured_call",
}
Reader = Callable[..., Exchange | Refusal | None]


def read(doctype: str, name: str) -> Exchange | Refusal | None:
	"""Return a document as an exchange, or why it isn't captured; None if it is no mail, call or text message.

	Raises: ValidationError for a document type without adapter; DoesNotExistError.
	"""
	if doctype not in ADAPTERS:
		frappe.throw(
			_("Documents of the type {0} aren't captured. Choose one of: {1}.").format(
				bold(_(doctype)), ", ".join(_(one) for one in ADAPTERS)
			)
		)
	return import_module(ADAPTERS[doctype]).read(frappe.get_doc(doctype, name))


def find_user(doc) -> str | None:
	"""Return the user whom the log of a call names."""
	return import_module(ADAPTERS[doc.doctype]).find_user(doc)


def after_capture(source: Reference | None, interaction: str) -> None:
	"""Let the adapter link the document to its interaction, if it has an `after_capture(name, interaction)`."""
	if not source:
		return
	doctype, name = source
	if link := getattr(import_module(ADAPTERS[doctype]), "after_capture", None):
		link(name, interaction)
