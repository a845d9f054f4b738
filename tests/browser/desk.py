"""The Desk, operated as by a user: fields by name, inside a dialog or a form."""

from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

# True after half a second without a request
QUIET = """() => {
	const now = performance.now();
	if (frappe.request.ajax_count > 0 || !window.quiet_since) window.quiet_since = now;
	return now - window.quiet_since > 500;
}"""
# attempts at typing into a link field, as Frappe's suggestions sometimes fail to appear
TRIES = 4
# True if the Desk shows a page but has not shown a form or list yet
FIRST_OF_ITS_KIND = "kind => Boolean(window.frappe?.router && window.frappe.container?.page && !window[kind])"


def go(page: Page, kind: str, *route: str) -> None:
	"""Go to a form or a list: to the first one by a route, to later ones by reloading the Desk.

	Args:
		kind: `cur_frm` or `cur_list`, the Desk's variable for the open form or list.
		route: arguments of `frappe.set_route`, with the document type second.
	"""
	if page.evaluate(FIRST_OF_ITS_KIND, kind):
		page.evaluate("route => { frappe.set_route(route); }", list(route))
		return
	doctype = route[1].lower().replace(" ", "-")
	page.goto(f"/app/{doctype}/view/list" if route[0] == "List" else f"/app/{doctype}/{route[2]}")


def settled(page: Page) -> None:
	"""Wait until the page has sent no request for half a second."""
	page.evaluate("() => { window.quiet_since = 0; }")
	page.wait_for_function(QUIET)


def shown(page: Page, selector: str = "") -> Locator:
	"""Return elements of the page that the Desk shows, or that page."""
	return page.locator(f".page-container:visible {selector}".rstrip())


def dialog(page: Page) -> Locator:
	"""Wait for a dialog and return the topmost one."""
	found = page.locator(".modal.show").last
	expect(found).to_be_visible()
	return found


def close(modal: Locator) -> None:
	"""Close a dialog or message once it is fully open: Bootstrap ignores a click while it fades in."""
	button = modal.locator(".btn-modal-close").first
	button.click(trial=True)
	modal.page.wait_for_function(
		"modal => !$(modal).data('bs.modal')._isTransitioning", arg=modal.first.element_handle()
	)
	button.click()
	expect(modal).to_have_count(0)


def expect_no_dialog(page: Page) -> None:
	expect(page.locator(".modal.show")).to_have_count(0)


def form(page: Page) -> Locator:
	found = shown(page, ".form-layout").first
	expect(found).to_be_visible()
	return found


def wait_for_form(page: Page, name: str) -> None:
	page.wait_for_function("name => window.cur_frm && cur_frm.doc.name === name", arg=name)


def wait_for_rows(page: Page, doctype: str, count: int) -> None:
	"""Wait until the list shows that many rows, at most a page of them: it shows others until its filters apply."""
	listed = (
		"([doctype, count]) => window.cur_list?.doctype === doctype"
		" && cur_list.data.length === Math.min(count, cur_list.page_length)"
	)
	page.wait_for_function(listed, arg=[doctype, count])


def fits(page: Page) -> bool:
	"""Return True if the page isn't wider than the window."""
	return page.evaluate("() => document.documentElement.scrollWidth") <= page.viewport_size["width"]


def open_list(page: Page, doctype: str) -> Locator:
	"""Open a document type's list, wait for its rows and return its page."""
	go(page, "cur_list", "List", doctype, "List")
	page.wait_for_function(
		"doctype => window.cur_list && cur_list.doctype === doctype && cur_list.$result"
		" && $(cur_list.parent).is(':visible')",
		arg=doctype,
	)
	return shown(page)


def quick_entry(page: Page, doctype: str) -> Locator:
	"""Press *New* in the list and return the dialog."""
	open_list(page, doctype).locator(".primary-action:visible").first.click()
	return dialog(page)


def field(scope: Locator, name: str) -> Locator:
	return scope.locator(f'.frappe-control[data-fieldname="{name}"]').first


def type_into(scope: Locator, name: str, text: str) -> None:
	box = field(scope, name).locator("input, textarea").first
	box.fill(text)
	expect(box).to_have_value(text)
	box.blur()
	expect(box).to_have_value(text)


def write(scope: Locator, name: str, text: str) -> None:
	"""Write into a rich-text field."""
	editor = field(scope, name).locator(".ql-editor:not(.read-mode)")
	editor.click()
	editor.press_sequentially(text)


def choose(scope: Locator, name: str, value: str) -> None:
	"""Choose a value in a select, or in a link field by typing and clicking the suggestion."""
	control = field(scope, name)
	select = control.locator("select")
	if select.count():
		select.select_option(value)
		return
	box = control.locator("input").first
	suggestion = scope.page.locator("[role=option]:visible", has_text=value).first
	for _ in range(TRIES):
		box.click()
		box.fill("")
		box.fill(value)
		with suppress(AssertionError):
			expect(suggestion).to_be_visible(timeout=8_000)
			break
	suggestion.click()
	expect(box).to_have_value(value)
	box.blur()  # a late response would reopen the suggestions over other fields


def press(scope: Locator, label: str) -> None:
	scope.get_by_role("button", name=label, exact=True).locator("visible=true").first.click()


def saved_name(page: Page, doctype: str) -> str:
	"""Wait until the form shows a saved document of this type and return its name."""
	page.wait_for_function(
		"doctype => window.cur_frm && cur_frm.doctype === doctype && !cur_frm.is_new() && !cur_frm.is_dirty()",
		arg=doctype,
	)
	return page.evaluate("() => cur_frm.doc.name")
