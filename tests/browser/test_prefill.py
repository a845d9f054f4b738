"""Late answers of look-ups on a slow connection don't overwrite the user's input."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.desk import choose, field, form, quick_entry
from tests.browser.fixtures import party_fixture, user_fixture

NUMBER = "+385 51 333 444"
LOOKED_UP = ["participant_details", "party.find"]

employee = user_fixture("slow.line@example.com", "Slavica")
partner = party_fixture("Riječka plovidba", "Nikola Perić", NUMBER)


class Line:
	"""Holds back the answers of look-ups until `let_go`."""

	def __init__(self, page: Page):
		self.page = page
		self.held: list[Route] = []
		for method in LOOKED_UP:
			page.route(f"**/*{method}*", lambda route: self.held.append(route))

	def let_go(self) -> None:
		"""Wait for at least one look-up, and release all answers to the page."""
		while not self.held:
			self.page.wait_for_timeout(50)
		routes, self.held = self.held, []
		for route in routes:
			with self.page.expect_response(route.request.url):
				route.continue_()
		self.page.wait_for_timeout(300)


@pytest.fixture
def page(open_desk, employee):
	return open_desk(employee, "desktop")


@pytest.fixture
def line(page):
	return Line(page)


@pytest.fixture(params=["form", "dialog"])
def call(request, page, line):
	"""Open a new call in a form or a dialog, with held-back look-ups."""
	if request.param == "form":
		page.goto("/app/interaction/new")
		scope = form(page)
	else:
		scope = quick_entry(page, "Interaction")
	choose(scope, "interaction_type", "Phone Call")
	return scope


def choose_contact(call, partner: dict):
	"""Choose partner and contact, and return the focused field for their number."""
	choose(call, "party", partner["party"])
	choose(call, "contact", "Nikola Perić")
	reach = field(call, "how_to_reach").locator("input")
	reach.focus()
	return reach


def test_the_contacts_number_does_not_overwrite_a_focused_field(page, line, call, partner):
	reach = choose_contact(call, partner)
	line.let_go()
	expect(reach).to_have_value("")
	page.keyboard.type("4711")
	field(call, "title").locator("input").focus()
	page.wait_for_timeout(300)
	expect(reach).to_have_value("4711")


def test_the_contacts_number_is_filled_in_when_the_field_is_left_empty(page, line, call, partner):
	reach = choose_contact(call, partner)
	line.let_go()
	field(call, "title").locator("input").focus()
	expect(reach).to_have_value(NUMBER)


@pytest.mark.every_platform
def test_a_known_caller_is_filled_in_only_after_the_partner_field_is_left_empty(page, line, call, partner):
	field(call, "how_to_reach").locator("input").fill(NUMBER)
	party = field(call, "party").locator("input").first
	party.focus()
	line.let_go()
	page.keyboard.type("Riječ")
	expect(party).to_have_value("Riječ")
	party.fill("")
	field(call, "title").locator("input").focus()
	expect(party).to_have_value(partner["party"])
	expect(field(call, "contact").locator("input").first).to_have_value("Nikola Perić")
