"""Journal rows of Frappe's and ERPNext's documents, and the chains that they join (R15, B8)."""

from dataclasses import replace

import frappe
import pytest
from frappe.utils import add_days, get_datetime, today

from crm_interactions.chains import closing, undoing
from crm_interactions.integrations.erpnext import quotation as quotation_source
from crm_interactions.integrations.frappe import todo
from crm_interactions.journal import app_sources, registry
from tests.site.chain_checks import chain_of, row_of
from tests.site.factories import change_record, contact, interaction, partner, record
from tests.site.other_apps import deal, item, need, opportunity, project, quotation

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]


@pytest.fixture
def erpnext():
	need("erpnext")


def sources():
	return [*app_sources.SOURCES, *registry.built_in()]


def test_the_sources_of_an_app_exist_only_with_the_app():
	registry.clear_cache()
	expected = {"erpnext": {"Quotation", "Opportunity", "Sales Order", "Task", "Issue", "Project"}}
	expected["crm"] = {"CRM Deal", "CRM Task", "CRM Call Log", "FCRM Note"}
	for app, doctypes in expected.items():
		present = doctypes if app in frappe.get_installed_apps() else set()
		assert registry.sources().keys() & doctypes == present
	assert registry.sources().keys() >= {"ToDo", "Event"}


def test_every_field_of_a_source_exists():
	for source in sources():
		meta = frappe.get_meta(source.doctype)
		fields = [*source.date, *source.title, *source.responsible, *filter(None, [source.status])]
		for pair in (*source.party, *source.origins):
			fields += [field for field in pair if not field.startswith("=")]
		for field in fields:
			table, _, name = field.rpartition(".")
			where = frappe.get_meta(meta.get_field(table).options) if table else meta
			assert where.has_field(name), f"{source.doctype} has no {field}"


def test_every_status_of_a_source_is_an_option_of_its_field():
	for source in sources():
		df = source.status and frappe.get_meta(source.doctype).get_field(source.status)
		if df and df.fieldtype == "Select":
			assert source.planned | source.cancelled <= {*df.options.split("\n")}, source.doctype


def test_every_icon_of_a_source_exists_in_frappe():
	with open(frappe.get_app_path("frappe", "public", "icons", "timeless", "icons.svg")) as file:
		icons = file.read()
	for source in sources():
		assert f'id="icon-{source.icon}"' in icons, f"{source.doctype}: {source.icon}"


def test_a_source_without_its_document_type_is_left_out(monkeypatch):
	monkeypatch.setattr(todo, "SOURCE", replace(todo.SOURCE, doctype="No Such Thing"))
	registry.clear_cache()
	assert not registry.sources().keys() & {"ToDo", "No Such Thing"}
	monkeypatch.undo()
	registry.clear_cache()
	assert "ToDo" in registry.sources()


def test_the_existing_document_types_are_cached_across_requests(monkeypatch):
	registry.clear_cache()
	registry.sources()
	frappe.local.crm_interactions_sources = None  # the next request
	monkeypatch.setattr(frappe, "get_all", lambda *args, **kwargs: pytest.fail("asked again"))
	assert "ToDo" in {source.doctype for source in registry.built_in()}


def mail_about(doc):
	sender = {"sender": "ana@example.com", "sender_full_name": "Ana Horvat", "sent_or_received": "Received"}
	reference = {"reference_doctype": doc.doctype, "reference_name": doc.name}
	values = {"subject": "Your catalogue", "communication_medium": "Email"}
	return record("Communication", **values, **sender, **reference)


@pytest.fixture
def call():
	return interaction(title="Catalogue")


@pytest.mark.parametrize("made", ["todo", "event"])
def test_a_document_that_refers_to_a_mail_joins_the_chain_of_the_mail(made, call):
	mail = mail_about(call)
	if made == "todo":
		doc = record("ToDo", description="Send it", reference_type=mail.doctype, reference_name=mail.name)
	else:
		rows = [{"reference_doctype": mail.doctype, "reference_docname": mail.name}]
		doc = record("Event", subject="Go there", starts_on="2026-03-01 10:00:00", event_participants=rows)
	row = row_of(doc)
	assert (row.chain, row.previous, row.party) == (call.chain, row_of(call).name, call.party)


def made_from(mail, doctype: str) -> str:
	"""Create a document with ERPNext's button on a mail; return its name."""
	methods = {
		"Lead": "erpnext.crm.doctype.lead.lead.make_lead_from_communication",
		"Issue": "erpnext.support.doctype.issue.issue.make_issue_from_communication",
		"Opportunity": "erpnext.crm.doctype.opportunity.opportunity.make_opportunity_from_communication",
	}
	company = [frappe.defaults.get_global_default("company")] if doctype == "Opportunity" else []
	return frappe.get_attr(methods[doctype])(mail.name, *company)


@pytest.mark.parametrize("doctype", ["Issue", "Opportunity"])
@pytest.mark.parametrize("closed", [False, True])
def test_a_document_created_from_a_mail_joins_the_former_chain_of_the_mail(erpnext, doctype, closed, call):
	mail = mail_about(call)
	if closed:
		closing.close(call.chain, "Enough")
	made = frappe.get_doc(doctype, made_from(mail, doctype))
	assert (mail.reload().reference_doctype, mail.reference_name) == (doctype, made.name)
	assert (chain_of(made), row_of(made).previous) == (call.chain, row_of(call).name)
	assert frappe.db.get_value("Interaction Chain", call.chain, "status") == "Open"
	undoing.undo_entry(frappe.get_last_doc("Interaction Chain Log", {"action": "Join"}).name)
	assert chain_of(made) != call.chain


def test_a_second_document_from_the_same_mail_joins_the_same_chain(erpnext, call):
	mail = mail_about(call)
	made = [frappe.get_doc("Issue", made_from(mail, "Issue")) for _ in range(2)]
	assert {chain_of(doc) for doc in made} == {call.chain}


def test_a_mail_that_moves_to_another_document_moves_no_chain(erpnext, call):
	other, mail = interaction(title="Delivery"), mail_about(call)  # the mail came later
	change_record(mail, reference_doctype=other.doctype, reference_name=other.name)
	assert chain_of(other) == other.chain != call.chain
	lead = made_from(mail, "Lead")
	assert mail.reload().reference_name == lead
	made = frappe.get_doc("Issue", made_from(mail, "Issue"))  # a lead is not an activity
	assert chain_of(made) not in (call.chain, other.chain)


@pytest.mark.parametrize("items", [False, True])
def test_a_quotation_joins_the_chain_of_its_opportunity(erpnext, items):
	from erpnext.crm.doctype.opportunity.opportunity import make_quotation

	chance = opportunity(items=items)
	made = make_quotation(chance.name)
	if not items:
		made.append("items", {"item_code": item(), "qty": 1, "rate": 10})
	row = row_of(made.insert())
	assert (row.chain, row.previous) == (chain_of(chance), row_of(chance).name)


def test_a_sales_order_and_its_project_join_the_chain_of_the_quotation(erpnext):
	from erpnext.selling.doctype.quotation.quotation import make_sales_order
	from erpnext.selling.doctype.sales_order.sales_order import make_project

	offer = quotation(partner())
	order = make_sales_order(offer.name)
	order.delivery_date = add_days(today(), 7)
	order.insert()
	assert row_of(order).status == "Planned"
	order.submit()
	assert row_of(order).status == "Done"
	made = make_project(order.name).insert()
	assert chain_of(offer) == chain_of(order) == chain_of(made)
	assert (row_of(made).previous, row_of(made).party) == (row_of(order).name, order.customer)


def test_an_amended_quotation_stays_in_the_chain_of_the_cancelled_one(erpnext):
	offer = quotation(partner())
	assert row_of(offer).status == "Done"
	offer.cancel()
	assert row_of(offer).status == "Cancelled"
	amended = frappe.copy_doc(offer).update({"amended_from": offer.name, "docstatus": 0}).insert()
	assert chain_of(amended) == chain_of(offer)


def test_a_task_takes_chain_and_partner_of_its_issue_or_project(erpnext):
	from erpnext.support.doctype.issue.issue import make_task

	customer = partner()
	claim, works = record("Issue", subject="Leaks", customer=customer.name), project(customer)
	of_issue, of_project = make_task(claim.name).insert(), record("Task", subject="Dig", project=works.name)
	for task, origin in ((of_issue, claim), (of_project, works)):
		assert (row_of(task).chain, row_of(task).party) == (chain_of(origin), customer.name)
	assert chain_of(record("Task", subject="Deeper")) not in {chain_of(works), chain_of(claim)}


def test_the_row_of_a_task_follows_its_status(erpnext):
	task = record("Task", subject="Dig", exp_end_date="2099-05-01")
	row = row_of(task)
	assert (row.status, row.title, row.activity_date) == ("Planned", "Dig", get_datetime("2099-05-01"))
	assert frappe.db.get_value("Interaction Chain", row.chain, "next_step_on") == row.activity_date
	change_record(task, status="Completed", completed_by="Administrator", completed_on=today())
	assert (row_of(task).status, row_of(task).responsible) == ("Done", "Administrator")
	change_record(task, status="Cancelled")
	assert row_of(task).status == "Cancelled"


def test_a_task_template_has_no_row(erpnext):
	task = record("Task", subject="Dig", is_template=1, status="Template")
	assert not row_of(task)
	change_record(task, is_template=0, status="Open")
	assert row_of(task)


def test_the_row_of_an_opportunity_has_its_title_partner_user_and_date(erpnext):
	customer = partner()
	row = row_of(opportunity(customer, opportunity_owner="Guest", transaction_date="2026-02-03"))
	assert (row.title, row.party_type, row.party) == ("Pumps for 2026", "Customer", customer.name)
	assert (row.responsible, row.status) == ("Guest", "Done")
	assert row.activity_date == get_datetime("2026-02-03")
	assert not row.priority


def test_a_document_dated_today_has_the_time_of_its_creation(erpnext):
	chance = opportunity()
	assert row_of(chance).activity_date == get_datetime(chance.creation)


def test_an_issue_takes_the_partner_of_its_contact(erpnext):
	customer = partner()
	claim = record("Issue", subject="Leaks", contact=contact(customer).name, priority=None)
	assert row_of(claim).party == customer.name
	unknown = row_of(record("Issue", subject="Noise"))
	assert (unknown.party, unknown.status) == (None, "Done")


def test_a_split_issue_stays_in_its_chain(erpnext):
	claim = record("Issue", subject="Leaks")
	assert chain_of(record("Issue", subject="Noise", issue_split_from=claim.name)) == chain_of(claim)


def test_a_quotation_takes_partner_and_origin_from_a_deal_of_frappe_crm(erpnext):
	need("crm")
	made = deal()
	offer = frappe.new_doc("Quotation")
	offer.update({"quotation_to": "CRM Deal", "party_name": made.name})
	assert quotation_source.party_of(offer) == ("CRM Organization", made.organization)
	assert quotation_source.origins_of(offer) == [("CRM Deal", made.name)]
