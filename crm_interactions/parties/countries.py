"""Countries whose national phone numbers a site may hold, as ISO codes: the partner's, the site's, all in use."""

import frappe
from frappe.query_builder.functions import Count

from crm_interactions.activities import options

KEY = "crm_interactions:countries_in_use"
KEPT = 3600
MOST = 20


def list_regions(*partners: tuple[str | None, str | None]) -> list[str]:
	"""Return the countries of partners, given as type and name, then the site's, then those in use; each once."""
	own = [country for partner in partners for country in _countries_of(*partner)]
	site = frappe.db.get_single_value("System Settings", "country", cache=True)
	codes = [_code_of(country) for country in [*own, site] if country]
	return list(dict.fromkeys(filter(None, [*codes, *_codes_in_use()])))


def list_regions_of_contact(contact: str) -> list[str]:
	"""Return `list_regions` of a contact's own address and partners; permissions aren't checked."""
	links = frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Contact", "parent": contact},
		["link_doctype", "link_name"],
		as_list=True,
	)
	return list_regions(("Contact", contact), *links)


def _countries_of(doctype: str | None, name: str | None) -> list[str]:
	"""Return the countries in a record's country field and addresses, also of a Contact; [] without a record."""
	meta = options.meta_of(doctype)
	if not meta or not name:
		return []
	fields = [df.fieldname for df in meta.get("fields", {"fieldtype": "Link", "options": "Address"})]
	addresses = [address for address in _values(doctype, name, fields) if address]
	addresses += frappe.get_all(
		"Dynamic Link",
		{"parenttype": "Address", "link_doctype": doctype, "link_name": name},
		pluck="parent",
	)
	countries = _values(doctype, name, ["country"] if meta.has_field("country") else [])
	if addresses:
		countries += frappe.get_all("Address", {"name": ("in", addresses)}, pluck="country")
	return [country for country in countries if country]


def _values(doctype: str, name: str, fields: list[str]) -> list:
	row = frappe.db.get_value(doctype, name, fields, as_dict=True) if fields else None
	return list(row.values()) if row else []


def _codes_in_use() -> list[str]:
	"""Return up to `MOST` countries of the site's addresses, the most frequent first; up to an hour old."""
	known = frappe.cache.get_value(KEY, expires=True)
	if known is None:
		address = frappe.qb.DocType("Address")
		query = frappe.qb.from_(address).select(address.country).groupby(address.country)
		rows = query.orderby(Count("*"), order=frappe.qb.desc).orderby(address.country).limit(MOST).run()
		known = [code for (country,) in rows if country and (code := _code_of(country))]
		frappe.cache.set_value(KEY, known, expires_in_sec=KEPT)
	return known


def _code_of(country: str) -> str | None:
	code = frappe.get_cached_value("Country", country, "code")
	return code.upper() if code else None
