"""Mail of an unknown address waits to be assigned; its interaction shows the mail and its files (R28)."""

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, dialog, fits, form, open_list, press, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture

ITEM = "Captured Item"
TEXT = "<p>Good morning,</p><p>do you ship pumps to Ireland, and what does it cost?</p><p>Tom Hale</p>"
CHANGED = "cur_frm.is_dirty()"

employee = user_fixture("assigns.mail@example.com", "Asja")
partner = party_fixture("Irish Pumps Ltd", "Tom Hale", "+353 1 555 0123")


@pytest.fixture
def mail(site, employee):
	"""Let a mail arrive while capture is on; return its Communication."""
	with site.settings(capture_mail="Known Contacts"):
		made = site.make(
			"Communication",
			communication_type="Communication",
			communication_medium="Email",
			sent_or_received="Received",
			sender=f"{token_hex(4)}@irish-pumps.example",
			sender_full_name="Tom Hale",
			recipients=employee,
			subject="Do you ship to Ireland?",
			content=TEXT,
		)
	attached = {"attached_to_doctype": "Communication", "attached_to_name": made["name"]}
	site.make("File", file_name="list of pumps.txt", content="P-40: 12", is_private=1, **attached)
	return made


@pytest.mark.every_platform
@pytest.mark.layout
def test_an_item_is_assigned_and_becomes_an_interaction(
	site, open_desk, employee, mail, partner, width, shot
):
	page = open_desk(employee, width)
	open_list(page, ITEM)
	shot(page, f"to-assign-list-{width}")
	(item,) = site.find(ITEM, source=mail["name"])
	page.goto(f"/app/captured-item/{item}")
	wait_for_form(page, item)
	expect(form(page)).to_contain_text("what does it cost?")
	shot(page, f"to-assign-{width}")
	assert fits(page)
	page.get_by_role("button", name="Assign…").locator("visible=true").first.click()
	ask = dialog(page)
	choose(ask, "party", partner["party"])
	choose(ask, "contact", "Tom Hale")
	shot(page, f"to-assign-dialog-{width}")
	press(ask, "Assign")
	expect(page.locator(".desk-alert")).to_contain_text("Assigned")
	(interaction,) = site.find("Interaction", source=mail["name"])
	shot(page, f"assigned-{width}")
	page.goto(f"/app/interaction/{interaction}")
	wait_for_form(page, interaction)
	assert not page.evaluate(CHANGED), "the form of a captured interaction is changed by opening it"
	files = form(page).locator(".crm-source-files a")
	expect(files).to_contain_text("list of pumps.txt")
	files.scroll_into_view_if_needed()
	shot(page, f"captured-interaction-{width}")
	with page.expect_download() as download:
		files.click()
	assert download.value.suggested_filename == "list of pumps.txt"
	expect(page.locator(".new-timeline")).to_contain_text("Do you ship to Ireland?")
	assert fits(page)
	stored = site.get("Interaction", interaction)
	assert stored["contact"] and stored["responsible"] == employee
	assert site.find("Contact Key", written=mail["sender"])
