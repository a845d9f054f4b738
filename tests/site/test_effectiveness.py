"""*Employee Effectiveness*: figures and changes against pandas over exported rows; numbers open their lists (R27)."""

from datetime import datetime, timedelta
from random import Random

import frappe
import pytest

from crm_interactions.activities import completion
from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.visibility import reporting_lines
from tests.site.factories import interaction, log_in, meeting, partner, product_record, record, user
from tests.site.figures import effectiveness as figures
from tests.site.figures.effectiveness import Exported
from tests.site.figures.exported import Period
from tests.site.other_apps import need
from tests.site.reporting import rows_of as all_rows_of
from tests.site.reporting import run_report

pytestmark = pytest.mark.records_only
NAME = "Employee Effectiveness"
# beside it, the previous period is 2025-07-01 to 2025-09-30
PERIOD = Period("2025-10-01", "2025-12-31")
QUARTER = {"from_date": PERIOD.from_date, "to_date": PERIOD.to_date}
PEOPLE = tuple(f"{name}.effective@example.com" for name in ("ana", "boris", "cvita"))


def report(**filters) -> dict:
	return run_report(NAME, **{**QUARTER, **filters})


def rows_of(answer: dict) -> list[dict]:
	"""Return the rows of groups, without further currencies and the total."""
	return [row for row in answer["result"] if "held" in row and not row.get("is_total")]


def total_of(answer: dict) -> dict:
	(row,) = [row for row in answer["result"] if row.get("is_total") and "held" in row]
	return row


def complete_on(doc, moment) -> None:
	"""Complete a planned activity as of a moment."""
	doc.flags.completed_on = str(moment)
	completion.complete(doc)


@pytest.fixture
def world():
	"""Create 30 chains of three people over both periods and a little more, with results in three currencies."""
	rng = Random(27)  # noqa: S311  test data
	partners = [partner(name) for name in ("Alfa", "Beta", "Gama")]
	for email in PEOPLE:
		user(email, "Interaction User")
	record("Interaction Team", team_name="Field", leader=PEOPLE[0], members=[{"user": PEOPLE[1]}])
	reporting_lines.refresh_lines()
	for number in range(30):
		of, moment = rng.choice(partners), datetime(2025, 6, 20, 9, 0, number)
		moment += timedelta(days=rng.randrange(0, 200))
		chain = None
		for _step in range(rng.randrange(1, 5)):
			chain = _add_step(rng, of, moment, chain)
			moment += timedelta(hours=rng.randrange(1, 900))
		_end(rng, chain, moment)


def _add_step(rng, of, moment, chain) -> str:
	values = {"starts_on": str(moment), "responsible": rng.choice(PEOPLE), "chain": chain}
	kind = rng.randrange(8)
	if kind == 0:
		return product_record(of, **values).chain
	values["duration"] = rng.choice((0, 600, 5400))
	if kind < 3:
		doc = interaction(of, **values, status="Planned")
		if kind == 1:
			complete_on(doc, moment + timedelta(hours=rng.choice((1, 40))))
		return doc.chain
	if kind == 3:
		return meeting(of, **values, status=rng.choice(("Held", "Not Held"))).chain
	return interaction(of, **values, direction=rng.choice(("Incoming", "Incoming", "Outgoing"))).chain


def _end(rng, chain, moment) -> None:
	result = rng.choice(("Won", "Won", "Lost", "No Decision", None, None))
	if result:
		amount = rng.choice((100, 250.5)) if result == "Won" else 0
		currency = rng.choice(("EUR", "USD", "GBP")) if amount else None
		ended = Result(result, amount, currency)
		closing.close(chain, closed_on=moment, ended=ended)
	elif rng.random() < 0.3:
		closing.close(chain, closed_on=moment)


def test_every_figure_and_its_change_equals_an_independent_computation(world):
	figures.check_report(Exported(), PERIOD)
	answer = report()
	assert {row["group_value"] for row in rows_of(answer)} == {*PEOPLE}
	# the data has all kinds of figures
	assert total_of(answer)["late"] and total_of(answer)["median_response_hours"]
	assert 0 < total_of(answer)["on_time_rate"] < 100
	assert len({row["currency"] for row in answer["result"]} - {None}) == 3


def test_a_team_is_the_supervisor_and_all_below(world):
	shown, total = figures.by_group(report(group_by="team"))
	data = Exported()
	data.check(shown[PEOPLE[0]], PEOPLE[:2], PERIOD)
	data.check(total, None, PERIOD)
	filtered = {row["group_value"] for row in rows_of(report(team=PEOPLE[0]))}
	assert filtered == {*PEOPLE[:2]}


def test_each_number_opens_as_many_rows(world):
	for row in rows_of(report()):
		for name, behind in row["lists"].items():
			assert len(frappe.get_list(behind["doctype"], behind["filters"], limit=0)) == row[name], name
		figures = {"chains_open": "open_at_end", "won": "won_within", "lost": "lost_within"}
		for name, figure in figures.items():
			about = {
				**QUARTER,
				"group_by": "responsible",
				"group_value": row["group_value"],
				"figure": figure,
			}
			assert len(all_rows_of(run_report("Chain Details", **about))) == row[name], name


def test_the_chart_has_the_held_activities_of_both_periods(world):
	answer = report()
	now, before = (one["values"] for one in answer["chart"]["data"]["datasets"])
	assert now == [row["held"] for row in rows_of(answer)]
	assert before == [row["held"] - row["held_change"] for row in rows_of(answer)]


def test_the_chart_of_planned_work_has_what_is_held_and_planned(world):
	answer = report(chart="Planned")
	names, values = zip(
		*((one["name"], one["values"]) for one in answer["chart"]["data"]["datasets"]), strict=True
	)
	assert names == ("Held", "Planned")
	rows = {row["group"]: [row["held"], row["planned"]] for row in rows_of(answer)}
	shown = dict(zip(answer["chart"]["data"]["labels"], map(list, zip(*values, strict=True)), strict=True))
	assert shown == {group: numbers for group, numbers in rows.items() if any(numbers)}


def test_the_chart_of_users_is_for_supervisors():
	chart = frappe.get_doc("Dashboard Chart", "Held and Planned by User")
	clerk, leader = (
		user(f"{name}.of.chart@example.com", "Interaction User").name for name in ("clerk", "leader")
	)
	manager = user("manager.of.chart@example.com", "Interaction Manager").name

	def readers() -> set[str]:
		return {
			each
			for each in (clerk, leader, manager)
			if frappe.has_permission("Dashboard Chart", doc=chart, user=each)
		}

	assert readers() == {manager}
	record("Interaction Team", team_name="Charted", leader=leader, members=[{"user": clerk}])
	assert readers() == {leader, manager}
	other = frappe.get_doc("Dashboard Chart", "Activities by Week")
	assert frappe.has_permission("Dashboard Chart", doc=other, user=clerk)


def test_employees_give_department_and_company():
	need("erpnext")
	company = frappe.db.get_value("Company", {})
	department = frappe.get_doc({"doctype": "Department", "department_name": "Effective", "company": company})
	department.insert()
	for email in PEOPLE[:2]:
		user(email, "Interaction User")
		interaction(starts_on="2025-11-03 10:00:00", responsible=email)
	values = {"first_name": "Ana", "gender": "Female", "date_of_birth": "1990-01-01", "company": company}
	record(
		"Employee",
		**{**values, "date_of_joining": "2020-01-01"},
		**{"user_id": PEOPLE[0], "department": department.name, "status": "Active"},
	)
	rows = rows_of(report(group_by="department"))
	assert [(row["group_value"], row["held"]) for row in rows] == [(department.name, 1), ("", 1)]
	for filters in ({"department": department.name}, {"company": company}):
		assert [row["group_value"] for row in rows_of(report(**filters))] == [PEOPLE[0]]


def test_an_empty_period_has_no_rows_and_no_chart():
	answer = report(from_date="1990-01-01", to_date="1990-01-31")
	assert answer["result"] == []
	assert not answer.get("chart")


def test_a_single_activity_has_one_row_and_no_total():
	interaction(starts_on="2025-11-03 10:00:00")
	answer = report()
	assert [(row["group_value"], row["held"], row["held_change"]) for row in answer["result"]] == [
		("Administrator", 1, 1)
	]


def test_the_last_activity_of_a_closed_chain_needs_no_next_step():
	call = interaction(starts_on="2025-11-03 10:00:00")
	(row,) = report()["result"]
	assert (row["follow_up_rate"], row["to_follow"]) == (0, 1)
	closing.close(call.chain)
	(row,) = report()["result"]
	assert (row["follow_up_rate"], row["to_follow"]) == (None, 0)


def test_users_count_only_visible_activities(settings):
	settings(visibility="Own and Team")
	of = partner()
	interaction(of, starts_on="2025-11-03 10:00:00")
	log_in(PEOPLE[0], "Interaction User")
	interaction(of, starts_on="2025-11-04 10:00:00", responsible=PEOPLE[0])
	assert [(row["group_value"], row["held"], row["chains_open"]) for row in rows_of(report())] == [
		(PEOPLE[0], 1, 1)
	]


def test_users_see_only_the_teams_that_they_may_know(world):
	frappe.set_user(PEOPLE[0])
	assert {row["group_value"] for row in rows_of(report(group_by="team"))} == {PEOPLE[0], ""}
	frappe.set_user(PEOPLE[1])
	assert {row["group_value"] for row in rows_of(report(group_by="team"))} == {""}
	for filters in ({"team": PEOPLE[0]}, {"department": "Sales"}, {"company": "Alfa"}):
		with pytest.raises(frappe.PermissionError, match="own team"):
			report(**filters)
	with pytest.raises(frappe.ValidationError, match=r"no value of .*group_by"):
		report(group_by="department")


@pytest.mark.parametrize(
	("filters", "message"),
	[
		({"group_by": "weather"}, "weather.* is no value of .*group_by"),
		({"from_date": "2025-12-31", "to_date": "2025-01-01"}, "ends before it starts"),
	],
)
def test_invalid_filters_are_refused(filters, message):
	with pytest.raises(frappe.ValidationError, match=message):
		report(**filters)
