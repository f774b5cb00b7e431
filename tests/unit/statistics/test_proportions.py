"""The intervals of a share against printed tables and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import proportion_confint

from thongthin.statistics.proportions import clopper_pearson, wilson


@pytest.mark.parametrize(
    ("count", "total", "confidence", "low", "high", "digits"),
    [
        # NIST/SEMATECH e-Handbook of Statistical Methods, 7.2.4.1: 4 defectives of 20, 90 %. Printed are .071354, found
        # by a numerical search and not exact in its last digits (.071348), and .401029.
        (4, 20, 0.90, 0.07135, 0.40103, 5),
        # R, example of binom.test: Mendel's peas, as in Conover (1971), p. 97.
        (682, 925, 0.95, 0.7076683, 0.7654066, 7),
    ],
)
def test_published_limits(count: int, total: int, confidence: float, low: float, high: float, digits: int) -> None:
    found = clopper_pearson(count, total, confidence)
    assert [round(float(limit), digits) for limit in found] == [low, high]


def test_every_share_of_up_to_forty_as_statsmodels_has_it() -> None:
    totals = np.repeat(np.arange(1, 41), 41)
    counts = np.tile(np.arange(41), 40)
    counts, totals = counts[counts <= totals], totals[counts <= totals]
    expected = proportion_confint(counts, totals, alpha=0.05, method="beta")
    np.testing.assert_allclose(clopper_pearson(counts, totals), expected, atol=1e-12)


def test_of_nobody_there_is_no_interval() -> None:
    assert np.isnan(clopper_pearson([0], [0])).all()


def test_the_interval_covers_as_often_as_it_claims() -> None:
    """By definition: for every true share, the counts whose interval holds it have at least 95 % probability."""
    from scipy.stats import binom

    n = 12
    low, high = clopper_pearson(np.arange(n + 1), np.full(n + 1, n))
    for share in np.linspace(0.01, 0.99, 50):
        covered = (low <= share) & (share <= high)
        assert binom.pmf(np.flatnonzero(covered), n, share).sum() >= 0.95


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_score_intervals_as_newcombe_prints_them(count: int, total: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17(8), 857-872, table I, method 3 (score without correction)."""
    assert [round(float(limit), 4) for limit in wilson(count / total, total)] == [low, high]


def test_score_intervals_as_statsmodels_has_them_and_none_of_nobody() -> None:
    counts = np.arange(31)
    np.testing.assert_allclose(wilson(counts / 30, [30]), proportion_confint(counts, 30, method="wilson"), atol=1e-12)
    assert np.isnan(wilson([np.nan, 0.5], [10, 0])).all()
