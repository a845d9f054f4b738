"""Three ways to finish an activity, and the rules that propose what comes next (B3)."""

from datetime import datetime, timedelta, timezone

import frappe
import pytest
from chain_checks import assert_consistent
from factories import interaction, meeting, partner, resource, user
from frappe.utils import add_to_date, get_datetime, getdate, now_datetime

from crm_interactions.api import activity as api
from crm_interactions.exceptions import ChainClosedError, CompletedError
from crm_interactions.followups import clock

pytestmark = pytest.mark.records_only


def finish(doc, **what):
	return api.complete(doc.doctype, doc.name, **what)


def proposed(doc, outcome=None):
	return api.proposal(doc.doctype, doc.name, outcome)


def follow_up(answer):
	return frappe.get_doc(answer["next_activity_type"], answer["next_activity"])


def test_done():
	doc = interaction()
	answer = finish(doc, outcome="Successful", note="He will think\nabout <it>.")
	assert (answer["next_activity"], answer["closed"]) == (None, None)
	doc.reload()
	assert (doc.completed, doc.outcome, doc.notes) == (
		1,
		"Successful",
		"<p>He will think<br>about &lt;it&gt;.</p>",
	)


def test_a_note_is_added_to_the_one_that_is_there():
	doc = interaction(notes="<p>first</p>")
	finish(doc, note="second")
	assert frappe.db.get_value("Interaction", doc.name, "notes") == "<p>first</p><p>second</p>"


def test_done_and_plan_next():
	doc = interaction()
	answer = finish(
		doc,
		then="plan",
		next={"next_type": "E-mail", "next_in": 1, "next_unit": "Weeks", "next_title": "Prices"},
	)
	new = follow_up(answer)
	assert (new.status, new.interaction_type, new.title, new.chain) == (
		"Planned",
		"E-mail",
		"Prices",
		doc.chain,
	)
	assert getdate(new.starts_on) == getdate(add_to_date(now_datetime(), weeks=1))
	doc.reload()
	assert (doc.completed, doc.next_activity) == (1, new.name)
	assert_consistent()


def test_done_and_plan_next_as_the_rules_say():
	answer = finish(interaction(), outcome="Offer Sent", then="plan")
	assert getdate(follow_up(answer).starts_on) == getdate(add_to_date(now_datetime(), days=2))


def test_through_json():
	answer = finish(interaction(), then="plan", next='{"next_in": 2, "next_unit": "Days"}')
	assert answer["next_activity"]


def test_nobody_says_what_comes_next():
	doc = interaction()
	with pytest.raises(frappe.MandatoryError):
		finish(doc, outcome="Successful", then="plan")
	assert not frappe.db.get_value("Interaction", doc.name, "completed")


def test_done_and_close_the_thread():
	doc = interaction()
	planned = interaction(chain=doc.chain, starts_on="2100-01-01 09:00:00")
	answer = finish(doc, outcome="Not Interested", then="close", reason="They buy elsewhere")
	assert answer["closed"] == doc.chain
	chain = frappe.get_doc("Interaction Chain", doc.chain)
	assert (chain.status, chain.close_reason, chain.next_step_on) == ("Closed", "They buy elsewhere", None)
	assert frappe.db.get_value("Interaction", planned.name, "status") == "Cancelled"
	with pytest.raises(ChainClosedError):
		api.plan_next(doc.doctype, doc.name, {"next_in": 2, "next_unit": "Days"})
	assert_consistent()


def test_what_is_finished_before_its_time_took_place_now():
	doc = interaction(starts_on="2100-01-01 09:00:00", ends_on="2100-01-01 10:00:00")
	assert doc.status == "Planned"
	finish(doc)
	doc.reload()
	assert (doc.status, getdate(doc.starts_on)) == ("Held", getdate(now_datetime()))
	assert (doc.ends_on - doc.starts_on).total_seconds() == 3600
	chain = frappe.get_doc("Interaction Chain", doc.chain)
	assert (getdate(chain.last_activity_on), chain.next_step_on) == (getdate(doc.starts_on), None)
	assert_consistent()


def test_finishing_twice_is_said():
	doc = interaction()
	finish(doc, then="plan", next={"next_in": 2, "next_unit": "Days"})
	with pytest.raises(CompletedError):
		finish(doc, then="plan", next={"next_in": 2, "next_unit": "Days"})
	assert frappe.db.count("Interaction", {"follows": doc.name}) == 1


@pytest.mark.parametrize(
	"what",
	[
		{"then": "dance"},
		{"then": "plan", "next": "[]"},
		{"then": "plan", "next": {"next_in": 2, "owner": "x"}},
		{"then": "plan", "next": {"next_in": "many", "next_unit": "Days"}},
		{"outcome": "No Such Outcome"},
	],
)
def test_refuses_what_makes_no_sense(what):
	doc = interaction()
	frappe.db.savepoint("clean")
	with pytest.raises(frappe.ValidationError):
		finish(doc, **what)
	frappe.db.rollback(save_point="clean")
	assert not frappe.db.get_value("Interaction", doc.name, "completed")


def test_a_plan_that_is_there_already_is_moved():
	doc = interaction(plan_next=1, next_in=2, next_unit="Days")
	answer = finish(doc, then="plan", next={"next_on": "2100-01-01 09:00:00"})
	assert answer["next_activity"] == doc.next_activity
	assert follow_up(answer).starts_on == get_datetime("2100-01-01 09:00:00")
	assert frappe.db.count("Interaction", {"follows": doc.name}) == 1


class TestProposals:
	def test_offer_sent(self):
		found = proposed(interaction(), "Offer Sent")
		assert (found["next_type"], found["next_in"], found["next_unit"], found["ask"]) == (
			"Phone Call",
			2,
			"Days",
			False,
		)
		assert getdate(found["next_on"]) == getdate(add_to_date(now_datetime(), days=2))

	def test_no_rule_proposes_the_same_kind_and_no_time(self):
		found = proposed(interaction(), "Successful")
		assert (found["next_type"], found.get("next_in"), found["ask"]) == ("Phone Call", None, False)

	def test_no_answer_three_times_then_ask(self):
		doc = interaction()
		for time in (1, 2, 3):
			found = proposed(doc, "No Answer")
			assert (found["times"], found["next_in"], found["next_unit"]) == (time, 4, "Hours")
			doc = follow_up(finish(doc, outcome="No Answer", then="plan"))
		found = proposed(doc, "No Answer")
		assert (found["times"], found["ask"], found.get("next_in")) == (4, True, None)
		with pytest.raises(frappe.MandatoryError, match="4 times in a row"):
			finish(doc, outcome="No Answer", then="plan")
		answer = finish(doc, outcome="No Answer", then="plan", next={"next_in": 1, "next_unit": "Weeks"})
		assert follow_up(answer).status == "Planned"

	def test_another_outcome_begins_anew(self):
		doc = interaction()
		doc = follow_up(finish(doc, outcome="No Answer", then="plan"))
		doc = follow_up(finish(doc, outcome="Call Back", then="plan"))
		assert proposed(doc, "No Answer")["times"] == 1

	def test_a_rule_for_any_outcome(self):
		kind = frappe.get_doc("Interaction Type", "SMS")
		kind.append(
			"next_steps",
			{"next_type": "Phone Call", "next_in": 3, "next_unit": "Days", "title": "Ask whether it came"},
		)
		kind.save()
		found = proposed(interaction(interaction_type="SMS"), "Successful")
		assert (found["next_type"], found["next_in"], found["next_title"]) == (
			"Phone Call",
			3,
			"Ask whether it came",
		)

	def test_it_shows_what_is_planned_already(self):
		doc = interaction(plan_next=1, next_on="2100-01-01 09:00:00")
		found = proposed(doc)
		assert (found["next_activity"], found["chain_status"]) == (doc.next_activity, "Open")
		assert found["next_activity_on"] == get_datetime("2100-01-01 09:00:00")

	def test_the_date_that_a_number_leads_to(self):
		assert api.get_due(2, "Days", "2100-01-01 09:00:00") == "2100-01-03 09:00:00"
		with pytest.raises(frappe.ValidationError):
			api.get_due(2, "Years", "2100-01-01 09:00:00")
		with pytest.raises(frappe.ValidationError):
			api.get_due(2, "Days", "soon")

	def test_a_number_counts_from_the_end(self):
		start, end = "2100-01-01 09:00:00", "2100-01-01 12:00:00"
		assert api.get_due(2, "Hours", start, end) == "2100-01-01 14:00:00"
		doc = interaction(starts_on=start, ends_on=end, plan_next=1, next_in=2, next_unit="Hours")
		assert str(doc.next_on) == "2100-01-01 14:00:00"

	@pytest.mark.parametrize("booked", [False, True])
	def test_what_is_finished_before_its_time_is_over(self, booked):
		rooms = [{"resource": resource().name}] if booked else []
		doc = meeting(starts_on="2100-01-01 09:00:00", duration=7200, resources=rooms)
		soon = datetime.now(timezone.utc) + timedelta(hours=4)
		done = finish(doc, then="plan", next={"next_in": 4, "next_unit": "Hours"})
		planned = frappe.db.get_value(done["next_activity_type"], done["next_activity"], "starts_on")
		assert abs(planned.replace(tzinfo=clock.site_zone()) - soon) < timedelta(minutes=2)

	def test_a_proposal_changes_nothing(self):
		doc = interaction()
		before = frappe.db.get_value("Interaction", doc.name, "modified")
		proposed(doc, "Offer Sent")
		assert frappe.db.get_value("Interaction", doc.name, "modified") == before
		assert frappe.db.count("Interaction", {"follows": doc.name}) == 0


class TestPlanNext:
	def test_after_completion(self):
		doc = interaction()
		finish(doc)
		answer = api.plan_next(doc.doctype, doc.name, {"next_in": 2, "next_unit": "Days"})
		doc.reload()
		assert (doc.completed, doc.plan_next, doc.next_activity) == (1, 1, answer["next_activity"])
		with pytest.raises(frappe.ValidationError, match="already"):
			api.plan_next(doc.doctype, doc.name, {"next_in": 2, "next_unit": "Days"})
		assert frappe.db.count("Interaction", {"follows": doc.name}) == 1
		assert_consistent()

	def test_before_completion(self):
		doc = interaction()
		answer = api.plan_next(doc.doctype, doc.name, {"next_in": 2, "next_unit": "Days"})
		assert follow_up(answer).follows == doc.name


class TestMany:
	def test_each_by_itself(self):
		docs = [interaction() for _each in range(3)]
		finish(docs[1])
		answer = api.complete_many(
			"Interaction", [doc.name for doc in docs], then="plan", outcome="Offer Sent"
		)
		assert answer["done"] == [docs[0].name, docs[2].name]
		((refused),) = answer["refused"]
		assert refused["activity"] == docs[1].name
		assert "already" in refused["reason"] and "<" not in refused["reason"], "as plain text"
		assert frappe.db.count("Interaction", {"follows": docs[0].name}) == 1
		assert_consistent()

	def test_what_is_missing_is_said(self):
		assert api.complete_many("Interaction", ["INT-NONE"])["refused"]

	def test_not_too_many(self):
		with pytest.raises(frappe.ValidationError, match="At most"):
			api.complete_many("Interaction", [str(number) for number in range(501)])


def test_strangers_finish_nothing(as_user):
	doc = interaction(of=partner("Tvrtka d.o.o."))
	user("stranger@example.com")
	as_user("stranger@example.com")
	for call in (
		lambda: finish(doc),
		lambda: proposed(doc),
		lambda: api.plan_next(doc.doctype, doc.name, {"next_in": 1}),
		lambda: api.complete_many(doc.doctype, [doc.name]),
	):
		with pytest.raises(frappe.PermissionError):
			call()
