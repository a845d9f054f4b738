"""A hand-over is killed in the middle and run again, done by two workers at once, and asked for twice at once (R26)."""

import time

import frappe
import pytest
from crew import at_once, method, put
from factories import user
from scenery import CHAIN, ROW, activity, chain_of, copies, copy_row, fresh
from tier import choose

from crm_interactions.handover import chunks, requests, transfer_log
from crm_interactions.handover.scope import Scope

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
	"""Return many planned activities of the first, each in a chain of its own."""
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


def asked(people) -> str:
	"""Return a hand-over that waits for a worker."""
	name = requests.hand_over(Scope(people[0]), people[1])["name"]
	frappe.db.commit()
	return name


def test_killed_half_way_and_run_again(victim, people, planned, outcomes):
	name = asked(people)
	killed = victim()
	killed.start(JOB, hand_over=name)
	_wait_for(lambda: _done(name) >= MANY // 4)
	killed.kill()
	time.sleep(0.2)  # the database notices that nobody is there any more
	half = _done(name)
	outcomes["documents when killed"] = half
	assert 0 < half < 2 * MANY
	assert _theirs(people[1], planned) == frappe.db.count(
		transfer_log.ENTRY, {"hand_over": name, "document_type": "Interaction"}
	), "an activity without its entry, or the other way round"
	again = victim()
	again.start(JOB, hand_over=name)
	assert again.answer().ok
	again.close()
	_all_handed_over(name, people, planned)


def test_two_workers_at_once(victim, people, planned, outcomes):
	name = asked(people)
	both = [victim(), victim()]
	for worker in both:
		worker.start(JOB, together=True, hand_over=name)
	for worker in both:
		worker.until_ready()
	for worker in both:
		worker.go()
	for worker in both:
		answer = worker.answer()
		assert answer.ok, answer.told
		outcomes["workers done"] += 1
		worker.close()
	_all_handed_over(name, people, planned)


def test_while_the_colleague_still_works(victim, crew, people, planned, outcomes):
	"""What he makes and changes meanwhile is handed over too, and nobody's work is lost."""
	name = asked(people)
	worker = victim()
	worker.start(JOB, hand_over=name)
	made = []
	_wait_for(lambda: _done(name))
	for number in range(5):
		changed = crew[0].do(put(("Interaction", planned[-1 - number]), notes=f"<p>{number}</p>"))
		outcomes[changed.outcome] += 1
		changed.require()
		fresh()
		if walking_status(name) == chunks.RUNNING:
			made.append(activity(responsible=people[0], **PLANNED)[1])
			frappe.db.commit()
	assert worker.answer().ok
	worker.close()
	outcomes["made meanwhile"] = len(made)
	assert made, "the job was over before anybody did anything"
	_all_handed_over(name, people, planned, more=made)


def test_asked_for_twice_at_once(crew, people, planned, outcomes):
	request = method("crm_interactions.api.oversight.hand_over", from_user=people[0], to_user=people[1])
	answers = at_once(crew[:2], [request, request])
	for answer in answers:
		outcomes[answer.outcome] += 1
		answer.require("ValidationError")
	fresh()
	assert frappe.db.count(chunks.HAND_OVER, {"from_user": people[0]}) == 1
	assert sorted(answer.ok for answer in answers) == [False, True]
	assert "is being handed over already" in next(answer.told for answer in answers if not answer.ok)


def walking_status(name: str) -> str:
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
	assert sorted(comments) == sorted(everything), "each is told of once"


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
