"""Waiting times: each hour between two activities counts for the side whose turn it is (B4)."""

from datetime import datetime, timedelta

import pytest

from crm_interactions.insight.waiting import OURS, THEIRS, Step, add_up, hours_after

NOON = datetime(2026, 3, 2, 12)


def steps(*pairs: tuple[int, str]) -> list[Step]:
	return [Step(NOON + timedelta(hours=hours), turn) for hours, turn in pairs]


def elapsed(start, end, user):
	assert user == ""
	return end - start


@pytest.mark.parametrize(
	("given", "end", "expected"),
	[
		((), 5, []),
		(((0, OURS),), 5, [(5, 0)]),
		(((0, THEIRS),), 5, [(0, 5)]),
		(((0, OURS),), None, [(0, 0)]),
		(((0, OURS), (3, THEIRS), (4, THEIRS)), 24, [(3, 0), (0, 1), (0, 20)]),
		(((0, OURS), (0, THEIRS)), 2, [(0, 0), (0, 2)]),
		# an activity that is recorded for a later time than now
		(((0, OURS), (30, THEIRS)), 24, [(30, 0), (0, 0)]),
	],
)
def test_the_hours_count_for_the_side_whose_turn_it_is(given, end, expected):
	until = NOON + timedelta(hours=end) if end is not None else None
	assert hours_after(steps(*given), until, elapsed) == expected


def test_sums_of_both_sides():
	assert add_up([(1.5, 0), (0, 2), (0.5, 0)]) == (2, 2)
	assert add_up([]) == (0, 0)
