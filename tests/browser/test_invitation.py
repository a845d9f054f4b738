"""Invitations to a meeting: recipients, message and the form afterwards (R13)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import dialog, field, form, settled, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.looks import DIALOG, serious_findings
from tests.browser.menus import press_in_head

ANA, HOSTILE = "ana.horvat@example.com", "Ana <b>Horvat</b>"

employee = user_fixture("inviting@example.com", "Inga")
partner = party_fixture("Pomorski servis")


@pytest.fixture(scope="module", autouse=True)
def account(site):
	"""Add an outgoing e-mail account with a server that does not exist, so that e-mails stay in the queue."""
	if not site.find("Email Account", default_outgoing=1):
		account = {"email_account_name": "Mail of the Site", "email_id": "crm@example.com"}
		server = {"smtp_server": "mail.example.com", "no_smtp_authentication": 1}
		site.make("Email Account", **account, **server, enable_outgoing=1, default_outgoing=1)


@pytest.fixture
def meeting(site, partner):
	guests = [{"full_name": HOSTILE, "email": ANA}, {"full_name": "Ivo Babić"}]
	values = {"interaction_type": "Meeting", "title": "Contract for 2027", "status": "Planned"}
	participants = [{**guest, "side": "Theirs"} for guest in guests]
	return site.make(
		"Meeting", **partner, **values, starts_on="2099-11-23 10:00:00", participants=participants
	)


def open_meeting(page: Page, meeting):
	page.goto(f"/app/meeting/{meeting['name']}")
	wait_for_form(page, meeting["name"])
	return form(page)


def test_an_invitation_goes_to_the_participants_with_an_address(open_desk, site, employee, meeting, width):
	page = open_desk(employee, width)
	open_meeting(page, meeting)
	press_in_head(page, "Send Invitation")
	box = dialog(page)
	recipients = box.locator(".crm-recipients")
	expect(recipients.locator("li")).to_have_count(1)
	expect(recipients).to_contain_text(ANA)
	expect(recipients.locator("b")).to_have_count(0)
	expect(recipients).to_contain_text("Without an e-mail address: Ivo Babić")
	settled(page)
	assert serious_findings(page, DIALOG) == []
	field(box, "message").locator("textarea").fill("Please bring the contract.")
	box.get_by_role("button", name="Send", exact=True).click()
	expect(page.locator(".form-dashboard:visible")).to_contain_text("Invited on")
	expect(page.get_by_role("button", name="Send Invitation")).to_have_count(0)
	assert site.find("Email Queue", reference_name=meeting["name"])
	assert site.get("Meeting", meeting["name"])["invited_on"]


@pytest.mark.every_platform
def test_attendance_can_be_entered_only_for_a_held_meeting(open_desk, employee, meeting):
	page = open_desk(employee, "desktop")
	participants = field(open_meeting(page, meeting), "participants")
	heading = participants.locator('.grid-heading-row [data-fieldname="attended"]')
	expect(participants.locator('.grid-heading-row [data-fieldname="email"]')).to_be_visible()
	expect(heading).to_have_count(0)
	page.evaluate("() => cur_frm.set_value('status', 'Held')")
	expect(heading).to_be_visible()
