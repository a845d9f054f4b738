"""Which partner an ERPNext document is about, where it names only another document."""

import frappe

from crm_interactions.journal.source import Pair, read_link
from crm_interactions.parties import partners


def first_allowed(*pairs: tuple[str, str | None]) -> tuple[str, str] | None:
	"""Return the first of these pairs of type and name that is filled and of a configured partner type."""
	known = partners.party_types()
	return next(((doctype, name) for doctype, name in pairs if name and doctype in known), None)


def find_partner(doc, pairs: tuple[Pair, ...], fields: dict[str, str]) -> tuple[str, str] | None:
	"""Return the partner of the first document that these pairs name.

	Args:
		fields: partner type → the field of that document that names such a partner.
	"""
	for pair in pairs:
		reference = read_link(doc, pair)
		if not reference:
			continue
		meta = frappe.get_meta(reference[0])
		there = {doctype: field for doctype, field in fields.items() if meta.has_field(field)}
		row = frappe.db.get_value(*reference, list(there.values()), as_dict=True) or {}
		if found := first_allowed(*((doctype, row.get(field)) for doctype, field in there.items())):
			return found
	return None
