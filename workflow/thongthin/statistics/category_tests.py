"""Tests of answers that are categories: whether they go with the group, and whether yes and no changed places.

A test that cannot be made is NaN; nothing here fails.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from thongthin.interviews.theme_tests import cramers_v, fisher_freeman_halton
from thongthin.statistics.noncentral import chi2_noncentrality

# Chi-square may be used where every expected count is at least 1 and most are at least 5 (Cochran 1954).
LEAST_EXPECTED, USUAL_EXPECTED, MOST_BELOW_USUAL = 1, 5, 0.2


class CategoryTest(NamedTuple):
    """A test that rows and columns of a table of counts are independent.

    Attributes:
        test: `chi_square`, `exact` (Fisher, Freeman and Halton), `monte_carlo` (the same with tables drawn at random),
            or "" where there is nothing to test.
        because: `expected_enough`, `expected_small`, or "".
        chi2, df: Pearson's statistic and its degrees of freedom, whichever test was chosen.
        p: of the test chosen.
        v: Cramer's V, corrected for bias; low, high: its interval.
    """

    test: str
    because: str
    chi2: float
    df: float
    p: float
    v: float
    low: float
    high: float


class McNemar(NamedTuple):
    """A McNemar test.

    Attributes:
        chi2, p: the statistic, and its p from chi-square with one degree of freedom.
        p_exact, p_mid: exact conditional p, and mid-p.
        difference: share of yes after minus share of yes before; low, high: its interval.
    """

    chi2: float
    p: float
    p_exact: float
    p_mid: float
    difference: float
    low: float
    high: float


def category_test(
    table: npt.ArrayLike, *, replicates: int = 10_000, seed: int = 0, confidence: float = 0.95
) -> CategoryTest:
    """Whether a category goes with a group: chi-square, or an exact test where expected counts are small.

    Args:
        table: counts, groups x categories; empty rows and columns are left out.
        replicates, seed: as for `fisher_freeman_halton`.
        confidence: level of the interval of V.

    Returns:
        All NaN and "" with fewer than two rows or columns that hold anything. The interval of V: limits of the
        noncentrality of chi-square divided by n (rows - 1) or n (columns - 1), whichever is smaller, square root.

    Sources: Pearson (1900), Philosophical Magazine 50(302), 157-175; the choice: Cochran (1954), Biometrics 10(4),
    417-451; the exact test: see `fisher_freeman_halton`; V: see `cramers_v`; its interval: Smithson (2003), Confidence
    Intervals, 38-41.
    """
    from scipy.special import chdtrc

    counts = np.asarray(table, dtype=float)
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    if min(counts.shape) < 2:
        return CategoryTest("", "", *[np.nan] * 6)
    n = counts.sum()
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / n
    chi2 = float(((counts - expected) ** 2 / expected).sum())
    df = float(np.prod(np.array(counts.shape) - 1))
    low, high = (
        min(float(np.sqrt(limit / (n * (min(counts.shape) - 1)))), 1.0)
        for limit in chi2_noncentrality(chi2, df, confidence)
    )
    numbers = chi2, df
    if expected.min() >= LEAST_EXPECTED and (expected < USUAL_EXPECTED).mean() <= MOST_BELOW_USUAL:
        return CategoryTest(
            "chi_square", "expected_enough", *numbers, float(chdtrc(df, chi2)), cramers_v(counts), low, high
        )
    exact = fisher_freeman_halton(counts, replicates, seed)
    return CategoryTest(exact.method, "expected_small", *numbers, exact.p, cramers_v(counts), low, high)


def mcnemar(n: int, gained: int, lost: int, confidence: float = 0.95) -> McNemar:
    """McNemar's test of paired answers of yes or no.

    Args:
        n: pairs.
        gained: pairs that went from no to yes; lost: from yes to no.
        confidence: level of the interval of the difference.

    Returns:
        The p values are NaN where nobody changed, everything where there are no pairs. The difference is gained minus
        lost over n; its interval adds one pair to each of the two before it is computed (Wald with Laplace's
        adjustment), so that it exists where nobody changed.

    Sources: McNemar (1947), Psychometrika 12(2), 153-157; exact and mid-p: Fagerland, Lydersen and Laake (2013), BMC
    Medical Research Methodology 13, 91; the interval: Bonett and Price (2012), J. Educ. Behav. Stat. 37(4), 479-488.
    """
    from scipy.special import bdtr, chdtrc, gammaln, ndtri

    if not n:
        return McNemar(*[np.nan] * 7)
    changed = gained + lost
    tests = (np.nan, np.nan, np.nan, np.nan)
    if changed:
        fewer = min(gained, lost)
        chi2 = (gained - lost) ** 2 / changed
        exact = 1.0 if gained == lost else 2 * float(bdtr(fewer, changed, 0.5))
        ways = gammaln(changed + 1) - gammaln(fewer + 1) - gammaln(changed - fewer + 1)
        at = float(np.exp(ways - changed * np.log(2)))
        mid = 1 - at / 2 if gained == lost else exact - at
        tests = (chi2, float(chdtrc(1, chi2)), min(exact, 1.0), mid)
    up, down = (gained + 1) / (n + 2), (lost + 1) / (n + 2)
    half = float(ndtri((1 + confidence) / 2)) * np.sqrt((up + down - (up - down) ** 2) / (n + 2))
    low, high = max(up - down - half, -1.0), min(up - down + half, 1.0)
    return McNemar(*tests, (gained - lost) / n, float(low), float(high))
