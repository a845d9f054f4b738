"""Script in every text field that lies in the database, past all cleaning: nothing of ours runs it.

The platform's lists, grids and reports show cleaned text as HTML. Our own panels, dialogs, calendars and papers are held
against text that was never cleaned.
"""

import re

import pytest
import raw_values
from script_check import where_script_ran
from script_visits import OURS
from script_world import SCRIPT, made_of, mended, values_with_script

# the platform's own: cells of grids, lists and reports, elements measured outside the page, a partner's contacts, field boxes,
# the suggestions of a link field on Frappe 15
PLATFORMS = re.compile(
	r"awesomplete|static-area|control-value like-disabled-input|list-row|filterable|dt-cell|contact_html|address-box| in (IMG|SCRIPT)( < DIV)?$"
)


@pytest.fixture(scope="module")
def manager(site):
	return site.user(
		"stored.script@example.com", "Nina", "Interaction Manager", "Sales User", "System Manager"
	)


@pytest.fixture(scope="module")
def world(site, manager):
	with made_of(SCRIPT, site, manager, "stored") as names:
		yield names


@pytest.fixture
def stored(world):
	"""Write script into the database for one test; others on this site are to find none."""
	rows = values_with_script(world)
	raw_values.write(rows)
	yield
	raw_values.write(mended(rows))


@pytest.mark.usefixtures("stored")
def test_nothing_of_ours_runs_what_lies_in_the_database(open_desk, manager, world, shot, width):
	page = open_desk(manager, width)
	problems = where_script_ran(page, world, OURS, lambda page, name: shot(page, f"{name}-{width}"))
	problems = [problem for problem in problems if not _is_platforms(problem)]
	assert not problems, "\n".join(problems)


def _is_platforms(problem: str) -> bool:
	"""The cells of our own report are ours."""
	return bool(PLATFORMS.search(problem)) and not re.match("the_team_report: .*dt-cell", problem)
