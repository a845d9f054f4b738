"""Choosing the time of a meeting beside the day of colleagues and resources, and whom to invite (R13, R14)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import (
	choose,
	dialog,
	field,
	fits,
	form,
	press,
	quick_entry,
	settled,
	type_into,
	wait_for_form,
)
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import press_in_head

# Mondays, one for each test, since a room can be booked once
DAYS = iter(f"2031-{day}" for day in ("03-03", "03-10", "03-17", "03-24", "03-31", "04-07", "04-14"))
employee = user_fixture("choosing@example.com", "Ines")
colleague = user_fixture("colleague@example.com", "Ivo")
partner = party_fixture("Jadran Export", "Luka", "+385 1 555 0888")


@pytest.fixture(scope="module")
def room(site):
	weekdays = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
	hours = [{"weekday": day, "from_time": "08:00:00", "to_time": "18:00:00"} for day in weekdays]
	return site.make("Meeting Resource", title="Blue Room", capacity=8, working_hours=hours)["name"]


@pytest.fixture
def day(site, colleague, partner, room):
	"""Return a Monday on which the colleague is busy from nine to half past ten, and the room from two to three."""
	day = next(DAYS)
	guest = {"full_name": "Ivan <i>", "side": "Theirs"}
	values = {**partner, "interaction_type": "Meeting", "status": "Planned", "participants": [guest]}
	ours = {"responsible": colleague, "title": "Prices <b>"}
	site.make("Meeting", **values, **ours, starts_on=f"{day} 09:00:00", ends_on=f"{day} 10:30:00")
	booked = {"resources": [{"resource": room}], "title": "Fair"}
	site.make("Meeting", **values, **booked, starts_on=f"{day} 14:00:00", ends_on=f"{day} 15:00:00")
	return day


@pytest.fixture
def meeting(site, partner, colleague, room, employee, day):
	people = [
		{"full_name": "Luka Guest", "email": "luka.guest@example.com", "side": "Theirs"},
		{"participant_type": "User", "participant": colleague},
	]
	values = {**partner, "interaction_type": "Meeting", "title": "Contract", "place": "Ilica 1"}
	times = {"status": "Planned", "starts_on": f"{day} 10:00:00", "ends_on": f"{day} 11:00:00"}
	return site.make(
		"Meeting",
		**values,
		**times,
		responsible=employee,
		participants=people,
		resources=[{"resource": room}],
	)


@pytest.mark.every_platform
@pytest.mark.layout
def test_the_form_draws_the_day_and_tells_conflicts_in_words(open_desk, employee, meeting, day, width, shot):
	page = open_desk(employee, width)
	page.goto(f"/app/meeting/{meeting['name']}")
	wait_for_form(page, meeting["name"])
	bars = field(form(page), "availability")
	verdict = bars.locator(".crm-availability-verdict")
	expect(verdict).to_have_text("Ivo is busy 09:00–10:30 (Prices <b>).")
	expect(bars.locator(".crm-availability-state")).to_have_text(["free", "busy", "free"])
	expect(
		bars.get_by_role("img", name="Blue Room: busy 14:00–15:00 (Fair); closed 00:00–08:00, 18:00–24:00")
	).to_be_visible()
	settled(page)
	bars.scroll_into_view_if_needed()
	shot(page, f"meeting-day-{width}")
	page.evaluate("() => document.documentElement.setAttribute('data-theme', 'dark')")
	page.wait_for_timeout(300)
	shot(page, f"meeting-day-dark-{width}")
	assert fits(page)
	for hidden in ("direction", "how_to_reach"):
		expect(field(form(page), hidden)).to_be_hidden()
	page.evaluate("day => cur_frm.set_value({starts_on: `${day} 19:00:00`, ends_on: `${day} 20:00:00`})", day)
	expect(verdict).to_have_text("Blue Room is closed 18:00–24:00.")
	page.evaluate("day => cur_frm.set_value({starts_on: `${day} 11:00:00`, ends_on: `${day} 12:00:00`})", day)
	expect(verdict).to_have_text("All are free 11:00–12:00.")
	page.evaluate("() => cur_frm.set_value('status', 'Held')")
	expect(bars.locator(".crm-availability")).to_have_count(0)


@pytest.mark.every_platform
@pytest.mark.layout
def test_a_meeting_is_planned_in_the_quick_entry(
	open_desk, site, employee, colleague, partner, room, day, width, shot
):
	page = open_desk(employee, width)
	box = quick_entry(page, "Meeting")
	title = f"Terms {width}"
	if field(box, "party_type").is_visible():
		choose(box, "party_type", partner["party_type"])
	choose(box, "party", partner["party"])
	expect(field(box, "contact").locator("input").first).to_be_enabled()
	page.evaluate("contact => cur_dialog.set_value('contact', contact)", partner["contact"])
	type_into(box, "title", title)
	page.evaluate("day => cur_dialog.set_value('starts_on', `${day} 10:00:00`)", day)
	for name, text, shown_as in (("colleagues", "colleague@", "Ivo"), ("rooms", "Blue", "Blue Room")):
		control = field(box, name)
		control.locator("input").fill(text)
		control.locator(".awesomplete li:visible", has_text=shown_as).first.click()
		expect(control.locator(".data-pill")).to_have_count(1)
	expect(box.locator(".crm-availability-verdict")).to_contain_text("Ivo is busy 09:00–10:30")
	settled(page)
	shot(page, f"meeting-quick-{width}")
	press(box, "Save")
	expect(page.locator(".modal.show")).to_have_count(0)
	made = site.get("Meeting", site.find("Meeting", title=title)[0])
	assert made["status"] == "Planned"
	assert [row["resource"] for row in made["resources"]] == [room]
	assert [row["participant"] for row in made["participants"]] == [colleague, partner["contact"]]


@pytest.mark.layout
def test_an_invitation_is_previewed_and_leaves_a_colleague_out(
	open_desk, site, employee, colleague, meeting, width, shot
):
	if not site.find("Email Account", default_outgoing=1):
		account = {"email_account_name": "Mail of the Site", "email_id": "crm@example.com"}
		server = {"smtp_server": "mail.example.com", "no_smtp_authentication": 1}
		site.make("Email Account", **account, **server, enable_outgoing=1, default_outgoing=1)
	site.put("User", colleague, time_zone="America/New_York")
	page = open_desk(employee, width)
	page.goto(f"/app/meeting/{meeting['name']}")
	wait_for_form(page, meeting["name"])
	press_in_head(page, "Send Invitation")
	box = dialog(page)
	mail = box.locator(".crm-mail")
	expect(mail).to_contain_text("luka.guest@example.com")
	expect(mail.locator("[data-part=place]")).to_have_text("Ilica 1")
	field(box, "message").locator("textarea").fill("Please bring the contract.")
	expect(mail).to_contain_text("Please bring the contract.")
	box.get_by_role("button", name="Preview the e-mail to Ivo").click()
	expect(mail.locator("[data-part=when]")).to_contain_text("America/New_York")
	settled(page)
	shot(page, f"meeting-invitation-{width}")
	box.get_by_role("checkbox", name="Ivo").uncheck()
	box.get_by_role("button", name="Send", exact=True).click()
	expect(page.locator(".form-dashboard:visible")).to_contain_text("Invited on")
	queued = site.find("Email Queue", reference_name=meeting["name"])
	assert len(queued) == 1
	press_in_head(page, "Send Invitation")
	box = dialog(page)
	expect(box.get_by_role("checkbox", name="Luka Guest")).to_be_disabled()
	expect(box.get_by_role("checkbox", name="Ivo")).not_to_be_checked()
	expect(box.get_by_role("button", name="Send", exact=True)).to_be_disabled()
	shot(page, f"meeting-invitation-later-{width}")
