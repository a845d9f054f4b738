"""Everyday jobs cost few clicks, keys and seconds at keystroke level, at both widths and on every platform (B11)."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chains import ROWS, open_panel
from tests.browser.desk import choose, dialog, expect_no_dialog, fits, press, settled, shown
from tests.browser.effort import Effort, effort_of, start_counting
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.site_api import SETTINGS
from tests.clock import now

MANY = 20
NUMBER, DIALLED = "+385 51 555 0246", "0515550246"
NOTE, LONGER = "2 seals", "Asks for a quote of two pumps by Friday"
rep = user_fixture("effort@example.com", "Maja")
administrator = user_fixture(
	"effort.admin@example.com", "Ada", ("System Manager", "Interaction Administrator")
)
partner = party_fixture("Luka Rijeka d.o.o.", "Dora", NUMBER)
noted = party_fixture("Marina Rovinj d.o.o.", "Ante", "+385 52 555 0247")
both_widths = pytest.mark.parametrize("size", ["desktop", "phone"])
pytestmark = pytest.mark.every_platform


@pytest.fixture(scope="module", autouse=True)
def history(site, rep, partner, noted) -> None:
	"""Record 20 calls with notes with one partner, and plan one for today with the other."""
	first = {}
	for number in range(MANY):
		about = {**noted, "responsible": rep, "notes": f"<p>Note {number}: valves.</p>", **first}
		call = site.phone_call(f"Order {number}", **about, starts_on=f"2026-01-{1 + number} 10:00:00")
		first = {"chain": call["chain"]}
	planned = {"status": "Planned", "starts_on": f"{now():%Y-%m-%d} 23:59:00"}
	site.phone_call("Confirm the order", **partner, **planned, responsible=rep)


def spent(page: Page, record_property, *, clicks: int, keys: int, seconds: float) -> Effort:
	"""Report the effort since `start_counting`, and assert that it is at most this."""
	effort = effort_of(page)
	told = f"{effort}, {effort.seconds} s"
	record_property("effort", told)
	print(told)  # shown by `-rP`
	assert effort.clicks <= clicks, effort
	assert effort.keys <= keys, effort
	assert effort.seconds <= seconds, (effort, effort.seconds)
	return effort


@both_widths
def test_todays_work_is_there_at_once(open_desk, rep, size, record_property):
	page = open_desk(rep, size)
	start_counting(page)
	page.goto("/app")
	row = shown(page, ".crm-day-row").filter(has_text="Confirm the order")
	expect(row).to_be_in_viewport()
	spent(page, record_property, clicks=0, keys=0, seconds=3)


@both_widths
def test_a_call_by_number_from_anywhere(site, open_desk, rep, partner, size, record_property):
	page = open_desk(rep, size)
	page.goto("/app/todo")
	settled(page)
	start_counting(page)
	if size == "phone":
		page.locator(".crm-log-plus").click()
	else:
		page.keyboard.press("Control+Shift+K")
	box = dialog(page)
	expect(box.locator('[data-fieldname="who"] input')).to_be_focused()
	page.keyboard.type(DIALLED)
	page.keyboard.press("Enter")
	expect(box.locator('[data-fieldname="note"] textarea')).to_be_focused()
	expect(box).to_contain_text("Dora")
	note = f"{NOTE} {size[0]}"
	page.keyboard.type(note)
	if size == "phone":
		press(box, "Save")
	else:
		page.keyboard.press("Control+Enter")
	expect_no_dialog(page)
	logged = logged_as(site, note)
	assert (logged["party"], logged["contact"]) == (partner["party"], partner["contact"])
	# one of the keys is the shortcut
	spent(page, record_property, clicks=4 if size == "phone" else 0, keys=26, seconds=15)


@both_widths
def test_a_call_with_a_note_on_the_form_of_the_partner(site, open_desk, rep, partner, size, record_property):
	note = f"{LONGER} {size[0]}"
	page = open_desk(rep, size)
	feed = open_panel(page, partner["party_type"], partner["party"])
	expect(feed.locator(".crm-composer-text")).to_be_visible()
	settled(page)
	start_counting(page)
	feed.locator(".crm-composer-text").click()
	page.keyboard.type(note)
	page.keyboard.press("Enter")
	expect(page.locator(".desk-alert", has_text=note)).to_be_visible()
	assert logged_as(site, note)["party"] == partner["party"]
	spent(page, record_property, clicks=1, keys=len(note) + 1, seconds=15)


@both_widths
def test_twenty_notes_of_a_partner(open_desk, rep, noted, size, record_property):
	page = open_desk(rep, size)
	feed = open_panel(page, noted["party_type"], noted["party"])
	settled(page)
	start_counting(page)
	feed.get_by_role("button", name="Show All").click()
	expect(feed.locator(ROWS)).to_have_count(MANY)
	expect(feed.locator(".crm-note-text:visible", has_text="valves.")).to_have_count(MANY)
	assert page.evaluate("() => cur_frm.doctype") == noted["party_type"]
	spent(page, record_property, clicks=1, keys=0, seconds=10)


@both_widths
@pytest.mark.parametrize(
	("word", "hit"),
	[("Rijeka", "Luka Rijeka"), ("5550246", "Luka Rijeka"), ("Order", "Order 0"), ("valve", "valves.")],
	ids=["partner", "number", "topic", "note"],
)
def test_one_word_finds_a_partner_a_number_a_chain_and_a_note(
	open_desk, rep, size, word, hit, record_property, shot
):
	page = open_desk(rep, size)
	start_counting(page)
	if size == "phone":
		page.locator("#navbar-search:visible").click()
	else:
		page.keyboard.press("Control+G")
	page.keyboard.type(word)
	found = page.locator(".search-bar:visible .awesomplete li", has_text=hit).first
	expect(found).to_be_visible()
	assert fits(page)
	shot(page, f"search-{word}-{size}")
	# a tap costs a second more than a shortcut
	limits = {"clicks": 1, "seconds": 4.1} if size == "phone" else {"clicks": 0, "seconds": 3}
	spent(page, record_property, keys=8, **limits)


@both_widths
def test_a_document_type_is_registered(site, open_desk, administrator, size, record_property):
	site.make("Note", title="Inspection", public=1)
	with site.settings(sources=[]):
		page = open_desk(administrator, size)
		page.goto("/app/crm-interactions-settings")
		page.get_by_role("tab", name="Activities").click()
		expect(shown(page, ".crm-known-types")).to_be_visible()
		settled(page)
		start_counting(page)
		press(shown(page), "Register a Document Type")
		modal = dialog(page)
		choose(modal, "document_type", "Note")
		expect(modal.locator(".crm-preview").first).to_be_visible()
		press(modal, "Register")
		expect(modal).to_have_count(0)
		(row,) = site.get(SETTINGS, SETTINGS)["sources"]
		assert (row["document_type"], row["title_field"]) == ("Note", "title")
		spent(page, record_property, clicks=4, keys=len("Note"), seconds=15)


def logged_as(site, title: str) -> dict:
	(name,) = site.find("Interaction", title=title)
	site.made.append(("Interaction", name))
	return site.get("Interaction", name)
