"""The result of a chain: chosen when it is closed, or given by its subject, and shown with the chain (R21)."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.chains import choose_action, open_form, panel
from tests.browser.desk import choose, dialog, expect_no_dialog, field, fits, press, type_into, wait_for_form
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture
from tests.browser.menus import press_in_head

seller = user_fixture("results@example.com", "Renata", MANAGER)
partner = party_fixture("Crpke Zadar", "Mate", "+385 23 555 310")


@pytest.fixture
def call(site, seller, partner, width):
	return site.phone_call(f"Pumps for Zadar ({width})", **partner, responsible=seller, status="Planned")


def enter_amount(ask, value: str) -> None:
	"""Type an amount, which the Desk then shows with the separators of the site."""
	box = field(ask, "result_amount").locator("input")
	box.fill(value)
	box.blur()


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_chain_is_closed_with_a_result(site, open_desk, seller, call, width, shot):
	page = open_desk(seller, width)
	open_form(page, "Interaction", call["name"])
	choose_action(page, "Close…")
	ask = dialog(page)
	expect(field(ask, "result_amount")).to_be_hidden()
	choose(ask, "result", "Resolved")
	expect(field(ask, "result_amount")).to_be_hidden()
	choose(ask, "result", "Won")
	enter_amount(ask, "1250")
	type_into(ask, "reason", "They ordered")
	shot(page, f"result-close-{width}")
	assert fits(page)
	press(ask, "Close Chain")
	expect_no_dialog(page)
	head = panel(page).locator(".crm-chain-number")
	expect(head).to_contain_text("Won")
	expect(head).to_contain_text(re.compile(r"1.250.00"))
	panel(page).scroll_into_view_if_needed()
	shot(page, f"result-panel-{width}")
	chain = site.get("Interaction Chain", call["chain"])
	assert (chain["result"], chain["result_amount"]) == ("Won", 1250)
	page.goto(f"/app/interaction-chain/{call['chain']}")
	wait_for_form(page, call["chain"])
	expect(page.locator(".crm-log")).to_contain_text("The chain was closed with the result Won: They ordered")
	field(page, "result").scroll_into_view_if_needed()
	shot(page, f"result-chain-{width}")


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_last_activity_is_done_with_a_result(site, open_desk, seller, call, width, shot):
	page = open_desk(seller, width)
	open_form(page, "Interaction", call["name"])
	press_in_head(page, "Complete")
	ask = dialog(page)
	ask.locator('[data-way="close"]').click()
	choose(ask, "result", "Lost")
	type_into(ask, "reason", "Too expensive")
	shot(page, f"result-done-{width}")
	press(ask.locator(".modal-footer"), "Done & Close Chain")
	expect_no_dialog(page)
	page.wait_for_function("() => cur_frm.doc.completed === 1")
	assert site.get("Interaction Chain", call["chain"])["result"] == "Lost"


@pytest.mark.layout
def test_a_result_of_the_subject_is_shown_and_not_asked(site, open_desk, seller, call, width, shot):
	rows = site.get("CRM Interactions Settings", "CRM Interactions Settings")["subject_types"]
	rule = {"subject_type": "Project", "status_field": "status", "won_values": "Completed"}
	if site.find("DocType", name="Project"):
		doc = site.make("Project", project_name=f"Pumps ({width})", status="Completed")
		rows = [row for row in rows if row["subject_type"] != "Project"]
	else:
		rule = {"subject_type": "ToDo", "status_field": "status", "won_values": "Closed"}
		doc = site.make("ToDo", description="Pumps", status="Closed")
	with site.settings(subject_types=[*rows, rule]):
		about = {"subject_type": rule["subject_type"], "subject": doc["name"]}
		site.call("crm_interactions.api.chain.set_subject", chain=call["chain"], **about)
		page = open_desk(seller, width)
		open_form(page, "Interaction", call["name"])
		expect(panel(page).locator(".crm-chain-number")).to_contain_text("Won")
		choose_action(page, "Close…")
		ask = dialog(page)
		expect(ask).to_contain_text(f"Result: Won, from {doc['name']}.")
		expect(field(ask, "result")).to_have_count(0)
		shot(page, f"result-of-subject-{width}")
