"""Script in every text field: run nowhere when it was saved as anybody can, and by nothing of ours even where it lies in the database.

The platform cleans text when it is saved, and its lists, grids and reports show it as HTML then. What was written past that
is therefore held against our own panels, dialogs, calendars and papers only.
"""

import re

import pytest
import raw_values
from desk import QUIET
from playwright.sync_api import Error, expect
from script_visits import OURS, VISITS
from script_world import made_of_script, values_with_script

COUNTER = "window.__pwned = []; window.pwn = (element) => window.__pwned.push(element);"
WHERE = """() => window.__pwned.map((element) => {
	const path = [];
	for (let at = element; at && at.getAttribute; at = at.parentElement) {
		path.push(at.getAttribute("data-fieldname") || at.className || at.tagName);
	}
	return (element.getAttribute ? element.getAttribute("data-of") || element.src || "" : element) + " in " + path.slice(0, 7).join(" < ");
})"""
# of the platform: cells of grids, lists and reports, what is measured outside the page, a partner's contacts, boxes of fields,
# what Frappe 15 suggests in a link field
PLATFORMS = re.compile(
	r"awesomplete|static-area|control-value like-disabled-input|list-row|filterable|dt-cell|contact_html|address-box| in (IMG|SCRIPT)( < DIV)?$"
)


@pytest.fixture(scope="module")
def manager(site):
	return site.user("no.script@example.com", "Nina", "Interaction Manager", "Sales User", "System Manager")


@pytest.fixture(scope="module")
def world(site, manager):
	with made_of_script(site, manager) as names:
		yield names


def test_no_script_runs_that_was_saved(open_desk, manager, world, shot, width):
	"""On a phone only where the next test doesn't go."""
	page = open_desk(manager, width)
	visits = VISITS if width == "desktop" else [visit for visit in VISITS if visit not in OURS]
	problems = _visited(page, world, visits, lambda page, name: shot(page, f"{name}-saved-{width}"))
	assert not problems, "\n".join(problems)


def test_nothing_of_ours_runs_what_lies_in_the_database(open_desk, manager, world, shot, width):
	raw_values.write(values_with_script(world))
	page = open_desk(manager, width)
	problems = _visited(page, world, OURS, lambda page, name: shot(page, f"{name}-{width}"))
	problems = [problem for problem in problems if not _is_platforms(problem)]
	assert not problems, "\n".join(problems)


def _is_platforms(problem: str) -> bool:
	"""The cells of our own report are ours."""
	return bool(PLATFORMS.search(problem)) and not re.match("the_team_report: .*dt-cell", problem)


def _visited(page, world, visits, shot) -> list[str]:
	"""Go through the visits; return where script ran, and what could not be visited."""
	page.add_init_script(COUNTER)
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
