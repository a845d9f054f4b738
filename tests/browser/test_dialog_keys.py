"""The keyboard in dialogs: pending input counts, Esc closes one thing, Tab goes from field to field."""

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.browser.chains import open_form
from tests.browser.desk import choose, dialog, expect_no_dialog, field, press, quick_entry, type_into
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import press_in_head

employee = user_fixture("all.keys@example.com", "Tea")
partner = party_fixture("Tipkovnica d.o.o.", "Enter Return", "+385 1 555 0101")


@pytest.fixture
def entry(open_desk, employee, width) -> Locator:
	entry = quick_entry(open_desk(employee, width), "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	return entry


def box(entry: Locator, name: str) -> Locator:
	return field(entry, name).locator("input").first


def focused(page: Page) -> str:
	"""Return the name of the field that has the focus, or the HTML of another element."""
	return page.evaluate(
		"() => $(document.activeElement).closest('.frappe-control').attr('data-fieldname')"
		" || document.activeElement.outerHTML.slice(0, 300)"
	)


@pytest.mark.every_platform
def test_ctrl_enter_saves_the_text_that_was_just_typed(site, entry, partner, width):
	topic = f"Ponuda odmah ({width})"
	choose(entry, "party", partner["party"])
	type_into(entry, "how_to_reach", "+385 1 555 0202")
	box(entry, "title").focus()
	entry.page.keyboard.type(topic)
	entry.page.keyboard.press("Control+Enter")
	expect_no_dialog(entry.page)
	(name,) = site.find("Interaction", title=topic)
	assert site.get("Interaction", name)["party"] == partner["party"]


@pytest.mark.every_platform
@pytest.mark.parametrize("key", ["Enter", "Control+Enter"])
def test_half_a_name_in_a_link_field_is_not_saved(site, entry, partner, key, width):
	"""The suggestions have not arrived when the key is pressed."""
	topic = f"Pola imena {key} ({width})"
	# a number of its own: a call that another case has saved would propose its partner
	type_into(entry, "how_to_reach", f"+385 1 55{len(width)} 03{len(key):02}")
	type_into(entry, "title", topic)
	held: list[Route] = []
	entry.page.route("**/*search_link*", lambda route: held.append(route))
	box(entry, "party").focus()
	entry.page.keyboard.type("Tipkov")
	entry.page.keyboard.press(key)
	entry.page.wait_for_timeout(1500)
	expect(box(entry, "party")).to_have_value("Tipkov")
	assert not site.find("Interaction", title=topic)
	assert held
	entry.page.unroute("**/*search_link*")
	choose(entry, "party", partner["party"])
	press(entry, "Save")
	expect_no_dialog(entry.page)
	(name,) = site.find("Interaction", title=topic)
	assert site.get("Interaction", name)["party"] == partner["party"]


def test_half_a_name_that_was_left_stops_the_save(site, entry, shot, width):
	type_into(entry, "how_to_reach", "+385 1 555 0404")
	type_into(entry, "title", "Ostavljeno")
	box(entry, "party").focus()
	entry.page.keyboard.type("Tipkov")
	press(entry, "Save")
	expect(entry.page.locator(".desk-alert", has_text="is not in the list")).to_be_visible()
	expect(box(entry, "party")).to_have_value("Tipkov")
	shot(entry.page, f"half-a-name-{width}")
	assert not site.find("Interaction", title="Ostavljeno")


@pytest.mark.every_platform
def test_escape_closes_the_message_and_then_asks(entry, shot, width):
	page = entry.page
	type_into(entry, "title", "Ostaje")
	press(entry, "Save")
	message = page.locator(".modal.show", has=page.locator(".msgprint"))
	expect(message).to_be_visible()
	page.wait_for_timeout(500)
	page.keyboard.press("Escape")
	expect(message).to_have_count(0)
	expect(box(entry, "title")).to_have_value("Ostaje")
	page.wait_for_timeout(500)
	page.keyboard.press("Escape")
	question = page.locator(".modal.show", has_text="Discard what you entered?")
	expect(question).to_be_visible()
	shot(page, f"discard-{width}")
	page.wait_for_timeout(500)
	page.keyboard.press("Escape")
	expect(question).to_have_count(0)
	expect(box(entry, "title")).to_have_value("Ostaje")
	page.wait_for_timeout(500)
	entry.locator(".btn-modal-close").first.click()
	press(question, "Yes")
	expect_no_dialog(page)


def test_an_untouched_dialog_closes_without_a_question(open_desk, employee, width):
	entry = quick_entry(open_desk(employee, width), "Interaction")
	entry.page.wait_for_timeout(500)
	entry.page.keyboard.press("Escape")  # the suggestions of the first field
	entry.page.keyboard.press("Escape")
	expect_no_dialog(entry.page)


@pytest.mark.every_platform
def test_tab_goes_from_field_to_field_and_stays_in_the_dialog(entry):
	page = entry.page
	box(entry, "title").focus()
	page.keyboard.press("Tab")
	assert focused(page) == "notes"
	page.keyboard.type("Zapisano")
	expect(field(entry, "notes").locator(".ql-editor:not(.read-mode)")).to_contain_text("Zapisano")
	page.keyboard.press("Tab")
	assert "Edit Full Form" in focused(page)
	for _ in range(12):
		page.keyboard.press("Tab")
		assert page.evaluate("() => Boolean(document.activeElement.closest('.modal'))")
	box(entry, "title").focus()
	page.keyboard.press("Tab")
	assert focused(page) == "notes"
	page.keyboard.press("Shift+Tab")
	assert focused(page) == "title"


def test_other_dialogs_ask_too(site, open_desk, employee, partner, width):
	call = site.phone_call("Dovršiti", **partner, responsible=employee)
	page = open_desk(employee, width)
	open_form(page, "Interaction", call["name"])
	press_in_head(page, "Complete")
	ask = dialog(page)
	field(ask, "note").locator("textarea").fill("Dogovoreno")
	page.wait_for_timeout(500)
	page.keyboard.press("Escape")
	question = page.locator(".modal.show", has_text="Discard what you entered?")
	press(question, "No")
	expect(question).to_have_count(0)
	expect(field(ask, "note").locator("textarea")).to_have_value("Dogovoreno")
	ask.locator('[data-way="nothing"]').click()
	field(ask, "note").locator("textarea").focus()
	page.keyboard.press("Control+Enter")
	expect_no_dialog(page)
	assert re.search("Dogovoreno", site.get("Interaction", call["name"])["notes"])
