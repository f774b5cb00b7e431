"""Kruskal-Wallis and Mann-Whitney tests against published worked examples and scipy; their intervals."""

from __future__ import annotations

import numpy as np
import pytest
from amount import tried
from comparison_data import INSECT_SPRAYS
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.stats import brunnermunzel, kruskal, mannwhitneyu, ncf, rankdata

from thongthin.statistics.frequencies import frequencies, mid_ranks
from thongthin.statistics.proportions import clopper_pearson
from thongthin.statistics.rank_tests import kruskal_wallis, mann_whitney

likert_means = st.lists(st.integers(3, 15).map(lambda total: total / 3), min_size=2, max_size=20).map(np.array)

# --- published examples -----------------------------------------------------------------------------------------------


def test_kruskal_wallis_of_mucociliary_efficiency():
    """Hollander and Wolfe (1973), p. 116, as in R's help of kruskal.test: H = 0.77143, df = 2, p = .68.

    The R package effectsize (tests of rank_epsilon_squared) has epsilon squared of these data: 0.05934066.
    """
    normal = [2.9, 3.0, 2.5, 2.6, 3.2]
    obstructed = [3.8, 2.7, 4.0, 2.4]
    asbestosis = [2.8, 3.4, 3.7, 2.2, 2.0]
    test = kruskal_wallis(frequencies([normal, obstructed, asbestosis]))
    assert round(test.h, 5) == 0.77143
    assert round(test.p, 2) == 0.68
    assert test.epsilon_squared == pytest.approx(0.05934066, abs=5e-9)
    assert test.epsilon_squared == pytest.approx(test.h / ((14**2 - 1) / (14 + 1)))  # Tomczak and Tomczak (2014)
    assert test.low == 0


def test_kruskal_wallis_of_insect_sprays():
    """Beall (1942), with ties, as R's help of kruskal.test has it (data set InsectSprays): H = 54.691, df = 5,
    p = 1.511e-10."""
    test = kruskal_wallis(frequencies(INSECT_SPRAYS))
    assert round(test.h, 3) == 54.691
    assert f"{test.p:.3e}" == "1.511e-10"


def test_mann_whitney_of_placental_permeability():
    """Hollander and Wolfe (1973), p. 69, as in R's help of wilcox.test: W = 35."""
    at_term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
    early = [1.15, 0.88, 0.90, 0.74, 1.21]
    test = mann_whitney(frequencies([at_term, early]))
    assert test.u == 35
    assert test.r == pytest.approx(0.40)  # 35 of 50 pairs for, 15 against
    assert test.low < 0 < test.r < test.high


def test_the_interval_has_the_variance_of_brunner_and_munzel():
    """Brunner and Munzel (2000), pain scores after two treatments, as in the help of brunner.munzel.test (R packages
    lawstat and brunnermunzel): .788961, p = .005786, from .5952169 to .9827052 without transformation."""
    first = [1, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 4, 1, 1]
    second = [3, 3, 4, 3, 1, 2, 3, 1, 1, 5, 4]
    assert round(brunnermunzel(first, second).pvalue, 6) == 0.005786
    test = mann_whitney(frequencies([second, first]))
    assert round((test.r + 1) / 2, 6) == 0.788961
    # r is twice as wide as the relative effect; Fisher's z rises by 1 / (1 - r squared) where r is.
    half = (0.9827052 - 0.5952169) / (1 - test.r**2)
    expected = np.tanh(np.arctanh(test.r) + np.array([-half, half]))
    assert (test.low, test.high) == pytest.approx(tuple(expected), abs=1e-6)


# --- against scipy ----------------------------------------------------------------------------------------------------


@given(st.lists(likert_means, min_size=2, max_size=5))
def test_kruskal_wallis_is_that_of_scipy(groups):
    assume(len(np.unique(np.concatenate(groups))) > 1)
    test = kruskal_wallis(frequencies(groups))
    assert (test.h, test.p) == pytest.approx(tuple(kruskal(*groups)), abs=1e-6)  # scipy's H is up to 1e-13 off 0
    assert 0 <= test.epsilon_squared <= 1 + 1e-12
    if np.isfinite(test.low):
        assert 0 <= test.low <= test.high < 1


@given(likert_means, likert_means)
def test_mann_whitney_is_that_of_scipy_and_changes_sign_with_the_order(a, b):
    assume(len(np.unique(np.concatenate([a, b]))) > 1)
    test, other = mann_whitney(frequencies([a, b])), mann_whitney(frequencies([b, a]))
    assert (test.u, test.p) == pytest.approx(tuple(mannwhitneyu(a, b, method="asymptotic")), abs=1e-9)
    mirrored = (len(a) * len(b) - test.u, -test.z, test.p, -test.r, -test.high, -test.low)
    assert other == pytest.approx(mirrored, abs=1e-9, nan_ok=True)
    assert -1 <= test.low <= test.r <= test.high <= 1


def test_the_interval_of_epsilon_squared_inverts_the_f_test_of_ranks():
    test = kruskal_wallis(frequencies(INSECT_SPRAYS))
    f = test.epsilon_squared / 5 / ((1 - test.epsilon_squared) / 66)
    for limit, probability in ((test.low, 0.975), (test.high, 0.025)):
        assert ncf.cdf(f, 5, 66, 72 * limit / (1 - limit)) == pytest.approx(probability, abs=1e-8)


@settings(max_examples=tried(30))
@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_mid_ranks_are_those_of_scipy(numbers):
    _, place, times = np.unique(numbers, return_inverse=True, return_counts=True)
    assert mid_ranks(times.astype(float))[place].tolist() == rankdata(numbers).tolist()


def test_the_interval_covers_as_often_as_it_says():
    """Two of three hundred draws more or less are chance; scores of three items of five points, unequal spread."""
    rng = np.random.default_rng(3)

    def scores(mean: float, sd: float, n: int) -> np.ndarray:
        latent = rng.normal(mean, sd, n)[:, np.newaxis] + rng.normal(0, 0.7, (n, 3))
        return np.clip(np.round(latent), 1, 5).mean(axis=1)

    true = mann_whitney(frequencies([scores(3.6, 0.4, 40_000), scores(3, 1, 40_000)])).r
    tests = [mann_whitney(frequencies([scores(3.6, 0.4, 40), scores(3, 1, 25)])) for _ in range(300)]
    covered = np.mean([test.low <= true <= test.high for test in tests])
    assert 0.92 <= covered <= 0.98


# --- too little -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("groups", [[], [[1, 2, 3]], [[4, 4], [4, 4, 4]]])
def test_kruskal_wallis_is_undefined_without_groups_or_variation(groups):
    assert np.isnan(kruskal_wallis(frequencies(groups))).all()


def test_mann_whitney_is_undefined_where_there_is_too_little():
    assert np.isnan(mann_whitney(frequencies([[1], [2, 3]]))).all()
    assert np.isnan(mann_whitney(frequencies([[2, 2], [2, 2]]))).all()


def test_groups_that_do_not_overlap_have_the_interval_of_pairs():
    """Two pairs, in both of which the first is higher: their exact lower limit is the square root of .025."""
    test = mann_whitney(frequencies([[4, 5, 5], [1, 2]]))
    assert (test.r, test.low, test.high) == (1, pytest.approx(2 * clopper_pearson(2, 2)[0] - 1), 1)
    other = mann_whitney(frequencies([[1, 2], [4, 5, 5]]))
    assert (other.r, other.low, other.high) == (-1, -1, -test.low)


def test_values_that_rounding_broke_apart_are_ties():
    of = frequencies([[1 / 3, 4 - 11 / 3], [0.3333333333, 0.5]])
    assert len(of.values) == 2
    assert of.counts.tolist() == [[2, 0], [1, 1]]
    assert of.only([1]).counts.tolist() == [[1, 1]]
