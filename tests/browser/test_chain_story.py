"""A year with a customer from the Slovenian source, from a chance visit to an offer, in one chain (R15–R18)."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import all_topics, candidate, choose_action, open_form, panel, undo_from_alert
from tests.browser.desk import choose, dialog, expect_no_dialog, fits, press, type_into
from tests.browser.fixtures import party_fixture, user_fixture

VISIT = "Slučajni obisk direktorja"
CALL = "Klic po obisku direktorja"
MAIL = "Poslan katalog črpalk"
TOUR = "Obisk v njihovem obratu"
INVITATION = "Vabilo na dan odprtih vrat"
OFFER = "Črpalka CP-200, 40 kosov"
UNKNOWN = "Obisk neznanega gospoda"
STRAY = "Reklamacija hladilnika iz druge zgodbe"

salesman = user_fixture("salesman@example.com", "Matej")
partner = party_fixture("Hidravlika Novak", "Janez Novak", "+386 41 222 333")


@pytest.fixture
def record(site, partner):
	"""Return a function that records an activity with the partner."""

	def record(doctype: str, topic: str, starts_on: str, **more) -> dict:
		field = "product" if doctype == "Product Record" else "title"
		return site.make(doctype, **partner, **{field: topic}, starts_on=starts_on, **more)

	return record


@pytest.mark.every_platform
def test_a_year_with_a_customer_is_one_chain(site, open_desk, record, salesman, partner, shot):
	visit = record("Interaction", VISIT, "2025-09-01 10:00:00", interaction_type="Meeting")
	call = record("Interaction", CALL, "2025-09-12 11:00:00", interaction_type="Phone Call")
	stray = record("Interaction", STRAY, "2025-10-01 09:00:00", interaction_type="E-mail")
	page = open_desk(salesman, "desktop")

	# the salesman links the call to the director's visit with the keyboard
	open_form(page, "Interaction", call["name"])
	choose_action(page, "Link…")
	candidate(page, VISIT)
	page.keyboard.press("ArrowDown")
	expect(dialog(page).locator(".crm-link-plan")).to_contain_text("is joined into")
	shot(page, "chain-link")
	page.keyboard.press("Enter")
	expect(page.locator(".desk-alert .crm-undo")).to_be_visible()
	assert all_topics(page, 2) == [CALL, VISIT]
	expect(panel(page).locator(".crm-chain-gap")).to_have_text("11 days later")
	chain = site.get("Interaction", visit["name"])["chain"]
	assert site.get("Interaction", call["name"])["chain"] == chain

	# the next activity is recorded from the panel, which fills in partner, contact and chain
	panel(page).get_by_role("button", name="Log Interaction").click()
	entry = dialog(page)
	choose(entry, "interaction_type", "E-mail")
	type_into(entry, "title", MAIL)
	press(entry, "Save")
	expect_no_dialog(page)
	assert all_topics(page, 3)[0] == MAIL
	(mail,) = site.find("Interaction", title=MAIL)
	site.made.append(("Interaction", mail))
	mailed = site.get("Interaction", mail)
	assert {field: mailed[field] for field in ("chain", *partner)} == {"chain": chain, **partner}

	# a visit, an invitation and an offer follow; the invitation is an event of Frappe's calendar
	guest = {"participant_type": "Contact", "participant": partner["contact"], "side": "Theirs"}
	visited = {"interaction_type": "Meeting", "chain": chain, "participants": [guest]}
	record("Meeting", TOUR, "2026-01-20 09:00:00", **visited)
	referred = [{"reference_doctype": "Interaction", "reference_docname": call["name"]}]
	invitation = {"subject": INVITATION, "starts_on": "2026-04-15 10:00:00", "event_type": "Public"}
	event = site.make("Event", **invitation, event_participants=referred)
	offer = record("Product Record", OFFER, "2026-09-01 12:00:00", chain=chain)

	# the panel shows the whole chain on each activity
	story = {MAIL, OFFER, INVITATION, TOUR, CALL, VISIT}
	open_form(page, "Interaction", visit["name"])
	from_the_visit = all_topics(page, 6)
	assert set(from_the_visit) == story
	assert from_the_visit[-2:] == [CALL, VISIT]
	expect(panel(page).locator(".crm-chain-row.current")).to_contain_text(VISIT)
	shot(page, "chain-panel")
	for doctype, name in (("Event", event["name"]), ("Product Record", offer["name"])):
		open_form(page, doctype, name)
		assert all_topics(page, 6) == from_the_visit

	# another chain is joined by mistake, and the join is undone
	choose_action(page, "Link…")
	candidate(page, STRAY).dblclick()
	expect(page.locator(".desk-alert", has_text="was joined into")).to_be_visible()
	assert STRAY in all_topics(page, 7)
	undo_from_alert(page)
	assert all_topics(page, 6) == from_the_visit
	assert site.get("Interaction", stray["name"])["chain"] == stray["chain"]

	# the log shows every change of the chain
	page.goto(f"/app/interaction-chain/{chain}")
	log = page.locator(".crm-log")
	expect(log).to_contain_text(f"{stray['chain']} was joined (1 activity).")
	expect(log).to_contain_text(f"The change with {stray['chain']} was undone.")
	expect(log).to_contain_text("Matej")


def test_a_call_without_a_partner_can_be_linked_to_any_chain(site, open_desk, record, salesman, shot):
	visit = record("Interaction", UNKNOWN, "2025-09-01 10:00:00", interaction_type="Meeting")
	unknown = {"direction": "Incoming", "how_to_reach": "+386 41 999 888", "starts_on": "2025-09-12 11:00:00"}
	call = site.phone_call("Kdo je klical?", **unknown)
	page = open_desk(salesman, "desktop")
	open_form(page, "Interaction", call["name"])
	choose_action(page, "Link…")
	hint = dialog(page).locator(".crm-link-hint")
	expect(hint).to_have_text("This activity has no partner, so activities with all partners are listed.")
	candidate(page, UNKNOWN).click()
	expect(dialog(page).locator(".crm-link-plan")).to_contain_text("is joined into")
	shot(page, "chain-link-stranger")
	page.set_viewport_size({"width": 390, "height": 844})
	shot(page, "chain-link-stranger-phone")
	assert fits(page)
	dialog(page).locator('[data-fieldname="text"] input').fill("no such activity")
	nothing = "Nothing found. Shorten the search text or choose all kinds."
	expect(dialog(page).locator(".crm-chain-empty")).to_have_text(nothing)
	candidate(page, UNKNOWN).click()
	press(dialog(page), "Join")
	expect(page.locator(".desk-alert .crm-undo")).to_be_visible()
	assert site.get("Interaction", call["name"])["chain"] == visit["chain"]

	# an activity with a partner has no hint
	open_form(page, "Interaction", visit["name"])
	page.set_viewport_size({"width": 1400, "height": 900})
	choose_action(page, "Link…")
	rows = dialog(page).locator(".crm-link-rows")
	expect(rows).to_have_attribute("aria-label", "Activities with the same partner")
	expect(hint).to_be_hidden()


def test_the_panel_fits_a_phone(open_desk, record, salesman, partner, site, shot):
	topic = "Dolgo telefonsko povpraševanje o rezervnih delih za črpalke starejše izdelave"
	first = record("Interaction", topic, "2026-02-01 10:00:00", interaction_type="Phone Call")
	record("Interaction", "Odgovor", "2026-02-20 10:00:00", interaction_type="E-mail", chain=first["chain"])
	page = open_desk(salesman, "phone")
	chain = open_form(page, "Interaction", first["name"])
	assert len(all_topics(page, 2)) == 2
	shot(page, "chain-panel-phone")
	assert fits(page)
	for row in chain.locator(".crm-chain-row").all():
		box = row.bounding_box()
		assert box["x"] >= 0 and box["x"] + box["width"] <= 390
	# the chips filter by activity type
	chain.locator('.crm-chip[data-doctype="Interaction"] .crm-chip-filter').click()
	expect(chain.locator(".crm-chip.chosen")).to_have_count(1)
	expect(chain.locator(".crm-chain-row")).to_have_count(2)
