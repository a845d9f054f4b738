"""Opportunity: ERPNext's deal."""

import frappe

from crm_interactions.journal.source import Source

SOURCE = Source(
	doctype="Opportunity",
	date=("transaction_date",),
	title=("title", "customer_name"),
	party=(("opportunity_from", "party_name"),),
	responsible=("opportunity_owner",),
	status="status",
	icon="crm",
	color="green",
)


def from_chain(chain: dict, participants: list[dict]) -> dict:
	"""Return the fields that a chain can fill."""
	values = {"title": chain["title"], "opportunity_owner": chain["responsible"]}
	if chain["party_type"] in _kinds_of_party():
		values |= {"opportunity_from": chain["party_type"], "party_name": chain["party"]}
	return values


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""Put the first contact where the form shows it; return those that have found a place.

	The others find theirs once the document is there: `link_contacts`.
	"""
	# without a partner ERPNext would make a Lead of the contact's address
	if not doc.contact_person and doc.party_name:
		first = contacts[0]
		doc.update(
			{
				"contact_person": first["participant"],
				"contact_display": first["full_name"],
				"contact_email": first["email"],
				"contact_mobile": first["phone"],
			}
		)
	return contacts


def link_contacts(doc, contacts: list[dict]) -> None:
	"""Link each contact with the opportunity, which is how ERPNext's form lists more than one."""
	for row in contacts:
		contact = frappe.get_doc("Contact", row["participant"])
		if not contact.has_link(doc.doctype, doc.name):
			contact.append("links", {"link_doctype": doc.doctype, "link_name": doc.name})
			# who may make the opportunity may say whom it is with, as in ERPNext's own form
			contact.save(ignore_permissions=True)


def unlink_contacts(doc) -> None:
	"""Take those links away again, or the platform would refuse to delete the opportunity."""
	frappe.db.delete(
		"Dynamic Link", {"parenttype": "Contact", "link_doctype": doc.doctype, "link_name": doc.name}
	)


def _kinds_of_party() -> tuple[str, ...]:
	"""Frappe 15 offers a list, 16 a link that its form narrows down to these."""
	field = frappe.get_meta("Opportunity").get_field("opportunity_from")
	if field.fieldtype == "Select":
		return tuple(field.options.split("\n"))
	return "Lead", "Customer", "Prospect"
