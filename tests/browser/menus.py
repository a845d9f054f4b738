"""Buttons and menus of forms and lists, which a phone shows in fewer menus."""

from playwright.sync_api import Locator, Page

from tests.browser.desk import press, shown


def is_phone(page: Page) -> bool:
	return page.evaluate("() => frappe.is_mobile()")


def open_menu(page: Page) -> Locator:
	"""Open the menu of a form or list and return it."""
	shown(page, ".page-head .menu-btn-group button").first.click()
	return shown(page, ".page-head .dropdown-menu.show")


def press_in_head(page: Page, label: str) -> None:
	"""Press a button of a form's head; on a phone, it is in the form's menu."""
	if is_phone(page):
		open_menu(page).get_by_text(label, exact=True).first.click()
	else:
		press(shown(page, ".page-head"), label)


def menu_entry(page: Page, menu: str, label: str) -> Locator:
	"""Open a menu of a form's head and return an entry; on a phone, the entries are in the form's only menu."""
	if is_phone(page):
		return open_menu(page).get_by_text(f"{menu} > {label}", exact=True)
	press(shown(page, ".page-head"), menu)
	return shown(page, ".page-head .dropdown-menu.show").get_by_text(label, exact=True)


def list_action(page: Page, label: str) -> Locator:
	"""Open the menu *Actions* of a list with ticked rows and return its entry."""
	shown(page, ".actions-btn-group button").first.click()
	return page.locator(".dropdown-menu.show").get_by_text(label, exact=True)
