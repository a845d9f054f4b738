"""Creation of partners and contact persons, in the partner types of the site."""

import frappe
from frappe import _

from crm_interactions.controllers.validation import bold
from crm_interactions.demo import people, story
from crm_interactions.demo.write import register

# role in the story → partner types, best first
TYPES_BY_ROLE = {
	"customer": ("Customer", "CRM Organization", "Partner"),
	"prospect": ("Lead", "CRM Lead", "CRM Organization", "Customer", "Partner"),
	"supplier": ("Supplier", "Customer", "CRM Organization", "Partner"),
}


def choose_type(role: str, party_types: list[str]) -> str:
	"""Return the best configured partner type for a role; raise ValidationError if the settings have none of them."""
	for doctype in TYPES_BY_ROLE[role]:
		if doctype in party_types:
			return doctype
	frappe.throw(
		_("The demo supports none of the partner types in {0}. Add one of these: {1}.").format(
			bold(_("CRM Interactions Settings")),
			", ".join(_(doctype) for doctype in ("Partner", "Customer", "CRM Organization")),
		)
	)


def create(partner: story.Partner, party_types: list[str]) -> tuple[str, str]:
	"""Insert a new partner in the type of `choose_type`, even if one has its name, and tag it; return (type, name)."""
	doctype = choose_type(partner.role, party_types)
	fields = FIELDS[doctype](partner)
	doc = frappe.get_doc({"doctype": doctype, **fields}).insert()
	register.add(doctype, doc.name)
	return doctype, doc.name


def create_contact(contact: story.Contact, doctype: str, party: str) -> str:
	"""Insert a contact person, or overwrite the one from the partner's controller; tag it and return its name."""
	name = _made_by_controller(contact, doctype, party)
	doc = frappe.get_doc("Contact", name) if name else frappe.new_doc("Contact")
	doc.update(
		{
			"first_name": contact.first_name,
			"last_name": contact.last_name,
			"designation": contact.designation,
			"email_ids": [{"email_id": contact.email, "is_primary": 1}],
			"phone_nos": [
				{
					"phone": phone,
					"is_primary_phone": int(index == 0),
					"is_primary_mobile_no": int(index == len(contact.phones) - 1),
				}
				for index, phone in enumerate(contact.phones)
			],
			"links": [{"link_doctype": doctype, "link_name": party}],
		}
	)
	doc.save()
	register.add("Contact", doc.name)
	return doc.name


def _made_by_controller(contact: story.Contact, doctype: str, party: str) -> str | None:
	"""Return the contact that the partner's controller created, as ERPNext does for leads, or None."""
	linked = frappe.get_all(
		"Dynamic Link", {"parenttype": "Contact", "link_doctype": doctype, "link_name": party}, pluck="parent"
	)
	return frappe.db.get_value(
		"Contact",
		{"name": ("in", linked or [""]), "first_name": contact.first_name, "last_name": contact.last_name},
	)


def _partner(partner: story.Partner) -> dict:
	return {
		"partner_name": partner.name,
		"kind": partner.kind,
		"responsible": people.BY_KEY[partner.responsible].email,
		"phone": partner.contacts[0].phones[0],
		"email": partner.contacts[0].email,
		"notes": partner.place,
	}


def _customer(partner: story.Partner) -> dict:
	return {
		"customer_name": partner.name,
		"customer_type": partner.kind,
		"customer_group": _leaf("Customer Group"),
		"territory": _leaf("Territory"),
		"account_manager": people.BY_KEY[partner.responsible].email,
	}


def _supplier(partner: story.Partner) -> dict:
	return {
		"supplier_name": partner.name,
		"supplier_type": partner.kind,
		"supplier_group": _leaf("Supplier Group"),
	}


def _lead(partner: story.Partner) -> dict:
	person = partner.contacts[0]
	return {
		"first_name": person.first_name,
		"last_name": person.last_name,
		"company_name": partner.name,
		"email_id": person.email,
		"lead_owner": people.BY_KEY[partner.responsible].email,
	}


def _crm_organization(partner: story.Partner) -> dict:
	return {"organization_name": partner.name}


def _crm_lead(partner: story.Partner) -> dict:
	person = partner.contacts[0]
	return {
		"first_name": person.first_name,
		"last_name": person.last_name,
		"organization": partner.name,
		"email": person.email,
		"lead_owner": people.BY_KEY[partner.responsible].email,
	}


def _leaf(doctype: str) -> str | None:
	return frappe.db.get_value(doctype, {"is_group": 0}, order_by="lft asc")


FIELDS = {
	"Partner": _partner,
	"Customer": _customer,
	"Supplier": _supplier,
	"Lead": _lead,
	"CRM Organization": _crm_organization,
	"CRM Lead": _crm_lead,
}
