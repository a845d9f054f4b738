"""The calendar of activities: a dragged activity moves, a completed one jumps back (R24)."""

import re
import secrets
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chains import open_form
from tests.browser.desk import dialog, press

DAY = "%Y-%m-%d"
# weekdays in the week of the fifteenth, so that both are in the displayed month
FIFTEENTH = datetime.now().replace(day=15, hour=10, minute=0, second=0, microsecond=0)
TUESDAY = FIFTEENTH + timedelta(days=1 - FIFTEENTH.weekday())
THURSDAY = TUESDAY + timedelta(days=2)


@pytest.fixture(scope="module")
def employee(site):
	return site.user("drags.about@example.com", "Dragica", "Interaction User", "Sales User")


@pytest.fixture(scope="module")
def partner(site):
	return site.partner("Kalendar Tvornica")


@pytest.fixture
def make(site, partner, employee):
	"""Return a function that makes a planned call on TUESDAY, without an end.

	Topics are unique, as completed calls of an earlier run cannot be deleted.
	"""

	def make(title: str, **values) -> dict:
		return site.make(
			"Interaction",
			interaction_type="Phone Call",
			title=f"{title} {secrets.token_hex(3)}",
			party_type=partner["doctype"],
			party=partner["name"],
			how_to_reach="+385 1 246 8135",
			responsible=employee,
			status="Planned",
			starts_on=str(TUESDAY),
			**values,
		)

	return make


def open_calendar(page: Page, employee: str) -> Locator:
	page.evaluate(
		"user => { localStorage.clear(); frappe.route_options = { responsible: user };"
		" frappe.set_route('List', 'Interaction', 'Calendar', 'default'); }",
		employee,
	)
	found = page.locator(".page-container:visible .fc").first
	expect(found).to_be_visible()
	return found


def cell(calendar: Locator, day: datetime) -> Locator:
	"""Return the square of a day, in either version of the calendar."""
	return calendar.locator(
		f'.fc-daygrid-day[data-date="{day.strftime(DAY)}"], .fc-day-grid .fc-bg td[data-date="{day.strftime(DAY)}"]'
	).first


def drag(page: Page, shown: Locator, target: Locator) -> None:
	"""Drag in small steps, since the calendar ignores a pointer that jumps."""
	expect(shown).to_be_visible()
	shown.scroll_into_view_if_needed()
	start, end = shown.bounding_box(), target.bounding_box()
	page.mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
	page.mouse.down()
	x, y = end["x"] + end["width"] / 2, end["y"] + end["height"] / 2
	for step in range(1, 11):
		page.mouse.move(
			start["x"] + 12 + (x - start["x"] - 12) * step / 10, start["y"] + (y - start["y"]) * step / 10
		)
		page.wait_for_timeout(30)
	page.mouse.up()


@pytest.mark.every_platform
def test_a_planned_call_can_be_dragged_to_another_day(site, open_desk, employee, make, shot):
	doc = make("Drag me to Thursday", add_to_calendar=1)
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, employee)
	shown = calendar.locator(".fc-event", has_text=doc["title"])
	with page.expect_response(re.compile("api.calendar.move")) as answer:
		drag(page, shown, cell(calendar, THURSDAY))
	assert answer.value.ok
	after = site.get("Interaction", doc["name"])
	assert (after["starts_on"], after.get("ends_on")) == (str(THURSDAY), None)
	assert after["duration"] == doc["duration"]
	assert site.get("Event", after["event"])["starts_on"] == str(THURSDAY)
	shot(page, "calendar-dragged")


@pytest.mark.every_platform
def test_a_dragged_completed_call_jumps_back(site, open_desk, employee, make, shot):
	doc = make("Stays on Tuesday")
	site.call("crm_interactions.api.activity.complete", activity_type="Interaction", activity=doc["name"])
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, employee)
	shown = calendar.locator(".fc-event", has_text=doc["title"])
	expect(shown).to_be_visible()
	before = shown.bounding_box()
	drag(page, shown, cell(calendar, THURSDAY))
	expect(dialog(page)).to_contain_text("is completed and can't be changed")
	shot(page, "calendar-refused")
	assert site.get("Interaction", doc["name"])["starts_on"] == str(TUESDAY)
	# Frappe 15's calendar changes the padding during a drag
	assert abs(shown.bounding_box()["x"] - before["x"]) < before["width"] / 2


def test_a_call_can_be_completed_from_the_calendar(site, open_desk, employee, make, shot):
	doc = make("Finish me here")
	page = open_desk(employee, "desktop")
	shown = open_calendar(page, employee).locator(".fc-event", has_text=doc["title"])
	shown.hover()
	shot(page, "calendar-finish")
	shown.get_by_role("button", name="Complete…").click()
	ask = dialog(page)
	expect(ask).to_contain_text(f"Complete: {doc['title']}")
	ask.locator('[data-way="nothing"]').click()
	press(ask, "Done")
	expect(ask).to_be_hidden()
	assert site.get("Interaction", doc["name"])["completed"] == 1
	expect(shown.get_by_role("button", name="Complete…")).to_have_count(0)


def test_a_click_opens_the_form(open_desk, employee, make):
	doc = make("Click me")
	page = open_desk(employee, "desktop")
	open_calendar(page, employee).locator(".fc-event", has_text=doc["title"]).click(
		position={"x": 12, "y": 8}
	)
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=doc["name"])


def test_a_call_can_be_completed_from_the_panel(site, open_desk, employee, make, width, shot):
	doc = make(f"Finish me from the panel, {width}")
	page = open_desk(employee, width)
	chain = site.get("Interaction", doc["name"])["chain"]
	rows = open_form(page, "Interaction Chain", chain).locator(".crm-chain-row")
	button = rows.get_by_role("button", name=f"Complete: {doc['title']}")
	if width == "desktop":
		expect(button).to_have_css("opacity", "0")
		rows.first.hover()
	expect(button).to_have_css("opacity", "1")
	shot(page, f"panel-finish-{width}")
	button.click()
	ask = dialog(page)
	ask.locator('[data-way="nothing"]').click()
	press(ask, "Done")
	expect(ask).to_be_hidden()
	expect(rows.locator(".crm-pill")).to_have_text("Done")
	expect(button).to_have_count(0)
	assert site.get("Interaction", doc["name"])["completed"] == 1
