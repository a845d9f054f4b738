"""The search bar offers partners, chains and notes, and the global search finds activities by partner, digits and note."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import dialog, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture

worker = user_fixture("searches@example.com", "Iskra")
partner = party_fixture("Iskalna Trgovina d.o.o.", "Neva", "+386 1 700 12 34")


@pytest.fixture
def call(site, partner, worker):
	title = "Iskano <b>povpraševanje"
	return site.phone_call(title, **partner, responsible=worker, notes="<p>Vprašali za Kaplanove turbine</p>")


def search_for(page, text: str):
	"""Type into the search bar and return its options."""
	page.locator("#navbar-search:visible").click()
	page.keyboard.type(text)
	return page.locator(".search-bar:visible .awesomplete li")


@pytest.mark.every_platform
def test_keys_choose_a_partner_found_by_digits(open_desk, call, worker, partner):
	page = open_desk(worker, "desktop")
	options = search_for(page, "700-12-34")
	hit = options.filter(has_text="Iskalna Trgovina")
	expect(hit).to_have_count(1)
	# the first option stays Frappe's own search
	expect(options.first).to_contain_text("Search for")
	page.keyboard.press("ArrowDown")
	expect(hit).to_have_attribute("aria-selected", "true")
	page.keyboard.press("Enter")
	wait_for_form(page, partner["party"])


@pytest.mark.every_platform
def test_a_click_opens_a_chain_found_by_title(site, open_desk, call, worker, shot):
	chain = site.get("Interaction", call["name"])["chain"]
	page = open_desk(worker, "desktop")
	hit = search_for(page, "iskano").filter(has_text=chain)
	expect(hit).to_contain_text("Iskano <b>povpraševanje")
	shot(page, "search-bar")
	hit.click()
	wait_for_form(page, chain)


@pytest.mark.every_platform
def test_a_click_opens_an_activity_found_by_a_word_of_its_note(open_desk, call, worker, shot):
	page = open_desk(worker, "desktop")
	hit = search_for(page, "kaplanove").filter(has_text="Kaplanove turbine").first
	expect(hit).to_contain_text("Iskano <b>povpraševanje")
	expect(hit).to_contain_text("Iskalna Trgovina")
	shot(page, "search-bar-note")
	hit.click()
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Interaction'")
	assert "Kaplanove" in page.evaluate("() => cur_frm.doc.notes")


@pytest.mark.every_platform
@pytest.mark.parametrize("text", ["Iskalna Trgovina", "700 12 34", "Kaplanove turbine"])
def test_enter_finds_the_activity(open_desk, call, worker, text):
	page = open_desk(worker, "desktop")
	expect(search_for(page, text).first).to_contain_text("Search for")
	page.keyboard.press("Enter")
	expect(dialog(page).locator(f'a[href$="/{call["name"]}"]').first).to_be_visible()
