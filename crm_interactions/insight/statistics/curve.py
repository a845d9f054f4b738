"""The Kaplan–Meier curve of a group of chains, with the variances of its figures. Imports no Frappe."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from scipy import stats

from crm_interactions.insight.statistics import TINY


@dataclass(frozen=True, eq=False)
class Curve:
	"""Estimated share of chains without a result, as arrays over the different days.

	total: chains.
	at_risk: chains that are observed and without a result until that day.
	decided: results of that day.
	after: share without a result after that day.
	"""

	total: int
	day: np.ndarray
	at_risk: np.ndarray
	decided: np.ndarray
	after: np.ndarray

	@property
	def before(self) -> np.ndarray:
		"""Share without a result before each day."""
		return np.concatenate(([1.0], self.after))[:-1]

	@property
	def censored(self) -> np.ndarray:
		"""Chains without a result whose last day is each day."""
		return self.at_risk - np.append(self.at_risk, 0)[1:] - self.decided

	@property
	def greenwood_terms(self) -> np.ndarray:
		"""The days' terms of Greenwood's sum; 0 for the day that decides the last chains, after which nothing varies."""
		left = self.at_risk - self.decided
		return np.divide(self.decided, self.at_risk * left, out=np.zeros_like(self.at_risk), where=left > 0)

	def reaches(self, horizon: float) -> bool:
		"""Return whether the curve is known until a day: a chain was observed for so long, or the last ones are decided."""
		return self.day.size > 0 and bool(self.day[-1] >= horizon or self.after[-1] == 0)

	def count_known(self, horizon: float) -> int:
		"""Return the number of chains whose state at the horizon is known."""
		return self.total - int(self.censored[self.day < horizon].sum())

	def find_quantile(self, q: float) -> float | None:
		reached = self.after <= 1 - q + TINY
		return float(self.day[reached.argmax()]) if reached.any() else None

	def measure_incidence(self, counted: np.ndarray, horizon: float) -> tuple[float, float]:
		"""Return the share of chains with certain results until the horizon, among competing ones, and its variance.

		The variance is the delta method's (Marubini and Valsecchi 1995): Greenwood's if all results are counted, and the
		binomial one if all chains are observed until the horizon.

		Args:
			counted: results of each day to count, from `count_by_day`.
		"""
		within = self.day <= horizon
		at_risk, before, counted = self.at_risk[within], self.before[within], counted[within]
		incidence = (before * counted / at_risk).cumsum()
		share = float(incidence[-1]) if incidence.size else 0.0
		# rise from each day to the horizon
		ahead = share - incidence
		later = ahead**2 * self.greenwood_terms[within]
		same_day = before**2 * counted * (at_risk - counted) / at_risk**3
		both = ahead * before * counted / at_risk**2
		return share, float((later + same_day - 2 * both).sum())

	def measure_mean(self, horizon: float) -> tuple[float, float]:
		"""Return the area under the curve until the horizon, and its standard error by Greenwood."""
		within = self.day <= horizon
		edges = np.concatenate(([0.0], self.day[within], [horizon]))
		areas = np.diff(edges) * np.concatenate(([1.0], self.after[within]))
		# area from each day to the horizon
		ahead = areas[::-1].cumsum()[::-1][1:]
		return float(areas.sum()), sqrt((ahead**2 * self.greenwood_terms[within]).sum())

	def count_by_day(self, days: np.ndarray) -> np.ndarray:
		return _count(np.searchsorted(self.day, days), self.day.size)

	def read_at(self, days: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
		"""Return the chains at risk on other days, and the results of those days."""
		place = np.searchsorted(self.day, days)
		same = np.append(self.day, np.inf)[place] == days
		return np.append(self.at_risk, 0)[place], np.append(self.decided, 0)[place] * same


def draw_curve(days: Sequence[float], decided: Sequence[bool]) -> Curve:
	"""Return the curve of chains.

	Args:
		days: of each chain until its result or, if open, until the report.
		decided: whether each chain has a result.

	Raises: ValueError for negative or unknown days, or for sequences of different lengths.
	"""
	days, decided = check_days(days), np.asarray(decided, dtype=bool)
	if days.shape != decided.shape:
		raise ValueError(f"each chain has days and a result: {days.size} days, {decided.size} results")
	estimate = stats.ecdf(stats.CensoredData(uncensored=days[decided], right=days[~decided])).sf
	day = estimate.quantiles
	place = np.searchsorted(day, days)
	at_risk = _count(place, day.size)[::-1].cumsum()[::-1]
	return Curve(days.size, day, at_risk, _count(place[decided], day.size), estimate.probabilities)


def check_days(days: Sequence[float]) -> np.ndarray:
	"""Return days as an array.

	Raises: ValueError for days that are negative, infinite or not numbers.
	"""
	days = np.asarray(days, dtype=float)
	if not (np.isfinite(days) & (days >= 0)).all():
		raise ValueError("days must be known and not negative; leave out chains that start in the future")
	return days


def check_day(day: float, name: str) -> float:
	"""Return a single day as a float.

	Raises: ValueError if it is negative, infinite or not a number.
	"""
	if not 0 <= day < np.inf:
		raise ValueError(f"the {name} must be known and not negative: {day}")
	return float(day)


def _count(place: np.ndarray, size: int) -> np.ndarray:
	# as floats, since products of counts overflow integers
	return np.bincount(place, minlength=size).astype(float)
