"""Contact keys: *Phone or E-mail* of an activity made searchable, and contacts found by number or address."""

import frappe

from crm_interactions.controllers.addresses import drop_brackets, read_addresses
from crm_interactions.controllers.validation import LONGEST_LINE
from crm_interactions.parties import key_index
from crm_interactions.parties.countries import list_regions, list_regions_of_contact
from crm_interactions.parties.phone_match import (
	FEWEST_DIGITS,
	contact_key,
	have_same_end,
	readings,
	same_number,
	trailing_digits,
)

# interactions with one number that are looked at
NEWEST = 50


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

	If no record has the whole number, those whose number has the same trailing digits are candidates. The contacts
	last changed come first. Text without a match gives ([], False); a match raises PermissionError if the user can't
	read contacts at all.
	"""
	found, exact = find_records(text, [key_index.CONTACT], limit)
	return [name for _doctype, name in found], exact


def find_records(text: str, doctypes: list[str], limit: int = 5) -> tuple[list[tuple[str, str]], bool]:
	"""Return type and name of readable records of these types, as `find_contacts` does, in the order of the types."""
	rows, exact = find_rows((text or "").strip()[:LONGEST_LINE])
	found = []
	for doctype in doctypes:
		names = [row.record for row in rows if row.record_type == doctype]
		filters = {"name": ("in", names)}
		listed = (
			frappe.get_list(doctype, filters, pluck="name", order_by="modified desc", limit=limit)
			if names
			else []
		)
		found += [(doctype, name) for name in listed]
	return found, exact and bool(found)


def find_earlier(text: str, doctypes: list[str], limit: int = 5) -> list[tuple[str, str]]:
	"""Return type and name of partners of these types, from readable interactions with this number or address, newest first.

	Interactions with a contact don't count, because a contact that lost the number is no match.
	"""
	key = contact_key((text or "").strip()[:LONGEST_LINE], *list_regions())
	if not key or not frappe.has_permission("Interaction", "read"):
		return []
	of = {
		"contact_key": key,
		"contact": ("is", "not set"),
		"party": ("is", "set"),
		"party_type": ("in", doctypes),
	}
	fields = ["party_type", "party"]
	rows = frappe.get_list("Interaction", of, fields, order_by="starts_on desc", limit=NEWEST)
	return [
		partner
		for partner in dict.fromkeys((row.party_type, row.party) for row in rows)
		if frappe.has_permission(partner[0], "read", doc=partner[1])
	][:limit]


def is_of_contact(text: str | None, contact: str) -> bool:
	"""Return whether a number or an address is one of a contact's own, in any notation."""
	regions = list_regions_of_contact(contact)
	key = contact_key(text, *regions)
	phones = frappe.get_all("Contact Phone", {"parenttype": "Contact", "parent": contact}, pluck="phone")
	mails = frappe.get_all("Contact Email", {"parenttype": "Contact", "parent": contact}, pluck="email_id")
	return key is not None and key in {contact_key(own, *regions) for own in (*phones, *mails)}


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


def find_rows(text: str) -> tuple[list, bool]:
	"""Return `record_type` and `record` of the contacts and partners with this number or address, and whether it is theirs."""
	if "@" in text:
		return key_index.find_by_addresses(read_addresses(text)), True
	alike = key_index.find_by_end(text, *readings(text, *list_regions()))
	exact = [row for row in alike if same_number(row.written, text, *_regions_of(row, text))]
	return exact or alike, bool(exact)


def _regions_of(row, text: str) -> list[str]:
	if row.written.startswith("+") and text.startswith("+"):
		return []  # no query for countries
	is_contact = row.record_type == key_index.CONTACT
	return list_regions_of_contact(row.record) if is_contact else list_regions((row.record_type, row.record))
