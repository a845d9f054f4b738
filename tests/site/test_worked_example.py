"""The worked example of the requirements, with exactly its values."""

import frappe
import pytest

from tests.site.factories import contact, partner

pytestmark = pytest.mark.records_only

SHOP = "Бытовая техника (Москва)"


def test_the_worked_example_is_stored_with_exactly_its_values():
	shop = partner(SHOP)
	person = contact(shop, first_name=SHOP, last_name=None, phone="(495) 6329816")

	recorded = frappe.get_doc(
		{
			"doctype": "Interaction",
			"interaction_type": "Phone Call",
			"direction": "Incoming",
			"party_type": shop.doctype,
			"party": shop.name,
			"how_to_reach": "(495) 6329816",
			"contact": person.name,
			"title": "Консультация",
			"notes": "Консультация по поводу покупки бытовой техники",
			"reviewed": 1,
			"priority": "Normal",
		}
	).insert()

	found = frappe.get_doc("Interaction", recorded.name)
	assert found.interaction_type == "Phone Call"
	assert found.direction == "Incoming"
	assert found.party_name == SHOP
	assert found.how_to_reach == "(495) 6329816"
	assert frappe.db.get_value("Contact", found.contact, "full_name") == SHOP
	assert found.title == "Консультация"
	assert found.notes == "Консультация по поводу покупки бытовой техники"
	assert found.reviewed == 1
	assert found.reviewed_by == frappe.session.user
	assert found.priority == "Normal"
	assert found.status == "Held"
	assert found.responsible == frappe.session.user
