"""Intervals and tests on simulated chains, of which the truth is known, with a fixed seed."""

from collections import Counter
from collections.abc import Iterator
from math import exp

import numpy as np

from crm_interactions.insight.statistics import rates
from crm_interactions.insight.statistics.landmark import at_landmark, compare
from crm_interactions.insight.statistics.times import log_rank

RUNS, SEED, LANDMARK, HORIZON = 1000, 1, 30, 90
# results for each day and chain, and the share of them that are won, before and with the first step
HAZARD, WON, WON_WITH_STEP = 1 / 90, 0.3, 0.6
# share of chains with a step
COMMON = 0.4
# longest observation in days; the reports fall on any day until then
LONGEST = 300


def simulate(effects: list[float], size: int, runs: int = RUNS) -> Iterator[tuple]:
	"""Yield days, results and days of the steps, one column for each step, of the chains of each run.

	Steps happen independently of the chains, on a day until the landmark or never. From the landmark on, each step
	multiplies the hazard by its effect.
	"""
	rng = np.random.default_rng(SEED)
	for _run in range(runs):
		day = rng.integers(1, LANDMARK + 1, (size, len(effects))).astype(float)
		day[rng.random(day.shape) > COMMON] = np.nan
		had = np.isfinite(day)
		quiet = rng.exponential(1 / HAZARD, size)
		factor = np.where(had, effects, 1).prod(axis=1)
		ended = np.ceil(np.where(quiet > LANDMARK, LANDMARK + (quiet - LANDMARK) / factor, quiet))
		asked = rng.integers(1, LONGEST + 1, size)
		won = rng.random(size) < np.where(had[:, 0], WON_WITH_STEP, WON)
		result = np.where(ended > asked, "", np.where(won, "Won", "Lost")).astype(object)
		yield np.minimum(ended, asked), result, day


def truth(hazard: float, won: float) -> dict[str, float]:
	"""Return the true figures of chains that are undecided at the landmark, for whole days."""
	decided = 1 - exp(-hazard * HORIZON)
	mean = sum(exp(-hazard * day) for day in range(HORIZON))
	return {"decided": decided, "won": won * decided, "mean": mean, "win rate": won}


def intervals(days, result, day) -> Iterator[tuple[str, str, float, float]]:
	"""Yield figure, side, low and high of a comparison of the chains by a step."""
	sides = at_landmark(days, result, day, LANDMARK)
	found = compare(sides, HORIZON)
	for side in ("with_step", "without_step"):
		for figure in ("decided", "won"):
			share = getattr(getattr(found, figure), side)
			yield figure, side, share.low, share.high
		mean = getattr(found.mean, side)
		yield "mean", side, mean.days - rates.Z * mean.error, mean.days + rates.Z * mean.error
		counts = Counter(getattr(sides, side).result)
		rate = rates.win_rate(counts["Won"], counts["Lost"])
		yield "win rate", side, rate.low, rate.high
	for figure in ("decided", "won", "mean"):
		difference = getattr(found, figure).difference
		yield figure, "difference", difference.low, difference.high


def test_nineteen_of_twenty_intervals_hold_the_truth():
	effect = 2
	with_step, without_step = truth(HAZARD * effect, WON_WITH_STEP), truth(HAZARD, WON)
	true = {"with_step": with_step, "without_step": without_step}
	true["difference"] = {figure: with_step[figure] - without_step[figure] for figure in with_step}
	held = Counter()
	for days, result, day in simulate([effect], size=300):
		for figure, side, low, high in intervals(days, result, day[:, 0]):
			held[figure, side] += low <= true[side][figure] <= high
	assert len(held) == 11
	assert {key: count for key, count in held.items() if not 0.93 <= count / RUNS <= 0.97} == {}


def p_values(effects: list[float], size: int, runs: int = RUNS) -> np.ndarray:
	"""Return the p-value of each run and step."""
	found = []
	for days, result, day in simulate(effects, size, runs):
		for column in day.T:
			sides = at_landmark(days, result, column, LANDMARK)
			both = [(side.days, side.result.astype(bool)) for side in (sides.with_step, sides.without_step)]
			found.append(log_rank(*both).p)
	return np.array(found).reshape(runs, len(effects))


def discoveries(ps: np.ndarray) -> np.ndarray:
	return np.array([rates.q_values(row) for row in ps.tolist()]) <= 0.05


def test_without_an_effect_one_run_in_twenty_finds_one():
	"""5 % is the expected value, as all discoveries are false: of 10,000 runs with other seeds, 5.4 % make one."""
	ps = p_values([1] * 3, size=400)
	# the test alone errs in one of twenty cases, and so in a seventh of the runs
	assert 0.04 < (ps <= 0.05).mean() < 0.06
	assert (ps <= 0.05).any(axis=1).mean() > 0.1
	assert discoveries(ps).any(axis=1).mean() <= 0.05


def test_at_most_one_discovery_in_twenty_is_false():
	effects = [2.5, 1, 1, 1]
	ps = p_values(effects, size=200, runs=400)
	real = np.array(effects) != 1

	def share_false(found: np.ndarray) -> float:
		return ((found & ~real).sum(axis=1) / np.maximum(found.sum(axis=1), 1)).mean()

	found = discoveries(ps)
	assert share_false(found) <= 0.05 < share_false(ps <= 0.05)
	assert found[:, real].mean() > 0.9
