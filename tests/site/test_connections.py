"""Connections of forms: Frappe's dashboard opens the app's lists, and counts only what the user may read (R2, R26)."""

import json

import frappe
import pytest

from crm_interactions.chains.connections import CHAIN, count, list_connections, split_items
from crm_interactions.visibility import predicate
from tests.site.door import call
from tests.site.factories import contact, interaction, meeting, partner, record, user
from tests.site.other_apps import employee, need, opportunity
from tests.site.visible import colleagues, recorded_by

pytestmark = pytest.mark.records_only
ME, OTHER = "connected@example.com", "elsewhere@example.com"
METHOD = "method/frappe.desk.notifications.get_open_count"


def counts(doc, *items: str) -> dict[str, int]:
	"""Return the counts of the external links of a form, as the Desk asks for them."""
	given = {"items": json.dumps(items)} if items else {}
	answer = call("GET", METHOD, doctype=doc.doctype, name=doc.name, **given)
	assert answer.status == 200, answer.text
	found = json.loads(answer.text)["message"]["count"]["external_links_found"]
	return {row["doctype"]: row["count"] for row in found}


@pytest.fixture
def me(settings):
	colleagues(ME, OTHER)
	settings(visibility=predicate.OWN_AND_TEAM)
	user(ME, "Sales User" if "erpnext" in frappe.get_installed_apps() else "Interaction User")
	return ME


def test_a_partner_counts_the_readable_activities_and_chains(me, as_user):
	shop = partner()
	recorded_by(me, of=shop)
	recorded_by(me, meeting, of=shop)
	recorded_by(OTHER, of=shop)
	items = ("Interaction", "Meeting", CHAIN)
	assert counts(shop, *items) == {"Interaction": 2, "Meeting": 1, CHAIN: 3}
	as_user(me)
	assert counts(shop, *items) == {"Interaction": 1, "Meeting": 1, CHAIN: 2}


def test_a_contact_counts_activities_with_it(as_user):
	shop = partner()
	ana = contact(shop)
	interaction(shop, contact=ana.name)
	interaction(shop)
	assert counts(ana, "Interaction", "Meeting") == {"Interaction": 1, "Meeting": 0}


def test_a_document_that_cannot_be_read_gives_no_counts(me, as_user):
	shop = partner()
	interaction(shop)
	as_user(user("connected.stranger@example.com").name)
	assert call("GET", METHOD, doctype=shop.doctype, name=shop.name, items='["Interaction"]').status == 403


def test_the_connections_of_a_dictionary_count_by_rights(me, as_user):
	mail = frappe.get_doc("Interaction Type", "E-mail")
	recorded_by(me, interaction_type=mail.name)
	recorded_by(OTHER, interaction_type=mail.name)
	assert counts(mail)["Interaction"] >= 2
	as_user(me)
	assert counts(mail)["Interaction"] == 1
	assert counts(mail, "Interaction") == {"Interaction": 1}


def test_a_link_that_an_administrator_added_is_counted_by_rights(me, as_user):
	"""Customize Form adds such rows."""
	row = {
		"doctype": "DocType Link",
		"parent": "Note",
		"parenttype": "DocType",
		"parentfield": "links",
		"custom": 1,
	}
	for linked, field in (("Interaction", "title"), ("ToDo", "reference_name")):
		link = {"group": "Activities", "link_doctype": linked, "link_fieldname": field}
		frappe.get_doc({**row, **link}).db_insert()
	frappe.clear_cache(doctype="Note")
	note = record("Note", title="Pump station", public=1)
	for name in (me, OTHER):
		recorded_by(name, title=note.name)
	record("ToDo", description="Call", reference_type="Note", reference_name=note.name)
	assert counts(note) == {"Interaction": 2, "ToDo": 1}
	as_user(me)
	# Frappe counts to-dos of other users, too
	assert counts(note) == {"Interaction": 1, "ToDo": 1}
	as_user(user("connected.stranger@example.com", "Prepared Report User").name)
	assert counts(note) == {"Interaction": 0, "ToDo": 1}


def test_a_list_without_a_link_to_the_document_is_refused():
	for item in ("ToDo", "No Such Type", "DocField"):
		answer = call("GET", METHOD, doctype="Interaction Type", name="E-mail", items=json.dumps([item]))
		assert answer.status == 417, item
		assert "The value of <strong>items</strong> is invalid" in answer.text


def test_the_dashboards_of_all_forms_are_answered():
	"""Also those that name a field of a table, such as a quotation's sales orders."""
	refused = []
	for doctype in frappe.get_all("DocType", {"istable": 0, "issingle": 0}, pluck="name"):
		dashboard = frappe.get_meta(doctype).get_dashboard_data()
		items = [item for group in dashboard.transactions or [] for item in group["items"]]
		try:
			_others, own = split_items(doctype, items)
		except frappe.ValidationError:
			refused.append(doctype)
			continue
		for item in own:
			assert count(doctype, "No Such Document", item) == 0
	assert not refused


def test_the_forms_of_erpnext_have_connections():
	need("erpnext")
	found = {doctype: own["field"] for doctype, own in list_connections().items()}
	of_partner = dict.fromkeys(("Customer", "Supplier", "Lead", "Prospect"), "party")
	of_subject = dict.fromkeys(("Opportunity", "Quotation", "Sales Order", "Issue", "Project"), "subject")
	campaign = frappe.get_meta("Interaction").get_field("campaign").options
	wanted = {**of_partner, **of_subject, "Contact": "contact", "Employee": "employee", campaign: "campaign"}
	assert wanted.items() <= found.items()
	deal = opportunity()
	interaction(partner(), subject_type="Opportunity", subject=deal.name)
	assert counts(deal, "Interaction", "Meeting", CHAIN) == {"Interaction": 1, "Meeting": 0, CHAIN: 1}
	jana = employee(user("connected.jana@example.com").name)
	interaction(partner(), employee=jana.name)
	assert counts(jana, "Interaction") == {"Interaction": 1}
