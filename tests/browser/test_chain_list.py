"""Badges in a list count the activities of each row's chain and open exactly those (R18, R2)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_list
from tests.browser.desk import settled, wait_for_form
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import list_action

employee = user_fixture("list.reader@example.com", "Ana")
partner = party_fixture("Vodovod Krka", "Petra Zupan", "+386 7 222 333")


@pytest.fixture(scope="module")
def chained(site, partner):
	"""Make two chains, "this" and "other", each with a call, two product records and an event."""
	starts_on = {"starts_on": "2026-03-01 10:00:00"}
	made = {}
	for story in ("this", "other"):
		call = site.phone_call(f"Povpraševanje ({story})", **partner, **starts_on)
		products = [
			site.make("Product Record", **partner, **starts_on, product=name, chain=call["chain"])
			for name in (f"Ventil ({story})", f"Tesnilo ({story})")
		]
		referred = [{"reference_doctype": "Interaction", "reference_docname": call["name"]}]
		values = {"subject": f"Predstavitev ({story})", "event_type": "Public", "status": "Completed"}
		event = site.make("Event", **values, **starts_on, event_participants=referred)
		made[story] = {"call": call, "products": products, "event": event}
	return made


@pytest.fixture
def row(open_desk, employee, partner, chained):
	"""Open the list of interactions and return the row of the call."""
	page = open_desk(employee, "desktop")
	open_list(page, "Interaction", party=partner["party"])
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


@pytest.mark.usefixtures("chained")
def test_all_badges_of_a_page_need_one_request(open_desk, employee, partner):
	page = open_desk(employee, "desktop")
	requests = []
	page.on("request", lambda request: requests.append(request.url))
	open_list(page, "Interaction", party=partner["party"])
	expect(page.locator(".crm-badge")).to_have_count(4)
	assert len([url for url in requests if "chain.counts" in url]) == 1


@pytest.mark.every_platform
def test_partners_lead_to_activities_and_a_row_opens_its_activity(open_desk, employee, partner, chained):
	page = open_desk(employee, "desktop")
	open_list(page, partner["party_type"], name=partner["party"])
	row = page.locator(".list-row-container", has=page.locator(f'[data-name="{partner["party"]}"]'))
	row.locator(".list-row-checkbox").check()
	list_action(page, "Show Activities").click()
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Activity Link'")
	# including the events, whose partner comes from the activity that they refer to
	page.wait_for_function("() => cur_list.data.length === 8")
	settled(page)  # the rows are rendered again
	# a row opens the activity itself; all rows have the title of the chain, which is that of the call
	call = chained["this"]["call"]
	page.locator(f'.list-row .list-subject a[href$="/{call["name"]}"]').first.click()
	wait_for_form(page, call["name"])
