"""*Chain Speed*: every figure equals an independent computation over the rows, and opens its chains (R27)."""

import frappe
import pandas as pd
import pytest

from crm_interactions.chains import groupings, slowness
from tests.site.chains_world import DAY, create_chains, km_quantile, read_chains, read_steps
from tests.site.factories import interaction, log_in, record, some_partner, user
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


def second_times(chains: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
	first = steps[steps.place == 1].set_index("chain").activity_date
	second = steps[steps.place == 2].set_index("chain").activity_date.reindex(first.index)
	end = second.fillna(chains.end)
	return pd.DataFrame({"days": (end - first) / DAY, "happened": second.notna()})


def expected(chains: pd.DataFrame) -> dict:
	"""Return the figures of a group by pandas and lifelines."""
	steps = read_steps()
	steps = steps[steps.chain.isin(chains.index)]
	second = second_times(chains, steps)
	offers = steps[steps.outcome == "Offer Sent"].groupby("chain").activity_date.min()
	to_offer = (offers - chains.started_on.reindex(offers.index)) / DAY
	is_open = (chains.status == "Open").reindex(steps.chain).to_numpy()
	until = steps.following.where(steps.following.notna() | ~is_open, pd.Timestamp.now())
	turns = (until - steps.activity_date) / DAY
	ours = turns[steps.is_ours].sum()
	found = {"chains": len(chains), "slow": int(chains.slow.sum())}
	for name, times in (("second", second), ("result", chains)):
		for label, q in (("median", 0.5), ("p75", 0.75)):
			found[f"{label}_days_to_{name}"] = km_quantile(times.days, times.happened, q)
	found["median_days_to_offer"] = None if to_offer.empty else to_offer.median()
	found["share_waiting_us"] = 100 * ours / turns.sum()
	found["share_waiting_them"] = 100 - found["share_waiting_us"]
	return found


@pytest.mark.parametrize("about", ["Deals", "Claims"])
def test_every_figure_equals_an_independent_computation(world, about):
	chains = read_chains()
	chains = chains[chains.started_on.between("2025-01-01", "2026-01-01")]
	chains = chains[chains.is_claim == (about == "Claims")]
	shown = {row["group_value"]: row for row in rows_of(report(group_by="category", about=about))}
	assert shown.keys() == {*chains.grouped}
	figures = {group: expected(found) for group, found in chains.groupby("grouped")}
	if about == "Deals":
		assert any(found["slow"] for found in figures.values())
		assert any(found["p75_days_to_result"] is None for found in figures.values())
		assert any(found["p75_days_to_result"] for found in figures.values())
	for group, found in figures.items():
		# shares of open chains move on while the test runs
		shares = {name: found.pop(name) for name in ("share_waiting_us", "share_waiting_them")}
		assert {name: shown[group][name] for name in found} == pytest.approx(found, abs=1e-9)
		assert {name: shown[group][name] for name in shares} == pytest.approx(shares, abs=1e-3)


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


def test_the_cards_add_up_the_groups(world):
	answer = report()
	cards = {card["label"]: card["value"] for card in answer["report_summary"]}
	for label, name in (("Chains", "chains"), ("Slow", "slow")):
		assert cards[label] == sum(row[name] for row in rows_of(answer))


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
