"""Wilcoxon's test of paired differences, their shift, and how large it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from thongthin.statistics.frequencies import DECIMALS, Array, mid_ranks
from thongthin.statistics.noncentral import t_noncentrality
from thongthin.statistics.rank_tests import all_one_way


class Wilcoxon(NamedTuple):
    """A Wilcoxon signed-rank test.

    Attributes:
        w: the smaller of the two rank sums.
        z, p: normal approximation (positive where values rose), two-sided p.
        r: matched-pairs rank-biserial correlation, -1 to 1; low, high: its interval.
    """

    w: float
    z: float
    p: float
    r: float
    low: float
    high: float


class Estimate(NamedTuple):
    """A number and the limits of its interval."""

    value: float
    low: float
    high: float


def wilcoxon(changes: Array, confidence: float = 0.95) -> Wilcoxon:
    """Wilcoxon signed-rank test of changes, normal approximation with correction for ties.

    There is no correction for continuity. Changes of zero are left out before ranking, as Wilcoxon did.

    Args:
        changes: one number a respondent, none missing.
        confidence: level of the interval of r.

    Returns:
        W, z, p and r = (rank sum of rises - rank sum of falls) / rank sum of both. All NaN with fewer than two changes
        other than zero. The interval takes the spread of r from leaving out each change in turn (jackknife), on the
        scale of Fisher's z, with n - 1 degrees of freedom. Where all changes go one way, see `all_one_way`, with half
        as many pairs as changes; otherwise it is NaN with fewer than three changes.

    Sources: Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; the effect size: Kerby (2014), Comprehensive Psychology
    3, 11.IT.3.1; the jackknife of such a statistic: Arvesen (1969), Ann. Math. Stat. 40(6), 2076-2100.
    """
    from scipy.special import ndtr

    changes = np.round(changes, DECIMALS)
    changes = changes[changes != 0]
    n = len(changes)
    if n < 2:
        return Wilcoxon(*[np.nan] * 6)
    _, place, counts = np.unique(np.abs(changes), return_inverse=True, return_counts=True)
    times = counts.astype(float)  # cubes of millions do not fit whole numbers
    ranks = mid_ranks(times)[place]
    rises, falls = ranks[changes > 0].sum(), ranks[changes < 0].sum()
    z = (rises - falls) / 2 / np.sqrt(n * (n + 1) * (2 * n + 1) / 24 - (times**3 - times).sum() / 48)
    r = (rises - falls) / (rises + falls)
    low, high = _interval(changes, rises, r, confidence)
    return Wilcoxon(float(min(rises, falls)), float(z), float(2 * ndtr(-abs(z))), float(r), low, high)


def _interval(changes: Array, rises: float, r: float, confidence: float) -> tuple[float, float]:
    from scipy.special import stdtrit

    n = len(changes)
    if abs(r) >= 1:
        return all_one_way(r, n / 2, confidence)
    if n < 3:
        return np.nan, np.nan
    # The rank sum of rises counts pairs of changes, each with itself too, whose sum is positive (half if it is zero).
    ordered = np.sort(changes)
    below, up_to = np.searchsorted(ordered, -changes, "left"), np.searchsorted(ordered, -changes, "right")
    pairs = n - up_to + (up_to - below) / 2
    without = 4 * (rises - pairs) / (n * (n - 1)) - 1
    se = np.sqrt((n - 1) / n * ((without - without.mean()) ** 2).sum())
    half = stdtrit(n - 1, (1 + confidence) / 2) * se / (1 - r**2)
    return float(np.tanh(np.arctanh(r) - half)), float(np.tanh(np.arctanh(r) + half))


def hodges_lehmann(changes: Array, confidence: float = 0.95) -> Estimate:
    """Hodges and Lehmann's shift: the median of the means of all pairs of changes, each with itself too.

    Args:
        changes: one number a respondent, none missing; unchanged ones count.
        confidence: level of the interval, which holds the shifts that the signed-rank test would not reject.

    Returns:
        The shift in points. NaN without changes; the limits are NaN where so few respondents can reject nothing (below
        six at 95 %).

    Sources: Hodges and Lehmann (1963), Ann. Math. Stat. 34(2), 598-611; the interval: Hollander and Wolfe (1973),
    Nonparametric Statistical Methods, 33-38, with the large-sample approximation.
    """
    from scipy.special import ndtri

    if not len(changes):
        return Estimate(np.nan, np.nan, np.nan)
    # In whole numbers equal sums are equal; pairs are counted, since amounts make too many to list.
    values, counts = np.unique(np.rint(changes * 10**DECIMALS).astype(np.int64), return_counts=True)
    n, up_to = len(changes), np.concatenate([[0], counts.cumsum()])
    pairs = n * (n + 1) // 2

    def pairs_up_to(total: int) -> int:
        """How many pairs of changes, each with itself too, sum to no more than this."""
        both = int(counts @ up_to[np.searchsorted(values, total - values, "right")])
        return (both + int(counts[2 * values <= total].sum())) // 2

    def smallest(k: float) -> float:
        low, high = 2 * int(values[0]), 2 * int(values[-1])
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if pairs_up_to(middle) >= k else (middle + 1, high)
        return float(low / 2 / 10**DECIMALS)

    estimate = (smallest(np.floor((pairs + 1) / 2)) + smallest(np.ceil((pairs + 1) / 2))) / 2
    out = round(pairs / 2 - ndtri((1 + confidence) / 2) * np.sqrt(n * (n + 1) * (2 * n + 1) / 24))
    if out < 1:
        return Estimate(estimate, np.nan, np.nan)
    return Estimate(estimate, smallest(out), smallest(pairs + 1 - out))


def standardised_change(before: Array, after: Array, confidence: float = 0.95) -> tuple[Estimate, Estimate]:
    """The mean change in standard deviations: of the changes (d_z), and of the answers (d_av).

    d_z says how sure a change is in this design; d_av, divided by the root of the mean of both variances, how large it
    is beside how people differ, and can be compared with studies of two groups.

    Args:
        before, after: one number a respondent each, none missing.
        confidence: level of the intervals, both from the noncentral t distribution: for d_z exact where changes are
            normal, for d_av approximate.

    Returns:
        d_z and d_av. NaN with fewer than two respondents; d_z, and both intervals, also where all change alike; d_av
        also where neither answer varies.

    Sources: Cohen (1988), Statistical Power Analysis, 2nd ed., 48; Cumming (2012), Understanding the New Statistics,
    290-294; the interval of d_av: Algina and Keselman (2003), Educ. Psychol. Meas. 63(4), 537-553.
    """
    nothing = Estimate(np.nan, np.nan, np.nan)
    n = len(before)
    if n < 2:
        return nothing, nothing
    changes = np.round(after - before, DECIMALS)
    mean, average = float(changes.mean()), float(np.sqrt((before.var(ddof=1) + after.var(ddof=1)) / 2))
    if not np.ptp(changes):
        return nothing, Estimate(mean / average, np.nan, np.nan) if average > 10**-DECIMALS else nothing
    sd = float(changes.std(ddof=1))
    low, high = (float(limit / np.sqrt(n)) for limit in t_noncentrality(mean / sd * np.sqrt(n), n - 1, confidence))
    ratio = sd / average
    return Estimate(mean / sd, low, high), Estimate(mean / average, low * ratio, high * ratio)
