"""Welch's tests against published worked examples, scipy and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from comparison_data import INSECT_SPRAYS
from scipy.stats import skew, studentized_range, ttest_ind, tukey_hsd
from statsmodels.stats.oneway import anova_oneway, confint_effectsize_oneway

from thongthin.statistics import mean_tests
from thongthin.statistics.frequencies import frequencies
from thongthin.statistics.mean_tests import RANGE_POINTS, games_howell, moments, welch_anova, welch_t


def with_moments(mean: float, sd: float, n: int) -> np.ndarray:
    """n values with exactly this mean and standard deviation."""
    z = np.linspace(-1, 1, n)
    return mean + sd * (z - z.mean()) / z.std(ddof=1)


def test_welch_of_his_own_example():
    """Welch (1951): n 20, 10, 10; means 27.8, 24.1, 22.2; variances 60.1, 6.3, 15.4: F = 3.35 with 2 and 22.6 df."""
    groups = zip((27.8, 24.1, 22.2), (60.1, 6.3, 15.4), (20, 10, 10), strict=True)
    test = welch_anova(frequencies([with_moments(mean, variance**0.5, n) for mean, variance, n in groups]))
    assert (round(test.f, 2), test.df1, round(test.df2, 1)) == (3.35, 2, 22.6)
    assert test.omega_squared == pytest.approx(2 * (test.f - 1) / (2 * (test.f - 1) + 40))


def test_welch_of_insect_sprays():
    """R's oneway.test of InsectSprays: F = 36.065, num df = 5, denom df = 30.043, p = 7.999e-12."""
    test = welch_anova(frequencies(INSECT_SPRAYS))
    assert (round(test.f, 3), test.df1, round(test.df2, 3), f"{test.p:.3e}") == (36.065, 5, 30.043, "7.999e-12")


def test_welch_t_of_sleep():
    """Student's sleep data, as in R's help of t.test: t = -1.8608, df = 17.776, p = .07939, -3.3654832 to 0.2054832."""
    first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2.0]
    second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    test = welch_t(frequencies([first, second]))
    assert (round(test.t, 4), round(test.df, 3), round(test.p, 5)) == (-1.8608, 17.776, 0.07939)
    assert (round(test.difference_low, 7), round(test.difference_high, 7)) == (-3.3654832, 0.2054832)


def test_standardised_difference_of_bonett():
    """Example of ci.stdmean2 in Bonett's R package statpsych: adjusted 1.159240, 0.6170771 to 1.731909."""
    test = welch_t(frequencies([with_moments(35.1, 7.32, 30), with_moments(26.7, 6.98, 30)]))
    assert (round(test.g, 6), round(test.low, 7), round(test.high, 6)) == (1.159240, 0.6170771, 1.731909)


@pytest.mark.filterwarnings("ignore:divide by zero")  # in statsmodels, for a limit of 0
@pytest.mark.parametrize("seed", range(5))
def test_welch_is_that_of_statsmodels_and_scipy(seed):
    rng = np.random.default_rng(seed)
    groups = [rng.integers(3, 16, rng.integers(5, 30)) / 3 for _ in range(rng.integers(2, 6))]
    test = welch_anova(frequencies(groups))
    reference = anova_oneway(groups, use_var="unequal", welch_correction=True)
    assert (test.f, test.df1, test.df2, test.p) == pytest.approx((reference.statistic, *reference.df, reference.pvalue))
    n = sum(map(len, groups))
    limits = confint_effectsize_oneway(test.f, (test.df1, test.df2), nobs=n)
    low, high = limits.ci_nc
    assert (test.low, test.high) == pytest.approx((max(low, 0) / (max(low, 0) + n), high / (high + n)), abs=1e-6)
    pair = welch_t(frequencies(groups[:2]))
    of_scipy = ttest_ind(*groups[:2], equal_var=False)
    interval = of_scipy.confidence_interval()
    expected = (of_scipy.statistic, of_scipy.df, of_scipy.pvalue, interval.low, interval.high)
    assert (pair.t, pair.df, pair.p, pair.difference_low, pair.difference_high) == pytest.approx(expected)


def test_moments_are_those_of_numpy_and_scipy():
    groups = [[1, 2, 2, 5], [3, 3, 3], [4]]
    n, mean, variance, skewness = moments(frequencies(groups))
    assert n.tolist() == [4, 3, 1]
    assert mean == pytest.approx([2.5, 3, 4])
    assert variance == pytest.approx([3, 0, np.nan], nan_ok=True)
    assert skewness == pytest.approx([skew(groups[0]), np.nan, np.nan], nan_ok=True)


@pytest.mark.parametrize("groups", [[], [[1, 2]], [[1, 2], [3, 3]], [[1, 2], [3]]])
def test_welch_is_undefined_without_groups_or_variation(groups):
    assert np.isnan(welch_anova(frequencies(groups))).all()
    assert np.isnan(welch_t(frequencies(groups))).all()


def test_games_howell_of_spss():
    """SPSS (ONEWAY, POSTHOC=GH) and R (PMCMRplus), as recorded in the tests of SciPy: p and limits of six pairs."""
    groups = ([30, 23, 51], [-81, 71, -27, 63], [42, 11, 29, 19, 50], [23, 22, 20, 18, 9])
    test = games_howell(frequencies(groups))
    assert test.p == pytest.approx([0.8727543, 0.9752628, 0.4262506, 0.9148951, 0.9861432, 0.4755344], abs=1e-7)
    assert test.low == pytest.approx([-141.98542, -37.28307, -35.09331, -195.31562, -188.10548, -16.28949], abs=2e-5)
    assert test.high == pytest.approx([198.31875, 46.21640, 67.62664, 147.91562, 164.30548, 39.88949], abs=2e-5)


# The limits of 15 pairs as SciPy 1.17.1 has them, which takes five seconds.
SCIPY_OF_SIX = (
    [
        *(-1.13338, -0.83891, -0.71301, -1.30291, -1.30635, -0.94471, -0.85718, -1.40908, -1.3942, -1.14072, -1.69097),
        *(-1.6759, -1.4457, -1.45471, -1.21518),
    ],
    [
        *(1.06394, 1.34724, 1.06236, 0.88624, 1.14802, 1.52249, 1.27598, 1.06186, 1.30532, 0.98175, 0.76597, 1.00924),
        *(0.67968, 0.94702, 1.47351),
    ],
)


@pytest.mark.parametrize("groups", [2, 3, 6])
def test_games_howell_is_that_of_scipy(groups):
    rng = np.random.default_rng(groups)
    values = [rng.integers(3, 16, rng.integers(5, 30)) / 3 for _ in range(groups)]
    test = games_howell(frequencies(values), 0.9)
    of_scipy = tukey_hsd(*values, equal_var=False)
    pairs = np.triu_indices(groups, 1)
    assert test.p == pytest.approx(of_scipy.pvalue[pairs], abs=1e-9)
    low, high = SCIPY_OF_SIX if groups == 6 else (of_scipy.confidence_interval(0.9)[end][pairs] for end in (0, 1))
    assert test.low == pytest.approx(low, abs=1e-4)
    assert test.high == pytest.approx(high, abs=1e-4)
    if groups == 2:
        pair = welch_t(frequencies(values), 0.9)
        limits = (test.p[0], test.low[0], test.high[0])
        assert limits == pytest.approx((pair.p, pair.difference_low, pair.difference_high), abs=1e-6)


def test_quantiles_between_those_computed_are_close():
    df = np.linspace(2, 400, RANGE_POINTS + 5)
    some = slice(None, None, 4)
    found = mean_tests._range_quantiles(0.95, 4, df)[some]
    assert found == pytest.approx(studentized_range.ppf(0.95, 4, df[some]), rel=1e-5)


def test_groups_without_variation_take_no_part_in_pairs_but_count_among_the_groups():
    values = [[1, 2, 4], [2, 2, 2], [3], [1, 3, 5, 4]]
    test = games_howell(frequencies(values))
    assert np.isnan(test.p).tolist() == [True, True, False, True, True, True]
    pair = welch_t(frequencies([values[0], values[3]]))
    assert test.p[2] == pytest.approx(studentized_range.sf(np.sqrt(2) * abs(pair.t), 3, pair.df))
    assert np.isnan(games_howell(frequencies([[1], [2]])).p).all()
