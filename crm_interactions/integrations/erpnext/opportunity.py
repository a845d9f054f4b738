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
	"""Return the field values that a chain provides: title, owner and, if its type is allowed, the partner."""
	values = {"title": chain["title"], "opportunity_owner": chain["responsible"]}
	if chain["party_type"] in _kinds_of_party():
		values |= {"opportunity_from": chain["party_type"], "party_name": chain["party"]}
	return values


def take_contacts(doc, contacts: list[dict]) -> list[dict]:
	"""Set the contact fields from the first of one or more contacts if a partner, but no person, is set; return all."""
	# without a partner, ERPNext would create a Lead from the contact's address
	if not doc.contact_person and doc.party_name:
		first = contacts[0]
		doc.update({"contact_person": first["participant"], "contact_display": first["full_name"]})
		doc.update({"contact_email": first["email"], "contact_mobile": first["phone"]})
	return contacts


def link_contacts(doc, contacts: list[dict]) -> None:
	"""Link each contact to the saved opportunity, once, for ERPNext's form; save the contacts ignoring permissions."""
	for row in contacts:
		contact = frappe.get_doc("Contact", row["participant"])
		if not contact.has_link(doc.doctype, doc.name):
			contact.append("links", {"link_doctype": doc.doctype, "link_name": doc.name})
			# permission to create the opportunity includes linking its contacts, as in ERPNext's form
			contact.save(ignore_permissions=True)


def unlink_contacts(doc) -> None:
	"""Delete by query the links of contacts to the opportunity, which would keep Frappe from deleting it."""
	about = {"link_doctype": doc.doctype, "link_name": doc.name}
	frappe.db.delete("Dynamic Link", {"parenttype": "Contact", **about})


def _kinds_of_party() -> tuple[str, ...]:
	"""Return the partner types of an opportunity: a Select in Frappe 15, a Link limited by the form in Frappe 16."""
	field = frappe.get_meta("Opportunity").get_field("opportunity_from")
	if field.fieldtype == "Select":
		return tuple(field.options.split("\n"))
	return "Lead", "Customer", "Prospect"
