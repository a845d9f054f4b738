"""The server process is killed during a change (kill -9): the chain is as before or as after, never in between."""

import random
from collections.abc import Iterator

import frappe

from crm_interactions.chains import undoing
from tests.concurrency.crew import kill_during, link, set_subject
from tests.concurrency.scenery import LOG, MOVE, fresh, long_chain, picture, settle
from tests.site.tier import choose

LENGTH, KILLS = choose((200, 5), (1000, 20))
# the most kills until at least one came before the commit and one after it
MOST, TRIALS = 30, 3
# the moment of a kill, as a share of the request's duration; above 1, the request may be complete
EARLIEST, LATEST = 0.1, 1.4
# Adapts to the machine's speed: a kill before the commit makes the next one later, a kill after it earlier.
STEP = 1.15
CHANCE = random.Random(3)  # noqa: S311  not for secrets


def test_a_killed_propagation_leaves_all_old_or_all_new_subjects(victim, subjects, outcomes):
	chain, _ = long_chain(LENGTH)
	duration = _duration(victim, [set_subject(chain, subjects[which % 2]) for which in range(TRIALS)])

	def wanted(before: dict) -> tuple[str, str]:
		return next(subject for subject in subjects[:2] if subject[1] != before[chain].subject)

	kills = _kills(victim, lambda before: set_subject(chain, wanted(before)), duration, outcomes, chain)
	for before, after in kills:
		_all_about(wanted(before), before, after, chain)


def test_a_killed_join_leaves_the_chains_separate_or_joined(victim, outcomes):
	into, members = long_chain(2)
	source, moving = long_chain(LENGTH)
	request = link(moving[0], members[0])
	duration = _duration(victim, [request] * TRIALS, lambda: _undo(into))
	for before, after in _kills(victim, lambda before: request, duration, outcomes, into, source):
		_all_moved(before, after, into, source)
		_undo(into)


def _kills(victim, request, duration: float, outcomes, *chains: str) -> Iterator[tuple[dict, dict]]:
	"""Kill a request at random moments, and yield pictures before and after each kill that came after the commit.

	Args:
		request: returns the request for a picture of the chains.
		duration: seconds of the request.
	"""
	while _goes_on(outcomes):
		settle(*chains)
		before = picture(*chains)
		kill_during(victim(), request(before), duration * CHANCE.uniform(EARLIEST, LATEST))
		settle(*chains)
		after = picture(*chains)
		if after == before:
			outcomes["before"] += 1
			duration *= STEP
		else:
			outcomes["after"] += 1
			duration /= STEP
			yield before, after
	assert outcomes["before"] and outcomes["after"], "the moments missed the request"


def _goes_on(outcomes) -> bool:
	"""Return True if another kill is due: fewer than KILLS, or all on one side of the commit and fewer than MOST."""
	enough = outcomes["before"] and outcomes["after"]
	return outcomes.total() < (KILLS if enough else MOST)


def _duration(victim, requests, again=lambda: None) -> float:
	"""Return the median seconds of requests, each the first of a new process; call `again` after each."""
	found = []
	for request in requests:
		answer = victim().do(request)
		assert answer.ok, answer.messages
		found.append(answer.seconds)
		again()
	return sorted(found)[len(found) // 2]


def _all_about(subject, before: dict, after: dict, chain: str) -> None:
	assert (after[chain].subject_type, after[chain].subject) == subject
	here, copies = after["in", chain]
	assert len(here) == len(copies) == LENGTH
	assert {(one.subject_type, one.subject) for one in (*here, *copies)} == {subject}
	new = [entry for entry in after["log"] if entry not in before["log"]]
	assert [(entry.action, entry.subject_after) for entry in new] == [("Subject", subject[1])]


def _all_moved(before: dict, after: dict, into: str, source: str) -> None:
	assert (after[source].status, after[source].merged_into) == ("Merged", into)
	assert after["in", source] == ([], [])
	for which in (0, 1):
		names = {one.name for chain in (into, source) for one in before["in", chain][which]}
		assert {one.name for one in after["in", into][which]} == names
		assert {one.chain for one in after["in", into][which]} == {into}
	assert after[into].activity_count == LENGTH + 2
	new = [entry for entry in after["log"] if entry not in before["log"]]
	assert [entry.action for entry in new] == ["Join"]
	assert frappe.db.count(MOVE, {"log": new[0].name, "from_chain": source}) == LENGTH


def _undo(into: str) -> None:
	fresh()
	joined = {"chain": into, "action": "Join", "undone_by": ("is", "not set")}
	(entry,) = frappe.get_all(LOG, joined, pluck="name")
	undoing.undo_entry(entry)
	frappe.db.commit()
