"""My Day: the landing page with planned work, done or put off by click or key (B11)."""

from datetime import timedelta
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.attempts import made_once
from tests.browser.desk import choose, dialog, expect_no_dialog, field, fits, press, settled, shown
from tests.browser.fixtures import EMPLOYEE, party_fixture, user_fixture
from tests.clock import now

rep = user_fixture("my.day@example.com", "Dana", EMPLOYEE)
partner = party_fixture("Rokovnik d.o.o.", "Iva", "+385 1 555 0999")
NOW = now().replace(second=0)


def at(**span) -> str:
	return str(NOW + timedelta(**span))


@pytest.fixture(autouse=True)
def work(request, site, rep, partner):
	with made_once(request, site, lambda: plan(site, rep, partner)):
		yield


def plan(site, rep: str, partner: dict) -> None:
	"""Plan late, present and coming work of several types, and leave a chain without a next step."""
	about = {**partner, "responsible": rep}
	first = site.phone_call(
		"Price list",
		**about,
		starts_on=at(days=-9),
		notes="<p>Asks for pumps.</p><p>Wants a quote by Friday.</p>",
	)
	in_chain = {**about, "chain": first["chain"], "status": "Planned"}
	site.phone_call("Quote follow-up", **in_chain, starts_on=at(days=-2))
	site.phone_call("Ask about delivery", **in_chain, starts_on=at(days=-1))
	site.phone_call("Confirm the order", **in_chain, starts_on=f"{at()[:10]} 23:59:00")
	guest = {"full_name": "Ivan", "side": "Theirs"}
	visit = {"interaction_type": "Meeting", "participants": [guest], "status": "Planned"}
	site.make("Meeting", **about, **visit, title="Plant visit", starts_on=at(days=1))
	site.make("ToDo", description="Send the brochure", date=at(days=3)[:10], allocated_to=rep)
	site.phone_call("Silent since spring", **about, starts_on=at(days=-90))


def row(page, title: str):
	return shown(page, ".crm-day-row").filter(has_text=title)


def section(page, name: str):
	return shown(page, f".crm-day-section[data-section={name}]")


@pytest.mark.every_platform
@pytest.mark.layout
def test_it_is_the_landing_page_and_shows_the_work(open_desk, rep, width, shot):
	page = open_desk(rep, width)
	page.goto("/app")
	expect(row(page, "Quote follow-up")).to_be_visible()
	expect(section(page, "late").locator(".crm-day-row")).to_have_count(2)
	expect(section(page, "tomorrow")).to_contain_text("Plant visit")
	expect(section(page, "week")).to_contain_text("Send the brochure")
	expect(section(page, "no_step")).to_contain_text("Silent since spring")
	late = row(page, "Quote follow-up")
	expect(late.locator(".crm-day-note")).to_have_text("Wants a quote by Friday.")
	expect(late.locator("a[href^='tel:']")).to_have_count(1)
	assert fits(page)
	settled(page)
	shot(page, f"my-day-{width}")
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	shot(page, f"my-day-dark-{width}")
	shown(page, "[data-count=no_step]").click()
	page.wait_for_timeout(800)
	shot(page, f"my-day-below-{width}")


@pytest.mark.layout
def test_a_row_is_put_off_and_back(open_desk, rep, width, shot):
	page = open_desk(rep, width)
	page.goto("/app/my-day")
	late = row(page, "Ask about delivery")
	late.get_by_role("button", name="Put off").click()
	shot(page, f"my-day-snooze-{width}")
	late.get_by_role("menuitem", name="Tomorrow at 9:00").click()
	expect(section(page, "tomorrow")).to_contain_text("Ask about delivery")
	page.locator(".desk-alert .crm-undo").click()
	expect(section(page, "late")).to_contain_text("Ask about delivery")


def test_keys_select_put_off_open_and_complete(open_desk, rep, site):
	page = open_desk(rep, "desktop")
	page.goto("/app/my-day")
	expect(row(page, "Ask about delivery")).to_be_visible()
	page.keyboard.press("j")
	page.keyboard.press("j")
	page.keyboard.press("k")
	expect(shown(page, ".crm-day-row.selected")).to_contain_text("Ask about delivery")
	page.keyboard.press("s")
	page.keyboard.press("Enter")
	expect(section(page, "late")).not_to_contain_text("Ask about delivery")
	page.keyboard.press("d")
	dialog(page).locator(".btn-modal-primary, .btn-primary").last.click()
	expect(row(page, "Ask about delivery")).to_have_count(0)
	page.keyboard.press("j")
	page.keyboard.press("Enter")
	page.wait_for_function("() => window.cur_frm?.doc.title === 'Quote follow-up'")


def test_a_todo_is_closed_in_one_click_and_opened_again(open_desk, rep):
	page = open_desk(rep, "desktop")
	page.goto("/app/my-day")
	row(page, "Send the brochure").get_by_role("button", name="Complete").click()
	expect(row(page, "Send the brochure")).to_have_count(0)
	page.locator(".desk-alert .crm-undo").click()
	expect(row(page, "Send the brochure")).to_have_count(1)


def test_a_chain_without_a_next_step_is_planned(open_desk, rep):
	page = open_desk(rep, "desktop")
	page.goto("/app/my-day")
	row(page, "Silent since spring").get_by_role("button", name="Plan the next step").click()
	entry = dialog(page)
	expect(field(entry, "party").locator("input")).to_have_value("Rokovnik d.o.o.")
	expect(field(entry, "status").locator("select")).to_have_value("Planned")
	choose(entry, "interaction_type", "Phone Call")
	entry.locator(".crm-presets button").last.click()
	press(entry, "Save")
	expect_no_dialog(page)
	expect(section(page, "no_step").locator(".crm-day-row")).to_have_count(0)


def test_a_row_is_put_off_to_a_date(open_desk, rep):
	page = open_desk(rep, "desktop")
	page.goto("/app/my-day")
	late = row(page, "Quote follow-up")
	late.get_by_role("button", name="Put off").click()
	late.get_by_role("menuitem", name="Date").click()
	ask = dialog(page)
	page.wait_for_function("() => window.cur_dialog")
	page.evaluate("to => cur_dialog.set_value('to', to)", f"{at(days=20)[:10]} 10:00:00")
	press(ask, "Put Off")
	expect_no_dialog(page)
	# it is beyond the seven days
	expect(row(page, "Quote follow-up")).to_have_count(0)


@pytest.mark.layout
def test_a_leader_sees_the_team_and_loads_more(site, open_desk, rep, partner, width, shot):
	name = token_hex(4)  # a second attempt has a leader of its own
	leader = site.user(f"leader.{name}@example.com", "Luce", *EMPLOYEE)
	site.make("Interaction Team", team_name=f"Day {name}", leader=leader, members=[{"user": rep}])
	about = {**partner, "responsible": leader, "status": "Planned", "starts_on": f"{at()[:10]} 23:58:00"}
	for number in range(22):
		site.phone_call(f"Own {number} {width}", **about)
	page = open_desk(leader, width)
	page.goto("/app/my-day")
	expect(section(page, "today").locator(".crm-day-row")).to_have_count(20)
	section(page, "today").get_by_role("button", name="Show More").click()
	expect(section(page, "today").locator(".crm-day-row")).to_have_count(22)
	expect(shown(page, "[data-count=today] strong")).to_have_text("22")
	shown(page, "[data-whose=team]").click()
	expect(row(page, "Confirm the order")).to_contain_text("Dana")
	expect(row(page, "Own 0")).to_have_count(0)
	assert fits(page)
	shot(page, f"my-day-team-{width}")
