"""*What Comes Before Progress*: every figure equals lifelines' and pandas' over the rows, and opens its chains (B6)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.visibility import reporting_lines
from tests.site.factories import interaction, log_in, partner, record, user
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
PROGRESS, DETAILS = "What Comes Before Progress", "Chain Details"
START = datetime(2025, 1, 1, 9)
PERIOD = {"from_date": "2025-01-01", "to_date": "2025-12-31"}
DAY = pd.Timedelta(days=1)
LANDMARK, HORIZON = 14, 90
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


def table_of(doctype: str) -> pd.DataFrame:
	return pd.DataFrame([{**row} for row in frappe.get_all(doctype, {}, ["*"])])


def chains_at_risk() -> pd.DataFrame:
	"""Return the chains undecided at the landmark with days from then on, and their factors as columns."""
	chains, rows = table_of("Interaction Chain"), table_of("Activity Link")
	chains = chains[chains.started_on.between("2025-01-01", "2025-12-31")]
	chains = chains[~chains.result.isin(["Resolved", "Not Resolved"])].copy()
	chains["result"] = chains.result.fillna("")
	ends = chains.result_on.where(chains.result != "", chains.closed_on).fillna(pd.Timestamp.now())
	chains["days"] = (ends - chains.started_on) / DAY - LANDMARK
	rows = rows.sort_values(["activity_date", "creation", "name"])
	first = rows.groupby("chain").first()
	second = rows.groupby("chain").activity_date.nth(1)
	second.index = rows.loc[second.index, "chain"]
	chains = chains.set_index("name")
	chains["responsible"] = first.responsible
	chains["began"] = first.direction
	chains["delay"] = (second - chains.started_on) / DAY
	mails = rows[(rows.interaction_type == "E-mail")].groupby("chain").activity_date.min()
	chains["mailed"] = (mails - chains.started_on) / DAY <= LANDMARK
	return chains[chains.days > 0]


def check(row: dict, chains: pd.DataFrame, has_it: pd.Series) -> None:
	"""Compare a row with the estimates of lifelines."""
	sides = chains[has_it], chains[~has_it]
	assert (row["with_step"], row["without_step"]) == tuple(map(len, sides))
	if min(map(len, sides)) < 20:
		assert row["is_small"] and row["p"] is row["won_with"] is row["days_difference"] is None
		return
	means = []
	for name, side in zip(("with", "without"), sides, strict=True):
		curve = KaplanMeierFitter().fit(side.days, side.result != "")
		assert row[f"decided_{name}"] == pytest.approx(100 * (1 - curve.predict(HORIZON)), abs=1e-9)
		means.append(restricted_mean_survival_time(curve, HORIZON))
		assert row[f"days_{name}"] == pytest.approx(means[-1], abs=1e-6)
		before = curve.survival_function_at_times(side.days - 1e-9).to_numpy()
		at_risk = side.days.map(lambda day, side=side: (side.days >= day).sum())
		counts = (side.result == "Won") & (side.days <= HORIZON)
		assert row[f"won_{name}"] == pytest.approx(100 * (before / at_risk)[counts].sum(), abs=1e-6)
	assert row["won_low"] <= row["won_difference"] <= row["won_high"]
	assert row["days_difference"] == pytest.approx(means[0] - means[1], abs=1e-6)
	expected = logrank_test(
		*(side.days for side in sides), *(side.result != "" for side in sides), t_0=HORIZON
	)
	assert row["p"] == pytest.approx(expected.p_value, abs=1e-9)


def test_every_figure_equals_an_independent_computation(world):
	chains = chains_at_risk()
	rows = {(row["factor_kind"], row["factor_key"]): row for row in rows_of(report())}
	one, other = "progress0@example.com", "progress1@example.com"
	check(rows["step", "Outgoing:E-mail"], chains, chains.mailed)
	check(rows["step", "Incoming:Phone Call"], chains, chains.began == "Incoming")
	check(rows["began", "Outgoing"], chains, chains.began == "Outgoing")
	check(rows["responsible", one], chains, chains.responsible == one)
	check(rows["team", one], chains, chains.responsible.isin([one, other]))
	check(rows["first_delay", "none"], chains, ~(chains.delay <= LANDMARK))
	for key, low in (("1", -1), ("3", 1), ("7", 3), ("14", 7)):
		check(rows["first_delay", key], chains, (chains.delay > low) & (chains.delay <= int(key)))
	ps = pd.Series(sorted(row["p"] for row in rows.values() if row["p"] is not None))
	adjusted = (ps * len(ps) / (ps.index + 1))[::-1].cummin()[::-1].clip(upper=1)
	assert sorted(row["q"] for row in rows.values() if row["p"] is not None) == pytest.approx([*adjusted])


def test_each_size_opens_as_many_chains(world):
	for row in rows_of(report()):
		about = {"factor": row["factor_kind"], "step": row["factor_key"]}
		for figure in ("with_step", "without_step"):
			assert len(rows_of(report(DETAILS, **about, figure=figure))) == row[figure], about


def test_claims_are_compared_with_each_other_only(world):
	values = {card["label"]: card["value"] for card in report(outcome="Resolved")["report_summary"]}
	chains = table_of("Interaction Chain")
	assert values["Chains"] == (chains.result == "Resolved").sum()


def test_a_kind_limits_the_chains(world):
	values = {
		card["label"]: card["value"]
		for card in report(group_by="first_direction", kind="Incoming")["report_summary"]
	}
	assert values["Undecided Then"] == (chains_at_risk().began == "Incoming").sum()


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
