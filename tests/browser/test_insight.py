"""Reports on results and contacts; each number opens the chains that it counts (R27)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import fits, settled, shown, wait_for_rows
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture
from tests.browser.reports import open_report

# the first press in a table moves it under the pointer
CLICK = "link => link.click()"
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


@pytest.fixture(scope="module")
def busy_team(site, analyst, partner, decided):
	"""Give the analyst a team of one, a late call, and calls of the previous period."""
	member = site.user("member@example.com", "Mara", *MANAGER)
	site.make("Interaction Team", team_name="Field", leader=analyst, members=[{"user": member}])
	answered = site.phone_call(
		"Question", **partner, starts_on="2026-11-03 08:00:00", direction="Incoming", responsible=member
	)
	about = {**partner, "chain": answered["chain"], "responsible": member}
	site.phone_call("Answer", **about, starts_on="2026-11-03 11:30:00", direction="Outgoing")
	site.phone_call("Reminder", **about, starts_on="2026-11-05 08:00:00", status="Planned")
	for day in (1, 2):
		site.phone_call("Old", **about, starts_on=f"2025-06-0{day} 08:00:00")


def show_table(page) -> None:
	"""Scroll to the analyst's row, which is below the chart on a phone; a long table draws only rows near the shown ones."""
	shown(page, ".dt-row").filter(has_text="Iva").first.scroll_into_view_if_needed()
	page.wait_for_timeout(300)


@pytest.mark.layout
def test_the_figures_of_users_open_their_lists(open_desk, analyst, busy_team, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Employee Effectiveness")
	row = shown(page, ".dt-row").filter(has_text="Iva").first
	expect(row).to_contain_text("(+")
	assert fits(page)
	shot(page, f"effectiveness-{width}")
	show_table(page)
	shot(page, f"effectiveness-table-{width}")
	number = row.locator("a[data-part=held]")
	held = int(number.inner_text())
	number.evaluate(CLICK)
	wait_for_rows(page, "Activity Link", held)
	open_report(page, "Employee Effectiveness")
	shown(page, ".dt-row").filter(has_text="Iva").first.locator("a[data-part=won]").evaluate(CLICK)
	page.wait_for_function("() => frappe.query_report?.report_name === 'Chain Details'")
	settled(page)
	assert page.evaluate("() => frappe.query_report.data.length") == 3


@pytest.mark.layout
def test_the_figures_of_a_team_open_those_of_its_users(open_desk, analyst, busy_team, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Employee Effectiveness")
	page.evaluate("() => frappe.query_report.set_filter_value('group_by', 'team')")
	page.wait_for_function("() => frappe.query_report.data?.some((row) => row.held && !row.lists)")
	settled(page)
	page.wait_for_timeout(1_000)  # the chart grows
	show_table(page)
	shot(page, f"effectiveness-team-{width}")
	shown(page, ".dt-row").filter(has_text="Iva").first.locator("a[data-part=held]").evaluate(CLICK)
	page.wait_for_function(
		"() => frappe.query_report.get_values().team && frappe.query_report.data?.[0].lists"
	)
	settled(page)
	users = page.evaluate("() => frappe.query_report.data.filter((row) => row.lists).map((row) => row.group)")
	assert set(users) == {"Iva", "Mara"}


@pytest.mark.layout
def test_what_comes_before_progress_says_how_to_read_it(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "What Comes Before Progress")
	expect(page.get_by_text("isn't shown to be the cause")).to_be_visible()
	assert fits(page)
	shot(page, f"progress-{width}")
	for name, value in (
		("kind", "Customer Retention"),
		("group_by", "first_direction"),
		("group_by", "category"),
	):
		page.evaluate("([name, value]) => frappe.query_report.set_filter_value(name, value)", [name, value])
		settled(page)
	# a kind of the former property would leave no chains
	page.wait_for_function("() => !frappe.query_report.get_filter_value('kind')")
	settled(page)
	size = shown(page, ".dt-row a[data-figure=with_step]").first
	number = int(size.inner_text())
	size.click()
	page.wait_for_function("() => frappe.query_report?.report_name === 'Chain Details'")
	settled(page)
	assert page.evaluate("() => frappe.query_report.data.length") == number
	shot(page, f"progress-details-{width}")
