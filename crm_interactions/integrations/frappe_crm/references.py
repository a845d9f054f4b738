"""Partners of Frappe CRM's tasks, notes and calls."""

import frappe

from crm_interactions.integrations.frappe.references import party_among

REFERENCE = ("reference_doctype", "reference_docname")


def party_of(doc) -> tuple[str, str] | None:
	"""Return the first partner, else a contact's, in reference and `links`; a deal stands for organisation or lead."""
	references = [tuple(doc.get(field) for field in REFERENCE)]
	references += [(row.link_doctype, row.link_name) for row in doc.get("links") or []]
	return party_among(pair for reference in references for pair in _resolve_deal(*reference))


def _resolve_deal(doctype: str | None, name: str | None) -> list[tuple[str | None, str | None]]:
	if doctype != "CRM Deal" or not name:
		return [(doctype, name)]
	deal = frappe.db.get_value("CRM Deal", name, ["organization", "lead"]) or (None, None)
	return [("CRM Organization", deal[0]), ("CRM Lead", deal[1])]
