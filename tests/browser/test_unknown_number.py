"""A number or an address without a contact offers a new contact; trailing digits offer candidates (R3)."""

from secrets import randbelow, token_hex

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import choose, dialog, field, press, quick_entry, type_into
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("takes.calls@example.com", "Tonka")
partner = party_fixture("Sklopovi Zadar", "Zvonko Zubak", "+385 23 616 2738")


@pytest.fixture
def call(open_desk, employee, width) -> Locator:
	"""Open the quick entry of a call."""
	entry = quick_entry(open_desk(employee, width), "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	return entry


def offered_contact(page: Page) -> Locator:
	"""Press *New Contact* in the alert and return the dialog."""
	page.locator(".desk-alert", has_text="No contact").get_by_text("New Contact").click()
	return dialog(page)


@pytest.mark.every_platform
@pytest.mark.layout
def test_an_unknown_number_becomes_a_contact_of_a_partner(site, call, partner, width, shot):
	page = call.page
	number = "+385 23 555 0144" if width == "desktop" else "+385 23 555 0145"
	type_into(call, "how_to_reach", number)
	shot(page, f"unknown-number-{width}")
	ask = offered_contact(page)
	expect(field(ask, "phone").locator("input")).to_have_value(number)
	type_into(ask, "first_name", "Nova")
	choose(ask, "party", partner["party"])
	shot(page, f"unknown-number-contact-{width}")
	press(ask, "Save")
	expect(field(call, "party").locator("input").first).to_have_value(partner["party"])
	expect(field(call, "contact").locator("input").first).to_have_value("Nova")
	assert site.find("Contact", first_name="Nova", phone=number)


def test_an_address_with_a_name_fills_the_new_contact(call, shot):
	type_into(call, "how_to_reach", "Jane Roe <jane.roe@example.com>;")
	ask = offered_contact(call.page)
	shot(call.page, "address-contact")
	for name, value in (("first_name", "Jane"), ("last_name", "Roe"), ("email", "jane.roe@example.com")):
		expect(field(ask, name).locator("input")).to_have_value(value)


def test_trailing_digits_offer_candidates(call, partner, shot):
	page = call.page
	type_into(call, "how_to_reach", "162738")
	ask = dialog(page)
	expect(ask).to_contain_text("Contacts with the Same Last Digits")
	shot(page, "same-last-digits")
	ask.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible").first.click()
	expect(field(call, "party").locator("input").first).to_have_value(partner["party"])
	expect(field(call, "contact").locator("input").first).to_have_value("Zvonko Zubak")


def test_a_partners_own_number_fills_in_the_partner(site, call, partner):
	if partner["party_type"] != "Partner":
		pytest.skip("ERPNext's partners have the numbers of their contacts")
	# runs once for each width
	own = site.make(
		"Partner", partner_name=f"Brod i Vijak {token_hex(3)}", phone=f"+385 23 6{randbelow(10**6):06}"
	)
	type_into(call, "how_to_reach", own["phone"])
	expect(field(call, "party").locator("input").first).to_have_value(own["name"])
	expect(field(call, "contact").locator("input").first).to_have_value("")


@pytest.mark.layout
def test_an_earlier_call_from_the_number_proposes_its_partner(site, call, width, shot):
	of = site.party(f"Tihi Most {token_hex(3)}")
	number = f"+385 23 555 019{len(width) % 10}"
	site.phone_call("Who was that?", **of, how_to_reach=number)
	type_into(call, "how_to_reach", number)
	ask = dialog(call.page)
	expect(ask).to_contain_text("Partners with This Number or Address")
	shot(call.page, f"earlier-call-{width}")
	ask.locator(".modal-footer .btn-primary:visible, .btn-modal-primary:visible").first.click()
	expect(field(call, "party").locator("input").first).to_have_value(of["party"])
