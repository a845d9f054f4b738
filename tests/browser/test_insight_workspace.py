"""The workspace *Insight* and what it opens: cards, charts, heat map, win rates, a partner's line, a Gantt chart (R27)."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.desk import fits, settled, shown, wait_for_form, wait_for_rows
from tests.browser.fixtures import EMPLOYEE, MANAGER, party_fixture, user_fixture
from tests.browser.reports import open_report
from tests.clock import now

analyst = user_fixture("overview@example.com", "Olga", MANAGER)
partner = party_fixture("Pregled d.o.o.", "Luka", "+385 1 555 0888")
GROUPS = ("Customer Retention", "Trade Negotiations", "Order Fulfilment")
RESULTS = ("Won", "Lost", "Won", None, "Lost", "Won", "No Decision")
TALKS = 28
TODAY = now().replace(hour=0, minute=0, second=0, microsecond=0)


def ago(days: int, hour: int = 10) -> str:
	return str(TODAY + timedelta(days=-days, hours=hour))


@pytest.fixture(scope="module", autouse=True)
def history(site, analyst, partner) -> dict:
	"""Create chains of three groups over eight weeks, and one chain with all states; return a call of that one."""
	for number in range(TALKS):
		day, hour = 3 + 2 * number, 8 + (number * 5) % 9
		about = {**partner, "responsible": analyst, "category": GROUPS[number % 5 % 3]}
		direction = ("Incoming", "Outgoing")[number % 2]
		call = site.phone_call(f"Talk {number}", **about, starts_on=ago(day, hour), direction=direction)
		if result := RESULTS[number % 7]:
			site.call("crm_interactions.api.chain.close", chain=call["chain"], result=result)
	about = {**partner, "responsible": analyst}
	first = site.phone_call("Pumps <b>", **about, starts_on=ago(20), direction="Incoming")
	in_chain = {**about, "chain": first["chain"]}
	guest = {"full_name": "Ivan <i>", "side": "Theirs"}
	visit = {"interaction_type": "Meeting", "participants": [guest], "status": "Held"}
	site.make(
		"Meeting", **in_chain, **visit, title="Visit to the plant", starts_on=ago(14, 9), ends_on=ago(12, 16)
	)
	site.phone_call("Offer by phone", **in_chain, starts_on=ago(6))
	site.phone_call("Reminder", **in_chain, starts_on=ago(2), status="Planned")
	site.phone_call("Delivery date", **in_chain, starts_on=ago(-5), status="Planned")
	return first


def rows_of(page, report: str) -> int:
	page.wait_for_function("name => frappe.query_report?.report_name === name", arg=report)
	settled(page)
	return page.evaluate("() => frappe.query_report.data.length")


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_workspace_shows_cards_and_charts(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	page.goto("/app/insight")
	card = shown(page, ".number-widget-box").filter(has_text="Our Turn")
	expect(card.locator(".number")).to_be_visible()
	expect(shown(page, ".dashboard-widget-box svg.frappe-chart")).to_have_count(4)
	settled(page)
	page.wait_for_timeout(1_000)  # the charts grow
	assert fits(page)
	shot(page, f"workspace-{width}")
	page.evaluate("() => document.querySelector('.dashboard-widget-box').scrollIntoView()")
	page.wait_for_timeout(500)
	shot(page, f"workspace-charts-{width}")
	page.evaluate("() => document.querySelector('.shortcut-widget-box').scrollIntoView()")
	page.wait_for_timeout(500)
	shot(page, f"workspace-links-{width}")
	number = int(card.locator(".number").inner_text())
	card.locator(".widget-body").click()
	wait_for_rows(page, "Interaction Chain", number)


@pytest.mark.layout
def test_a_number_of_a_week_opens_its_activities(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Week by Week")
	shot(page, f"weeks-{width}")
	assert fits(page)
	number = shown(page, "a[data-part=activities]").first
	held = int(number.inner_text())
	number.click()
	wait_for_rows(page, "Activity Link", held)


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_cell_of_the_heat_map_opens_its_activities(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Activity Hours")
	table = shown(page, ".crm-heat-map table")
	expect(table.locator("tbody tr").first).to_be_visible()
	shot(page, f"hours-{width}")
	assert fits(page)
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	page.wait_for_timeout(300)
	shot(page, f"hours-dark-{width}")
	cell = table.locator("td[data-level='5'] a").first
	number = int(cell.inner_text())
	expect(cell).to_have_attribute("aria-label", f"{cell.get_attribute('title')}")
	cell.click()
	assert rows_of(page, "Activity Details") == number
	shot(page, f"hours-details-{width}")


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_drawn_rate_opens_its_decided_chains(open_desk, analyst, width, shot):
	page = open_desk(analyst, width)
	open_report(page, "Winning by Group")
	row = shown(page, "a.crm-rate-row").filter(has_text="Trade Negotiations")
	expect(row.locator("circle")).to_have_count(1)
	shown(page, ".crm-rates").scroll_into_view_if_needed()
	shot(page, f"rates-{width}")
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	page.wait_for_timeout(300)
	shot(page, f"rates-dark-{width}")
	decided = int(row.locator(".crm-rate-text").inner_text().rpartition(" of ")[2])
	row.click()
	assert rows_of(page, "Chain Details") == decided


def open_partner(page, partner: dict) -> None:
	slug = partner["party_type"].lower().replace(" ", "-")
	page.goto(f"/app/{slug}/{partner['party']}")
	wait_for_form(page, partner["party"])


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_line_of_a_partner_opens_its_chains(open_desk, analyst, partner, width, shot):
	page = open_desk(analyst, width)
	open_partner(page, partner)
	line = page.locator(".crm-partner-line")
	expect(line).to_contain_text("Last contact")
	expect(line).to_contain_text("decided")
	expect(line).to_be_visible()
	line.scroll_into_view_if_needed()
	shot(page, f"line-{width}")
	assert fits(page)
	text = line.locator("[data-piece=decided]").inner_text()
	line.locator("[data-piece=decided]").click()
	wait_for_rows(page, "Interaction Chain", int(text.split(" of ")[1].split()[0]))


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_form_of_a_partner_has_a_heat_map_of_contact(open_desk, analyst, partner, width, shot):
	page = open_desk(analyst, width)
	open_partner(page, partner)
	chart = page.locator(".form-heatmap .crm-contact-map")
	expect(chart).to_have_attribute(
		"aria-label", re.compile(r"^Activities in the last year: \d+, on \d+ days$")
	)
	if not chart.is_visible():  # ERPNext's forms have the dashboard on a later tab
		tab = chart.evaluate("chart => $(chart).closest('.tab-pane').attr('aria-labelledby')")
		page.locator(f"#{tab}").click()
	expect(chart.locator("rect.day").first).to_be_visible()
	chart.scroll_into_view_if_needed()
	settled(page)
	page.wait_for_timeout(500)
	expect(chart).to_have_attribute("aria-label", re.compile("last year"))
	shot(page, f"contact-map-{width}")
	last_day = chart.locator("rect.day").last.bounding_box()
	assert last_day["x"] + last_day["width"] <= page.viewport_size["width"]
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	page.wait_for_timeout(300)
	shot(page, f"contact-map-dark-{width}")
	assert fits(page)


def test_users_without_a_team_have_no_chart_of_users(open_desk, site, shot):
	page = open_desk(site.user("alone@example.com", "Ivo", *EMPLOYEE), "desktop")
	page.goto("/app/insight")
	expect(shown(page, ".dashboard-widget-box")).to_have_count(3)
	settled(page)
	page.evaluate("() => document.querySelector('.dashboard-widget-box').scrollIntoView()")
	shot(page, "workspace-charts-alone")


@pytest.mark.layout
def test_the_line_of_a_contact_opens_its_chains(open_desk, analyst, partner, width, shot):
	page = open_desk(analyst, width)
	page.goto(f"/app/contact/{partner['contact']}")
	wait_for_form(page, partner["contact"])
	line = page.locator(".crm-partner-line")
	expect(line).to_contain_text("open chains")
	line.scroll_into_view_if_needed()
	shot(page, f"line-contact-{width}")
	assert fits(page)
	number = int(line.locator("[data-piece=open]").inner_text().split()[0])
	line.locator("[data-piece=open]").click()
	wait_for_rows(page, "Interaction Chain", number)


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_gantt_chart_of_a_chain_opens_its_activities(open_desk, analyst, history, width, shot):
	page = open_desk(analyst, width)
	page.goto(f"/app/interaction-chain/{history['chain']}")
	wait_for_form(page, history["chain"])
	page.get_by_role("button", name="Show Gantt Chart").click()
	bars = page.locator(".crm-gantt-area .crm-bar")
	expect(bars).to_have_count(5)
	page.locator(".crm-gantt").scroll_into_view_if_needed()
	page.wait_for_timeout(1_000)  # the bars grow
	shot(page, f"gantt-{width}")
	assert fits(page)
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	page.wait_for_timeout(300)
	shot(page, f"gantt-dark-{width}")
	for state, number in {"done": 3, "planned": 1, "late": 1}.items():
		expect(page.locator(f".crm-gantt-area .crm-bar-{state}")).to_have_count(number)
	bars.first.focus()
	page.keyboard.press("Enter")
	wait_for_form(page, history["name"])
