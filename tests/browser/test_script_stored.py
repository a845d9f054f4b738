"""Uncleaned script in every text field of the database does not run on the app's screens.

Frappe's lists, grids and reports rely on cleaned texts. The app's panels, dialogs, calendars and print formats must be
safe with uncleaned ones.
"""

import re

import pytest

from tests.browser import raw_values
from tests.browser.fixtures import ADMINISTRATOR, user_fixture
from tests.browser.script_visits import APP_SCREENS
from tests.browser.script_world import SCRIPT, harmless, values_with_script, world_fixture
from tests.browser.visiting import where_script_ran

# Frappe's own elements: cells of grids, lists and reports, elements measured outside the page, a partner's contacts,
# field boxes, and Frappe 15's suggestions of link fields
FRAPPES = re.compile(
	r"awesomplete|static-area|control-value like-disabled-input|list-row|filterable|dt-cell|contact_html|address-box| in (IMG|SCRIPT)( < DIV)?$"
)

manager = user_fixture("stored.script@example.com", "Nina", ADMINISTRATOR)
world = world_fixture(SCRIPT, "stored")


@pytest.fixture
def stored(world):
	"""Write script into the database for one test, and replace it afterwards for the other tests on this site."""
	rows = values_with_script(world)
	raw_values.write(rows)
	yield
	raw_values.write(harmless(rows))


@pytest.mark.usefixtures("stored")
def test_stored_script_runs_on_no_screen_of_the_app(open_desk, manager, world, shot, width):
	page = open_desk(manager, width)
	problems = where_script_ran(page, world, APP_SCREENS, lambda page, name: shot(page, f"{name}-{width}"))
	problems = [problem for problem in problems if not _is_frappes(problem)]
	assert not problems, "\n".join(problems)


def _is_frappes(problem: str) -> bool:
	"""Return True for one of Frappe's elements; the cells of the app's report count as the app's."""
	return bool(FRAPPES.search(problem)) and not re.match("the_team_report: .*dt-cell", problem)
