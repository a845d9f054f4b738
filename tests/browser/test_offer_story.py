"""An offer from the Polish source: each step plans the next one until the chain is closed (R19, R22, R23)."""

from secrets import token_hex

import pytest
from playwright.sync_api import expect

from tests.browser.chains import open_form, open_list
from tests.browser.desk import choose, dialog, expect_no_dialog, field, press, settled, type_into
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import list_action, press_in_head

salesman = user_fixture("wojciech@example.com", "Wojciech")
workshop = party_fixture("Stolarstwo Kowalski", "Jan Kowalski", "+48 12 345 67 89")


@pytest.fixture
def offer(site, salesman, workshop, width):
	"""Return the interaction of a sent offer."""
	values = {"interaction_type": "E-mail", "direction": "Outgoing", "responsible": salesman}
	return site.make("Interaction", title=f"Oferta na okna drewniane ({width})", **workshop, **values)


def ask_to_complete(page):
	press_in_head(page, "Complete")
	return dialog(page)


def value(ask, name: str) -> str:
	return field(ask, name).locator("input, select").first.input_value()


def finish(page, ask, label: str) -> None:
	press(ask.locator(".modal-footer"), label)
	expect_no_dialog(page)
	page.wait_for_function("() => cur_frm.doc.completed === 1")


def test_each_step_plans_the_next_until_the_chain_is_closed(site, open_desk, offer, width, salesman, shot):
	page = open_desk(salesman, width)

	# the offer is sent: a call in two days is proposed and planned with one click
	open_form(page, "Interaction", offer["name"])
	ask = ask_to_complete(page)
	choose(ask, "outcome", "Offer Sent")
	expect(field(ask, "next_in").locator("input")).to_have_value("2")
	assert (value(ask, "next_type"), value(ask, "next_unit")) == ("Phone Call", "Days")
	expect(ask.locator('[data-way="plan"]')).to_have_attribute("aria-checked", "true")
	type_into(ask, "note", "Wysłano mailem.")
	expect(field(ask, "next_unit").locator(".help-box")).not_to_be_empty()
	shot(page, f"finishing-plan-{width}")
	finish(page, ask, "Done & Plan Next")
	first = site.get("Interaction", offer["name"])
	assert first["notes"] == "<p>Wysłano mailem.</p>"
	call = site.get("Interaction", first["next_activity"])
	assert (call["status"], call["interaction_type"]) == ("Planned", "Phone Call")
	assert (call["chain"], call["responsible"]) == (offer["chain"], salesman)
	shot(page, f"finished-{width}")

	# the call is in the list and in the calendar
	open_list(page, "Interaction", status="Planned", responsible=salesman)
	expect(page.locator(".list-row", has_text=offer["title"])).to_have_count(1)
	day = call["starts_on"].split(" ")[0]
	args = {"doctype": "Interaction", "start": day, "end": f"{day} 23:59:59"}
	method = "crm_interactions.api.calendar.get_events"
	values = {"type": "GET", "method": method, "args": args}
	events = page.evaluate("values => frappe.call(values).then(r => r.message)", values)
	assert call["name"] in [event["name"] for event in events]

	# no answer: call again in four hours
	open_form(page, "Interaction", call["name"])
	ask = ask_to_complete(page)
	choose(ask, "outcome", "No Answer")
	expect(field(ask, "next_in").locator("input")).to_have_value("4")
	assert value(ask, "next_unit") == "Hours"
	finish(page, ask, "Done & Plan Next")
	again = site.get("Interaction", site.get("Interaction", call["name"])["next_activity"])

	# the customer has bought elsewhere: the chain is closed, and no further step is planned
	open_form(page, "Interaction", again["name"])
	ask = ask_to_complete(page)
	choose(ask, "outcome", "Not Interested")
	ask.locator('[data-way="close"]').click()
	type_into(ask, "reason", "Kupili gdzie indziej")
	shot(page, f"finishing-close-{width}")
	finish(page, ask, "Done & Close Chain")
	chain = site.get("Interaction Chain", offer["chain"])
	assert (chain["status"], chain["close_reason"]) == ("Closed", "Kupili gdzie indziej")
	assert chain.get("next_step_on") is None
	assert not site.find("Interaction", chain=offer["chain"], status="Planned")


@pytest.mark.every_platform
def test_a_next_step_is_planned_and_cancelled_on_the_form(site, open_desk, offer, salesman, width, shot):
	"""The step is planned when the form is saved, and cancelled when *Plan the Next Step* is unticked (R22)."""
	page = open_desk(salesman, width)
	open_form(page, "Interaction", offer["name"])
	settled(page)  # another refresh of the form would remove the tick
	page.evaluate("() => cur_frm.scroll_to_field('plan_next')")
	field(page.locator(".form-layout:visible"), "plan_next").locator("input.input-with-feedback").check()
	layout = page.locator(".form-layout:visible").first
	type_into(layout, "next_in", "3")
	expect(field(layout, "next_unit").locator(".help-box")).not_to_be_empty()
	shot(page, f"next-step-form-{width}")
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => cur_frm.doc.next_activity && !cur_frm.is_dirty()")
	link = field(layout, "next_activity")
	expect(link).to_contain_text("Planned")
	shot(page, f"next-step-saved-{width}")
	planned = page.evaluate("() => cur_frm.doc.next_activity")
	page.evaluate("() => cur_frm.set_value('plan_next', 0).then(() => cur_frm.save())")
	page.wait_for_function("() => !cur_frm.doc.next_activity && !cur_frm.is_dirty()")
	assert site.get("Interaction", planned)["status"] == "Cancelled"


def test_cancelling_an_activity_asks_about_its_next_step(site, open_desk, offer, salesman, width, shot):
	"""The user decides whether the next step of a cancelled activity is cancelled too (R22)."""
	saved = site.put("Interaction", offer["name"], plan_next=1, next_in=2, next_unit="Days")
	page = open_desk(salesman, width)
	open_form(page, "Interaction", offer["name"])
	choose(page.locator(".form-layout:visible").first, "status", "Cancelled")
	ask = dialog(page)
	expect(ask).to_contain_text(f"The next step {saved['next_activity']} is planned. Cancel it too?")
	shot(page, f"cancel-asks-{width}")
	press(ask, "Yes")
	expect_no_dialog(page)
	page.wait_for_function("() => cur_frm.doc.plan_next === 0")
	page.evaluate("() => cur_frm.save()")
	page.wait_for_function("() => !cur_frm.is_dirty() && !cur_frm.doc.next_activity")
	assert site.get("Interaction", saved["next_activity"])["status"] == "Cancelled"


@pytest.mark.every_platform
def test_several_activities_can_be_completed_at_once(site, open_desk, workshop, salesman, shot):
	# unique, because a second attempt would list the calls of the first
	title, values = f"Zbiorcze zamknięcie {token_hex(3)}", {**workshop, "responsible": salesman}
	names = [site.phone_call(title, **values)["name"] for _each in range(2)]
	page = open_desk(salesman, "desktop")
	open_list(page, "Interaction", title=title)
	rows = page.locator(".list-row-container .list-row-checkbox:visible")
	expect(rows).to_have_count(2)
	for row in rows.all():
		row.check()
	list_action(page, "Complete").click()
	ask = dialog(page)
	choose(ask, "outcome", "Offer Sent")
	ask.locator('[data-way="plan"]').click()
	shot(page, "finishing-many")
	press(ask.locator(".modal-footer"), "Done & Plan Next")
	expect_no_dialog(page)
	for name in names:
		doc = site.get("Interaction", name)
		assert doc["completed"] == 1
		assert doc["next_activity"]
