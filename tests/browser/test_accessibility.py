"""Dialogs, the panel and My Day have no serious finding of axe-core, in light and dark theme (WCAG 2.1 A and AA)."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from tests.browser.chains import choose_action, open_form, open_panel
from tests.browser.desk import close, dialog, open_list, settled, shown
from tests.browser.fixtures import MANAGER, party_fixture, user_fixture
from tests.browser.looks import DIALOG, serious_findings
from tests.browser.menus import press_in_head
from tests.clock import now

leader = user_fixture("accessible@example.com", "Vida", MANAGER)
partner = party_fixture("Optika Zadar d.o.o.", "Lada", "+385 23 555 0911")
DARK = "() => document.documentElement.setAttribute('data-theme', 'dark')"


@pytest.fixture(scope="module")
def chain(site, leader, partner) -> str:
	"""Record a call with note, outcome and phone number, and plan two more, one of them late."""
	about = {**partner, "responsible": leader}
	first = site.phone_call(
		"Lenses",
		**about,
		starts_on="2026-01-12 10:15:00",
		direction="Incoming",
		outcome="Successful",
		notes="<p>Wants <b>two</b> lenses.</p>" * 6,
	)
	for days in (-3, 1):
		moment = f"{now() + timedelta(days=days):%Y-%m-%d} 23:30:00"
		site.phone_call(f"In {days} days", **about, chain=first["chain"], status="Planned", starts_on=moment)
	site.phone_call("Another chain", **about, starts_on="2026-02-02 09:00:00")
	return first["chain"]


def findings(page: Page, scope: str, name: str, shot) -> list[str]:
	settled(page)
	page.wait_for_timeout(400)  # colours of a dialog that fades in aren't those of the open one
	shot(page, f"access-{name}")
	return [f"{name}: {found}" for found in serious_findings(page, scope)]


@pytest.mark.layout
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_my_day_and_the_panel(open_desk, leader, partner, chain, width, theme, shot):
	page = open_desk(leader, width)
	page.goto("/app/my-day")
	shown(page, ".crm-day-row").first.wait_for()
	if theme == "dark":
		page.evaluate(DARK)
	found = findings(page, ".crm-day", f"my-day-{theme}-{width}", shot)
	panel = open_panel(page, partner["party_type"], partner["party"])
	if theme == "dark":
		page.evaluate(DARK)
	unfold = panel.get_by_role("button", name="Show All")
	if unfold.count():
		unfold.click()
	found += findings(page, ".crm-chain", f"panel-{theme}-{width}", shot)
	assert found == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_dialogs(site, open_desk, leader, partner, chain, theme, shot):
	page = open_desk(leader, "desktop")
	found = []

	def look(name: str) -> None:
		modal = dialog(page)
		found.extend(findings(page, DIALOG, f"{name}-{theme}", shot))
		close(modal)

	open_form(page, "Interaction Chain", chain)
	if theme == "dark":
		page.evaluate(DARK)
	page.keyboard.press("Control+Shift+K")
	look("log-call")
	for doctype in ("Interaction", "Meeting"):
		open_list(page, doctype).locator(".primary-action:visible").first.click()
		look(f"new-{doctype.lower()}")
	open_form(page, "Interaction Chain", chain)
	if theme == "dark":
		page.evaluate(DARK)
	press_in_head(page, "Close…")
	look("close")
	(late,) = site.find("Interaction", title="In -3 days", chain=chain)
	open_form(page, "Interaction", late)
	if theme == "dark":
		page.evaluate(DARK)
	press_in_head(page, "Complete")
	look("complete")
	choose_action(page, "Link…")
	look("link")
	assert found == []
