"""A ringing call shows its card on the Desk of the called user, on a phone, too (R28)."""

import time

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.desk import choose, dialog, expect_no_dialog, field, fits, press, type_into
from tests.browser.fixtures import party_fixture, user_fixture

employee = user_fixture("is.called@example.com", "Rina")
NUMBER, SHARED, UNKNOWN = "+385 23 444 1010", "+385 23 444 1020", "+385 23 444 1030"
partner = party_fixture("Zvonar i sinovi d.o.o.", "Zora Zvonar", NUMBER)
first = party_fixture("Jeka Zadar", "Jelena Jeka", SHARED)
second = party_fixture("Odjek Split", "Oton Odjek", SHARED)


@pytest.fixture
def page(open_desk, employee, width) -> Page:
	page = open_desk(employee, width)
	page.wait_for_function("() => frappe.realtime.socket && frappe.realtime.socket.connected")
	return page


@pytest.fixture
def report(site, employee, width):
	"""Return a function that reports an event of a call to the employee."""

	def report(event: str, number: str, key: str) -> None:
		call = {"event": event, "idempotency_key": f"{key}-{width}", "from_number": number}
		site.call("crm_interactions.api.activity.log", user=employee, **call)

	return report


def card(page: Page) -> Locator:
	return page.locator(".crm-call")


@pytest.fixture
def known(site, width) -> tuple[dict, str]:
	"""Return a partner with a history, and the number of its contact."""
	number = NUMBER.replace("1010", "1011" if width == "phone" else "1012")
	of = site.party(f"Zvono {width}", "Zlata Zvonar", number)
	for day in range(1, 5):
		site.phone_call(f"Ponuda za zvono {day}", **of, starts_on=f"2026-02-0{day} 10:00:00")
	site.phone_call("Poslati cjenik", **of, status="Planned", starts_on="2026-03-01 10:00:00")
	site.phone_call("Dogovoriti posjet", **of, status="Planned", starts_on="2099-03-01 10:00:00")
	return of, number


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_ringing_call_shows_who_it_is(page, report, known, width, shot):
	of, number = known
	report("ringing", number, "warm-up")
	expect(card(page)).to_contain_text("Zlata Zvonar")
	card(page).get_by_role("button", name="Close").click()
	expect(card(page)).to_have_count(0)

	started = time.monotonic()
	report("ringing", number, "known")
	expect(card(page)).to_contain_text("Zlata Zvonar")
	assert time.monotonic() - started < 1.5, "the report itself included"
	expect(card(page)).to_contain_text("Incoming Call")
	assert card(page).locator(".crm-call-part").first.locator(".crm-call-topic").all_inner_texts() == [
		f"Ponuda za zvono {day}" for day in (4, 3, 2)
	]
	expect(card(page)).to_contain_text("Poslati cjenik")
	expect(card(page).locator(".crm-pill")).to_have_text("Late")
	assert fits(page)
	shot(page, f"call-card-{width}")

	press(card(page), "Log Call")
	entry = dialog(page)
	for name, value in (("party", of["party"]), ("contact", "Zlata Zvonar"), ("how_to_reach", number)):
		expect(field(entry, name).locator("input").first).to_have_value(value)
	shot(page, f"call-card-log-{width}")
	type_into(entry, "title", f"Nazvala je Zlata ({width})")
	press(entry, "Save")
	expect_no_dialog(page)
	expect(card(page)).to_have_count(0)


@pytest.mark.layout
def test_an_answered_call_opens_its_interaction(site, page, report, partner, width, shot):
	report("ringing", NUMBER, "answered")
	expect(card(page)).to_contain_text("Zora Zvonar")
	report("answered", NUMBER, "answered")
	expect(card(page)).to_contain_text("Call Answered")
	press(card(page), "Open Call")
	page.wait_for_function("() => window.cur_frm && cur_frm.doctype === 'Interaction' && !cur_frm.is_new()")
	assert page.evaluate("() => cur_frm.doc.party") == partner["party"]
	shot(page, f"call-card-answered-{width}")


@pytest.mark.layout
def test_several_matches_ask(page, report, first, second, width, shot):
	report("ringing", SHARED, "several")
	expect(card(page)).to_contain_text("Several contacts have this number")
	assert fits(page)
	shot(page, f"call-card-several-{width}")
	card(page).get_by_role("button", name="Oton Odjek").click()
	expect(card(page).locator(".crm-call-name")).to_have_text("Oton Odjek")
	press(card(page), "Log Call")
	expect(field(dialog(page), "party").locator("input").first).to_have_value(second["party"])


@pytest.mark.layout
def test_an_unknown_number_becomes_a_contact(site, page, report, partner, width, shot):
	number = f"{UNKNOWN[:-1]}{len(width) % 10}"
	report("ringing", number, "unknown")
	expect(card(page)).to_contain_text("No contact has this number")
	shot(page, f"call-card-unknown-{width}")
	press(card(page), "New Contact")
	ask = dialog(page)
	expect(field(ask, "phone").locator("input")).to_have_value(number)
	type_into(ask, "first_name", "Novak")
	choose(ask, "party", partner["party"])
	press(ask, "Save")
	expect(card(page).locator(".crm-call-name")).to_have_text("Novak")
	assert site.find("Contact", first_name="Novak", phone=number)


def test_a_missed_call_says_so(page, report, partner):
	report("ringing", NUMBER, "missed")
	expect(card(page)).to_contain_text("Zora Zvonar")
	report("missed", NUMBER, "missed")
	expect(card(page)).to_contain_text("Missed Call")
