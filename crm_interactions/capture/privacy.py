"""Deletion of a person's data: captured text goes, and the fact that there was an exchange stays.

Frappe's *Personal Data Deletion Request* redacts the fields that a hook names, but it finds documents by one column only.
"""

from dataclasses import dataclass

import frappe

from crm_interactions.apps import installed
from crm_interactions.capture import records
from crm_interactions.controllers.addresses import read_addresses
from crm_interactions.parties.countries import list_regions
from crm_interactions.parties.phone_match import contact_key

REDACTED, PENDING = "Deleted", "Pending"
PARTICIPANT, CONTACT = "Interaction Participant", "Contact"
TEXTS = {"title": REDACTED, "notes": None}


@dataclass(frozen=True)
class Person:
	"""A person's contacts, with the addresses and numbers by which exchanges are known (`keys` as in `contact_key`)."""

	contacts: list[str]
	keys: list[str]


def on_change(doc, method=None):
	"""Remove the captured text of a person before Frappe redacts the contact, whose numbers are then unknown.

	Frappe saves the request with its steps before the first one, and after each.
	"""
	if installed.is_setting_up() or not doc.deletion_steps:
		return
	if all(step.status == PENDING for step in doc.deletion_steps):
		forget(doc.email)


def forget(email: str) -> None:
	"""Redact the captured interactions and items of an address and its contacts, also completed ones; typed ones stay.

	Title, text, address, number and name go, with the former values in the timeline and the link to the whole mail.
	Partner, time, direction and colleagues stay.
	"""
	person = _find_person([address.lower() for address in read_addresses(email)])
	for name in _interactions_of(person):
		_redact_participants(name, person)
		doc = frappe.get_doc(records.INTERACTION, name)
		is_theirs = doc.contact_key in person.keys or doc.contact in person.contacts
		own = {"how_to_reach": REDACTED, "contact_key": None} if is_theirs else {}
		# past the save, which a completed interaction refuses; its events keep journal and search up to date
		doc.db_set({**TEXTS, **own, "captured_values": None})
		frappe.db.delete("Version", {"ref_doctype": doc.doctype, "docname": name})
		frappe.db.delete("Communication Link", {"link_doctype": doc.doctype, "link_name": name})
	for name in _items_of(person):
		values = {**TEXTS, "address": REDACTED, "content": None, "status": records.IGNORED}
		frappe.db.set_value(records.ITEM, name, values)


def _find_person(addresses: list[str]) -> Person:
	among = ("in", addresses or [""])
	contacts = frappe.get_all(
		"Contact Email",
		{"parenttype": CONTACT, "email_id": among},
		pluck="parent",
		distinct=True,
		order_by=None,
	)
	numbers = frappe.get_all(
		"Contact Phone", {"parenttype": CONTACT, "parent": ("in", contacts or [""])}, pluck="phone"
	)
	regions = list_regions()
	keys = [*addresses, *(key for number in numbers if (key := contact_key(number, *regions)))]
	return Person(contacts, keys)


def _interactions_of(person: Person) -> list[str]:
	captured = {"source_key": ("is", "set")}
	keys, contacts = ("in", person.keys or [""]), ("in", person.contacts or [""])
	own = frappe.get_all(
		records.INTERACTION, captured, or_filters={"contact_key": keys, "contact": contacts}, pluck="name"
	)
	taking_part = {
		parent
		for condition in ({"email": keys}, {"participant_type": CONTACT, "participant": contacts})
		for parent in frappe.get_all(
			PARTICIPANT, {"parenttype": records.INTERACTION, **condition}, pluck="parent", order_by=None
		)
	}
	also = {**captured, "name": ("in", sorted(taking_part) or [""])}
	return [*dict.fromkeys([*own, *frappe.get_all(records.INTERACTION, also, pluck="name")])]


def _items_of(person: Person) -> list[str]:
	"""Return the items of a person, not yet redacted; numbers are compared as of the site's countries."""
	regions = list_regions()
	rows = frappe.get_all(
		records.ITEM, {"content": ("is", "set")}, ["name", "address", "contact"], order_by=None
	)
	return [
		row.name
		for row in rows
		if row.contact in person.contacts or contact_key(row.address, *regions) in person.keys
	]


def _redact_participants(name: str, person: Person) -> None:
	rows = frappe.get_all(
		PARTICIPANT,
		{"parent": name, "parenttype": records.INTERACTION},
		["name", "email", "participant_type", "participant"],
	)
	gone = {"full_name": REDACTED, "email": None, "phone": None}
	for row in rows:
		linked = row.participant_type == CONTACT and row.participant in person.contacts
		if linked or (row.email or "").lower() in person.keys:
			frappe.db.set_value(PARTICIPANT, row.name, gone, update_modified=False)
