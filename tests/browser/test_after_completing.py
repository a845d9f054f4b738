"""After *Complete*: one banner, a toast that names the next step and undoes it, and *Reopen* (B3, R9)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form
from tests.browser.desk import choose, dialog, expect_no_dialog, form, press, settled, type_into
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture
from tests.browser.menus import press_in_head

worker = user_fixture("after@example.com", "Vidosava", MANAGER)
partner = party_fixture("Po klicu d.o.o.", "Nina", "+386 1 234 56 78")
LATER = "2099-11-23 10:00:00"


@pytest.fixture
def call(site, worker, partner, width):
	title = f"Ponudba <za> črpalke ({width})"
	return site.phone_call(title, **partner, responsible=worker, status="Planned", starts_on=LATER)


def complete(page, way: str, outcome: str = "Offer Sent"):
	press_in_head(page, "Complete")
	ask = dialog(page)
	choose(ask, "outcome", outcome)
	settled(page)  # the outcome proposes a next step
	ask.locator(f'[data-way="{way}"]').click()
	if way == "plan":
		type_into(ask, "next_in", "3")
	press(ask.locator(".modal-footer"), {"plan": "Done & Plan Next", "nothing": "Done"}[way])
	expect_no_dialog(page)
	page.wait_for_function("() => cur_frm.doc.completed === 1")


@pytest.mark.every_platform
def test_the_toast_names_the_next_step_and_undoes_it(site, open_desk, call, worker, width, shot):
	page = open_desk(worker, width)
	open_form(page, "Interaction", call["name"])
	complete(page, "plan")
	step = site.get("Interaction", site.get("Interaction", call["name"])["next_activity"])
	alert = page.locator(".desk-alert", has_text="Done. Next:")
	expect(alert).to_have_count(1)
	expect(alert).to_contain_text(f"Phone Call: {call['title'].replace('&lt;', '<')}")
	link = alert.locator("a", has_text="Phone Call")
	expect(link).to_have_attribute("href", re.compile(f"/interaction/{step['name']}$"))
	shot(page, f"done-and-planned-{width}")
	page.locator(".desk-alert .crm-undo").click()
	expect(page.locator(".desk-alert", has_text="Cancelled:")).to_be_visible()
	assert site.get("Interaction", step["name"])["status"] == "Cancelled"
	assert site.get("Interaction", call["name"])["completed"] == 1


def test_a_next_step_that_was_changed_since_is_not_undone(site, open_desk, call, worker):
	page = open_desk(worker, "desktop")
	open_form(page, "Interaction", call["name"])
	complete(page, "plan")
	step = site.get("Interaction", call["name"])["next_activity"]
	site.put("Interaction", step, notes="<p>Agreed by telephone</p>")
	page.locator(".desk-alert .crm-undo").click()
	expect(page.locator(".desk-alert", has_text="was changed since")).to_be_visible()
	assert site.get("Interaction", step)["status"] == "Planned"


@pytest.mark.every_platform
def test_one_banner_and_the_former_state_after_reopening(site, open_desk, call, worker, width, shot):
	page = open_desk(worker, width)
	open_form(page, "Interaction", call["name"])
	complete(page, "nothing")
	# as a save by the server does, which refreshes the form while it refreshes
	page.evaluate("() => { cur_frm.refresh(); cur_frm.refresh(); }")
	settled(page)
	banner = form(page).locator(".form-message", has_text="Completed by")
	expect(banner).to_have_count(1)
	shot(page, f"completed-banner-{width}")
	press_in_head(page, "Reopen")
	ask = dialog(page)
	type_into(ask, "reason", "Wrong button")
	press(ask, "Reopen")
	expect_no_dialog(page)
	page.wait_for_function("() => cur_frm.doc.completed === 0 && cur_frm.doc.status === 'Planned'")
	expect(form(page).locator(".form-message", has_text="Reopened by")).to_have_count(1)
	expect(banner).to_have_count(0)
	assert site.get("Interaction", call["name"])["starts_on"] == LATER
