"""The calendar of activities: a dragged activity moves, a completed one jumps back (R24)."""

import re
import secrets
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.chains import open_form
from tests.browser.desk import dialog, press, shown, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture
from tests.clock import now

# weekdays in the week of the fifteenth, so that both are in the displayed month
FIFTEENTH = now().replace(day=15, hour=10, minute=0, second=0, microsecond=0)
TUESDAY = FIFTEENTH + timedelta(days=1 - FIFTEENTH.weekday())
THURSDAY = TUESDAY + timedelta(days=2)
# in either version of the calendar
SHOW_WEEK = """day => {
	const { fullCalendar, $cal } = cur_list.calendar;
	if (fullCalendar) return fullCalendar.changeView("timeGridWeek", day);
	$cal.fullCalendar("changeView", "agendaWeek");
	$cal.fullCalendar("gotoDate", day);
}"""

employee = user_fixture("drags.about@example.com", "Dragica")
partner = party_fixture("Kalendar Tvornica")


@pytest.fixture
def make(site, partner, employee):
	"""Return a function that makes a planned call on TUESDAY, without an end.

	Topics are unique, as completed calls of an earlier run cannot be deleted.
	"""
	planned = {"responsible": employee, "status": "Planned", "starts_on": str(TUESDAY)}

	def make(title: str, **values) -> dict:
		unique = f"{title} {secrets.token_hex(3)}"
		return site.phone_call(unique, **partner, **planned, how_to_reach="+385 1 246 8135", **values)

	return make


def open_calendar(page: Page, employee: str, doctype: str = "Interaction") -> Locator:
	page.evaluate(
		"([user, doctype]) => { localStorage.clear();"
		" if (doctype === 'Interaction') frappe.route_options = { responsible: user };"
		" frappe.set_route('List', doctype, 'Calendar', 'default'); }",
		[employee, doctype],
	)
	found = shown(page, ".fc").first
	expect(found).to_be_visible()
	return found


def entry(calendar: Locator, doc: dict) -> Locator:
	return calendar.locator(".fc-event", has_text=doc["title"])


def cell(calendar: Locator, day: datetime) -> Locator:
	"""Return the square of a day, in either version of the calendar."""
	dated = f'[data-date="{day:%Y-%m-%d}"]'
	return calendar.locator(f".fc-daygrid-day{dated}, .fc-day-grid .fc-bg td{dated}").first


def drag(dragged: Locator, target: Locator) -> None:
	"""Drag in small steps, since the calendar ignores a pointer that jumps."""
	expect(dragged).to_be_visible()
	dragged.scroll_into_view_if_needed()
	mouse, start, end = dragged.page.mouse, dragged.bounding_box(), target.bounding_box()
	mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
	mouse.down()
	right, down = end["x"] + end["width"] / 2 - start["x"] - 12, end["y"] + end["height"] / 2 - start["y"]
	for step in range(1, 11):
		mouse.move(start["x"] + 12 + right * step / 10, start["y"] + down * step / 10)
		dragged.page.wait_for_timeout(30)
	mouse.up()


def finish(page: Page) -> None:
	"""Complete the activity in the dialog, without a next step."""
	ask = dialog(page)
	ask.locator('[data-way="nothing"]').click()
	press(ask, "Done")
	expect(ask).to_be_hidden()


@pytest.mark.every_platform
def test_a_planned_call_can_be_dragged_to_another_day(site, open_desk, employee, make, shot):
	doc = make("Drag me to Thursday", add_to_calendar=1)
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, employee)
	with page.expect_response(re.compile("api.calendar.move")) as answer:
		drag(entry(calendar, doc), cell(calendar, THURSDAY))
	assert answer.value.ok
	after = site.get("Interaction", doc["name"])
	assert (after["starts_on"], after.get("ends_on")) == (str(THURSDAY), None)
	assert after["duration"] == doc["duration"]
	assert site.get("Event", after["event"])["starts_on"] == str(THURSDAY)
	shot(page, "calendar-dragged")


@pytest.mark.every_platform
def test_a_meeting_is_dragged_in_the_calendar_of_interactions(site, open_desk, employee, partner, shot):
	guests = [{"full_name": "Iva Rog", "side": "Theirs"}]
	about = {**partner, "title": "Drag the meeting", "interaction_type": "Meeting", "participants": guests}
	planned = {"responsible": employee, "status": "Planned", "starts_on": str(TUESDAY)}
	doc = site.make("Meeting", **about, **planned)
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, employee)
	with page.expect_response(re.compile("api.calendar.move")) as answer:
		drag(entry(calendar, doc), cell(calendar, THURSDAY))
	assert answer.value.ok
	assert site.get("Meeting", doc["name"])["starts_on"] == str(THURSDAY)
	shot(page, "calendar-dragged-meeting")


@pytest.mark.every_platform
def test_a_calls_event_dragged_to_the_all_day_row_keeps_its_time(site, open_desk, employee, make, shot):
	"""Frappe's calendar of events has an all-day row; that of activities has none."""
	doc = make("Any time on Thursday", duration=1800, add_to_calendar=1)
	# Frappe 16's calendar of events stays empty in any time zone other than the site's
	zone = site.get("System Settings", "System Settings")["time_zone"]
	page = open_desk(employee, "desktop", zone=zone)
	calendar = open_calendar(page, employee, "Event")
	page.evaluate(SHOW_WEEK, f"{TUESDAY:%Y-%m-%d}")
	shot(page, "calendar-week")
	with page.expect_response(re.compile("update_event")) as answer:
		drag(entry(calendar, doc), cell(calendar, THURSDAY))
	assert answer.value.ok
	after = site.get("Interaction", doc["name"])
	assert (after["starts_on"], after["duration"]) == (str(THURSDAY), 1800)
	assert site.get("Event", after["event"])["all_day"] == 0
	shot(page, "calendar-all-day")


@pytest.mark.every_platform
def test_a_dragged_completed_call_jumps_back(site, open_desk, employee, make, shot):
	doc = make("Stays on Tuesday")
	site.complete(doc["name"])
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, employee)
	call = entry(calendar, doc)
	expect(call).to_be_visible()
	before = call.bounding_box()
	drag(call, cell(calendar, THURSDAY))
	expect(dialog(page)).to_contain_text("is completed and can't be changed")
	shot(page, "calendar-refused")
	assert site.get("Interaction", doc["name"])["starts_on"] == str(TUESDAY)
	# Frappe 15's calendar changes the padding during a drag
	assert abs(call.bounding_box()["x"] - before["x"]) < before["width"] / 2


def test_a_call_can_be_completed_from_the_calendar(site, open_desk, employee, make, shot):
	doc = make("Finish me here")
	page = open_desk(employee, "desktop")
	call = entry(open_calendar(page, employee), doc)
	call.hover()
	shot(page, "calendar-finish")
	button = call.get_by_role("button", name="Complete…")
	button.click()
	expect(dialog(page)).to_contain_text(f"Complete: {doc['title']}")
	finish(page)
	assert site.get("Interaction", doc["name"])["completed"] == 1
	expect(button).to_have_count(0)


def test_a_click_opens_the_form(open_desk, employee, make):
	doc = make("Click me")
	page = open_desk(employee, "desktop")
	entry(open_calendar(page, employee), doc).click(position={"x": 12, "y": 8})
	wait_for_form(page, doc["name"])


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
	finish(page)
	expect(rows.locator(".crm-pill")).to_have_text("Done")
	expect(button).to_have_count(0)
	assert site.get("Interaction", doc["name"])["completed"] == 1
