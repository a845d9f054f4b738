"""The composer above a feed logs with the keyboard: one click, the note, Enter (R2, R3)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chains import ROWS, open_panel
from tests.browser.desk import choose, dialog, expect_no_dialog, field, fits, press, settled
from tests.browser.fixtures import party_fixture, user_fixture

clerk = user_fixture("composer@example.com", "Kornelija")
partner = party_fixture("Brodarica Split", "Mate Peric", "+385 21 555 0123")
# clicks and keys of the user
COUNTED = """() => {
	window.crm_clicks = 0; window.crm_keys = 0;
	document.addEventListener("click", (event) => event.isTrusted && window.crm_clicks++, true);
	document.addEventListener("keydown", () => window.crm_keys++, true);
}"""


def open_feed(page: Page, doctype: str, name: str):
	feed = open_panel(page, doctype, name)
	expect(feed.locator(".crm-composer-text")).to_be_visible()
	settled(page)
	return feed


def only_one(site, title: str, **more) -> dict:
	(name,) = site.find("Interaction", title=title, **more)
	site.made.append(("Interaction", name))
	return site.get("Interaction", name)


@pytest.mark.layout
@pytest.mark.every_platform
def test_a_call_is_logged_on_the_form_of_the_partner(site, open_desk, clerk, width, shot):
	partner = site.party(f"Uljanik ({width})", "Mate Peric", "+385 52 555 0123")
	topic = f"Wants two seals ({width})"
	page = open_desk(clerk, width)
	feed = open_feed(page, partner["party_type"], partner["party"])
	shot(page, f"composer-closed-{width}")
	page.evaluate(COUNTED)
	feed.locator(".crm-composer-text").click()
	page.keyboard.type(topic)
	page.keyboard.press("Enter")
	toast = page.locator(".desk-alert", has_text=topic)
	expect(toast.get_by_role("link", name=topic)).to_be_visible()
	assert page.evaluate("() => [crm_clicks, crm_keys]") == [1, len(topic) + 1]
	expect(feed.locator(ROWS, has_text=topic)).to_contain_text("Mate Peric")
	logged = only_one(site, topic)
	assert (logged["interaction_type"], logged["direction"]) == ("Phone Call", "Incoming")
	assert (logged["status"], logged["responsible"]) == ("Held", clerk)
	assert {field: logged[field] for field in partner} == partner

	# the next one joins the partner's only open chain; Ctrl+Enter goes on to the next step
	box = feed.locator(".crm-composer-text")
	expect(box).to_have_value("")
	feed.locator('[data-kind="mail"]').click()
	expect(box).to_be_focused()
	page.keyboard.type(f"Offer sent ({width})")
	page.keyboard.press("Shift+Enter")
	page.keyboard.type("Price <300> & two years of warranty")
	shot(page, f"composer-open-{width}")
	assert fits(page)
	page.keyboard.press("Control+Enter")
	ask = dialog(page)
	shot(page, f"composer-plan-{width}")
	press(ask.locator(".modal-footer"), "Done & Plan Next")
	expect_no_dialog(page)
	mail = only_one(site, f"Offer sent ({width})", status="Held")
	assert "Price &lt;300&gt; &amp; two years of warranty" in mail["notes"]
	assert mail["chain"] == logged["chain"] and "Offer" not in mail["notes"]
	assert mail["interaction_type"] == "E-mail" and mail["next_activity"]
	site.made.append(("Interaction", mail["next_activity"]))
	expect(feed.locator(ROWS, has_text="two years of warranty")).to_have_count(1)
	shot(page, f"composer-saved-{width}")


@pytest.mark.layout
def test_a_draft_stays_when_the_server_refuses_it(site, open_desk, clerk, partner, width):
	page = open_desk(clerk, width)
	feed = open_feed(page, partner["party_type"], partner["party"])
	box = feed.locator(".crm-composer-text")
	page.route("**/api/method/crm_interactions.api.feed.log", lambda route: route.abort())
	box.fill("Kept for later")
	box.press("Enter")
	page.wait_for_timeout(500)
	expect(box).to_have_value("Kept for later")
	page.unroute("**/api/method/crm_interactions.api.feed.log")
	page.evaluate("() => cur_frm.refresh()")
	settled(page)
	expect(box).to_have_value("Kept for later")
	assert not site.find("Interaction", title="Kept for later")


def test_the_form_of_a_chain_gives_its_chain_and_a_contact_itself(
	site, open_desk, clerk, partner, width, shot
):
	first = site.phone_call(f"First ({width})", **partner, starts_on="2026-03-01 10:00:00")
	page = open_desk(clerk, width)
	for doctype, name in (("Interaction Chain", first["chain"]), ("Contact", partner["contact"])):
		feed = open_feed(page, doctype, name)
		feed.locator(".crm-composer-text").fill(f"{doctype} ({width})")
		feed.locator(".crm-composer-text").press("Enter")
		expect(feed.locator(ROWS, has_text=f"{doctype} ({width})")).to_be_visible()
		logged = only_one(site, f"{doctype} ({width})")
		assert (logged["party"], logged["contact"]) == (partner["party"], partner["contact"])
		if doctype == "Interaction Chain":
			assert logged["chain"] == first["chain"]
		shot(page, f"composer-{doctype.split()[-1].lower()}-{width}")


def test_a_plan_asks_for_its_time(site, open_desk, clerk, partner):
	page = open_desk(clerk, "desktop")
	feed = open_feed(page, partner["party_type"], partner["party"])
	feed.locator('[data-kind="plan"]').click()
	page.keyboard.type("Visit the yard")
	page.keyboard.press("Enter")
	entry = dialog(page)
	expect(field(entry, "title").locator("input")).to_have_value("Visit the yard")
	expect(field(entry, "status").locator("select")).to_have_value("Planned")
	choose(entry, "interaction_type", "Phone Call")
	entry.locator(".crm-presets button").last.click()
	press(entry, "Save")
	expect_no_dialog(page)
	expect(feed.locator('[data-block="planned"]')).to_contain_text("Visit the yard")
	assert only_one(site, "Visit the yard")["status"] == "Planned"
