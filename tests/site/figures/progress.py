"""*What Comes Before Progress*, with the estimates of lifelines."""

from bisect import bisect_left
from collections.abc import Iterator

import frappe
import numpy as np
import pandas as pd
import pytest
from lifelines import KaplanMeierFitter
from lifelines.statistics import logrank_test
from lifelines.utils import restricted_mean_survival_time

from tests.site.figures.exported import DAY, Period, export, export_chains, export_rows, is_claim, with_first
from tests.site.reporting import rows_of, run_report

NAME = "What Comes Before Progress"
LANDMARK, HORIZON, LEAST = 14, 90, 20
DELAYS = (1, 3, 7, 14)


class Exported:
	"""The chains undecided at the landmark with days from then on, and the rows of their activities."""

	def __init__(self, period: Period):
		rows = export_rows()
		chains = export_chains()
		chains = with_first(chains[period.has(chains.started_on) & ~is_claim(chains)], rows)
		chains["result"] = chains.result.fillna("")
		now = pd.Timestamp(frappe.utils.now_datetime())
		ends = chains.result_on.where(
			chains.result != "", chains.closed_on.where(chains.status == "Closed", now)
		)
		chains.loc[ends > now, "result"] = ""
		chains["days"] = (ends.clip(upper=now) - chains.started_on) / DAY - LANDMARK
		self.total = len(chains)
		self.chains = chains[chains.days > 0].set_index("name")
		held = rows[(rows.status == "Done") & rows.chain.isin(self.chains.index)].copy()
		held["after"] = (held.activity_date - held.chain.map(self.chains.started_on)) / DAY
		self.early = held[held.after <= LANDMARK]

	def factors(self) -> Iterator[tuple[str, str, pd.Series]]:
		"""Yield kind, key and which chains have the factor."""
		early, chains = self.early, self.chains
		kinds = early.direction.fillna("") + ":" + early.interaction_type.fillna(early.activity_type)
		for key, of_step in early.groupby(kinds):
			yield "step", key, chains.index.isin(of_step.chain)
		second = early.groupby("chain").after.nth(1)
		second.index = early.loc[second.index, "chain"]
		classes = second.map(lambda days: DELAYS[bisect_left(DELAYS, days)])
		for limit in sorted({*classes}):
			yield "first_delay", str(limit), chains.index.isin(classes[classes == limit].index)
		yield "first_delay", "none", ~chains.index.isin(classes.index)
		for key in chains.direction.dropna().unique():
			yield "began", key, (chains.direction == key).to_numpy()
		for key in chains.first_responsible.dropna().unique():
			yield "responsible", key, (chains.first_responsible == key).to_numpy()
		for leader, people in _teams().items():
			yield "team", leader, chains.first_responsible.isin(people).to_numpy()


def _teams() -> dict[str, set[str]]:
	"""Return the supervisors with the users who report to them, from the teams' records."""
	leaders = export("Interaction Team", ("name", "leader")).set_index("name").leader
	members = export("Interaction Team Member", ("parent", "user"))
	found: dict[str, set[str]] = {}
	for parent, user in members.itertuples(index=False):
		found.setdefault(leaders[parent], {leaders[parent]}).add(user)
	return found


def check_report(period: Period) -> dict:
	"""Compare each row with the estimates of lifelines; return the report's answer."""
	answer = run_report(NAME, from_date=period.from_date, to_date=period.to_date)
	data = Exported(period)
	rows = {(row["factor_kind"], row["factor_key"]): row for row in rows_of(answer)}
	cards = {card["label"]: card["value"] for card in answer["report_summary"]}
	assert (cards["Chains"], cards["Undecided Then"]) == (data.total, len(data.chains))
	found = {(kind, key): has_it for kind, key, has_it in data.factors() if has_it.any()}
	assert rows.keys() == found.keys()
	for key, row in rows.items():
		check_row(row, data.chains, found[key])
	check_q([*rows.values()])
	return answer


def check_row(row: dict, chains: pd.DataFrame, has_it: np.ndarray) -> None:
	"""Compare a row with the estimates of lifelines."""
	sides = chains[has_it], chains[~has_it]
	assert (row["with_step"], row["without_step"]) == tuple(map(len, sides))
	if min(map(len, sides)) < LEAST:
		assert row["is_small"] and row["p"] is row["won_with"] is row["days_difference"] is None
		return
	means = []
	for name, side in zip(("with", "without"), sides, strict=True):
		if side.days.max() < HORIZON and row[f"decided_{name}"] is None:
			# no chain was observed for the whole horizon
			return
		curve = KaplanMeierFitter().fit(side.days, side.result != "")
		assert row[f"decided_{name}"] == pytest.approx(100 * (1 - curve.predict(HORIZON)), abs=1e-9)
		means.append(restricted_mean_survival_time(curve, HORIZON))
		assert row[f"days_{name}"] == pytest.approx(means[-1], abs=1e-6)
		assert row[f"won_{name}"] == pytest.approx(100 * _share_won(curve, side), abs=1e-6)
	assert row["won_low"] <= row["won_difference"] <= row["won_high"]
	assert row["days_difference"] == pytest.approx(means[0] - means[1], abs=1e-6)
	expected = logrank_test(
		*(side.days for side in sides), *(side.result != "" for side in sides), t_0=HORIZON
	)
	assert row["p"] == pytest.approx(expected.p_value, abs=1e-9)


def _share_won(curve: KaplanMeierFitter, side: pd.DataFrame) -> float:
	"""Return the sum of survival until just before a win, over the number at risk then (Aalen and Johansen)."""
	before = curve.survival_function_at_times(np.nextafter(side.days, 0)).to_numpy()
	ordered = np.sort(side.days.to_numpy())
	at_risk = len(side) - np.searchsorted(ordered, side.days.to_numpy(), side="left")
	counts = ((side.result == "Won") & (side.days <= HORIZON)).to_numpy()
	return (before / at_risk)[counts].sum()


def check_q(rows: list[dict]) -> None:
	"""Compare the q-values with the procedure of Benjamini and Hochberg."""
	ps = pd.Series(sorted(row["p"] for row in rows if row["p"] is not None), dtype=float)
	adjusted = (ps * len(ps) / (ps.index + 1))[::-1].cummin()[::-1].clip(upper=1)
	assert sorted(row["q"] for row in rows if row["p"] is not None) == pytest.approx([*adjusted])
