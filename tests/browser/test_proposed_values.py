"""Values that the form of an interaction proposes, and keeps once they are saved."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.desk import (
	choose,
	field,
	form,
	press,
	saved_name,
	settled,
	shown,
	type_into,
	wait_for_form,
)
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("far.away@example.com", "Fabijan")
partner = party_fixture("Daljina", "Dalibor Dalić", "+385 23 777 888")
other = party_fixture("Blizina")


@pytest.fixture
def page(site, open_desk, employee) -> Page:
	"""Open the Desk of a user whose clock is hours behind the site's."""
	site.put("User", employee, time_zone="Pacific/Honolulu")
	return open_desk(employee, "desktop")


def test_an_interaction_of_now_is_done_in_the_users_time_zone_too(page):
	page.goto("/app/interaction/new")
	expect(field(form(page), "status").locator("select")).to_have_value("Held")


def test_a_new_start_leaves_the_status_of_a_saved_call(page, site, partner):
	call = site.phone_call(
		"Javljanje", starts_on="2090-01-01 10:00:00", how_to_reach="+1 555 0107", **partner
	)
	page.goto(f"/app/interaction/{call['name']}")
	wait_for_form(page, call["name"])
	page.evaluate("() => cur_frm.set_value('starts_on', '2020-01-01 10:00:00')")
	settled(page)
	assert page.evaluate("() => cur_frm.doc.status") == "Planned"


def test_another_partner_clears_the_contact(page, partner, other):
	page.goto("/app/interaction/new")
	scope = form(page)
	choose(scope, "interaction_type", "Phone Call")
	choose(scope, "party", partner["party"])
	choose(scope, "contact", "Dalibor Dalić")
	settled(page)
	choose(scope, "party", other["party"])
	contact = field(scope, "contact").locator("input").first
	expect(contact).to_have_value("")


@pytest.fixture
def new(page, partner):
	"""Open a new call that lacks nothing but its time."""
	page.goto("/app/interaction/new")
	scope = form(page)
	choose(scope, "interaction_type", "Phone Call")
	choose(scope, "party", partner["party"])
	type_into(scope, "how_to_reach", "+1 555 0107")
	type_into(scope, "title", "Najava")
	return scope


def saved_duration(page: Page, site) -> int:
	press(shown(page, ".page-head"), "Save")
	return site.get("Interaction", saved_name(page, "Interaction"))["duration"]


def test_a_planned_call_has_the_duration_of_its_type(page, site, new):
	"""The timer runs while the form is open, but the call has not begun."""
	page.evaluate("() => cur_frm.set_value('starts_on', '2090-01-01 10:00:00')")
	expect(field(new, "status").locator("select")).to_have_value("Planned")
	assert saved_duration(page, site) == site.get("Interaction Type", "Phone Call")["default_duration"]


def test_an_end_gives_the_duration_although_the_timer_ran(page, site, new):
	page.evaluate(
		"""() => cur_frm.set_value("ends_on",
			moment(cur_frm.doc.starts_on).add(30, "minutes").format("YYYY-MM-DD HH:mm:ss"))"""
	)
	assert saved_duration(page, site) == 30 * 60
