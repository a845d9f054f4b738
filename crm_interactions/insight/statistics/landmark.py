"""The landmark method: chains with a step against chains without it. Imports no Frappe.

Chains that take long have more time for a step. A comparison of chains that ever had it with those that never had it
therefore finds that the step makes chains long, even if it changes nothing. Anderson, Cain and Gelber (1983) fix a day,
the landmark. Only chains that are still undecided then are compared, by the steps until then and the time from then on.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from crm_interactions.insight.statistics.curve import Curve, check_day, check_days, draw_curve
from crm_interactions.insight.statistics.rates import Difference, difference_of_rates
from crm_interactions.insight.statistics.times import (
	WON,
	LogRank,
	Mean,
	Share,
	compare_curves,
	difference_of_means,
	estimate_decided,
	estimate_mean,
	estimate_share,
)

# chains; a smaller side has no figures
MIN_SIDE = 20


@dataclass(frozen=True, eq=False)
class Side:
	"""Chains of one side of a comparison: days from the landmark to result or report, and result; empty if open."""

	days: np.ndarray
	result: np.ndarray

	@property
	def size(self) -> int:
		return self.days.size


@dataclass(frozen=True, eq=False)
class Sides:
	"""Chains that were undecided at the landmark, with and without the step by then."""

	with_step: Side
	without_step: Side

	@property
	def are_large_enough(self) -> bool:
		return min(self.with_step.size, self.without_step.size) >= MIN_SIDE


@dataclass(frozen=True)
class Shares:
	"""A share on both sides."""

	with_step: Share
	without_step: Share
	difference: Difference


@dataclass(frozen=True)
class Means:
	"""A restricted mean time on both sides."""

	with_step: Mean
	without_step: Mean
	difference: Difference


@dataclass(frozen=True)
class Comparison:
	"""Chains with a step by the landmark against those without it; differences are the first minus the second.

	with_step, without_step: sample sizes, which are always told.
	decided, won, mean, test: None if a side has fewer than `MIN_SIDE` chains.
	"""

	with_step: int
	without_step: int
	decided: Shares | None = None
	won: Shares | None = None
	mean: Means | None = None
	test: LogRank | None = None

	@property
	def p(self) -> float | None:
		"""p-value of the log-rank test, for `q_values`."""
		return self.test and self.test.p


def at_landmark(
	days: Sequence[float], result: Sequence[str], step_day: Sequence[float | None], landmark: float
) -> Sides:
	"""Split the chains that are undecided at the landmark by a step until then.

	Left out are chains with a result on or before the landmark, and open chains that aren't older: their state after the
	landmark is unknown. A step on the landmark day counts; a later one doesn't.

	Args:
		days: from the start of each chain to its result or, if open, to the report.
		result: of each chain; empty if open.
		step_day: days from the start to the first such step; None or NaN without one.
		landmark: days from the start.

	Returns: sides whose days count from the landmark.

	Raises: ValueError for negative or unknown days, or for sequences of different lengths.
	"""
	days, landmark = check_days(days), check_day(landmark, "landmark")
	result, step_day = np.asarray(result, dtype=object), np.asarray(step_day, dtype=float)
	if not days.shape == result.shape == step_day.shape:
		sizes = f"{days.size} days, {result.size} results, {step_day.size} steps"
		raise ValueError(f"each chain has days, a result and a day of the step: {sizes}")
	if (step_day < 0).any():
		raise ValueError("a step must not come before the start of its chain")
	undecided, with_step = days > landmark, step_day <= landmark

	def side(chains: np.ndarray) -> Side:
		return Side(days[chains] - landmark, result[chains])

	return Sides(side(undecided & with_step), side(undecided & ~with_step))


def compare(sides: Sides, horizon: float, won: str = WON) -> Comparison:
	"""Compare both sides: shares decided and won within a horizon, restricted mean time to result, log-rank test.

	The log-rank test compares the times to any result within the horizon. It shows that a step came before, not that it is the cause.

	Args:
		horizon: days from the landmark.
		won: the result to look for, another one for claims.
	"""
	both = sides.with_step, sides.without_step
	if not sides.are_large_enough:
		return Comparison(*(side.size for side in both))
	curves = [draw_curve(side.days, side.result.astype(bool)) for side in both]
	won_on = [side.days[side.result == won] for side in both]
	counted = [curve.count_by_day(days) for curve, days in zip(curves, won_on, strict=True)]
	return describe(curves, counted, compare_curves(*curves, horizon), horizon)


def describe(
	curves: Sequence[Curve], counted: Sequence[np.ndarray], test: LogRank, horizon: float
) -> Comparison:
	"""Return the comparison of two curves, with and without the step; `counted` are the results to look for by day."""
	decided = [estimate_decided(curve, horizon) for curve in curves]
	won = [estimate_share(curve, hits, horizon) for curve, hits in zip(curves, counted, strict=True)]
	means = [estimate_mean(curve, horizon) for curve in curves]
	return Comparison(
		*(curve.total for curve in curves),
		decided=Shares(*decided, difference_of_rates(*decided)),
		won=Shares(*won, difference_of_rates(*won)),
		mean=Means(*means, difference_of_means(*means)),
		test=test,
	)
