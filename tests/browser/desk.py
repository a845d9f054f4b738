"""The Desk as a user handles it: fields by name, inside a dialog or a form."""

from contextlib import suppress

from playwright.sync_api import Locator, Page, expect

# no request for half a second
QUIET = """() => {
	const now = performance.now();
	if (frappe.request.ajax_count > 0 || !window.quiet_since) window.quiet_since = now;
	return now - window.quiet_since > 500;
}"""
# of typing into a link field again, as a person does whom the platform's suggestions didn't reach
TRIES = 4


# a page of the Desk is shown, and none of this kind has been yet
AT_FIRST = "kind => Boolean(window.frappe?.router && window.frappe.container?.page && !window[kind])"


def go(page: Page, kind: str, *route: str) -> None:
	"""Go to a form or a list: the first one as a link leads there, later ones in a Desk that starts anew.

	Args:
		kind: `cur_frm` or `cur_list`, where the Desk keeps the one that is open.
		route: as of `frappe.set_route`, the document type second.
	"""
	if page.evaluate(AT_FIRST, kind):
		page.evaluate("route => { frappe.set_route(route); }", list(route))
		return
	doctype = route[1].lower().replace(" ", "-")
	page.goto(f"/app/{doctype}/view/list" if route[0] == "List" else f"/app/{doctype}/{route[2]}")


def settled(page: Page) -> None:
	"""Wait until the page has asked the server nothing for half a second."""
	page.evaluate("() => { window.quiet_since = 0; }")
	page.wait_for_function(QUIET)


def dialog(page: Page) -> Locator:
	"""Return the dialog on top."""
	found = page.locator(".modal.show").last
	expect(found).to_be_visible()
	return found


def form(page: Page) -> Locator:
	found = page.locator(".page-container:visible .form-layout").first
	expect(found).to_be_visible()
	return found


def open_list(page: Page, doctype: str) -> Locator:
	"""Open a document type's list and return it, filled."""
	go(page, "cur_list", "List", doctype, "List")
	page.wait_for_function(
		"doctype => window.cur_list && cur_list.doctype === doctype && cur_list.$result"
		" && $(cur_list.parent).is(':visible')",
		arg=doctype,
	)
	return page.locator(".page-container:visible")


def quick_entry(page: Page, doctype: str) -> Locator:
	"""Press *New* in the list; return the dialog."""
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
	"""Choose from a select or, by typing and taking the suggestion, in a link field."""
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
	box.blur()  # a late answer would open the suggestions again, over what comes next


def press(scope: Locator, label: str) -> None:
	scope.get_by_role("button", name=label, exact=True).locator("visible=true").first.click()


def saved_name(page: Page, doctype: str) -> str:
	"""Wait until the form shows a saved document of this type; return its name."""
	page.wait_for_function(
		"doctype => window.cur_frm && cur_frm.doctype === doctype && !cur_frm.is_new() && !cur_frm.is_dirty()",
		arg=doctype,
	)
	return page.evaluate("() => cur_frm.doc.name")
