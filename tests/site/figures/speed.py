"""*Chain Speed*, and the paces of kinds of chains; quantiles by lifelines."""

import frappe
import pandas as pd
import pytest
from frappe.utils import now_datetime
from lifelines import KaplanMeierFitter

from tests.site.figures.exported import DAY, Period, export, export_chains, export_rows, is_claim, with_first
from tests.site.reporting import rows_of, run_report

NAME = "Chain Speed"
SHARES = ("share_waiting_us", "share_waiting_them")


def read_chains() -> pd.DataFrame:
	"""Return the chains by name, with `grouped`, `happened`, `end`, `days`, `is_claim` and `slow`."""
	chains = with_first(export_chains(), export_rows())
	chains = chains.merge(export("Interaction Chain", ("name", "slow")), on="name").set_index("name")
	chains["grouped"] = chains.category.fillna("")
	chains["happened"] = chains.result.notna()
	closed = chains.closed_on.where(chains.status != "Open", pd.Timestamp(now_datetime()))
	chains["end"] = chains.result_on.where(chains.happened, closed)
	chains["days"] = (chains.end - chains.started_on) / DAY
	chains["is_claim"] = is_claim(chains)
	return chains


def read_steps() -> pd.DataFrame:
	"""Return the activities that took place in order, with `place`, `following`, `is_ours`, `is_offer` and `gap`."""
	rows = export_rows()
	rows = rows[rows.status == "Done"].copy()
	by_chain = rows.groupby("chain")
	rows["place"] = by_chain.cumcount() + 1
	rows["following"] = by_chain.activity_date.shift(-1)
	rows["gap"] = (rows.following - rows.activity_date) / DAY
	outcomes = {
		row.name: row
		for row in frappe.get_all("Interaction Outcome", fields=["name", "their_turn", "is_offer"])
	}
	theirs = {name for name, row in outcomes.items() if row.their_turn}
	offers = {name for name, row in outcomes.items() if row.is_offer}
	rows["is_ours"] = ~((rows.direction == "Outgoing") | (rows.direction.isna() & rows.outcome.isin(theirs)))
	rows["is_offer"] = rows.outcome.isin(offers) | (rows.activity_type == "Quotation")
	return rows


def km_quantile(days: pd.Series, happened: pd.Series, q: float) -> float | None:
	"""Return the first day by which the share of chains with the event reaches q, by lifelines' curve."""
	if days.empty:
		return None
	curve = KaplanMeierFitter().fit(days, happened).survival_function_["KM_estimate"]
	reached = curve[curve <= 1 - q + 1e-9]
	return None if reached.empty else float(reached.index[0])


def check_report(period: Period, about: str = "Deals") -> list[dict]:
	"""Compare each figure of each category; return the expected figures."""
	chains, steps = read_chains(), read_steps()
	chains = chains[period.has(chains.started_on) & (chains.is_claim == (about == "Claims"))]
	filters = {"from_date": period.from_date, "to_date": period.to_date, "about": about}
	answer = run_report(NAME, group_by="category", **filters)
	shown = {row["group_value"]: row for row in rows_of(answer)}
	assert shown.keys() == {*chains.grouped}
	figures = []
	for group, found in chains.groupby("grouped"):
		figures.append(expected(found, steps[steps.chain.isin(found.index)]))
		check_row(shown[group], figures[-1])
	cards = {card["label"]: card["value"] for card in answer["report_summary"]}
	assert [cards[label] for label in ("Chains", "Slow")] == [len(chains), chains.slow.sum()]
	return figures


def check_row(shown: dict, figures: dict) -> None:
	exact = {name: value for name, value in figures.items() if name not in SHARES}
	assert {name: shown[name] for name in exact} == pytest.approx(exact, abs=1e-9)
	# turns of open chains go on while the test runs
	for name in SHARES:
		assert shown[name] == (None if figures[name] is None else pytest.approx(figures[name], abs=1e-2))


def expected(chains: pd.DataFrame, steps: pd.DataFrame) -> dict:
	"""Return the figures of a group by pandas and lifelines."""
	second = second_times(chains, steps)
	offers = steps[steps.is_offer].groupby("chain").activity_date.min()
	to_offer = (offers - chains.started_on.reindex(offers.index)) / DAY
	found = {"chains": len(chains), "slow": int(chains.slow.sum())}
	for name, times in (("second", second), ("result", chains[chains.days >= 0])):
		for label, q in (("median", 0.5), ("p75", 0.75)):
			found[f"{label}_days_to_{name}"] = km_quantile(times.days, times.happened, q)
	found["median_days_to_offer"] = None if to_offer.empty else to_offer.median()
	return found | waiting_shares(chains, steps)


def second_times(chains: pd.DataFrame, steps: pd.DataFrame) -> pd.DataFrame:
	"""Return the days from the first activity to the second, or to the end of the chain."""
	first = steps[steps.place == 1].set_index("chain")
	end = first.following.fillna(chains.end.reindex(first.index))
	times = pd.DataFrame({"days": (end - first.activity_date) / DAY, "happened": first.following.notna()})
	return times[times.days >= 0]


def waiting_shares(chains: pd.DataFrame, steps: pd.DataFrame) -> dict:
	is_open = (chains.status == "Open").reindex(steps.chain).to_numpy(dtype=bool)
	until = steps.following.where(steps.following.notna() | ~is_open, pd.Timestamp(now_datetime()))
	turns = ((until - steps.activity_date) / DAY).clip(lower=0)
	ours, total = turns[steps.is_ours].sum(), turns.sum()
	shares = (100 * ours / total, 100 * (total - ours) / total) if total else (None, None)
	return dict(zip(SHARES, shares, strict=True))
