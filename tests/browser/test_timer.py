"""The timer of a new interaction: paused, resumed and corrected manually (R8)."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import choose, field, form, press, saved_name, shown, type_into
from tests.browser.fixtures import party_fixture, user_fixture

PAUSE = 4  # seconds

employee = user_fixture("watches.the.clock@example.com", "Ura")
partner = party_fixture("Urarstvo Sat")


@pytest.fixture
def new(open_desk, employee, partner) -> Locator:
	page = open_desk(employee, "desktop")
	page.goto("/app/interaction/new")
	scope = form(page)
	choose(scope, "interaction_type", "Phone Call")
	choose(scope, "party", partner["party"])
	type_into(scope, "how_to_reach", "+385 1 987 6543")
	return scope


def seconds(scope: Locator) -> int:
	"""Return the seconds on the timer."""
	minutes, rest = scope.locator(".crm-timer-time").inner_text().split(":")
	return 60 * int(minutes) + int(rest)


def save(scope: Locator, title: str) -> str:
	type_into(scope, "title", title)
	press(shown(scope.page, ".page-head"), "Save")
	return saved_name(scope.page, "Interaction")


def test_a_pause_does_not_count(site, new, shot):
	page = new.page
	expect(new.locator(".crm-timer.running")).to_be_visible()
	press(new, "Pause")
	paused = seconds(new)
	page.wait_for_timeout(PAUSE * 1000)
	assert seconds(new) == paused
	shot(page, "timer-paused")

	press(new, "Start")
	expect(new.locator(".crm-timer.running")).to_be_visible()
	page.wait_for_function(
		"([paused]) => { const [m, s] = $('.crm-timer-time:visible').text().split(':');"
		" return 60 * Number(m) + Number(s) >= paused + 2; }",
		arg=[paused],
	)
	press(new, "Pause")
	stopped = seconds(new)
	page.wait_for_timeout(PAUSE * 1000)
	name = save(new, "Baterija")
	assert site.get("Interaction", name)["duration"] == stopped


@pytest.mark.every_platform
def test_the_duration_can_be_corrected_manually(site, new):
	"""A typed duration is kept, before and after the first save."""
	page = new.page
	set_minutes(new, 7)
	expect(new.locator(".crm-timer-time")).to_have_text("7:00")
	name = save(new, "Remen")
	assert site.get("Interaction", name)["duration"] == 7 * 60

	set_minutes(form(page), 9)
	press(shown(page, ".page-head"), "Save")
	page.wait_for_function("() => !cur_frm.is_dirty()")
	assert site.get("Interaction", name)["duration"] == 9 * 60


def set_minutes(scope: Locator, minutes: int) -> None:
	control = field(scope, "duration")
	# Frappe opens its picker below the field, even beyond the window's edge
	control.evaluate("element => element.scrollIntoView({ block: 'center' })")
	control.locator("input").first.click()
	box = control.locator('.duration-picker input[data-duration="minutes"]')
	box.click()
	box.fill(str(minutes))
	box.press("Tab")
	expect(control.locator("input").first).to_have_value(re.compile(rf"^{minutes}m"))
