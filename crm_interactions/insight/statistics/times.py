"""Times to a result, with open chains as censored observations. Imports no Frappe.

The days of a chain, whole or not, run from its start, or from a landmark, to its result or, if it is open, to the day of
the report. An open chain counts until its last day; for equal days, results come before the ends of open chains (Kaplan
and Meier 1958).

A figure for a horizon beyond the longest observed time is None, unless the last chains are decided: the data says
nothing about those days.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import special

from crm_interactions.insight.statistics import TINY
from crm_interactions.insight.statistics.curve import Curve, check_day, draw_curve
from crm_interactions.insight.statistics.rates import NO_DIFFERENCE, Difference, Z, score_interval

WON = "Won"


@dataclass(frozen=True)
class Share:
	"""Estimated share of chains with a result within a horizon, its 95 % interval, and the number of all chains."""

	rate: float | None
	low: float | None
	high: float | None
	total: int


@dataclass(frozen=True)
class Mean:
	"""Restricted mean time to result in days, its standard error, and the number of all chains."""

	days: float | None
	error: float | None
	total: int


@dataclass(frozen=True)
class LogRank:
	"""Log-rank test with one degree of freedom; None if the chains have nothing to compare."""

	chi2: float | None
	p: float | None


def quantile_of_time(days: Sequence[float], decided: Sequence[bool], q: float) -> float | None:
	"""Return the day by which a share of the chains is decided; None if the curve never gets there.

	It is the first day t with S(t) ≤ 1 - q, where S is the Kaplan–Meier curve; without open chains, NumPy's
	`inverted_cdf`. lifelines has the same definition. R's `survfit` and SAS differ if S stays at exactly 1 - q for a while:
	they return the middle between the first and the last of those days.

	Args:
		q: the share, 0.5 for the median.

	Raises: ValueError for a share outside of 0 to 1; and, like all functions here, for negative or unknown days.
	"""
	if not 0 < q <= 1:
		raise ValueError(f"q must be above 0 and at most 1: {q}")
	return draw_curve(days, decided).find_quantile(q)


def share_decided(days: Sequence[float], decided: Sequence[bool], horizon: float) -> Share:
	"""Return the share of chains with a result within a horizon: 1 - S(horizon) of the Kaplan–Meier curve.

	The interval is Rothman's (1978): the Wilson score interval for the sample size whose binomial variance equals
	Greenwood's. If all chains are observed until the horizon, it is `wilson` of their counts.

	Args:
		horizon: days; results of the last one count.

	Example: 6-MP against leukaemia, with 12 of 21 patients censored, after 10 weeks:
		`Share(rate=0.247, low=0.110, high=0.465, total=21)`
	"""
	return estimate_decided(draw_curve(days, decided), horizon)


def share_won(days: Sequence[float], result: Sequence[str], horizon: float, won: str = WON) -> Share:
	"""Return the share of chains won within a horizon, where other results compete: Aalen and Johansen's incidence.

	A Kaplan–Meier curve with lost chains as censored would be too high, as if lost chains could still be won. The interval
	is made like that of `share_decided`.

	Args:
		result: of each chain; empty if open.
		won: the result to count, another one for claims.
	"""
	result = np.asarray(result, dtype=object)
	return estimate_won(draw_curve(days, result.astype(bool)), days, result, horizon, won)


def restricted_mean(days: Sequence[float], decided: Sequence[bool], horizon: float) -> Mean:
	"""Return the mean time to result, where a chain counts with at most the days of the horizon.

	It is the area under the Kaplan–Meier curve; the standard error is Greenwood's, without a correction for small numbers.
	"""
	return estimate_mean(draw_curve(days, decided), horizon)


def log_rank(first: tuple[Sequence, Sequence], second: tuple[Sequence, Sequence]) -> LogRank:
	"""Compare the times to result of two groups of chains.

	Args:
		first, second: days, and whether each chain is decided.
	"""
	return compare_curves(draw_curve(*first), draw_curve(*second))


def difference_of_means(first: Mean, second: Mean) -> Difference:
	"""Return the difference of two independent restricted means in days, with a normal interval.

	There is no interval if all chains of a side have the same time, because its spread is unknown.
	"""
	if first.days is None or second.days is None:
		return NO_DIFFERENCE
	difference = first.days - second.days
	if not (first.error and second.error):
		return Difference(difference, None, None)
	half = Z * sqrt(first.error**2 + second.error**2)
	return Difference(difference, difference - half, difference + half)


def estimate_decided(curve: Curve, horizon: float) -> Share:
	"""Return `share_decided` of a curve."""
	return estimate_share(curve, curve.decided, horizon)


def estimate_won(
	curve: Curve, days: Sequence[float], result: Sequence[str], horizon: float, won: str = WON
) -> Share:
	"""Return `share_won` of the curve of these chains."""
	won_on = np.asarray(days, dtype=float)[np.asarray(result, dtype=object) == won]
	return estimate_share(curve, curve.count_by_day(won_on), horizon)


def estimate_mean(curve: Curve, horizon: float) -> Mean:
	"""Return `restricted_mean` of a curve."""
	horizon = check_day(horizon, "horizon")
	if not curve.reaches(horizon):
		return Mean(None, None, curve.total)
	return Mean(*curve.measure_mean(horizon), curve.total)


def compare_curves(first: Curve, second: Curve, horizon: float = np.inf) -> LogRank:
	"""Return `log_rank` of two curves, where later results than the horizon don't count.

	`scipy.stats.logrank` isn't used: it multiplies four counts as integers of 64 bits, which overflow from about 300,000
	chains on, and returns a wrong p-value without a warning.
	"""
	day = np.union1d(first.day, second.day)
	day = day[day <= horizon]
	(at_risk, decided), (others, others_decided) = first.read_at(day), second.read_at(day)
	return compare_counts(at_risk, decided, at_risk + others, decided + others_decided)


def compare_counts(
	at_risk: np.ndarray, decided: np.ndarray, at_risk_in_all: np.ndarray, decided_in_all: np.ndarray
) -> LogRank:
	"""Return the log-rank test from counts of each day: those of one group, and those of both groups together."""
	share = at_risk / at_risk_in_all
	spread = (at_risk_in_all - decided_in_all) / np.maximum(at_risk_in_all - 1, 1)
	variance = (decided_in_all * share * (1 - share) * spread).sum()
	if not variance > 0:
		return LogRank(None, None)
	chi2 = float((decided - decided_in_all * share).sum() ** 2 / variance)
	return LogRank(chi2, float(special.chdtrc(1, chi2)))


def estimate_share(curve: Curve, counted: np.ndarray, horizon: float) -> Share:
	"""Return the share of chains with certain results within a horizon.

	Args:
		counted: results of each day of the curve to count, from `Curve.count_by_day`.
	"""
	horizon = check_day(horizon, "horizon")
	if not curve.reaches(horizon):
		return Share(None, None, None, curve.total)
	share, variance = curve.measure_incidence(counted, horizon)
	if TINY < share < 1 - TINY:
		size = share * (1 - share) / variance
	else:
		# No result or nothing else has no variance. The sample is the chains whose state at the horizon is known.
		share, size = float(round(share)), curve.count_known(horizon)
	return Share(share, *score_interval(share, size), curve.total)
