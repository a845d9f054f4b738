"""Rows of a list show the state of an activity and open its note (R10)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chains import open_list
from tests.browser.desk import dialog, expect_no_dialog, field, press, write
from tests.browser.fixtures import party_fixture, user_fixture

LATE, DONE = "Podsjetnik", "Razgovor"

employee = user_fixture("reads.notes@example.com", "Nora")
partner = party_fixture("Bilješka d.o.o.")


@pytest.fixture
def rows(site, open_desk, employee, partner) -> Locator:
	"""Open the list of a late call and of a completed one with a note."""
	common = {"starts_on": "2026-03-01 10:00:00", "how_to_reach": "+385 1 555 0107", **partner}
	site.phone_call(LATE, status="Planned", **common)
	done = site.phone_call(DONE, notes="<p>Traži ponudu.</p>", **common)
	site.complete(done["name"])
	page = open_desk(employee, "desktop")
	open_list(page, "Interaction", party=partner["party"])
	return page.locator(".list-row")


def test_states_have_an_icon_and_notes_are_edited_until_completion(site, rows, shot):
	late, done = rows.filter(has_text=LATE), rows.filter(has_text=DONE)
	expect(late.locator('.crm-status[title="Late"] svg').locator("visible=true")).to_have_count(1)
	expect(done.locator('.crm-status[title="Done"] svg').locator("visible=true")).to_have_count(1)
	shot(rows.page, "list-rows")
	late.get_by_label("Edit the note").click()
	write(dialog(rows.page), "notes", "Nazvati opet.")
	press(dialog(rows.page), "Save")
	expect_no_dialog(rows.page)
	(name,) = site.find("Interaction", title=LATE)
	assert "Nazvati opet." in site.get("Interaction", name)["notes"]
	done.get_by_label("Read the note").click()
	expect(field(dialog(rows.page), "notes")).to_contain_text("Traži ponudu.")
	expect(dialog(rows.page).get_by_role("button", name="Save")).to_be_hidden()
