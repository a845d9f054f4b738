"""Rates, their differences, q-values and quartiles: figures that their authors published."""

import pytest

from crm_interactions.insight.statistics import rates


@pytest.mark.parametrize(
	("hits", "total", "low", "high"),
	[
		(81, 263, 0.2553, 0.3662),
		(15, 148, 0.0624, 0.1605),
		(0, 20, 0, 0.1611),
		(1, 29, 0.0061, 0.1718),
	],
)
def test_intervals_of_rates_are_those_of_newcombe(hits, total, low, high):
	"""Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
	found = rates.wilson(hits, total)
	assert (found.rate, found.hits, found.total) == (hits / total, hits, total)
	assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_without_observations_there_is_no_rate():
	assert rates.wilson(0, 0) == rates.Rate(None, None, None, 0, 0)


@pytest.mark.parametrize(("hits", "total"), [(-1, 5), (6, 5), (1, 0), (0, -1)])
def test_impossible_counts_are_refused(hits, total):
	with pytest.raises(ValueError, match="hits must be from 0 to the total"):
		rates.wilson(hits, total)


def test_the_win_rate_ignores_chains_without_a_decision():
	assert rates.win_rate(won=15, lost=133) == rates.wilson(15, 148)


@pytest.mark.parametrize(("share", "size"), [(0, 20), (1 / 29, 29), (0.5, 2), (28 / 29, 29), (1, 20)])
def test_a_score_interval_of_whole_numbers_is_scipys(share, size):
	expected = rates.wilson(round(share * size), size)
	assert rates.score_interval(share, size) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_a_score_interval_of_none_or_all_ends_exactly_there():
	sizes = range(1, 200)
	assert {rates.score_interval(0, size)[0] for size in sizes} == {0}
	assert {rates.score_interval(1, size)[1] for size in sizes} == {1}


@pytest.mark.parametrize(
	("first", "second", "low", "high"),
	[
		((56, 70), (48, 80), 0.0524, 0.3339),
		((9, 10), (3, 10), 0.1705, 0.8090),
		((6, 7), (2, 7), 0.0582, 0.8062),
		((5, 56), (0, 29), -0.0381, 0.1926),
		((0, 10), (0, 20), -0.1611, 0.2775),
		((0, 10), (0, 10), -0.2775, 0.2775),
		((10, 10), (0, 20), 0.6791, 1.0000),
		((10, 10), (0, 10), 0.6075, 1.0000),
	],
)
def test_intervals_of_differences_are_those_of_newcombe(first, second, low, high):
	"""Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10."""
	found = rates.difference_of_rates(rates.wilson(*first), rates.wilson(*second))
	assert found.difference == pytest.approx(first[0] / first[1] - second[0] / second[1])
	assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_there_is_no_difference_from_a_side_without_observations():
	some, none = rates.wilson(1, 2), rates.wilson(0, 0)
	for pair in ((some, none), (none, some)):
		assert rates.difference_of_rates(*pair) == rates.Difference(None, None, None)


def test_discoveries_are_those_of_benjamini_and_hochberg():
	"""Benjamini and Hochberg 1995, section 3.2: 15 hypotheses, of which 4 are rejected, and 3 by Bonferroni."""
	ps = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344]
	ps += [0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000]
	found = rates.q_values(ps)
	assert [q <= 0.05 for q in found] == [True] * 4 + [False] * 11
	assert found[3] == pytest.approx(0.0095 * 15 / 4)


def test_q_values_keep_the_places_of_tests_that_were_not_made():
	assert rates.q_values([None, 0.03, None, 0.01]) == [None, 0.03, None, 0.02]
	assert rates.q_values([None]) == [None]
	assert rates.q_values([]) == []


def test_quartiles_are_interpolated():
	assert rates.quartiles([4, 1, 3, 2]) == (1.75, 2.5, 3.25)
	assert rates.quartiles([7]) == (7, 7, 7)
	assert rates.quartiles([]) is None
