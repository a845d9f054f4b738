"""A planned activity asks for date and time, and has neither timer nor duration (R4, R8)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chains import new_meeting
from tests.browser.desk import (
	choose,
	dialog,
	expect_no_dialog,
	field,
	form,
	press,
	quick_entry,
	settled,
	type_into,
)
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("plans.ahead@example.com", "Plana")
partner = party_fixture("Sutra i prekosutra", "Vrijeme Sat", "+385 1 555 0505")


def start(scope: Locator) -> Locator:
	return field(scope, "starts_on")


@pytest.mark.every_platform
def test_a_planned_interaction_asks_for_its_start(site, open_desk, employee, partner, width, shot):
	topic = f"Kasnije ({width})"
	page = open_desk(employee, width)
	entry = quick_entry(page, "Interaction")
	expect(start(entry)).to_be_hidden()
	choose(entry, "interaction_type", "Planned")
	expect(field(entry, "status").locator("select")).to_have_value("Planned")
	expect(start(entry)).to_be_visible()
	expect(start(entry).locator("input")).to_have_value("")
	expect(entry.locator(".crm-timer")).to_be_hidden()
	choose(entry, "party", partner["party"])
	choose(entry, "contact", "Vrijeme Sat")
	type_into(entry, "title", topic)
	shot(page, f"planned-{width}")
	press(entry, "Save")
	message = page.locator(".modal.show", has=page.locator(".msgprint"))
	expect(message).to_contain_text("Date and Time")
	page.wait_for_timeout(500)
	page.keyboard.press("Escape")
	press(entry, "Tomorrow 9:00")
	press(entry, "Save")
	expect_no_dialog(page)
	(name,) = site.find("Interaction", title=topic)
	saved = site.get("Interaction", name)
	assert (saved["status"], saved["starts_on"][11:]) == ("Planned", "09:00:00")
	assert not saved.get("duration")


def test_the_status_chooses_between_now_and_later(open_desk, employee, width):
	entry = quick_entry(open_desk(employee, width), "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	expect(entry.locator(".crm-timer.running")).to_be_visible()
	choose(entry, "status", "Planned")
	expect(start(entry)).to_be_visible()
	choose(entry, "status", "Held")
	expect(start(entry)).to_be_hidden()
	expect(entry.locator(".crm-timer.running")).to_be_visible()


@pytest.mark.every_platform
def test_a_new_meeting_asks_for_its_start(site, open_desk, employee, partner, width, shot):
	topic = f"Sastanak ({width})"
	page = open_desk(employee, width)
	scope = new_meeting(page, partner)
	expect(start(scope).locator("input").first).to_have_value("")
	expect(scope.locator(".crm-timer")).to_be_hidden()
	settled(page)
	press(scope, "Tomorrow 9:00")
	shot(page, f"new-meeting-{width}")
	expect(field(scope, "status").locator("select")).to_have_value("Planned")
	choose(scope, "contact", "Vrijeme Sat")
	type_into(scope, "title", topic)
	press(scope, "Save")
	expect_no_dialog(page)
	(name,) = site.find("Meeting", title=topic)
	saved = site.get("Meeting", name)
	assert (saved["status"], saved["starts_on"][11:]) == ("Planned", "09:00:00")
	assert saved["duration"] == 60 * 60, "not the usual duration of the type"


def test_the_form_keeps_what_quick_entry_asked_for(open_desk, employee, width):
	page = open_desk(employee, width)
	entry = quick_entry(page, "Interaction")
	choose(entry, "interaction_type", "Planned")
	press(dialog(page), "Edit Full Form")
	page.wait_for_function("() => window.cur_frm && cur_frm.is_new() && cur_frm.doctype === 'Interaction'")
	expect(field(form(page), "status").locator("select")).to_have_value("Planned")
	expect(start(form(page)).locator("input").first).to_have_value("")
	expect(form(page).locator(".crm-presets button").first).to_be_visible()


def test_a_form_turns_planned_with_its_type(open_desk, employee, width):
	page = open_desk(employee, width)
	page.goto("/app/interaction/new")
	scope = form(page)
	choose(scope, "interaction_type", "Planned")
	expect(field(scope, "status").locator("select")).to_have_value("Planned")
	expect(scope.locator(".crm-presets button").first).to_be_visible()
	expect(scope.locator(".crm-timer")).to_be_hidden()
