"""The bell completes and puts off the work of reminders; toasts name results as links, and take changes back (R23, B11)."""

import json
import time
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.desk import dialog, expect_no_dialog, fits, open_list, press, settled
from tests.browser.fixtures import EMPLOYEE, MANAGER, party_fixture, user_fixture
from tests.browser.looks import serious_findings
from tests.clock import now

rep = user_fixture("bell@example.com", "Zora", EMPLOYEE)
manager = user_fixture("bell.manager@example.com", "Mira", MANAGER)
partner = party_fixture("Zvono d.o.o.", "Iva", "+385 1 555 0666")
SEND = "crm_interactions.reminders.jobs.send_reminders"


def late(site, partner: dict, responsible: str, *titles: str) -> list[str]:
	"""Plan calls two hours ago; return their names."""
	starts_on = str(now() - timedelta(hours=2))
	about = {**partner, "responsible": responsible, "status": "Planned", "starts_on": starts_on}
	return [site.phone_call(title, **about)["name"] for title in titles]


def remind(site, names: list[str]) -> None:
	"""Have a worker send the reminders of these interactions."""
	doc = json.dumps({"name": site.find("Scheduled Job Type", method=SEND)[0]})
	site.call("frappe.core.doctype.scheduled_job_type.scheduled_job_type.execute_event", doc=doc)
	deadline = time.monotonic() + 60
	while len(site.find("Notification Log", document_name=["in", names])) < len(names):
		assert time.monotonic() < deadline, "no reminder"
		time.sleep(0.5)


def open_bell(page):
	page.locator(".dropdown-notifications .notifications-icon").click()
	found = page.locator(".panel-notifications")
	expect(found).to_be_visible()
	return found


@pytest.mark.every_platform
@pytest.mark.layout
def test_work_is_put_off_and_completed_from_the_bell(site, open_desk, rep, partner, width, shot):
	later, sooner = late(site, partner, rep, f"Send the list {width}", f"Ask for a date {width}")
	remind(site, [later, sooner])
	page = open_desk(rep, width)
	bell = open_bell(page)
	row = bell.get_by_role("group", name=f"Ask for a date {width}")
	shot(page, f"bell-{width}")
	# the platform's own text is grey once it is read
	assert serious_findings(page, ".panel-notifications", without=(".notification-body",)) == []
	row.get_by_role("button", name="Put off").click()
	shot(page, f"bell-snooze-{width}")
	row.get_by_role("button", name="Tomorrow at 9:00").click()
	toast = page.locator(".desk-alert", has_text=f"Ask for a date {width}")
	expect(toast.get_by_role("link", name=f"Ask for a date {width}")).to_be_visible()
	page.wait_for_timeout(400)
	shot(page, f"bell-toast-{width}")
	expect(row).to_have_count(0)
	assert site.get("Interaction", sooner)["status"] == "Planned"
	toast.get_by_role("button", name="Undo").click()
	expect(page.locator(".panel-notifications")).to_be_hidden()
	bell = open_bell(page)
	expect(row).to_be_visible()
	bell.get_by_role("group", name=f"Send the list {width}").get_by_role("button", name="Complete").click()
	finishing = dialog(page)
	finishing.locator('[data-way="nothing"]').click()
	press(finishing, "Done")
	expect_no_dialog(page)
	expect(page.locator(".desk-alert", has_text=f"Done: Send the list {width}")).to_be_visible()
	shot(page, f"bell-done-{width}")
	bell = open_bell(page)
	expect(bell.get_by_role("group", name=f"Send the list {width}")).to_have_count(0)
	expect(bell.locator(".notification-item", has_text=f"Send the list {width}")).not_to_have_class("unread")
	assert site.get("Interaction", later)["completed"]
	assert fits(page)


@pytest.mark.layout
def test_a_bulk_change_is_shown_and_taken_back(site, open_desk, manager, partner, width, shot):
	names = late(site, partner, manager, f"First of many {width}", f"Second of many {width}")
	page = open_desk(manager, width)
	open_list(page, "Interaction")
	page.evaluate("() => cur_list.filter_area.clear()")
	settled(page)
	page.evaluate("names => cur_list.filter_area.add([['Interaction', 'name', 'in', names]])", names)
	settled(page)
	assert listed(page) == {*names}
	page.evaluate("() => cur_list.$result.find('.list-row-checkbox').prop('checked', true).trigger('change')")
	page.evaluate("() => cur_list.on_row_checked()")
	page.locator(".actions-btn-group:visible button").first.click()
	page.locator(".dropdown-menu.show").get_by_text("Complete", exact=True).click()
	press(dialog(page), "Done")
	toast = page.locator(".desk-alert", has_text="Done: 2.")
	expect(toast).to_be_visible()
	page.wait_for_timeout(400)
	shot(page, f"bulk-toast-{width}")
	toast.get_by_role("button", name="Undo").click()
	reopened = page.locator(".desk-alert", has_text="Reopened: 2.")
	expect(reopened).to_be_visible()
	assert {site.get("Interaction", name)["status"] for name in names} == {"Planned"}
	page.evaluate("() => cur_list.filter_area.clear()")
	settled(page)  # a late answer without the filter would be shown
	reopened.get_by_role("button", name="Show").click()
	settled(page)
	assert listed(page) == {*names}
	shot(page, f"bulk-shown-{width}")


def listed(page) -> set[str]:
	return set(page.evaluate("() => cur_list.data.map(({ name }) => name)"))
