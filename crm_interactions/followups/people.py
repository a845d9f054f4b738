"""People of a next step: contact and participants of the activity before it who still belong to its partner (R6, R22)."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.parties import contact_keys, contacts, participants

PERSON = ("participant_type", "participant", "full_name", "email", "phone", "side")


def copy_people(doc, follow_up) -> None:
	"""Copy contact, *Phone or E-mail* and participants to a new follow-up, without saving; and name the omitted in messages.

	Contacts who have left the partner, with their number or address, and participants of a type that is no longer
	allowed stay behind. `flags.contact_left` lets the follow-up be saved without any contact.
	"""
	left = []
	follow_up.how_to_reach = doc.how_to_reach
	if doc.contact and contacts.belongs_to(doc.contact, doc.party_type, doc.party):
		follow_up.contact = doc.contact
	elif doc.contact:
		left.append(doc.contact)
		if contact_keys.is_of_contact(doc.how_to_reach, doc.contact):
			follow_up.how_to_reach = None
	for row in doc.participants:
		if participants.may_be_chosen(doc, row):
			follow_up.append("participants", {field: row.get(field) for field in PERSON})
		elif row.participant not in left:
			left.append(row.participant)
	follow_up.flags.contact_left = bool(left)
	for name in left:
		names = bold(name), bold(doc.party_name or doc.party)
		text = _(
			"{0} no longer belongs to {1} and isn't in the next step. Choose another contact person there."
		)
		frappe.msgprint(text.format(*names), indicator="orange", alert=True)
