"""Matches: partner, contact and chain of an exchange, by its thread, the addresses of its people, and their domains."""

from collections.abc import Iterable

import frappe

from crm_interactions.capture import policy
from crm_interactions.capture.exchange import Exchange, Match, Reference
from crm_interactions.capture.people import without_tag
from crm_interactions.journal import registry, writer
from crm_interactions.parties import contact_keys, contacts, key_index, partners

INTERACTION = "Interaction"
Partner = tuple[str, str]


def find_match(exchange: Exchange, outside: list[str]) -> Match:
	"""Return the match of an exchange; without a partner if none, or more than one, is found.

	The order: the partner of the thread, of the contacts with one of the addresses, a partner with the address, and the
	partner of a domain that an administrator entered. At each step the first address with one partner counts.

	Args: `outside` are addresses or numbers of the people outside, the sender or caller first.
	"""
	owners = {address: find_owners(address) for address in outside}
	found = _found_by_thread([*_interactions(exchange.thread), *exchange.about])
	party = (found.party_type, found.party) if found.party else _party_of(outside, owners)
	if not party:
		return Match(contact=_sole(_contacts_of(owners, outside[:1])))
	theirs = _contacts_at(party, outside, owners)
	return Match(*party, contact=next(iter(theirs.values()), None), chain=found.chain, contacts=theirs)


def find_chain(exchange: Exchange, party: Partner) -> str | None:
	"""Return the chain of the documents that an exchange belongs to, unless it is another partner's."""
	found = _found_by_thread([*_interactions(exchange.thread), *exchange.about])
	return found.chain if not found.party or (found.party_type, found.party) == party else None


def find_contacts_of(party_type: str, party: str, addresses: list[str]) -> dict[str, str]:
	"""Return the first contact of a partner with each of these addresses or numbers, as far as it has one."""
	return _contacts_at(
		(party_type, party), addresses, {address: find_owners(address) for address in addresses}
	)


def _contacts_at(party: Partner, addresses: list[str], owners: dict[str, list[Reference]]) -> dict[str, str]:
	return {
		address: own[0]
		for address in addresses
		if (own := [one for one in _contacts_of(owners, [address]) if contacts.belongs_to(one, *party)])
	}


def find_owners(address: str) -> list[Reference]:
	"""Return type and name of the contacts and partners with an address, or with exactly a number."""
	if "@" in address:
		rows = key_index.find_by_addresses({address, without_tag(address)})
	else:
		rows, exact = contact_keys.find_rows(address)
		rows = rows if exact else []
	kept = key_index.kept_types()
	return [*dict.fromkeys((row.record_type, row.record) for row in rows if row.record_type in kept)]


def contacts_of_domain(domain: str, limit: int = 5) -> list[str]:
	"""Return the names of contacts with an address of a domain, found by the start of their reversed addresses."""
	rows = key_index.find_by_domain(domain, limit)
	return [row.record for row in rows if row.record_type == key_index.CONTACT]


def parties_of(contact: str) -> list[Partner]:
	"""Return the partners of a contact whose types are configured, leads last, then in the order of the settings."""
	types = partners.party_types()
	rows = frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Contact", "parent": contact, "link_doctype": ("in", types or [""])},
		["link_doctype", "link_name"],
		order_by="idx asc",
		as_list=True,
	)
	found = [*dict.fromkeys(map(tuple, rows))]
	if "CRM Organization" in types and (company := _company_of(contact)):
		found.append(("CRM Organization", company))
	return sorted(dict.fromkeys(found), key=lambda partner: _rank(partner[0]))


def _rank(doctype: str) -> tuple[bool, int]:
	"""Return the rank of a partner type: leads come last, as what they became counts, others as in the settings."""
	return doctype in partners.LEADS, partners.party_types().index(doctype)


def _company_of(contact: str) -> str | None:
	# Frappe CRM links a person to an organisation by the company name
	name = frappe.db.get_value("Contact", contact, "company_name")
	return name if name and frappe.db.exists("CRM Organization", name) else None


def is_known_thread(exchange: Exchange) -> bool:
	"""Return whether an exchange answers another one of this site."""
	return exchange.is_answer or bool(_interactions(exchange.thread))


def _interactions(keys: tuple[str, ...]) -> list[Reference]:
	"""Return the interactions that were captured with these keys, in their order."""
	rows = frappe.get_all(INTERACTION, {"source_key": ("in", keys)}, ["source_key", "name"]) if keys else []
	names = {row.source_key: row.name for row in rows}
	return [(INTERACTION, names[key]) for key in keys if key in names]


def _found_by_thread(about: Iterable[Reference]) -> Match:
	"""Return partner and chain of the first document that has a partner, else of the first with a chain."""
	known = [match for reference in about if (match := _of_document(*reference))]
	return next((match for match in known if match.party), next(iter(known), Match()))


def _of_document(doctype: str, name: str) -> Match | None:
	if doctype in partners.party_types():
		return Match(doctype, name) if frappe.db.exists(doctype, name) else None
	if doctype == key_index.CONTACT:
		return next((Match(*party, contact=name) for party in parties_of(name)), None)
	if not registry.get_source(doctype):
		captured = {"source_type": doctype, "source": name}
		doctype, name = INTERACTION, frappe.db.get_value(INTERACTION, captured, "name")
	row = writer.find_row(doctype, name) if name else None
	return Match(row["party_type"], row["party"], chain=row["chain"]) if row else None


def _party_of(outside: list[str], owners: dict[str, list[Reference]]) -> Partner | None:
	for find in (_by_contact, _by_own_address):
		for address in outside:
			if party := find(owners[address]):
				return party
	domains = [address.rpartition("@")[2] for address in outside if "@" in address]
	return next((party for domain in domains if (party := policy.partner_of_domain(domain))), None)


def _by_contact(owners: list[Reference]) -> Partner | None:
	"""Return the one partner of the contacts; None for several of one type, which a user must choose from.

	Of different types the first counts by `_rank`, such as the customer that a lead became.
	"""
	found = [party for doctype, name in owners if doctype == key_index.CONTACT for party in parties_of(name)]
	first = [party for party in dict.fromkeys(found) if party[0] == _first_type(found)]
	return _sole(first)


def _first_type(found: list[Partner]) -> str:
	return min((party[0] for party in found), key=_rank)


def _by_own_address(owners: list[Reference]) -> Partner | None:
	return _sole([owner for owner in owners if owner[0] != key_index.CONTACT])


def _contacts_of(owners: dict[str, list[Reference]], addresses: list[str]) -> list[str]:
	return [
		name for address in addresses for doctype, name in owners[address] if doctype == key_index.CONTACT
	]


def _sole(found: list):
	return found[0] if len(found) == 1 else None
