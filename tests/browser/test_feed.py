"""The feed of a partner, a contact and a chain: notes are read, found and expanded without opening a form (R2, R17)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chains import ROWS, open_panel, panel
from tests.browser.desk import fits, settled
from tests.browser.fixtures import party_fixture, user_fixture

MANY = 20
LONG = "Wants the seals in June. " * 30 + "Ask for Marko."
seller = user_fixture("feed@example.com", "Tena")
partner = party_fixture("Vodovod Zadar", "Luka Babic", "+385 23 555 0777")


@pytest.fixture(scope="module", autouse=True)
def story(site, partner, seller) -> str:
	"""Record a chain of calls with notes, a planned one among them, and a chain of one mail. Return the first chain."""
	first = None
	for number in range(1, MANY + 1):
		first = site.phone_call(
			f"Pump {number}",
			**partner,
			starts_on=f"2026-0{1 + number // 10}-{10 + number % 10} 10:15:00",
			direction=("Incoming", "Outgoing")[number % 2],
			outcome="Successful",
			responsible=(seller, "Administrator")[number == 3],
			notes=f"<p>Note {number}: <b>valve</b> &amp; seal.</p>"
			+ (f"<p>{LONG}</p>" if number == 20 else ""),
			**({"chain": first} if first else {}),
		)["chain"]
	planned = {"status": "Planned", "starts_on": "2099-03-01 09:30:00", "responsible": seller}
	site.phone_call("Call back about the offer", **partner, chain=first, **planned)
	mail = {"interaction_type": "E-mail", "starts_on": "2025-11-03 00:00:00", "responsible": seller}
	site.make("Interaction", **partner, **mail, title="Catalogue sent", notes="The blue catalogue.")
	return first


def unfolded(page: Page, partner: dict):
	feed = open_panel(page, partner["party_type"], partner["party"])
	settled(page)
	feed.get_by_role("button", name="Show All").click()
	return feed


@pytest.mark.layout
def test_twenty_notes_are_read_on_the_form_of_the_partner(open_desk, seller, partner, width, shot):
	page = open_desk(seller, width)
	feed = open_panel(page, partner["party_type"], partner["party"])
	settled(page)
	shot(page, f"feed-folded-{width}")
	expect(feed.locator(ROWS)).to_have_count(3)
	details = feed.locator(".crm-partner-details")
	expect(details.locator('a[href="tel:+385235550777"]')).to_have_text("+385 23 555 0777")

	feed.get_by_role("button", name="Show All").click()
	expect(feed.locator(ROWS)).to_have_count(MANY)
	blocks = feed.locator(".crm-feed-block")
	expect(blocks.first).to_have_attribute("data-block", "planned")
	expect(blocks.first.locator(ROWS)).to_contain_text("Call back about the offer")
	row = feed.locator(ROWS, has_text="Note 19")
	for text in ("Note 19: valve & seal.", "10:15", "Successful", "Luka Babic", "Tena"):
		expect(row).to_contain_text(text)
	expect(row.locator(".crm-direction")).to_have_attribute("aria-label", "Outgoing")
	assert feed.locator(".crm-note-text:visible").count() >= MANY - 1
	shot(page, f"feed-{width}")
	assert fits(page)

	# days between calls aren't worth a line, weeks are
	expect(feed.locator(".crm-chain-gap")).to_have_text(["3 weeks later"] * 2)

	newest = feed.locator(ROWS, has_text="Note 20")
	expect(newest).not_to_contain_text("Ask for Marko.")
	newest.get_by_role("button", name="Show More").click()
	expect(newest).to_contain_text("Ask for Marko.")
	shot(page, f"feed-note-{width}")
	newest.get_by_role("button", name="Show Less").click()
	expect(newest.get_by_role("button", name="Show More")).to_have_attribute("aria-expanded", "false")
	expect(feed.locator(ROWS, has_text="Note 19").get_by_role("button", name="Show More")).to_be_hidden()

	feed.get_by_role("button", name="Load More").click()
	expect(feed.locator(ROWS)).to_have_count(MANY + 2)
	expect(feed.locator(".crm-feed-title", has_text="Pump 1")).to_have_count(1)
	expect(feed.locator(ROWS, has_text="The blue catalogue.")).to_contain_text("03.11.2025")


@pytest.mark.layout
def test_a_feed_is_searched_and_filtered(open_desk, seller, partner, width, shot):
	page = open_desk(seller, width)
	feed = unfolded(page, partner)
	rows, search = feed.locator(ROWS), feed.locator(".crm-feed-text")
	search.fill("blue catal")
	expect(rows).to_have_count(1)
	expect(rows).to_contain_text("Catalogue sent")
	search.fill("nothing like this")
	expect(feed.locator(".crm-chain-empty")).to_contain_text("Nothing found")
	shot(page, f"feed-nothing-{width}")
	search.fill("")
	feed.locator("[data-part=person]").select_option(label="Administrator")
	expect(rows).to_have_count(1)
	expect(rows).to_contain_text("Pump 3")
	feed.locator("[data-part=person]").select_option("")
	feed.locator("[data-part=period]").select_option("between")
	feed.locator("[data-part=since]").fill("2026-01-12")
	feed.locator("[data-part=until]").fill("2026-01-13")
	expect(rows).to_have_count(2)
	search.scroll_into_view_if_needed()
	shot(page, f"feed-filtered-{width}")
	assert fits(page)


def test_a_pinned_activity_is_on_top_of_the_feed(site, open_desk, seller, story, width, shot):
	page = open_desk(seller, width)
	feed = open_panel(page, "Interaction Chain", story)
	feed.locator(ROWS, has_text="Note 12").get_by_role("button", name="Pin: Pump 12").click()
	block = feed.locator(".crm-feed-block").first
	expect(block).to_have_attribute("data-block", "pinned")
	expect(block.locator(ROWS)).to_contain_text("Note 12")
	shot(page, f"feed-pinned-{width}")
	block.get_by_role("button", name="Unpin: Pump 12").click()
	expect(feed.locator('[data-block="pinned"]')).to_have_count(0)


@pytest.mark.layout
def test_the_form_of_a_chain_shows_the_whole_feed(open_desk, seller, story, partner, width, shot):
	page = open_desk(seller, width)
	feed = open_panel(page, "Interaction Chain", story)
	expect(feed.locator(ROWS)).to_have_count(MANY)
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	shot(page, f"feed-chain-dark-{width}")
	open_panel(page, "Contact", partner["contact"])
	expect(panel(page).locator(ROWS)).to_have_count(3)
	settled(page)
	shot(page, f"feed-contact-{width}")
	assert fits(page)
