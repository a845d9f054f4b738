"""Visit screens one after the other, continuing after a failure, and find places where injected script runs."""

from collections.abc import Callable, Iterable

from playwright.sync_api import Error, Page, expect

from tests.browser.desk import QUIET

COUNTER = "window.__pwned = []; window.pwn = (element) => window.__pwned.push(element);"
WHERE = """() => window.__pwned.map((element) => {
	const path = [];
	for (let at = element; at && at.getAttribute; at = at.parentElement) {
		path.push(at.getAttribute("data-fieldname") || at.className || at.tagName);
	}
	return (element.getAttribute ? element.getAttribute("data-of") || element.src || "" : element) + " in " + path.slice(0, 7).join(" < ");
})"""


def problems_of(page: Page, world: dict, visits: Iterable, look: Callable, shot: Callable) -> list[str]:
	"""Visit the screens and return their problems, including failed visits.

	Args:
		visits: functions of page and world, each of which opens a screen.
		look: returns the problems of the screen that a visit has opened.
		shot: takes a screenshot, given page and name.
	"""
	page.set_default_timeout(15_000)
	expect.set_options(timeout=15_000)
	problems = []
	for visit in visits:
		try:
			visit(page, world)
			problems += [f"{visit.__name__}: {found}" for found in look(visit)]
		except (AssertionError, Error) as problem:
			shot(page, f"{visit.__name__}-failed")
			problems.append(f"{visit.__name__}: {problem!s:.300}")
	return problems


def where_script_ran(page: Page, world: dict, visits: Iterable, shot: Callable) -> list[str]:
	"""Visit the screens and return the places where script ran, and the failed visits."""
	page.add_init_script(COUNTER)
	page.reload()

	def places(visit: Callable) -> list[str]:
		page.wait_for_function(f"() => !window.frappe?.request || ({QUIET})()")
		shot(page, f"no-script-{visit.__name__}")
		return page.evaluate(WHERE)

	return problems_of(page, world, visits, places, shot)
