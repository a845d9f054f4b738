"""Factories of valid records, which use the controllers and accept every field as a keyword."""

import frappe

from tests.site import copied


def learn_rows() -> None:
	"""Store the rows of a user and a customer as templates for copies, and roll both back."""
	copied.remember_user(user("first.of.all@example.com", "Interaction User").name)
	if partner_type() == "Customer":
		copied.remember_customer(partner("First of All").name)
	frappe.db.rollback()


def partner_type() -> str:
	return "Customer" if "erpnext" in frappe.get_installed_apps() else "Partner"


def partner(name: str = "Adriatic Trade", **fields):
	"""Return a new Customer with ERPNext, and a new Partner without it."""
	if partner_type() == "Customer":
		if not fields and (doc := copied.customer(name)):
			return doc
		fields = {
			"customer_name": name,
			"customer_type": "Company",
			"customer_group": frappe.db.get_value("Customer Group", {"is_group": 0}),
			"territory": frappe.db.get_value("Territory", {"is_group": 0}),
			**fields,
		}
	else:
		fields = {"partner_name": name, **fields}
	doc = frappe.get_doc({"doctype": partner_type(), **fields})
	# without permission checks: access to partners is up to another app
	doc.insert(ignore_permissions=True)
	return doc


def some_partner():
	"""Return the default partner of test records; create it if it is missing."""
	title_field = "customer_name" if partner_type() == "Customer" else "partner_name"
	name = frappe.db.get_value(partner_type(), {title_field: "Adriatic Trade"})
	return frappe.get_doc(partner_type(), name) if name else partner()


def contact(of, first_name: str = "Ana", last_name: str = "Horvat", phone=None, email=None, **fields):
	"""Return a new contact person of a partner, or without a partner if `of` is None."""
	doc = frappe.get_doc({"doctype": "Contact", "first_name": first_name, "last_name": last_name, **fields})
	if of:
		doc.append("links", {"link_doctype": of.doctype, "link_name": of.name})
	if phone:
		doc.append("phone_nos", {"phone": phone, "is_primary_phone": 1})
	if email:
		doc.append("email_ids", {"email_id": email, "is_primary": 1})
	return doc.insert()


def interaction(of=None, insert: bool = True, **fields):
	"""Return an interaction with valid defaults; `of` is its partner."""
	return _activity("Interaction", of, insert, **{"how_to_reach": "+385 1 4567 890", **fields})


def meeting(of=None, insert: bool = True, **fields):
	fields.setdefault("participants", [{"full_name": "Ivan Babić", "side": "Theirs"}])
	return _activity("Meeting", of, insert, **{"interaction_type": "Meeting", **fields})


def product_record(of=None, insert: bool = True, **fields):
	of = of or some_partner()
	doc = frappe.get_doc(
		{
			"doctype": "Product Record",
			"product": "Pump P-40",
			"party_type": of.doctype,
			"party": of.name,
			**fields,
		}
	)
	return doc.insert() if insert else doc


def resource(title: str = "Meeting Room", **fields):
	"""Return the resource with this title; create it if it is missing."""
	if frappe.db.exists("Meeting Resource", title):
		return frappe.get_doc("Meeting Resource", title)
	return frappe.get_doc({"doctype": "Meeting Resource", "title": title, **fields}).insert()


def user(email: str, *roles: str, first_name: str | None = None):
	"""Return the user with these roles added; create the user if it is missing."""
	if frappe.db.exists("User", email):
		doc = frappe.get_doc("User", email)
		doc.add_roles(*roles)
	elif first_name or not (doc := copied.user(email, roles)):
		values = {
			"doctype": "User",
			"email": email,
			"first_name": first_name or email.split("@")[0],
			"send_welcome_email": 0,
			"user_type": "System User",
			"roles": [{"role": role} for role in dict.fromkeys(roles)],
		}
		doc = frappe.get_doc(values).insert(ignore_permissions=True)
	# a test site has no outgoing e-mail account
	frappe.db.set_value("Notification Settings", email, "enable_email_notifications", 0)
	return doc


def email_account():
	"""Return a new outgoing e-mail account; in tests, mails stay in the queue."""
	doc = frappe.get_doc(
		{
			"doctype": "Email Account",
			"email_account_name": "Mail of the Site",
			"email_id": "crm@example.com",
			"enable_outgoing": 1,
			"default_outgoing": 1,
			"smtp_server": "localhost",
			"no_smtp_authentication": 1,
		}
	).insert()
	frappe.local.outgoing_email_account = {}  # Frappe's cached account
	return doc


def _activity(doctype: str, of, insert: bool, **fields):
	values = {
		"doctype": doctype,
		"interaction_type": "Phone Call",
		"title": "Price of the new pump",
		**fields,
	}
	if "party" not in values:
		of = of or some_partner()
		values.update(party_type=of.doctype, party=of.name)
	doc = frappe.get_doc(values)
	return doc.insert() if insert else doc
