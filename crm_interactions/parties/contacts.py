"""Contact persons belong to the chosen partner; the server enforces it, not only the form (R6)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ContactMismatchError


def belongs_to(contact: str, party_type: str, party: str) -> bool:
	"""True when the Contact is linked with the partner in the platform's or a CRM's way."""
	if frappe.db.exists(
		"Dynamic Link",
		{"parenttype": "Contact", "parent": contact, "link_doctype": party_type, "link_name": party},
	):
		return True
	# Frappe CRM ties a person to an organisation by the company's name
	return (
		party_type == "CRM Organization" and frappe.db.get_value("Contact", contact, "company_name") == party
	)


def validate(doc) -> None:
	"""Check the contact person, where contact or partner was changed.

	Raises: ContactMismatchError.
	"""
	if not doc.contact:
		return
	if any(doc.has_value_changed(field) for field in ("contact", "party_type", "party")):
		require_belonging(doc, doc.contact)


def require_belonging(doc, contact: str) -> None:
	"""Raises: ContactMismatchError, when no partner is chosen or the contact is another one's."""
	if not (doc.party_type and doc.party):
		frappe.throw(
			_("Choose the partner first, then the contact person {0}.").format(bold(contact)),
			ContactMismatchError,
			title=_("Partner Is Missing"),
		)
	if not belongs_to(contact, doc.party_type, doc.party):
		frappe.throw(
			_(
				"{0} is no contact person of {1}. Choose one of its contacts, or link {0} with {1} in the contact."
			).format(bold(contact), bold(doc.party)),
			ContactMismatchError,
			title=_("Wrong Contact Person"),
		)
