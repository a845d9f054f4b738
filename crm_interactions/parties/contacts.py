"""Contact persons must belong to the chosen partner; the server checks it, not only the form (R6)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold, is_newly_chosen
from crm_interactions.exceptions import ContactMismatchError


def belongs_to(contact: str, party_type: str, party: str) -> bool:
	"""Return whether a Contact is linked to a partner, in Frappe's or in Frappe CRM's way."""
	if frappe.db.exists(
		"Dynamic Link",
		{"parenttype": "Contact", "parent": contact, "link_doctype": party_type, "link_name": party},
	):
		return True
	# Frappe CRM links a person to an organisation by the company name
	return (
		party_type == "CRM Organization" and frappe.db.get_value("Contact", contact, "company_name") == party
	)


def validate(doc) -> None:
	"""Check the contact person if the contact or the partner changed.

	Raises: ContactMismatchError, also for a contact without a partner.
	"""
	if doc.contact and is_newly_chosen(doc, "contact", "party_type", "party"):
		require_belonging(doc, doc.contact)


def require_belonging(doc, contact: str) -> None:
	"""Raise ContactMismatchError if no partner is chosen or the contact doesn't belong to the partner."""
	if not (doc.party_type and doc.party):
		frappe.throw(
			_("Choose the partner first, then the contact person {0}.").format(bold(contact)),
			ContactMismatchError,
			title=_("Partner Is Missing"),
		)
	require_partner(contact, doc.party_type, doc.party)


def require_partner(contact: str, party_type: str, party: str) -> None:
	"""Raise ContactMismatchError if a contact doesn't belong to a partner."""
	if not belongs_to(contact, party_type, party):
		frappe.throw(
			_(
				"{0} is not a contact person of {1}. Choose one of its contacts, or link {0} to {1} in the contact."
			).format(bold(contact), bold(party)),
			ContactMismatchError,
			title=_("Wrong Contact Person"),
		)
