"""Partners of ERPNext documents, also through the documents that they refer to."""

import frappe

from crm_interactions.journal.source import Pair, read_link
from crm_interactions.parties import partners


def first_allowed(*pairs: tuple[str, str | None]) -> tuple[str, str] | None:
	"""Return the first (type, name) pair with a name and a configured partner type, or None."""
	known = partners.party_types()
	return next(((doctype, name) for doctype, name in pairs if name and doctype in known), None)


def take_contact_person(doc, contacts: list[dict]) -> list[dict]:
	"""Set a blank contact person from the first of one or more contacts; return `contacts[:1]` in any case."""
	doc.contact_person = doc.contact_person or contacts[0]["participant"]
	return contacts[:1]


def find_partner(doc, pairs: tuple[Pair, ...], fields: dict[str, str]) -> tuple[str, str] | None:
	"""Return the first partner of a configured type in the documents to which the pairs of `doc` refer, or None.

	`fields` maps partner types, in order, to fields of those documents. Missing documents and fields are skipped.
	"""
	for pair in pairs:
		reference = read_link(doc, pair)
		if not reference:
			continue
		meta = frappe.get_meta(reference[0])
		present = {doctype: field for doctype, field in fields.items() if meta.has_field(field)}
		row = frappe.db.get_value(*reference, list(present.values()), as_dict=True) or {}
		if found := first_allowed(*((doctype, row.get(field)) for doctype, field in present.items())):
			return found
	return None
