"""The screens that show the texts of `script_world`: each visit opens a screen and waits for them."""

from playwright.sync_api import expect

from tests.browser.chains import ROWS, choose_action, open_form, open_list, panel
from tests.browser.desk import QUIET, dialog, press

# entries of a calendar: in a month or, on a phone, in a list
ENTRIES = ".page-container:visible .fc-event, .page-container:visible .fc-list-item"


def desk(page):
	"""Reload the Desk at the list of interactions."""
	page.goto("/app/interaction")
	page.wait_for_function("() => window.cur_list && cur_list.doctype === 'Interaction'")


def a_form(page, doctype, name):
	"""Open a form without a panel."""
	page.goto(f"/app/{doctype.lower().replace(' ', '-')}/{name}")
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=name)


def the_panel(page, world):
	open_form(page, "Interaction", world["Interaction"])
	expect(panel(page)).to_contain_text(world["shown"])


def the_meeting(page, world):
	open_form(page, "Meeting", world["Meeting"])
	expect(panel(page)).to_contain_text(world["shown"])


def the_product_record(page, world):
	open_form(page, "Product Record", world["Product Record"])


def the_chain(page, world):
	"""Open a chain with its log."""
	a_form(page, "Interaction Chain", world["Interaction Chain"])
	expect(page.locator(".page-container:visible")).to_contain_text(world["shown"])


def the_log(page, world):
	open_form(page, "Interaction", world["other"])
	page.goto(f"/app/interaction-chain/{page.evaluate('() => cur_frm.doc.chain')}")
	expect(page.locator(".crm-log")).to_be_visible()


def the_partner(page, world):
	a_form(page, world["partner type"], world["partner"])


def the_completed(page, world):
	open_form(page, "Interaction", world["completed"])
	expect(page.locator(".page-container:visible .form-message")).to_contain_text("Completed by")


def the_hand_over(page, world):
	a_form(page, "Interaction Hand Over", world["Interaction Hand Over"])
	expect(page.locator(".page-container:visible .form-message")).to_be_visible()


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
	_press(page, "Complete")
	dialog(page)


def completing_in_the_panel(page, world):
	open_form(page, "Interaction", world["Interaction"])
	panel(page).locator(".crm-chain-finish").first.click()
	dialog(page)


def converting(page, world):
	open_form(page, "Interaction", world["planned"])
	if page.evaluate("() => frappe.is_mobile()"):
		_open_menu(page)
	else:
		press(page.locator(".page-container:visible .page-head"), "Turn Into")


def inviting(page, world):
	open_form(page, "Meeting", world["Meeting"])
	_press(page, "Send Invitation")
	dialog(page)


def handing_over(page, world):
	desk(page)
	_open_menu(page).get_by_text("Hand Over…", exact=True).click()
	page.wait_for_function("() => window.cur_dialog")
	page.evaluate(
		"([user, chain]) => cur_dialog.set_values({ from_user: user, chain })",
		[world["User"], world["Interaction Chain"]],
	)
	expect(dialog(page).locator('[data-part="activities"] b')).to_be_visible()


def controlling(page, world):
	"""Open the dialog *Put Under Control* from the list."""
	desk(page)
	shown = page.locator(".page-container:visible")
	shown.locator(".list-row-container .list-row-checkbox").first.check()
	shown.locator(".actions-btn-group button").first.click()
	page.locator(".dropdown-menu.show").get_by_text("Put Under Control", exact=True).click()
	dialog(page)


def the_lists(page, world):
	desk(page)
	for doctype in (
		*("Interaction", "Meeting", "Product Record", "Interaction Chain", "Activity Link"),
		*(
			"Meeting Resource",
			"Interaction Hand Over",
			"Interaction Hand Over Entry",
			"Interaction Chain Log",
		),
		"Interaction Team",
	):
		open_list(page, doctype, name=["like", "%"])
		page.wait_for_function(QUIET)


def the_report_view(page, world):
	desk(page)
	page.evaluate("() => { frappe.route_options = {}; frappe.set_route('List', 'Interaction', 'Report'); }")
	expect(page.locator(".page-container:visible .dt-row").first).to_be_visible()


def the_team_report(page, world):
	desk(page)
	page.evaluate("() => frappe.set_route('query-report', 'Team Activities')")
	number = page.locator(f'.crm-team-number a[data-user="{world["User"]}"]').first
	expect(number).to_be_visible()


def the_bookings(page, world):
	a_form(page, "Meeting Resource", world["Meeting Resource"])
	_press(page, "Bookings")
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
	*(the_panel, the_meeting, the_completed, the_chain, the_log),
	*(
		linking,
		subject,
		closing,
		completing,
		completing_in_the_panel,
		converting,
		inviting,
		handing_over,
		controlling,
	),
	*(
		the_hand_over,
		the_team,
		the_team_report,
		the_settings,
		the_calendars,
		the_bookings,
		the_agenda,
		the_minutes,
	),
)
VISITS = (*APP_SCREENS, the_product_record, the_partner, the_lists, the_report_view, the_standard_print)


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


def _open_menu(page):
	page.locator(".page-container:visible .page-head .menu-btn-group button").first.click()
	return page.locator(".page-container:visible .page-head .dropdown-menu.show")


def _press(page, label: str) -> None:
	"""Press a button of a form, which is in the form's menu on a phone."""
	if page.evaluate("() => frappe.is_mobile()"):
		_open_menu(page).get_by_text(label, exact=True).click()
	else:
		press(page.locator(".page-container:visible .page-head"), label)
