"""Log Call from everywhere: one box for a number, a partner or a person, the note, Enter (R3)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chains import open_panel
from tests.browser.desk import dialog, expect_no_dialog, fits, settled
from tests.browser.fixtures import party_fixture, user_fixture

clerk = user_fixture("log.call@example.com", "Paula")
partner = party_fixture("Telefonija d.o.o.", "Nives", "+385 1 555 0456")
# clicks and keys of the user
COUNTED = """() => {
	window.crm_clicks = 0; window.crm_keys = 0;
	document.addEventListener("click", (event) => event.isTrusted && window.crm_clicks++, true);
	document.addEventListener("keydown", ({ key }) => !["Control", "Shift"].includes(key) && window.crm_keys++, true);
}"""
SHORTCUT = "Control+Shift+K"


@pytest.fixture(scope="module", autouse=True)
def history(site, clerk, partner) -> None:
	site.phone_call("Asked for seals", **partner, starts_on="2026-03-01 10:00:00", responsible=clerk)


def only_one(site, title: str) -> dict:
	(name,) = site.find("Interaction", title=title)
	site.made.append(("Interaction", name))
	return site.get("Interaction", name)


def opened(page: Page, width: str):
	if width == "phone":
		page.locator(".crm-log-plus").click()
	else:
		page.keyboard.press(SHORTCUT)
	box = dialog(page)
	expect(box.locator('[data-fieldname="who"] input')).to_be_focused()
	return box


@pytest.mark.layout
@pytest.mark.every_platform
def test_a_call_is_logged_by_its_number(site, open_desk, clerk, partner, width, shot):
	note = f"Wants 2 seals {width}"
	page = open_desk(clerk, width)
	page.evaluate(COUNTED)
	box = opened(page, width)
	page.keyboard.type("+38515550456")
	expect(box).to_contain_text("Nives")
	expect(box).to_contain_text("Asked for seals")
	shot(page, f"log-call-{width}")
	assert fits(page)
	box.locator('[data-fieldname="note"] textarea').focus()
	page.keyboard.type(note)
	# without a measured second, a call has the usual duration of its type
	expect(box.locator(".crm-quick-entry-timer")).not_to_contain_text("0:00")
	page.keyboard.press("Control+Enter")
	expect_no_dialog(page)
	clicks, keys = page.evaluate("() => [crm_clicks, crm_keys]")
	assert clicks <= (1 if width == "phone" else 0)
	assert keys - len(note) <= 25
	logged = only_one(site, note)
	assert (logged["party"], logged["contact"]) == (partner["party"], partner["contact"])
	assert (logged["interaction_type"], logged["direction"]) == ("Phone Call", "Incoming")
	assert 1 <= logged["duration"] < 300


def test_a_draft_survives_closing_and_a_person_is_found_by_name(site, open_desk, clerk, partner):
	page = open_desk(clerk, "desktop")
	box = opened(page, "desktop")
	box.locator('[data-fieldname="note"] textarea').fill("Half a note")
	page.keyboard.press("Escape")
	expect_no_dialog(page)
	page.reload()
	settled(page)
	box = opened(page, "desktop")
	expect(box.locator('[data-fieldname="note"] textarea')).to_have_value("Half a note")
	page.keyboard.type("Nives")
	box.get_by_role("button", name="Nives").first.click()
	expect(box).to_contain_text("Asked for seals")
	box.get_by_role("button", name="Save & Complete").click()
	expect_no_dialog(page)
	settled(page)
	assert only_one(site, "Half a note")["completed"] == 1


def test_an_unknown_number_offers_a_new_contact(open_desk, clerk, shot):
	page = open_desk(clerk, "desktop")
	box = opened(page, "desktop")
	page.keyboard.type("+49 30 9999111")
	box.get_by_role("button", name="New Contact").click()
	expect(dialog(page).locator('[data-fieldname="phone"] input')).to_have_value("+49 30 9999111")
	shot(page, "log-call-unknown")


def test_the_bar_at_the_top_opens_it(open_desk, clerk):
	page = open_desk(clerk, "desktop")
	page.locator(".crm-log-navbar button").click()
	expect(dialog(page).locator('[data-fieldname="who"] input')).to_be_visible()


def test_a_next_step_is_chosen_in_the_box(site, open_desk, clerk, partner, shot):
	page = open_desk(clerk, "desktop")
	box = opened(page, "desktop")
	page.keyboard.type("+38515550456")
	page.keyboard.press("Enter")
	expect(box).to_contain_text("Asked for seals")
	expect(box.locator('[data-fieldname="note"] textarea')).to_be_focused()
	page.keyboard.type("Calls again with the drawing")
	box.locator('[data-fieldname="next"] select').select_option(label="In 1 Week")
	shot(page, "log-call-next")
	page.keyboard.press("Control+Enter")
	expect_no_dialog(page)
	(logged,) = site.find("Interaction", title="Calls again with the drawing", status="Held")
	step = site.get("Interaction", site.get("Interaction", logged)["next_activity"])
	assert (step["status"], step["responsible"]) == ("Planned", clerk)


def test_save_and_plan_goes_on_to_the_next_step(site, open_desk, clerk, partner):
	page = open_desk(clerk, "desktop")
	box = opened(page, "desktop")
	page.keyboard.type("+38515550456")
	expect(box).to_contain_text("Asked for seals")
	box.locator('[data-kind="call_out"]').click()
	box.locator('[data-fieldname="note"] textarea').fill("Offered seals")
	box.get_by_role("button", name="Save & Plan").click()
	expect(dialog(page)).to_contain_text("Complete: Offered seals")
	page.keyboard.press("Escape")
	logged = only_one(site, "Offered seals")
	assert (logged["direction"], logged["completed"]) == ("Outgoing", 0)
	# the next one has the same kind
	page.reload()
	settled(page)
	expect(opened(page, "desktop").locator('[data-kind="call_out"]')).to_have_attribute(
		"aria-checked", "true"
	)


def test_the_search_bar_has_the_command(open_desk, clerk):
	page = open_desk(clerk, "desktop")
	page.locator("#navbar-search:visible").click()
	page.keyboard.type("log call")
	page.locator(".search-bar:visible .awesomplete li", has_text=re.compile(r"^\s*Log Call")).click()
	expect(dialog(page).locator('[data-fieldname="who"] input')).to_be_visible()


def test_the_form_of_a_partner_gives_the_partner(open_desk, clerk, partner):
	page = open_desk(clerk, "desktop")
	open_panel(page, partner["party_type"], partner["party"])
	page.keyboard.press(SHORTCUT)
	box = dialog(page)
	expect(box).to_contain_text(partner["party"])
	expect(box).to_contain_text("Asked for seals")
	expect(box.locator('[data-fieldname="note"] textarea')).to_be_focused()
