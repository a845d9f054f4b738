"""Reporting lines over all levels, and loops in them, compared with a simple search (R26)."""

import random

import pytest

from crm_interactions.visibility import hierarchy

NAMES = "abcdefgh"


def test_subordinates_are_found_on_all_levels():
	pairs = [("a", "b"), ("b", "c"), ("b", "d"), ("e", "d"), ("d", "d")]
	assert hierarchy.list_subordinates(pairs) == {"a": {*"bcd"}, "b": {*"cd"}, "e": {"d"}}
	assert hierarchy.find_loop(pairs) is None


def test_a_loop_is_returned_in_order():
	assert hierarchy.find_loop([("x", "a"), ("a", "b"), ("b", "c"), ("c", "a")]) == ["a", "b", "c"]
	assert hierarchy.list_subordinates([("a", "b"), ("b", "a")]) == {"a": {"b"}, "b": {"a"}}


def test_a_thousand_levels_need_no_recursion():
	pairs = [(str(number), str(number + 1)) for number in range(1000)]
	assert len(hierarchy.list_subordinates(pairs)["0"]) == 1000
	assert hierarchy.find_loop(pairs) is None
	assert len(hierarchy.find_loop([*pairs, ("1000", "0")])) == 1001


@pytest.mark.parametrize("seed", range(200))
def test_random_hierarchies_match_a_simple_search(seed):
	chance = random.Random(seed)  # noqa: S311  repeatable
	pairs = [(chance.choice(NAMES), chance.choice(NAMES)) for _ in range(chance.randint(0, 12))]
	found = hierarchy.list_subordinates(pairs)
	loop = hierarchy.find_loop(pairs)
	for name in NAMES:
		seen = search(name, pairs)
		assert found.get(name, set()) == seen - {name}
		assert name not in seen or loop
	assert not loop or {*zip(loop, [*loop[1:], loop[0]], strict=True)} <= {*pairs}


def search(name: str, pairs: list[tuple[str, str]]) -> set[str]:
	seen, waiting = set(), [name]
	while waiting:
		user = waiting.pop()
		new = {person for above, person in pairs if above == user and person != above} - seen
		seen |= new
		waiting.extend(new)
	return seen
