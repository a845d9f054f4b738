"""An administrator makes a document type an activity, and sees how far the numbering of what is there already is."""

import pytest
from playwright.sync_api import expect

NOTES = 1000
AT_ONCE = 200  # the platform's limit for one request


@pytest.fixture(scope="module")
def administrator(site):
	return site.user("registrar@example.com", "Irena", "System Manager", "Interaction Administrator")


@pytest.fixture
def notes(site):
	"""Make notes, unnumbered; they stay with the site, which is thrown away."""
	for start in range(0, NOTES, AT_ONCE):
		docs = [{"doctype": "Note", "title": f"Zapiska {start + number}"} for number in range(AT_ONCE)]
		site.call("frappe.client.insert_many", docs=docs)


@pytest.mark.usefixtures("notes")
def test_progress_of_numbering(site, open_desk, administrator, shot):
	settings = "CRM Interactions Settings"
	page = open_desk(administrator, "desktop")
	page.goto("/app/crm-interactions-settings")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'CRM Interactions Settings'")
	with site.changed(settings, sources=site.get(settings, settings)["sources"]):
		page.evaluate(
			"""() => {
				const row = cur_frm.add_child('sources', {
					document_type: 'Note', title_field: 'title', date_field: 'creation' });
				cur_frm.refresh_field('sources');
				return cur_frm.save();
			}"""
		)
		told = page.locator(".modal.show", has_text="Numbering Note")
		expect(told.locator(".progress-bar")).to_be_visible()
		shot(page, "registration-progress")
		expect(told).to_have_count(0, timeout=240_000)
		assert len(site.find("Activity Link", activity_type="Note")) == NOTES
