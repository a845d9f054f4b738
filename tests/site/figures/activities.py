"""*Activity Analytics* and *Meeting Costs*."""

import pandas as pd
import pytest

from tests.site.figures.exported import Period, export, export_chains, export_documents, export_rows, titles
from tests.site.reporting import rows_of, run_report

ANALYTICS, COSTS = "Activity Analytics", "Meeting Costs"
MOST_SERIES = 6
KEYS = ["row", "column", "period", "currency"]
OF_MEETING = (
	*("name", "chain", "starts_on", "party_type", "party", "expected_cost", "expected_cost_currency"),
	*("actual_cost", "actual_cost_currency"),
)


def select_activities(period: Period) -> pd.DataFrame:
	"""Return the activities of a period that aren't cancelled, with the figures of their documents."""
	rows = export_rows()
	documents = export_documents("duration", "amount", "currency")
	found = rows[period.has(rows.activity_date)].merge(
		documents, how="left", on=["activity_type", "activity"]
	)
	found["hours"] = found.duration.astype(float).fillna(0) / 3600
	found["amount"] = found.amount.astype(float).fillna(0)
	found["currency"] = found.currency.where(found.amount != 0).fillna("")
	found["period"] = found.activity_date.dt.strftime("%Y-%m")
	found["row"] = found.interaction_type.fillna(found.activity_type)
	return found


def check_analytics(period: Period, activities: pd.DataFrame, second: str) -> dict:
	"""Compare number, hours and amount of each type, second property, month and currency; return the report's answer."""
	dates = {"from_date": period.from_date, "to_date": period.to_date}
	answer = run_report(ANALYTICS, **dates, rows="type", columns=second)
	shown = pd.DataFrame(rows_of(answer))
	shown["currency"] = shown.currency.fillna("")
	shown["row"] = shown.row_value
	expected = activities.assign(column=activities[second].fillna("Not Set"))
	sums = expected.groupby(KEYS).agg(
		count=("hours", "size"), hours=("hours", "sum"), amount=("amount", "sum")
	)
	found = shown.set_index(KEYS).sort_index()
	assert [*found.index] == [*sums.sort_index().index]
	assert [*found["count"]] == [*sums["count"]]
	assert [*found.duration_hours.astype(float)] == pytest.approx([*sums.hours], abs=1e-9)
	assert [*found.amount.fillna(0).astype(float)] == pytest.approx([*sums.amount])
	counted = [sum(one["values"]) for one in answer["chart"]["data"]["datasets"]]
	assert counted == [*activities["row"].value_counts().head(MOST_SERIES)]
	return answer


def check_costs(period: Period) -> None:
	"""Compare each meeting with costs, and the total of each currency."""
	meetings = export("Meeting", OF_MEETING)
	costs = {field: meetings[field].astype(float).fillna(0) for field in ("expected_cost", "actual_cost")}
	meetings = meetings.assign(**costs)
	has_costs = (meetings.expected_cost != 0) | (meetings.actual_cost != 0)
	meetings = meetings[period.has(meetings.starts_on) & has_costs]
	meetings = meetings.sort_values(["starts_on", "name"], ascending=False)
	chains = export_chains().set_index("name")
	answer = run_report(COSTS, from_date=period.from_date, to_date=period.to_date)
	rows = rows_of(answer)
	assert [row["meeting"] for row in rows] == [*meetings.name]
	names = {kind: titles(kind, []) for kind in meetings.party_type.dropna().unique()}
	for row, meeting in zip(rows, meetings.itertuples(), strict=True):
		shown = [
			row["chain"],
			float(row["expected"]),
			row["expected_currency"],
			float(row["actual"]),
			row["actual_currency"],
		]
		assert [one or None for one in shown] == [one or None for one in meeting[2:3] + meeting[6:]]
		assert row["party_name"] == names.get(meeting.party_type, {}).get(meeting.party, "")
		amount = chains.result_amount.get(meeting.chain, 0)
		assert (float(row["amount_of_chain"] or 0), row["chain_currency"]) == (
			amount,
			chains.result_currency.get(meeting.chain),
		)
	for kind, label in (("expected", "Expected"), ("actual", "Actual")):
		cost, currency = f"{kind}_cost", f"{kind}_cost_currency"
		sums = meetings[meetings[cost] != 0].groupby(currency)[cost].sum()
		cards = {f"{label} ({name})": value for name, value in sums.items()}
		shown = {card["label"]: card["value"] for card in answer["report_summary"] if card["label"] in cards}
		assert {name: float(value) for name, value in shown.items()} == pytest.approx(cards)
