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


def find_alike(doctype: str, field: str, number: str, key: str = "name", **filters) -> list[tuple[str, str]]:
	"""Return key and number of the rows whose number ends like this one, or is the same in E.164; [] for few digits.

	Permissions aren't checked.
	"""
	digits = trailing_digits(number)
	if not digits:
		return []
	# the last five digits narrow the search: the query ignores punctuation, but finds them scattered, too
	end = digits[-FEWEST_DIGITS:]
	rows = frappe.get_all(
		doctype,
		filters={**filters, field: ("like", "%".join(["", *end, ""]))},
		fields=[key, field],
		order_by=None,
		as_list=True,
	)
	regions = list_regions()
	near = [(name, found) for name, found in rows if trailing_digits(found).endswith(end)]
	return [(name, found) for name, found in near if have_same_end(found, number, *regions)]


def _find_by_number(number: str) -> tuple[list[str], bool]:
	alike = find_alike("Contact Phone", "phone", number, key="parent", parenttype="Contact")
	exact = [
		(name, found) for name, found in alike if same_number(found, number, *list_regions_of_contact(name))
	]
	return list({name for name, _found in exact or alike}), bool(exact)
