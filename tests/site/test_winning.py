"""*Winning by Group*: every figure equals an independent computation over the rows, and opens its chains (R27)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pytest
from frappe.utils import add_to_date, now_datetime

from crm_interactions.chains import closing, groupings
from crm_interactions.chains.results import Result
from tests.site.factories import contact, interaction, log_in, partner, record
from tests.site.figures import winning as figures
from tests.site.figures.exported import Period
from tests.site.other_apps import need
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
WINNING, DETAILS = "Winning by Group", "Chain Details"
START = datetime(2025, 1, 1, 9)
YEAR = Period("2025-01-01", "2025-12-31")
PERIOD = {"from_date": YEAR.from_date, "to_date": YEAR.to_date}
CATEGORIES = ("Trade Negotiations", "Customer Acquisition", "Order Fulfilment", None)
RESULTS = ("Won", "Won", "Lost", "No Decision", "Resolved", None, None)
CURRENCIES = ("EUR", "USD", "GBP")


@pytest.fixture
def world():
	"""Create 60 chains with all kinds of results over a year and more, without two won in the same second."""
	rng = Random(16)  # noqa: S311  test data
	partners = [partner(name) for name in ("Alfa", "Beta", "Gama")]
	for number in range(60):
		of = rng.choice(partners)
		started = START + timedelta(days=rng.randrange(-10, 380), seconds=number)
		call = interaction(
			of,
			category=rng.choice(CATEGORIES),
			interaction_type=rng.choice(("Phone Call", "E-mail")),
			direction=rng.choice(("Incoming", "Outgoing")),
			starts_on=str(started),
		)
		result = rng.choice(RESULTS)
		if result:
			amount = rng.choice((0, 100, 250.5)) if result != "Resolved" else 0
			ended = Result(result, amount, rng.choice(CURRENCIES) if amount else None)
			closing.close(
				call.chain, closed_on=started + timedelta(hours=rng.randrange(1, 2000)), ended=ended
			)
		elif rng.random() < 0.2:
			closing.close(call.chain)


def report(name: str = WINNING, **filters) -> dict:
	return run_report(name, **{**PERIOD, **filters})


@pytest.mark.parametrize("group_by", figures.GROUPS)
def test_every_figure_equals_an_independent_computation(world, group_by):
	figures.check_report(YEAR, figures.select_deals(YEAR), group_by)


def test_the_chains_behind_the_numbers_equal_those_of_the_rows(world):
	figures.check_details(YEAR, figures.select_deals(YEAR))


def test_each_number_opens_as_many_chains(world):
	for row in rows_of(report()):
		if "chains" not in row:
			continue
		numbers = {figure: row[figure] for figure in ("chains", "open", "won", "lost")}
		# of the drawn rate
		numbers["decided"] = row["won"] + row["lost"]
		for figure, number in numbers.items():
			about = {"group_by": "category", "group_value": row["group_value"] or "-", "figure": figure}
			opened = rows_of(report(DETAILS, **about))
			assert len(opened) == number, (row["group"], figure)
			assert {one["group"] for one in opened} <= {row["group"]}


def test_a_period_within_a_quarter_has_a_chart_too(world):
	period = Period("2025-01-01", "2025-03-31")
	answer = figures.check_report(period, figures.select_deals(period), "category")
	assert len(answer["chart"]["data"]["labels"]) == 1


@pytest.mark.parametrize("group_by", ["company", "territory", "customer_group", "lead_source", "campaign"])
def test_the_groupings_of_other_apps_count_each_chain_once(world, group_by):
	need("erpnext")
	assert sum(row.get("chains", 0) for row in rows_of(report(group_by=group_by))) == len(
		figures.select_deals(YEAR)
	)


def test_partners_give_their_territory():
	need("erpnext")
	territory = frappe.db.get_value("Territory", {"is_group": 0})
	of = partner(
		"Gora", territory=territory, customer_group=frappe.db.get_value("Customer Group", {"is_group": 0})
	)
	call = interaction(of, starts_on="2025-03-03 10:00:00")
	closing.close(call.chain, ended=Result("Won"))
	(row,) = [one for one in rows_of(report(group_by="territory")) if one["group_value"] == territory]
	assert row["won"] == 1


def test_a_dictionary_groups_by_the_values_of_the_first_activity():
	record("Interaction Dictionary", title="Region")
	value = record("Interaction Dictionary Value", dictionary="Region", value="North").name
	first = interaction(
		starts_on="2025-03-03 10:00:00", dictionary_values=[{"dictionary": "Region", "value": value}]
	)
	interaction(starts_on="2025-03-04 10:00:00", chain=first.chain)
	rows = {row["group"]: row["chains"] for row in rows_of(report(group_by="dictionary:Region"))}
	assert rows["North"] == 1


def test_a_merged_chain_and_a_claim_are_left_out(settings):
	settings(subject_types=[{"subject_type": "ToDo", "is_claim": 1}])
	claim = record("ToDo", description="Broken pump")
	interaction(starts_on="2025-03-03 10:00:00", subject_type="ToDo", subject=claim.name)
	assert sum(row["chains"] for row in rows_of(report())) == 0


def test_an_empty_period_has_no_rows_and_no_chart():
	answer = report(from_date="1990-01-01", to_date="1990-12-31")
	assert rows_of(answer) == []
	assert not answer["chart"]["data"]["labels"]


def test_a_single_chain_of_the_future_is_counted():
	start = add_to_date(now_datetime(), days=3, as_string=True, as_datetime=True)
	interaction(starts_on=start, status="Planned", category="Trade Negotiations")
	answer = report(from_date=start[:10], to_date=start[:10])
	rows = rows_of(answer)
	# Frappe shows *No Data* in the place of a chart without labels
	assert answer["chart"]["data"] == {"labels": None, "datasets": []}
	assert [(row["group"], row["chains"], row["open"], row["win_rate"]) for row in rows] == [
		("Trade Negotiations", 1, 1, None)
	]


@pytest.mark.parametrize(
	("filters", "message"),
	[
		({"from_date": "2025-02-01", "to_date": "2025-01-01"}, "ends before it starts"),
		({"from_date": "soon"}, "soon.* is not a valid date"),
		({"group_by": "weather"}, "weather.* is no value of .*group_by"),
	],
)
def test_invalid_filters_are_refused(filters, message):
	with pytest.raises(frappe.ValidationError, match=message):
		report(**filters)


def test_users_count_only_chains_that_they_see(settings):
	settings(visibility="Own and Team")
	of = partner()
	contact(of)
	interaction(of, starts_on="2025-03-03 10:00:00")
	log_in("own.figures@example.com", "Interaction User")
	mine = interaction(of, starts_on="2025-03-04 10:00:00")
	assert sum(row["chains"] for row in rows_of(report())) == 1
	assert [row["name"] for row in rows_of(report(DETAILS))] == [mine.chain]


def test_groupings_that_the_site_cannot_have_are_not_offered():
	keys = [*groupings.list_groupings()]
	assert keys[:4] == ["category", "first_type", "first_direction", "responsible"]
	assert ("customer_group" in keys) == ("erpnext" in frappe.get_installed_apps())
