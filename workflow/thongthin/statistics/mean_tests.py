"""Do groups differ in their means, their variances being what they are: Welch's tests, Games and Howell's of all pairs.

A test that cannot be made (fewer than two groups, a group of one, a group without variation) is NaN.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongthin.statistics.frequencies import Array, Frequencies
from thongthin.statistics.noncentral import f_noncentrality

# Quantiles of the studentized range that are computed where more are needed.
RANGE_POINTS = 12


class Moments(NamedTuple):
    """n, mean, variance (divided by n - 1) and skewness (third standardised moment) of each group; NaN if undefined."""

    n: Array
    mean: Array
    variance: Array
    skewness: Array


class WelchAnova(NamedTuple):
    """Welch's analysis of variance.

    Attributes:
        f, df1, df2, p: the statistic, its degrees of freedom, its p.
        omega_squared: estimated share of the variance that goes with the group; below 0 where F is below 1.
        low, high: its interval, 0 or more.
    """

    f: float
    df1: float
    df2: float
    p: float
    omega_squared: float
    low: float
    high: float


class WelchT(NamedTuple):
    """Welch's t test.

    Attributes:
        difference: mean of the first group minus mean of the second; difference_low, difference_high: its interval.
        t, df, p: the statistic, its degrees of freedom, two-sided p.
        g: standardised difference, corrected for bias; low, high: its interval.
    """

    difference: float
    difference_low: float
    difference_high: float
    t: float
    df: float
    p: float
    g: float
    low: float
    high: float


class GamesHowell(NamedTuple):
    """Games and Howell's comparison of all pairs of groups, in the order of `itertools.combinations`.

    Attributes:
        p: two-sided, for all pairs together: no further correction is due.
        low, high: simultaneous intervals of mean of the first minus mean of the second.
    """

    p: Array
    low: Array
    high: Array


def moments(of: Frequencies) -> Moments:
    """Moments of each group."""
    n = of.sizes
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = of.counts @ of.values / n
        off = of.values - mean[:, np.newaxis]
        squares = (of.counts * off**2).sum(axis=1)
        # A group without variation has none, whatever the last bits of its mean leave over.
        squares[(of.counts > 0).sum(axis=1) < 2] = 0
        skewness = (of.counts * off**3).sum(axis=1) / n / (squares / n) ** 1.5
        return Moments(n, mean, np.where(n > 1, squares / (n - 1), np.nan), np.where(squares > 0, skewness, np.nan))


def welch_anova(of: Frequencies, confidence: float = 0.95) -> WelchAnova:
    """Welch's analysis of variance, which does not assume equal variances.

    Args:
        of: the values of each group.
        confidence: level of the interval of omega squared.

    Returns:
        F, its degrees of freedom, p, omega squared df1 (F - 1) / (df1 (F - 1) + n). All NaN with fewer than two groups,
        or where a group has one value or no variation. The interval divides each limit of the noncentrality of F by
        itself plus n.

    Sources: Welch (1951), Biometrika 38(3/4), 330-336; the effect size: Carroll and Nordholm (1975), Educational and
    Psychological Measurement 35(3), 541-554; its interval: Steiger (2004), Psychological Methods 9(2), 164-182.
    """
    from scipy.special import fdtrc

    n, mean, variance, _ = moments(of)
    k = len(n)
    if k < 2 or not (variance > 0).all():
        return WelchAnova(*[np.nan] * 7)
    weights = n / variance
    centre = (weights * mean).sum() / weights.sum()
    unequal = ((1 - weights / weights.sum()) ** 2 / (n - 1)).sum()
    f = (weights * (mean - centre) ** 2).sum() / (k - 1) / (1 + 2 * (k - 2) / (k**2 - 1) * unequal)
    df2 = (k**2 - 1) / (3 * unequal)
    over = (k - 1) * (f - 1)
    low, high = (float(limit / (limit + n.sum())) for limit in f_noncentrality(float(f), k - 1, float(df2), confidence))
    omega_squared = over / (over + n.sum())
    return WelchAnova(float(f), k - 1, float(df2), float(fdtrc(k - 1, df2, f)), float(omega_squared), low, high)


def welch_t(of: Frequencies, confidence: float = 0.95) -> WelchT:
    """Welch's t test of two groups, and the difference of their means standardised by the average of their variances.

    Args:
        of: the values of two groups.
        confidence: level of both intervals.

    Returns:
        All NaN where a group has fewer than two values or no variation. The interval of g is that of the
        difference without its correction for bias, which is small beside it.

    Sources: Welch (1947), Biometrika 34(1/2), 28-35; the standardised difference, its correction and its interval:
    Bonett (2008), Psychological Methods 13(2), 99-109.
    """
    from scipy.special import ndtri, stdtr, stdtrit

    n, mean, variance, _ = moments(of)
    if len(n) != 2 or not (variance > 0).all():
        return WelchT(*[np.nan] * 9)
    difference = mean[0] - mean[1]
    errors = variance / n
    se = np.sqrt(errors.sum())
    t, df = difference / se, errors.sum() ** 2 / (errors**2 / (n - 1)).sum()
    half = stdtrit(df, (1 + confidence) / 2) * se
    average = variance.mean()
    d = difference / np.sqrt(average)
    d_variance = d**2 / 8 * (variance**2 / (n - 1)).sum() / average**2 + (variance / (n - 1)).sum() / average
    d_half = ndtri((1 + confidence) / 2) * np.sqrt(d_variance)
    numbers = (
        *(difference, difference - half, difference + half),
        *(t, df, 2 * stdtr(df, -abs(t))),
        *(d * (1 - 3 / (4 * n.sum() - 9)), d - d_half, d + d_half),
    )
    return WelchT(*map(float, numbers))


def games_howell(of: Frequencies, confidence: float = 0.95) -> GamesHowell:
    """Games and Howell's comparison of all pairs of groups, which assumes neither equal variances nor equal numbers.

    Welch's t of a pair, times the square root of 2, is held against the studentized range of as many groups as have two
    values or more, with Welch's degrees of freedom of the pair. With two groups this is Welch's t test.

    Args:
        of: the values of each group.
        confidence: with which all intervals hold at once.

    Returns:
        NaN for pairs with a group of fewer than two values or without variation. (`scipy.stats.tukey_hsd` does the same
        from the values themselves; here there are only their frequencies.)

    Source: Games and Howell (1976), Journal of Educational Statistics 1(2), 113-125.
    """
    from scipy.stats import studentized_range

    n, mean, variance, _ = moments(of)
    groups = int((n > 1).sum())
    first, second = np.triu_indices(len(n), 1)
    with np.errstate(invalid="ignore", divide="ignore"):
        errors = np.where(variance > 0, variance / n, np.nan)
        se = np.sqrt(errors[first] + errors[second])
        df = se**4 / (errors**2 / (n - 1))[[first, second]].sum(axis=0)
    difference = mean[first] - mean[second]
    p, half = np.full(len(se), np.nan), np.full(len(se), np.nan)
    known = ~np.isnan(se)
    if known.any():
        p[known] = studentized_range.sf(np.sqrt(2) * np.abs(difference / se)[known], groups, df[known])
        half[known] = _range_quantiles(confidence, groups, df[known]) / np.sqrt(2) * se[known]
    return GamesHowell(p, difference - half, difference + half)


def _range_quantiles(level: float, groups: int, df: Array) -> Array:
    """Quantiles of the studentized range, by degrees of freedom.

    Each costs a fifth of a second, and they change smoothly with 1 / df: where there are many, those between are
    interpolated from some (at Chebyshev's points), to four digits or more.
    """
    from scipy.interpolate import BarycentricInterpolator
    from scipy.stats import studentized_range

    x = 1 / df
    low, high = float(x.min()), float(x.max())
    if len(df) <= RANGE_POINTS or high - low < 1e-12:
        return np.asarray(studentized_range.ppf(level, groups, df))
    angles = (2 * np.arange(RANGE_POINTS) + 1) * np.pi / (2 * RANGE_POINTS)
    points = (low + high) / 2 + (high - low) / 2 * np.cos(angles)
    return np.asarray(BarycentricInterpolator(points, studentized_range.ppf(level, groups, 1 / points))(x))
