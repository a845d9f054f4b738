"""Deletion of a person's data: captured text goes, and the fact that there was an exchange stays.

Frappe's *Personal Data Deletion Request* redacts the fields that a hook names, but it finds documents by one column only.
"""

import frappe

from crm_interactions.apps import installed
from crm_interactions.capture import records
from crm_interactions.controllers.addresses import read_addresses

REDACTED = "Deleted"
DONE = "Deleted"
PARTICIPANT = "Interaction Participant"
TEXTS = {"title": REDACTED, "notes": None}


def on_change(doc, method=None):
	"""Remove the captured text of the person of a completed request."""
	if installed.is_setting_up() or doc.status != DONE:
		return
	forget(doc.email)


def forget(email: str) -> None:
	"""Redact the captured interactions and items of an address, also completed ones; typed interactions stay.

	Title, text, address and name go; partner, time, direction and colleagues stay.
	"""
	addresses = [address.lower() for address in read_addresses(email)]
	for name in _interactions_of(addresses):
		_redact_participants(name, addresses)
		doc = frappe.get_doc(records.INTERACTION, name)
		own = {"how_to_reach": REDACTED, "contact_key": None} if doc.contact_key in addresses else {}
		# past the save, which a completed interaction refuses; its events keep journal and search up to date
		doc.db_set({**TEXTS, **own, "captured_values": None})
	for name in frappe.get_all(records.ITEM, {"address": ("in", addresses or [""])}, pluck="name"):
		values = {**TEXTS, "address": REDACTED, "content": None, "status": records.IGNORED}
		frappe.db.set_value(records.ITEM, name, values)


def _interactions_of(addresses: list[str]) -> list[str]:
	if not addresses:
		return []
	captured = {"source_key": ("is", "set")}
	own = frappe.get_all(records.INTERACTION, {**captured, "contact_key": ("in", addresses)}, pluck="name")
	among = {"parenttype": records.INTERACTION, "email": ("in", addresses)}
	taking_part = frappe.get_all(PARTICIPANT, among, pluck="parent", distinct=True, order_by=None)
	also = frappe.get_all(
		records.INTERACTION, {**captured, "name": ("in", taking_part or [""])}, pluck="name"
	)
	return [*dict.fromkeys([*own, *also])]


def _redact_participants(name: str, addresses: list[str]) -> None:
	rows = {"parent": name, "parenttype": records.INTERACTION, "email": ("in", addresses)}
	for row in frappe.get_all(PARTICIPANT, rows, pluck="name"):
		frappe.db.set_value(PARTICIPANT, row, {"full_name": REDACTED, "email": None}, update_modified=False)
