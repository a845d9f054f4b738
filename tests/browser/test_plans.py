"""A plan is started from a chain after a preview, a step that slips offers to move the rest, and the plan ends (B9)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import choose_action, open_form, open_list, panel
from tests.browser.desk import (
	close,
	dialog,
	expect_no_dialog,
	field,
	fits,
	go,
	press,
	settled,
	shown,
	wait_for_form,
)
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture
from tests.browser.looks import DIALOG, serious_findings
from tests.browser.menus import list_action, press_in_head

rep = user_fixture("plans@example.com", "Pavla", MANAGER)
partner = party_fixture("Plan d.o.o.", "Nina", "+385 1 555 0991")
STEPS = (
	{"interaction_type": "Phone Call", "title": "Call about the pump", "offset": 1, "working_time": 0},
	{"interaction_type": "E-mail", "title": "Send the offer", "offset": 2, "condition": "Offer Sent"},
	{"interaction_type": "Phone Call", "title": "Ask for a decision", "offset": 2, "offset_unit": "Weeks"},
)
TITLE = "New Lead: Pumps"


@pytest.fixture(scope="module")
def plan(site) -> str:
	return site.make("Activity Plan", title=TITLE, steps=STEPS)["name"]


@pytest.fixture
def call(site, rep, partner, plan, width):
	return site.phone_call(f"First question ({width})", **partner, direction="Incoming", responsible=rep)


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_plan_is_started_moved_and_ended_on_a_chain(site, open_desk, rep, plan, call, width, shot):
	page = open_desk(rep, width)
	open_form(page, "Interaction Chain", call["chain"])
	choose_action(page, "Start Plan…")
	ask = dialog(page)
	expect(field(ask, "plan").locator("input")).to_have_value(plan)  # the only one
	expect(ask.locator(".crm-plan-step")).to_have_count(3)
	boxes = ask.locator(".crm-plan-step input")
	boxes.nth(0).uncheck()
	expect(boxes.nth(1)).to_be_disabled()
	boxes.nth(0).check()
	boxes.nth(1).check()
	settled(page)
	assert fits(page)
	shot(page, f"plan-start-{width}")
	assert serious_findings(page, DIALOG) == []
	press(ask.locator(".modal-footer"), "Start Plan")
	expect_no_dialog(page)
	alert = page.locator(".desk-alert", has_text="has started in")
	expect(alert).to_contain_text("Planned steps: 2")
	rows = panel(page).locator(".crm-chain-row", has=page.locator(".crm-plan-badge"))
	expect(rows).to_have_count(2)
	assert fits(page)
	shot(page, f"plan-rows-{width}")
	first = site.find("Interaction", chain=call["chain"], title=STEPS[0]["title"])[0]
	open_form(page, "Interaction", first)
	page.evaluate(
		"() => cur_frm.set_value('starts_on', frappe.datetime.add_days(cur_frm.doc.starts_on, 2) + ' 10:00:00')"
	)
	page.evaluate("() => { cur_frm.save(); }")
	moving = dialog(page)
	expect(moving.locator(".crm-plan-step")).to_have_count(1)
	settled(page)
	shot(page, f"plan-move-{width}")
	assert serious_findings(page, DIALOG) == []
	last = site.find("Interaction", chain=call["chain"], title=STEPS[2]["title"])[0]
	before = site.get("Interaction", last)["starts_on"]
	press(moving.locator(".modal-footer"), "Move Steps")
	expect(page.locator(".desk-alert", has_text="Moved steps: 1.")).to_be_visible()
	assert site.get("Interaction", last)["starts_on"][:10] > before[:10]
	open_form(page, "Interaction Chain", call["chain"])
	press_in_head(page, "Close…")
	hint = f"The plan {plan} ends in any case, and its planned steps are cancelled."
	expect(dialog(page)).to_contain_text(hint)
	settled(page)
	shot(page, f"plan-close-{width}")
	close(dialog(page))
	choose_action(page, "End Plan…")
	expect(dialog(page).locator("select")).to_have_count(1)
	settled(page)
	shot(page, f"plan-end-{width}")
	press(dialog(page).locator(".modal-footer"), "End Plan")
	expect(page.locator(".desk-alert", has_text="Planned steps cancelled: 2.")).to_be_visible()
	assert site.get("Interaction", last)["status"] == "Cancelled"


def test_the_start_of_a_plan_is_taken_back(site, open_desk, rep, plan, call, width):
	page = open_desk(rep, width)
	open_form(page, "Interaction Chain", call["chain"])
	choose_action(page, "Start Plan…")
	ask = dialog(page)
	expect(ask.locator(".crm-plan-step")).to_have_count(3)
	press(ask.locator(".modal-footer"), "Start Plan")
	expect_no_dialog(page)
	page.locator(".desk-alert", has_text="has started in").get_by_role("button", name="Undo").click()
	expect(page.locator(".desk-alert", has_text="has ended.")).to_be_visible()
	assert not site.find("Interaction", chain=call["chain"], status="Planned")


@pytest.mark.layout
def test_plans_are_started_with_partners(site, open_desk, rep, plan, call, partner, width, shot):
	page = open_desk(rep, width)
	go(page, "cur_frm", "Form", partner["party_type"], partner["party"])
	wait_for_form(page, partner["party"])
	# ERPNext's form has the panel on its last tab
	shown(page, ".crm-start-plan-button").evaluate("button => button.click()")
	ask = dialog(page)
	expect(field(ask, "plan").locator("input")).to_have_value(plan)  # the only one
	expect(ask.locator(".crm-plan-step")).to_have_count(3)
	shot(page, f"plan-partner-dialog-{width}")
	press(ask.locator(".modal-footer"), "Start Plan")
	expect(page.locator(".desk-alert", has_text="Planned steps: 2")).to_be_visible()
	open_list(page, "Interaction Chain", party=partner["party"])
	settled(page)
	for box in shown(page, ".list-row-container .list-row-checkbox").all():
		box.check()
	list_action(page, "Start Plan…").click()
	ask = dialog(page)
	expect(field(ask, "plan").locator("input")).to_have_value(plan)  # the only one
	expect(ask.locator(".crm-plan-step")).to_have_count(3)
	settled(page)
	shot(page, f"plan-bulk-{width}")
	press(ask.locator(".modal-footer"), "Start Plan")
	expect(page.locator(".modal.show", has_text="refused:")).to_be_visible()
	shot(page, f"plan-bulk-refused-{width}")


@pytest.mark.layout
def test_a_plan_shows_its_steps_and_runs(open_desk, rep, plan, width, shot):
	page = open_desk(rep, width)
	go(page, "cur_frm", "Form", "Activity Plan", plan)
	wait_for_form(page, plan)
	expect(shown(page, ".grid-body .grid-row[data-idx]")).to_have_count(len(STEPS))
	settled(page)
	assert fits(page)
	shot(page, f"plan-form-{width}")
	open_list(page, "Activity Plan Run", plan=plan)
	settled(page)
	assert fits(page)
	shot(page, f"plan-runs-{width}")


def test_a_step_that_is_put_off_in_my_day_offers_to_move_the_rest(site, open_desk, rep, plan, call, width):
	targets = [{"doctype": "Interaction Chain", "name": call["chain"]}]
	page = open_desk(rep, width)
	page.evaluate(
		"([plan, targets]) => frappe.xcall('crm_interactions.api.plan.start', { plan, targets })",
		[plan, targets],
	)
	page.goto("/app/my-day")
	key = f"Interaction/{site.find('Interaction', chain=call['chain'], title=STEPS[0]['title'])[0]}"
	row = page.locator(f'.crm-day-row[data-key="{key}"]')
	row.get_by_role("button", name="Put off").click()
	row.get_by_role("menuitem", name="In 1 Week").click()
	moving = dialog(page)
	expect(moving).to_contain_text(plan)
	press(moving.locator(".modal-footer"), "Move Steps")
	expect(page.locator(".desk-alert", has_text="Moved steps: 1.")).to_be_visible()
