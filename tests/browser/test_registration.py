"""An administrator registers a document type with a few choices from lists, and edits its row."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, dialog, fits, press, settled, shown
from tests.browser.fixtures import user_fixture
from tests.browser.looks import DIALOG, serious_findings
from tests.browser.site_api import SETTINGS

ROLES = ("System Manager", "Interaction Administrator")
administrator = user_fixture("registers@example.com", "Ruža", ROLES)
MOST_CLICKS = 4  # the button, the type, its suggestion, Register
COUNTER = """() => {
	window.clicks = 0;
	document.addEventListener("click", (event) => event.isTrusted && window.clicks++, true);
}"""


@pytest.fixture(scope="module")
def notes(site):
	"""Make notes by which the preview is shown."""
	for number in range(4):
		site.make("Note", title=f"Inspection <i>{number}</i>", public=1)


@pytest.fixture
def no_rows(site):
	with site.settings(sources=[]):
		yield


def open_types(page):
	page.goto("/app/crm-interactions-settings")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'CRM Interactions Settings'")
	page.get_by_role("tab", name="Activities").click()
	table = shown(page, ".crm-known-types")
	expect(table).to_be_visible()
	settled(page)
	return table


@pytest.mark.layout
@pytest.mark.usefixtures("notes", "no_rows")
def test_a_type_is_registered_with_at_most_four_clicks(site, open_desk, administrator, width, shot):
	page = open_desk(administrator, width)
	table = open_types(page)
	expect(table.locator('[data-doctype="Interaction"]')).to_contain_text("On")
	assert fits(page)
	shot(page, f"known-types-{width}")
	page.evaluate(COUNTER)
	press(shown(page), "Register a Document Type")
	modal = dialog(page)
	choose(modal, "document_type", "Note")
	previews = modal.locator(".crm-preview")
	expect(previews).to_have_count(3)
	expect(previews.first).to_contain_text("Inspection 3")
	settled(page)
	assert fits(page)
	shot(page, f"register-{width}")
	assert serious_findings(page, DIALOG) == []
	press(modal, "Register")
	expect(modal).to_have_count(0)
	assert 2 <= page.evaluate("() => window.clicks") <= MOST_CLICKS
	expect(shown(page, '[data-doctype="Note"]')).to_contain_text("On")
	(row,) = site.get(SETTINGS, SETTINGS)["sources"]
	assert (row["document_type"], row["title_field"], row["date_field"] or "") == ("Note", "title", "")


@pytest.mark.layout
def test_the_meaning_of_a_status_is_edited_in_the_dialog_of_its_row(
	site, open_desk, administrator, width, shot
):
	task = {"document_type": "ToDo", "title_field": "description", "status_field": "status"}
	site.make("ToDo", description="Call back", status="Open")
	with site.settings(sources=[{**task, "planned_values": "Open", "cancelled_values": "Cancelled"}]):
		page = open_desk(administrator, width)
		open_types(page).locator('[data-doctype="ToDo"]').get_by_role("button", name="Edit").click()
		modal = dialog(page)
		first = modal.locator(".crm-preview").first
		expect(first).to_contain_text("Planned")
		modal.locator('.crm-state[data-value="Open"]').get_by_label("Cancelled").check()
		expect(first).to_contain_text("Cancelled")
		settled(page)
		assert fits(page)
		shot(page, f"edit-type-{width}")
		press(modal, "Save")
		expect(modal).to_have_count(0)
		(row,) = site.get(SETTINGS, SETTINGS)["sources"]
		assert (row["planned_values"] or "", row["cancelled_values"].split("\n")) == (
			"",
			["Open", "Cancelled"],
		)


@pytest.mark.usefixtures("notes", "no_rows")
def test_a_refused_registration_leaves_no_row(site, open_desk, administrator):
	page = open_desk(administrator, "desktop")
	open_types(page)
	page.evaluate("() => cur_frm.set_value('digest_hour', 99)")
	press(shown(page), "Register a Document Type")
	modal = dialog(page)
	choose(modal, "document_type", "Note")
	expect(modal.locator(".crm-preview")).to_have_count(3)
	press(modal, "Register")
	expect(page.get_by_text("is not an hour of the day")).to_be_visible()
	page.wait_for_function("() => cur_frm.doc.sources.length === 0")
	assert site.get(SETTINGS, SETTINGS)["sources"] == []
