"""Comparisons of the same chains by many steps: the days are sorted once. Imports no Frappe."""

from collections.abc import Sequence

import numpy as np

from crm_interactions.insight.statistics.curve import Curve, check_day, check_days
from crm_interactions.insight.statistics.landmark import MIN_SIDE, Comparison, describe
from crm_interactions.insight.statistics.times import compare_counts


class Cohort:
	"""Chains that are undecided at the landmark, as `landmark.at_landmark` selects them.

	chains: their places in the sequences given.
	"""

	def __init__(self, days: Sequence[float], result: Sequence[str], landmark: float, won: str):
		"""Sort the chains.

		Args:
			days: from the start of each chain to its result or, if open, to the report.
			result: of each chain; empty if open.
			landmark: days from the start.
			won: the result to look for.

		Raises: ValueError for negative or unknown days, or for sequences of different lengths.
		"""
		days, result = check_days(days), np.asarray(result, dtype=object)
		if days.shape != result.shape:
			raise ValueError(f"each chain has days and a result: {days.size} days, {result.size} results")
		self.chains = np.flatnonzero(days > check_day(landmark, "landmark"))
		result = result[self.chains]
		self._day, self._place = np.unique(days[self.chains] - landmark, return_inverse=True)
		# lines: all chains, those with a result, and those with the one to look for
		self._kinds = np.array([np.ones(result.size, bool), result.astype(bool), result == won])
		self._all = self._count(np.arange(result.size))
		self._at_risk = _add_from_end(self._all[0])

	@property
	def size(self) -> int:
		return self.chains.size

	def compare(self, with_step: np.ndarray, horizon: float) -> Comparison:
		"""Return the same figures as `landmark.compare`.

		Args:
			with_step: places among the cohort's chains of those with the step by the landmark, each once.
			horizon: days from the landmark.
		"""
		sizes = with_step.size, self.size - with_step.size
		if min(sizes) < MIN_SIDE:
			return Comparison(*sizes)
		ended = self._count(with_step)
		curves, counted = zip(*(self._draw(side) for side in (ended, self._all - ended)), strict=True)
		decides = (self._all[1] > 0) & (self._day <= horizon)
		counts = _add_from_end(ended[0]), ended[1], self._at_risk, self._all[1]
		return describe(curves, counted, compare_counts(*(count[decides] for count in counts)), horizon)

	def _count(self, chains: np.ndarray) -> np.ndarray:
		"""Return for each kind the number of these chains by day."""
		kinds = self._kinds[:, chains]
		places = self._place[chains]
		# as floats, since products of counts overflow integers
		return np.array([np.bincount(places[kind], minlength=self._day.size) for kind in kinds], float)

	def _draw(self, ended: np.ndarray) -> tuple[Curve, np.ndarray]:
		present = ended[0] > 0
		left, decided, counted = ended[:, present]
		at_risk = _add_from_end(left)
		after = (1 - decided / at_risk).cumprod()
		return Curve(int(left.sum()), self._day[present], at_risk, decided, after), counted


def _add_from_end(numbers: np.ndarray) -> np.ndarray:
	return numbers[::-1].cumsum()[::-1]
