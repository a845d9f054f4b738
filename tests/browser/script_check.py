"""Counts where script runs while screens are visited."""

from collections.abc import Callable, Iterable

from desk import QUIET
from playwright.sync_api import Error, Page, expect

COUNTER = "window.__pwned = []; window.pwn = (element) => window.__pwned.push(element);"
WHERE = """() => window.__pwned.map((element) => {
	const path = [];
	for (let at = element; at && at.getAttribute; at = at.parentElement) {
		path.push(at.getAttribute("data-fieldname") || at.className || at.tagName);
	}
	return (element.getAttribute ? element.getAttribute("data-of") || element.src || "" : element) + " in " + path.slice(0, 7).join(" < ");
})"""


def where_script_ran(page: Page, world: dict, visits: Iterable[Callable], shot: Callable) -> list[str]:
	"""Go through the visits; return where script ran, and what could not be visited."""
	page.add_init_script(COUNTER)
	page.reload()
	page.set_default_timeout(15_000)
	expect.set_options(timeout=15_000)
	problems = []
	for visit in visits:
		try:
			visit(page, world)
			page.wait_for_function(f"() => !window.frappe?.request || ({QUIET})()")
			shot(page, f"no-script-{visit.__name__}")
			problems += [f"{visit.__name__}: {place}" for place in page.evaluate(WHERE)]
		except (AssertionError, Error) as problem:  # the next one is visited all the same
			shot(page, f"no-script-{visit.__name__}-failed")
			problems.append(f"{visit.__name__}: {problem!s:.300}")
	return problems
