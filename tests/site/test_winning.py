"""*Winning by Group*: every figure equals an independent computation over the rows, and opens its chains (R27)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pandas as pd
import pytest
from frappe.utils import add_to_date

from crm_interactions.chains import closing, groupings
from crm_interactions.chains.results import Result
from tests.site.factories import contact, interaction, log_in, partner, record
from tests.site.other_apps import need
from tests.site.reporting import rows_of, run_report, wilson

pytestmark = pytest.mark.records_only
WINNING, DETAILS = "Winning by Group", "Chain Details"
START = datetime(2025, 1, 1, 9)
PERIOD = {"from_date": "2025-01-01", "to_date": "2025-12-31"}
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


def table_of(doctype: str, status: str) -> pd.DataFrame:
	"""Return the records of a type that haven't a status."""
	rows = frappe.get_all(doctype, {"status": ("!=", status)}, ["*"])
	return pd.DataFrame([{**row} for row in rows])


def chains_of_the_year() -> pd.DataFrame:
	"""Return the deals of the period with the properties of their first activity, by other means than the report."""
	chains = table_of("Interaction Chain", "Merged")
	rows = table_of("Activity Link", "Cancelled")
	first = rows.sort_values(["activity_date", "creation", "name"]).groupby("chain").first().reset_index()
	columns = ["chain", "category", "interaction_type", "direction"]
	found = chains.merge(
		first[columns], how="left", left_on="name", right_on="chain", suffixes=("", "_first")
	)
	in_period = (found.started_on >= "2025-01-01") & (found.started_on < "2026-01-01")
	found = found[in_period & ~found.result.isin(["Resolved", "Not Resolved"])].copy()
	found["days"] = (found.result_on - found.started_on) / pd.Timedelta(days=1)
	return found


def check_group(shown: list[dict], deals: pd.DataFrame) -> None:
	"""Compare the rows of a group with its chains."""
	row, *others = shown
	results = deals.result.fillna("")
	won, lost = int((results == "Won").sum()), int((results == "Lost").sum())
	undecided = int(((deals.status == "Open") & (results == "")).sum())
	assert [row[name] for name in ("chains", "open", "won", "lost")] == [len(deals), undecided, won, lost]
	if won + lost:
		low, high = wilson(won, won + lost)
		expected = [100 * value for value in (won / (won + lost), low, high)]
		assert [row[name] for name in ("win_rate", "win_low", "win_high")] == pytest.approx(
			expected, abs=1e-9
		)
	else:
		assert row["win_rate"] is row["win_low"] is row["win_high"] is None
	wins = deals[results == "Won"]
	if won:
		assert row["median_days_to_win"] == pytest.approx(wins.days.median(), abs=1e-9)
	else:
		assert row["median_days_to_win"] is None
	sums = wins[wins.result_amount > 0].groupby("result_currency").result_amount.sum().to_dict()
	amounts = {one["currency"]: float(one["amount_won"]) for one in (row, *others) if one["amount_won"]}
	assert amounts == pytest.approx(sums)
	assert all("chains" not in one for one in others)


GROUPS = {
	"category": "category",
	"first_type": "interaction_type",
	"first_direction": "direction",
	"responsible": "responsible",
}


@pytest.mark.parametrize("group_by", GROUPS)
def test_every_figure_equals_an_independent_computation(world, group_by):
	deals = chains_of_the_year()
	deals["grouped"] = deals[GROUPS[group_by]].fillna("").replace({None: ""})
	shown: dict[str, list] = {}
	for row in rows_of(report(group_by=group_by)):
		if "group_value" in row:
			shown[row["group_value"]] = current = []
		current.append(row)
	assert shown.keys() == {*deals.grouped}
	for group, chains in deals.groupby("grouped"):
		check_group(shown[group], chains)


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


def test_the_chart_has_the_rate_of_each_quarter(world):
	deals = chains_of_the_year()
	decided = deals[deals.result.isin(["Won", "Lost"])].copy()
	decided["quarter"] = decided.started_on.dt.quarter
	expected = decided.groupby("quarter").result.apply(lambda found: round(100 * (found == "Won").mean(), 1))
	(shown,) = report()["chart"]["data"]["datasets"]
	assert shown["values"] == pytest.approx([*expected])
	counted = decided.groupby("quarter").size()
	labels = report()["chart"]["data"]["labels"]
	assert [label.endswith(f"/{number})") for label, number in zip(labels, counted, strict=True)] == [
		True
	] * 4


def test_a_period_within_a_quarter_has_a_chart_too(world):
	deals = chains_of_the_year()
	decided = deals[deals.result.isin(["Won", "Lost"]) & (deals.started_on < "2025-04-01")]
	data = report(to_date="2025-03-31")["chart"]["data"]
	won = (decided.result == "Won").sum()
	assert data["labels"] == [f"Q1 2025 ({won}/{len(decided)})"]


@pytest.mark.parametrize("group_by", ["company", "territory", "customer_group", "lead_source", "campaign"])
def test_the_groupings_of_other_apps_count_each_chain_once(world, group_by):
	need("erpnext")
	assert sum(row.get("chains", 0) for row in rows_of(report(group_by=group_by))) == len(
		chains_of_the_year()
	)


def test_the_cards_add_up_the_groups(world):
	deals = chains_of_the_year()
	values = {card["label"]: card["value"] for card in report()["report_summary"]}
	assert values["Chains"] == len(deals)
	assert values["Won"] == (deals.result == "Won").sum()


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
	start = add_to_date(datetime.now(), days=3, as_string=True, as_datetime=True)
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
