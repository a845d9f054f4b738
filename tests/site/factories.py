"""Factories of valid records, which use the controllers and accept every field as a keyword."""

from datetime import timedelta

import frappe
from frappe.utils import now_datetime

from tests.site import copied

CALL = {"interaction_type": "Phone Call", "title": "Price of the new pump"}


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
		group = frappe.db.get_value("Customer Group", {"is_group": 0})
		territory = frappe.db.get_value("Territory", {"is_group": 0})
		values = {"customer_type": "Company", "customer_group": group, "territory": territory}
		fields = {"customer_name": name, **values, **fields}
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
	return _activity("Interaction", of, insert, {**CALL, "how_to_reach": "+385 1 4567 890", **fields})


def meeting(of=None, insert: bool = True, **fields):
	guests = [{"full_name": "Ivan Babić", "side": "Theirs"}]
	values = {**CALL, "interaction_type": "Meeting", "participants": guests}
	return _activity("Meeting", of, insert, {**values, **fields})


def product_record(of=None, insert: bool = True, **fields):
	return _activity("Product Record", of, insert, {"product": "Pump P-40", **fields})


def activity_plan(steps: list[dict] | None = None, title: str = "New Lead", **fields):
	"""Return a new plan; each step is by default a call after a day, without working time."""
	usual = {"interaction_type": "Phone Call", "title": "Call", "offset": 1, "working_time": 0}
	rows = [{**usual, **step} for step in steps or [{}]]
	return record("Activity Plan", title=title, steps=rows, **fields)


def resource(title: str = "Meeting Room", **fields):
	"""Return the resource with this title; create it if it is missing."""
	if frappe.db.exists("Meeting Resource", title):
		return frappe.get_doc("Meeting Resource", title)
	return record("Meeting Resource", title=title, **fields)


def record(doctype: str, **fields):
	"""Return a new record of a DocType that needs no defaults."""
	return frappe.get_doc({"doctype": doctype, **fields}).insert()


def change_record(doc, **fields):
	"""Save a document with these values, and return it."""
	return doc.update(fields).save()


def recorder(email: str):
	"""Return a user who records activities, and may read partners of ERPNext."""
	return user(email, "Interaction User", *frappe.get_all("Role", {"name": "Sales User"}, pluck="name"))


def log_in(email: str, *roles: str) -> None:
	"""Log in for the rest of the test as a user with these roles, who is created if missing."""
	frappe.set_user(user(email, *roles).name)


def half_an_hour_on():
	"""Return the moment whose day a next step of some days or weeks is on: its time is rounded up to a half hour."""
	return now_datetime() + timedelta(minutes=30)


def next_step_of(done):
	"""Return the next step of an activity, or of the answer to its completion."""
	return frappe.get_doc(done.get("next_activity_type"), done.get("next_activity"))


def partner_of(doc):
	"""Return the partner of an activity."""
	return frappe.get_doc(doc.party_type, doc.party)


def user(email: str, *roles: str, first_name: str | None = None):
	"""Return the user with these roles added; create the user if it is missing."""
	if frappe.db.exists("User", email):
		doc = frappe.get_doc("User", email)
		doc.add_roles(*roles)
	elif first_name or not (doc := copied.user(email, roles)):
		values = {"email": email, "first_name": first_name or email.split("@")[0], "send_welcome_email": 0}
		values |= {"user_type": "System User", "roles": [{"role": role} for role in dict.fromkeys(roles)]}
		doc = frappe.get_doc({"doctype": "User", **values}).insert(ignore_permissions=True)
	# a test site has no outgoing e-mail account
	frappe.db.set_value("Notification Settings", email, "enable_email_notifications", 0)
	return doc


def email_account():
	"""Return a new outgoing e-mail account; in tests, mails stay in the queue."""
	values = {"email_account_name": "Mail of the Site", "email_id": "crm@example.com"}
	values |= {"smtp_server": "localhost", "no_smtp_authentication": 1}
	doc = record("Email Account", **values, enable_outgoing=1, default_outgoing=1)
	frappe.local.outgoing_email_account = {}  # Frappe's cached account
	return doc


def _activity(doctype: str, of, insert: bool, fields: dict):
	if "party" not in fields:
		of = of or some_partner()
		fields |= {"party_type": of.doctype, "party": of.name}
	doc = frappe.get_doc({"doctype": doctype, **fields})
	return doc.insert() if insert else doc
