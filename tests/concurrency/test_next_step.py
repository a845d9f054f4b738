"""Many finish the same activity at the same moment: it has one next step (B3, R22)."""

import frappe
from crew import at_once, desk_save, method, put
from factories import interaction
from scenery import fresh

ACTIVITY = "crm_interactions.api.activity"
NEXT = {"next_in": 2, "next_unit": "Days"}
TOLD = {"CompletedError", "ChangedMeanwhileError", "TimestampMismatchError"}


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


def told(answers, outcomes) -> list[str]:
	said = [answer.outcome for answer in answers]
	outcomes.update(said)
	assert {*said} <= {"ok", *TOLD}, [answer.told for answer in answers if not answer.ok]
	return said


def test_sixteen_finish_one_activity(crew, outcomes):
	for _ in range(4):
		doc = made()
		said = told(at_once(crew, [finish(doc) for _ in crew]), outcomes)
		assert said.count("ok") == 1
		assert len(follow_ups(doc)) == 1
		assert frappe.db.get_value("Interaction", doc.name, "next_activity") == follow_ups(doc)[0]


def test_sixteen_plan_after_one_that_is_finished(crew, outcomes):
	for _ in range(2):
		doc = made(completed=1)
		request = method(f"{ACTIVITY}.plan_next", activity_type=doc.doctype, activity=doc.name, next=NEXT)
		answers = at_once(crew, [request for _ in crew])
		assert [answer.ok for answer in answers].count(True) == 1
		outcomes.update(answer.outcome for answer in answers)
		assert len(follow_ups(doc)) == 1


def test_two_tabs_save_the_same_plan(crew, outcomes):
	"""The form saved twice, and a script that changes the record through REST beside it."""
	for _ in range(4):
		doc = made()
		form = {**frappe.get_doc("Interaction", doc.name).as_dict(), "plan_next": 1, **NEXT}
		requests = [desk_save(form), desk_save(form), put((doc.doctype, doc.name), plan_next=1, **NEXT)]
		answers = at_once(crew, requests)
		assert any(answer.ok for answer in answers)
		told(answers, outcomes)
		assert len(follow_ups(doc)) == 1


def test_a_request_is_sent_again(crew, outcomes):
	"""Its answer was lost on the way: the second one is told, and plans nothing."""
	doc = made()
	first, second = crew[0].do(finish(doc)), crew[1].do(finish(doc))
	assert first.ok
	assert second.error == "CompletedError"
	assert "already" in second.told
	assert len(follow_ups(doc)) == 1
