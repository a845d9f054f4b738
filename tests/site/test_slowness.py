"""Slow chains: the pace of each kind by an independent computation, and chains that become slow and cease to be (B5)."""

from datetime import timedelta

import frappe
import pytest
from frappe.utils import now_datetime

from crm_interactions.chains import closing, slowness
from crm_interactions.chains.results import Result
from crm_interactions.insight import paces
from tests.site.chains_world import create_chains
from tests.site.factories import change_record, interaction, meeting, record, some_partner
from tests.site.figures.speed import km_quantile, read_chains, read_steps

pytestmark = pytest.mark.records_only
KIND = "Trade Negotiations"
FIELDS = ("slow", "slow_reason", "slow_limit")


@pytest.fixture
def nightly(monkeypatch):
	"""Return the nightly job without its commits."""
	monkeypatch.setattr(frappe.db, "commit", lambda: None)
	return paces.refresh


def set_pace(kind: str = KIND, *, of_all_kinds: int = 0, **days) -> None:
	limits = dict.fromkeys(slowness.LIMITS) | days
	row = {"kind": kind, "of_claims": 0, "of_all_kinds": of_all_kinds, "decided": 20, **limits}
	paces.store([row])


def state_of(chain: str) -> tuple:
	return frappe.db.get_value("Interaction Chain", chain, FIELDS)


def call(days_ago: float, **values):
	moment = now_datetime() - timedelta(days=days_ago)
	return interaction(some_partner(), starts_on=str(moment), category=KIND, **values)


def plan(chain: str):
	moment = now_datetime() + timedelta(days=3)
	return meeting(some_partner(), chain=chain, starts_on=str(moment), status="Planned")


class TestPaces:
	def test_each_limit_equals_an_independent_computation(self):
		create_chains()
		found = {
			(row["kind"], row["of_claims"], row["of_all_kinds"]): row for row in paces.compute(now_datetime())
		}
		chains, steps = read_chains(), read_steps()
		steps = steps.merge(chains[["grouped", "is_claim"]], left_on="chain", right_index=True)
		deals = chains[~chains.is_claim]
		counts = deals.groupby("grouped").happened.sum()
		enough = [kind for kind, number in counts.items() if number >= 20]
		assert 0 < len(enough) < len(counts), "the test needs both"
		claims = int(chains.is_claim.sum())
		assert found.keys() == {
			*((kind, 0, 0) for kind in enough),
			("", 0, 1),
			*([("", 1, 1)] if claims >= 20 else []),
		}
		for kind, of_all in ((enough[0], 0), ("", 1)):
			row = found[kind, 0, of_all]
			of_kind = deals if of_all else deals[deals.grouped == kind]
			gaps = steps[steps.chain.isin(of_kind.index) & steps.gap.notna()]
			assert row["decided"] == of_kind.happened.sum()
			limit = km_quantile(of_kind.days, of_kind.happened, 0.75)
			assert row["days_to_result"] == pytest.approx(limit, abs=1e-9)
			assert row["days_between"] == pytest.approx(gaps.gap.quantile(0.75), abs=1e-9)
			assert row["days_we_take"] == pytest.approx(gaps[gaps.is_ours].gap.quantile(0.75), abs=1e-9)

	def test_the_kind_is_the_property_of_the_settings(self, settings):
		create_chains()
		settings(chain_kind="Direction of First Activity")
		kinds = {row["kind"] for row in paces.compute(now_datetime()) if not row["of_all_kinds"]}
		assert kinds == {"Incoming", "Outgoing"}

	def test_the_nightly_job_equals_the_judgement_at_once(self, nightly):
		create_chains()
		nightly()
		names = frappe.get_all("Interaction Chain", pluck="name")
		fields = ["name", *FIELDS]
		by_job = frappe.get_all("Interaction Chain", fields=fields, order_by="name")
		reasons = {row.slow_reason for row in by_job}
		assert {slowness.WAITING, slowness.SILENT} <= reasons
		frappe.db.set_value("Interaction Chain", {"name": ("in", names)}, slowness.values_of(None, None))
		slowness.refresh(*frappe.get_all("Interaction Chain", {"status": "Open"}, pluck="name"))
		assert frappe.get_all("Interaction Chain", fields=fields, order_by="name") == by_job

	def test_another_kind_starts_the_job(self, monkeypatch):
		queued = []
		monkeypatch.setattr(frappe, "enqueue", lambda method, **_options: queued.append(method))
		settings = frappe.get_single("CRM Interactions Settings")
		change_record(settings, chain_kind="Responsible")
		assert queued == [paces.JOB]
		record("Interaction Dictionary", title="Region")
		change_record(settings, chain_kind="Dictionary", chain_dictionary="Region")
		assert slowness.kind_of_chains().key == "dictionary:Region"
		with pytest.raises(frappe.ValidationError, match=r"have no .*Dictionary"):
			change_record(settings, chain_dictionary=None)


class TestReasons:
	def test_our_turn_that_takes_longer_than_usual(self):
		set_pace(days_we_take=4, days_between=3, days_to_result=2)
		chain = call(5, direction="Incoming").chain
		plan(chain)
		assert state_of(chain) == (1, slowness.WAITING, 4)

	def test_silence_that_is_longer_than_usual(self):
		set_pace(days_we_take=4, days_between=3, days_to_result=2)
		chain = call(5, direction="Outgoing").chain
		plan(chain)
		assert state_of(chain) == (1, slowness.SILENT, 3)

	def test_an_age_above_that_of_three_quarters(self):
		set_pace(days_to_result=30)
		chain = call(31).chain
		call(1, chain=chain, direction="Outgoing")
		plan(chain)
		assert state_of(chain) == (1, slowness.OLD, 30)

	def test_no_next_step(self):
		chain = call(0.1).chain
		assert state_of(chain) == (1, slowness.NO_STEP, 0)
		plan(chain)
		assert state_of(chain) == (0, None, 0)

	def test_all_kinds_together_stand_for_a_kind_without_limits(self):
		set_pace("", of_all_kinds=1, days_between=2)
		chain = call(5, direction="Outgoing").chain
		plan(chain)
		assert state_of(chain) == (1, slowness.SILENT, 2)

	def test_without_limits_only_the_next_step_counts(self):
		paces.store([])
		chain = call(900, direction="Incoming").chain
		plan(chain)
		assert state_of(chain) == (0, None, 0)

	def test_a_limit_is_at_least_a_day(self):
		set_pace(days_between=0.01)
		today, before = call(0.5, direction="Outgoing").chain, call(1.5, direction="Outgoing").chain
		for chain in (today, before):
			plan(chain)
		assert (state_of(today)[0], state_of(before)) == (0, (1, slowness.SILENT, 1))


class TestClearing:
	@pytest.fixture
	def chain(self) -> str:
		set_pace(days_between=3)
		chain = call(5, direction="Outgoing").chain
		plan(chain)
		assert state_of(chain)[0] == 1
		return chain

	def test_the_next_activity_clears_it_at_once(self, chain):
		call(0, chain=chain)
		assert state_of(chain) == (0, None, 0)

	def test_closing_clears_it_and_reopening_sets_it(self, chain):
		closing.close(chain)
		assert state_of(chain) == (0, None, 0)
		closing.reopen(chain)
		assert state_of(chain) == (1, slowness.SILENT, 3)

	def test_a_result_ends_the_age(self, chain):
		set_pace(days_to_result=2)
		slowness.refresh(chain)
		assert state_of(chain)[1] == slowness.OLD
		frappe.db.set_value("Interaction Chain", chain, "result", Result("Won").result)
		slowness.refresh(chain)
		assert state_of(chain) == (0, None, 0)

	def test_a_user_cannot_set_it(self, chain):
		doc = frappe.get_doc("Interaction Chain", chain)
		doc.update({"slow": 0, "slow_reason": None})
		doc.save()
		assert state_of(chain)[0] == 1
