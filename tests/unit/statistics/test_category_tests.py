"""Tests of categories against published worked examples, scipy and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency, fisher_exact, ncx2
from statsmodels.stats.contingency_tables import mcnemar as of_statsmodels

from thongthin.statistics.category_tests import category_test, mcnemar


def test_the_lady_tasting_tea():
    """Fisher (1935): 3 of 4 cups right, two-sided p = .4857; expected counts of 2 are too small for chi-square."""
    test = category_test([[3, 1], [1, 3]])
    assert (test.test, test.because) == ("exact", "expected_small")
    assert round(test.p, 4) == 0.4857
    assert (test.chi2, test.df) == (2, 1)


def test_chi_square_of_party_and_gender():
    """Agresti (2007), Introduction to Categorical Data Analysis, table 2.5: X squared = 30.07 with 2 df, n = 2757."""
    test = category_test([[762, 327, 468], [484, 239, 477]])
    assert (test.test, test.because) == ("chi_square", "expected_enough")
    assert (round(test.chi2, 2), test.df) == (30.07, 2)
    assert test.low < test.v < test.high
    for limit, probability in ((test.low, 0.975), (test.high, 0.025)):
        assert ncx2.cdf(test.chi2, 2, 2757 * limit**2) == pytest.approx(probability, abs=1e-8)


@settings(max_examples=tried(40))
@given(st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=2, max_size=4))
def test_the_test_is_that_of_scipy(table):
    counts = np.array(table)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    test = category_test(table, replicates=100)
    if min(counts.shape) < 2:
        assert test.test == ""
        assert np.isnan(test[2:]).all()
        return
    reference = chi2_contingency(counts, correction=False)
    assert (test.chi2, test.df) == pytest.approx((reference.statistic, reference.dof), abs=1e-9)
    enough = reference.expected_freq.min() >= 1 and (reference.expected_freq < 5).mean() <= 0.2
    assert (test.test == "chi_square") == enough
    if enough:
        assert test.p == pytest.approx(reference.pvalue, abs=1e-12)
    elif counts.shape == (2, 2):
        assert test.p == pytest.approx(fisher_exact(counts).pvalue)
    assert 0 <= test.low <= test.high <= 1


def test_mcnemar_of_airway_responsiveness():
    """Fagerland, Lydersen and Laake (2013), data of Bentur et al. (2009): 21 children, 7 one way and 1 the other:
    asymptotic p = .034, exact p = .070, mid-p = .039."""
    test = mcnemar(21, gained=7, lost=1)
    assert test.chi2 == 4.5
    assert (round(test.p, 3), round(test.p_exact, 3), round(test.p_mid, 3)) == (0.034, 0.070, 0.039)
    assert test.difference == pytest.approx(6 / 21)
    # Bonett and Price (2012): (7 + 1 - 1 - 1) / 23 with the error of these two adjusted shares.
    up, down = 8 / 23, 2 / 23
    half = 1.959964 * np.sqrt((up + down - (up - down) ** 2) / 23)
    assert (test.low, test.high) == pytest.approx((6 / 23 - half, 6 / 23 + half), abs=1e-6)


def test_mcnemar_of_approval():
    """Agresti (2007), table 8.1, approval of a prime minister: 150 and 86 of 1600 changed: z squared = 17.36."""
    test = mcnemar(1600, gained=86, lost=150)
    assert round(test.chi2, 2) == 17.36
    assert test.difference == pytest.approx(-0.04)
    assert (round(test.low, 2), round(test.high, 2)) == (-0.06, -0.02)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 500))
def test_mcnemar_is_that_of_statsmodels(gained, lost, unchanged):
    n = gained + lost + unchanged
    test = mcnemar(n, gained, lost)
    assert mcnemar(n, lost, gained).difference == pytest.approx(-test.difference, nan_ok=True)
    if not gained + lost:
        assert np.isnan([test.chi2, test.p, test.p_exact, test.p_mid]).all()
        assert np.isnan(test.difference) == (n == 0)
        return
    table = [[unchanged, gained], [lost, 0]]
    exact, asymptotic = of_statsmodels(table, exact=True), of_statsmodels(table, exact=False, correction=False)
    assert test.p_exact == pytest.approx(exact.pvalue)
    assert (test.chi2, test.p) == pytest.approx((asymptotic.statistic, asymptotic.pvalue))
    assert 0 < test.p_mid < test.p_exact
    assert -1 <= test.low <= test.high <= 1


def test_many_changes_need_no_large_numbers():
    test = mcnemar(10_000_000, gained=2_500_500, lost=2_499_500)
    assert test.p == pytest.approx(test.p_mid, abs=1e-4)
