"""Several users join, split, undo and delete the same chains at the same moment.

Not on SQLite, which refuses all but one writer with "database is locked".
"""

import frappe
import pytest

from tests.concurrency.crew import at_once, chain_method, delete, link, unlink
from tests.concurrency.scenery import CHAIN, LOG, MOVE, activity, chain_of, fresh, logged, rows
from tests.site.tier import choose

pytestmark = pytest.mark.usefixtures("many_writers")
ROUNDS = choose(6, 20)
# Clear refusals, for requests that exclude each other.
REFUSED = ("ValidationError", "DoesNotExistError", "LinkExistsError")


def test_two_chains_joined_from_both_ends_become_one(crew, outcomes):
	for number in range(choose(10, 30)):
		one, other = _committed(number, 2)
		answers = at_once(crew, [link(one, other), link(other, one)])
		for answer in answers:
			answer.require()
		fresh()
		outcomes[" + ".join(sorted(answer.outcome for answer in answers))] += 1
		chain = chain_of(one)
		assert chain == chain_of(other)
		assert {row.activity for row in rows(chain)} == {one[1], other[1]}
		assert len(_moving(chain)) == 1


def test_sixteen_chains_can_be_joined_into_one(crew, outcomes):
	(target,) = _committed(0, 1)
	mine = [activity(title=f"Call {number}") for number in range(len(crew))]
	frappe.db.commit()
	answers = at_once(crew, [link(one, target) for one in mine])
	for answer in answers:
		answer.require()
		outcomes[answer.outcome] += 1
	refused = [one for one, answer in zip(mine, answers, strict=True) if not answer.ok]
	for one in refused:  # as a user does who is told to reload
		assert crew[0].do(link(one, target)).ok
	fresh()
	chain = chain_of(target)
	assert {row.activity for row in rows(chain)} == {name for _, name in [target, *mine]}
	assert frappe.db.get_value(CHAIN, chain, "activity_count") == 17
	assert len(logged(chain, "Join")) == 16
	assert not refused, "each request waits for its turn, so none should be refused"


def test_joins_of_different_chains_dont_disturb_each_other(crew, outcomes):
	"""Chains with consecutive numbers have neighbouring rows in the index."""
	for number in range(choose(3, 6)):
		activities = _committed(number, 16)
		pairs = list(zip(activities[::2], activities[1::2], strict=True))
		answers = at_once(crew, [link(one, other) for one, other in pairs])
		for (one, other), answer in zip(pairs, answers, strict=True):
			answer.require()
			outcomes[answer.outcome] += 1
			fresh()
			assert (chain_of(one) == chain_of(other)) == answer.ok


def test_joins_in_a_ring_lose_no_activity(crew, outcomes):
	for number in range(ROUNDS):
		a, b, c = _committed(number, 3)
		answers = at_once(crew, [link(a, b), link(b, c), link(c, a)])
		_count(answers, outcomes)
		fresh()
		held = {chain_of(one) for one in (a, b, c)}
		assert len(held) <= 3 - sum(bool(answer.ok and answer.result["joined"]) for answer in answers)
		_nothing_lost(a, b, c)


def test_undo_and_joins_of_the_same_chains_lose_no_activity(crew, outcomes):
	for number in range(ROUNDS):
		a, b, c = _committed(number, 3)
		entry = crew[0].do(link(b, a)).result["log"]
		answers = at_once(crew, [chain_method("undo", log=entry), link(c, b), link(a, c)])
		_count(answers, outcomes, *REFUSED)
		fresh()
		undone = bool(frappe.db.get_value(LOG, entry, "undone_on"))
		assert undone == answers[0].ok
		_nothing_lost(a, b, c)


def test_one_of_two_undos_of_the_same_join_succeeds(crew, outcomes):
	for number in range(choose(5, 10)):
		a, b = _committed(number, 2)
		entry = crew[0].do(link(b, a)).result["log"]
		answers = at_once(crew, [chain_method("undo", log=entry), chain_method("undo", log=entry)])
		_count(answers, outcomes, *REFUSED)
		fresh()
		assert sum(answer.ok for answer in answers) == 1
		assert chain_of(a) != chain_of(b)
		assert frappe.db.count(LOG, {"undoes": entry}) == 1


def test_unlinks_and_deletions_leave_one_row_for_each_activity(crew, outcomes):
	for number in range(ROUNDS):
		a, b, c = _committed(number, 3)
		for one in (b, c):
			assert crew[0].do(link(one, a)).ok
		# QueryTimeoutError is Frappe's "can not be deleted right now as it's being modified by another user"
		answers = at_once(crew, [unlink(b), delete(b), delete(c), unlink(a)])
		_count(answers, outcomes, *REFUSED, "QueryTimeoutError")
		fresh()
		_nothing_lost(*(one for one in (a, b, c) if frappe.db.exists(*one)))


def _committed(number: int, length: int) -> list[tuple[str, str]]:
	made = [activity(title=f"No. {number}.{which}") for which in range(length)]
	frappe.db.commit()
	return made


def _count(answers, outcomes, *allowed: str) -> None:
	for answer in answers:
		outcomes[answer.outcome] += 1
		answer.require(*allowed)


def _moving(chain: str) -> list[str]:
	return [entry for entry in logged(chain, "Join") if frappe.db.exists(MOVE, {"log": entry})]


def _nothing_lost(*activities) -> None:
	for activity_type, name in activities:
		found = frappe.get_all("Activity Link", {"activity_type": activity_type, "activity": name}, ["chain"])
		assert len(found) == 1, name
		assert frappe.db.get_value(activity_type, name, "chain") == found[0].chain
