"""Contact keys: *Phone or E-mail* of an activity made searchable, and contacts found by number or address."""

import frappe

from crm_interactions.controllers.addresses import drop_brackets, read_addresses
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.parties.countries import list_regions, list_regions_of_contact
from crm_interactions.parties.phone_match import (
	FEWEST_DIGITS,
	contact_key,
	have_same_end,
	same_number,
	trailing_digits,
)


def set_key(doc) -> None:
	"""Set `contact_key`, if the type has it, from *Phone or E-mail*, without saving; None if the text is neither.

	*Phone or E-mail* stays as typed, except for the angle brackets of addresses. National numbers are read as of the
	partner's country, then the site's, then the countries in use.
	"""
	if doc.meta.has_field("contact_key"):
		doc.contact_key = contact_key(doc.how_to_reach, *_regions_for(doc))
		doc.how_to_reach = drop_brackets(doc.how_to_reach) if doc.how_to_reach else doc.how_to_reach


def _regions_for(doc) -> list[str]:
	text = (doc.how_to_reach or "").strip()
	if not text or "@" in text or text.startswith("+"):
		return []  # no query for countries
	return list_regions((doc.party_type, doc.party))


def find_contacts(text: str, limit: int = 5) -> tuple[list[str], bool]:
	"""Return the names of readable contacts with this phone number or e-mail address, and whether it is theirs.

	If no contact has the whole number, those whose number has the same trailing digits are candidates. The contacts
	last changed come first. Text without a match gives ([], False); a match raises PermissionError if the user can't
	read contacts at all.
	"""
	text = (text or "").strip()[:LONGEST_LINE]
	names, exact = (_find_by_addresses(text), True) if "@" in text else _find_by_number(text)
	if not names:
		return [], False
	filters = {"name": ("in", names)}
	return frappe.get_list("Contact", filters, pluck="name", order_by="modified desc", limit=limit), exact


def is_of_contact(text: str | None, contact: str) -> bool:
	"""Return whether a number or an address is one of a contact's own, in any notation."""
	regions = list_regions_of_contact(contact)
	key = contact_key(text, *regions)
	phones = frappe.get_all("Contact Phone", {"parenttype": "Contact", "parent": contact}, pluck="phone")
	mails = frappe.get_all("Contact Email", {"parenttype": "Contact", "parent": contact}, pluck="email_id")
	return key is not None and key in {contact_key(own, *regions) for own in (*phones, *mails)}


def _find_by_addresses(text: str) -> list[str]:
	wanted = {address.lower() for address in read_addresses(text)}
	# an address may be stored with its name; the other pattern can use an index
	for pattern in ("{0}", "%<{0}>%"):
		if names := [name for address in wanted for name in _match_address(pattern, address)]:
			return list(dict.fromkeys(names))
	return []


def _match_address(pattern: str, address: str) -> list[str]:
	# databases differ in case sensitivity; % and _ in an address only widen the search
	rows = frappe.get_all(
		"Contact Email",
		filters={"parenttype": "Contact", "email_id": ("like", pattern.format(address))},
		fields=["parent", "email_id"],
	)
	return [row.parent for row in rows if address in map(str.lower, read_addresses(row.email_id))]


def _find_by_number(number: str) -> tuple[list[str], bool]:
	digits = trailing_digits(number)
	if not digits:
		return [], False
	# the last five digits narrow the search: the query ignores punctuation, but finds them scattered, too
	end = digits[-FEWEST_DIGITS:]
	rows = frappe.get_all(
		"Contact Phone",
		filters={"parenttype": "Contact", "phone": ("like", "%".join(["", *end, ""]))},
		fields=["parent", "phone"],
	)
	regions = list_regions()
	near = [row for row in rows if trailing_digits(row.phone).endswith(end)]
	alike = [row for row in near if have_same_end(row.phone, number, *regions)]
	exact = [row for row in alike if same_number(row.phone, number, *list_regions_of_contact(row.parent))]
	return list({row.parent for row in exact or alike}), bool(exact)
