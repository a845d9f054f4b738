"""A hand-over that is killed and run again, run by two workers at once, or requested twice at once (R26)."""

import time

import frappe
import pytest

from crm_interactions.handover import chunks, requests, transfer_log
from crm_interactions.handover.scope import Scope
from tests.concurrency.crew import at_once, method, put
from tests.concurrency.scenery import CHAIN, ROW, activity, chain_of, copies, copy_row, fresh
from tests.site.factories import user
from tests.site.tier import choose

MANY = choose(60, 120)
JOB = "crm_interactions.handover.job.run_job"
PLANNED = {"status": "Planned", "starts_on": "2100-06-01 10:00:00"}
pytestmark = pytest.mark.usefixtures("many_writers")


@pytest.fixture
def people(many_writers) -> tuple[str, str]:
	names = [f"{frappe.generate_hash(length=8)}@example.com" for _ in range(2)]
	for name in names:
		user(name, "Interaction User")
	frappe.db.commit()
	return names[0], names[1]


@pytest.fixture
def planned(people) -> list[str]:
	"""Return many planned activities of the first person, each in its own chain."""
	first = activity(responsible=people[0], **PLANNED)
	chain = chain_of(first)
	chains = copies(CHAIN, chain, MANY - 1)
	names = [f"{first[1]}-{number:05d}" for number in range(1, MANY)]
	pairs = list(zip(names, chains, strict=True))
	copy_row("Interaction", {"name": first[1]}, [{"name": name, "chain": chain} for name, chain in pairs])
	copy_row(
		ROW,
		{"activity": first[1], "activity_type": "Interaction"},
		[
			{"name": frappe.generate_hash(length=12), "activity": name, "chain": chain}
			for name, chain in pairs
		],
	)
	frappe.db.commit()
	return [first[1], *names]


def request_hand_over(people) -> str:
	"""Return the name of a new hand-over that waits for a worker."""
	name = requests.hand_over(Scope(people[0]), people[1])["name"]
	frappe.db.commit()
	return name


def test_a_killed_hand_over_is_completed_by_running_it_again(victim, people, planned, outcomes):
	name = request_hand_over(people)
	killed = victim()
	killed.start(JOB, hand_over=name)
	_wait_for(lambda: _done(name) >= MANY // 4)
	killed.kill()
	time.sleep(0.2)  # until the database has rolled the killed transaction back
	half = _done(name)
	outcomes["documents when killed"] = half
	assert 0 < half < 2 * MANY
	assert _theirs(people[1], planned) == frappe.db.count(
		transfer_log.ENTRY, {"hand_over": name, "document_type": "Interaction"}
	), "an activity without its log row, or a log row without its activity"
	again = victim()
	again.start(JOB, hand_over=name)
	assert again.answer().ok
	again.close()
	_all_handed_over(name, people, planned)


def test_two_workers_share_a_hand_over(victim, people, planned, outcomes):
	name = request_hand_over(people)
	both = [victim(), victim()]
	for worker in both:
		worker.start(JOB, together=True, hand_over=name)
	for worker in both:
		worker.until_ready()
	for worker in both:
		worker.go()
	for worker in both:
		answer = worker.answer()
		assert answer.ok, answer.messages
		outcomes["workers done"] += 1
		worker.close()
	_all_handed_over(name, people, planned)


def test_activities_made_during_a_hand_over_are_included(victim, crew, people, planned, outcomes):
	"""The colleague's new and changed activities are handed over too, and no change is lost."""
	name = request_hand_over(people)
	worker = victim()
	worker.start(JOB, hand_over=name)
	made = []
	_wait_for(lambda: _done(name))
	for number in range(5):
		changed = crew[0].do(put(("Interaction", planned[-1 - number]), notes=f"<p>{number}</p>"))
		outcomes[changed.outcome] += 1
		changed.require()
		fresh()
		if status_of(name) == chunks.RUNNING:
			made.append(activity(responsible=people[0], **PLANNED)[1])
			frappe.db.commit()
	assert worker.answer().ok
	worker.close()
	outcomes["made meanwhile"] = len(made)
	assert made, "the job ended before any activity was made"
	_all_handed_over(name, people, planned, more=made)


def test_of_two_requests_for_one_hand_over_one_is_refused(crew, people, planned, outcomes):
	request = method("crm_interactions.api.oversight.hand_over", from_user=people[0], to_user=people[1])
	answers = at_once(crew[:2], [request, request])
	for answer in answers:
		outcomes[answer.outcome] += 1
		answer.require("ValidationError")
	fresh()
	assert frappe.db.count(chunks.HAND_OVER, {"from_user": people[0]}) == 1
	assert sorted(answer.ok for answer in answers) == [False, True]
	assert "is already running" in next(answer.messages for answer in answers if not answer.ok)


def status_of(name: str) -> str:
	return frappe.db.get_value(chunks.HAND_OVER, name, "status")


def _all_handed_over(name: str, people, planned, more=()) -> None:
	fresh()
	record = frappe.get_doc(chunks.HAND_OVER, name)
	assert record.status == "Done", record.problem
	assert record.running_key is None
	assert record.left_count == 0
	assert record.done_count == 2 * (MANY + len(more))
	everything = [*planned, *more]
	assert _theirs(people[1], everything) == len(everything)
	assert frappe.db.count(CHAIN, {"responsible": people[1]}) == len(everything)
	documents = frappe.get_all(
		transfer_log.ENTRY, {"hand_over": name}, ["document_type", "document"], limit_page_length=0
	)
	assert len({(entry.document_type, entry.document) for entry in documents}) == len(documents)
	assert frappe.db.count("Notification Log", {"for_user": people[1]}) == 1
	comments = frappe.get_all(
		"Comment",
		{"reference_doctype": "Interaction", "reference_name": ("in", everything), "comment_type": "Info"},
		pluck="reference_name",
		limit_page_length=0,
	)
	assert sorted(comments) == sorted(everything), "each activity has one comment"


def _theirs(user_name: str, names) -> int:
	fresh()
	return frappe.db.count("Interaction", {"name": ("in", names), "responsible": user_name})


def _done(name: str) -> int:
	fresh()
	return frappe.db.count(transfer_log.ENTRY, {"hand_over": name})


def _wait_for(condition) -> None:
	until = time.monotonic() + 60
	while not condition():
		assert time.monotonic() < until
		time.sleep(0.02)
