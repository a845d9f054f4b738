"""Partners of contacts, by their links and in Frappe CRM's way by the company name; the first one stands for a contact."""

from collections.abc import Iterable

import frappe

from crm_interactions.activities import options
from crm_interactions.parties import partners

ORGANIZATION = "CRM Organization"
Partner = tuple[str, str]


def list_partners(contacts: Iterable[str]) -> dict[str, list[Partner]]:
	"""Return contact → (type, name) of its partners of configured types, without a check of permissions.

	The order: leads last, because a contact keeps the link to its lead after a customer was made from it; then by the
	order of types in the settings; then by the contact's own order. A contact without partners is left out.
	"""
	names = sorted({*contacts})
	types = [doctype for doctype in partners.party_types() if options.meta_of(doctype)]
	if not (names and types):
		return {}
	found: dict[str, list[Partner]] = {}
	rows = _read(names, types)
	for contact, doctype, name, _company in rows:
		if doctype:
			found.setdefault(contact, []).append((doctype, name))
	if ORGANIZATION in types:
		_add_organizations({row[0]: row[3] for row in rows if row[3]}, found)
	return {
		contact: sorted(dict.fromkeys(pairs), key=lambda pair: rank(pair[0]))
		for contact, pairs in found.items()
	}


def find_partner(contact: str) -> Partner | None:
	"""Return the first partner of a contact; None without any."""
	return next(iter(list_partners([contact]).get(contact, ())), None)


def rank(doctype: str) -> tuple[bool, int]:
	"""Return the rank of a configured partner type: leads come last, others in the order of the settings."""
	return doctype in partners.LEADS, partners.party_types().index(doctype)


def _read(contacts: list[str], types: list[str]) -> list[tuple]:
	"""Return contact, type and name of a partner (None without one), and company name, in the order of the links."""
	contact, link = frappe.qb.DocType("Contact"), frappe.qb.DocType("Dynamic Link")
	is_link = (link.parenttype == "Contact") & (link.parent == contact.name) & link.link_doctype.isin(types)
	query = frappe.qb.from_(contact).left_join(link).on(is_link)
	query = query.select(contact.name, link.link_doctype, link.link_name, contact.company_name)
	return query.where(contact.name.isin(contacts)).orderby(link.idx).run()


def _add_organizations(companies: dict[str, str], found: dict[str, list[Partner]]) -> None:
	"""Add the organisations that exist, as Frappe CRM links a person to one by the company name."""
	among = {"name": ("in", sorted({*companies.values()}))}
	known = {*frappe.get_all(ORGANIZATION, among, pluck="name", order_by=None)} if companies else set()
	for contact, name in companies.items():
		if name in known:
			found.setdefault(contact, []).append((ORGANIZATION, name))
