"""Many users start a plan, and complete its steps, at the same moment: each step is planned once (B9)."""

import frappe
import pytest

from tests.concurrency.crew import at_once, method, named
from tests.concurrency.scenery import activities, chain_of, fresh
from tests.site.factories import activity_plan, partner

API = "crm_interactions.api.plan"
STEPS = [{"title": "Call"}, {"title": "Offer", "condition": "Successful"}, {"title": "Ask", "offset": 3}]


@pytest.fixture
def plan():
	doc = activity_plan(STEPS, title=f"Plan {frappe.generate_hash(length=6)}")
	frappe.db.commit()
	return doc.name


def titles(**about) -> list[str]:
	fresh()
	return sorted(frappe.get_all("Interaction", about, pluck="title"))


def start(plan: str, doctype: str, name: str):
	return method(f"{API}.start", plan=plan, targets=[{"doctype": doctype, "name": name}])


def successes(answers, outcomes) -> int:
	"""Return how many starts succeeded; assert that the others say why they didn't."""
	outcomes.update(answer.outcome for answer in answers)
	for answer in answers:
		answer.require()
		if answer.ok and answer.result["refused"]:
			assert "already running" in answer.result["refused"][0]["reason"]
	return [bool(answer.ok and answer.result["done"]) for answer in answers].count(True)


def test_a_plan_started_in_a_chain_by_many_plans_each_step_once(crew, outcomes, plan):
	for one in activities(3):
		chain = chain_of(one)
		answers = at_once(crew, [start(plan, "Interaction Chain", chain) for _ in crew])
		assert successes(answers, outcomes) == 1
		assert titles(chain=chain, activity_plan=plan) == ["Ask", "Call"]


def test_a_plan_started_with_a_partner_by_many_opens_one_chain(crew, outcomes, plan):
	of = partner(f"Partner {frappe.generate_hash(length=6)}")
	frappe.db.commit()
	answers = at_once(crew, [start(plan, of.doctype, of.name) for _ in crew])
	assert successes(answers, outcomes) == 1
	assert titles(party=of.name) == ["Ask", "Call"]


def test_a_step_completed_by_many_plans_the_following_one_once(crew, outcomes, plan):
	for one in activities(2):
		chain = chain_of(one)
		assert crew[0].do(start(plan, "Interaction Chain", chain)).ok
		fresh()
		call = frappe.db.get_value("Interaction", {"chain": chain, "title": "Call"})
		request = method(
			"crm_interactions.api.activity.complete", **named(("Interaction", call)), outcome="Successful"
		)
		answers = at_once(crew, [request for _ in crew])
		outcomes.update(answer.outcome for answer in answers)
		for answer in answers:
			answer.require("CompletedError")
		assert titles(chain=chain, activity_plan=plan) == ["Ask", "Call", "Offer"]


def test_the_rest_of_a_plan_is_moved_once(crew, outcomes, plan):
	(one,) = activities(1)
	chain = chain_of(one)
	assert crew[0].do(start(plan, "Interaction Chain", chain)).ok
	fresh()
	about = {"chain": chain, "activity_plan": plan}
	call, ask = (frappe.get_doc("Interaction", {**about, "title": title}) for title in ("Call", "Ask"))
	call.update({"starts_on": frappe.utils.add_days(call.starts_on, 2)}).save()
	frappe.db.commit()
	request = method(f"{API}.shift", **named(("Interaction", call.name)))
	answers = at_once(crew, [request for _ in crew])
	for answer in answers:
		answer.require()
	outcomes.update(answer.outcome for answer in answers)
	fresh()
	moved = frappe.db.get_value("Interaction", ask.name, "starts_on")
	assert (moved - ask.starts_on).days == 2
