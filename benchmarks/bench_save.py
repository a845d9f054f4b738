"""Compare saving an interaction with saving a Frappe Event, and saving another document with and without the app.

The limits (docs/requirements.md) are 1.5 × an Event with as many participants, and 2 % on unregistered types. As the
app adds Events to its journal, the Event is saved without the app's document events.
"""

import sys

import frappe
from filling import partner as new_partner
from harness import connect, ratio, report, statements, without_app


def main() -> int:
	connect()
	try:
		partner, people = prepare()
		kept = [save_beside_event(partner, people), save_unregistered()]
	finally:
		frappe.db.rollback()
	return 0 if all(kept) else 1


def prepare():
	partner = new_partner()
	links = [{"link_doctype": partner.doctype, "link_name": partner.name}]
	people = [
		frappe.get_doc({"doctype": "Contact", "first_name": f"Bench {number}", "links": links}).insert()
		for number in (1, 2)
	]
	return partner, people


def save_beside_event(partner, people) -> bool:
	def interaction():
		about = {"party_type": partner.doctype, "party": partner.name, "contact": people[0].name}
		rows = [{"participant_type": "Contact", "participant": person.name} for person in people]
		call = {"interaction_type": "Phone Call", "title": "Benchmark", "participants": rows}
		frappe.get_doc({"doctype": "Interaction", **call, **about}).insert()

	def event():
		with without_app():
			new_event()

	def new_event():
		values = {"subject": "Benchmark", "starts_on": "2026-01-01 10:00:00", "event_type": "Private"}
		rows = [{"reference_doctype": "Contact", "reference_docname": person.name} for person in people]
		frappe.get_doc({"doctype": "Event", **values, "event_participants": rows}).insert()

	interaction(), event()
	note = f"· {statements(interaction)} statements against {statements(event)}"
	title = "save an interaction / a Frappe Event, 2 participants each"
	return report(title, ratio(interaction, event), 1.5, note)


def save_unregistered() -> bool:
	note_doc = frappe.get_doc({"doctype": "Note", "title": "Benchmark", "content": "x"}).insert()

	def save():
		note_doc.content = "y" if note_doc.content == "x" else "x"
		note_doc.save()

	def save_without_app():
		with without_app():
			save()

	save(), save()  # from the second save on, Frappe also writes a version
	note = f"· {statements(save)} statements against {statements(save_without_app)}"
	title = "save of an unregistered document with / without the app"
	return report(title, ratio(save, save_without_app, rounds=31), 1.02, note)


if __name__ == "__main__":
	sys.exit(main())
