"""What new users see: first steps, empty lists with a way to begin, help; review and dictionaries are for managers."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import close, dialog, fits, open_list, press, settled, shown
from tests.browser.fixtures import EMPLOYEE, MANAGER, user_fixture

rep = user_fixture("first.steps@example.com", "Nova", EMPLOYEE)
manager = user_fixture("first.manager@example.com", "Vlasta", MANAGER)
EMPTY = {
	"Interaction": "No calls yet. Log your first one.",
	"Meeting": "No meetings yet. Plan your first one.",
	"Product Record": "No product records yet. Note what a partner uses or asks for.",
}


@pytest.fixture(scope="module", autouse=True)
def limited(site):
	"""Let users see only their own work, so that new users see none."""
	with site.settings(visibility="Own and Team"), site.changed("System Settings", enable_onboarding=1):
		yield


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_new_user_begins_in_my_day(open_desk, rep, width, shot):
	page = open_desk(rep, width)
	page.goto("/app/my-day")
	begin = shown(page, ".crm-empty")
	expect(begin).to_contain_text("Log your first call")
	settled(page)
	shot(page, f"first-day-{width}")
	assert fits(page)
	begin.get_by_role("button", name="Log Call").click()
	expect(dialog(page)).to_contain_text("Log Call")


@pytest.mark.layout
def test_empty_lists_offer_to_begin(open_desk, rep, width, shot):
	page = open_desk(rep, width)
	for doctype, text in EMPTY.items():  # not the journal, which has the public events of other tests
		open_list(page, doctype)
		page.evaluate("() => cur_list.filter_area.clear()")
		expect(shown(page, ".crm-empty").first).to_contain_text(text)
		settled(page)
		shot(page, f"first-{doctype.lower().replace(' ', '-')}-{width}")
	open_list(page, "Interaction")
	shown(page, ".crm-empty").get_by_role("button", name="Log Call").click()
	expect(dialog(page)).to_contain_text("Log Call")


@pytest.mark.every_platform
def test_the_first_steps_log_show_and_open(open_desk, rep, shot):
	"""On phones, Frappe's workspace leaves them out."""
	page = open_desk(rep, "desktop")
	page.goto("/app/interactions")
	steps = shown(page, ".onboarding-widget-box")
	expect(steps).to_contain_text("First Steps with Interactions")
	settled(page)
	shot(page, "first-steps")
	assert fits(page)
	expect(shown(page, ".widget").filter(has_text="Dictionaries")).to_have_count(0)
	expect(shown(page, ".shortcut-widget-box").filter(has_text="To Review")).to_have_count(0)
	steps.get_by_role("button", name="Log Call").click()
	expect(dialog(page)).to_contain_text("Partner")
	close(dialog(page))
	steps.locator(".onboarding-step").filter(has_text="Complete an Interaction").click()
	steps.get_by_role("button", name="Show Me").click()
	tip = page.locator("#driver-popover-item")
	expect(tip).to_contain_text("A partner or a contact is who you talk to.")
	page.wait_for_timeout(600)
	shot(page, "first-tour")
	for title in ("Status", "Outcome", "Next Step"):
		tip.locator(".driver-next-btn").click()
		expect(tip.locator(".driver-popover-title")).to_have_text(title)
		page.wait_for_timeout(600)
	shot(page, "first-tour-end")
	tip.locator(".driver-next-btn").click()
	press(dialog(page), "Continue")
	done = steps.locator(".onboarding-step.complete")
	expect(done).to_contain_text("Complete an Interaction")


def test_help_leads_to_the_documents(open_desk, rep, width, shot):
	page = open_desk(rep, width)
	open_list(page, "Interaction")
	link = page.locator("#help-links a", has_text="Using Interactions")
	expect(link).to_have_attribute("href", "/interactions-help#log-an-interaction")
	page.goto(link.get_attribute("href"))
	expect(page.get_by_role("heading", name="Log an interaction")).to_be_visible()
	assert page.locator("h2#log-an-interaction").count() == 1
	assert fits(page)
	shot(page, f"first-help-{width}")
	page.get_by_role("link", name="Insight", exact=True).first.click()
	expect(page.get_by_role("heading", name="Workspace Insight")).to_be_visible()


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_manager_finds_review_and_dictionaries(open_desk, manager, width, shot):
	page = open_desk(manager, width)
	page.goto("/app/interaction-setup")
	expect(shown(page, ".widget").filter(has_text="Dictionaries").first).to_be_visible()
	expect(shown(page, ".number-widget-box")).to_contain_text("To Review")
	settled(page)
	assert fits(page)
	shot(page, f"first-setup-{width}")
