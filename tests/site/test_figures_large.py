"""On 200,000 made-up activities in 20,000 chains, every figure of every report equals its computation with pandas.

Only the full tier loads them; the quick one checks that the history itself is as the app would have written it.
"""

from random import Random

import frappe
import pytest
from frappe.utils import add_days, now_datetime, today

from benchmarks import filling, history
from crm_interactions.chains import summary
from crm_interactions.parties.partners import party_types
from crm_interactions.visibility import reporting_lines
from tests.site.figures import activities, chains, effectiveness, progress, speed, winning
from tests.site.figures.exported import Period
from tests.site.tier import choose

pytestmark = pytest.mark.records_only
CHAINS = choose(200, 20_000)
SAVEPOINT = "history"


@pytest.fixture(scope="module")
def told(site):
	"""Write the history in the transaction of the module."""
	frappe.set_user("Administrator")
	party_type = next(doctype for doctype in filling.PARTY_TYPES if doctype in party_types())
	story = history.Story(
		chains=CHAINS,
		today=now_datetime().replace(microsecond=0),
		prefix="HISTORY-",
		party_type=party_type,
		title_field=filling.PARTY_TYPES[party_type],
		of_party={},
		audiences=dict.fromkeys(history.PEOPLE),
	)
	filling.insert_mixed(history.write(story))
	reporting_lines.refresh_lines()
	yield story
	frappe.set_user("Administrator")
	frappe.db.rollback()
	frappe.clear_cache()


@pytest.fixture(autouse=True)
def rolled_back(told):
	frappe.set_user("Administrator")
	frappe.db.savepoint(SAVEPOINT)
	yield
	frappe.db.rollback(save_point=SAVEPOINT)


@pytest.fixture(scope="module")
def year() -> Period:
	return Period(add_days(today(), -364), today())


@pytest.fixture(scope="module")
def all_years() -> Period:
	return Period(add_days(today(), -history.DAYS), today())


def test_the_summaries_are_those_that_the_app_computes(told):
	fields = (
		"started_on",
		"last_activity_on",
		"next_step_on",
		"has_next_step",
		"activity_count",
		"turn",
		"turn_since",
	)
	names = [told.chain(number) for number in range(0, CHAINS, max(1, CHAINS // 50))]
	before = frappe.get_all("Interaction Chain", {"name": ("in", names)}, ["name", *fields], order_by="name")
	summary.refresh_summary(*names)
	after = frappe.get_all("Interaction Chain", {"name": ("in", names)}, ["name", *fields], order_by="name")
	assert before == after


@pytest.mark.parametrize("group_by", winning.GROUPS)
def test_winning_by_group(year, all_years, group_by):
	for period in (year, all_years):
		winning.check_report(period, winning.select_deals(period), group_by)


def test_chain_details(year):
	winning.check_details(year, winning.select_deals(year))


def test_chain_speed(all_years):
	speed.check_report(all_years)


def test_employee_effectiveness(year):
	effectiveness.check_report(effectiveness.Exported(), year)


@pytest.mark.parametrize("second", ["direction", "category", "status"])
def test_activity_analytics(all_years, second):
	activities.check_analytics(all_years, activities.select_activities(all_years), second)


def test_meeting_costs(all_years):
	activities.check_costs(all_years)


def test_silent_partners():
	assert chains.check_silent()


def test_chains_without_next_step():
	assert chains.check_bare()


def test_negotiation_summary(told):
	stories = chains.Stories()
	for number in Random(3).sample(range(CHAINS), 100):  # noqa: S311  test data
		stories.check(told.chain(number))


def test_what_comes_before_progress(all_years):
	progress.check_report(all_years)
