"""A telephone system reports one call many times at the same moment: it is one interaction (R28)."""

import frappe

from crm_interactions.capture.exchange import key_of
from tests.concurrency.crew import at_once, method, record
from tests.concurrency.scenery import fresh
from tests.site.factories import contact, partner

NUMBER = "+385 1 777 8899"


def event(name: str, key: str, **values):
	call = {"event": name, "idempotency_key": key, "from_number": NUMBER, "direction": "Incoming"}
	return method("crm_interactions.api.activity.log", **call, **values)


def found(key: str, doctype: str = "Interaction") -> list:
	fresh()
	return frappe.get_all(doctype, {"source_key": key_of("reported", key)}, ["*"])


def known_caller() -> None:
	contact(partner(f"Caller {frappe.generate_hash(length=6)}"), phone=NUMBER)
	frappe.db.commit()


def test_sixteen_reports_of_a_call_are_one_interaction(crew, outcomes):
	known_caller()
	answers = at_once(crew, [event("answered", "pbx-1")] * len(crew))
	record(answers, outcomes)
	(call,) = found("pbx-1")
	assert {answer.result["name"] for answer in answers if answer.ok} == {call.name}


def test_reports_of_one_system_wait_for_each_other(crew, authorizations, outcomes):
	"""All workers have one user, as a telephone system has."""
	former = [worker.authorization for worker in crew]
	for worker in crew:
		worker.authorization = authorizations[0]
	try:
		answers = at_once(crew, [event("ended", "pbx-2", duration=60 + n) for n in range(len(crew))])
	finally:
		for worker, authorization in zip(crew, former, strict=True):
			worker.authorization = authorization
	assert record(answers, outcomes) == ["ok"] * len(crew)
	(call,) = found("pbx-2")
	assert {answer.result["name"] for answer in answers} == {call.name}
	assert 60 <= call.duration < 60 + len(crew)


def test_an_unknown_number_is_one_item(crew, outcomes):
	reports = [{**event("missed", "pbx-3").body, "from_number": "+385 1 777 0000"}] * len(crew)
	answers = at_once(crew, [method("crm_interactions.api.activity.log", **report) for report in reports])
	record(answers, outcomes)
	assert len(found("pbx-3", "Captured Item")) == 1


def test_a_missed_call_is_called_back_once(crew, outcomes):
	answers = at_once(crew, [event("missed", "pbx-4")] * len(crew))
	record(answers, outcomes)
	(call,) = found("pbx-4")
	planned = frappe.get_all("Interaction", {"party": call.party, "status": "Planned"}, pluck="name")
	assert len(planned) == 1
