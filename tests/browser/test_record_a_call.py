"""A call is recorded by quick entry, found by a filter and completed, which locks it."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_list
from tests.browser.desk import (
	choose,
	dialog,
	expect_no_dialog,
	field,
	form,
	press,
	quick_entry,
	shown,
	type_into,
	wait_for_form,
	write,
)
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import press_in_head

employee = user_fixture("call.recorder@example.com", "Marija")
shop = party_fixture("Kućanski aparati Dalmacija", "Tomislav Jurić", "+385 21 456 789")


@pytest.mark.every_platform
def test_a_call_is_recorded_found_and_completed(site, open_desk, employee, shop, width, shot):
	topic = f"Grijač za perilicu ({width})"
	page = open_desk(employee, width, by_form=True)

	entry = quick_entry(page, "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	choose(entry, "direction", "Incoming")
	choose(entry, "party", shop["party"])
	choose(entry, "contact", "Tomislav Jurić")
	expect(field(entry, "how_to_reach").locator("input")).to_have_value("+385 21 456 789")
	type_into(entry, "title", topic)
	write(entry, "notes", "Traži cijenu i rok isporuke.")
	shot(page, f"quick-entry-{width}")
	press(entry, "Save")
	expect_no_dialog(page)

	(name,) = site.find("Interaction", title=topic)
	open_list(page, "Interaction", party=shop["party"], title=topic)
	row = shown(page, ".list-row").filter(has_text=topic)
	expect(row).to_have_count(1)
	shot(page, f"found-{width}")
	row.locator("a", has_text=topic).first.click()

	expect(form(page)).to_be_visible()
	wait_for_form(page, name)
	complete(page)
	page.wait_for_function("() => cur_frm.doc.completed === 1")
	shot(page, f"completed-{width}")

	recorded = site.get("Interaction", name)
	assert recorded["completed_by"] == recorded["responsible"] == employee
	assert (recorded["outcome"], recorded["status"]) == ("Successful", "Held")
	assert recorded["contact"].startswith("Tomislav Jurić")
	assert_locked(page)


def complete(page) -> None:
	press_in_head(page, "Complete")
	ask = dialog(page)
	choose(ask, "outcome", "Successful")
	ask.locator('[data-way="nothing"]').click()
	press(ask.locator(".modal-footer"), "Done")


def assert_locked(page) -> None:
	"""Assert that the fields are read-only and the form names the user who completed the record."""
	expect(shown(page, ".form-message")).to_contain_text("Completed by Marija")
	for name in ("title", "party", "contact", "how_to_reach", "starts_on", "status"):
		assert page.evaluate("name => cur_frm.get_field(name).disp_status", name) == "Read", name
