"""The history of a lead and a prospect stays with the customer, and forms of other documents show activities (R2)."""

import frappe
import pytest
from frappe.desk.doctype.event import event

from crm_interactions.api import chain as api
from crm_interactions.api.party import find
from tests.site.chain_checks import row_of
from tests.site.checks import refused
from tests.site.factories import (
	contact,
	interaction,
	log_in,
	meeting,
	partner,
	product_record,
	record,
	recorder,
)
from tests.site.other_apps import deal, employee, item, lead_status, need, opportunity, organization

pytestmark = pytest.mark.records_only
SELLER = "history.seller@example.com"


def page_of(doc, **args) -> dict:
	"""Return the page of a partner, or of another document."""
	is_party = doc.doctype in ("Customer", "Lead", "Prospect", "CRM Organization", "Partner")
	names = ("party_type", "party") if is_party else ("document_type", "document")
	return api.page(**dict(zip(names, (doc.doctype, doc.name), strict=True)), **args)


def shown(doc, **args) -> list[str]:
	return [row["title"] for row in page_of(doc, **args)["rows"]]


def count_queries(monkeypatch, call) -> int:
	"""Return the number of queries of a second call, when metadata is in the cache."""
	call()
	sent, send = [], frappe.db.sql
	with monkeypatch.context() as patch:
		patch.setattr(frappe.db, "sql", lambda *args, **given: sent.append(args[0]) or send(*args, **given))
		call()
	return len(sent)


def of_events(monkeypatch) -> int:
	"""Return the number of queries of Frappe's own condition for events: Frappe 16 asks which ones are shared."""
	return count_queries(monkeypatch, lambda: event.get_permission_query_conditions(frappe.session.user))


def lead(first_name: str = "Petra", **fields):
	return record("Lead", first_name=first_name, last_name="Novak", company_name="Adriatic Trade", **fields)


def prospect(*leads):
	return record("Prospect", company_name="Adriatic Trade", leads=[{"lead": one.name} for one in leads])


def sold_to(of, doctype: str, **fields):
	"""Return a saved selling document of ERPNext with one item."""
	doc = frappe.new_doc(doctype)
	row = {"item_code": item(), "qty": 1, "rate": 100, "delivery_date": frappe.utils.today()}
	doc.update({"customer": of.name, "delivery_date": frappe.utils.today(), **fields})
	doc.append("items", {**row, **fields.pop("row", {})})
	return doc.insert()


@pytest.fixture
def petra():
	need("erpnext")
	return lead()


def test_the_customer_shows_what_was_recorded_on_its_lead(petra):
	interaction(petra, title="First call", starts_on="2026-01-05 10:00:00")
	customer = partner("Adriatic Pumps", lead_name=petra.name)
	interaction(customer, title="Order by phone", starts_on="2026-03-05 10:00:00")
	assert shown(customer) == ["Order by phone", "First call"]
	page = page_of(customer)
	assert (page["total"], page["counts"][0]["count"]) == (2, 2)
	assert [(row["party_type"], row["party"]) for row in page["rows"]][1] == ("Lead", petra.name)
	assert shown(petra) == ["First call"], "nothing is copied"


def test_the_customer_shows_what_was_recorded_on_its_prospect_and_the_prospects_leads(petra):
	other = lead("Marko")
	company = prospect(petra, other)
	for of, title in ((petra, "Petra"), (other, "Marko"), (company, "Prospect")):
		interaction(of, title=title)
	assert {*shown(company)} == {"Petra", "Marko", "Prospect"}
	assert {*shown(partner("Adriatic Pumps", prospect_name=company.name))} == {"Petra", "Marko", "Prospect"}


@pytest.mark.parametrize("kind", ["Lead", "Prospect"])
def test_the_customer_of_an_opportunity_shows_the_history_of_its_party(petra, kind):
	of = petra if kind == "Lead" else prospect(petra)
	interaction(of, title="First call")
	chance = opportunity(of, title="Pumps for 2026")
	customer = partner("Adriatic Pumps", opportunity_name=chance.name)
	assert {*shown(customer)} == {"First call", "Pumps for 2026"}


def test_a_contact_of_a_lead_is_found_as_the_contact_of_the_customer_made_from_it():
	need("erpnext")
	petra = lead(email_id="petra@example.com")
	customer = partner("Adriatic Pumps", lead_name=petra.name)
	assert [(row["party_type"], row["party"]) for row in find("petra@example.com") if row["contact"]] == [
		("Customer", customer.name)
	]
	person = frappe.db.get_value("Contact", {"email_id": "petra@example.com"})
	todo = record("ToDo", description="Call", reference_type="Contact", reference_name=person)
	assert (row_of(todo).party_type, row_of(todo).party) == ("Customer", customer.name)


def test_the_history_follows_a_renamed_and_a_merged_customer(petra):
	interaction(petra, title="First call")
	customer = partner("Adriatic Pumps", lead_name=petra.name)
	new = frappe.rename_doc("Customer", customer.name, "Jadranske pumpe")
	assert shown(frappe.get_doc("Customer", new)) == ["First call"]
	new = frappe.rename_doc("Lead", petra.name, "CRM-LEAD-RENAMED")
	assert shown(frappe.get_doc("Customer", "Jadranske pumpe")) == ["First call"]


def test_an_organisation_shows_what_was_recorded_on_the_leads_of_its_deals():
	need("crm")
	person = record("CRM Lead", first_name="Petra", status=lead_status())
	interaction(person, title="First call")
	of = organization()
	deal(of, lead=person.name)
	assert "First call" in shown(of)


def test_rows_of_the_lead_that_the_user_may_not_read_are_neither_listed_nor_counted(petra, as_user, settings):
	interaction(petra, title="Secret")
	customer = partner("Adriatic Pumps", lead_name=petra.name)
	settings(visibility="Own and Team")
	as_user(recorder(SELLER).name)
	own = interaction(petra, title="Mine")
	assert shown(customer) == ["Mine"]
	assert page_of(customer)["counts"][0]["count"] == 1
	assert api.members(kind="Interaction", party_type="Customer", party=customer.name) == [own.name]


def test_a_page_of_a_customer_with_a_past_takes_at_most_six_queries(petra, as_user, monkeypatch):
	company = prospect(petra, lead("Marko"))
	customer = partner("Adriatic Pumps", prospect_name=company.name)
	for number in range(21):
		user = recorder(f"history.{number}@example.com").name
		interaction((petra, company, customer)[number % 3], responsible=user)
	as_user(SELLER if frappe.db.exists("User", SELLER) else recorder(SELLER).name)
	assert count_queries(monkeypatch, lambda: page_of(customer)) - of_events(monkeypatch) <= 6


def test_the_contact_shows_its_activities_with_all_partners(shop):
	other = partner("Baltic Supplies")
	ana = contact(shop)
	ana.append("links", {"link_doctype": other.doctype, "link_name": other.name})
	ana.save()
	there = [{"participant_type": "Contact", "participant": ana.name}]
	interaction(shop, contact=ana.name, title="Call", starts_on="2026-01-05 10:00:00")
	meeting(other, participants=there, contact=ana.name, title="Visit", starts_on="2026-02-05 10:00:00")
	interaction(other, participants=there, title="Conference", starts_on="2026-03-05 10:00:00")
	interaction(shop, title="Not hers")
	page = page_of(ana)
	assert [row["title"] for row in page["rows"]] == ["Conference", "Visit", "Call"]
	assert [row["party_name"] for row in page["rows"]] == [
		"Baltic Supplies",
		"Baltic Supplies",
		"Adriatic Trade",
	]
	assert {count["doctype"]: count["count"] for count in page["counts"]} == {"Interaction": 2, "Meeting": 1}
	assert len(api.members(kind="Interaction", document_type="Contact", document=ana.name)) == 2


def test_the_contact_keeps_its_activities_after_a_rename_and_a_merge(shop):
	ana, twin = contact(shop), contact(shop, first_name="Anna")
	there = [{"participant_type": "Contact", "participant": twin.name}]
	interaction(shop, contact=ana.name, title="Call", starts_on="2026-01-05 10:00:00")
	interaction(shop, participants=there, title="Conference", starts_on="2026-03-05 10:00:00")
	frappe.rename_doc("Contact", twin.name, ana.name, merge=True)
	assert shown(ana) == ["Conference", "Call"]
	new = frappe.rename_doc("Contact", ana.name, "Ana Kovač")
	assert shown(frappe.get_doc("Contact", new)) == ["Conference", "Call"]


def test_a_contact_with_activities_cannot_be_deleted(shop):
	ana = contact(shop)
	doc = interaction(shop, contact=ana.name)
	with refused(frappe.LinkExistsError, f"linked with.*{doc.name}"):
		frappe.delete_doc("Contact", ana.name)


def test_a_partner_with_activities_cannot_be_deleted(shop):
	doc = interaction(shop)
	# ERPNext adds that a customer can be disabled instead
	with refused(frappe.LinkExistsError, f"linked with.*{doc.name}|disable this (Customer|Partner) instead"):
		frappe.delete_doc(shop.doctype, shop.name)


def test_the_page_of_a_contact_takes_at_most_five_queries_and_the_check_of_the_right(
	shop, as_user, monkeypatch
):
	ana = contact(shop)
	for number in range(21):
		user = recorder(f"history.{number}@example.com").name
		interaction(shop, contact=ana.name, responsible=user)
	as_user(recorder(SELLER).name)
	# Frappe itself asks which contacts a user may read
	asked = count_queries(monkeypatch, lambda: frappe.get_list("Contact", {"name": ana.name}, limit=1))
	assert count_queries(monkeypatch, lambda: page_of(ana)) - asked - of_events(monkeypatch) <= 5


def test_the_page_of_a_contact_takes_the_right_to_read_the_contact(shop):
	ana = contact(shop)
	interaction(shop, contact=ana.name)
	log_in("history.stranger@example.com")
	for call in (lambda: page_of(ana), lambda: api.members(document_type="Contact", document=ana.name)):
		with pytest.raises(frappe.PermissionError):
			call()


def test_a_document_type_and_a_name_are_needed(shop):
	for given in ({"document": "Ana"}, {"party": shop.name}):
		with refused(frappe.ValidationError, "document type is missing. Send the document type"):
			api.page(**given)
	log_in(SELLER, "Interaction User")
	with pytest.raises(frappe.DoesNotExistError):
		api.page(document_type="Contact", document="No Such Contact")


def test_the_employee_shows_what_they_take_part_in(shop):
	need("erpnext")
	seller = recorder(SELLER).name
	ines = employee(seller)
	interaction(shop, title="Hers", responsible=seller, starts_on="2026-01-05 10:00:00")
	there = [
		{"participant_type": "Employee", "participant": ines.name},
		{"full_name": "Ivan", "side": "Theirs"},
	]
	meeting(shop, title="Visit", participants=there, starts_on="2026-02-05 10:00:00")
	product_record(shop, product="Pump", employee=ines.name, starts_on="2026-03-05 10:00:00")
	interaction(shop, title="Not hers")
	assert shown(ines) == ["Pump", "Visit", "Hers"]


def test_the_campaign_shows_its_activities(shop):
	need("erpnext")
	# ERPNext 16 has both
	doctype = frappe.get_meta("Interaction").get_field("campaign").options
	fields = {"campaign_name": "Spring"} if doctype == "Campaign" else {"name": "Spring"}
	spring = record(doctype, **fields)
	interaction(shop, title="By field", campaign=spring.name, starts_on="2026-01-05 10:00:00")
	about = {"subject_type": doctype, "subject": spring.name}
	interaction(shop, title="By subject", **about, starts_on="2026-02-05 10:00:00")
	interaction(shop, title="Neither")
	assert shown(spring) == ["By subject", "By field"]


@pytest.mark.parametrize(
	("doctype", "field"), [("Sales Invoice", "sales_order"), ("Delivery Note", "against_sales_order")]
)
def test_an_invoice_and_a_delivery_note_show_the_chain_of_their_order(shop, doctype, field):
	need("erpnext")
	order = sold_to(shop, "Sales Order")
	order_chain = api.page(activity_type="Sales Order", activity=order.name)["chain"]["name"]
	interaction(shop, title="Delivery date", chain=order_chain)
	doc = sold_to(shop, doctype, row={field: order.name, "so_detail": order.items[0].name})
	page = page_of(doc)
	assert page["chain"]["name"] == order_chain
	assert "Delivery date" in [row["title"] for row in page["rows"]]
	without = sold_to(shop, doctype)
	assert (page_of(without)["chain"], page_of(without)["total"]) == (None, 0)
