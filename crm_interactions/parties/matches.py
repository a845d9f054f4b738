"""Matches of a number or an address: contacts and partners that the user may read, as forms and cards show them."""

import frappe

from crm_interactions.parties import contact_keys, contact_partners, key_index, partners

MOST = 5
PARTNER = ("party_type", "party", "party_name")


def find_matches(text: str) -> list[dict]:
	"""Return up to five readable contacts and partners with this number or address; see `api.party.find`."""
	types = [doctype for doctype in key_index.kept_types() if frappe.has_permission(doctype, "read")]
	found, exact = contact_keys.find_records(text, types, MOST)
	rows = _with_partners([name for doctype, name in found if doctype == key_index.CONTACT])
	known = {(row["party_type"], row["party"]) for row in rows}
	# ERPNext copies the number of a contact to its partner; Frappe lists users whom it doesn't let everybody read
	others = [one for one in found if one[0] != key_index.CONTACT and one not in known]
	rows += [_of_partner(*one) for one in others if frappe.has_permission(one[0], "read", doc=one[1])]
	if not rows:
		rows, exact = [_of_partner(*one) for one in contact_keys.find_earlier(text, types, MOST)], False
	return [{**row, "exact": exact} for row in rows[:MOST]]


def find_by_name(text: str) -> list[dict]:
	"""Return up to `MOST` readable contacts and as many partners whose name has this text, as rows of `find_matches`.

	The last changed ones come first; a contact has its first partner.
	"""
	text = text.strip()
	if not text:
		return []
	rows = _with_partners(_list_named(key_index.CONTACT, text))
	known = {(row["party_type"], row["party"]) for row in rows}
	for doctype in partners.party_types():
		rows += [
			_of_partner(doctype, name) for name in _list_named(doctype, text) if (doctype, name) not in known
		]
	return [{**row, "exact": False} for row in rows]


def _list_named(doctype: str, text: str) -> list[str]:
	if not frappe.has_permission(doctype, "read"):
		return []
	title = frappe.get_meta(doctype).get_title_field()
	filters = {title: ("like", f"%{text}%")}
	return frappe.get_list(doctype, filters=filters, pluck="name", order_by="modified desc", limit=MOST)


def _with_partners(contacts: list[str]) -> list[dict]:
	"""Return contacts that the user may read, each with its first partner, if that is readable; two queries for all."""
	if not contacts:
		return []
	of = {"name": ("in", contacts)}
	names = dict(frappe.get_all("Contact", of, ["name", "full_name"], as_list=True))
	linked = contact_partners.list_partners(contacts)
	return [
		_with_partner(contact, names[contact], next(iter(linked.get(contact, ())), None))
		for contact in contacts
	]


def _with_partner(contact: str, full_name: str | None, partner: tuple[str, str] | None) -> dict:
	known = partner and frappe.has_permission(partner[0], "read", doc=partner[1])
	values = _of_partner(*partner) if known else dict.fromkeys(PARTNER)
	return {**values, "contact": contact, "full_name": full_name}


def _of_partner(doctype: str, name: str) -> dict:
	values = dict(zip(PARTNER, (doctype, name, partners.get_title(doctype, name)), strict=True))
	return {"contact": None, "full_name": None, **values}
