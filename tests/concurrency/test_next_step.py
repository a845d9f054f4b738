"""Many users finish the same activity at the same moment: it gets one next step (B3, R22)."""

import frappe

from tests.concurrency.crew import at_once, desk_save, method, named, put, record
from tests.concurrency.scenery import Activity, activities, form, fresh

API = "crm_interactions.api.activity"
NEXT = {"next_in": 2, "next_unit": "Days"}


def follow_ups(one: Activity) -> list[str]:
	fresh()
	return frappe.get_all("Interaction", {"planned_by": one[1], "status": "Planned"}, pluck="name")


def finish(one: Activity):
	return method(f"{API}.complete", **named(one), then="plan", next=NEXT)


def test_an_activity_finished_by_many_gets_one_next_step(crew, outcomes):
	for one in activities(4):
		answers = at_once(crew, [finish(one) for _ in crew])
		assert record(answers, outcomes, "CompletedError").count("ok") == 1
		(planned,) = follow_ups(one)
		assert frappe.db.get_value(*one, "next_activity") == planned


def test_a_completed_activity_gets_one_next_step_from_many_plans(crew, outcomes):
	for one in activities(2, completed=1):
		request = method(f"{API}.plan_next", **named(one), next=NEXT)
		answers = at_once(crew, [request for _ in crew])
		assert [answer.ok for answer in answers].count(True) == 1
		outcomes.update(answer.outcome for answer in answers)
		assert len(follow_ups(one)) == 1


def test_a_plan_saved_in_two_tabs_and_by_rest_makes_one_next_step(crew, outcomes):
	"""Two tabs save the form while a script changes the record through REST."""
	for one in activities(4):
		tab = desk_save(form(one, plan_next=1, **NEXT))
		answers = at_once(crew, [tab, tab, put(one, plan_next=1, **NEXT)])
		assert any(answer.ok for answer in answers)
		record(answers, outcomes, "CompletedError")
		assert len(follow_ups(one)) == 1


def test_a_repeated_request_plans_nothing(crew):
	"""A client that lost the first answer repeats the request and gets a clear refusal."""
	(one,) = activities(1)
	first, second = crew[0].do(finish(one)), crew[1].do(finish(one))
	assert first.ok
	assert second.error == "CompletedError"
	assert "already" in second.messages
	assert len(follow_ups(one)) == 1
