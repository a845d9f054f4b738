"""Times to a result: published figures, independent computations, and data with little in it."""

from fractions import Fraction
from math import isclose, sqrt

import numpy as np
import pytest
from lifelines import AalenJohansenFitter
from scipy import stats

from crm_interactions.insight.statistics import rates, times
from crm_interactions.insight.statistics.curve import draw_curve

# Freireich et al. 1963: weeks of remission of leukaemia, with 6-MP and with a placebo; 1 ended, 0 censored
SIX_MP = (
	[6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35],
	[1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0],
)
PLACEBO = ([1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23], [1] * 21)
EMPTY = ([], [])


def drawn(seed: int, size: int = 40, latest: int = 12) -> tuple[np.ndarray, np.ndarray]:
	"""Return days with many ties and results, a third of them open."""
	rng = np.random.default_rng(seed)
	return rng.integers(0, latest, size), rng.choice(np.array(["Won", "Lost", ""], dtype=object), size)


# Freireich's leukaemia data


def test_medians_and_log_rank_are_those_of_the_leukaemia_data():
	assert times.quantile_of_time(*SIX_MP, 0.5) == 23
	assert times.quantile_of_time(*PLACEBO, 0.5) == 8
	found = times.log_rank(SIX_MP, PLACEBO)
	assert round(found.chi2, 2) == 16.79
	assert found.p == pytest.approx(4.17e-5, rel=0.001)


def test_a_quartile_that_the_curve_never_reaches_is_unknown():
	assert times.quantile_of_time(*SIX_MP, 0.25) == 13
	assert times.quantile_of_time(*SIX_MP, 0.75) is None


@pytest.mark.parametrize(
	("week", "left", "error"),
	[(6, 0.857, 0.0764), (7, 0.807, 0.0869), (10, 0.753, 0.0963), (13, 0.690, 0.1068), (23, 0.448, 0.1346)],
)
def test_curve_and_standard_errors_are_those_of_the_leukaemia_data(week, left, error):
	"""Klein and Moeschberger 2003, table 4.1; one of the patients of week 6 is censored then, and at risk until then."""
	curve = draw_curve(*SIX_MP)
	share, variance = curve.measure_incidence(curve.decided, week)
	assert (round(1 - share, 3), round(sqrt(variance), 4)) == (left, error)
	assert times.share_decided(*SIX_MP, week).rate == share


def test_the_restricted_mean_is_that_of_the_leukaemia_data():
	found = times.restricted_mean(*SIX_MP, 35)
	assert (round(found.days, 2), round(found.error, 2), found.total) == (23.29, 2.83, 21)
	assert times.restricted_mean(*PLACEBO, 35).days == pytest.approx(np.mean(PLACEBO[0]))


# shares of chains, some of them open


@pytest.mark.parametrize("horizon", [0, 1, 8, 22, 23, 400])
def test_shares_of_chains_that_are_all_observed_are_counts(horizon):
	days, result = np.array(PLACEBO[0]), np.array((["Won", "Lost", "No Decision"] * 7), dtype=object)
	for found, hits in (
		(times.share_decided(days, result != "", horizon), (days <= horizon).sum()),
		(times.share_won(days, result, horizon), ((days <= horizon) & (result == "Won")).sum()),
	):
		expected = rates.wilson(hits, 21)
		assert (found.rate, found.low, found.high) == pytest.approx(
			(expected.rate, expected.low, expected.high), abs=1e-12
		)
		assert found.total == 21


@pytest.mark.parametrize("seed", range(5))
def test_shares_of_all_results_add_up(seed):
	days, result = drawn(seed)
	shares = [times.share_won(days, result, 8, won=won).rate for won in ("Won", "Lost")]
	assert sum(shares) == pytest.approx(times.share_decided(days, result != "", 8).rate)


@pytest.mark.parametrize("seed", range(5))
def test_the_share_won_is_lifelines_incidence(seed):
	days, result = drawn(seed)
	# lifelines separates ties at random, so that the days must differ
	days = days + np.arange(days.size) / days.size
	code = np.array([{"": 0, "Won": 1, "Lost": 2}[value] for value in result])
	theirs = AalenJohansenFitter(calculate_variance=False).fit(days, code, event_of_interest=1)
	expected = theirs.cumulative_density_.loc[:8].iloc[-1, 0]
	assert times.share_won(days, result, 8).rate == pytest.approx(expected, abs=1e-9)


def weighted(days, result, horizon, weights) -> tuple[float, float]:
	"""Return share won and restricted mean of chains with weights, day by day."""
	left, won, mean, last = 1.0, 0.0, 0.0, 0
	for day in sorted({*days.tolist()}):
		if day > horizon:
			break
		at_risk = weights[days >= day].sum()
		mean, last = mean + left * (day - last), day
		won += left * weights[(days == day) & (result == "Won")].sum() / at_risk
		left *= 1 - weights[(days == day) & (result != "")].sum() / at_risk
	return won, mean + left * (horizon - last)


@pytest.mark.parametrize("seed", range(5))
def test_standard_errors_are_those_of_the_jackknife(seed):
	"""The infinitesimal jackknife: the sum of the squared influences of each chain's weight on a figure."""
	days, result = drawn(seed)
	ones, step, influences = np.ones(days.size), 1e-5, []
	for place in range(days.size):
		up, down = ones.copy(), ones.copy()
		up[place], down[place] = 1 + step, 1 - step
		pair = [np.array(weighted(days, result, 8, weights)) for weights in (up, down)]
		influences.append((pair[0] - pair[1]) / (2 * step))
	expected = (np.array(influences) ** 2).sum(axis=0)

	curve = draw_curve(days, result != "")
	share, variance = curve.measure_incidence(curve.count_by_day(days[result == "Won"]), 8)
	mean = times.restricted_mean(days, result != "", 8)
	assert (share, mean.days) == pytest.approx(weighted(days, result, 8, ones))
	assert (variance, mean.error**2) == pytest.approx(tuple(expected), rel=1e-6)


def test_lost_chains_are_not_taken_for_open_ones():
	days, result = [10] * 50 + [20] * 50, ["Lost"] * 50 + ["Won"] * 50
	assert times.share_won(days, result, 30).rate == 0.5
	assert times.share_decided(days, [value == "Won" for value in result], 30).rate == 1


def test_open_chains_widen_the_interval():
	closed = times.share_decided([5] * 30 + [40] * 70, [True] * 30 + [False] * 70, 40)
	opened = times.share_decided([5] * 30 + [1] * 30 + [40] * 40, [True] * 30 + [False] * 70, 40)
	assert closed == times.Share(0.3, *rates.score_interval(0.3, 100), 100)
	assert opened.rate == pytest.approx(30 / 70)
	assert (opened.low, opened.high) == pytest.approx(rates.score_interval(30 / 70, 70))


def test_claims_count_their_own_results():
	days, result = [1, 2, 3, 4], ["Resolved", "Not Resolved", "Won", "Resolved"]
	assert times.share_won(days, result, 9, won="Resolved").rate == pytest.approx(0.5)
	assert times.share_won(days, result, 9).rate == pytest.approx(0.25)


# quantiles and log-rank against other computations


@pytest.mark.parametrize("size", range(1, 60))
def test_quantiles_without_open_chains_are_values(size):
	"""Also where rounding lets the curve end just above 1 - q."""
	values = np.arange(1, size + 1)
	assert [times.quantile_of_time(values, [True] * size, k / size) for k in values] == [*values]


def test_a_curve_that_stays_at_the_half_has_its_first_day_as_the_median():
	assert times.quantile_of_time([1, 2, 5, 6], [True] * 4, 0.5) == 2
	# the product of the steps is 0.5 but for rounding
	days, decided = [1, 2, 3, 4, 5, 6, 7, 8], [False, True, True, True, False, True, True, False]
	assert 1 - times.share_decided(days, decided, 4).rate == pytest.approx(4 / 7)
	assert times.quantile_of_time(days, decided, 3 / 7) == 4


@pytest.mark.parametrize("seed", range(5))
def test_the_log_rank_test_is_scipys(seed):
	groups = [(days, result != "") for days, result in (drawn(seed), drawn(seed + 50, 25, 9))]
	theirs = stats.logrank(
		*(stats.CensoredData(uncensored=days[decided], right=days[~decided]) for days, decided in groups)
	)
	found = times.log_rank(*groups)
	assert (found.chi2, found.p) == pytest.approx((theirs.statistic**2, theirs.pvalue))


def test_the_log_rank_test_of_many_chains_does_not_overflow():
	copies = 20_000
	observed = expected = variance = Fraction(0)
	for day in {*SIX_MP[0], *PLACEBO[0]}:
		at_risk = [sum(each >= day for each in days) * copies for days, _decided in (SIX_MP, PLACEBO)]
		decided = [
			sum(each == day and ended for each, ended in zip(*group, strict=True)) * copies
			for group in (SIX_MP, PLACEBO)
		]
		(first, second), n, d = at_risk, sum(at_risk), sum(decided)
		observed += decided[0]
		expected += Fraction(first * d, n)
		variance += Fraction(first * second * d * (n - d), n * n * (n - 1))
	groups = [(np.tile(days, copies), np.tile(decided, copies)) for days, decided in (SIX_MP, PLACEBO)]
	found = times.log_rank(*groups)
	assert isclose(found.chi2, (observed - expected) ** 2 / variance, rel_tol=1e-9)


# means


def test_the_mean_of_chains_that_are_all_observed_is_their_mean():
	days = np.array([0, 2, 4, 10])
	found = times.restricted_mean(days, [True] * 4, 8)
	assert (found.days, found.error) == pytest.approx((3.5, np.std([0, 2, 4, 8]) / 2))


def test_the_difference_of_means_has_a_normal_interval():
	found = times.difference_of_means(times.Mean(30, 3, 50), times.Mean(20, 4, 40))
	assert (found.difference, found.low, found.high) == pytest.approx((10, 0.2002, 19.7998), abs=1e-4)


@pytest.mark.parametrize(
	("first", "second"),
	[(times.Mean(30, 0, 50), times.Mean(20, 4, 40)), (times.Mean(30, 3, 50), times.Mean(20, 0, 40))],
)
def test_a_side_without_spread_gives_no_interval(first, second):
	assert times.difference_of_means(first, second) == rates.Difference(10, None, None)


# little data


def test_empty_data_has_no_figures():
	assert times.quantile_of_time(*EMPTY, 0.5) is None
	assert times.share_decided(*EMPTY, 30) == times.Share(None, None, None, 0)
	assert times.share_won(*EMPTY, 30) == times.Share(None, None, None, 0)
	assert times.restricted_mean(*EMPTY, 30) == times.Mean(None, None, 0)
	assert times.difference_of_means(times.Mean(None, None, 0), times.Mean(3, 1, 9)) == rates.NO_DIFFERENCE
	assert times.difference_of_means(times.Mean(3, 1, 9), times.Mean(None, None, 0)) == rates.NO_DIFFERENCE


@pytest.mark.parametrize(
	("first", "second"),
	[
		(EMPTY, EMPTY),
		(EMPTY, PLACEBO),
		(PLACEBO, EMPTY),
		(([5], [False]), ([9], [False])),
		(([5], [True]), ([4], [False])),
		(([0, 0], [True, True]), ([0, 0], [True, True])),
	],
)
def test_groups_with_nothing_to_compare_have_no_test(first, second):
	assert times.log_rank(first, second) == times.LogRank(None, None)


def test_one_chain_has_figures():
	one = rates.wilson(1, 1)
	assert times.quantile_of_time([9], [True], 0.5) == 9
	assert times.share_decided([9], [True], 30) == times.Share(1, pytest.approx(one.low), 1, 1)
	assert times.restricted_mean([9], [True], 30) == times.Mean(9, 0, 1)
	assert times.restricted_mean([9], [True], 5) == times.Mean(5, 0, 1)


def test_all_on_the_first_day_are_decided_at_once():
	days, result = [0] * 4, ["Won", "Lost", "Won", "Won"]
	half = rates.wilson(3, 4)
	assert times.quantile_of_time(days, [True] * 4, 0.75) == 0
	assert times.share_won(days, result, 0).rate == 0.75
	assert times.share_won(days, result, 30) == times.Share(
		0.75, pytest.approx(half.low), pytest.approx(half.high), 4
	)
	assert times.restricted_mean(days, [True] * 4, 30) == times.Mean(0, 0, 4)


def test_open_chains_alone_have_no_median():
	days, decided = [5, 10, 20, 40], [False] * 4
	assert times.quantile_of_time(days, decided, 0.01) is None
	# two of the four are known to be open after 20 days
	assert times.share_decided(days, decided, 20) == times.Share(0, *rates.score_interval(0, 2), 4)
	assert times.share_won(days, [""] * 4, 20) == times.Share(0, *rates.score_interval(0, 2), 4)
	assert times.restricted_mean(days, decided, 20) == times.Mean(20, 0, 4)


def test_before_the_first_result_no_share_is_decided():
	assert times.share_decided(*PLACEBO, 0.5) == times.Share(0, *rates.score_interval(0, 21), 21)


def test_a_horizon_beyond_the_longest_observation_has_no_figures():
	assert times.share_decided(*SIX_MP, 35).rate is not None
	for horizon in (35.1, 100):
		assert times.share_decided(*SIX_MP, horizon) == times.Share(None, None, None, 21)
		assert times.restricted_mean(*SIX_MP, horizon) == times.Mean(None, None, 21)


def test_once_all_are_decided_any_horizon_has_figures():
	days, decided = [3, 5, 8], [True, False, True]
	# of two chains the result is known
	assert times.share_decided(days, decided, 100) == times.Share(1, *rates.score_interval(1, 2), 3)


@pytest.mark.parametrize("day", [-1, -0.001, float("nan"), float("inf"), None])
def test_negative_and_unknown_days_are_refused(day):
	for figure in (times.share_decided, times.restricted_mean, times.quantile_of_time):
		with pytest.raises(ValueError, match="leave out chains that start in the future"):
			figure([3, day], [True, False], 0.5)
	with pytest.raises(ValueError, match="leave out chains that start in the future"):
		times.share_won([3, day], ["Won", ""], 0.5)
	with pytest.raises(ValueError, match="leave out chains that start in the future"):
		times.log_rank(PLACEBO, ([3, day], [True, False]))


def test_days_without_a_result_are_refused():
	with pytest.raises(ValueError, match="2 days, 1 results"):
		times.share_decided([1, 2], [True], 5)


@pytest.mark.parametrize("horizon", [-1, float("nan"), float("inf")])
def test_impossible_horizons_are_refused(horizon):
	for figure in (times.share_decided, times.restricted_mean):
		with pytest.raises(ValueError, match="the horizon must be known and not negative"):
			figure(*SIX_MP, horizon)
	with pytest.raises(ValueError, match="the horizon must be known and not negative"):
		times.share_won([1], ["Won"], horizon)


@pytest.mark.parametrize("q", [0, -0.5, 1.01, float("nan")])
def test_impossible_quantiles_are_refused(q):
	with pytest.raises(ValueError, match="q must be above 0"):
		times.quantile_of_time(*PLACEBO, q)
