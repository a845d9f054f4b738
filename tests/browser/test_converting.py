"""A planned interaction is converted into a meeting in the same chain with one click (R25)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form
from tests.browser.desk import press


@pytest.fixture(scope="module")
def planner(site):
	return site.user("planner@example.com", "Petra", "Interaction User", "Sales User")


@pytest.mark.every_platform
def test_a_planned_interaction_can_be_converted_into_a_meeting(site, open_desk, planner, width, shot):
	partner = site.partner(f"Drvna industrija ({width})")
	contact = site.contact(partner, f"Marko {width}", "+385 1 234 5678")["name"]
	plan = site.make(
		"Interaction",
		interaction_type="Planned",
		title="Razgovor o suradnji",
		party_type=partner["doctype"],
		party=partner["name"],
		contact=contact,
		responsible=planner,
		starts_on="2100-06-01 10:00:00",
	)
	page = open_desk(planner, width)
	open_form(page, "Interaction", plan["name"])
	head = page.locator(".page-container:visible .page-head")
	if width == "phone":
		head.locator(".menu-btn-group button").first.click()
		shot(page, "turn-into-phone")
		head.locator(".dropdown-menu.show").get_by_text("Turn Into > Meeting", exact=True).click()
	else:
		press(head, "Turn Into")
		shot(page, "turn-into-desktop")
		head.locator(".dropdown-menu.show").get_by_text("Meeting", exact=True).click()
	page.wait_for_function(
		"() => window.cur_frm && cur_frm.doctype === 'Meeting' && cur_frm.doc.__onload !== null"
	)
	expect(page.locator(".page-container:visible .crm-chain")).to_be_visible()
	name = page.evaluate("() => cur_frm.doc.name")
	site.made.append(("Meeting", name))
	meeting = site.get("Meeting", name)
	assert (meeting["title"], meeting["chain"], meeting["status"]) == (
		plan["title"],
		plan["chain"],
		"Planned",
	)
	assert meeting["participants"][0]["participant"] == contact
	assert not site.find("Interaction", name=plan["name"])
	shot(page, f"turned-into-{width}")
