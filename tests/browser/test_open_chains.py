"""A new activity can join an open chain of its partner (R19)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chains import new_meeting
from tests.browser.desk import (
	choose,
	expect_no_dialog,
	press,
	quick_entry,
	type_into,
)
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("joins.chains@example.com", "Lana")
partner = party_fixture("Lančana veza", "Karika Spona", "+385 1 555 0606")
other = party_fixture("Bez lanca", "Slobodan Sam", "+385 1 555 0707")


@pytest.fixture(scope="module")
def chains(site, partner, employee) -> list[str]:
	"""Return three open chains, of which the second is late."""
	values = {**partner, "responsible": employee}
	calls = [
		site.phone_call("Prvi upit", **values, starts_on="2026-01-10 10:00:00"),
		site.phone_call("Isporuka", **values, status="Planned", starts_on="2026-02-10 10:00:00"),
		site.phone_call("Novi upit", **values, starts_on="2026-03-10 10:00:00"),
	]
	return [call["chain"] for call in calls]


def offer(scope: Locator) -> Locator:
	return scope.locator(".crm-open-chains select")


@pytest.mark.every_platform
def test_quick_entry_offers_the_open_chains_of_the_partner(
	site, open_desk, employee, partner, other, chains, width, shot
):
	page = open_desk(employee, width)
	entry = quick_entry(page, "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	choose(entry, "party", partner["party"])
	expect(offer(entry)).to_have_value(chains[1])
	texts = offer(entry).locator("option").all_inner_texts()
	assert [text.split(" · ")[0] for text in texts] == ["Novi upit", "Isporuka", "Prvi upit", "New Chain"]
	assert texts[1].endswith("Late")
	shot(page, f"open-chains-{width}")

	choose(entry, "party", other["party"])
	expect(offer(entry)).to_have_count(0)
	choose(entry, "party", partner["party"])
	expect(offer(entry)).to_have_value(chains[1])
	offer(entry).select_option(chains[0])
	choose(entry, "contact", "Karika Spona")
	topic = f"Treći poziv ({width})"
	type_into(entry, "title", topic)
	press(entry, "Save")
	expect_no_dialog(page)
	(name,) = site.find("Interaction", title=topic)
	assert site.get("Interaction", name)["chain"] == chains[0]


@pytest.mark.every_platform
def test_a_new_meeting_of_the_partner_offers_them_too(
	site, open_desk, employee, partner, chains, width, shot
):
	page = open_desk(employee, width)
	scope = new_meeting(page, partner)
	expect(offer(scope)).to_have_value(chains[1])
	offer(scope).select_option(label="New Chain")
	offer(scope).select_option(chains[1])
	shot(page, f"meeting-open-chains-{width}")
	press(scope, "Tomorrow 9:00")
	choose(scope, "contact", "Karika Spona")
	type_into(scope, "title", f"Dogovor ({width})")
	press(scope, "Save")
	expect_no_dialog(page)
	(name,) = site.find("Meeting", title=f"Dogovor ({width})")
	assert site.get("Meeting", name)["chain"] == chains[1]
