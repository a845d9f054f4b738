"""Badges in a list count the activities of each row's chain and open exactly those (R18, R2)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_list


@pytest.fixture(scope="module")
def employee(site):
	return site.user("list.reader@example.com", "Ana", "Interaction User", "Sales User")


@pytest.fixture(scope="module")
def chained(site):
	"""Make two chains, "this" and "other", each with a call, two product records and an event."""
	partner = site.partner("Vodovod Krka")
	contact = site.contact(partner, "Petra Zupan", "+386 7 222 333")["name"]
	common = {"party_type": partner["doctype"], "party": partner["name"], "contact": contact}
	starts_on = "2026-03-01 10:00:00"
	made = {"partner": partner}
	for story in ("this", "other"):
		call = site.make(
			"Interaction",
			**common,
			interaction_type="Phone Call",
			title=f"Povpraševanje ({story})",
			starts_on=starts_on,
		)
		products = [
			site.make("Product Record", **common, product=name, starts_on=starts_on, chain=call["chain"])
			for name in (f"Ventil ({story})", f"Tesnilo ({story})")
		]
		event = site.make(
			"Event",
			subject=f"Predstavitev ({story})",
			starts_on=starts_on,
			event_type="Public",
			status="Completed",
			event_participants=[{"reference_doctype": "Interaction", "reference_docname": call["name"]}],
		)
		made[story] = {"call": call, "products": products, "event": event}
	return made


@pytest.fixture
def row(open_desk, employee, chained):
	"""Open the list of interactions and return the row of the call."""
	page = open_desk(employee, "desktop")
	open_list(page, "Interaction", party=chained["partner"]["name"])
	return page.locator(".list-row", has_text=chained["this"]["call"]["title"])


def badge(row, doctype: str):
	return row.locator(f'.crm-badge[data-doctype="{doctype}"]')


def listed(page, doctype: str, count: int) -> set[str]:
	page.wait_for_function("doctype => window.cur_list && cur_list.doctype === doctype", arg=doctype)
	page.wait_for_function(
		"count => cur_list.data.length === count && cur_list.filter_area.get().length === 1", arg=count
	)
	# some lists add their own filters late
	page.wait_for_timeout(1000)
	return set(page.evaluate("() => cur_list.data.map(row => row.name)"))


def test_a_badge_counts_and_opens_the_activities_of_the_chain(row, chained, shot):
	expect(badge(row, "Product Record")).to_have_text("2")
	expect(badge(row, "Event")).to_have_text("1")
	expect(badge(row, "Interaction")).to_have_count(0)
	shot(row.page, "chain-badges")
	badge(row, "Product Record").click()
	assert listed(row.page, "Product Record", 2) == {doc["name"] for doc in chained["this"]["products"]}


@pytest.mark.every_platform
def test_a_badge_opens_a_completed_event_despite_the_lists_default_filter(row, chained):
	badge(row, "Event").click()
	assert listed(row.page, "Event", 1) == {chained["this"]["event"]["name"]}


def test_all_badges_of_a_page_need_one_request(open_desk, employee, chained):
	page = open_desk(employee, "desktop")
	requests = []
	page.on(
		"request", lambda request: requests.append(request.url) if "chain.counts" in request.url else None
	)
	open_list(page, "Interaction", party=chained["partner"]["name"])
	expect(page.locator(".crm-badge")).to_have_count(4)
	assert len(requests) == 1


@pytest.mark.every_platform
def test_partners_lead_to_their_activities_and_a_row_opens_its_activity(open_desk, employee, chained):
	page = open_desk(employee, "desktop")
	partner = chained["partner"]
	open_list(page, partner["doctype"], name=partner["name"])
	row = page.locator(".list-row-container", has=page.locator(f'[data-name="{partner["name"]}"]'))
	row.locator(".list-row-checkbox").check()
	page.locator(".actions-btn-group:visible button").first.click()
	page.locator(".dropdown-menu.show").get_by_text("Show Activities", exact=True).click()
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Activity Link'")
	# including the events, whose partner comes from the activity that they refer to
	page.wait_for_function("() => cur_list.data.length === 8")
	# a row opens the activity itself
	page.locator(".list-row", has_text=chained["this"]["call"]["title"]).locator(
		".list-subject a"
	).first.click()
	page.wait_for_function(
		"name => window.cur_frm && cur_frm.doc.name === name", arg=chained["this"]["call"]["name"]
	)
