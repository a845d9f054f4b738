"""The list of interactions can be filtered by subject (R1)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, field, open_list
from tests.browser.fixtures import user_fixture

ABOUT, OTHER = "O njemu", "O nečem drugom"

employee = user_fixture("asks.about@example.com", "Tema")


@pytest.fixture(scope="module")
def subject(site):
	"""Return a partner as the subject of one of two interactions; users can read partners on every platform."""
	partner, subject = site.party("Tematika d.o.o."), site.party("Predmet d.o.o.")
	common = {**partner, "direction": "Incoming", "how_to_reach": "+385 1 555 6677"}
	with site.settings(subject_types=[{"subject_type": subject["party_type"]}]):
		site.phone_call(ABOUT, **common, subject_type=subject["party_type"], subject=subject["party"])
		site.phone_call(OTHER, **common)
		yield subject


@pytest.mark.every_platform
def test_the_list_can_be_filtered_by_subject(open_desk, employee, subject, shot):
	interactions = open_list(open_desk(employee, "desktop"), "Interaction")
	interactions.get_by_role("button", name="More…").click()
	choose(interactions, "subject", subject["party"])
	expect(interactions.locator(".list-row", has_text=OTHER)).to_have_count(0)
	expect(interactions.locator(".list-row", has_text=ABOUT)).to_have_count(1)
	shot(interactions.page, "subject-filter")


def test_without_subject_types_there_is_no_subject_filter(site, open_desk, employee, subject):
	with site.settings(subject_types=[]):
		interactions = open_list(open_desk(employee, "desktop"), "Interaction")
		expect(field(interactions, "party")).to_be_visible()
		interactions.get_by_role("button", name="More…").click()
		for name in ("subject", "subject_type"):
			expect(field(interactions, name)).to_be_hidden()
