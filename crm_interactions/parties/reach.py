"""Who is behind a number or an address: how to reach, made searchable and matched with contacts."""

import frappe

from crm_interactions.parties.phone import reach_key, same_number


def set_key(doc) -> None:
	if doc.meta.has_field("reach_key"):
		doc.reach_key = reach_key(doc.how_to_reach, region())


def region() -> str | None:
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
		names = frappe.get_all("Contact Email", {"email_id": reach.lower()}, pluck="parent", distinct=True)
	else:
		names = _contacts_by_number(reach)
	if not names:
		return []
	return frappe.get_list(
		"Contact", filters={"name": ("in", names)}, pluck="name", order_by="modified desc", limit=limit
	)


def _contacts_by_number(number: str) -> list[str]:
	digits = "".join(filter(str.isdigit, number))
	if len(digits) < 5:
		return []
	# the last digit narrows the search in any punctuation; E.164 decides
	rows = frappe.get_all(
		"Contact Phone",
		filters={"parenttype": "Contact", "phone": ("like", f"%{digits[-1]}")},
		fields=["parent", "phone"],
	)
	here = region()
	return list({row.parent for row in rows if same_number(row.phone, number, here)})
