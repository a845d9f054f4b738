"""Reports on results and contacts; each number opens the chains that it counts (R27)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import fits, settled, shown
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture

analyst = user_fixture("insight@example.com", "Iva", MANAGER)
partner = party_fixture("Uvid d.o.o.", "Luka", "+385 1 555 0777")
RESULTS = ("Won", "Won", "Won", "Lost", "Lost", "No Decision", None)


@pytest.fixture(scope="module", autouse=True)
def decided(site, analyst, partner):
	"""Create chains with results, and a meeting with costs."""
	category = "Customer Retention"
	for number, result in enumerate(RESULTS):
		starts_on = f"2026-0{number + 1}-10 10:00:00"
		call = site.phone_call(
			f"Offer {number} <b>", **partner, starts_on=starts_on, category=category, responsible=analyst
		)
		if result:
			amount = (
				{"result_amount": 1000 * (number + 1), "result_currency": "EUR"} if result == "Won" else {}
			)
			site.call("crm_interactions.api.chain.close", chain=call["chain"], result=result, **amount)
	costs = {"expected_cost": 120, "expected_cost_currency": "EUR", "actual_cost": 150}
	guest = {"full_name": "Ivan <i>", "side": "Theirs"}
	site.make(
		"Meeting",
		**{**partner, "contact": None},
		**costs,
		actual_cost_currency="EUR",
		title="Fair",
		interaction_type="Meeting",
		starts_on="2026-08-10 10:00:00",
		participants=[guest],
	)


def open_report(page, name: str) -> None:
	page.goto(f"/app/query-report/{name}")
	page.wait_for_function(
		"name => window.cur_page && frappe.query_report?.report_name === name && frappe.query_report.data?.length",
		arg=name,
	)
	settled(page)
	page.wait_for_timeout(1_000)  # the chart grows


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_number_of_the_win_rates_opens_its_chains(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Winning by Group")
	row = shown(page, ".dt-row").filter(has_text="Customer Retention").first
	expect(row).to_contain_text("60")
	shot(page, f"winning-{width}")
	assert fits(page)
	row.locator("a[data-figure=won]").click()
	page.wait_for_function("() => frappe.query_report?.report_name === 'Chain Details'")
	settled(page)
	assert page.evaluate("() => frappe.query_report.data.length") >= 3
	expect(shown(page, ".dt-row").filter(has_text="Offer 0 <b>")).to_have_count(1)
	shot(page, f"winning-details-{width}")


@pytest.mark.layout
def test_the_summary_of_a_partner_tells_the_story(open_desk, analyst, partner, width, shot):
	page = open_desk(analyst, width)
	page.goto("/app/query-report/Negotiation Summary")
	page.wait_for_function("() => frappe.query_report?.report_name === 'Negotiation Summary'")
	settled(page)
	expect(shown(page, ".report-wrapper, .page-form").first).to_be_visible()
	for field in ("party_type", "party"):
		page.evaluate("pair => frappe.query_report.set_filter_value(...pair)", [field, partner[field]])
	page.wait_for_function("() => frappe.query_report.data?.length")
	settled(page)
	expect(page.get_by_text("It began on")).to_be_visible()
	expect(shown(page, ".dt-row").filter(has_text="Offer 0 <b>")).to_have_count(1)
	assert fits(page)
	shot(page, f"negotiation-{width}")


@pytest.mark.layout
@pytest.mark.parametrize(
	"name", ["Activity Analytics", "Silent Partners", "Chains Without Next Step", "Meeting Costs"]
)
def test_the_other_reports_have_rows(open_desk, analyst, name, width, shot):
	page = open_desk(analyst, width)
	open_report(page, name)
	expect(shown(page, ".dt-row").nth(1)).to_be_visible()
	assert fits(page)
	shot(page, f"{name.lower().replace(' ', '-')}-{width}")


@pytest.mark.layout
def test_what_comes_before_progress_says_how_to_read_it(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "What Comes Before Progress")
	expect(page.get_by_text("isn't shown to be the cause")).to_be_visible()
	assert fits(page)
	shot(page, f"progress-{width}")
	size = shown(page, ".dt-row a[data-figure=with_step]").first
	number = int(size.inner_text())
	size.click()
	page.wait_for_function("() => frappe.query_report?.report_name === 'Chain Details'")
	settled(page)
	assert page.evaluate("() => frappe.query_report.data.length") == number
	shot(page, f"progress-details-{width}")
