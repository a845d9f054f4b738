"""The panel of a chain, operated as by a user."""

from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import TRIES, dialog, go, settled, shown, wait_for_form
from tests.browser.menus import menu_entry

ROWS = ".crm-chain-row"


def panel(page: Page) -> Locator:
	found = shown(page, ".crm-chain")
	expect(found).to_be_visible()
	return found


def open_form(page: Page, doctype: str, name: str) -> Locator:
	"""Open a document, wait for its form and return the panel on it."""
	go(page, "cur_frm", "Form", doctype, name)
	wait_for_form(page, name)
	return panel(page)


def open_panel(page: Page, doctype: str, name: str) -> Locator:
	"""Open a form and its panel, with the button in the form's head if the panel is on a later tab."""
	go(page, "cur_frm", "Form", doctype, name)
	wait_for_form(page, name)
	found = shown(page, ".crm-chain")
	expect(found).to_have_count(1)
	settled(page)
	if not found.is_visible():
		page.evaluate("() => $('.page-container:visible [data-label^=Activities]').first().click()")
	expect(found).to_be_visible()
	return found


def new_meeting(page: Page, partner: dict) -> Locator:
	"""Press *New Meeting* on the form of a partner, which may have it on a closed tab, and return the dialog."""
	go(page, "cur_frm", "Form", partner["party_type"], partner["party"])
	wait_for_form(page, partner["party"])
	shown(page, '.crm-chain-new [data-doctype="Meeting"]').evaluate("button => button.click()")
	return dialog(page)


def open_list(page: Page, doctype: str, **filters) -> None:
	"""Open a list with filters, by route options: Frappe 16 loses filters in an address on its redirect to the Desk."""
	page.evaluate(
		"([doctype, filters]) => { frappe.route_options = filters; frappe.set_route('List', doctype, 'List'); }",
		[doctype, filters],
	)
	page.wait_for_function("doctype => window.cur_list && cur_list.doctype === doctype", arg=doctype)


def all_topics(page: Page, count: int) -> list[str]:
	"""Unfold the panel, wait for `count` activities and return their topics from the top."""
	rows = panel(page).locator(ROWS)
	unfold = panel(page).get_by_role("button", name="Show All")
	for _ in range(TRIES):
		expect(rows.first).to_be_visible()
		if unfold.count():
			unfold.click()
		with suppress(AssertionError):
			# another refresh of the form folds the panel again
			expect(rows).to_have_count(count, timeout=8_000)
			break
	expect(rows).to_have_count(count)
	return rows.locator(".crm-chain-topic a").all_inner_texts()


def choose_action(page: Page, label: str) -> None:
	menu_entry(page, "Chain", label).click()


def candidate(page: Page, topic: str) -> Locator:
	"""Search the dialog *Link…* for a topic and return its only row."""
	ask = dialog(page)
	ask.locator('[data-fieldname="text"] input').fill(topic)
	row = ask.locator(ROWS, has_text=topic)
	expect(ask.locator(ROWS)).to_have_count(1)
	return row


def undo_from_alert(page: Page) -> None:
	page.locator(".desk-alert .crm-undo").last.click()
	expect(page.locator(".desk-alert", has_text="The change was undone.")).to_be_visible()
