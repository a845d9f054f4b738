"""Interaction types and meetings that an administrator has disabled are not offered (R4)."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import field, form, open_list, quick_entry
from tests.browser.fixtures import MANAGER, user_fixture

GONE = {"Phone Call", "SMS", "Meeting"}
LEFT = {"E-mail", "Planned"}

employee = user_fixture("options.off@example.com", "Opcija", MANAGER)


def offered(scope: Locator) -> set[str]:
	"""Return the types that the empty field suggests."""
	box = field(scope, "interaction_type").locator("input").first
	box.click()
	found = scope.page.locator("[role=option]:visible")
	expect(found.filter(has_text="E-mail")).to_have_count(1)
	texts = {text.strip() for text in found.all_inner_texts()}
	return {name for name in GONE | LEFT if any(text.startswith(name) for text in texts)}


def add_buttons(page: Page, doctype: str) -> Locator:
	return open_list(page, doctype).locator(".primary-action:visible", has_text="Add")


def test_disabled_types_are_not_offered_until_enabled_again(site, open_desk, employee, shot):
	page = open_desk(employee, "desktop")
	with site.settings(enable_calls=0, enable_sms=0, enable_meetings=0):
		page.reload()
		expect(add_buttons(page, "Interaction")).to_have_count(1)
		expect(add_buttons(page, "Meeting")).to_have_count(0)
		shot(page, "options-off-meetings")
		entry = quick_entry(page, "Interaction")
		assert offered(entry) == LEFT
		shot(page, "options-off-quick-entry")
		page.goto("/app/interaction/new")
		assert offered(form(page)) == LEFT
	page.reload()
	expect(add_buttons(page, "Meeting")).to_have_count(1)
	assert offered(quick_entry(page, "Interaction")) == GONE | LEFT
