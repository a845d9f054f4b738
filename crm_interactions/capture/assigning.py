"""Assignment of captured items to partners, with their siblings, and items, addresses and domains ignored for good."""

from dataclasses import replace

import frappe
from frappe import _

from crm_interactions.capture import filing, matching, policy, records
from crm_interactions.capture.exchange import Exchange, Match, from_json
from crm_interactions.controllers.validation import bold
from crm_interactions.exceptions import ChangedMeanwhileError
from crm_interactions.parties import contact_keys, contact_partners, contacts, partners

ITEM, CONTACT = records.ITEM, "Contact"
THIS, ADDRESS, DOMAIN = "this", "address", "domain"
SCOPES = (THIS, ADDRESS, DOMAIN)
ASSIGNED_FIELDS = ("party_type", "party", "contact", "interaction", "status")


def assign(item, party_type: str, party: str, contact: str | None = None, *, teach: bool = False) -> dict:
	"""Make interactions of an item and of its siblings, the open items with the same address or number.

	Args:
		item: document of an item, whose reading is permitted.
		party_type, party: partner of a configured type.
		contact: contact person of the partner.
		teach: add the address or number to the contact.

	Returns: `doctype` and `name` of the item's interaction, and `siblings`: names of the other items assigned.

	The partner needn't be readable, as for any interaction.

	Raises: PermissionError without the right to create interactions, or to change the contact;
		PartyTypeError; ContactMismatchError; MandatoryError to teach without a contact; ChangedMeanwhileError for an item
		that isn't open any more.
	"""
	frappe.has_permission(records.INTERACTION, "create", throw=True)
	partners.require_party(party_type, party)
	if contact:
		contacts.require_partner(contact, party_type, party)
	_hold(item)
	if teach:
		_teach(contact, item.address)
	made = _assign_one(item, party_type, party, contact)
	siblings = [frappe.get_doc(ITEM, name) for name in _open_items({"address": item.address})]
	for sibling in siblings:
		_assign_one(sibling, party_type, party, contact)
	return {**made, "siblings": [sibling.name for sibling in siblings]}


def ignore(item, scope: str = THIS) -> list[str]:
	"""Ignore an item; for an address or a domain, all its open items, and exclude it from capture.

	Returns: the names of the ignored items.

	Raises: ValidationError for an unknown scope, or a domain of a number; PermissionError, for a domain also if the user
		may not exclude it; ChangedMeanwhileError.
	"""
	if scope not in SCOPES:
		frappe.throw(_("{0} is no scope. Choose one of: {1}.").format(bold(scope), ", ".join(SCOPES)))
	_hold(item)
	names = [item.name]
	if scope != THIS:
		pattern = item.address if scope == ADDRESS else _domain_of(item.address)
		_exclude(pattern)
		alike = pattern if scope == ADDRESS else ("like", f"%@{pattern}")
		names += _open_items({"address": alike, "name": ("!=", item.name)})
	for name in names:
		_write(name, {"status": records.IGNORED})
	return names


def list_candidates(item) -> list[dict]:
	"""Return up to five readable partners that the item may belong to, the likeliest first, each with its reason.

	Returns: rows of `party_type`, `party`, `party_name`, `contact` and `reason`.
	"""
	exchange = _exchange(item)
	found: dict[tuple, dict] = {}
	for (party_type, party), contact, reason in _candidates(item, exchange):
		if (party_type, party) not in found and frappe.has_permission(party_type, "read", doc=party):
			found[party_type, party] = {
				"party_type": party_type,
				"party": party,
				"party_name": partners.get_title(party_type, party),
				"contact": contact,
				"reason": reason,
			}
	return [*found.values()][:5]


def _candidates(item, exchange: Exchange):
	"""Yield partner, contact and reason, the likeliest first."""
	owners = matching.find_owners(
		dict.fromkeys([item.address, *(person.address for person in exchange.people)])
	)
	for address, own in owners.items():
		for doctype, name in own:
			if doctype != CONTACT:
				yield (doctype, name), None, _("Has {0}").format(address)
				continue
			for party in _readable_partners(name):
				yield party, name, _("Has a contact with {0}").format(address)
	for party in contact_keys.find_earlier(item.address, partners.party_types()):
		yield party, None, _("Earlier interactions with {0}").format(item.address)
	domain = item.address.rpartition("@")[2] if "@" in item.address else ""
	for name in matching.contacts_of_domain(domain) if domain else []:
		for party in _readable_partners(name):
			yield party, name, _("Has a contact at {0}").format(domain)


def _readable_partners(contact: str) -> list[tuple[str, str]]:
	"""Return the partners of a contact; none of a contact that the user may not read, whom the reason would reveal."""
	if not frappe.has_permission(CONTACT, "read", doc=contact):
		return []
	return contact_partners.list_partners([contact]).get(contact, [])


def _hold(item) -> None:
	"""Lock an item and raise ChangedMeanwhileError if it isn't open any more."""
	status = frappe.db.get_value(ITEM, item.name, "status", for_update=True)
	if status != records.TO_ASSIGN:
		frappe.throw(
			_("{0} is already {1}. Reload the list.").format(bold(item.title), bold(_(status))),
			ChangedMeanwhileError,
			title=_("Changed Meanwhile"),
		)


def _open_items(filters: dict) -> list[str]:
	# siblings that the user can't see stay: they may be of another colleague
	return frappe.get_list(
		ITEM, {**filters, "status": records.TO_ASSIGN}, pluck="name", order_by="received_on asc"
	)


def _assign_one(item, party_type: str, party: str, contact: str | None) -> dict:
	exchange = _exchange(item)
	match = matching.find_match(exchange, [item.address])
	chain = matching.find_chain(exchange, (party_type, party))
	own = {item.address: contact} if contact else {}
	known = Match(party_type, party, contact, chain, contacts={**match.contacts, **own})
	# the item frees the key before the interaction takes it over
	made = filing.file_interaction(exchange, known)
	_write(
		item.name,
		dict(zip(ASSIGNED_FIELDS, (party_type, party, contact, made["name"], records.ASSIGNED), strict=True)),
	)
	return made


def _exchange(item) -> Exchange:
	exchange = from_json(item.content, item.notes or "")
	# the document may have been renamed since
	source = (item.source_type, item.source) if item.source else exchange.source
	return replace(exchange, source=source)


def _write(name: str, values: dict) -> None:
	doc = frappe.get_doc(ITEM, name)
	doc.update(values)
	# only code writes items; the caller checks the rights to assign or ignore them
	doc.save(ignore_permissions=True)


def _teach(contact: str | None, address: str) -> None:
	"""Add an address or a number to a contact that the user may change, unless the contact has it."""
	if not contact:
		frappe.throw(
			_("Choose the contact who has {0}, or leave out adding it.").format(bold(address)),
			frappe.MandatoryError,
		)
	if contact_keys.is_of_contact(address, contact):
		return
	doc = frappe.get_doc(CONTACT, contact)
	if "@" in address:
		doc.add_email(address, is_primary=not doc.email_ids)
	else:
		doc.add_phone(address, is_primary_mobile_no=not doc.phone_nos)
	doc.save()


def _exclude(pattern: str) -> None:
	if not frappe.db.exists(policy.EXCLUSION, policy.exclusion_key(pattern)):
		frappe.get_doc({"doctype": policy.EXCLUSION, "pattern": pattern}).insert()


def _domain_of(address: str) -> str:
	if "@" not in address:
		frappe.throw(_("{0} is a number and has no domain. Ignore the number instead.").format(bold(address)))
	return address.rpartition("@")[2]
