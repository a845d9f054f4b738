"""Contact keys: *Phone or E-mail* of an activity made searchable, and contacts found by number or address."""

import frappe

from crm_interactions.parties.phone_match import contact_key, same_number, to_e164


def set_key(doc) -> None:
	"""Set `contact_key`, if the type has it, from *Phone or E-mail*, without saving; None if the text is neither."""
	if doc.meta.has_field("contact_key"):
		doc.contact_key = contact_key(doc.how_to_reach, find_phone_region())


def find_phone_region() -> str | None:
	"""Return the ISO code of the country in System Settings, whose format national numbers have; None if unset."""
	country = frappe.db.get_single_value("System Settings", "country", cache=True)
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def find_contacts(text: str, limit: int = 5) -> list[str]:
	"""Return the names of readable contacts with this phone number or e-mail address, as typed; last changed first.

	Text without a match gives []; a match raises PermissionError if the user can't read contacts at all.
	"""
	text = (text or "").strip()
	if "@" in text:
		names = _contacts_by_address(text.lower())
	else:
		names = _contacts_by_number(text)
	if not names:
		return []
	return frappe.get_list(
		"Contact", filters={"name": ("in", names)}, pluck="name", order_by="modified desc", limit=limit
	)


def is_of_contact(text: str | None, contact: str) -> bool:
	"""Return whether a number or an address is one of a contact's own, in any notation."""
	region = find_phone_region()
	key = contact_key(text, region)
	phones = frappe.get_all("Contact Phone", {"parenttype": "Contact", "parent": contact}, pluck="phone")
	mails = frappe.get_all("Contact Email", {"parenttype": "Contact", "parent": contact}, pluck="email_id")
	return key is not None and key in {contact_key(own, region) for own in (*phones, *mails)}


def _contacts_by_address(address: str) -> list[str]:
	# databases differ in case sensitivity; % and _ in an address only widen the search
	rows = frappe.get_all(
		"Contact Email",
		filters={"parenttype": "Contact", "email_id": ("like", address)},
		fields=["parent", "email_id"],
	)
	return list({row.parent for row in rows if row.email_id.strip().lower() == address})


def _contacts_by_number(number: str) -> list[str]:
	region = find_phone_region()
	wanted = to_e164(number, region)
	if not wanted:
		return []
	# the last five digits, with any punctuation, narrow the search; E.164 decides
	pattern = "%".join(["", *wanted[-5:], ""])
	rows = frappe.get_all(
		"Contact Phone",
		filters={"parenttype": "Contact", "phone": ("like", pattern)},
		fields=["parent", "phone"],
	)
	return list({row.parent for row in rows if same_number(row.phone, number, region)})
