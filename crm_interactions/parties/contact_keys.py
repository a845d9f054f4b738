"""Who is behind a number or an address: how to reach, made searchable and matched with contacts."""

import frappe

from crm_interactions.parties.phone_match import contact_key, same_number, to_e164


def set_key(doc) -> None:
	if doc.meta.has_field("contact_key"):
		doc.contact_key = contact_key(doc.how_to_reach, find_phone_region())


def find_phone_region() -> str | None:
	"""ISO code of the site's country, as set in System Settings; national numbers are read in its format."""
	country = frappe.db.get_single_value("System Settings", "country", cache=True)
	code = country and frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None


def find_contacts(reach: str, limit: int = 5) -> list[str]:
	"""Return names of the contacts with this number or address that the session's user may read.

	Args:
		reach: telephone number or e-mail address, as typed.
		limit: at most so many, the last changed first.
	"""
	reach = (reach or "").strip()
	if "@" in reach:
		names = _contacts_by_address(reach.lower())
	else:
		names = _contacts_by_number(reach)
	if not names:
		return []
	return frappe.get_list(
		"Contact", filters={"name": ("in", names)}, pluck="name", order_by="modified desc", limit=limit
	)


def _contacts_by_address(address: str) -> list[str]:
	# databases differ about capitals; % and _ of an address only widen the search
	rows = frappe.get_all(
		"Contact Email",
		filters={"parenttype": "Contact", "email_id": ("like", address)},
		fields=["parent", "email_id"],
	)
	return list({row.parent for row in rows if row.email_id.strip().lower() == address})


def _contacts_by_number(number: str) -> list[str]:
	here = find_phone_region()
	wanted = to_e164(number, here)
	if not wanted:
		return []
	# the last digits narrow the search, whatever stands between and after them; E.164 decides
	pattern = "%".join(["", *wanted[-5:], ""])
	rows = frappe.get_all(
		"Contact Phone",
		filters={"parenttype": "Contact", "phone": ("like", pattern)},
		fields=["parent", "phone"],
	)
	return list({row.parent for row in rows if same_number(row.phone, number, here)})
