"""Find the places where injected script runs while screens are visited."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Page

from tests.browser.desk import QUIET
from tests.browser.visiting import problems_of

COUNTER = "window.__pwned = []; window.pwn = (element) => window.__pwned.push(element);"
WHERE = """() => window.__pwned.map((element) => {
	const path = [];
	for (let at = element; at && at.getAttribute; at = at.parentElement) {
		path.push(at.getAttribute("data-fieldname") || at.className || at.tagName);
	}
	return (element.getAttribute ? element.getAttribute("data-of") || element.src || "" : element) + " in " + path.slice(0, 7).join(" < ");
})"""


def where_script_ran(page: Page, world: dict, visits: Iterable[Callable], shot: Callable) -> list[str]:
	"""Visit the screens and return the places where script ran, and the failed visits."""
	page.add_init_script(COUNTER)
	page.reload()

	def places(visit: Callable) -> list[str]:
		page.wait_for_function(f"() => !window.frappe?.request || ({QUIET})()")
		shot(page, f"no-script-{visit.__name__}")
		return page.evaluate(WHERE)

	return problems_of(page, world, visits, places, shot)
