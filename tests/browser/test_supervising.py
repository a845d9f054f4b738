"""A supervisor opens the team report and reviews in bulk, at each width (R12, R26)."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form
from tests.browser.desk import dialog, press

TITLES = ("Price of the pump", "Delivery", "Complaint")


@pytest.fixture(scope="module")
def manager(site):
	return site.user("supervising.manager@example.com", "Vera", "Interaction Manager", "Sales User")


@pytest.fixture
def late(site, width):
	"""Return a user and three of their calls: two late ones and a held one."""
	ana = site.user(f"supervised.{width}@example.com", f"Ana Marić {width}", "Interaction User")
	partner = site.partner(f"Vodovod ({width}) {uuid4().hex[:6]}")
	values = {
		"party_type": partner["doctype"],
		"party": partner["name"],
		"interaction_type": "Phone Call",
		"how_to_reach": "+385 1 234 5678",
		"responsible": ana,
		"starts_on": "2026-01-05 10:00:00",
	}
	statuses = ("Planned", "Planned", "Held")
	return ana, [
		site.make("Interaction", title=title, status=status, **values)
		for title, status in zip(TITLES, statuses, strict=True)
	]


@pytest.mark.every_platform
def test_a_number_of_the_team_report_opens_its_activities(open_desk, manager, late, width, shot):
	ana, made = late
	page = open_desk(manager, width)
	page.evaluate("() => frappe.set_route('query-report', 'Team Activities')")
	number = page.locator(f'.crm-team-number a[data-user="{ana}"][data-part="late"]')
	expect(number).to_have_text("2")
	page.wait_for_timeout(500)  # the totals are rendered after the table
	shot(page, f"team-{width}")
	if width == "phone":
		box = page.locator(f'.crm-team-number a[data-user="{ana}"][data-part="to_review"]').bounding_box()
		assert box["x"] + box["width"] <= 390, "the last number is out of sight"
	number.click()
	page.wait_for_function(
		"() => window.cur_list && cur_list.doctype === 'Activity Link' && cur_list.data.length"
	)
	page.wait_for_function("() => cur_list.data.length === 2")
	shown = page.evaluate("() => cur_list.data.map((row) => row.activity)")
	assert sorted(shown) == sorted(call["name"] for call in made[:2])
	shot(page, f"team-list-{width}")


def test_activities_are_reviewed_in_the_list(site, open_desk, manager, late, width, shot):
	_ana, made = late
	page = open_desk(manager, width)
	page.evaluate(
		"names => { frappe.route_options = { name: ['in', names] }; frappe.set_route('List', 'Interaction', 'List'); }",
		[call["name"] for call in made],
	)
	page.wait_for_function(
		"() => window.cur_list && cur_list.doctype === 'Interaction' && cur_list.data.length === 3"
	)
	assert page.locator(".crm-to-review").count() == 3
	_tick_all_and_choose(page, width, "Mark as Reviewed", shot)
	expect(page.locator(".crm-to-review")).to_have_count(0)
	assert {site.get("Interaction", call["name"])["reviewed_by"] for call in made} == {manager}
	_tick_all_and_choose(page, width, "Put Under Control")
	ask = dialog(page)
	shot(page, f"control-{width}")
	press(ask, "Put Under Control")
	expect(page.locator(".crm-supervisor")).to_have_count(3)
	shot(page, f"reviewed-{width}")
	assert {site.get("Interaction", call["name"])["under_control"] for call in made} == {1}


def test_a_form_leads_to_the_log_of_its_chain(open_desk, manager, late, width, shot):
	_ana, made = late
	page = open_desk(manager, width)
	shown = open_form(page, "Interaction", made[0]["name"])
	link = shown.get_by_role("link", name="Chain log")
	expect(link).to_be_visible()
	shot(page, f"log-link-{width}")
	link.click()
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=made[0]["chain"])


def _tick_all_and_choose(page, width, label, shot=None) -> None:
	shown = page.locator(".page-container:visible")
	for box in shown.locator(".list-row-container .list-row-checkbox").all():
		box.check()
	shown.locator(".actions-btn-group button").first.click()
	if shot:
		shot(page, f"review-menu-{width}")
	page.locator(".dropdown-menu.show").get_by_text(label, exact=True).click()
