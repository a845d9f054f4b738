"""Partners of documents, found through their references."""

from collections.abc import Iterable

import frappe

from crm_interactions.parties import partners


def party_among(references: Iterable[tuple[str | None, str | None]]) -> tuple[str, str] | None:
	"""Return the first partner of a configured type among references, else the first one of their contacts, or None."""
	references = [(doctype, name) for doctype, name in references if doctype and name]
	known = partners.party_types()
	for doctype, name in references:
		if doctype in known:
			return doctype, name
	for doctype, name in references:
		if doctype == "Contact" and (found := _party_of_contact(name, known)):
			return found
	return None


def _party_of_contact(contact: str, known: list[str]) -> tuple[str, str] | None:
	links = frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Contact", "parent": contact, "link_doctype": ("in", known or [""])},
		["link_doctype", "link_name"],
		order_by="idx asc",
		as_list=True,
	)
	return partners.choose_partner(map(tuple, links))
