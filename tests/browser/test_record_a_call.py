"""A call is recorded by quick entry, found by a filter and completed, which locks it."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, dialog, field, form, press, quick_entry, type_into, write


@pytest.fixture(scope="module")
def employee(site):
	return site.user("call.recorder@example.com", "Marija", "Interaction User", "Sales User")


@pytest.fixture(scope="module")
def shop(site):
	partner = site.partner("Kućanski aparati Dalmacija")
	site.contact(partner, "Tomislav Jurić", "+385 21 456 789")
	return partner


@pytest.mark.every_platform
def test_a_call_is_recorded_found_and_completed(site, open_desk, employee, shop, width, shot):
	topic = f"Grijač za perilicu ({width})"
	page = open_desk(employee, width, by_form=True)

	entry = quick_entry(page, "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	choose(entry, "direction", "Incoming")
	choose(entry, "party", shop["name"])
	choose(entry, "contact", "Tomislav Jurić")
	expect(field(entry, "how_to_reach").locator("input")).to_have_value("+385 21 456 789")
	type_into(entry, "title", topic)
	write(entry, "notes", "Traži cijenu i rok isporuke.")
	shot(page, f"quick-entry-{width}")
	press(entry, "Save")
	expect(page.locator(".modal.show")).to_have_count(0)

	(name,) = site.find("Interaction", title=topic)
	page.goto(f"/app/interaction/view/list?party={shop['name']}&title={topic}")
	row = page.locator(".list-row", has_text=topic)
	expect(row).to_have_count(1)
	shot(page, f"found-{width}")
	row.locator("a", has_text=topic).first.click()

	expect(form(page)).to_be_visible()
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=name)
	complete(page, width)
	page.wait_for_function("() => cur_frm.doc.completed === 1")
	shot(page, f"completed-{width}")

	recorded = site.get("Interaction", name)
	assert recorded["completed_by"] == employee
	assert recorded["outcome"] == "Successful"
	assert recorded["status"] == "Held"
	assert recorded["responsible"] == employee
	assert recorded["contact"].startswith("Tomislav Jurić")
	assert_locked(page)


def complete(page, width: str) -> None:
	if width == "phone":
		page.locator(
			".page-container:visible .menu-btn-group:visible, .page-container:visible .actions-btn-group:visible"
		).first.click()
		page.locator(".dropdown-menu.show").get_by_text("Complete", exact=True).first.click()
	else:
		press(page.locator(".page-container:visible .page-head"), "Complete")
	ask = dialog(page)
	choose(ask, "outcome", "Successful")
	ask.locator('[data-way="nothing"]').click()
	press(ask.locator(".modal-footer"), "Done")


def assert_locked(page) -> None:
	"""Assert that the fields are read-only and the form names the user who completed the record."""
	expect(page.locator(".page-container:visible .form-message")).to_contain_text("Completed by Marija")
	for name in ("title", "party", "contact", "how_to_reach", "starts_on", "status"):
		assert page.evaluate("name => cur_frm.get_field(name).disp_status", name) == "Read", name
