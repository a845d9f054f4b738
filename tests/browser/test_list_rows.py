"""Rows of a list show the state of an activity and open its note (R10)."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.chains import open_list
from tests.browser.desk import dialog, expect_no_dialog, field, press, settled, write
from tests.browser.fixtures import party_fixture, user_fixture

LATE, DONE = "Podsjetnik", "Razgovor"

employee = user_fixture("reads.notes@example.com", "Nora")
partner = party_fixture("Bilješka d.o.o.")
long_partner = party_fixture("Zagrebačka tvornica crpki i kućanskih aparata d.o.o.")
LONG = "Договорённость о визите мастера и о замене водонагревателя в подвале"
# cells of rows, and elements in them, that are narrower than their text or leave the window
CUT = """width => [...document.querySelectorAll(".page-container .crm-rows .list-row :is(.list-row-col, .crm-row-facts)")]
	.flatMap((cell) => [cell, ...cell.querySelectorAll(":not(svg *)")])
	.filter((element) => element.checkVisibility() && element.clientWidth && !element.closest(".select-like"))
	.filter((element) => element.scrollWidth > element.clientWidth + 1 || element.getBoundingClientRect().right > width + 1)
	.map((element) => `${element.className}: ${element.innerText}`)"""
# what every row has to show, by the list
SHOWN = {
	"Interaction": (LONG, "Zagrebačka tvornica", "01.03.2026 10:00", "Nora"),
	"Meeting": (LONG, "Zagrebačka tvornica", "01.03.2026 10:00", "Nora"),
	"Activity Link": (LONG, "Zagrebačka tvornica", "01.03.2026 10:00", "Nora"),
}


@pytest.fixture(scope="module")
def long_texts(site, employee, long_partner) -> dict:
	"""Make a late call and a late meeting with long texts, each assigned to a user."""
	common = {
		**long_partner,
		"status": "Planned",
		"starts_on": "2026-03-01 10:00:00",
		"responsible": employee,
	}
	site.phone_call(LONG, how_to_reach="+385 1 555 0109", **common)
	guest = [{"full_name": "Iva Rog", "side": "Theirs"}]
	site.make("Meeting", title=LONG, interaction_type="Meeting", participants=guest, **common)
	for doctype in ("Interaction", "Meeting"):
		(name,) = site.find(doctype, title=LONG)
		assigned = {"doctype": doctype, "name": name, "assign_to": f'["{employee}"]'}
		site.call("frappe.desk.form.assign_to.add", **assigned)
	return long_partner


@pytest.mark.layout
@pytest.mark.every_platform
@pytest.mark.parametrize("doctype", SHOWN)
def test_rows_show_all_that_matters_uncut(open_desk, employee, long_texts, doctype, width, shot):
	page = open_desk(employee, width)
	open_list(page, doctype, party=long_texts["party"])
	row = page.locator(".list-row", has_text=LONG).locator("visible=true").first
	for text in SHOWN[doctype]:
		expect(row).to_contain_text(text)
	expect(row.locator(".indicator-pill:visible")).to_have_text("Late")
	expect(row.locator(".modified")).to_be_hidden()
	settled(page)
	shot(page, f"rows-{doctype}-{width}")
	assert page.evaluate(CUT, page.viewport_size["width"]) == []


@pytest.mark.every_platform
def test_filters_are_in_one_row_below_the_views(open_desk, employee, long_texts, width, shot):
	page = open_desk(employee, width)
	open_list(page, "Interaction", party=long_texts["party"])
	settled(page)
	views = page.locator(".crm-views:visible button")
	expect(views).to_have_text(["Mine", "Today", "Late", "To Review", "Under Control"])
	if width == "phone":
		return
	filters = page.locator(".crm-folded > .form-group:visible")
	assert len({round(box.bounding_box()["y"]) for box in filters.all()}) == 1
	assert views.first.bounding_box()["y"] < filters.first.bounding_box()["y"]
	expect(filters).to_have_count(5)
	more = page.get_by_role("button", name="More…")
	right = more.bounding_box()["x"] + more.bounding_box()["width"]
	assert right < page.locator(".filter-selector:visible").bounding_box()["x"]
	more.click()
	expect(page.locator('.form-group[data-fieldname="priority"]:visible')).to_have_count(1)
	views.filter(has_text="Late").click()
	expect(page.locator(".list-row", has_text=LONG)).to_have_count(1)
	page.wait_for_function("() => cur_list.sort_selector.sort_order === 'asc'")
	assert "asc" in page.evaluate("() => cur_list.get_args().order_by")
	# pressed again, it shows all rows, the latest first
	late = views.filter(has_text="Late")
	expect(late).to_have_attribute("aria-pressed", "true")
	late.click()
	page.wait_for_function("() => cur_list.sort_selector.sort_order === 'desc'")
	expect(late).to_have_attribute("aria-pressed", "false")


@pytest.fixture
def rows(site, open_desk, employee, partner) -> Locator:
	"""Open the list of a late call and of a completed one with a note."""
	common = {"starts_on": "2026-03-01 10:00:00", "how_to_reach": "+385 1 555 0107", **partner}
	site.phone_call(LATE, status="Planned", **common)
	done = site.phone_call(DONE, notes="<p>Traži ponudu.</p>", **common)
	site.complete(done["name"])
	page = open_desk(employee, "desktop")
	open_list(page, "Interaction", party=partner["party"])
	return page.locator(".list-row")


def test_states_have_an_icon_and_notes_are_edited_until_completion(site, rows, shot):
	late, done = rows.filter(has_text=LATE), rows.filter(has_text=DONE)
	expect(late.locator('.crm-status[title="Late"] svg').locator("visible=true")).to_have_count(1)
	expect(done.locator('.crm-status[title="Done"] svg').locator("visible=true")).to_have_count(1)
	shot(rows.page, "list-rows")
	late.get_by_label("Edit the note").click()
	write(dialog(rows.page), "notes", "Nazvati opet.")
	press(dialog(rows.page), "Save")
	expect_no_dialog(rows.page)
	(name,) = site.find("Interaction", title=LATE)
	assert "Nazvati opet." in site.get("Interaction", name)["notes"]
	done.get_by_label("Read the note").click()
	expect(field(dialog(rows.page), "notes")).to_contain_text("Traži ponudu.")
	expect(dialog(rows.page).get_by_role("button", name="Save")).to_be_hidden()
