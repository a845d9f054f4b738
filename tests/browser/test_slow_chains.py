"""A chain that takes longer than three quarters of its kind says so in list, panel and report (B5)."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_list
from tests.browser.desk import fits, settled, shown, wait_for_form
from tests.browser.fixtures import ADMINISTRATOR, MANAGER, party_fixture, user_fixture
from tests.browser.reports import open_report
from tests.clock import now

analyst = user_fixture("slow.chains@example.com", "Ema", MANAGER)
administrator = user_fixture("slow.settings@example.com", "Sonja", ADMINISTRATOR)
partner = party_fixture("Spora d.o.o.", "Nina", "+385 1 555 0778")
REASON = "Open Longer Than Usual"
CATEGORY = "Customer Acquisition"


def days_from_now(days: float) -> str:
	return (now() + timedelta(days=days)).strftime("%Y-%m-%d %H:%M:%S")


@pytest.fixture(scope="module")
def slow_chain(site, analyst, partner) -> str:
	"""Decide 20 chains after two days, open one for 30 days, and let the job of the settings compare them."""
	about = {**partner, "category": CATEGORY, "direction": "Outgoing", "responsible": analyst}
	for number in range(20):
		call = site.phone_call(f"Decided {number}", **about, starts_on=days_from_now(-2))
		site.call("crm_interactions.api.chain.close", chain=call["chain"], result="Won")
	slow = site.phone_call("Still open", **about, starts_on=days_from_now(-30))
	planned = {"chain": slow["chain"], "status": "Planned", "starts_on": days_from_now(5)}
	site.phone_call("Next call", **{**about, **planned})
	# each change starts the job, the second one with the default kind
	with site.settings(chain_kind="Responsible"):
		site.wait_for_jobs()
	site.wait_for_jobs()
	return slow["chain"]


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_list_and_the_panel_give_the_reason(open_desk, analyst, partner, slow_chain, width, shot):
	page = open_desk(analyst, width)
	open_list(page, "Interaction Chain", party=partner["party"])
	settled(page)
	shown(page).get_by_role("button", name="Slow", exact=True).click()
	expect(shown(page).get_by_role("button", name="Slow", exact=True)).to_have_attribute(
		"aria-pressed", "true"
	)
	# the view shows the slow chains of all partners, which may be more than a page
	page.evaluate(
		"party => cur_list.filter_area.add([['Interaction Chain', 'party', '=', party]])", partner["party"]
	)
	row = shown(page, ".list-row-container").filter(has_text="Still open")
	expect(row).to_contain_text("Open Long")
	expect(shown(page, ".list-row-container").filter(has_text="Decided 1")).to_have_count(0)
	assert fits(page)
	shot(page, f"slow-list-{width}")
	page.goto(f"/app/interaction-chain/{slow_chain}")
	wait_for_form(page, slow_chain)
	pill = shown(page, ".crm-chain-number .crm-pill").filter(has_text=REASON)
	expect(pill).to_have_count(1)
	assert "three quarters of its kind take at most 2" in pill.get_attribute("title")
	assert fits(page)
	shot(page, f"slow-form-{width}")


@pytest.mark.layout
def test_the_report_counts_slow_chains_and_opens_them(open_desk, analyst, slow_chain, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Chain Speed")
	row = shown(page, ".dt-row").filter(has_text=CATEGORY).first
	expect(row).to_contain_text("21")
	assert fits(page)
	shot(page, f"chain-speed-{width}")
	row.locator("a[data-figure=slow]").click()
	page.wait_for_function("() => frappe.query_report?.report_name === 'Chain Details'")
	settled(page)
	expect(shown(page, ".dt-row").filter(has_text="Still open")).to_have_count(1)
	assert page.evaluate("() => frappe.query_report.data.length") == 1
	shot(page, f"chain-speed-details-{width}")


@pytest.mark.layout
def test_an_administrator_chooses_the_kind(open_desk, administrator, width, shot):
	page = open_desk(administrator, width)
	page.goto("/app/crm-interactions-settings#types_tab")
	wait_for_form(page, "CRM Interactions Settings")
	page.evaluate("() => cur_frm.get_field('chain_kind').tab?.set_active()")
	field = page.locator("[data-fieldname=chain_kind] select:visible")
	field.scroll_into_view_if_needed()
	field.select_option(label="Subject Type")
	assert page.evaluate("() => cur_frm.doc.chain_kind") == "Subject Type"
	shot(page, f"slow-settings-{width}")
	assert fits(page)
