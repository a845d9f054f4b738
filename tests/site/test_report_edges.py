"""Every report at the edges: no data, one row, one day, the future, 5,000 steps, currencies, clock changes (R27)."""

import json
from datetime import datetime, timedelta
from functools import partial

import frappe
import pytest
from frappe.utils import add_days, get_first_day_of_week, now_datetime

from benchmarks import filling
from crm_interactions.api import chain as api
from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.insight import paces
from tests.site.factories import interaction, meeting, some_partner
from tests.site.reminding import site_in
from tests.site.reporting import rows_of, run_report

pytestmark = pytest.mark.records_only
ANALYTICS, COSTS = "Activity Analytics", "Meeting Costs"
WINNING, DETAILS, EFFECTIVENESS = "Winning by Group", "Chain Details", "Employee Effectiveness"
SILENT, BARE = "Silent Partners", "Chains Without Next Step"
STORY, PROGRESS = "Negotiation Summary", "What Comes Before Progress"
SPEED, WEEKS = "Chain Speed", "Week by Week"
# a list of users and their open work, which is there without any activity
OF_USERS = {"Team Activities"}
STEPS, STEPS_OF_SHORT = 5000, 400
MOST_STATEMENTS = 60


def reports() -> list[str]:
	"""Return the names of the app's reports, also of later ones."""
	about = {"module": "CRM Interactions", "report_type": "Script Report"}
	return sorted({*frappe.get_all("Report", about, pluck="name")} - OF_USERS)


def run_one(name: str, chain: str | None, **filters) -> dict:
	more = {"chain": chain} if name == STORY else {"days": 0} if name == SILENT else {}
	return run_report(name, **filters, **more)


def run_all(chain: str | None = None, **filters) -> dict[str, list[dict]]:
	"""Run all reports, also as JSON; return their rows by name."""
	found = {}
	for name in reports():
		answer = run_one(name, chain, **filters)
		json.dumps(answer, default=str)
		found[name] = rows_of(answer)
	return found


def counts(found: dict[str, list[dict]]) -> dict[str, int]:
	return {name: len(rows) for name, rows in found.items() if rows}


def test_without_data_there_are_no_rows():
	assert counts(run_all()) == {}
	assert len(reports()) >= 9


def test_one_activity_is_one_row():
	call = interaction(starts_on=str(add_days(now_datetime(), -100)))
	found = run_all(chain=call.chain)
	# a chain alone is a step, a side and a user, without a second activity
	expected = {WINNING: 1, DETAILS: 1, EFFECTIVENESS: 1, ANALYTICS: 1, SILENT: 1, BARE: 1, STORY: 1}
	assert counts(found).items() >= expected.items()
	assert all(row["is_small"] for row in found[PROGRESS])
	assert COSTS not in counts(found)


def test_all_on_one_day():
	day = add_days(now_datetime(), -30).replace(hour=9, minute=0, second=0, microsecond=0)
	calls = [interaction(starts_on=str(day), direction="Incoming") for _ in range(25)]
	for call in calls:
		interaction(chain=call.chain, starts_on=str(day), direction="Outgoing")
		closing.close(call.chain, closed_on=day, ended=Result("Won"))
	found = run_all(chain=calls[0].chain, from_date=str(day.date()), to_date=str(day.date()))
	(row,) = found[WINNING]
	assert (row["chains"], row["won"], row["win_rate"], row["median_days_to_win"]) == (25, 25, 100, 0)
	(row,) = found[EFFECTIVENESS]
	assert (row["held"], row["median_response_hours"]) == (50, 0)
	assert [row["gap_days"] for row in found[STORY]] == [None, 0]
	assert found[PROGRESS] == []


def test_dates_in_the_future():
	day = add_days(now_datetime(), 40)
	call = interaction(starts_on=str(day), status="Planned")
	found = run_all(chain=call.chain, from_date=str(day.date()), to_date=str(add_days(day, 10).date()))
	weeks = len({get_first_day_of_week(add_days(day, number)) for number in range(11)})
	expected = {WINNING: 1, DETAILS: 1, EFFECTIVENESS: 1, ANALYTICS: 1, STORY: 1, SPEED: 1, WEEKS: weeks}
	assert counts(found) == expected
	assert found[EFFECTIVENESS][0]["planned"] == 1
	assert (found[STORY][0]["turn_hours_us"], found[STORY][0]["turn_hours_them"]) == (0, 0)


@pytest.fixture
def counted_reads():
	"""Return a function that calls another one and returns how many rows MariaDB read for it."""
	if frappe.db.db_type != "mariadb":
		pytest.skip("only MariaDB counts the rows that it reads")

	def read() -> int:
		return sum(int(number) for _name, number in frappe.db.sql("show session status like 'Handler_read%'"))

	def counted(call) -> int:
		before = read()
		call()
		return read() - before

	return counted


def test_the_rows_that_reports_read_grow_as_the_steps_of_a_chain(counted_reads):
	"""A condition that is looked up again for each step reads four times the rows for twice the steps."""
	found: dict[str, list[int]] = {}
	for steps in (STEPS_OF_SHORT, 2 * STEPS_OF_SHORT):
		chain = filling.chain(steps, some_partner())
		last = frappe.db.get_value("Interaction Chain", chain, "last_activity_on")
		period = {"from_date": str(filling.SINCE.date()), "to_date": str(last.date())}
		for name in reports():
			call = partial(run_one, name, chain, **period)
			call()  # fills caches
			found.setdefault(name, []).append(counted_reads(call))
		found.setdefault("the nightly job", []).append(counted_reads(lambda: paces.compute(now_datetime())))
		frappe.db.delete("Activity Link", {"chain": chain})
		frappe.db.delete("Interaction Chain", {"name": chain})
	growth = {name: round(twice / once, 1) for name, (once, twice) in found.items()}
	assert {name: ratio for name, ratio in growth.items() if ratio > 2.5} == {}


def test_a_chain_of_5000_steps():
	chain = filling.chain(STEPS, some_partner())
	last = frappe.db.get_value("Interaction Chain", chain, "last_activity_on")
	period = {"from_date": str(filling.SINCE.date()), "to_date": str(last.date())}
	sent, original = [], frappe.db.sql

	def counting(*args, **kwargs):
		sent.append(args)
		return original(*args, **kwargs)

	with pytest.MonkeyPatch.context() as patch:
		patch.setattr(frappe.db, "sql", counting)
		found = run_all(chain=chain, **period)
		story = len(sent)
		page = api.page(chain=chain, length=20)
	# statements don't grow with the steps
	assert story <= MOST_STATEMENTS * len(found)
	assert len(sent) - story <= MOST_STATEMENTS
	assert len(found[STORY]) == STEPS
	assert sum(row["turn_hours_us"] for row in found[STORY][:-1]) == pytest.approx(STEPS - 1, abs=5)
	assert sum(row["count"] for row in found[ANALYTICS]) == STEPS
	assert found[WINNING][0]["chains"] == 1
	assert len(page["rows"]) == 20


def test_three_currencies_are_never_added_up():
	day = add_days(now_datetime(), -30)
	for number, currency in enumerate(("EUR", "USD", "GBP"), start=1):
		call = interaction(starts_on=str(day), amount=10 * number, currency=currency)
		meeting(
			**{"chain": call.chain, "starts_on": str(day), "status": "Held"},
			**{"expected_cost": number, "expected_cost_currency": currency},
		)
		closing.close(call.chain, closed_on=now_datetime(), ended=Result("Won", 100 * number, currency))
	found = run_all(chain=call.chain)
	expected = {"EUR": 100, "USD": 200, "GBP": 300}
	for name in (WINNING, EFFECTIVENESS):
		assert {row["currency"]: row["amount_won"] for row in found[name]} == expected, name
	amounts = {row["currency"]: row["amount"] for row in found[ANALYTICS] if row["currency"]}
	assert amounts == {"EUR": 10, "USD": 20, "GBP": 30}
	costs = run_report(COSTS)["report_summary"]
	assert {card["currency"]: card["value"] for card in costs} == {"EUR": 1, "USD": 2, "GBP": 3}


@pytest.mark.parametrize(
	("start", "end", "passed"),
	[
		# Berlin's clock is put forward at 2 on 29 March 2026, and back at 3 on 25 October
		(datetime(2026, 3, 29, 1, 30), datetime(2026, 3, 29, 3, 30), 1),
		(datetime(2026, 10, 25, 1, 30), datetime(2026, 10, 25, 3, 30), 3),
	],
)
def test_a_change_of_the_clock_between_two_activities(start, end, passed, request):
	request.addfinalizer(partial(site_in, frappe.utils.get_system_timezone()))
	site_in("Europe/Berlin")
	call = interaction(starts_on=str(start), direction="Incoming")
	interaction(chain=call.chain, starts_on=str(end), direction="Outgoing")
	closing.close(call.chain, closed_on=end + timedelta(hours=1), ended=Result("Won"))
	day = {"from_date": str(start.date()), "to_date": str(start.date())}
	found = run_all(chain=call.chain, **day)
	# the waits of a chain are those that really passed, the medians of reports those on the clock
	assert found[STORY][0]["turn_hours_us"] == passed
	assert found[EFFECTIVENESS][0]["median_response_hours"] == 2
	assert found[WINNING][0]["median_days_to_win"] == pytest.approx(3 / 24, abs=1e-9)
