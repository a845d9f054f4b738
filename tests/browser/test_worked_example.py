"""The worked example of the requirements, recorded in the full form with exactly its values."""

import pytest

from tests.browser.desk import choose, field, form, press, saved_name, type_into, write

SHOP = "Бытовая техника (Москва)"


@pytest.fixture(scope="module")
def shop(site):
	partner = site.partner(SHOP)
	site.contact(partner, SHOP, "(495) 6329816")
	return partner


@pytest.mark.every_platform
def test_the_worked_example_is_recorded_with_its_values(site, open_desk, shop, shot):
	page = open_desk(
		site.user("first.recorder@example.com", "Vera", "Interaction Manager", "Sales User"), "desktop"
	)
	page.goto("/app/interaction/new")
	new = form(page)
	choose(new, "interaction_type", "Phone Call")
	choose(new, "direction", "Incoming")
	choose(new, "party", shop["name"])
	choose(new, "contact", SHOP)
	type_into(new, "how_to_reach", "(495) 6329816")
	type_into(new, "title", "Консультация")
	write(new, "notes", "Консультация по поводу покупки бытовой техники")
	new.get_by_text("Classification", exact=True).click()
	choose(new, "priority", "Normal")
	field(new, "reviewed").locator("input:not([disabled])").check()
	shot(page, "worked-example-classification")
	press(page.locator(".page-container:visible .page-head"), "Save")
	name = saved_name(page, "Interaction")
	shot(page, "worked-example-saved")

	recorded = site.get("Interaction", name)
	assert recorded["interaction_type"] == "Phone Call"
	assert recorded["direction"] == "Incoming"
	assert recorded["party_name"] == SHOP
	assert recorded["how_to_reach"] == "(495) 6329816"
	assert site.get("Contact", recorded["contact"])["full_name"] == SHOP
	assert recorded["title"] == "Консультация"
	assert "Консультация по поводу покупки бытовой техники" in recorded["notes"]
	assert recorded["reviewed"] == 1
	assert recorded["reviewed_by"] == "first.recorder@example.com"
	assert recorded["priority"] == "Normal"
	assert recorded["status"] == "Held"
	assert recorded["duration"] > 0, "the timer ran from opening the form to saving it"
