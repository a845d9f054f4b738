"""The story of the Russian source: a request for a catalogue leads to a deal (R20)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from tests.site.chain_checks import assert_consistent, chain_of
from tests.site.factories import contact, interaction, meeting, partner
from tests.site.other_apps import need, organization

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize("kind, app", [("Opportunity", "erpnext"), ("CRM Deal", "crm")])
def test_a_request_for_a_catalogue_leads_to_a_deal(kind, app):
	need(app)
	client = organization("ООО Заря") if kind == "CRM Deal" else partner("ООО Заря")
	buyer = contact(client, first_name="Пётр", last_name="Смирнов", email="smirnov@example.com")
	head = contact(client, first_name="Анна", last_name="Орлова", phone="+7 495 632 98 16")

	call = interaction(
		client,
		title="Каталог",
		direction="Incoming",
		contact=buyer.name,
		starts_on="2026-02-02 10:00:00",
	)
	mail = interaction(
		client,
		title="Каталог отправлен",
		interaction_type="E-mail",
		direction="Outgoing",
		contact=buyer.name,
		how_to_reach="smirnov@example.com",
		chain=call.chain,
		starts_on="2026-02-02 11:30:00",
	)
	visit = meeting(
		client,
		title="Встреча",
		chain=call.chain,
		starts_on="2026-02-09 15:00:00",
		participants=[
			{"participant_type": "Contact", "participant": head.name},
			{"full_name": "Переводчик", "side": "Theirs"},
			{"participant_type": "User", "participant": "Administrator"},
		],
	)

	made = api.create_subject(call.chain, kind)

	deal = frappe.get_doc(kind, made["name"])
	for activity in (call, mail, visit):
		activity.reload()
		assert (activity.subject_type, activity.subject) == (kind, deal.name)
	assert {chain_of(doc) for doc in (call, mail, visit, deal)} == {call.chain}
	assert contacts_of(deal) == {buyer.name, head.name}
	assert {row.full_name for row in deal.interaction_participants} == {"Переводчик", "Administrator"}
	assert_consistent()


def contacts_of(deal) -> set[str]:
	if deal.doctype == "CRM Deal":
		return {row.contact for row in deal.contacts}
	assert deal.contact_person
	filters = {"parenttype": "Contact", "link_doctype": deal.doctype, "link_name": deal.name}
	return {*frappe.get_all("Dynamic Link", filters, pluck="parent")}
