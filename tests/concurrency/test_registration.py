"""A document type with many documents becomes a source while users work, and its job is killed half-way."""

import time

import frappe
import pytest

from crm_interactions.journal import registry
from crm_interactions.recording import numbering
from tests.concurrency.crew import Answer, new_call, put, record, wait_for
from tests.concurrency.scenery import ROW, activities, copies, fresh, party_of, rows

NOTES = 400
JOB = "crm_interactions.recording.numbering.number_documents"
pytestmark = pytest.mark.usefixtures("many_writers")


@pytest.fixture(scope="module")
def notes(many_writers) -> list[str]:
	"""Return notes that are older than the registration of their type."""
	first = frappe.get_doc({"doctype": "Note", "title": "Remember", "public": 1}).insert()
	found = [first.name, *copies("Note", first.name, NOTES - 1)]
	frappe.db.commit()
	settings = frappe.get_doc("CRM Interactions Settings")
	settings.append("sources", {"document_type": "Note", "title_field": "title"})
	settings.save()
	frappe.db.commit()
	registry.clear_cache()
	return found


def test_a_killed_registration_is_completed_while_users_work(crew, victim, notes, outcomes):
	killed = victim()
	killed.start(JOB, doctype="Note")
	wait_for(lambda: _done(notes) >= NOTES // 4)
	killed.kill()
	fresh()
	time.sleep(0.2)  # until the database has rolled the killed transaction back
	fresh()
	half = _done(notes)
	outcomes["rows when killed"] = half
	assert 0 < half < NOTES
	assert half % numbering.BATCH == 0, "a batch is stored in part"
	job = victim()
	job.start(JOB, doctype="Note")
	answers, seconds = _work_until_done(crew[:4], notes)
	assert job.answer().ok
	fresh()
	names = frappe.get_all("Note", pluck="name", limit_page_length=0)
	found = rows(activity_type="Note")
	assert sorted(row.activity for row in found) == sorted(names)
	assert len({row.chain for row in found}) == len(found), "each note has its own chain"
	batch = seconds / ((NOTES - half) / numbering.BATCH)
	longest = max(answer.seconds for answer in answers)
	outcomes.update({"requests meanwhile": len(answers), "longest ms": int(longest * 1000)})
	outcomes["average batch ms"] = int(batch * 1000)
	record(answers, outcomes)


def test_a_repeated_registration_changes_nothing(notes, crew):
	fresh()
	before = rows(activity_type="Note")
	crew[0].start(JOB, doctype="Note")
	assert crew[0].answer().ok
	fresh()
	assert rows(activity_type="Note") == before


def _work_until_done(crew, notes) -> tuple[list[Answer], float]:
	"""Send rounds of saves and inserts until the job is done. Return the answers and the seconds it took."""
	(mine,) = activities(1)
	started, answers, number = time.monotonic(), [], 0
	while _done(notes) < NOTES:
		number += 1
		requests = (
			put(("Note", notes[-number]), content=f"<p>{number}</p>"),  # in a batch still to come
			put(("Note", notes[number]), content=f"<p>{number}</p>"),
			put(mine, notes=f"<p>{number}</p>"),
			new_call(**party_of(mine)),
		)
		for worker, request in zip(crew, requests, strict=True):
			worker.send(request)
		answers += [worker.answer() for worker in crew]
		fresh()
	return answers, time.monotonic() - started


def _done(notes) -> int:
	fresh()
	return frappe.db.count(ROW, {"activity_type": "Note", "activity": ("in", notes)})
