"""Rights that the documentation promises, through the door a user takes."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, form, open_list, press, saved_name, shown
from tests.browser.fixtures import MANAGER, user_fixture
from tests.browser.menus import open_menu

manager = user_fixture("imports.history@example.com", "Mirta", MANAGER)


@pytest.mark.every_platform
def test_a_manager_imports_from_the_menu_of_the_list(open_desk, manager, width, shot):
	page = open_desk(manager, width)
	open_list(page, "Interaction")
	open_menu(page).get_by_text("Import", exact=True).click()
	expect(shown(page, ".page-head")).to_contain_text("Data Import")
	shown(page, ".page-head .primary-action:visible").first.click()
	choose(form(page), "reference_doctype", "Interaction")
	choose(form(page), "import_type", "Insert New Records")
	shot(page, f"import-{width}")
	press(shown(page, ".page-head"), "Save")
	saved_name(page, "Data Import")
