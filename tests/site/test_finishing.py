"""Three ways to finish an activity, and the rules that propose the next step (B3)."""

from datetime import datetime, timedelta, timezone

import frappe
import pytest
from frappe.utils import add_to_date, get_datetime, getdate, now_datetime

from crm_interactions.api import activity as api
from crm_interactions.chains import bulk
from crm_interactions.exceptions import ChainClosedError, CompletedError
from crm_interactions.followups import clock
from tests.site.chain_checks import chain_value
from tests.site.checks import stored
from tests.site.factories import (
	half_an_hour_on,
	interaction,
	log_in,
	meeting,
	next_step_of,
	partner,
	resource,
)

pytestmark = [pytest.mark.records_only, pytest.mark.usefixtures("around_the_clock")]
IN_TWO_DAYS, IN_A_WEEK = {"next_in": 2, "next_unit": "Days"}, {"next_in": 1, "next_unit": "Weeks"}
NEW_YEAR = "2100-01-01 09:00:00"


def finish(doc, **what):
	return api.complete(doc.doctype, doc.name, **what)


def proposed(doc, outcome=None):
	return api.proposal(doc.doctype, doc.name, outcome)


def plan_next(doc, step):
	return api.plan_next(doc.doctype, doc.name, step)


def steps_of(doc) -> int:
	"""Return the number of activities planned by an interaction."""
	return frappe.db.count("Interaction", {"planned_by": doc.name})


def test_done_completes_the_activity_with_outcome_and_note():
	doc = interaction()
	answer = finish(doc, outcome="Successful", note="He will think\nabout <it>.")
	assert (answer["next_activity"], answer["closed"]) == (None, None)
	assert stored(doc, ["completed", "outcome"]) == (1, "Successful")
	assert stored(doc, "notes") == "<p>He will think<br>about &lt;it&gt;.</p>"


def test_a_note_is_added_to_the_existing_notes():
	doc = interaction(notes="<p>first</p>")
	finish(doc, note="second")
	assert stored(doc, "notes") == "<p>first</p><p>second</p>"


def test_a_note_is_added_to_plain_text():
	doc = interaction(notes="R&D <Q3>")
	finish(doc, note="second")
	assert stored(doc, "notes") == "<p>R&amp;D &lt;Q3&gt;</p><p>second</p>"


def test_done_and_plan_next_creates_the_next_step(consistent):
	doc = interaction()
	step = {"next_type": "E-mail", "next_title": "Prices", **IN_A_WEEK}
	new = next_step_of(finish(doc, then="plan", next=step))
	assert (new.status, new.chain) == ("Planned", doc.chain)
	assert (new.interaction_type, new.title) == ("E-mail", "Prices")
	assert getdate(new.starts_on) == getdate(add_to_date(half_an_hour_on(), weeks=1))
	assert stored(doc, ["completed", "next_activity"]) == (1, new.name)


def test_done_and_plan_next_follows_the_rules_of_the_type():
	answer = finish(interaction(), outcome="Offer Sent", then="plan")
	assert getdate(next_step_of(answer).starts_on) == getdate(add_to_date(half_an_hour_on(), days=2))


def test_the_next_step_can_be_sent_as_json():
	assert finish(interaction(), then="plan", next='{"next_in": 2, "next_unit": "Days"}')["next_activity"]


def test_planning_without_a_date_or_a_rule_completes_nothing():
	doc = interaction()
	with pytest.raises(frappe.MandatoryError):
		finish(doc, outcome="Successful", then="plan")
	assert not stored(doc, "completed")


def test_done_and_close_closes_the_chain_and_cancels_its_plans(consistent):
	doc = interaction()
	planned = interaction(chain=doc.chain, starts_on=NEW_YEAR)
	answer = finish(doc, outcome="Not Interested", then="close", reason="They buy elsewhere")
	assert answer["closed"] == doc.chain
	closed = chain_value(doc, ["status", "close_reason", "next_step_on"])
	assert closed == ("Closed", "They buy elsewhere", None)
	assert stored(planned, "status") == "Cancelled"
	with pytest.raises(ChainClosedError):
		plan_next(doc, IN_TWO_DAYS)


def test_an_activity_finished_before_its_time_moves_to_the_present(consistent):
	doc = interaction(starts_on=NEW_YEAR, ends_on="2100-01-01 10:00:00")
	assert doc.status == "Planned"
	finish(doc)
	doc.reload()
	assert (doc.status, getdate(doc.starts_on)) == ("Held", getdate(now_datetime()))
	assert (doc.ends_on - doc.starts_on).total_seconds() == 3600
	chain = frappe.get_doc("Interaction Chain", doc.chain)
	assert (getdate(chain.last_activity_on), chain.next_step_on) == (getdate(doc.starts_on), None)


def test_finishing_twice_is_refused():
	doc = interaction()
	finish(doc, then="plan", next=IN_TWO_DAYS)
	with pytest.raises(CompletedError):
		finish(doc, then="plan", next=IN_TWO_DAYS)
	assert steps_of(doc) == 1


@pytest.mark.parametrize(
	"what",
	[
		{"then": "dance"},
		{"then": "plan", "next": "[]"},
		{"then": "plan", "next": {"next_in": 2, "owner": "x"}},
		{"then": "plan", "next": {"next_in": "many", "next_unit": "Days"}},
	],
)
def test_invalid_arguments_complete_nothing(what):
	doc = interaction()
	frappe.db.savepoint("clean")
	with pytest.raises(frappe.ValidationError):
		finish(doc, **what)
	frappe.db.rollback(save_point="clean")
	assert not stored(doc, "completed")


def test_an_existing_next_step_is_rescheduled():
	doc = interaction(plan_next=1, next_in=2, next_unit="Days")
	step = next_step_of(finish(doc, then="plan", next={"next_on": NEW_YEAR}))
	assert (step.name, step.starts_on) == (doc.next_activity, get_datetime(NEW_YEAR))
	assert steps_of(doc) == 1


class TestProposals:
	def test_a_sent_offer_proposes_a_call_in_two_days(self):
		found = proposed(interaction(), "Offer Sent")
		assert (found["next_type"], found["ask"]) == ("Phone Call", False)
		assert (found["next_in"], found["next_unit"]) == (2, "Days")
		assert getdate(found["next_on"]) == getdate(add_to_date(half_an_hour_on(), days=2))

	def test_without_a_rule_the_same_type_without_a_date_is_proposed(self):
		found = proposed(interaction(), "Successful")
		assert (found["next_type"], found.get("next_in"), found["ask"]) == ("Phone Call", None, False)

	def test_after_three_calls_without_an_answer_the_user_is_asked(self):
		doc = interaction()
		for time in (1, 2, 3):
			found = proposed(doc, "No Answer")
			assert (found["times"], found["next_in"], found["next_unit"]) == (time, 4, "Hours")
			doc = next_step_of(finish(doc, outcome="No Answer", then="plan"))
		found = proposed(doc, "No Answer")
		assert (found["times"], found["ask"], found.get("next_in")) == (4, True, None)
		with pytest.raises(frappe.MandatoryError, match="4 times in a row"):
			finish(doc, outcome="No Answer", then="plan")
		assert next_step_of(finish(doc, outcome="No Answer", then="plan", next=IN_A_WEEK)).status == "Planned"

	def test_another_outcome_restarts_the_count(self):
		doc = next_step_of(finish(interaction(), outcome="No Answer", then="plan"))
		doc = next_step_of(finish(doc, outcome="Call Back", then="plan"))
		assert proposed(doc, "No Answer")["times"] == 1

	def test_a_rule_without_an_outcome_applies_to_all_outcomes(self):
		kind = frappe.get_doc("Interaction Type", "SMS")
		rule = {"next_type": "Phone Call", "next_in": 3, "next_unit": "Days", "title": "Ask whether it came"}
		kind.append("next_steps", rule)
		kind.save()
		found = proposed(interaction(interaction_type="SMS"), "Successful")
		assert (found["next_type"], found["next_in"]) == ("Phone Call", 3)
		assert found["next_title"] == "Ask whether it came"

	def test_a_proposal_shows_the_existing_next_step(self):
		doc = interaction(plan_next=1, next_on=NEW_YEAR)
		found = proposed(doc)
		assert (found["next_activity"], found["chain_status"]) == (doc.next_activity, "Open")
		assert found["next_activity_on"] == get_datetime(NEW_YEAR)

	def test_a_due_date_is_computed_from_number_unit_and_start(self):
		assert api.get_due(2, "Days", NEW_YEAR) == "2100-01-03 09:00:00"
		# as a dialog sends blank fields
		assert api.get_due(2, "Days", NEW_YEAR, "", duration="", completed="0") == "2100-01-03 09:00:00"
		for invalid in (("Years", NEW_YEAR), ("Days", "soon")):
			with pytest.raises(frappe.ValidationError):
				api.get_due(2, *invalid)

	def test_a_number_counts_from_the_end_of_the_activity(self):
		end = "2100-01-01 12:00:00"
		assert api.get_due(2, "Hours", NEW_YEAR, end) == "2100-01-01 14:00:00"
		doc = interaction(starts_on=NEW_YEAR, ends_on=end, plan_next=1, next_in=2, next_unit="Hours")
		assert str(doc.next_on) == "2100-01-01 14:00:00"

	@pytest.mark.parametrize("booked", [False, True])
	def test_the_next_step_of_an_activity_finished_before_its_time_counts_from_now(self, booked):
		rooms = [{"resource": resource().name}] if booked else []
		doc = meeting(starts_on=NEW_YEAR, duration=7200, resources=rooms)
		soon = datetime.now(timezone.utc) + timedelta(hours=4)
		planned = next_step_of(finish(doc, then="plan", next={"next_in": 4, "next_unit": "Hours"}))
		late_by = planned.starts_on.replace(tzinfo=clock.site_zone()) - soon
		assert timedelta(minutes=-2) < late_by < timedelta(hours=1), "rounded up"

	def test_a_proposal_changes_nothing(self):
		doc = interaction()
		before = stored(doc, "modified")
		proposed(doc, "Offer Sent")
		assert (stored(doc, "modified"), steps_of(doc)) == (before, 0)


class TestPlanNext:
	def test_a_next_step_can_be_planned_once_after_completion(self, consistent):
		doc = interaction()
		finish(doc)
		step = plan_next(doc, IN_TWO_DAYS)["next_activity"]
		assert stored(doc, ["completed", "plan_next", "next_activity"]) == (1, 1, step)
		with pytest.raises(frappe.ValidationError, match="already"):
			plan_next(doc, IN_TWO_DAYS)
		assert steps_of(doc) == 1

	def test_a_next_step_can_be_planned_before_completion(self):
		doc = interaction()
		assert next_step_of(plan_next(doc, IN_TWO_DAYS)).planned_by == doc.name


class TestMany:
	def test_each_activity_is_completed_on_its_own(self, consistent):
		docs = [interaction() for _each in range(3)]
		finish(docs[1])
		names = [doc.name for doc in docs]
		answer = api.complete_many("Interaction", names, then="plan", outcome="Offer Sent")
		assert answer["done"] == [docs[0].name, docs[2].name]
		((refused),) = answer["refused"]
		assert refused["activity"] == docs[1].name
		assert "already" in refused["reason"] and "<" not in refused["reason"], "as plain text"
		assert steps_of(docs[0]) == 1

	def test_missing_activities_are_reported(self):
		assert api.complete_many("Interaction", ["INT-NONE"])["refused"]

	def test_too_many_activities_are_refused(self):
		with pytest.raises(frappe.ValidationError, match="At most"):
			api.complete_many("Interaction", [str(number) for number in range(501)])

	def test_as_many_as_the_limit_are_accepted(self, monkeypatch):
		monkeypatch.setattr(bulk, "MOST", 2)
		assert len(api.complete_many("Interaction", ["INT-NONE", "INT-NEITHER"])["refused"]) == 2


def test_strangers_cannot_finish_or_plan():
	doc = interaction(partner("Tvrtka d.o.o."))
	log_in("stranger@example.com")
	for call in (
		lambda: finish(doc),
		lambda: proposed(doc),
		lambda: plan_next(doc, {"next_in": 1}),
		lambda: api.complete_many(doc.doctype, [doc.name]),
	):
		with pytest.raises(frappe.PermissionError):
			call()
