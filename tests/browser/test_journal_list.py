"""The journal's list filters like the list of interactions, and has its views (R1, B8)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, field, open_list
from tests.browser.fixtures import user_fixture

MINE, OTHER = "Moj razgovor", "Tuđi razgovor"

employee = user_fixture("reads.journal@example.com", "Dnevka")


@pytest.fixture(scope="module")
def recorded(site, employee):
	planned = {"status": "Planned", "starts_on": "2026-03-01 10:00:00"}
	common = {**site.party("Dnevnik d.o.o."), **planned, "how_to_reach": "+385 1 555 8899"}
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
	mine = journal.get_by_role("button", name="Mine", exact=True)
	mine.click()
	own = journal.locator(".list-row", has_text=MINE)
	expect(own).to_have_count(1)
	expect(journal.locator(".list-row", has_text=OTHER)).to_have_count(0)
	expect(mine).to_have_attribute("aria-pressed", "true")
	expect(journal.locator(".crm-late")).to_have_count(1)
	# the chain by its title, which is the first activity's
	expect(own.locator('[data-column="chain"]')).to_have_text(MINE)
	expect(own.locator('[data-column="responsible"]')).to_have_text("Dnevka")
	shot(journal.page, "journal-views")
	mine.click()
	expect(mine).to_have_attribute("aria-pressed", "false")
