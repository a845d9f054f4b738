"""The landmark method: who is compared with whom, and the Stanford heart transplants, which mislead without it."""

from dataclasses import dataclass

import numpy as np
import pytest
from lifelines import CoxTimeVaryingFitter, KaplanMeierFitter
from lifelines.datasets import load_stanford_heart_transplants
from lifelines.statistics import logrank_test

from crm_interactions.insight.statistics import times
from crm_interactions.insight.statistics.landmark import MIN_SIDE, Comparison, at_landmark, compare

LANDMARK, YEAR = 30, 365


def split(days, result, step_day, landmark=LANDMARK):
	"""Return days and results of both sides."""
	sides = at_landmark(days, result, step_day, landmark)
	return [(side.days.tolist(), side.result.tolist()) for side in (sides.with_step, sides.without_step)]


@pytest.mark.parametrize(
	("days", "result", "step_day", "with_step", "without_step"),
	[
		(50, "Won", 10, ([20], ["Won"]), ([], [])),
		(50, "Won", 30, ([20], ["Won"]), ([], [])),
		(50, "Won", 30.5, ([], []), ([20], ["Won"])),
		(50, "", None, ([], []), ([20], [""])),
		(50, "Lost", float("nan"), ([], []), ([20], ["Lost"])),
		# decided by then, or too young
		(30, "Won", 10, ([], []), ([], [])),
		(30, "", 10, ([], []), ([], [])),
		(12, "Lost", None, ([], []), ([], [])),
		(30.5, "Won", 0, ([0.5], ["Won"]), ([], [])),
	],
)
def test_undecided_chains_are_split_by_the_step_until_the_landmark(
	days, result, step_day, with_step, without_step
):
	assert split([days], [result], [step_day]) == [with_step, without_step]


def test_without_chains_both_sides_are_empty():
	assert split([], [], []) == [([], []), ([], [])]
	assert compare(at_landmark([], [], [], LANDMARK), YEAR) == Comparison(0, 0)


def groups(with_step: int, without_step: int) -> Comparison:
	"""Compare so many chains, of which every other one is won."""
	size = with_step + without_step
	days, result = np.arange(size) + 50, np.array(["Won", "Lost"] * size, dtype=object)[:size]
	step_day = [1] * with_step + [None] * without_step
	return compare(at_landmark(days, result, step_day, LANDMARK), YEAR)


@pytest.mark.parametrize("sizes", [(MIN_SIDE - 1, 100), (100, MIN_SIDE - 1)])
def test_a_small_side_has_a_size_but_no_figures(sizes):
	found = groups(*sizes)
	assert found == Comparison(*sizes)
	assert found.p is None


def test_two_sides_of_twenty_have_figures():
	found = groups(MIN_SIDE, 25)
	assert MIN_SIDE == 20
	assert (found.with_step, found.without_step) == (20, 25)
	assert found.decided.with_step.total == found.won.with_step.total == found.mean.with_step.total == 20
	assert (found.won.with_step.rate, found.won.without_step.rate) == pytest.approx((10 / 20, 13 / 25))
	assert found.won.difference.difference == pytest.approx(10 / 20 - 13 / 25)
	assert found.decided.difference.difference == 0
	# 50 … 69 and 70 … 94 days, less those before the landmark
	assert (found.mean.with_step.days, found.mean.without_step.days) == pytest.approx((29.5, 52))
	assert found.mean.difference.difference == pytest.approx(-22.5)
	assert found.p == found.test.p < 0.001


def test_claims_count_their_own_results():
	days, result = np.arange(60) + 50, ["Resolved", "Not Resolved", "Resolved"] * 20
	sides = at_landmark(days, result, [1, 1, None] * 20, LANDMARK)
	found = compare(sides, YEAR, won="Resolved")
	assert (found.won.with_step.rate, found.won.without_step.rate) == pytest.approx((0.5, 1))


@pytest.mark.parametrize("day", [-1, float("nan"), float("inf")])
def test_negative_and_unknown_days_are_refused(day):
	with pytest.raises(ValueError, match="leave out chains that start in the future"):
		at_landmark([day], [""], [1], LANDMARK)
	with pytest.raises(ValueError, match="the landmark must be known and not negative"):
		at_landmark([50], [""], [1], day)


def test_a_step_before_the_start_is_refused():
	with pytest.raises(ValueError, match="must not come before the start"):
		at_landmark([50], [""], [-1], LANDMARK)


@pytest.mark.parametrize("rows", [([50, 60], [""], [1]), ([50], ["", ""], [1]), ([50], [""], [1, 2])])
def test_rows_of_different_lengths_are_refused(rows):
	with pytest.raises(ValueError, match="each chain has days, a result and a day of the step"):
		at_landmark(*rows, LANDMARK)


# Stanford heart transplants: 103 patients, of whom 69 lived until a heart was found for them (Crowley and Hu 1977)


@dataclass
class Patients:
	"""One row for each patient: days in the programme, "Died" or "", and days waited for a heart; NaN without one."""

	days: np.ndarray
	result: np.ndarray
	waited: np.ndarray

	@property
	def died(self) -> np.ndarray:
		return self.result == "Died"

	def compare_naively(self, waited: np.ndarray) -> times.LogRank:
		"""Compare the patients who ever had a transplant with the others, from the start."""
		ever = np.isfinite(waited)
		return times.log_rank((self.days[ever], self.died[ever]), (self.days[~ever], self.died[~ever]))

	def compare_at_landmark(self, waited: np.ndarray) -> Comparison:
		return compare(at_landmark(self.days, self.result, waited, LANDMARK), YEAR, won="Died")


@pytest.fixture(scope="module")
def rows():
	"""A row for each patient's time before the transplant, and one for the time after it."""
	return load_stanford_heart_transplants()


@pytest.fixture(scope="module")
def patients(rows) -> Patients:
	by_patient = rows.groupby("id")
	died = by_patient.event.max().to_numpy() == 1
	waited = rows[rows.transplant == 1].groupby("id").start.min().reindex(by_patient.groups.keys())
	return Patients(
		by_patient.stop.max().to_numpy(), np.where(died, "Died", "").astype(object), waited.to_numpy()
	)


def test_the_rows_are_those_of_the_trial(patients):
	assert (patients.days.size, patients.died.sum(), np.isfinite(patients.waited).sum()) == (103, 75, 69)
	# the third patient got a heart after a day and died on day 16
	assert (patients.days[2], patients.waited[2], patients.result[2]) == (16, 1, "Died")


def test_a_naive_comparison_finds_an_effect_of_transplants(patients):
	"""Patients who die early get no heart; so those with one live long, whatever it does."""
	assert patients.compare_naively(patients.waited).chi2 > 30
	ever = np.isfinite(patients.waited)
	medians = [times.quantile_of_time(patients.days[who], patients.died[who], 0.5) for who in (ever, ~ever)]
	assert medians == [285, 21]


def test_the_landmark_method_finds_no_effect_like_a_model_that_changes_with_time(patients, rows):
	"""A Cox model with the transplant as a covariate that changes with time has no such bias: hazard ratio 1.14."""
	columns = ["id", "start", "stop", "event", "transplant"]
	model = CoxTimeVaryingFitter().fit(
		rows[columns], id_col="id", start_col="start", stop_col="stop", event_col="event"
	)
	assert model.hazard_ratios_["transplant"] == pytest.approx(1.136, abs=0.001)
	found = patients.compare_at_landmark(patients.waited)
	assert (found.with_step, found.without_step) == (33, 46)
	sides = at_landmark(patients.days, patients.result, patients.waited, LANDMARK)
	both = sides.with_step, sides.without_step
	theirs = logrank_test(*(side.days for side in both), *(side.result == "Died" for side in both))
	assert theirs.p_value == pytest.approx(0.849, abs=0.001)
	within = logrank_test(*(side.days for side in both), *(side.result == "Died" for side in both), t_0=YEAR)
	assert found.p == pytest.approx(within.p_value)
	assert found.p > 0.5
	for difference in (found.decided.difference, found.won.difference, found.mean.difference):
		assert difference.low < 0 < difference.high
	assert abs(found.mean.difference.difference) < 6


def test_transplants_without_an_effect_mislead_the_naive_comparison_only(patients):
	"""The patients' times stay, and the days of their transplants are drawn anew: none can have an effect."""
	rng, runs = np.random.default_rng(1977), 400
	found_heart = np.isfinite(patients.waited)
	waiting = KaplanMeierFitter().fit(np.where(found_heart, patients.waited, patients.days), found_heart)
	left = waiting.survival_function_.iloc[:, 0]
	day = np.append(left.index, np.inf)
	chance = np.append(-np.diff(left, prepend=1), left.iloc[-1])
	naive, landmark, differences = 0, 0, []
	for waits in rng.choice(day, p=chance, size=(runs, patients.days.size)):
		waited = np.where(waits < patients.days, waits, np.nan)
		naive += patients.compare_naively(waited).p < 0.05
		if (found := patients.compare_at_landmark(waited)).p is not None:
			landmark += found.p < 0.05
			differences.append(found.mean.difference.difference)
	assert naive == runs
	assert len(differences) > 0.9 * runs
	assert 0.02 < landmark / len(differences) < 0.08
	# days; the mean of so many differences varies by two
	assert abs(np.mean(differences)) < 6
