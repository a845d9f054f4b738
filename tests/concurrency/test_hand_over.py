"""A hand-over that is killed and run again, run by two workers at once, or requested twice at once (R26)."""

import time

import frappe
import pytest

from crm_interactions.handover import chunks, requests, transfer_log
from crm_interactions.handover.scope import Scope
from tests.concurrency.crew import at_once, method, put, record, run_at_once, wait_for
from tests.concurrency.scenery import (
	CHAIN,
	activities,
	chain_of,
	copies,
	copy_interaction,
	fresh,
	sees_the_winner,
)
from tests.site.factories import user
from tests.site.tier import choose

MANY = choose(60, 120)
JOB = "crm_interactions.handover.job.run_job"
PLANNED = {"status": "Planned", "starts_on": "2100-06-01 10:00:00"}
pytestmark = pytest.mark.usefixtures("many_writers")


@pytest.fixture
def people(many_writers) -> tuple[str, str]:
	names = [f"{frappe.generate_hash(length=8)}@example.com" for _ in range(2)]
	one, other = (user(name, "Interaction User").name for name in names)
	frappe.db.commit()
	return one, other


@pytest.fixture
def planned(people) -> list[str]:
	"""Return many planned activities of the first person, each in its own chain."""
	(first,) = activities(1, responsible=people[0], **PLANNED)
	chains = copies(CHAIN, chain_of(first), MANY - 1)
	new = [{"name": f"{first[1]}-{number:05d}", "chain": chain} for number, chain in enumerate(chains, 1)]
	copy_interaction(first[1], new)
	frappe.db.commit()
	return [first[1], *(each["name"] for each in new)]


def request_hand_over(people) -> str:
	"""Return the name of a new hand-over that waits for a worker."""
	name = requests.hand_over(Scope(people[0]), people[1])["name"]
	frappe.db.commit()
	return name


def test_a_killed_hand_over_is_completed_by_running_it_again(victim, people, planned, outcomes):
	name = request_hand_over(people)
	killed = victim()
	killed.start(JOB, hand_over=name)
	wait_for(lambda: _done(name) >= MANY // 4)
	killed.kill()
	time.sleep(0.2)  # until the database has rolled the killed transaction back
	half = _done(name)
	outcomes["documents when killed"] = half
	assert 0 < half < 2 * MANY
	logged = frappe.db.count(transfer_log.ENTRY, {"hand_over": name, "document_type": "Interaction"})
	assert _theirs(people[1], planned) == logged, "activities and log rows don't match"
	again = victim()
	again.start(JOB, hand_over=name)
	assert again.answer().ok
	_all_handed_over(name, people, planned)


def test_two_workers_share_a_hand_over(victim, people, planned, outcomes):
	name = request_hand_over(people)
	for answer in run_at_once([victim(), victim()], JOB, hand_over=name):
		assert answer.ok, answer.messages
		outcomes["workers done"] += 1
	_all_handed_over(name, people, planned)


def test_activities_made_during_a_hand_over_are_included(victim, crew, people, planned, outcomes):
	"""The colleague's new and changed activities are handed over too, and no change is lost."""
	name = request_hand_over(people)
	worker = victim()
	worker.start(JOB, hand_over=name)
	made = []
	wait_for(lambda: _done(name))
	for number in range(5):
		request = put(("Interaction", planned[-1 - number]), notes=f"<p>{number}</p>")
		record([crew[0].do(request)], outcomes)
		fresh()
		if frappe.db.get_value(chunks.HAND_OVER, name, "status") == chunks.RUNNING:
			made += [new for _, new in activities(1, responsible=people[0], **PLANNED)]
	assert worker.answer().ok
	outcomes["made meanwhile"] = len(made)
	assert made, "the job ended before any activity was made"
	_all_handed_over(name, people, planned, more=made)


def test_of_two_requests_for_one_hand_over_one_is_refused(crew, people, planned, outcomes):
	request = method("crm_interactions.api.oversight.hand_over", from_user=people[0], to_user=people[1])
	answers = at_once(crew[:2], [request, request])
	record(answers, outcomes, "ValidationError")
	fresh()
	assert frappe.db.count(chunks.HAND_OVER, {"from_user": people[0]}) == 1
	assert sorted(answer.ok for answer in answers) == [False, True]
	told = "is already running" if sees_the_winner() else "Save again"
	assert told in next(answer.messages for answer in answers if not answer.ok)


def test_of_two_requests_to_undo_a_hand_over_one_is_refused(victim, crew, people, planned, outcomes):
	name = request_hand_over(people)
	assert run_at_once([victim()], JOB, hand_over=name)[0].ok
	request = method("crm_interactions.api.oversight.undo_hand_over", hand_over=name)
	answers = at_once(crew[:2], [request, request])
	record(answers, outcomes, "ValidationError", "ChangedMeanwhileError")
	assert sorted(answer.ok for answer in answers) == [False, True]


def _all_handed_over(name: str, people, planned, more=()) -> None:
	fresh()
	doc = frappe.get_doc(chunks.HAND_OVER, name)
	assert doc.status == "Done", doc.problem
	assert (doc.running_key, doc.left_count, doc.done_count) == (None, 0, 2 * (MANY + len(more)))
	everything = [*planned, *more]
	assert _theirs(people[1], everything) == len(everything)
	assert frappe.db.count(CHAIN, {"responsible": people[1]}) == len(everything)
	columns = ["document_type", "document"]
	entries = frappe.get_all(transfer_log.ENTRY, {"hand_over": name}, columns, limit_page_length=0)
	assert len({(entry.document_type, entry.document) for entry in entries}) == len(entries)
	assert frappe.db.count("Notification Log", {"for_user": people[1]}) == 1
	about = {"reference_doctype": "Interaction", "reference_name": ("in", everything), "comment_type": "Info"}
	comments = frappe.get_all("Comment", about, pluck="reference_name", limit_page_length=0)
	assert sorted(comments) == sorted(everything), "each activity has one comment"


def _theirs(user_name: str, names) -> int:
	fresh()
	return frappe.db.count("Interaction", {"name": ("in", names), "responsible": user_name})


def _done(name: str) -> int:
	fresh()
	return frappe.db.count(transfer_log.ENTRY, {"hand_over": name})
