"""*Winning by Group* and *Chain Details*."""

import pandas as pd
import pytest

from tests.site.figures.exported import DAY, Period, export_chains, export_rows, is_claim, with_first
from tests.site.reporting import rows_of, run_report, wilson

NAME, DETAILS = "Winning by Group", "Chain Details"
# grouping → column of the deals
GROUPS = {
	"category": "category",
	"first_type": "kind",
	"first_direction": "direction",
	"responsible": "responsible",
}
FIGURES = ("chains", "open", "won", "lost")


def select_deals(period: Period) -> pd.DataFrame:
	"""Return the deals of a period with the properties of their first activity."""
	found = with_first(export_chains(), export_rows())
	found = found[period.has(found.started_on) & ~is_claim(found)].copy()
	found["days"] = (found.result_on - found.started_on) / DAY
	found["result"] = found.result.fillna("")
	found["kind"] = found.interaction_type.fillna(found.activity_type)
	found["is_open"] = (found.status == "Open") & (found.result == "")
	return found


def check_report(period: Period, deals: pd.DataFrame, group_by: str) -> dict:
	"""Compare each figure of each group, the chart and the cards; return the report's answer."""
	answer = run_report(NAME, from_date=period.from_date, to_date=period.to_date, group_by=group_by)
	grouped = deals[GROUPS[group_by]].fillna("")
	shown: dict[str, list] = {}
	for row in rows_of(answer):
		if "group_value" in row:
			shown[row["group_value"]] = current = []
		current.append(row)
	assert shown.keys() == {*grouped}
	for group, chains in deals.groupby(grouped):
		check_group(shown[group], chains)
	check_chart(answer.get("chart"), deals)
	cards = {card["label"]: card["value"] for card in answer["report_summary"]}
	assert [cards[label] for label in ("Chains", "Won", "Lost")] == [
		len(deals),
		*((deals.result == result).sum() for result in ("Won", "Lost")),
	]
	return answer


def check_group(shown: list[dict], deals: pd.DataFrame) -> None:
	"""Compare the rows of a group with its chains."""
	row, *others = shown
	won, lost = int((deals.result == "Won").sum()), int((deals.result == "Lost").sum())
	assert [row[name] for name in FIGURES] == [len(deals), int(deals.is_open.sum()), won, lost]
	if won + lost:
		low, high = wilson(won, won + lost)
		expected = [100 * value for value in (won / (won + lost), low, high)]
		assert [row[name] for name in ("win_rate", "win_low", "win_high")] == pytest.approx(
			expected, abs=1e-9
		)
	else:
		assert row["win_rate"] is row["win_low"] is row["win_high"] is None
	wins = deals[deals.result == "Won"]
	if won:
		assert row["median_days_to_win"] == pytest.approx(wins.days.median(), abs=1e-9)
	else:
		assert row["median_days_to_win"] is None
	sums = wins[wins.result_amount > 0].groupby("result_currency").result_amount.sum().to_dict()
	amounts = {one["currency"]: float(one["amount_won"]) for one in (row, *others) if one["amount_won"]}
	assert amounts == pytest.approx(sums)
	assert all("chains" not in one for one in others)


def check_chart(chart: dict | None, deals: pd.DataFrame) -> None:
	"""Compare the rate of each of the last twelve quarters with decided chains."""
	decided = deals[deals.result.isin(["Won", "Lost"])]
	by_quarter = decided.groupby(decided.started_on.dt.to_period("Q")).result
	if not len(decided):
		assert not chart
		return
	won = by_quarter.apply(lambda results: (results == "Won").sum()).tail(12)
	all_decided = by_quarter.size().tail(12)
	(shown,) = chart["data"]["datasets"]
	assert shown["values"] == pytest.approx([round(rate, 1) for rate in 100 * won / all_decided])
	assert chart["data"]["labels"] == [
		f"Q{quarter.quarter} {quarter.year} ({won[quarter]}/{all_decided[quarter]})" for quarter in won.index
	]


def check_details(period: Period, deals: pd.DataFrame) -> None:
	"""Compare the rows of *Chain Details*, for each figure of the largest group."""
	groups = deals.category.fillna("-")
	group = groups.value_counts().index[0]
	chosen = deals[groups == group]
	expected = {
		"chains": chosen,
		"open": chosen[chosen.is_open],
		"won": chosen[chosen.result == "Won"],
		"lost": chosen[chosen.result == "Lost"],
	}
	about = {"from_date": period.from_date, "to_date": period.to_date, "group_value": group}
	for figure, chains in expected.items():
		rows = rows_of(run_report(DETAILS, **about, group_by="category", figure=figure))
		ordered = chains.sort_values(["started_on", "name"], ascending=False)
		assert [row["name"] for row in rows] == [*ordered.name]
		for row, chain in zip(rows, ordered.itertuples(), strict=True):
			assert (row["title"], row["party"], row["result"]) == (chain.title, chain.party, chain.result)
			assert float(row["result_amount"] or 0) == chain.result_amount
			days = None if pd.isna(chain.days) else pytest.approx(chain.days, abs=1e-9)
			assert (None if row["days"] is None else float(row["days"])) == days
