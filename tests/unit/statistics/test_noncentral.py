"""Limits of noncentrality: the probabilities that they are defined by, for small samples and for millions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from scipy.special import chndtr, ncfdtr

from thongthin.statistics.noncentral import chi2_noncentrality, f_noncentrality, t_noncentrality


@settings(max_examples=tried(300), deadline=None)
@given(st.integers(1, 20), st.floats(2, 1e7), st.floats(1e-3, 3e4))
def test_limits_of_f_leave_half_of_the_rest_on_each_side(df1: int, df2: float, f: float) -> None:
    low, high = f_noncentrality(f, df1, df2)
    assert 0 <= low <= high
    for limit, probability in ((low, 0.975), (high, 0.025)):
        if limit:
            assert ncfdtr(df1, df2, limit, f) == pytest.approx(probability, abs=1e-6)
        else:
            assert ncfdtr(df1, df2, 0, f) <= probability + 1e-6


@settings(max_examples=tried(200), deadline=None)
@given(st.integers(1, 20), st.floats(0, 1e6))
def test_limits_of_chi_square_leave_half_of_the_rest_on_each_side(df: int, chi2: float) -> None:
    for limit, probability in zip(chi2_noncentrality(chi2, df), (0.975, 0.025), strict=True):
        if limit:
            assert chndtr(chi2, df, limit) == pytest.approx(probability, abs=1e-6)
        else:
            assert chndtr(chi2, df, 0) <= probability + 1e-6


def test_a_strong_effect_in_a_million_responses_has_limits() -> None:
    """Far from them scipy's probability is NaN, which is where the search once went."""
    assert math.isnan(ncfdtr(1, 1.2e6, 7794.887562376524, 3000))
    low, high = f_noncentrality(3000, 1, 1.2e6)
    assert low == pytest.approx(3000 - 1.96 * 2 * math.sqrt(3000), rel=0.01)
    assert high == pytest.approx(3000 + 1.96 * 2 * math.sqrt(3000), rel=0.01)


def test_an_undefined_statistic_has_undefined_limits() -> None:
    assert all(math.isnan(limit) for limit in (*f_noncentrality(math.inf, 1, 5), *chi2_noncentrality(math.nan, 2)))


@pytest.mark.parametrize(("t", "df"), [(50.0, 1.0), (4000.0, 1.0), (2e5, 3.0), (1e6, 30.0), (-1e6, 30.0)])
def test_limits_of_a_very_large_t_are_those_of_its_definition(t: float, df: float) -> None:
    """P(T < t) = the mean, over the chi of the denominator, of the normal probability of the numerator."""
    low, high = t_noncentrality(t, df)

    def below(parameter: float) -> float:
        size, own = abs(t), parameter if t > 0 else -parameter
        middle = max(own / size, 1e-3)

        def part(v: float) -> float:
            return float(stats.chi.pdf(v * df**0.5, df) * df**0.5 * stats.norm.cdf(size * v - own))

        ends = integrate.quad(part, 0, middle, limit=500)[0] + integrate.quad(part, middle, np.inf, limit=500)[0]
        return float(ends if t > 0 else 1 - ends)

    assert below(low) == pytest.approx(0.975, abs=2e-4)
    assert below(high) == pytest.approx(0.025, abs=2e-4)


def test_limits_of_a_very_large_f_go_on_smoothly() -> None:
    for df1, df2 in ((1, 3), (3, 30)):
        below, above = (np.array(f_noncentrality(f, df1, df2)) / f for f in (0.9e10, 1.1e10))
        assert below == pytest.approx(above, rel=1e-6)
        assert np.isfinite(f_noncentrality(1e16, df1, df2)).all()
