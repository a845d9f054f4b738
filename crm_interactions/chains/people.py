"""Participants of a chain's activities."""

import frappe
from frappe.query_builder import Order
from pypika.terms import Criterion

from crm_interactions.journal.writer import ROW

FIELDS = ("participant_type", "participant", "full_name", "email", "phone", "side")
WITH_PARTICIPANTS = ("Interaction", "Meeting")


def list_participants(chain: str, condition: Criterion | None = None) -> list[dict]:
	"""Return participants and contacts of a chain's interactions and meetings, each once, as dicts of `FIELDS`.

	Participants come first, as the latest activity has them, then contacts, with their current data. `condition` limits
	activities to those the user may see (`visibility.journal_rows.row_condition`).
	"""
	rows, person = frappe.qb.DocType(ROW), frappe.qb.DocType("Interaction Participant")
	found = (
		frappe.qb.from_(rows)
		.join(person)
		.on((person.parenttype == rows.activity_type) & (person.parent == rows.activity))
		.select(*(person[field] for field in FIELDS))
		.where(_visible_rows(rows, chain, condition))
		.orderby(rows.activity_date, order=Order.desc)
		.orderby(person.idx)
	).run(as_dict=True)
	kept = {}
	for row in (*found, *_contacts(chain, condition)):
		kept.setdefault(participant_key(row), row)
	return list(kept.values())


def _visible_rows(rows, chain: str, condition: Criterion | None) -> Criterion:
	wanted = (rows.chain == chain) & rows.activity_type.isin(WITH_PARTICIPANTS)
	return wanted if condition is None else wanted & condition


def _contacts(chain: str, condition: Criterion | None) -> list[dict]:
	"""Return the activities' contacts, most recent first; the participants table doesn't contain them."""
	names = {}
	rows = frappe.qb.DocType(ROW)
	for doctype in WITH_PARTICIPANTS:
		document = frappe.qb.DocType(doctype)
		query = (
			frappe.qb.from_(rows)
			.join(document)
			.on((document.name == rows.activity) & (rows.activity_type == doctype))
			.select(document.contact)
			.where(_visible_rows(rows, chain, condition) & document.contact.isnotnull())
		)
		for (name,) in query.orderby(rows.activity_date, order=Order.desc).run():
			names[name] = None
	fields = ["name", "full_name", "email_id", "mobile_no", "phone"]
	details = frappe.get_all("Contact", {"name": ("in", list(names) or [""])}, fields)
	found = {
		row.name: frappe._dict(
			participant_type="Contact",
			participant=row.name,
			full_name=row.full_name,
			email=row.email_id,
			phone=row.mobile_no or row.phone,
			side="Theirs",
		)
		for row in details
	}
	return [found[name] for name in names if name in found]


def participant_key(row) -> tuple:
	"""Return a participant's stored identity: link (type, name), else (name, e-mail, phone); blank parts are None."""
	if row.get("participant"):
		return row.get("participant_type"), row.get("participant")
	return tuple(row.get(field) or None for field in ("full_name", "email", "phone"))
