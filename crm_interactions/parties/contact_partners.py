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
	for contact, *partner in [*_linked(names, types), *(_by_company(names) if ORGANIZATION in types else [])]:
		found.setdefault(contact, []).append(tuple(partner))
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


def _linked(contacts: list[str], types: list[str]) -> list[tuple[str, str, str]]:
	of = {"parenttype": "Contact", "parent": ("in", contacts), "link_doctype": ("in", types)}
	fields = ["parent", "link_doctype", "link_name"]
	return frappe.get_all("Dynamic Link", of, fields, order_by="idx asc", as_list=True)


def _by_company(contacts: list[str]) -> list[tuple[str, str, str]]:
	# Frappe CRM links a person to an organisation by the company name
	of = {"name": ("in", contacts), "company_name": ("is", "set")}
	company = dict(frappe.get_all("Contact", of, ["name", "company_name"], order_by=None, as_list=True))
	among = {"name": ("in", sorted({*company.values()}))}
	known = {*frappe.get_all(ORGANIZATION, among, pluck="name", order_by=None)} if company else set()
	return [(contact, ORGANIZATION, name) for contact, name in company.items() if name in known]
