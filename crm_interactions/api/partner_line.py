"""HTTP methods for the line and the heat map on the form of a partner or another document (R27, B4)."""

import frappe

from crm_interactions.api import arguments, reading
from crm_interactions.chains import related
from crm_interactions.insight import contact_days, partner_line

MOST_NAMES = 500  # an address of a list with more filters than that is too long


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_line(
	party_type: str | None = None,
	party: str | None = None,
	document_type: str | None = None,
	document: str | None = None,
) -> dict | None:
	"""Return the line of a partner, or of another document, as `partner_line.of_partner`; None if it's empty.

	Raises: PermissionError without read permission on the document; ValidationError without its type.
	"""
	if party:
		return partner_line.of_partner(_partners(party_type, party))
	reading.require_document(document_type, document)
	return partner_line.of_document(document_type, document)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def get_days(
	party_type: str | None = None,
	party: str | None = None,
	document_type: str | None = None,
	document: str | None = None,
) -> dict[str, int]:
	"""Return day → number of the activities of the last year that took place and that the user may read.

	They are those with a partner, or about another document. Days without any are left out.

	Raises: PermissionError without read permission on the document; ValidationError without its type.
	"""
	if party:
		return contact_days.of_partner(_partners(party_type, party))
	reading.require_document(document_type, document)
	return contact_days.of_document(document_type, document)


@frappe.whitelist(methods=["GET"])
@arguments.checked
def list_chains(
	figure: str,
	party_type: str | None = None,
	party: str | None = None,
	document_type: str | None = None,
	document: str | None = None,
) -> list[str]:
	"""Return up to `MOST_NAMES` names of the chains behind a `figure` of `get_line`, the latest first; raises as that.

	Args: `figure` is one of `partner_line.FIGURES`; there are no chains behind another one.
	"""
	if party:
		return partner_line.list_of_partner(_partners(party_type, party), figure, MOST_NAMES)
	reading.require_document(document_type, document)
	return partner_line.list_of_document(document_type, document, figure, MOST_NAMES)


def _partners(party_type: str | None, party: str) -> list[related.Partner]:
	reading.require_document(party_type, party)
	return related.list_partners(party_type, party)
