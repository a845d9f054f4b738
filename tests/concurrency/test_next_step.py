"""Many users finish the same activity at the same moment: it gets one next step (B3, R22)."""

import frappe

from tests.concurrency.crew import at_once, desk_save, method, put
from tests.concurrency.scenery import fresh
from tests.site.factories import interaction

ACTIVITY = "crm_interactions.api.activity"
NEXT = {"next_in": 2, "next_unit": "Days"}
CLEAR = {"CompletedError", "ChangedMeanwhileError", "TimestampMismatchError"}


def made(**fields):
	doc = interaction(**fields)
	frappe.db.commit()
	return doc


def follow_ups(doc) -> list[str]:
	fresh()
	return frappe.get_all("Interaction", {"planned_by": doc.name, "status": "Planned"}, pluck="name")


def finish(doc, **what):
	return method(
		f"{ACTIVITY}.complete", activity_type=doc.doctype, activity=doc.name, then="plan", next=NEXT, **what
	)


def record(answers, outcomes) -> list[str]:
	results = [answer.outcome for answer in answers]
	outcomes.update(results)
	assert {*results} <= {"ok", *CLEAR}, [answer.messages for answer in answers if not answer.ok]
	return results


def test_an_activity_finished_by_many_gets_one_next_step(crew, outcomes):
	for _ in range(4):
		doc = made()
		results = record(at_once(crew, [finish(doc) for _ in crew]), outcomes)
		assert results.count("ok") == 1
		assert len(follow_ups(doc)) == 1
		assert frappe.db.get_value("Interaction", doc.name, "next_activity") == follow_ups(doc)[0]


def test_a_completed_activity_gets_one_next_step_from_many_plans(crew, outcomes):
	for _ in range(2):
		doc = made(completed=1)
		request = method(f"{ACTIVITY}.plan_next", activity_type=doc.doctype, activity=doc.name, next=NEXT)
		answers = at_once(crew, [request for _ in crew])
		assert [answer.ok for answer in answers].count(True) == 1
		outcomes.update(answer.outcome for answer in answers)
		assert len(follow_ups(doc)) == 1


def test_a_plan_saved_in_two_tabs_and_by_rest_makes_one_next_step(crew, outcomes):
	"""Two tabs save the form while a script changes the record through REST."""
	for _ in range(4):
		doc = made()
		form = {**frappe.get_doc("Interaction", doc.name).as_dict(), "plan_next": 1, **NEXT}
		requests = [desk_save(form), desk_save(form), put((doc.doctype, doc.name), plan_next=1, **NEXT)]
		answers = at_once(crew, requests)
		assert any(answer.ok for answer in answers)
		record(answers, outcomes)
		assert len(follow_ups(doc)) == 1


def test_a_repeated_request_plans_nothing(crew, outcomes):
	"""A client that lost the first answer repeats the request and gets a clear refusal."""
	doc = made()
	first, second = crew[0].do(finish(doc)), crew[1].do(finish(doc))
	assert first.ok
	assert second.error == "CompletedError"
	assert "already" in second.messages
	assert len(follow_ups(doc)) == 1
