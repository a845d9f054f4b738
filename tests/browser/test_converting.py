"""A planned interaction is converted into a meeting in the same chain with one click (R25)."""

import pytest

from tests.browser.chains import open_form, panel
from tests.browser.fixtures import user_fixture
from tests.browser.menus import menu_entry

planner = user_fixture("planner@example.com", "Petra")


@pytest.mark.every_platform
def test_a_planned_interaction_can_be_converted_into_a_meeting(site, open_desk, planner, width, shot):
	partner = site.party(f"Drvna industrija ({width})", f"Marko {width}", "+385 1 234 5678")
	values = {"interaction_type": "Planned", "responsible": planner, "starts_on": "2100-06-01 10:00:00"}
	plan = site.make("Interaction", title="Razgovor o suradnji", **partner, **values)
	page = open_desk(planner, width)
	open_form(page, "Interaction", plan["name"])
	meeting = menu_entry(page, "Turn Into", "Meeting")
	shot(page, f"turn-into-{width}")
	meeting.click()
	converted = "() => window.cur_frm && cur_frm.doctype === 'Meeting' && cur_frm.doc.__onload !== null"
	page.wait_for_function(converted)
	panel(page)
	name = page.evaluate("() => cur_frm.doc.name")
	site.made.append(("Meeting", name))
	meeting = site.get("Meeting", name)
	kept = (plan["title"], plan["chain"], "Planned")
	assert (meeting["title"], meeting["chain"], meeting["status"]) == kept
	assert meeting["participants"][0]["participant"] == partner["contact"]
	assert not site.find("Interaction", name=plan["name"])
	shot(page, f"turned-into-{width}")
