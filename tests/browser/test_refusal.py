"""A refused quick entry keeps the user's input and can be corrected and saved (R6)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.desk import choose, close, expect_no_dialog, field, press, quick_entry, type_into, write
from tests.browser.fixtures import party_fixture, user_fixture

CLERK, BOSS = "Lucija Babić", "Petar Kos"
NOTES = "Vraća uređaj, traži zamjenu."

employee = user_fixture("refused@example.com", "Rozalija")
partner = party_fixture("Odbijenica d.o.o.")


@pytest.fixture(scope="module")
def clerk(site, partner):
	site.contact(partner, BOSS, "+385 31 200 201")
	return site.contact(partner, CLERK, "+385 31 200 200")


@pytest.fixture
def entry(open_desk, employee, partner, clerk) -> Locator:
	"""Return the dialog with all fields except the contact filled in."""
	entry = quick_entry(open_desk(employee, "desktop"), "Interaction")
	choose(entry, "interaction_type", "Phone Call")
	choose(entry, "direction", "Outgoing")
	choose(entry, "party", partner["party"])
	write(entry, "notes", NOTES)
	return entry


def refused(entry: Locator, *sentences: str) -> None:
	"""Save, check the message and close it."""
	press(entry, "Save")
	message = entry.page.locator(".modal.show", has=entry.page.locator(".msgprint"))
	for sentence in sentences:
		expect(message).to_contain_text(sentence)
	close(message)


def shows(entry: Locator, title: str, partner: dict, **values: str) -> None:
	"""Assert that the dialog is open with the user's input."""
	expect(entry).to_be_visible()
	expect(field(entry, "interaction_type").locator("input")).to_have_value("Phone Call")
	expect(field(entry, "direction").locator("select")).to_have_value("Outgoing")
	expect(field(entry, "party").locator("input")).to_have_value(partner["party"])
	expect(field(entry, "notes").locator(".ql-editor:not(.read-mode)")).to_contain_text(NOTES)
	for name, value in {"title": title, **values}.items():
		expect(field(entry, name).locator("input").first).to_have_value(value)


def saved(site, entry: Locator, title: str) -> dict:
	press(entry, "Save")
	expect_no_dialog(entry.page)
	(name,) = site.find("Interaction", title=title)
	return site.get("Interaction", name)


def test_an_entry_without_a_contact_or_number_is_refused_and_can_be_corrected(site, entry, partner, shot):
	type_into(entry, "title", "Zamjena")
	refused(entry, "Choose a contact person or enter the number or address in Phone or E-mail")
	shot(entry.page, "refused-without-contact")
	shows(entry, "Zamjena", partner)
	type_into(entry, "how_to_reach", "+385 31 200 299")
	assert saved(site, entry, "Zamjena")["how_to_reach"] == "+385 31 200 299"


@pytest.mark.every_platform
def test_a_contact_of_another_partner_is_refused_and_can_be_replaced(site, entry, partner, clerk):
	"""Another user removes the contact from the partner while the dialog is open."""
	# a failed attempt may have removed the contact already
	links = [{"link_doctype": partner["party_type"], "link_name": partner["party"]}]
	site.put("Contact", clerk, links=links)
	choose(entry, "contact", CLERK)
	expect(field(entry, "how_to_reach").locator("input")).to_have_value("+385 31 200 200")
	type_into(entry, "title", "Povrat")
	site.put("Contact", clerk, links=[])
	refused(entry, "is not a contact person of", "Choose one of its contacts")
	shows(entry, "Povrat", partner, contact=CLERK, how_to_reach="+385 31 200 200")
	choose(entry, "contact", BOSS)
	recorded = saved(site, entry, "Povrat")
	assert recorded["contact"].startswith(BOSS)
	assert NOTES in recorded["notes"]
