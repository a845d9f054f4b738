"""Filters by date and time with the date format dd.mm.yyyy (R1)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import open_list
from tests.browser.fixtures import user_fixture

EARLY, LATE = "Dan prije", "Dan poslije"

employee = user_fixture("other.dates@example.com", "Danica")


# far in the future, so that no other test's records share the page
@pytest.fixture(scope="module", autouse=True)
def recorded(site):
	common = {**site.party("Datum d.o.o."), "direction": "Incoming", "how_to_reach": "+385 1 222 3344"}
	for title, starts_on in ((EARLY, "2099-02-03 08:00:00"), (LATE, "2099-02-05 08:00:00")):
		site.phone_call(title, starts_on=starts_on, **common)
	with site.changed("System Settings", date_format="dd.mm.yyyy"):
		yield


@pytest.mark.every_platform
def test_the_list_can_be_filtered_by_date_and_time(open_desk, employee, shot):
	page = open_desk(employee, "desktop")
	list_view = open_list(page, "Interaction")
	list_view.locator(".filter-selector .filter-button").click()
	box = page.locator(".filter-popover:visible .filter-box").first
	box.locator(".fieldname-select-area input").fill("Date and Time")
	page.locator(".filter-popover .filter-field-select:visible").first.click()
	box.locator("select.condition").select_option(">")
	value = box.locator(".filter-field input")
	value.fill("04.02.2099 00:00:00")
	value.press("Tab")
	shot(page, "date-filter-typed")
	expect(list_view.locator(".list-row", has_text=LATE)).to_have_count(1)
	expect(list_view.locator(".list-row", has_text=EARLY)).to_have_count(0)
