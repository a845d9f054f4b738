"""Journal rows of Frappe CRM's documents, and the chains that they join (R15, B8)."""

import frappe
import pytest
from frappe.utils import get_datetime

from crm_interactions.integrations.frappe_crm import crm_call_log
from tests.site.chain_checks import chain_of, row_of
from tests.site.factories import change_record, record
from tests.site.other_apps import deal, lead_status, need, organization

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("consistent")]


@pytest.fixture(autouse=True)
def crm():
	need("crm")


def made(doctype: str, about=None, **fields):
	reference = {"reference_doctype": about.doctype, "reference_docname": about.name} if about else {}
	return record(doctype, **reference, **fields)


def call_log(about=None, **fields):
	values = {"from": "+385 1 4567 890", "to": "+385 1 111 222", "type": "Incoming", "status": "Completed"}
	return made("CRM Call Log", about, id=frappe.generate_hash(), **{**values, **fields})


MAKERS = {
	"CRM Task": lambda about: made("CRM Task", about, title="Send it", status="Todo"),
	"FCRM Note": lambda about: made("FCRM Note", about, title="He likes blue"),
	"CRM Call Log": call_log,
}


def test_the_row_of_a_deal_has_its_organisation_and_owner():
	trade = organization()
	row = row_of(deal(trade, deal_owner="Administrator"))
	assert (row.title, row.party_type, row.party) == (trade.name, "CRM Organization", trade.name)
	assert (row.responsible, row.status) == ("Administrator", "Done")


@pytest.mark.parametrize("doctype", MAKERS)
def test_a_document_about_a_deal_takes_its_chain_and_partner(doctype):
	about = deal()
	doc = MAKERS[doctype](about)
	assert (chain_of(doc), row_of(doc).previous) == (chain_of(about), row_of(about).name)
	assert row_of(doc).party == about.organization


@pytest.mark.parametrize("doctype", MAKERS)
def test_a_document_about_a_lead_has_it_as_partner(doctype):
	lead = record("CRM Lead", first_name="Ana", status=lead_status())
	row = row_of(MAKERS[doctype](lead))
	assert (row.party_type, row.party) == ("CRM Lead", lead.name)


def test_the_row_of_a_task_follows_its_status_and_deletion():
	task = made("CRM Task", title="Send it", status="Todo", due_date="2099-05-01 12:00:00")
	row = row_of(task)
	assert (row.status, row.activity, row.title) == ("Planned", str(task.name), "Send it")
	assert row.activity_date == get_datetime("2099-05-01 12:00:00")
	change_record(task, status="Done", assigned_to="Administrator")
	assert row_of(task).status == "Done"
	change_record(task, status="Canceled")
	assert row_of(task).status == "Cancelled"
	frappe.delete_doc("CRM Task", task.name)
	assert not row_of(task)


def test_the_row_of_a_call_log_has_its_numbers_status_and_user():
	row = row_of(call_log(receiver="Administrator", start_time="2026-02-03 10:00:00"))
	assert (row.title, row.status) == ("Incoming: +385 1 4567 890", "Done")
	assert row.responsible == "Administrator"
	assert row.activity_date == get_datetime("2026-02-03 10:00:00")
	assert row_of(call_log(status="No Answer", type="Outgoing")).status == "Cancelled"
	assert row_of(call_log(type="Outgoing")).title == "Outgoing: +385 1 111 222"
	assert crm_call_log.title_of(frappe._dict({"type": "Incoming", "from": None})) == "Incoming"


def test_a_call_log_linked_with_a_deal_joins_its_chain():
	about = deal()
	links = [{"link_doctype": about.doctype, "link_name": about.name}]
	assert chain_of(call_log(links=links)) == chain_of(about)
