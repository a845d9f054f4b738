"""Silent partners, chains without a next step, costs of meetings, analytics: figures against other means (R27)."""

import json
from datetime import timedelta
from random import Random

import frappe
import pytest
from frappe.desk.query_report import run
from frappe.utils import now_datetime

from crm_interactions.chains import closing
from crm_interactions.chains.results import Result
from crm_interactions.insight.sql import DaysBetween
from tests.site import reporting
from tests.site.factories import interaction, log_in, meeting, partner, product_record
from tests.site.figures import activities as figures
from tests.site.figures.exported import Period

pytestmark = pytest.mark.records_only
PERIOD = Period("2025-01-01", "2025-12-31")
YEAR = {"from_date": PERIOD.from_date, "to_date": PERIOD.to_date}


def rows_of(name: str, **filters) -> list[dict]:
	return reporting.rows_of(reporting.run_report(name, **filters))


def ago(days: int, **more) -> str:
	return str((now_datetime() - timedelta(days=days, **more)).replace(microsecond=0))


class TestSilentPartners:
	def test_a_partner_without_contact_for_the_days_is_listed(self):
		silent, active = partner("Silent Ltd"), partner("Active Ltd")
		first = interaction(silent, starts_on=ago(200))
		last = interaction(silent, starts_on=ago(120), responsible="Administrator")
		closing.close(first.chain)
		interaction(active, starts_on=ago(200))
		interaction(active, starts_on=ago(10))
		rows = {row["party"]: row for row in rows_of("Silent Partners", days=90)}
		assert active.name not in rows
		row = rows[silent.name]
		assert str(row["last_contact"]) == str(last.starts_on)
		assert (row["days"], row["open_chains"], row["responsible"]) == (120, 1, "Administrator")

	def test_planned_and_cancelled_activities_are_no_contact(self):
		of = partner("Silent Ltd")
		interaction(of, starts_on=ago(100))
		interaction(of, starts_on=ago(5), status="Cancelled")
		interaction(of, starts_on=ago(-5), status="Planned")
		assert of.name in {row["party"] for row in rows_of("Silent Partners", days=90)}

	def test_the_limit_is_a_whole_number_of_days(self):
		of = partner("Silent Ltd")
		interaction(of, starts_on=ago(30, minutes=1))
		assert of.name in {row["party"] for row in rows_of("Silent Partners", days=30)}
		assert of.name not in {row["party"] for row in rows_of("Silent Partners", days=31)}
		for wrong in ("soon", "-1", "1.5", "99999"):
			with pytest.raises(frappe.ValidationError, match="no number of days"):
				rows_of("Silent Partners", days=wrong)

	def test_only_readable_activities_and_chains_count(self, settings):
		settings(visibility="Own and Team")
		of = partner("Silent Ltd")
		interaction(of, starts_on=ago(10))
		log_in("silent@example.com", "Interaction User")
		interaction(of, starts_on=ago(100))
		(row,) = rows_of("Silent Partners", days=90)
		assert (row["party"], row["open_chains"]) == (of.name, 1)


class TestChainsWithoutNextStep:
	def test_open_chains_without_a_plan_are_listed_with_their_last_outcome(self):
		bare = interaction(starts_on=ago(20))
		meeting(chain=bare.chain, starts_on=ago(12), status="Held", outcome="Call Back")
		planned, closed = interaction(starts_on=ago(20)), interaction(starts_on=ago(20))
		interaction(chain=planned.chain, starts_on=ago(-5), status="Planned")
		closing.close(closed.chain)
		rows = {row["chain"]: row for row in rows_of("Chains Without Next Step")}
		assert not {planned.chain, closed.chain} & rows.keys()
		row = rows[bare.chain]
		assert (row["days"], row["result_of_last"]) == (12, "Call Back")

	def test_it_has_as_many_rows_as_the_number_card(self):
		for days in (3, 4):
			interaction(starts_on=ago(days))
		about = {"status": "Open", "has_next_step": 0}
		assert len(rows_of("Chains Without Next Step")) == len(
			frappe.get_list("Interaction Chain", about, limit=0)
		)

	def test_the_outcome_of_an_unreadable_activity_is_not_shown(self, settings):
		settings(visibility="Own and Team")
		hidden = interaction(starts_on=ago(2), outcome="Not Interested")
		log_in("bare@example.com", "Interaction User", "Interaction Manager")
		log_in("bare.user@example.com", "Interaction User")
		assert rows_of("Chains Without Next Step") == []
		frappe.set_user("Administrator")
		mine = interaction(
			starts_on=ago(9), chain=hidden.chain, responsible="bare.user@example.com", outcome="Call Back"
		)
		frappe.set_user("bare.user@example.com")
		(row,) = rows_of("Chains Without Next Step", responsible="Administrator")
		assert (row["chain"], row["result_of_last"]) == (mine.chain, "Call Back")


class TestMeetingCosts:
	@pytest.fixture
	def costs(self):
		shown = meeting(
			**{"starts_on": "2025-05-05 10:00:00", "expected_cost": 100, "expected_cost_currency": "EUR"},
			**{"actual_cost": 130, "actual_cost_currency": "USD"},
		)
		meeting(starts_on="2025-05-06 10:00:00")
		meeting(starts_on="2024-05-06 10:00:00", expected_cost=7, expected_cost_currency="EUR")
		closing.close(shown.chain, ended=Result("Won", 5000, "GBP"))
		return shown

	def test_costs_stand_beside_the_amount_of_the_chain(self, costs):
		(row,) = rows_of("Meeting Costs", **YEAR)
		assert (row["meeting"], row["chain"]) == (costs.name, costs.chain)
		assert (row["expected"], row["expected_currency"]) == (100, "EUR")
		assert (row["actual"], row["actual_currency"]) == (130, "USD")
		assert (row["amount_of_chain"], row["chain_currency"]) == (5000, "GBP")

	def test_currencies_are_not_added_up(self, costs):
		meeting(starts_on="2025-05-07 10:00:00", expected_cost=50, expected_cost_currency="EUR")
		answer = run("Meeting Costs", filters=json.dumps(YEAR), ignore_prepared_report=True)
		totals = {card["label"]: card["value"] for card in answer["report_summary"]}
		assert totals == {"Expected (EUR)": 150, "Actual (USD)": 130}

	def test_only_readable_meetings_are_listed(self, costs, settings):
		settings(visibility="Own and Team")
		log_in("costs@example.com", "Interaction User")
		assert rows_of("Meeting Costs", **YEAR) == []

	@pytest.mark.changes_metadata
	def test_a_cost_above_level_0_is_not_shown(self, costs):
		level = {"doc_type": "Meeting", "field_name": "actual_cost", "property": "permlevel", "value": "1"}
		frappe.get_doc(
			{"doctype": "Property Setter", "doctype_or_field": "DocField", "property_type": "Int", **level}
		).insert()
		frappe.clear_cache(doctype="Meeting")
		(row,) = rows_of("Meeting Costs", **YEAR)
		assert (row["expected"], row["actual"]) == (100, None)


class TestActivityAnalytics:
	@pytest.fixture
	def year(self):
		rng, of = Random(9), partner("Analysed Ltd")  # noqa: S311  test data
		for _number in range(40):
			make = rng.choice((interaction, interaction, meeting, product_record))
			values = {"starts_on": f"2025-{rng.randrange(1, 13):02d}-{rng.randrange(1, 28):02d} 10:00:00"}
			if rng.random() < 0.5:
				values |= {"amount": rng.choice((10, 20.5)), "currency": rng.choice(("EUR", "USD", "GBP"))}
			if make is not product_record:
				values |= {"status": rng.choice(("Held", "Held", "Cancelled"))}
				values |= {
					"duration": rng.choice((600, 5400)),
					"category": rng.choice(("Order Fulfilment", None)),
				}
			if make is interaction:
				values["direction"] = rng.choice(("Incoming", "Outgoing"))
			make(of, **values)

	@pytest.mark.parametrize("second", ["direction", "category"])
	def test_every_figure_equals_an_independent_computation(self, year, second):
		figures.check_analytics(PERIOD, figures.select_activities(PERIOD), second)

	def test_an_empty_period_has_no_rows(self):
		assert rows_of("Activity Analytics", from_date="1990-01-01", to_date="1990-01-31") == []

	def test_an_unknown_property_is_refused(self):
		with pytest.raises(frappe.ValidationError, match=r"weather.* is no value of .*rows"):
			rows_of("Activity Analytics", rows="weather")


def test_days_are_exact_to_the_microsecond():
	row = interaction()
	table = frappe.qb.DocType("Interaction Chain")
	start, end = "2025-03-29 23:59:59.250000", "2025-03-30 12:00:00.000001"
	frappe.db.set_value("Interaction Chain", row.chain, {"started_on": start, "result_on": end})
	days = DaysBetween(table.started_on, table.result_on)
	((found,),) = frappe.qb.from_(table).select(days).where(table.name == row.chain).run()
	assert float(found) * 86400 == pytest.approx(43200.750001, abs=1e-6)
