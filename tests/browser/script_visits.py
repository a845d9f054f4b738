"""The screens that show the texts of `script_world`: each visit opens a screen and waits for them."""

from playwright.sync_api import expect

from tests.browser.chains import ROWS, choose_action, open_form, open_list, panel
from tests.browser.desk import QUIET, dialog, shown, wait_for_form
from tests.browser.menus import list_action, menu_entry, open_menu, press_in_head

# entries of a calendar: in a month or, on a phone, in a list
ENTRIES = ".page-container:visible .fc-event, .page-container:visible .fc-list-item"
LISTS = (
	*("Interaction", "Meeting", "Product Record", "Interaction Chain", "Activity Link", "Meeting Resource"),
	*("Interaction Hand Over", "Interaction Hand Over Entry", "Interaction Chain Log", "Interaction Team"),
)


def desk(page):
	"""Reload the Desk at the list of interactions."""
	page.goto("/app/interaction")
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Interaction'")


def a_form(page, doctype, name):
	"""Open a form without a panel."""
	page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
	wait_for_form(page, name)


def the_panel(page, world):
	expect(open_form(page, "Interaction", world["Interaction"])).to_contain_text(world["shown"])


def the_meeting(page, world):
	expect(open_form(page, "Meeting", world["Meeting"])).to_contain_text(world["shown"])


def the_product_record(page, world):
	open_form(page, "Product Record", world["Product Record"])


def the_chain(page, world):
	"""Open a chain with its log."""
	a_form(page, "Interaction Chain", world["Interaction Chain"])
	expect(shown(page)).to_contain_text(world["shown"])


def the_log(page, world):
	open_form(page, "Interaction", world["other"])
	page.goto(f"/app/interaction-chain/{page.evaluate('() => cur_frm.doc.chain')}")
	expect(page.locator(".crm-log")).to_be_visible()


def the_partner(page, world):
	a_form(page, world["partner type"], world["partner"])


def the_completed(page, world):
	open_form(page, "Interaction", world["completed"])
	expect(shown(page, ".form-message")).to_contain_text("Completed by")


def the_hand_over(page, world):
	a_form(page, "Interaction Hand Over", world["Interaction Hand Over"])
	expect(shown(page, ".form-message")).to_be_visible()


def the_team(page, world):
	a_form(page, "Interaction Team", world["Interaction Team"])


def the_settings(page, world):
	a_form(page, "CRM Interactions Settings", "CRM Interactions Settings")


def linking(page, world):
	open_form(page, "Interaction", world["other"])
	_choose(page, "Link…")
	expect(dialog(page)).to_contain_text(world["shown"])


def subject(page, world):
	_ask(page, world, "Set Subject…")


def closing(page, world):
	_ask(page, world, "Close…")


def completing(page, world):
	open_form(page, "Interaction", world["planned"])
	press_in_head(page, "Complete")
	dialog(page)


def completing_in_the_panel(page, world):
	open_form(page, "Interaction", world["Interaction"])
	panel(page).locator(".crm-chain-finish").first.click()
	dialog(page)


def converting(page, world):
	open_form(page, "Interaction", world["planned"])
	menu_entry(page, "Turn Into", "Meeting")


def inviting(page, world):
	open_form(page, "Meeting", world["Meeting"])
	press_in_head(page, "Send Invitation")
	dialog(page)


def handing_over(page, world):
	desk(page)
	open_menu(page).get_by_text("Hand Over…", exact=True).click()
	page.wait_for_function("() => window.cur_dialog")
	values = {"from_user": world["User"], "chain": world["Interaction Chain"]}
	page.evaluate("values => cur_dialog.set_values(values)", values)
	expect(dialog(page).locator('[data-part="activities"] b')).to_be_visible()


def controlling(page, world):
	"""Open the dialog *Put Under Control* from the list."""
	desk(page)
	shown(page, ".list-row-container .list-row-checkbox").first.check()
	list_action(page, "Put Under Control").click()
	dialog(page)


def the_lists(page, world):
	desk(page)
	for doctype in LISTS:
		open_list(page, doctype, name=["like", "%"])
		page.wait_for_function(QUIET)


def the_report_view(page, world):
	desk(page)
	page.evaluate("() => { frappe.route_options = {}; frappe.set_route('List', 'Interaction', 'Report'); }")
	expect(shown(page, ".dt-row").first).to_be_visible()


def the_boards(page, world):
	desk(page)
	for doctype, board in (("Interaction", "Interactions by Status"), ("Meeting", "Meetings by Status")):
		page.evaluate("route => { frappe.set_route(route); }", ["List", doctype, "Kanban", board])
		expect(shown(page, ".kanban-card-wrapper").first).to_be_visible()


def the_team_report(page, world):
	desk(page)
	page.evaluate("() => frappe.set_route('query-report', 'Team Activities')")
	expect(page.locator(f'.crm-team-number a[data-user="{world["User"]}"]').first).to_be_visible()


def the_bookings(page, world):
	a_form(page, "Meeting Resource", world["Meeting Resource"])
	press_in_head(page, "Bookings")
	expect(page.locator(ENTRIES).first).to_be_visible()


def the_calendars(page, world):
	desk(page)
	for doctype in ("Interaction", "Meeting Resource"):
		page.evaluate("doctype => frappe.set_route('List', doctype, 'Calendar', 'default')", doctype)
		expect(page.locator(ENTRIES).first).to_be_visible()
		page.wait_for_function(QUIET)


def the_agenda(page, world):
	_print(page, world, "Meeting", world["Meeting"], "Meeting Agenda")


def the_minutes(page, world):
	_print(page, world, "Meeting", world["Meeting"], "Meeting Minutes")


def the_standard_print(page, world):
	_print(page, world, "Interaction", world["Interaction"], "Standard")


APP_SCREENS = (
	*(the_panel, the_meeting, the_completed, the_chain, the_log, linking, subject, closing, completing),
	*(completing_in_the_panel, converting, inviting, handing_over, controlling, the_hand_over, the_team),
	*(the_team_report, the_settings, the_calendars, the_bookings, the_agenda, the_minutes),
)
VISITS = (
	*APP_SCREENS,
	the_product_record,
	the_partner,
	the_lists,
	the_report_view,
	the_boards,
	the_standard_print,
)


def _ask(page, world, label: str) -> None:
	open_form(page, "Interaction", world["Interaction"])
	_choose(page, label)
	dialog(page)


def _choose(page, label: str) -> None:
	expect(panel(page).locator(ROWS).first).to_be_visible()
	choose_action(page, label)


def _print(page, world, doctype: str, name: str, print_format: str) -> None:
	page.goto(f"/printview?doctype={doctype}&name={name}&format={print_format}")
	expect(page.locator(".print-format")).to_contain_text(world["shown"])
