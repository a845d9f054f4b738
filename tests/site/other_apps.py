"""Factories of other apps' records, and a skip for tests that need one of these apps."""

import frappe
import pytest

from tests.site.factories import partner, record

# the summary of a run groups skipped tests by reason: one text for each app
NEEDS = {"crm": "needs Frappe CRM", "erpnext": "needs ERPNext"}


def need(*apps: str) -> None:
	"""Skip a test on a site without these apps."""
	for app in sorted({*apps} - {*frappe.get_installed_apps()}):
		pytest.skip(NEEDS[app])
	if "crm" in apps:
		# with another currency than the company's, Frappe CRM would fetch an exchange rate from the internet
		frappe.db.set_single_value("FCRM Settings", "currency", frappe.db.get_default("currency"))


def opportunity(of=None, *, items: bool = False, insert: bool = True, **fields):
	"""Return an opportunity of ERPNext."""
	of = of or partner()
	doc = frappe.new_doc("Opportunity")
	doc.update({"opportunity_from": of.doctype, "party_name": of.name, "title": "Pumps for 2026", **fields})
	if items:
		doc.append("items", {"item_code": item(), "qty": 2, "uom": "Nos", "rate": 100})
	return doc.insert() if insert else doc


def quotation(of, **fields):
	"""Return a submitted quotation of ERPNext."""
	doc = frappe.new_doc("Quotation")
	doc.update({"quotation_to": of.doctype, "party_name": of.name, **fields})
	doc.append("items", {"item_code": item(), "qty": 1, "rate": 100})
	return doc.insert().submit()


def item() -> str:
	if not frappe.db.exists("Item", "P-40"):
		group = frappe.db.get_value("Item Group", {"is_group": 0})
		record("Item", item_code="P-40", item_group=group, stock_uom="Nos", is_stock_item=0)
	return "P-40"


def project(of=None, **fields):
	doc = frappe.new_doc("Project")
	doc.update({"project_name": "New pump station", "customer": of and of.name, **fields})
	return doc.insert()


def employee(email: str | None, **fields):
	"""Return an employee of the default company, with ERPNext's default user permissions."""
	company = frappe.defaults.get_global_default("company")
	values = {"first_name": (email or "Nobody").split("@")[0], "user_id": email, "company": company}
	values |= {"gender": "Female", "date_of_birth": "1990-01-01", "date_of_joining": "2020-01-01"}
	return record("Employee", **{"status": "Active", **values, **fields})


def holiday_list(*days: str) -> str:
	"""Return the name of a new list of these holidays, all in one year."""
	year, rows = days[0][:4], [{"holiday_date": day, "description": "Holiday"} for day in days]
	period = {"from_date": f"{year}-01-01", "to_date": f"{year}-12-31"}
	return record("Holiday List", holiday_list_name=f"Holidays from {days[0]}", holidays=rows, **period).name


def organization(name: str = "Adriatic Trade"):
	return record("CRM Organization", organization_name=name)


def deal(of=None, insert: bool = True, **fields):
	"""Return a deal of Frappe CRM."""
	doc = frappe.new_doc("CRM Deal")
	doc.update({"organization": (of or organization()).name, "status": deal_status(), **fields})
	return doc.insert() if insert else doc


def contacts_of(doc) -> set[str]:
	"""Return the contacts that the form of a deal or an opportunity shows."""
	if doc.doctype == "CRM Deal":
		return {row.contact for row in doc.contacts}
	filters = {"parenttype": "Contact", "link_doctype": doc.doctype, "link_name": doc.name}
	return {*frappe.get_all("Dynamic Link", filters, pluck="parent")}


def deal_status() -> str:
	"""Return the status of new deals; create it if it is missing."""
	if not frappe.db.exists("CRM Deal Status", "Qualification"):
		record("CRM Deal Status", deal_status="Qualification")
	return "Qualification"


def lead_status() -> str:
	"""Return the status of new leads of Frappe CRM; create it if it is missing."""
	if not frappe.db.exists("CRM Lead Status", "New"):
		record("CRM Lead Status", lead_status="New")
	return "New"
