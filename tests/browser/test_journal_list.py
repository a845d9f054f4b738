"""The journal's list filters like the list of interactions, and has its views (R1, B8)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, field, open_list
from tests.browser.fixtures import user_fixture

MINE, OTHER = "Moj razgovor", "Tuđi razgovor"

employee = user_fixture("reads.journal@example.com", "Dnevka")


@pytest.fixture(scope="module")
def recorded(site, employee):
	common = {**site.party("Dnevnik d.o.o."), "direction": "Incoming", "how_to_reach": "+385 1 555 8899"}
	site.phone_call(MINE, **common, responsible="reads.journal@example.com")
	site.phone_call(OTHER, **common)
	return common


@pytest.mark.every_platform
def test_the_journal_has_filters_and_views(open_desk, employee, recorded, shot):
	journal = open_list(open_desk(employee, "desktop"), "Activity Link")
	for name in ("contact", "party", "activity_date"):
		expect(field(journal, name)).to_be_visible()
	choose(journal, "party", recorded["party"])
	expect(journal.locator(".list-row", has_text=OTHER)).to_have_count(1)
	journal.get_by_role("button", name="Views").click()
	journal.page.locator(".dropdown-menu:visible").get_by_text("Mine", exact=True).click()
	expect(journal.locator(".list-row", has_text=MINE)).to_have_count(1)
	expect(journal.locator(".list-row", has_text=OTHER)).to_have_count(0)
	shot(journal.page, "journal-views")
