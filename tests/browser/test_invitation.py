"""Invitations to a meeting: recipients, message and the form afterwards (R13)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import dialog, field, form

ANA, HOSTILE = "ana.horvat@example.com", "Ana <b>Horvat</b>"


@pytest.fixture(scope="module")
def employee(site):
	return site.user("inviting@example.com", "Ines", "Interaction User", "Sales User")


@pytest.fixture(scope="module", autouse=True)
def account(site):
	"""Add an outgoing e-mail account with a server that does not exist, so that e-mails stay in the queue."""
	if not site.find("Email Account", default_outgoing=1):
		site.make(
			"Email Account",
			email_account_name="Mail of the Site",
			email_id="crm@example.com",
			enable_outgoing=1,
			default_outgoing=1,
			smtp_server="mail.example.com",
			no_smtp_authentication=1,
		)


@pytest.fixture(scope="module")
def partner(site):
	return site.partner("Pomorski servis")


@pytest.fixture
def meeting(site, partner):
	return site.make(
		"Meeting",
		interaction_type="Meeting",
		title="Contract for 2027",
		party_type=partner["doctype"],
		party=partner["name"],
		starts_on="2099-11-23 10:00:00",
		status="Planned",
		participants=[
			{"full_name": HOSTILE, "email": ANA, "side": "Theirs"},
			{"full_name": "Ivo Babić", "side": "Theirs"},
		],
	)


def open_meeting(page: Page, meeting):
	page.goto(f"/app/meeting/{meeting['name']}")
	page.wait_for_function("name => window.cur_frm && cur_frm.docname === name", arg=meeting["name"])
	return form(page)


def press_send_invitation(page: Page, width: str) -> None:
	if width == "phone":  # the button is in the menu
		page.locator(".page-container:visible .menu-btn-group button").first.click()
		page.locator(".dropdown-menu.show").get_by_text("Send Invitation").click()
	else:
		page.get_by_role("button", name="Send Invitation").click()


def test_an_invitation_goes_to_the_participants_with_an_address(open_desk, site, employee, meeting, width):
	page = open_desk(employee, width)
	open_meeting(page, meeting)
	press_send_invitation(page, width)
	box = dialog(page)
	recipients = box.locator(".crm-recipients")
	expect(recipients.locator("li")).to_have_count(1)
	expect(recipients).to_contain_text(ANA)
	expect(recipients.locator("b")).to_have_count(0)
	expect(recipients).to_contain_text("Without an e-mail address: Ivo Babić")
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
