"""What My Day shows beside the journal's own values: names, numbers, and the last line of the last note.

Each document type costs one query, whatever the number of rows. All values are limited to what the reader may read.
"""

from collections.abc import Iterable

import frappe
from frappe.query_builder.functions import Max

from crm_interactions.chains import page
from crm_interactions.day import others
from crm_interactions.followups import rules
from crm_interactions.invitations import plain_text
from crm_interactions.journal import registry
from crm_interactions.parties import partners
from crm_interactions.parties.participants import EMAIL_FIELDS, PHONE_FIELDS
from crm_interactions.platform.stored_text import as_typed
from crm_interactions.visibility import journal_rows

ROW = "Activity Link"
LONGEST_NOTE = 200
Key = tuple[str, str]


def add_details(rows: list[dict]) -> None:
	"""Add to rows of activities and chains what My Day shows of them.

	A chain gets the `contact` of its last activity. Further values are `responsible_name`, `party_name`, `contact_name`,
	`phone`, `email`, `note`, `icon`, `color`, and of activities `done_status` and `may_snooze` (`others`); None where
	nothing is known.
	"""
	if not rows:
		return
	latest = _find_latest({row.get("chain") or row.name for row in rows})
	for row in rows:
		if not row.get("activity"):
			row.contact = latest.get(row.name, (None, None, None))[2]
	documents = _read_documents(rows, {chain: (kind, name) for chain, (kind, name, _who) in latest.items()})
	people, names = _read_people(rows), page.full_names(rows)
	titles = partners.list_titles({(row.party_type, row.party) for row in rows if row.party})
	for row in rows:
		own = documents.get(_key(row), {})
		person = people.get(("Contact", row.get("contact"))) or people.get((row.party_type, row.party)) or {}
		phone, email = _split(own.get("how_to_reach"))
		row.update(
			note=own.get("note"),
			phone=phone or person.get("phone"),
			email=email or person.get("email"),
			contact_name=person.get("name") if row.get("contact") else None,
			party_name=titles.get((row.party_type, row.party)),
			responsible_name=names.get(row.responsible) or row.responsible,
			**look(row),
		)
		if row.get("activity"):
			row.update(others.describe(row.activity_type))


def _key(row) -> Key:
	return (row.activity_type, row.activity) if row.get("activity") else ("Interaction Chain", row.name)


def look(row) -> dict:
	"""Return `icon` and `color` of an activity's type or, without one, of its document type."""
	if not row.get("activity"):
		return {"icon": "link", "color": "gray"}
	own = {}
	if row.interaction_type:
		own = frappe.get_cached_value(
			"Interaction Type", row.interaction_type, ["icon", "color"], as_dict=True
		)
	source = registry.get_source(row.activity_type)
	return {
		"icon": (own and own.icon) or (source.icon if source else "file"),
		"color": (own and own.color) or (source.color if source else "gray"),
	}


def _read_documents(rows: list[dict], latest: dict[str, Key]) -> dict[Key, dict]:
	"""Return (type, name) → `note`, and `how_to_reach` of the app's activities; a chain has the note of its last one.

	The note of a planned activity itself comes first.
	"""
	wanted = {_key(row) for row in rows} | {*latest.values()}
	found = {key: values for doctype in rules.PLANNING for key, values in _read(doctype, wanted).items()}
	documents = {}
	for row in rows:
		own = found.get(_key(row), {})
		last = found.get(latest.get(row.get("chain") or row.name), {})
		note = _last_line(own.get("notes")) or _last_line(last.get("notes"))
		documents[_key(row)] = {"how_to_reach": own.get("how_to_reach"), "note": note or None}
	return documents


def _find_latest(chains: Iterable[str]) -> dict[str, tuple[str, str, str | None]]:
	"""Return chain → (type, name, contact) of its last readable interaction or meeting that took place."""
	row = frappe.qb.DocType(ROW)
	query = frappe.qb.from_(row).where(row.chain.isin([*chains]) & (row.status == "Done"))
	query = query.where(row.activity_type.isin([*rules.PLANNING]))
	query = journal_rows.limit_to_visible(query, types=rules.PLANNING)
	last = query.groupby(row.chain).select(row.chain, Max(row.activity_date).as_("activity_date")).as_("last")
	same = (row.chain == last.chain) & (row.activity_date == last.activity_date)
	query = frappe.qb.from_(row).join(last).on(same).where(row.status == "Done").orderby(row.name)
	found = query.select(row.chain, row.activity_type, row.activity, row.contact).run()
	return {chain: (doctype, name, contact) for chain, doctype, name, contact in found}


def _read(doctype: str, keys: Iterable[Key]) -> dict[Key, dict]:
	names = [name for kind, name in keys if kind == doctype]
	if not names or not frappe.has_permission(doctype, "read"):
		return {}
	rows = frappe.get_list(
		doctype, filters={"name": ("in", names)}, fields=["name", "how_to_reach", "notes"], limit=len(names)
	)
	return {(doctype, row.name): row for row in rows}


def _read_people(rows: list[dict]) -> dict[Key, dict]:
	"""Return (type, name) → `name`, `phone` and `email` of the readable contacts and, without a contact, partners."""
	wanted: dict[str, set[str]] = {}
	for row in rows:
		kind, name = ("Contact", row.contact) if row.get("contact") else (row.party_type, row.party)
		if kind and name:
			wanted.setdefault(kind, set()).add(name)
	return {
		(kind, name): person
		for kind, names in wanted.items()
		for name, person in _read_type(kind, names).items()
	}


def _read_type(doctype: str, names: set[str]) -> dict[str, dict]:
	if not frappe.has_permission(doctype, "read"):
		return {}
	meta = frappe.get_meta(doctype)
	phones, emails = (
		[field for field in fields if meta.has_field(field)] for fields in (PHONE_FIELDS, EMAIL_FIELDS)
	)
	title = meta.get_title_field()
	fields = [*dict.fromkeys(["name", title, *phones, *emails])]
	found = frappe.get_list(doctype, filters={"name": ("in", [*names])}, fields=fields, limit=len(names))
	return {
		row.name: {
			"name": partners.as_title(row.get(title)) or row.name,
			"phone": _first(row, phones),
			"email": _first(row, emails),
		}
		for row in found
	}


def _first(row, fields: list[str]) -> str | None:
	return next((row.get(field) for field in fields if row.get(field)), None)


def _split(how_to_reach: str | None) -> tuple[str | None, str | None]:
	"""Return number and address of what an activity says of reaching the contact; one of them is None."""
	text = as_typed(how_to_reach).strip() or None
	return (None, text) if text and "@" in text else (text, None)


def _last_line(notes: str | None) -> str:
	lines = [line for line in plain_text.of_html(notes).splitlines() if line.strip()]
	text = lines[-1].strip() if lines else ""
	return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
