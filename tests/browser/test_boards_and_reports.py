"""The board shows users by name and own cards first; the report builder shows no column twice."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.desk import settled, shown
from tests.browser.fixtures import party_fixture, user_fixture

OWN_LATE, OWN = "Moja zakašnjela kartica", "Moja kartica"
# a script error fails a test: a card that made a tag of it would call an unknown function
OTHER = '"><img src=x onerror="of_a_card()"> & <b>tuđa</b>'
BOARD = "Interactions by Status"
CUT_CARDS = """() => [...document.querySelectorAll(".crm-board .kanban-card :is(.kanban-card-title, .text-truncate)")]
	.filter((element) => element.checkVisibility() && element.scrollWidth > element.clientWidth + 1)
	.map((element) => element.innerText)"""
SHOWN_COLUMNS = "() => cur_list.columns.map(({ name }) => name)"

employee = user_fixture("sorts.cards@example.com", "Klara")
colleague = user_fixture("sorts.other.cards@example.com", "Vito")
partner = party_fixture("Tvornica crpki i kućanskih aparata za Zagreb i okolicu d.o.o.")


@pytest.fixture(scope="module")
def calls(site, employee, colleague, partner) -> dict:
	"""Make a colleague's earliest call, and two of the user's own, the late one last."""
	planned = {**partner, "status": "Planned", "how_to_reach": "+385 1 246 8137"}
	site.phone_call(OTHER, **planned, responsible=colleague, starts_on="2026-01-01 10:00:00")
	site.phone_call(OWN, **planned, responsible=employee, starts_on="2099-03-02 10:00:00")
	site.phone_call(OWN_LATE, **planned, responsible=employee, starts_on="2026-03-01 10:00:00")
	return partner


@pytest.mark.layout
@pytest.mark.every_platform
def test_the_board_shows_names_and_own_cards_first(open_desk, employee, calls, width, shot):
	page = open_desk(employee, width)
	page.evaluate("board => { frappe.set_route('List', 'Interaction', 'Kanban', board); }", BOARD)
	column = shown(page, '.kanban-column[data-column-value="Planned"]')
	cards = column.locator(".kanban-card-wrapper")
	expect(cards.filter(has_text="tuđa")).to_have_count(1)
	settled(page)
	shot(page, f"board-{width}")
	topics = [topic.strip() for topic in column.locator(".kanban-card-title").all_inner_texts()]
	assert topics[:2] == [OWN_LATE, OWN]
	assert OTHER in topics[2:]
	expect(column.locator("[title]").filter(has_text="tuđa").first).to_have_attribute("title", OTHER)
	expect(cards.first).to_contain_text("Klara")
	expect(cards.first).not_to_contain_text(employee)
	assert page.evaluate(CUT_CARDS) == []


@pytest.mark.every_platform
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting", "Product Record", "Activity Link"])
def test_the_report_builder_shows_no_column_twice(open_desk, employee, calls, doctype, shot):
	page = open_desk(employee, "desktop")
	page.evaluate("doctype => { frappe.set_route('List', doctype, 'Report'); }", doctype)
	page.wait_for_function("() => window.cur_list?.view_name === 'Report' && cur_list.columns?.length > 3")
	settled(page)
	shot(page, f"report-{doctype}")
	names = page.evaluate(SHOWN_COLUMNS)
	assert len({*names}) == len(names)
	assert not {"Partner", "Partner Name"} <= {*names}
	if doctype == "Interaction":
		row = shown(page, ".dt-row").filter(has_text=OWN).first
		expect(row.get_by_text(OWN, exact=True)).to_have_count(1)
		expect(row.locator(".dt-cell__content a").first).to_have_text(re.compile(r"INT-\d{4}-\d+"))
