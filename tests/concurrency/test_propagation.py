"""The subject is set on every member of a long chain while other users change the same members."""

import frappe
import pytest

from tests.concurrency.crew import at_once, desk_save, link, new_call, put, set_subject
from tests.concurrency.scenery import CHAIN, activities, chain_of, form, fresh, long_chain, party_of
from tests.site.tier import choose

LENGTH, ROUNDS = choose((200, 6), (500, 20))
pytestmark = pytest.mark.usefixtures("many_writers")


def test_a_propagation_keeps_the_chain_consistent_during_other_changes(crew, subjects, outcomes):
	chain, members = long_chain(LENGTH)
	party = party_of(members[0])
	for number in range(ROUNDS):
		(other,) = activities(1, title=f"Other {number}")
		wanted = subjects[number % len(subjects)]
		requests = {
			"subject": set_subject(chain, wanted),
			"save": desk_save(form(members[number], notes=f"Round {number}")),
			"put": put(members[-number - 1], title=f"Round {number}"),
			"insert": new_call(chain=chain, **party),
			"join": link(other, members[number]),
		}
		answers = dict(zip(requests, at_once(crew, list(requests.values())), strict=True))
		for what, answer in answers.items():
			outcomes[f"{what} {answer.outcome}"] += 1
			answer.require()
		fresh()
		_check(chain, wanted, answers)
		assert (chain_of(other) == chain) == answers["join"].ok


def _check(chain: str, wanted, answers) -> None:
	current = frappe.db.get_value(CHAIN, chain, ["subject_type", "subject"])
	if answers["subject"].ok:
		assert current == wanted
	for doctype in ("Activity Link", "Interaction"):
		held = frappe.get_all(doctype, {"chain": chain}, ["subject_type", "subject"], distinct=True)
		assert [(row.subject_type, row.subject) for row in held] == [current]
	if answers["insert"].ok:
		assert frappe.db.get_value("Interaction", answers["insert"].result["name"], "chain") == chain
