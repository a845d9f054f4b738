"""A working day: from My Day through calls, plans and a visit to a note of long ago, without an error or a cut text (B11)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chains import ROWS, open_panel
from tests.browser.desk import choose, dialog, expect_no_dialog, field, press, settled, shown, wait_for_form
from tests.browser.fixtures import EMPLOYEE, party_fixture, user_fixture
from tests.browser.looks import overflowing
from tests.clock import now

rep = user_fixture("working.day@example.com", "Radmila", EMPLOYEE)
partner = party_fixture("Jadranska plovidba d.d.", "Bruno Peric", "+385 51 555 0377")
# requests that a test server refuses: it has no mail, no images from elsewhere and no realtime process
NOISE = ("socket.io", "WebSocket", "ERR_CONNECTION", "favicon", "Failed to load resource")
OLD_WORD = "kardanski"
DUE = ("Send the price list", "Ask for the drawing", "Confirm the delivery", "Check the warranty")


@pytest.fixture(autouse=True)
def year(site, rep, partner) -> None:
	"""Record a call a month for a year, with a rare word in the oldest note, and plan four calls for today."""
	about = {**partner, "responsible": rep}
	first = {}
	for month in range(12, 0, -1):
		words = f"Asked about a {OLD_WORD} zglob." if month == 12 else f"Note of {month} months ago."
		moment = f"{now() - timedelta(days=30 * month):%Y-%m-%d} 10:00:00"
		call = site.phone_call(f"Call {month}", **about, **first, starts_on=moment, notes=f"<p>{words}</p>")
		first = {"chain": call["chain"]}
	for title in DUE:
		planned = {"status": "Planned", "starts_on": f"{now():%Y-%m-%d} 23:59:00"}
		site.phone_call(title, **about, **first, **planned)


class Day:
	"""The day of a user, with the errors of the console and the texts that were cut off on the screens so far."""

	def __init__(self, page: Page, shot):
		self.page, self.shot = page, shot
		self.problems: list[str] = []
		page.on("console", self.hear)

	def hear(self, message) -> None:
		if message.type == "error" and not any(noise in message.text for noise in NOISE):
			self.problems.append(f"console: {message.text}")

	def look(
		self, name: str, scope: str = ".page-container:not([style*='display: none']) .layout-main"
	) -> None:
		settled(self.page)
		self.shot(self.page, f"day-{name}")
		self.problems += [f"{name}: {text}" for text in overflowing(self.page, scope)]


@pytest.mark.every_platform
def test_a_working_day(site, open_desk, rep, partner, shot):
	day = Day(open_desk(rep, "desktop"), shot)
	starts_in_my_day(day)
	takes_a_call_and_plans_the_next_step(day, site)
	completes_three_and_puts_one_off(day, site)
	reads_the_year(day, partner)
	phone = Day(open_desk(rep, "phone"), shot)
	records_a_visit_on_the_phone(phone, site, partner)
	finds_an_old_note_by_a_word(day, site)
	assert day.problems + phone.problems == []


def due(day: Day, title: str):
	return shown(day.page, ".crm-day-section[data-section=today] .crm-day-row").filter(has_text=title)


def starts_in_my_day(day: Day) -> None:
	day.page.goto("/app")
	for title in DUE:
		expect(due(day, title)).to_be_visible()
	day.look("my-day")


def takes_a_call_and_plans_the_next_step(day: Day, site) -> None:
	day.page.keyboard.press("Control+Shift+K")
	box = dialog(day.page)
	expect(box.locator('[data-fieldname="who"] input')).to_be_focused()
	day.page.keyboard.type("0515550377")
	day.page.keyboard.press("Enter")
	expect(box).to_contain_text("Call 1")
	day.page.keyboard.type("Wants a quote for two pumps")
	day.look("log-call", ".modal.show")
	press(box, "Save & Plan")
	ask = dialog(day.page)
	expect(ask).to_contain_text("Wants a quote for two pumps")
	day.look("complete", ".modal.show")
	press(ask.locator(".modal-footer"), "Done & Plan Next")
	expect_no_dialog(day.page)
	(name,) = site.find("Interaction", title="Wants a quote for two pumps", status="Held")
	assert site.get("Interaction", name)["next_activity"]


def completes_three_and_puts_one_off(day: Day, site) -> None:
	day.page.goto("/app/my-day")
	for title in DUE[:3]:
		due(day, title).get_by_role("button", name="Complete").click()
		ask = dialog(day.page)
		ask.locator('[data-way="nothing"]').click()
		press(ask.locator(".modal-footer"), "Done")
		expect_no_dialog(day.page)
		expect(due(day, title)).to_have_count(0)
	last = due(day, DUE[3])
	last.get_by_role("button", name="Put off").click()
	last.get_by_role("menuitem", name="Tomorrow at 9:00").click()
	expect(shown(day.page, ".crm-day-section[data-section=tomorrow]")).to_contain_text(DUE[3])
	day.look("my-day-done")
	states = {title: site.get("Interaction", *site.find("Interaction", title=title)) for title in DUE}
	assert [states[title]["completed"] for title in DUE] == [1, 1, 1, 0]
	tomorrow = (now() + timedelta(days=1)).date()
	assert states[DUE[3]]["starts_on"] == f"{tomorrow} 09:00:00"


def reads_the_year(day: Day, partner: dict) -> None:
	feed = open_panel(day.page, partner["party_type"], partner["party"])
	feed.get_by_role("button", name="Show All").click()
	expect(feed.locator(ROWS, has_text="Note of 11 months ago.")).to_be_visible()
	expect(feed.locator(ROWS, has_text=OLD_WORD)).to_be_visible()
	day.look("year", ".crm-chain")


def records_a_visit_on_the_phone(day: Day, site, partner: dict) -> None:
	open_panel(day.page, partner["party_type"], partner["party"])
	day.look("phone-partner", ".crm-chain")
	shown(day.page, '.crm-chain-new [data-doctype="Interaction"]').click()
	entry = dialog(day.page)
	choose(entry, "interaction_type", "Meeting")
	expect(field(entry, "contact").locator("input")).to_have_value("Bruno Peric")
	entry.locator('[data-fieldname="title"] input').fill("Saw the new berth")
	day.look("phone-visit", ".modal.show")
	press(entry, "Save")
	expect_no_dialog(day.page)
	(name,) = site.find("Interaction", title="Saw the new berth")
	assert site.get("Interaction", name)["party"] == partner["party"]


def finds_an_old_note_by_a_word(day: Day, site) -> None:
	(name,) = site.find("Interaction", title="Call 12")
	day.page.keyboard.press("Control+G")
	day.page.keyboard.type(OLD_WORD)
	expect(day.page.locator(".search-bar:visible .awesomplete li").first).to_contain_text("Search for")
	day.page.keyboard.press("Enter")
	hit = dialog(day.page).locator(f'a[href$="/{name}"]').first
	expect(hit).to_be_visible()
	day.look("found", ".modal.show .results-area, .modal.show .search-results")
	hit.click()
	wait_for_form(day.page, name)
	day.look("old-call")
