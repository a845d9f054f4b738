"""Mail of an unknown address waits to be assigned; its interaction shows the mail and its files (R28)."""

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, dialog, field, fits, form, open_list, press, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture

ITEM, OPEN = "Captured Item", "To Assign"
TEXT = "<p>Good morning,</p><p>do you ship pumps to Ireland, and what does it cost?</p><p>Tom Hale</p>"
CHANGED = "cur_frm.is_dirty()"

employee = user_fixture("assigns.mail@example.com", "Asja")
manager = user_fixture("captures@example.com", "Milena", ("Interaction Administrator", "System Manager"))
partner = party_fixture("Irish Pumps Ltd", "Tom Hale", "+353 1 555 0123")


def store(site, to: str, sender: str) -> dict:
	"""Store a received mail and return its Communication."""
	return site.make(
		"Communication",
		communication_type="Communication",
		communication_medium="Email",
		sent_or_received="Received",
		sender=sender,
		sender_full_name="Tom Hale",
		recipients=to,
		subject="Do you ship to Ireland?",
		content=TEXT,
	)


def arrive(site, to: str, sender: str) -> dict:
	"""Let a mail arrive while capture is on; return its Communication."""
	with site.settings(capture_mail="Known Contacts"):
		return store(site, to, sender)


@pytest.fixture
def mail(site, employee):
	"""Let a mail with a file arrive while capture is on; return its Communication."""
	made = arrive(site, employee, f"{token_hex(4)}@irish-pumps.example")
	attached = {"attached_to_doctype": "Communication", "attached_to_name": made["name"]}
	site.make("File", file_name="list of pumps.txt", content="P-40: 12", is_private=1, **attached)
	return made


@pytest.fixture
def stored(site, employee) -> dict:
	"""Store a mail while capture is off; return its Communication."""
	return store(site, employee, f"{token_hex(4)}@irish-pumps.example")


def open_item(page, site, mail: dict) -> None:
	(item,) = site.find(ITEM, source=mail["name"])
	page.goto(f"/app/captured-item/{item}")
	wait_for_form(page, item)


def ignore(page, site, mail: dict, label: str, shot=None) -> None:
	"""Ignore a mail's item: only it, or all of its address or domain, which asks first."""
	open_item(page, site, mail)
	page.get_by_role("button", name="Ignore").locator("visible=true").first.click()
	if shot:
		shot(page, "to-assign-ignore")
	page.get_by_text(label).locator("visible=true").click()
	if label.startswith("All"):
		expect(dialog(page)).to_contain_text("Nothing from")
		press(dialog(page), "Yes")
	page.wait_for_function("() => cur_frm.doc.status === 'Ignored'")


def status_of(site, mail: dict) -> str:
	(item,) = site.find(ITEM, source=mail["name"])
	return site.get(ITEM, item)["status"]


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


def test_a_proposal_is_assigned_and_an_address_ignored(site, open_desk, employee, partner, shot):
	address = f"{token_hex(4)}@{token_hex(4)}.example"
	# the contact gets the address afterwards, as the first mail would be assigned to it at once
	mails = [arrive(site, employee, address) for _mail in range(2)]
	unwanted = f"news@{token_hex(4)}.example"
	others = [arrive(site, employee, unwanted) for _mail in range(2)]
	known = site.get("Contact", partner["contact"])["email_ids"]
	site.put("Contact", partner["contact"], email_ids=[*known, {"email_id": address}])
	page = open_desk(employee, "desktop")

	# the button of a proposal fills in its partner and contact; the sibling is assigned with it
	open_item(page, site, mails[0])
	row = form(page).locator(".crm-proposal").first
	expect(row).to_contain_text(f"Has a contact with {address}")
	shot(page, "to-assign-proposal")
	row.get_by_role("button", name="Assign").click()
	ask = dialog(page)
	expect(field(ask, "contact").locator("input").first).to_have_value("Tom Hale")
	press(ask, "Assign")
	expect(page.locator(".desk-alert")).to_contain_text("1 more items of this address were assigned")
	assert all(site.find("Interaction", source=one["name"]) for one in mails)

	# the address is ignored for good, with the other open item
	ignore(page, site, others[0], f"All from {unwanted}", shot)
	assert [status_of(site, mail) for mail in others] == ["Ignored", "Ignored"]
	assert site.find("Capture Exclusion", name=unwanted)


def test_only_this_is_ignored_and_then_the_whole_domain(site, open_desk, employee, manager):
	domain = f"{token_hex(4)}.example"
	first, sibling = (arrive(site, employee, f"offers@{domain}") for _mail in range(2))
	other = arrive(site, employee, f"sales@{domain}")
	page = open_desk(employee, "desktop")
	open_item(page, site, first)
	page.get_by_role("button", name="Ignore").locator("visible=true").first.click()
	expect(page.get_by_text("All from the Domain")).to_have_count(0)

	page = open_desk(manager, "desktop")
	ignore(page, site, first, "Only This")
	assert [status_of(site, mail) for mail in (first, sibling, other)] == ["Ignored", OPEN, OPEN]
	assert not site.find("Capture Exclusion", name=f"offers@{domain}")

	ignore(page, site, sibling, f"All from the Domain {domain}")
	assert [status_of(site, mail) for mail in (sibling, other)] == ["Ignored", "Ignored"]
	assert site.find("Capture Exclusion", name=domain)


def test_stored_mail_is_counted_and_brought_in_from_the_settings(
	site, open_desk, employee, manager, stored, shot
):
	page = open_desk(manager, "desktop")
	with site.settings(capture_mail="Known Contacts"):
		page.goto("/app/crm-interactions-settings")
		wait_for_form(page, "CRM Interactions Settings")
		page.get_by_role("tab", name="Capture").click()
		form(page).get_by_role("button", name="Count").click()
		expect(form(page)).to_contain_text("Documents counted: ")
		shot(page, "backfill-counted")
		assert not site.find(ITEM, source=stored["name"])
		form(page).get_by_role("button", name="Bring In").click()
		expect(form(page)).to_contain_text("Documents brought in: ")
		shot(page, "backfill-brought-in")
		assert status_of(site, stored) == OPEN
