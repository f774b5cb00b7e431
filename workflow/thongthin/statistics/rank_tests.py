"""Do groups differ in rank: Kruskal-Wallis and Mann-Whitney tests with effect sizes and their intervals.

Corrected for ties, with the large-sample approximations. A test that cannot be made (fewer than two groups, everybody
giving the same answer) is NaN; nothing here fails on such data.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongthin.statistics.frequencies import Frequencies, mid_ranks
from thongthin.statistics.noncentral import f_noncentrality

# What is left of a variance of ranks that is 0 on paper, as a share of all.
NOTHING = 1e-12


class KruskalWallis(NamedTuple):
    """A Kruskal-Wallis test.

    Attributes:
        h, p: the statistic, and its p from chi-square with groups - 1 degrees of freedom.
        epsilon_squared: share of the variation of ranks that goes with the group, 0 to 1.
        low, high: its interval.
    """

    h: float
    p: float
    epsilon_squared: float
    low: float
    high: float


class MannWhitney(NamedTuple):
    """A Mann-Whitney test.

    Attributes:
        u: pairs in which the first group is higher, ties half.
        z, p: normal approximation of u (positive where the first group is higher), two-sided p.
        r: rank-biserial correlation, share of pairs in which the first group is higher minus those in which it is
        lower.
        low, high: its interval.
    """

    u: float
    z: float
    p: float
    r: float
    low: float
    high: float


def kruskal_wallis(of: Frequencies, confidence: float = 0.95) -> KruskalWallis:
    """Kruskal-Wallis test with correction for ties.

    Args:
        of: the values of each group; every group has at least one.
        confidence: level of the interval of epsilon squared.

    Returns:
        H, p, epsilon squared H / (n - 1). All NaN with fewer than two groups or where all values are equal. The
        interval takes the test as an analysis of variance of the ranks, of which epsilon squared is the eta squared:
        limits of the noncentrality of its F, each divided by itself plus n. NaN with no more values than groups, and
        where no group varies.

    Sources: Kruskal and Wallis (1952), J. Am. Stat. Assoc. 47(260), 583-621; the effect size: Tomczak and Tomczak
    (2014), Trends in Sport Sciences 1(21), 19-25; the test as an analysis of variance of ranks: Conover and Iman
    (1981), The American Statistician 35(3), 124-129; its interval: Steiger (2004), Psychological Methods 9(2), 164-182.
    """
    from scipy.special import chdtrc

    sizes, times = of.sizes, of.counts.sum(axis=0)
    n, k = times.sum(), len(sizes)
    if k < 2 or len(of.values) < 2:
        return KruskalWallis(*[np.nan] * 5)
    mean_ranks = of.counts @ mid_ranks(times) / sizes
    between = (sizes * (mean_ranks - (n + 1) / 2) ** 2).sum()
    h = 12 / (n * (n + 1)) * between / (1 - (times**3 - times).sum() / (n**3 - n))
    share = h / ((n**2 - 1) / (n + 1))
    low = high = np.nan
    if n > k and share < 1 - NOTHING:
        f = share / (k - 1) / ((1 - share) / (n - k))
        low, high = (limit / (limit + n) for limit in f_noncentrality(f, k - 1, n - k, confidence))
    return KruskalWallis(float(h), float(chdtrc(k - 1, h)), float(share), float(low), float(high))


def mann_whitney(of: Frequencies, confidence: float = 0.95) -> MannWhitney:
    """Mann-Whitney test of two groups, normal approximation with corrections for ties and continuity.

    Args:
        of: the values of two groups.
        confidence: level of the interval of r.

    Returns:
        U and z of the first group, two-sided p, rank-biserial r = 2U / (n_a n_b) - 1. All NaN if a group has fewer than
        two values or all are equal. The interval of r does not take the groups to be alike but for their place: the
        variance is that of the placements of each group's values in the other, with Satterthwaite's degrees of freedom,
        on the scale of Fisher's z (which is that of the log odds of being higher). Where every value of one group is
        above every value of the other, see `all_one_way`, with as many pairs as the smaller group has values.

    Sources: Mann and Whitney (1947), Ann. Math. Stat. 18(1), 50-60; the effect size: Wendt (1972), Eur. J. Soc.
    Psychol. 2(4), 463-465, signed as in Kerby (2014), Comprehensive Psychology 3, 11.IT.3.1; the variance of its
    interval: Brunner and Munzel (2000), Biometrical Journal 42(1), 17-25; the scale: Newcombe (2006), Statistics in
    Medicine 25(4), 543-557.
    """
    from scipy.special import ndtr

    sizes, times = of.sizes, of.counts.sum(axis=0)
    if len(sizes) != 2 or sizes.min() < 2 or len(of.values) < 2:
        return MannWhitney(*[np.nan] * 6)
    n, pairs = sizes.sum(), sizes.prod()
    u = of.counts[0] @ mid_ranks(times) - sizes[0] * (sizes[0] + 1) / 2
    sd = np.sqrt(pairs / 12 * (n + 1 - (times**3 - times).sum() / (n * (n - 1))))
    z = max(abs(u - pairs / 2) - 0.5, 0) / sd
    r = 2 * u / pairs - 1
    low, high = _interval(of, r, confidence)
    return MannWhitney(float(u), float(np.copysign(z, r)), float(2 * ndtr(-z)), float(r), low, high)


def _interval(of: Frequencies, r: float, confidence: float) -> tuple[float, float]:
    from scipy.special import stdtrit

    sizes = of.sizes
    # Placement of each value in the other group: share of that group that is lower, ties half.
    placements = ((mid_ranks(of.counts) - 0.5) / sizes[:, np.newaxis])[::-1]
    means = (of.counts * placements).sum(axis=1) / sizes
    variances = (of.counts * (placements - means[:, np.newaxis]) ** 2).sum(axis=1) / (sizes - 1) / sizes
    if abs(r) >= 1:
        return all_one_way(r, sizes.min(), confidence)
    df = variances.sum() ** 2 / (variances**2 / (sizes - 1)).sum()
    half = stdtrit(df, (1 + confidence) / 2) * 2 * np.sqrt(variances.sum()) / (1 - r**2)
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


def all_one_way(r: float, pairs: float, confidence: float) -> tuple[float, float]:
    """Interval of a rank-biserial correlation of 1 or -1, where the data show no variation to tell it from.

    Args:
        r: 1 or -1.
        pairs: how many pairs can be made of which no value stands in two; all of them go the way of r.
        confidence: level of the interval.

    Returns:
        From what these pairs alone allow (the exact limit of a share, all of which were counted) to r itself: wider
        than need be, but never too narrow.

    Source: Clopper and Pearson (1934), Biometrika 26(4), 404-413.
    """
    limit = float(2 * ((1 - confidence) / 2) ** (1 / pairs) - 1)
    return (limit, 1.0) if r > 0 else (-1.0, -limit)
