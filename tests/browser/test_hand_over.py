"""A manager hands over a colleague's activities and gives them back, at each width (R26)."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form
from tests.browser.desk import choose, close, dialog, open_list, press, shown, wait_for_form
from tests.browser.fixtures import MANAGER, user_fixture
from tests.browser.menus import open_menu, press_in_head

DISABLED = re.compile(r"\bdisabled\b")

manager = user_fixture("hand.over.manager@example.com", "Vera", MANAGER)


@pytest.fixture
def people(site, width):
	# hand-overs stay, and would be in the history of a further attempt
	own = uuid4().hex[:6]
	leaving = site.user(f"leaving.{own}@example.com", f"Ana {width}", "Interaction User")
	staying = site.user(f"staying.{own}@example.com", f"Ivo {width}", "Interaction User")
	return leaving, staying


@pytest.fixture
def planned(site, people, width):
	partner = site.party(f"Termoelektrarna ({width}) {uuid4().hex[:6]}")
	values = {"how_to_reach": "+385 1 234 5678", "responsible": people[0], "starts_on": "2100-06-01 10:00:00"}
	return [site.phone_call(title, **partner, **values) for title in ("Price of the pump", "Delivery")]


@pytest.mark.every_platform
def test_activities_are_handed_over_and_given_back(site, open_desk, manager, people, planned, width, shot):
	page = open_desk(manager, width)
	open_list(page, "Interaction")
	menu = open_menu(page)
	shot(page, f"hand-over-menu-{width}")
	menu.get_by_text("Hand Over…", exact=True).click()
	ask = dialog(page)
	expect(ask).to_contain_text("Choose a user in From")
	shot(page, f"hand-over-empty-{width}")
	choose(ask, "from_user", people[0])
	expect(ask.locator('[data-part="activities"] b')).to_have_text("2")
	expect(ask.locator('[data-part="chains"] b')).to_have_text("2")
	button = ask.locator(".btn-modal-primary")
	expect(button).to_have_class(DISABLED)
	choose(ask, "to_user", people[1])
	expect(button).not_to_have_class(DISABLED)
	shot(page, f"hand-over-preview-{width}")
	alert = page.locator(".desk-alert", has_text="Handed over: 4.")
	_press_until(page, ask, alert)
	expect(alert).to_be_visible()
	shot(page, f"hand-over-done-{width}")
	assert {site.get("Interaction", call["name"])["responsible"] for call in planned} == {people[1]}
	(name,) = site.find("Interaction Hand Over", from_user=people[0])
	alert.locator("a", has_text=name).click()
	wait_for_form(page, name)
	expect(shown(page, ".form-message")).to_contain_text("All handed over: 4.")
	shot(page, f"hand-over-form-{width}")
	press_in_head(page, "Give Back…")
	press(dialog(page), "Yes")
	expect(shown(page, ".form-message")).to_contain_text("All given back: 4.")
	shot(page, f"hand-over-undone-{width}")
	assert {site.get("Interaction", call["name"])["responsible"] for call in planned} == {people[0]}


def test_the_successor_sees_past_activities_of_the_chain(site, open_desk, people, planned, width, shot):
	chief = site.user("hand.over.chief@example.com", "Maja", "Interaction Administrator", "System Manager")
	(first, *_rest) = planned
	fields = ("party_type", "party", "how_to_reach", "chain", "responsible")
	common = {field: first[field] for field in fields}
	title, held = "What the pump is for", {"status": "Held", "starts_on": "2026-01-12 10:00:00"}
	past = site.phone_call(title, **common, **held)
	with site.settings(visibility="Own and Team"):
		record = site.call("crm_interactions.api.oversight.hand_over", from_user=people[0], to_user=people[1])
		page = open_desk(chief, width)
		page.goto(f"/app/interaction-hand-over/{record['name']}")
		wait_for_form(page, record["name"])
		done = f"All handed over: {record['done_count']}. Past activities shown to the successor: 1."
		expect(shown(page, ".form-message")).to_contain_text(done)
		shot(page, f"hand-over-history-{width}")
		page = open_desk(people[1], width)
		expect(open_form(page, "Interaction", past["name"])).to_contain_text("Price of the pump")
		shot(page, f"hand-over-history-seen-{width}")


def test_a_user_without_rights_has_no_hand_over_in_the_menu(open_desk, people, width):
	page = open_desk(people[1], width)
	open_list(page, "Interaction")
	menu = open_menu(page)
	expect(menu).to_be_visible()
	expect(menu.get_by_text("Hand Over…", exact=True)).to_have_count(0)


def _press_until(page, ask, alert) -> None:
	"""Press *Hand Over* until the alert appears; on SQLite, a request is refused while a worker writes."""
	busy = page.locator(".msgprint", has_text="Other users were saving at the same moment")
	for _ in range(5):
		press(ask, "Hand Over")
		expect(alert.or_(busy).first).to_be_visible()
		if alert.is_visible():
			return
		close(page.locator(".modal.show", has=busy))
