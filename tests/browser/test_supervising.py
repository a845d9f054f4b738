"""A supervisor opens the team report and reviews in bulk, at each width (R12, R26)."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form, open_list
from tests.browser.desk import dialog, press, shown, wait_for_form, wait_for_rows
from tests.browser.fixtures import MANAGER, user_fixture
from tests.browser.menus import list_action

manager = user_fixture("supervising.manager@example.com", "Vjera", MANAGER)


@pytest.fixture
def late(site, width):
	"""Return a user and three of their calls: two late ones and a held one."""
	ana = site.user(f"supervised.{width}@example.com", f"Ana Marić {width}", "Interaction User")
	partner = site.party(f"Vodovod ({width}) {uuid4().hex[:6]}")
	values = {"how_to_reach": "+385 1 234 5678", "responsible": ana, "starts_on": "2026-01-05 10:00:00"}
	statuses = {"Price of the pump": "Planned", "Delivery": "Planned", "Complaint": "Held"}
	made = [site.phone_call(title, status=status, **partner, **values) for title, status in statuses.items()]
	return ana, made


@pytest.mark.every_platform
def test_a_number_of_the_team_report_opens_its_activities(open_desk, manager, late, width, shot):
	ana, made = late
	page = open_desk(manager, width)
	page.evaluate("() => frappe.set_route('query-report', 'Team Activities')")
	number = page.locator(f'.crm-team-number a[data-user="{ana}"][data-part="late"]')
	expect(number).to_have_text("2")
	page.wait_for_timeout(500)  # the totals are rendered after the table
	shot(page, f"team-{width}")
	number.click()
	wait_for_rows(page, "Activity Link", 2)
	listed = page.evaluate("() => cur_list.data.map((row) => row.activity)")
	assert sorted(listed) == sorted(call["name"] for call in made[:2])
	shot(page, f"team-list-{width}")


def test_activities_are_reviewed_in_the_list(site, open_desk, manager, late, width, shot):
	_ana, made = late
	page = open_desk(manager, width)
	open_list(page, "Interaction", name=["in", [call["name"] for call in made]])
	wait_for_rows(page, "Interaction", 3)
	assert page.locator(".crm-to-review").count() == 3
	_tick_all(page)
	reviewing = list_action(page, "Mark as Reviewed")
	shot(page, f"review-menu-{width}")
	reviewing.click()
	expect(page.locator(".crm-to-review")).to_have_count(0)
	assert {site.get("Interaction", call["name"])["reviewed_by"] for call in made} == {manager}
	_tick_all(page)
	list_action(page, "Put Under Control").click()
	ask = dialog(page)
	shot(page, f"control-{width}")
	press(ask, "Put Under Control")
	expect(page.locator(".crm-supervisor")).to_have_count(3)
	shot(page, f"reviewed-{width}")
	assert {site.get("Interaction", call["name"])["under_control"] for call in made} == {1}
	page.locator(".desk-alert", has_text="Changed: 3.").last.get_by_role("button", name="Undo").click()
	expect(page.locator(".desk-alert", has_text="Undone: 3.")).to_be_visible()
	assert {site.get("Interaction", call["name"])["under_control"] for call in made} == {0}


def test_a_form_leads_to_the_log_of_its_chain(open_desk, manager, late, width, shot):
	_ana, made = late
	page = open_desk(manager, width)
	link = open_form(page, "Interaction", made[0]["name"]).get_by_role("link", name="Chain log")
	expect(link).to_be_visible()
	shot(page, f"log-link-{width}")
	link.click()
	wait_for_form(page, made[0]["chain"])


def _tick_all(page) -> None:
	for box in shown(page, ".list-row-container .list-row-checkbox").all():
		box.check()
