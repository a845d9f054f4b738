"""Rights that the documentation promises, through the door a user takes."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import form, open_list
from tests.browser.fixtures import MANAGER, user_fixture
from tests.browser.menus import open_menu

manager = user_fixture("imports.history@example.com", "Mirta", MANAGER)


@pytest.mark.every_platform
def test_a_manager_imports_from_the_menu_of_the_list(open_desk, manager, width, shot):
	page = open_desk(manager, width)
	open_list(page, "Interaction")
	open_menu(page).get_by_text("Import", exact=True).click()
	expect(form(page)).to_contain_text("Import Type")
	assert page.evaluate("() => cur_frm.doc.reference_doctype") == "Interaction"
	shot(page, f"import-{width}")
