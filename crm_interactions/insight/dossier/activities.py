"""The activities of a dossier, from journal rows and documents that the user may read."""

from dataclasses import dataclass

import frappe
from frappe import _
from frappe.utils import cint, flt, get_fullname

from crm_interactions.insight.dossier import documents, values
from crm_interactions.insight.dossier.files import Document
from crm_interactions.insight.dossier.moments import Clock, show_gap
from crm_interactions.insight.dossier.notes import Notes
from crm_interactions.insight.dossier.parts import Activity, Fact, Person, Product
from crm_interactions.parties import partners


@dataclass(frozen=True)
class Material:
	"""What the activities are described from.

	Args:
		rows: journal rows in order of time.
		documents: their documents by type and name.
		readable: the documents whose files the user may read.
		partner: type and name of the chain's partner, which the cover shows.
	"""

	rows: list
	documents: dict[Document, dict]
	readable: set[Document]
	partner: Document


def list_activities(material: Material, clock: Clock) -> list[Activity]:
	"""Return the activities in order of time, without files."""
	found = material.documents
	contacts = documents.read_contacts({document.get("contact") for document in found.values()} - {None, ""})
	notes = Notes(found, material.readable)
	titles = partners.list_titles({(row.party_type, row.party) for row in material.rows if row.party})
	made, before = [], None
	for number, row in enumerate(material.rows, 1):
		document = found[row.activity_type, row.activity]
		party = titles.get((row.party_type, row.party), "")
		activity = _describe(row, document, number, clock)
		activity.gap = show_gap(before, row.activity_date) if before else ""
		other = "" if (row.party_type, row.party) == material.partner else party
		activity.facts = _list_facts(row.activity_type, document, other, clock)
		activity.people = _list_people(document, contacts, party)
		activity.products = [
			_describe_product(line, document) for line in document.get(documents.PRODUCTS, [])
		]
		activity.notes = notes.list_notes(row.activity_type, document)
		made.append(activity)
		before = row.activity_date
	return made


def list_facts(doctype: str, document: dict, clock: Clock) -> list[Fact]:
	"""Return the values of a document that aren't blank, with the labels of their fields."""
	shown = [(df, values.show_value(df, document, clock)) for df in values.list_fields(doctype)]
	return [Fact(_(df.label), value) for df, value in shown if value]


def _describe(row, document: dict, number: int, clock: Clock) -> Activity:
	return Activity(
		number=number,
		kind=_(row.interaction_type or row.activity_type),
		title=row.title,
		day=clock.show_day(row.activity_date),
		moment=clock.show(row.activity_date),
		gap="",
		status=_(document.get("status") or row.status),
		responsible=get_fullname(row.responsible) if row.responsible else "",
		direction=_(row.direction) if row.direction else "",
		outcome=_(row.outcome) if row.outcome else "",
		document=row.activity if not row.interaction_type else f"{_(row.activity_type)} {row.activity}",
	)


def _list_facts(doctype: str, document: dict, party: str, clock: Clock) -> list[Fact]:
	"""Return the facts of an activity, with its partner if it has another one than the chain."""
	facts = [Fact(_("Partner"), party)] if party else []
	facts += list_facts(doctype, document, clock)
	for entry in document.get(documents.ENTRIES, []):
		facts.append(Fact(_(entry.dictionary), _(entry.value)))
	return facts


def _list_people(document: dict, contacts: dict, party: str) -> list[Person]:
	"""Return the contact person, then the other participants."""
	found = []
	contact = contacts.get(document.get("contact"))
	if contact:
		phone = contact.mobile_no or contact.phone or ""
		name = contact.full_name or contact.name
		found.append(Person(name, _("Contact Person"), contact.email_id or "", phone, False))
	sides = {"Theirs": party or _("Their Side"), "Ours": _our_side()}
	for row in document.get(documents.PARTICIPANTS, []):
		if (
			contact
			and row.get("participant_type") == documents.CONTACT
			and row.get("participant") == contact.name
		):
			continue
		texts = [row.get(name) or "" for name in ("full_name", "participant", "email", "phone")]
		side = sides.get(row.get("side"), "")
		found.append(Person(next(filter(None, texts), ""), side, *texts[2:], bool(cint(row.get("attended")))))
	return found


def _our_side() -> str:
	return frappe.defaults.get_global_default("company") or _("Our Side")


def _describe_product(row: dict, document: dict) -> Product:
	currency = document.get("currency") or frappe.defaults.get_global_default("currency")
	quantity, amount = flt(row.get("quantity")), row.get("amount")
	return Product(
		name=row.get("product") or "",
		quantity=f"{quantity:g}" if quantity else "",
		amount=values.show_amount(amount, currency) if amount else "",
		notes=row.get("notes") or "",
	)
