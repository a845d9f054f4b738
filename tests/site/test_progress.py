"""*What Comes Before Progress*: every figure equals lifelines' and pandas' over the rows, and opens its chains (B6)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pytest

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.visibility import reporting_lines
from tests.site.factories import interaction, log_in, partner, record, user
from tests.site.figures import progress as figures
from tests.site.figures.exported import Period
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
PROGRESS, DETAILS = "What Comes Before Progress", "Chain Details"
START = datetime(2025, 1, 1, 9)
YEAR = Period("2025-01-01", "2025-12-31")
PERIOD = {"from_date": YEAR.from_date, "to_date": YEAR.to_date}
RESULTS = ("Won", "Won", "Lost", "No Decision", "Resolved", None, None)


@pytest.fixture
def world():
	"""Create 90 chains; those with an early outgoing mail are decided sooner."""
	rng, of = Random(5), partner("Alfa")  # noqa: S311  test data
	people = [user(f"progress{number}@example.com", "Interaction User").name for number in range(2)]
	record("Interaction Team", team_name="North", leader=people[0], members=[{"user": people[1]}])
	for number in range(90):
		started = START + timedelta(days=rng.randrange(300), seconds=number)
		call = interaction(
			of,
			direction=rng.choice(("Incoming", "Outgoing")),
			starts_on=str(started),
			responsible=rng.choice(people),
		)
		mails = rng.random() < 0.5
		if mails:
			days = rng.choice((0.5, 2, 5, 9, 14, 20))
			interaction(
				of,
				chain=call.chain,
				interaction_type="E-mail",
				how_to_reach="a@example.com",
				direction="Outgoing",
				starts_on=str(started + timedelta(days=days)),
			)
		result = rng.choice(RESULTS)
		end = started + timedelta(days=rng.randrange(5, 60 if mails else 200), hours=3)
		if result:
			closing.close(call.chain, closed_on=end, ended=Result(result))
		elif rng.random() < 0.3:
			closing.close(call.chain, closed_on=end)


def report(name: str = PROGRESS, **filters) -> dict:
	return run_report(name, **{**PERIOD, **filters})


def test_every_figure_equals_an_independent_computation(world):
	rows = rows_of(figures.check_report(YEAR))
	assert {row["factor_kind"] for row in rows} == {"step", "first_delay", "began", "responsible", "team"}
	assert any(row["p"] is not None for row in rows)


def test_each_size_opens_as_many_chains(world):
	for row in rows_of(report()):
		about = {"factor": row["factor_kind"], "step": row["factor_key"]}
		for figure in ("with_step", "without_step"):
			assert len(rows_of(report(DETAILS, **about, figure=figure))) == row[figure], about


def test_claims_are_compared_with_each_other_only(world):
	values = {card["label"]: card["value"] for card in report(outcome="Resolved")["report_summary"]}
	assert values["Chains"] == frappe.db.count("Interaction Chain", {"result": "Resolved"})


def test_a_kind_limits_the_chains(world):
	values = {
		card["label"]: card["value"]
		for card in report(group_by="first_direction", kind="Incoming")["report_summary"]
	}
	assert values["Undecided Then"] == (figures.Exported(YEAR).chains.direction == "Incoming").sum()


def test_chains_that_begin_and_end_at_once_are_left_out():
	for _number in range(25):
		call = interaction(starts_on="2025-03-03 10:00:00")
		closing.close(call.chain, closed_on=datetime(2025, 3, 3, 10), ended=Result("Won"))
	assert rows_of(report()) == rows_of(report(landmark_days=0)) == []


def test_an_empty_period_has_no_rows_and_says_so():
	answer = report(from_date="1990-01-01", to_date="1990-12-31")
	assert rows_of(answer) == []
	assert not answer.get("chart")
	assert "No row has figures" in answer["message"]


@pytest.mark.parametrize(
	("filters", "message"),
	[
		({"outcome": "Rain"}, "Rain.* is no value of .*outcome"),
		({"landmark_days": "-1"}, "no number of days"),
		({"horizon_days": "1.5"}, "no number of days"),
		({"group_by": "weather"}, "weather.* is no value of .*group_by"),
	],
)
def test_invalid_filters_are_refused(filters, message):
	with pytest.raises(frappe.ValidationError, match=message):
		report(**filters)


@pytest.mark.parametrize("text", ["' or 1=1 --", "100%", "%(x)s", "<b>"])
def test_hostile_filters_find_nothing(world, text):
	assert rows_of(report(kind=text)) == []
	assert rows_of(report(DETAILS, figure="with_step", step=text)) == []


def test_chains_without_a_readable_first_activity_have_no_responsible_user(settings):
	settings(visibility="Own and Team")
	of = partner()
	hidden = interaction(of, starts_on="2025-03-03 10:00:00")
	interaction(of, starts_on="2025-03-03 10:00:00")
	mine = user("own.progress@example.com", "Interaction User").name
	interaction(of, starts_on="2025-03-04 10:00:00", chain=hidden.chain, responsible=mine)
	log_in(mine, "Interaction User")
	answer = report()
	assert {card["label"]: card["value"] for card in answer["report_summary"]}["Chains"] == 1
	assert not [row for row in rows_of(answer) if row["factor_kind"] == "responsible"]


def test_users_compare_only_the_teams_that_they_may_know():
	people = [user(f"progress{number}@example.com", "Interaction User").name for number in range(3)]
	for number, leader in enumerate(people[:2]):
		record("Interaction Team", team_name=f"Team {number}", leader=leader, members=[{"user": people[2]}])
	reporting_lines.refresh_lines()
	interaction(starts_on="2025-03-03 10:00:00", responsible=people[2])

	def teams() -> set[str]:
		return {row["factor_key"] for row in rows_of(report()) if row["factor_kind"] == "team"}

	assert teams() == {*people[:2]}
	frappe.set_user(people[0])
	assert teams() == {people[0]}
	frappe.set_user(people[2])
	assert teams() == set()
