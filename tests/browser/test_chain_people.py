"""The form of a chain lists its people, who can be called and written to (R6)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import shown, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("knows.people@example.com", "Ljudmila")
partner = party_fixture("Ljudevit d.o.o.")


@pytest.mark.every_platform
def test_people_have_links_to_their_number_and_address(site, open_desk, employee, partner, shot):
	ante = {"full_name": "Ante", "side": "Theirs", "email": "ante@example.com", "phone": "+385 1 555 0107"}
	call = site.phone_call("Ljudi", how_to_reach="+385 1 555 0107", participants=[ante], **partner)
	page = open_desk(employee, "desktop")
	page.goto(f"/app/interaction-chain/{call['chain']}")
	wait_for_form(page, call["chain"])
	person = shown(page, ".crm-people li").filter(has_text="Ante")
	expect(person.locator('a[href="mailto:ante@example.com"]')).to_have_text("ante@example.com")
	expect(person.locator('a[href^="tel:"]')).to_have_text("+385 1 555 0107")
	expect(person).to_contain_text("Theirs")
	shot(page, "chain-people")
