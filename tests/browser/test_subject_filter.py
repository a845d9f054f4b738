"""The list of interactions can be filtered by subject (R1)."""

import pytest
from playwright.sync_api import expect

from tests.browser.desk import choose, field, open_list

ABOUT, OTHER = "O njemu", "O nečem drugom"


@pytest.fixture(scope="module")
def employee(site):
	return site.user("asks.about@example.com", "Tema", "Interaction User", "Sales User")


@pytest.fixture(scope="module")
def subject(site):
	"""Return a partner as the subject of one of two interactions; users can read partners on every platform."""
	partner, subject = site.partner("Tematika d.o.o."), site.partner("Predmet d.o.o.")
	with site.changed("CRM Interactions Settings", subject_types=[{"subject_type": subject["doctype"]}]):
		about = {"subject_type": subject["doctype"], "subject": subject["name"]}
		for title, further in ((ABOUT, about), (OTHER, {})):
			site.make(
				"Interaction",
				interaction_type="Phone Call",
				direction="Incoming",
				party_type=partner["doctype"],
				party=partner["name"],
				how_to_reach="+385 1 555 6677",
				title=title,
				**further,
			)
		yield subject


@pytest.mark.every_platform
def test_the_list_can_be_filtered_by_subject(open_desk, employee, subject, shot):
	interactions = open_list(open_desk(employee, "desktop"), "Interaction")
	choose(interactions, "subject", subject["name"])
	expect(interactions.locator(".list-row", has_text=OTHER)).to_have_count(0)
	expect(interactions.locator(".list-row", has_text=ABOUT)).to_have_count(1)
	shot(interactions.page, "subject-filter")


def test_without_subject_types_there_is_no_subject_filter(site, open_desk, employee, subject):
	with site.changed("CRM Interactions Settings", subject_types=[]):
		interactions = open_list(open_desk(employee, "desktop"), "Interaction")
		expect(field(interactions, "party")).to_be_visible()
		expect(field(interactions, "subject")).to_be_hidden()
		expect(field(interactions, "subject_type")).to_be_hidden()
