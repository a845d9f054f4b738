"""Several users join, split, undo and delete the same chains at the same moment."""

import frappe
import pytest

from tests.concurrency.crew import at_once, chain_method, delete, link, record, unlink
from tests.concurrency.scenery import (
	CHAIN,
	LOG,
	MOVE,
	activities,
	chain_of,
	fresh,
	logged,
	rows,
	sees_the_winner,
)
from tests.site.tier import choose

pytestmark = pytest.mark.usefixtures("many_writers")
ROUNDS = choose(6, 20)
# Clear refusals, for requests that exclude each other.
REFUSED = ("ValidationError", "DoesNotExistError", "LinkExistsError")


def test_two_chains_joined_from_both_ends_become_one(crew, outcomes):
	for _ in range(choose(10, 30)):
		one, other = activities(2)
		answers = at_once(crew, [link(one, other), link(other, one)])
		for answer in answers:
			answer.require()
		outcomes[" + ".join(sorted(answer.outcome for answer in answers))] += 1
		fresh()
		chain = chain_of(one)
		assert chain == chain_of(other)
		assert {row.activity for row in rows(chain=chain)} == {one[1], other[1]}
		moving = [entry for entry in logged(chain, "Join") if frappe.db.exists(MOVE, {"log": entry})]
		assert len(moving) == 1


def test_sixteen_chains_can_be_joined_into_one(crew, outcomes):
	target, *mine = activities(1 + len(crew))
	answers = at_once(crew, [link(one, target) for one in mine])
	record(answers, outcomes)
	refused = [one for one, answer in zip(mine, answers, strict=True) if not answer.ok]
	for one in refused:  # as a user does who is told to reload
		assert crew[0].do(link(one, target)).ok
	fresh()
	chain = chain_of(target)
	assert {row.activity for row in rows(chain=chain)} == {name for _, name in [target, *mine]}
	assert frappe.db.get_value(CHAIN, chain, "activity_count") == 17
	assert len(logged(chain, "Join")) == 16
	assert not (refused and sees_the_winner()), "each request waits for its turn, so none should be refused"


def test_joins_of_different_chains_dont_disturb_each_other(crew, outcomes):
	"""Chains with consecutive numbers have neighbouring rows in the index."""
	for _ in range(choose(3, 6)):
		new = activities(16)
		pairs = list(zip(new[::2], new[1::2], strict=True))
		answers = at_once(crew, [link(one, other) for one, other in pairs])
		record(answers, outcomes)
		fresh()
		for (one, other), answer in zip(pairs, answers, strict=True):
			assert (chain_of(one) == chain_of(other)) == answer.ok


def test_joins_in_a_ring_lose_no_activity(crew, outcomes):
	for _ in range(ROUNDS):
		a, b, c = activities(3)
		answers = at_once(crew, [link(a, b), link(b, c), link(c, a)])
		record(answers, outcomes)
		fresh()
		held = {chain_of(one) for one in (a, b, c)}
		assert len(held) <= 3 - sum(bool(answer.ok and answer.result["joined"]) for answer in answers)
		_nothing_lost(a, b, c)


def test_undo_and_joins_of_the_same_chains_lose_no_activity(crew, outcomes):
	for _ in range(ROUNDS):
		a, b, c = activities(3)
		entry = crew[0].do(link(b, a)).result["log"]
		answers = at_once(crew, [chain_method("undo", log=entry), link(c, b), link(a, c)])
		record(answers, outcomes, *REFUSED)
		fresh()
		assert bool(frappe.db.get_value(LOG, entry, "undone_on")) == answers[0].ok
		_nothing_lost(a, b, c)


def test_one_of_two_undos_of_the_same_join_succeeds(crew, outcomes):
	for _ in range(choose(5, 10)):
		a, b = activities(2)
		entry = crew[0].do(link(b, a)).result["log"]
		answers = at_once(crew, [chain_method("undo", log=entry)] * 2)
		record(answers, outcomes, *REFUSED)
		fresh()
		assert sum(answer.ok for answer in answers) == 1
		assert chain_of(a) != chain_of(b)
		assert frappe.db.count(LOG, {"undoes": entry}) == 1


def test_unlinks_and_deletions_leave_one_row_for_each_activity(crew, outcomes):
	for _ in range(ROUNDS):
		a, b, c = activities(3)
		for one in (b, c):
			assert crew[0].do(link(one, a)).ok
		# QueryTimeoutError is Frappe's "can not be deleted right now as it's being modified by another user"
		answers = at_once(crew, [unlink(b), delete(b), delete(c), unlink(a)])
		record(answers, outcomes, *REFUSED, "QueryTimeoutError")
		fresh()
		_nothing_lost(*(one for one in (a, b, c) if frappe.db.exists(*one)))


def _nothing_lost(*activities) -> None:
	for activity_type, name in activities:
		found = frappe.get_all("Activity Link", {"activity_type": activity_type, "activity": name}, ["chain"])
		assert len(found) == 1, name
		assert frappe.db.get_value(activity_type, name, "chain") == found[0].chain
