"""The worked example of the requirements, with exactly its values."""

import frappe
import pytest

from tests.site.factories import contact, partner, record

pytestmark = pytest.mark.records_only
SHOP = "Бытовая техника (Москва)"


def test_the_worked_example_is_stored_with_exactly_its_values():
	shop = partner(SHOP)
	person = contact(shop, first_name=SHOP, last_name=None, phone="(495) 6329816")
	values = {
		**{"interaction_type": "Phone Call", "direction": "Incoming", "how_to_reach": "(495) 6329816"},
		**{"title": "Консультация", "notes": "Консультация по поводу покупки бытовой техники", "reviewed": 1},
		"priority": "Normal",
	}
	name = record("Interaction", party_type=shop.doctype, party=shop.name, contact=person.name, **values).name

	found = frappe.get_doc("Interaction", name)
	assert {field: found.get(field) for field in values} == values
	assert (found.party_name, found.status) == (SHOP, "Held")
	assert frappe.db.get_value("Contact", found.contact, "full_name") == SHOP
	assert found.reviewed_by == found.responsible == frappe.session.user
