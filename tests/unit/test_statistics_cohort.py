"""Comparisons of many steps agree with the comparison of a single one, and take little time each."""

from dataclasses import astuple
from time import process_time

import numpy as np
import pytest

from crm_interactions.insight.statistics.cohort import Cohort
from crm_interactions.insight.statistics.landmark import MIN_SIDE, Comparison, at_landmark, compare

RESULTS = np.array(["Won", "Lost", "No Decision", ""], dtype=object)


def chains(seed: int, number: int, *, whole_days: bool):
	"""Return days, results, and the days of a step, unknown for some chains."""
	rng = np.random.default_rng(seed)
	days = rng.exponential(60, number)
	step = np.where(rng.random(number) < 0.4, rng.exponential(10, number), np.nan)
	return np.ceil(days) if whole_days else days, rng.choice(RESULTS, number), step


def places_of(cohort: Cohort, step, landmark: float) -> np.ndarray:
	return np.flatnonzero(step[cohort.chains] <= landmark)


def numbers_of(found: Comparison) -> list[float]:
	"""Return all numbers of a comparison in order, NaN for those that are None."""

	def flatten(values):
		for value in values:
			yield from flatten(value) if isinstance(value, tuple) else (value,)

	return [np.nan if value is None else value for value in flatten(astuple(found))]


@pytest.mark.parametrize("whole_days", [True, False])
@pytest.mark.parametrize("won", ["Won", "Lost"])
@pytest.mark.parametrize("horizon", [30, 400, 10_000])
def test_every_figure_is_that_of_the_single_comparison(whole_days, won, horizon):
	days, result, step = chains(7, 800, whole_days=whole_days)
	cohort = Cohort(days, result, 14, won)
	found = numbers_of(cohort.compare(places_of(cohort, step, 14), horizon))
	expected = numbers_of(compare(at_landmark(days, result, step, 14), horizon, won))
	assert found == pytest.approx(expected, abs=1e-9, nan_ok=True)


def test_without_any_result_the_test_is_unknown():
	found = Cohort(np.full(60, 30.0), [""] * 60, 14, "Won").compare(np.arange(30), 10)
	assert found.p is None
	assert (found.decided.with_step.rate, found.decided.without_step.rate) == (0, 0)


@pytest.mark.parametrize("number", [0, MIN_SIDE - 1, 60 - MIN_SIDE + 1])
def test_a_small_side_has_sizes_only(number):
	found = Cohort(np.full(60, 30.0), ["Won"] * 60, 14, "Won").compare(np.arange(number), 10)
	assert found == Comparison(number, 60 - number)


def test_no_chains_at_all():
	assert Cohort([], [], 14, "Won").size == 0


def test_hundreds_of_steps_take_seconds():
	"""A comparison that sorts again takes about 0.15 s at 100,000 chains."""
	days, result, _step = chains(3, 100_000, whole_days=False)
	cohort = Cohort(days, result, 14, "Won")
	rng, begin = np.random.default_rng(4), process_time()
	for _number in range(20):
		cohort.compare(np.flatnonzero(rng.random(cohort.size) < 0.3), 90)
	assert process_time() - begin < 20 * 0.08
