"""Kendall's tau: published examples, all pairings of small rankings, and scipy."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import kendalltau

from thongthin.statistics.rank_agreement import EXACT_UP_TO, exact_distribution, kendall

FEW = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=6)
MANY = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=EXACT_UP_TO + 1, max_size=30)


def s_of(x: tuple[int, ...], y: tuple[int, ...]) -> int:
    pairs = itertools.combinations(range(len(x)), 2)
    return sum(int(np.sign(x[i] - x[j]) * np.sign(y[i] - y[j])) for i, j in pairs)


def test_the_tuna_of_hollander_and_wolfe() -> None:
    # Hollander and Wolfe (1973), pp. 185-194: colour and quality of canned tuna; tau = .444, two-sided exact p = .1194.
    colour = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    quality = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    found = kendall(colour, quality)
    assert (found.n, found.s, found.exact) == (9, 16, True)
    assert found.tau == pytest.approx(0.4444, abs=5e-5)
    assert found.p == pytest.approx(0.1194, abs=5e-5)


@pytest.mark.parametrize(
    ("n", "s", "chance"),
    [(4, 6, 0.042), (4, 4, 0.167), (5, 8, 0.042), (5, 6, 0.117), (6, 11, 0.028), (6, 9, 0.068), (10, 21, 0.036)],
)
def test_chances_are_those_of_kendalls_table(n: int, s: int, chance: float) -> None:
    # Kendall (1970), Rank Correlation Methods, appendix table 1: that S is at least so large.
    chances = exact_distribution([1] * n, [1] * n)
    middle = len(chances) // 2
    assert chances[middle + s :].sum() == pytest.approx(chance, abs=6e-4)


@given(FEW)
def test_the_exact_p_is_that_of_all_pairings(pairs: list[tuple[int, int]]) -> None:
    x, y = zip(*pairs, strict=True)
    found = kendall(x, y)
    if len(set(x)) == 1 or len(set(y)) == 1:
        assert math.isnan(found.tau)
        assert math.isnan(found.p)
        return
    reached = [abs(s_of(x, order)) for order in itertools.permutations(y)]
    assert found.s == s_of(x, y)
    assert found.p == pytest.approx(np.mean([other >= abs(found.s) for other in reached]))
    assert found.least_p == pytest.approx(np.mean([other == max(reached) for other in reached]))
    assert found.tau == pytest.approx(kendalltau(x, y).statistic)


@given(MANY)
def test_with_more_cases_it_is_the_normal_approximation_of_scipy(pairs: list[tuple[int, int]]) -> None:
    x, y = zip(*pairs, strict=True)
    found, expected = kendall(x, y), kendalltau(x, y, method="asymptotic")
    np.testing.assert_allclose([found.tau, found.p], [expected.statistic, expected.pvalue], rtol=1e-9)
    assert not found.exact


def test_three_sites_cannot_be_significant() -> None:
    found = kendall([1, 2, 3], [2.5, 3.1, 4.0])
    assert (found.tau, found.p, found.least_p) == (1, pytest.approx(1 / 3), pytest.approx(1 / 3))
    assert math.isnan(found.low)


def test_cases_that_lack_a_value_are_left_out() -> None:
    found = kendall([1, 2, np.nan, 3, 4], [1, 2, 9, np.nan, 3])
    assert (found.n, found.tau) == (3, 1)
    for nothing in ([], [1.0]):
        assert math.isnan(kendall(nothing, nothing).tau)


def test_the_interval_is_that_of_fishers_z() -> None:
    x = list(range(10))
    found = kendall(x, [0, 2, 1, 3, 5, 4, 6, 8, 7, 9], confidence=0.9)
    z, reach = math.atanh(found.tau), 1.644854 * math.sqrt(0.437 / 6)
    assert (math.atanh(found.low), math.atanh(found.high)) == (
        pytest.approx(z - reach, abs=1e-5),
        pytest.approx(z + reach, abs=1e-5),
    )
    assert (kendall(x, x).low, kendall(x, x).high) == (1, 1)
