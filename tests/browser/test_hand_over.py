"""A manager hands over a colleague's activities and gives them back, at each width (R26)."""

import re
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form
from tests.browser.desk import choose, dialog, open_list, press

HAND_OVER = "Interaction Hand Over"
DISABLED = re.compile(r"\bdisabled\b")


@pytest.fixture(scope="module")
def manager(site):
	return site.user("hand.over.manager@example.com", "Vera", "Interaction Manager", "Sales User")


@pytest.fixture
def people(site, width):
	leaving = site.user(f"leaving.{width}@example.com", f"Ana {width}", "Interaction User")
	staying = site.user(f"staying.{width}@example.com", f"Ivo {width}", "Interaction User")
	return leaving, staying


@pytest.fixture
def planned(site, people, width):
	partner = site.partner(f"Termoelektrarna ({width}) {uuid4().hex[:6]}")
	values = {
		"party_type": partner["doctype"],
		"party": partner["name"],
		"interaction_type": "Phone Call",
		"how_to_reach": "+385 1 234 5678",
		"responsible": people[0],
		"starts_on": "2100-06-01 10:00:00",
	}
	return [site.make("Interaction", title=title, **values) for title in ("Price of the pump", "Delivery")]


@pytest.mark.every_platform
def test_activities_are_handed_over_from_the_list_and_given_back(
	site, open_desk, manager, people, planned, width, shot
):
	page = open_desk(manager, width)
	shown = open_list(page, "Interaction")
	shown.locator(".menu-btn-group button").first.click()
	shot(page, f"hand-over-menu-{width}")
	page.locator(".dropdown-menu.show").get_by_text("Hand Over…", exact=True).click()
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
	(name,) = site.find(HAND_OVER, from_user=people[0])
	alert.locator("a", has_text=name).click()
	_form_of(page, name)
	expect(page.locator(".page-container:visible .form-message")).to_contain_text("All handed over: 4.")
	shot(page, f"hand-over-form-{width}")
	head = page.locator(".page-container:visible .page-head")
	if width == "phone":
		head.locator(".menu-btn-group button").first.click()
		head.locator(".dropdown-menu.show").get_by_text("Give Back…", exact=True).click()
	else:
		press(head, "Give Back…")
	press(dialog(page), "Yes")
	expect(page.locator(".page-container:visible .form-message")).to_contain_text("All given back: 4.")
	shot(page, f"hand-over-undone-{width}")
	assert {site.get("Interaction", call["name"])["responsible"] for call in planned} == {people[0]}


def test_the_successor_sees_past_activities_of_the_chain(site, open_desk, people, planned, width, shot):
	chief = site.user("hand.over.chief@example.com", "Maja", "Interaction Administrator", "System Manager")
	(first, *_rest) = planned
	past = site.make(
		"Interaction",
		title="What the pump is for",
		**{field: first[field] for field in ("party_type", "party", "interaction_type", "how_to_reach")},
		chain=first["chain"],
		responsible=people[0],
		status="Held",
		starts_on="2026-01-12 10:00:00",
	)
	with site.changed("CRM Interactions Settings", visibility="Own and Team"):
		record = site.call("crm_interactions.api.oversight.hand_over", from_user=people[0], to_user=people[1])
		page = open_desk(chief, width)
		page.goto(f"/app/interaction-hand-over/{record['name']}")
		_form_of(page, record["name"])
		expect(page.locator(".page-container:visible .form-message")).to_contain_text(
			f"All handed over: {record['done_count']}. Past activities shown to the successor: 1."
		)
		shot(page, f"hand-over-history-{width}")
		page = open_desk(people[1], width)
		expect(open_form(page, "Interaction", past["name"])).to_contain_text("Price of the pump")
		shot(page, f"hand-over-history-seen-{width}")


def test_a_user_without_rights_has_no_hand_over_in_the_menu(open_desk, people, width):
	page = open_desk(people[1], width)
	shown = open_list(page, "Interaction")
	shown.locator(".menu-btn-group button").first.click()
	menu = page.locator(".dropdown-menu.show")
	expect(menu).to_be_visible()
	expect(menu.get_by_text("Hand Over…", exact=True)).to_have_count(0)


def _form_of(page, name: str) -> None:
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=name)


def _press_until(page, ask, alert) -> None:
	"""Press *Hand Over* until the alert appears; on SQLite, a request is refused while a worker writes."""
	busy = page.locator(".msgprint", has_text="Other users were saving at the same moment")
	for _ in range(5):
		press(ask, "Hand Over")
		expect(alert.or_(busy).first).to_be_visible()
		if alert.is_visible():
			return
		page.locator(".modal.show", has=busy).locator(".btn-modal-close").first.click()
		expect(busy).to_be_hidden()
