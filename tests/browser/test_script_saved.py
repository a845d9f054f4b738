"""Script that users save in text fields runs nowhere, as Frappe cleans saved texts."""

import pytest

from tests.browser.fixtures import ADMINISTRATOR, user_fixture
from tests.browser.script_visits import APP_SCREENS, VISITS
from tests.browser.script_world import SCRIPT, world_fixture
from tests.browser.visiting import where_script_ran

manager = user_fixture("no.script@example.com", "Nevenka", ADMINISTRATOR)
world = world_fixture(SCRIPT, "saved")


@pytest.mark.every_platform
def test_saved_script_runs_on_no_screen(open_desk, manager, world, shot, width):
	"""On a phone, only the screens outside test_script_stored are visited."""
	page = open_desk(manager, width)
	visits = VISITS if width == "desktop" else [visit for visit in VISITS if visit not in APP_SCREENS]
	problems = where_script_ran(page, world, visits, lambda page, name: shot(page, f"{name}-saved-{width}"))
	assert not problems, "\n".join(problems)
