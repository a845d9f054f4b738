"""Rates with 95 % intervals, their differences, q-values and quartiles. Imports no Frappe."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np
from scipy import special, stats

CONFIDENCE = 0.95
# of the normal distribution, about 1.96
Z = float(special.ndtri((1 + CONFIDENCE) / 2))


@dataclass(frozen=True)
class Rate:
	"""A proportion with its 95 % interval; without observations, all three are None."""

	rate: float | None
	low: float | None
	high: float | None
	hits: int
	total: int


@dataclass(frozen=True)
class Difference:
	"""First minus second, with the 95 % interval; None if a side has no figure."""

	difference: float | None
	low: float | None
	high: float | None


NO_DIFFERENCE = Difference(None, None, None)


def wilson(hits: int, total: int) -> Rate:
	"""Return the rate of hits with the Wilson score interval.

	Raises: ValueError for negative numbers, or for more hits than there are in total.
	"""
	hits, total = int(hits), int(total)
	if not 0 <= hits <= total:
		raise ValueError(f"hits must be from 0 to the total: {hits} of {total}")
	if not total:
		return Rate(None, None, None, 0, 0)
	interval = stats.binomtest(hits, total).proportion_ci(CONFIDENCE, method="wilson")
	return Rate(hits / total, float(interval.low), float(interval.high), hits, total)


def win_rate(won: int, lost: int) -> Rate:
	"""Return won / (won + lost); chains without a decision don't count."""
	return wilson(won, won + lost)


def score_interval(share: float, size: float) -> tuple[float, float]:
	"""Return the Wilson score interval of a share; `size` may be an effective sample size, which is no whole number."""
	scale = 1 + Z**2 / size
	middle = (share + Z**2 / (2 * size)) / scale
	half = Z / scale * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
	# rounding would leave an end beside 0 or 1
	low = middle - half if share > 0 else 0.0
	high = middle + half if share < 1 else 1.0
	return low, high


def difference_of_rates(first, second) -> Difference:
	"""Return the difference of two independent rates with Newcombe's hybrid score interval.

	The interval is made of the two intervals alone (Newcombe 1998, method 10; Zou and Donner 2008), so that it also holds
	for shares that allow for open chains.

	Args:
		first, second: `Rate`, or `Share` of `times`.
	"""
	if first.rate is None or second.rate is None:
		return NO_DIFFERENCE
	difference = first.rate - second.rate
	down = hypot(first.rate - first.low, second.high - second.rate)
	up = hypot(first.high - first.rate, second.rate - second.low)
	return Difference(difference, difference - down, difference + up)


def q_values(ps: Sequence[float | None]) -> list[float | None]:
	"""Return the Benjamini–Hochberg q-value of each p-value; None stays None and doesn't count as a test.

	Among the results with q ≤ 0.05, at most one in twenty is expected to be false.

	Raises: ValueError for a p-value outside of 0 to 1.
	"""
	tested = [p for p in ps if p is not None]
	found = iter(stats.false_discovery_control(tested, method="bh").tolist())
	return [None if p is None else next(found) for p in ps]


def quartiles(values: Sequence[float]) -> tuple[float, float, float] | None:
	"""Return the quartiles of values that are all known, such as gaps; None without values.

	Between two values, the quartile is interpolated, as NumPy, pandas and spreadsheets do.
	"""
	values = np.asarray(values, dtype=float)
	return tuple(np.quantile(values, (0.25, 0.5, 0.75)).tolist()) if values.size else None
