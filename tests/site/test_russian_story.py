"""The story of the Russian source: a request for a catalogue leads to a deal (R20)."""

import frappe
import pytest

from crm_interactions.api import chain as api
from tests.site.chain_checks import assert_consistent, chain_of
from tests.site.factories import contact, interaction, meeting, partner
from tests.site.other_apps import contacts_of, need, organization

pytestmark = pytest.mark.records_only


@pytest.mark.parametrize("kind, app", [("Opportunity", "erpnext"), ("CRM Deal", "crm")])
def test_a_request_for_a_catalogue_leads_to_a_deal(kind, app):
	need(app)
	client = organization("ООО Заря") if kind == "CRM Deal" else partner("ООО Заря")
	buyer = contact(client, first_name="Пётр", last_name="Смирнов", email="smirnov@example.com")
	head = contact(client, first_name="Анна", last_name="Орлова", phone="+7 495 632 98 16")

	request = {"title": "Каталог", "direction": "Incoming", "starts_on": "2026-02-02 10:00:00"}
	call = interaction(client, contact=buyer.name, **request)
	sent = {"title": "Каталог отправлен", "direction": "Outgoing", "starts_on": "2026-02-02 11:30:00"}
	sent |= {"interaction_type": "E-mail", "how_to_reach": "smirnov@example.com"}
	mail = interaction(client, contact=buyer.name, chain=call.chain, **sent)
	people = [
		{"participant_type": "Contact", "participant": head.name},
		{"full_name": "Переводчик", "side": "Theirs"},
		{"participant_type": "User", "participant": "Administrator"},
	]
	met = {"title": "Встреча", "starts_on": "2026-02-09 15:00:00", "participants": people}
	visit = meeting(client, chain=call.chain, **met)

	deal = frappe.get_doc(kind, api.create_subject(call.chain, kind)["name"])
	for activity in (call, mail, visit):
		activity.reload()
		assert (activity.subject_type, activity.subject) == (kind, deal.name)
	assert {chain_of(doc) for doc in (call, mail, visit, deal)} == {call.chain}
	assert contacts_of(deal) == {buyer.name, head.name}
	assert kind == "CRM Deal" or deal.contact_person
	assert {row.full_name for row in deal.interaction_participants} == {"Переводчик", "Administrator"}
	assert_consistent()
