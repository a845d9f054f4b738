"""Text that looks like HTML is shown as typed, wherever the Desk shows a topic."""

import pytest
from playwright.sync_api import expect

from tests.browser.chains import ROWS, open_form, open_list, panel
from tests.browser.desk import close, dialog, field, form, shown
from tests.browser.fixtures import party_fixture, user_fixture
from tests.browser.menus import press_in_head

TYPED = "R&D <Q3> plan"

employee = user_fixture("writes.signs@example.com", "Siniša")
partner = party_fixture("Znakovi d.o.o.")


@pytest.mark.every_platform
def test_a_topic_is_shown_as_typed(site, open_desk, employee, partner, width, shot):
	planned = {"starts_on": "2090-01-01 10:00:00", "how_to_reach": "+385 1 555 0107", "responsible": employee}
	call = site.phone_call(TYPED, **planned, **partner)
	page = open_desk(employee, width)
	open_list(page, "Interaction", name=call["name"])
	expect(page.locator(".list-row", has_text=TYPED)).to_have_count(1)
	shot(page, f"typed-list-{width}")
	open_form(page, "Interaction", call["name"])
	expect(shown(page, ".page-head .title-text").first).to_have_text(TYPED)
	expect(field(form(page), "title").locator("input").first).to_have_value(TYPED)
	expect(panel(page).locator(ROWS, has_text=TYPED)).to_have_count(1)
	press_in_head(page, "Complete")
	expect(dialog(page)).to_contain_text(TYPED)
	shot(page, f"typed-complete-{width}")
	close(dialog(page))
	open_form(page, "Interaction Chain", site.get("Interaction", call["name"])["chain"])
	expect(panel(page).locator(ROWS, has_text=TYPED)).to_have_count(1)
	shot(page, f"typed-chain-{width}")
	assert not page.locator("q3").count()
