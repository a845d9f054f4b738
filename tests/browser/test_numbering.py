"""An administrator registers a document type as a source and sees the progress of numbering its documents."""

import time

import pytest
from playwright.sync_api import expect

from tests.browser.fixtures import user_fixture
from tests.browser.site_api import SETTINGS

NOTES = 400
AT_ONCE = 200  # Frappe's limit for one request

ROLES = ("System Manager", "Interaction Administrator")
administrator = user_fixture("registrar@example.com", "Irena", ROLES)


@pytest.fixture
def notes(site):
	"""Make notes without reference numbers; they stay on the site."""
	for start in range(0, NOTES, AT_ONCE):
		docs = [{"doctype": "Note", "title": f"Zapiska {start + number}"} for number in range(AT_ONCE)]
		site.call("frappe.client.insert_many", docs=docs)


@pytest.mark.usefixtures("notes")
def test_the_progress_of_numbering_is_shown_until_its_end(site, open_desk, administrator, shot):
	with site.settings(sources=site.get(SETTINGS, SETTINGS)["sources"]):
		page = open_desk(administrator, "desktop")
		page.goto("/app/crm-interactions-settings")
		page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'CRM Interactions Settings'")
		page.get_by_role("tab", name="Activities").click()
		page.evaluate(
			"""() => {
				cur_frm.add_child('sources', { document_type: 'Note', title_field: 'title' });
				cur_frm.refresh_field('sources');
				return cur_frm.save();
			}"""
		)
		progress = page.locator(".crm-numbering")
		expect(progress).to_contain_text("Note:", timeout=60_000)
		expect(progress).to_contain_text("documents have been numbered")
		shot(page, "numbering")
		expect(progress).to_have_count(0, timeout=240_000)
		expect(page.get_by_text("Note: all documents have their reference number.")).to_be_visible()
		assert len(site.find("Activity Link", activity_type="Note")) == NOTES
	# the worker removes the rows, which would block the next test's writes on SQLite
	deadline = time.monotonic() + 120
	while site.find("Activity Link", activity_type="Note") and time.monotonic() < deadline:
		time.sleep(1)
