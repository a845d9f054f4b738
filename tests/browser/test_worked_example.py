"""The worked example of the requirements, recorded in the full form with exactly its values."""

import pytest

from tests.browser.desk import choose, field, form, press, saved_name, shown, type_into, write
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture

SHOP = "Бытовая техника (Москва)"

shop = party_fixture(SHOP, SHOP, "(495) 6329816")
recorder = user_fixture("first.recorder@example.com", "Božena", MANAGER)


@pytest.mark.every_platform
def test_the_worked_example_is_recorded_with_its_values(site, open_desk, recorder, shop, shot):
	page = open_desk(recorder, "desktop")
	page.goto("/app/interaction/new")
	new = form(page)
	choose(new, "interaction_type", "Phone Call")
	choose(new, "direction", "Incoming")
	choose(new, "party", shop["party"])
	choose(new, "contact", SHOP)
	type_into(new, "how_to_reach", "(495) 6329816")
	type_into(new, "title", "Консультация")
	write(new, "notes", "Консультация по поводу покупки бытовой техники")
	new.get_by_text("Classification", exact=True).click()
	choose(new, "priority", "Normal")
	field(new, "reviewed").locator("input:not([disabled])").check()
	shot(page, "worked-example-classification")
	press(shown(page, ".page-head"), "Save")
	name = saved_name(page, "Interaction")
	shot(page, "worked-example-saved")

	recorded = site.get("Interaction", name)
	expected = {"interaction_type": "Phone Call", "direction": "Incoming", "party_name": SHOP}
	expected |= {"how_to_reach": "(495) 6329816", "title": "Консультация", "priority": "Normal"}
	expected |= {"status": "Held", "reviewed": 1, "reviewed_by": recorder}
	assert {field: recorded[field] for field in expected} == expected
	assert site.get("Contact", recorded["contact"])["full_name"] == SHOP
	assert "Консультация по поводу покупки бытовой техники" in recorded["notes"]
	assert recorded["duration"] > 0, "the timer ran from opening the form to saving it"
