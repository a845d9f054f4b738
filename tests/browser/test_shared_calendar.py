"""The calendar shows interactions, meetings and events, each with time, icon, partner, topic and the person's colour."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import settled, shown
from tests.browser.fixtures import party_fixture, user_fixture
from tests.clock import now

MORNING = now().replace(hour=10, minute=0, second=0, microsecond=0)

employee = user_fixture("shows.days@example.com", "Kalina")
colleague = user_fixture("shows.other.days@example.com", "Oskar")
partner = party_fixture("Zajednički kalendar d.o.o.")


@pytest.fixture(scope="module")
def entries(site, employee, colleague, partner):
	"""Make a call, a meeting and a public event today, and four further calls of the colleague."""
	planned = {**partner, "status": "Planned", "how_to_reach": "+385 1 246 8136"}
	site.phone_call("Ponuda za crpke", **planned, responsible=employee, starts_on=str(MORNING))
	guests = [{"full_name": "Iva Rog", "side": "Theirs"}]
	site.make(
		"Meeting",
		**{**partner, "title": "Obilazak pogona", "status": "Planned", "interaction_type": "Meeting"},
		**{"responsible": colleague, "participants": guests, "starts_on": str(MORNING.replace(hour=11))},
	)
	site.make("Event", subject="Sajam", event_type="Public", starts_on=str(MORNING.replace(hour=12)))
	for number in range(4):
		later = str(MORNING.replace(hour=13 + number))
		site.phone_call(f"Poziv {number}", **planned, responsible=colleague, starts_on=later)


def open_calendar(page: Page, doctype: str, **filters) -> Locator:
	page.evaluate(
		"([doctype, filters]) => { localStorage.clear(); frappe.route_options = filters;"
		" frappe.set_route('List', doctype, 'Calendar', 'default'); }",
		[doctype, filters],
	)
	found = shown(page, ".fc").first
	expect(found).to_be_visible()
	settled(page)
	return found


@pytest.mark.layout
@pytest.mark.every_platform
@pytest.mark.parametrize("doctype", ["Interaction", "Meeting"])
def test_one_calendar_shows_interactions_meetings_and_events(
	open_desk, employee, entries, doctype, width, shot
):
	page = open_desk(employee, width)
	calendar = open_calendar(page, doctype)
	call = calendar.locator(".crm-entry", has_text="Ponuda za crpke")
	met = calendar.locator(".crm-entry", has_text="Obilazak pogona")
	event = calendar.locator(".crm-entry", has_text="Sajam")
	for entry, time in ((call, "10:00"), (met, "11:00"), (event, "12:00")):
		expect(entry).to_contain_text(time)
		expect(entry.locator(".crm-kind svg")).to_have_count(1)
	expect(call).to_contain_text("Zajednički kalendar d.o.o.")
	shot(page, f"shared-calendar-{doctype}-{width}")
	people = page.locator(".crm-calendar-people:visible > span")
	expect(people.first).to_have_text("Kalina")
	own, other = (
		people.filter(has_text=name).locator(".crm-color").evaluate("one => one.style.background")
		for name in ("Kalina", "Oskar")
	)
	assert own and other and own != other
	assert page.evaluate("() => document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.every_platform
def test_a_busy_day_shows_three_entries_and_how_many_more(open_desk, employee, entries, partner, shot):
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, "Interaction", party=partner["party"])
	more = calendar.locator(".fc-more, .fc-daygrid-more-link").locator("visible=true")
	expect(more).to_have_text("+3")
	more.click()
	expect(page.locator(".fc-popover .crm-entry", has_text="Poziv 3")).to_be_visible()
	shot(page, "shared-calendar-more")


@pytest.mark.every_platform
def test_a_meeting_opens_from_the_calendar_of_interactions(open_desk, employee, entries, partner):
	page = open_desk(employee, "desktop")
	calendar = open_calendar(page, "Interaction", party=partner["party"])
	calendar.locator(".crm-entry", has_text="Obilazak pogona").click()
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Meeting'")
