"""*Chain Speed*: every figure equals an independent computation over the rows, and opens its chains (R27)."""

import frappe
import pytest

from crm_interactions.chains import groupings, slowness
from tests.site.chains_world import create_chains
from tests.site.factories import interaction, log_in, record, some_partner, user
from tests.site.figures import speed
from tests.site.figures.exported import Period
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
PERIOD = {"from_date": "2025-01-01", "to_date": "2025-12-31"}


@pytest.fixture
def world():
	create_chains()
	for name in frappe.get_all("Interaction Chain", {"status": "Open"}, pluck="name", limit=7):
		frappe.db.set_value("Interaction Chain", name, slowness.values_of(slowness.SILENT, 4.5))


def report(name: str = "Chain Speed", **filters) -> dict:
	return run_report(name, **{**PERIOD, **filters})


@pytest.mark.parametrize("about", ["Deals", "Claims"])
def test_every_figure_equals_an_independent_computation(world, about):
	figures = speed.check_report(Period(*PERIOD.values()), about)
	if about == "Deals":
		assert any(found["slow"] for found in figures)
		assert any(found["p75_days_to_result"] is None for found in figures)
		assert any(found["p75_days_to_result"] for found in figures)


@pytest.mark.parametrize("about", ["Deals", "Claims"])
def test_each_number_opens_as_many_chains(world, about):
	for row in rows_of(report(about=about)):
		for figure in ("chains", "slow"):
			opened = rows_of(
				report(
					"Chain Details",
					group_by="category",
					group_value=row["group_value"] or "-",
					figure=figure,
					about=about,
				)
			)
			assert len(opened) == row[figure], (row["group"], figure)


def test_an_unknown_side_is_refused():
	with pytest.raises(frappe.ValidationError, match="Choose one of: Deals, Claims"):
		report(about="Both")


def test_each_grouping_answers_a_user_with_the_longest_conditions(settings):
	"""SQLite parses only so many levels of queries and conditions."""
	settings(visibility="Own and Team")
	record("Interaction Dictionary", title="Region")
	log_in("speed@example.com", "Interaction User")
	of_user = user("below.speed@example.com", "Interaction User").name
	frappe.set_user("Administrator")
	record("Interaction Team", team_name="North", leader="speed@example.com", members=[{"user": of_user}])
	of = some_partner()
	interaction(of, starts_on="2025-03-04 10:00:00", responsible=of_user)
	interaction(of, starts_on="2025-03-04 10:00:00")
	frappe.set_user("speed@example.com")
	for key in groupings.list_groupings():
		assert sum(row["chains"] for row in rows_of(report(group_by=key))) == 1, key
