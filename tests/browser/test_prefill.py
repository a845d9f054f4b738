"""Late answers of look-ups on a slow connection don't overwrite the user's input."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk import choose, field, form, quick_entry

NUMBER = "+385 51 333 444"
LOOKED_UP = ["participant_details", "party.find"]


@pytest.fixture(scope="module")
def employee(site):
	return site.user("slow.line@example.com", "Slavica", "Interaction User", "Sales User")


@pytest.fixture(scope="module")
def partner(site):
	partner = site.partner("Riječka plovidba")
	site.contact(partner, "Nikola Perić", NUMBER)
	return partner


class Line:
	"""Holds back the answers of look-ups until `let_go`."""

	def __init__(self, page: Page):
		self.page, self.held = page, []
		for method in LOOKED_UP:
			page.route(f"**/*{method}*", lambda route: self.held.append(route))

	def let_go(self) -> None:
		"""Wait for at least one look-up, and release all answers to the page."""
		while not self.held:
			self.page.wait_for_timeout(50)
		routes: list[Route] = [*self.held]
		self.held.clear()
		for route in routes:
			with self.page.expect_response(route.request.url):
				route.continue_()
		self.page.wait_for_timeout(300)


@pytest.fixture
def page(open_desk, employee):
	return open_desk(employee, "desktop")


def new_form(page: Page):
	page.goto("/app/interaction/new")
	scope = form(page)
	choose(scope, "interaction_type", "Phone Call")
	return scope


def new_dialog(page: Page):
	scope = quick_entry(page, "Interaction")
	choose(scope, "interaction_type", "Phone Call")
	return scope


PLACES = pytest.mark.parametrize("place", [new_form, new_dialog])


@PLACES
def test_the_contacts_number_does_not_overwrite_a_focused_field(page, partner, place):
	line = Line(page)
	scope = place(page)
	choose(scope, "party", partner["name"])
	choose(scope, "contact", "Nikola Perić")
	reach = field(scope, "how_to_reach").locator("input")
	reach.focus()
	line.let_go()
	expect(reach).to_have_value("")
	page.keyboard.type("4711")
	field(scope, "title").locator("input").focus()
	page.wait_for_timeout(300)
	expect(reach).to_have_value("4711")


@PLACES
def test_the_contacts_number_is_filled_in_when_the_field_is_left_empty(page, partner, place):
	line = Line(page)
	scope = place(page)
	choose(scope, "party", partner["name"])
	choose(scope, "contact", "Nikola Perić")
	reach = field(scope, "how_to_reach").locator("input")
	reach.focus()
	line.let_go()
	field(scope, "title").locator("input").focus()
	expect(reach).to_have_value(NUMBER)


@pytest.mark.every_platform
@PLACES
def test_a_known_caller_is_filled_in_only_after_the_partner_field_is_left_empty(page, partner, place):
	line = Line(page)
	scope = place(page)
	field(scope, "how_to_reach").locator("input").fill(NUMBER)
	party = field(scope, "party").locator("input").first
	party.focus()
	line.let_go()
	page.keyboard.type("Riječ")
	expect(party).to_have_value("Riječ")
	party.fill("")
	field(scope, "title").locator("input").focus()
	expect(party).to_have_value(partner["name"])
	expect(field(scope, "contact").locator("input").first).to_have_value("Nikola Perić")
