"""Small makers of valid records, through the controllers; every field can be given by keyword."""

import copied
import frappe


def learn_rows() -> None:
	"""Let users and customers be copied from now on: make one of each, remember their rows, and take them back."""
	copied.remember_user(user("first.of.all@example.com", "Interaction User").name)
	if partner_type() == "Customer":
		copied.remember_customer(partner("First of All").name)
	frappe.db.rollback()


def partner_type() -> str:
	return "Customer" if "erpnext" in frappe.get_installed_apps() else "Partner"


def partner(name: str = "Adriatic Trade", **fields):
	"""Return a partner of this platform's own kind."""
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
	# past permissions: the rights to partners are another app's
	doc.insert(ignore_permissions=True)
	return doc


def some_partner():
	"""Return the partner of records whose test doesn't mind which."""
	title_field = "customer_name" if partner_type() == "Customer" else "partner_name"
	name = frappe.db.get_value(partner_type(), {title_field: "Adriatic Trade"})
	return frappe.get_doc(partner_type(), name) if name else partner()


def contact(of, first_name: str = "Ana", last_name: str = "Horvat", phone=None, email=None, **fields):
	"""Return a contact person of a partner; `of` None makes one that belongs to nobody."""
	doc = frappe.get_doc({"doctype": "Contact", "first_name": first_name, "last_name": last_name, **fields})
	if of:
		doc.append("links", {"link_doctype": of.doctype, "link_name": of.name})
	if phone:
		doc.append("phone_nos", {"phone": phone, "is_primary_phone": 1})
	if email:
		doc.append("email_ids", {"email_id": email, "is_primary": 1})
	return doc.insert()


def interaction(of=None, insert: bool = True, **fields):
	"""Return an interaction that is valid unless a field says otherwise; `of` is its partner."""
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
	"""Return a room, or whatever `kind` says, that activities can book."""
	if frappe.db.exists("Meeting Resource", title):
		return frappe.get_doc("Meeting Resource", title)
	return frappe.get_doc({"doctype": "Meeting Resource", "title": title, **fields}).insert()


def user(email: str, *roles: str, first_name: str | None = None):
	"""Return a Desk user with these roles."""
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
	# a test site has no account to send from
	frappe.db.set_value("Notification Settings", email, "enable_email_notifications", 0)
	return doc


def email_account():
	"""Return the account that the site sends mail through; mails are queued, and in tests they stay there."""
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
	frappe.local.outgoing_email_account = {}  # what the platform found before
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
