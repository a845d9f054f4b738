"""Matches: partner, contact and chain of an exchange, by its thread, the addresses of its people, and their domains."""

from collections.abc import Iterable

import frappe

from crm_interactions.capture import policy
from crm_interactions.capture.exchange import Exchange, Match, Reference
from crm_interactions.capture.people import without_tag
from crm_interactions.journal import registry, writer
from crm_interactions.parties import contact_keys, contact_partners, key_index, partners
from crm_interactions.parties.contact_partners import Partner

INTERACTION = "Interaction"
# address or number → type and name of the contacts and partners with it
Owners = dict[str, list[Reference]]


def find_match(exchange: Exchange, outside: list[str]) -> Match:
	"""Return the match of an exchange; without a partner if none, or more than one, is found.

	The order: the partner of the thread, of the contacts with one of the addresses, a partner with the address, and the
	partner of a domain that an administrator entered. At each step the first address with one partner counts.

	Args: `outside` are addresses or numbers of the people outside, the sender or caller first.
	"""
	owners = find_owners(outside)
	linked = contact_partners.list_partners(_contacts_of(owners, outside))
	found = _found_by_thread([*_interactions(exchange.thread), *exchange.about])
	party = (found.party_type, found.party) if found.party else _party_of(outside, owners, linked)
	if not party:
		return Match(contact=_sole(_contacts_of(owners, outside[:1])))
	theirs = _contacts_at(party, outside, owners, linked)
	return Match(*party, contact=next(iter(theirs.values()), None), chain=found.chain, contacts=theirs)


def find_chain(exchange: Exchange, party: Partner) -> str | None:
	"""Return the chain of the documents that an exchange belongs to, unless it is another partner's."""
	found = _found_by_thread([*_interactions(exchange.thread), *exchange.about])
	return found.chain if not found.party or (found.party_type, found.party) == party else None


def find_contacts_of(party: Partner, addresses: list[str]) -> dict[str, str]:
	"""Return the first contact of a partner with each of these addresses or numbers, as far as it has one."""
	owners = find_owners(addresses)
	return _contacts_at(
		party, addresses, owners, contact_partners.list_partners(_contacts_of(owners, addresses))
	)


def _contacts_at(
	party: Partner, addresses: list[str], owners: Owners, linked: dict[str, list[Partner]]
) -> dict[str, str]:
	return {
		address: own[0]
		for address in addresses
		if (own := [one for one in _contacts_of(owners, [address]) if party in linked.get(one, ())])
	}


def find_owners(addresses: Iterable[str]) -> Owners:
	"""Return address → type and name of the contacts and partners with it; of a number, only with exactly this one."""
	addresses = [*addresses]
	known = {
		address: {address.lower(), without_tag(address).lower()} for address in addresses if "@" in address
	}
	rows = key_index.find_by_addresses({one for forms in known.values() for one in forms})
	kept = key_index.kept_types()
	found = {}
	for address in addresses:
		if address in known:
			own = [row for row in rows if row.value[::-1] in known[address]]
		else:
			alike, exact = contact_keys.find_rows(address)
			own = alike if exact else []
		found[address] = [
			*dict.fromkeys((row.record_type, row.record) for row in own if row.record_type in kept)
		]
	return found


def contacts_of_domain(domain: str, limit: int = 5) -> list[str]:
	"""Return the names of contacts with an address of a domain, found by the start of their reversed addresses."""
	rows = key_index.find_by_domain(domain, limit)
	return [row.record for row in rows if row.record_type == key_index.CONTACT]


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
		party = contact_partners.find_partner(name)
		return Match(*party, contact=name) if party else None
	if not registry.get_source(doctype):
		captured = {"source_type": doctype, "source": name}
		doctype, name = INTERACTION, frappe.db.get_value(INTERACTION, captured, "name")
	row = writer.find_row(doctype, name) if name else None
	return Match(row["party_type"], row["party"], chain=row["chain"]) if row else None


def _party_of(outside: list[str], owners: Owners, linked: dict[str, list[Partner]]) -> Partner | None:
	for find in (lambda own: _by_contact(own, linked), _by_own_address):
		for address in outside:
			if party := find(owners[address]):
				return party
	domains = [address.rpartition("@")[2] for address in outside if "@" in address]
	return next((party for domain in domains if (party := policy.partner_of_domain(domain))), None)


def _by_contact(owners: list[Reference], linked: dict[str, list[Partner]]) -> Partner | None:
	"""Return the one partner of the contacts; None for several of one type, which a user must choose from.

	Of different types the first counts by `contact_partners.rank`, such as the customer that a lead became.
	"""
	found = [
		party for doctype, name in owners if doctype == key_index.CONTACT for party in linked.get(name, ())
	]
	first = min((party[0] for party in found), key=contact_partners.rank, default=None)
	return _sole([party for party in dict.fromkeys(found) if party[0] == first])


def _by_own_address(owners: list[Reference]) -> Partner | None:
	return _sole([owner for owner in owners if owner[0] != key_index.CONTACT])


def _contacts_of(owners: Owners, addresses: list[str]) -> list[str]:
	return [
		name for address in addresses for doctype, name in owners[address] if doctype == key_index.CONTACT
	]


def _sole(found: list):
	return found[0] if len(found) == 1 else None
