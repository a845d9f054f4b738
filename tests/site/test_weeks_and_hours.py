"""*Week by Week* and *Activity Hours*: every figure equals an independent computation, and opens its rows (R27)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pandas as pd
import pytest

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from tests.site.factories import interaction, log_in, meeting, partner, product_record, record
from tests.site.reporting import rows_of, run_report, wilson

pytestmark = pytest.mark.records_only
# from a Wednesday to a Tuesday, so that the first and the last week are cut
PERIOD = {"from_date": "2025-01-01", "to_date": "2025-06-10"}
FIRST, END = pd.Timestamp("2025-01-01"), pd.Timestamp("2025-06-11")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
OTHER = "weeks@example.com"


@pytest.fixture
def world():
	"""Create activities and results around the period, with some at midnight and at the turn of a day."""
	rng, of = Random(7), partner("Weekly Ltd")  # noqa: S311  test data
	log_in(OTHER, "Interaction User")
	frappe.set_user("Administrator")
	for number in range(90):
		start = datetime(2024, 12, 28) + timedelta(days=rng.randrange(170), hours=rng.randrange(7, 21))
		start = rng.choice((start, start, start + timedelta(minutes=59, seconds=59), start.replace(hour=0)))
		make = rng.choice((interaction, interaction, meeting, product_record))
		values = {"starts_on": str(start), "responsible": rng.choice((OTHER, "Administrator"))}
		if make is not product_record:
			values["status"] = rng.choice(("Held", "Held", "Held", "Cancelled"))
		made = make(of, **values)
		if result := (None, "Won", "Lost", "No Decision", "Resolved")[number % 5]:
			moment = start + timedelta(days=rng.randrange(1, 60), seconds=number)
			closing.close(made.chain, closed_on=moment, ended=Result(result))


def table(doctype: str, **filters) -> pd.DataFrame:
	return pd.DataFrame([{**row} for row in frappe.get_all(doctype, filters, ["*"])])


def held(responsible: str | None = None) -> pd.DataFrame:
	"""Return the interactions and meetings of the period that took place, from their documents."""
	found = pd.concat([table(doctype, status="Held") for doctype in ("Interaction", "Meeting")])
	found = found[(found.starts_on >= FIRST) & (found.starts_on < END)]
	return found[found.responsible == responsible] if responsible else found


def by_week(moments: pd.Series, start: str) -> dict[str, int]:
	"""Return first day of the week → number; pandas names a week by its last day."""
	last = {"Monday": "SUN", "Sunday": "SAT"}[start]
	firsts = moments.dt.to_period(f"W-{last}").dt.start_time.clip(lower=FIRST)
	return firsts.dt.strftime("%Y-%m-%d").value_counts().to_dict()


def behind(row: dict) -> list:
	shown = row["lists"]["activities"]
	return frappe.get_list(shown["doctype"], filters=shown["filters"], pluck="name", limit=0)


@pytest.fixture(params=["Monday", "Sunday"])
def first_weekday(request):
	# Frappe 15 reads the settings, which it keeps for a request, and Frappe 16 the default
	frappe.db.set_single_value("System Settings", "first_day_of_the_week", request.param)
	frappe.db.set_default("first_day_of_the_week", request.param)
	frappe.clear_cache()
	frappe.local.system_settings = None
	return request.param


class TestWeekByWeek:
	@pytest.mark.parametrize("responsible", [None, OTHER])
	def test_every_figure_equals_an_independent_computation(self, world, first_weekday, responsible):
		limit = {"responsible": responsible} if responsible else {}
		rows = rows_of(run_report("Week by Week", **PERIOD, **limit))
		chains = table("Interaction Chain", status=("!=", "Merged"), **limit)
		chains = chains[~chains.result.isin(["Resolved", "Not Resolved"])]
		decided = chains[(chains.result_on >= FIRST) & (chains.result_on < END)]
		started = chains[(chains.started_on >= FIRST) & (chains.started_on < END)]
		expected = {
			"activities": by_week(held(responsible).starts_on, first_weekday),
			"started": by_week(started.started_on, first_weekday),
			"won": by_week(decided[decided.result == "Won"].result_on, first_weekday),
			"lost": by_week(decided[decided.result == "Lost"].result_on, first_weekday),
		}
		for figure, numbers in expected.items():
			assert {str(row["week"]): row[figure] for row in rows if row[figure]} == numbers, figure
			assert len(numbers) > 3
		for row in rows:
			won, total = row["won"], row["won"] + row["lost"]
			rates = [row["win_rate"], row["win_low"], row["win_high"]]
			expected_rates = (
				[100 * value for value in (won / total, *wilson(won, total))] if total else [None] * 3
			)
			assert rates == pytest.approx(expected_rates, abs=1e-9)

	@pytest.mark.parametrize("responsible", [None, OTHER])
	def test_the_kinds_of_a_week_are_a_column_and_a_bar_each(self, world, first_weekday, responsible):
		answer = run_report("Week by Week", **PERIOD, **({"responsible": responsible} if responsible else {}))
		activities = held(responsible)
		expected = {
			kind: by_week(of_kind.starts_on, first_weekday)
			for kind, of_kind in activities.groupby("interaction_type")
		}
		rows = rows_of(answer)
		columns = {
			column["label"]: column["fieldname"]
			for column in answer["columns"]
			if column["fieldname"].startswith("kind_")
		}
		shown = {
			label: {str(row["week"]): row[name] for row in rows if row[name]}
			for label, name in columns.items()
		}
		assert shown == expected and len(expected) == 2
		assert [*columns] == [*activities.interaction_type.value_counts().index]
		for bar in answer["chart"]["data"]["datasets"]:
			assert bar["values"] == [row[columns[bar["name"]]] for row in rows]

	def test_rare_kinds_are_added_up(self):
		for number in range(8):
			kind = record("Interaction Type", title=f"Kind {number}", medium="Other").name
			for _time in range(8 - number):
				interaction(starts_on="2024-06-03 10:00:00", interaction_type=kind)
		answer = run_report("Week by Week", from_date="2024-06-03", to_date="2024-06-03")
		(row,) = rows_of(answer)
		assert [row[f"kind_{place}"] for place in range(6)] == [8, 7, 6, 5, 4, 3]
		assert (row["kind_other"], row["activities"]) == (3, 36)

	def test_each_number_opens_as_many_rows(self, world):
		opened = {"started": "chains", "won": "won_within", "lost": "lost_within"}
		for row in rows_of(run_report("Week by Week", **PERIOD, responsible=OTHER)):
			assert len(behind(row)) == row["activities"]
			week = {"from_date": str(row["week"]), "to_date": str(row["to_date"])}
			whose = {"group_by": "responsible", "group_value": OTHER}
			for figure, name in opened.items():
				chains = rows_of(run_report("Chain Details", **week, **whose, figure=name))
				assert len(chains) == row[figure], (week, figure)

	def test_quiet_weeks_are_shown_and_a_quiet_period_has_none(self, world):
		rows = rows_of(run_report("Week by Week", from_date="2024-11-01", to_date="2025-01-31"))
		assert rows[0]["activities"] == 0 and len(rows) == 14
		answer = run_report("Week by Week", from_date="1990-01-01", to_date="1990-12-31")
		assert rows_of(answer) == [] and not answer.get("chart")

	def test_a_day_of_the_future_is_a_week(self):
		interaction(starts_on="2100-06-01 10:00:00", status="Planned")
		(row,) = rows_of(run_report("Week by Week", from_date="2100-06-01", to_date="2100-06-01"))
		assert (row["activities"], row["started"]) == (0, 1)


class TestActivityHours:
	def test_every_cell_equals_an_independent_computation(self, world):
		moments = held().starts_on
		hours = moments.dt.hour.astype(str).where(moments.dt.strftime("%H:%M:%S") != "00:00:00", "No Time")
		expected = pd.DataFrame({"day": moments.dt.dayofweek, "hour": hours}).value_counts().to_dict()
		rows = rows_of(run_report("Activity Hours", **PERIOD))
		shown = {(WEEKDAYS.index(row["weekday_value"]), row["hour_value"]): row["activities"] for row in rows}
		assert shown == expected
		assert "No Time" in {hour for _day, hour in shown}
		assert [row["share"] for row in rows] == pytest.approx(
			[100 * row["activities"] / len(moments) for row in rows]
		)
		numbers = [row["activities"] for row in rows]
		assert numbers == sorted(numbers, reverse=True)

	def test_each_cell_opens_as_many_activities(self, world):
		asked = {**PERIOD, "responsible": OTHER}
		for row in rows_of(run_report("Activity Hours", **asked)):
			cell = {"weekday": row["weekday_value"], "hour": row["hour_value"]}
			assert len(rows_of(run_report("Activity Details", **asked, **cell))) == row["activities"], cell

	def test_the_week_begins_as_the_site_says(self, world, first_weekday):
		places = {
			row["weekday_value"]: row["place"] for row in rows_of(run_report("Activity Hours", **PERIOD))
		}
		first = WEEKDAYS.index(first_weekday)
		assert places == {day: (number - first) % 7 for number, day in enumerate(WEEKDAYS) if day in places}
		assert len(places) == 7

	@pytest.mark.parametrize("filters", [{"weekday": "Funday"}, {"hour": "24"}])
	def test_an_unknown_cell_is_refused(self, filters):
		with pytest.raises(frappe.ValidationError, match="is no value of"):
			run_report("Activity Details", **filters)

	def test_an_empty_period_has_no_rows(self):
		assert rows_of(run_report("Activity Hours", from_date="1990-01-01", to_date="1990-01-31")) == []
