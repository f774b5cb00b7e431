"""Do the sites differ, and what changed from before to after: rank tests with effect sizes.

Scale means are ordinal at heart, bounded and seldom normal, so all tests here work on ranks, with correction
for ties and the large-sample approximation. A test that cannot be made (fewer than two respondents on a side,
or everybody giving the same answer) is NaN; nothing here fails on such data.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.scales import survey_scales
from thongthin.tables import ALL

Array = npt.NDArray[np.float64]

# What differs by less than a mean of a few whole numbers can is a tie that rounding broke: scores come from a file with
# ten digits, so that their differences are off in the ninth decimal.
DECIMALS = 6


def kruskal_wallis(groups: list[Array]) -> tuple[float, float, float]:
    """Kruskal-Wallis test with correction for ties.

    Args:
        groups: the values of each group, none missing.

    Returns:
        H, p (chi-square with groups - 1 degrees of freedom), epsilon squared H / ((n^2 - 1) / (n + 1)), 0 to
        1. All NaN with fewer than two groups or where all values are equal.

    Sources: Kruskal and Wallis (1952), J. Am. Stat. Assoc. 47(260), 583-621; the effect size: Tomczak and
    Tomczak (2014), Trends in Sport Sciences 1(21), 19-25.
    """
    from scipy.special import chdtrc

    ranks, ties = _ranks(np.concatenate([*groups, []]))
    n, sizes = len(ranks), np.array([len(group) for group in groups])
    if len(groups) < 2 or not np.ptp(ranks):
        return np.nan, np.nan, np.nan
    mean_ranks = np.add.reduceat(ranks, sizes.cumsum() - sizes) / sizes
    between = (sizes * (mean_ranks - (n + 1) / 2) ** 2).sum()
    h = 12 / (n * (n + 1)) * between / (1 - ties / (n**3 - n))
    return float(h), float(chdtrc(len(groups) - 1, h)), float(h / ((n**2 - 1) / (n + 1)))


def mann_whitney(a: Array, b: Array) -> tuple[float, float, float]:
    """Mann-Whitney test of two groups, normal approximation with corrections for ties and continuity.

    Args:
        a, b: the values of each group, none missing.

    Returns:
        U of the first group (pairs in which it is higher, ties half), two-sided p, rank-biserial r = 2U /
        (n_a n_b) - 1: positive where the first group is higher. All NaN if a group has fewer than two values
        or all are equal.

    Sources: Mann and Whitney (1947), Ann. Math. Stat. 18(1), 50-60; the effect size: Wendt (1972), Eur. J.
    Soc. Psychol. 2(4), 463-465, signed as in Kerby (2014), Comprehensive Psychology 3, 11.IT.3.1.
    """
    from scipy.special import ndtr

    ranks, ties = _ranks(np.concatenate([a, b]))
    n, pairs = len(ranks), len(a) * len(b)
    if len(a) < 2 or len(b) < 2 or not np.ptp(ranks):
        return np.nan, np.nan, np.nan
    u = ranks[: len(a)].sum() - len(a) * (len(a) + 1) / 2
    sd = np.sqrt(pairs / 12 * (n + 1 - ties / (n * (n - 1))))
    z = max(abs(u - pairs / 2) - 0.5, 0) / sd
    return float(u), float(2 * ndtr(-z)), float(2 * u / pairs - 1)


def wilcoxon(changes: Array) -> tuple[float, float, float, float]:
    """Wilcoxon signed-rank test of changes, normal approximation with correction for ties.

    There is no correction for continuity. Changes of zero are left out before ranking, as Wilcoxon did.

    Args:
        changes: one number a respondent, none missing.

    Returns:
        W (the smaller of the two rank sums), z (positive where values rose), two-sided p, and the
        matched-pairs rank-biserial r: (rank sum of rises - rank sum of falls) / rank sum of both, -1 to 1.
        All NaN with fewer than two changes other than zero.

    Sources: Wilcoxon (1945), Biometrics Bulletin 1(6), 80-83; the effect size: Kerby (2014), Comprehensive
    Psychology 3, 11.IT.3.1.
    """
    from scipy.special import ndtr

    changes = np.round(changes, DECIMALS)
    changes = changes[changes != 0]
    n = len(changes)
    if n < 2:
        return np.nan, np.nan, np.nan, np.nan
    ranks, ties = _ranks(np.abs(changes))
    rises, falls = ranks[changes > 0].sum(), ranks[changes < 0].sum()
    z = (rises - falls) / 2 / np.sqrt(n * (n + 1) * (2 * n + 1) / 24 - ties / 48)
    r = (rises - falls) / (rises + falls)
    return float(min(rises, falls)), float(z), float(2 * ndtr(-abs(z))), float(r)


def holm(p: Array) -> Array:
    """Holm's correction of p values for several tests; NaN stay NaN and are not counted.

    Source: Holm (1979), Scandinavian Journal of Statistics 6(2), 65-70.
    """
    corrected = np.full(len(p), np.nan)
    order = np.argsort(p, kind="stable")[: np.count_nonzero(~np.isnan(p))]
    tests = np.arange(len(order), 0, -1)
    corrected[order] = np.minimum(np.maximum.accumulate(p[order] * tests), 1)
    return corrected


def _ranks(values: Array) -> tuple[Array, float]:
    """Mid-ranks from 1, and the sum of t^3 - t over groups of t tied values."""
    _, place, times = np.unique(np.round(values, DECIMALS), return_inverse=True, return_counts=True)
    times = times.astype(float)  # cubes of millions do not fit whole numbers
    return (times.cumsum() - (times - 1) / 2)[place], float((times**3 - times).sum())


def kruskal_wallis_table(scores: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str]) -> pd.DataFrame:
    """Whether the sites differ in each scale.

    Args:
        scores: table `scale_scores`.
        items: table `items`.
        site_ids: all sites; those with fewer than two scores take no part.

    Returns:
        Table `site_comparison`: construct, wave, n (respondents) and k (sites) that took part, h, df (missing
        where the test was not possible), p, epsilon_squared.
    """
    rows = []
    site_ids = list(site_ids)
    for scale in survey_scales(items):
        groups = [values for site in site_ids if len(values := _values(scores, scale.column, site)) > 1]
        h, p, epsilon_squared = kruskal_wallis(groups)
        rows.append(
            {
                "construct": scale.construct,
                "wave": scale.wave,
                "n": sum(len(values) for values in groups),
                "k": len(groups),
                "h": h,
                "df": None if np.isnan(h) else len(groups) - 1,
                "p": p,
                "epsilon_squared": epsilon_squared,
            }
        )
    columns = ["construct", "wave", "n", "k", "h", "df", "p", "epsilon_squared"]
    return pd.DataFrame(rows, columns=columns).astype({"df": "Int64"})


def pairwise_table(scores: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str]) -> pd.DataFrame:
    """Which sites differ in each scale: Mann-Whitney tests of all pairs, corrected within the scale after
    Holm.

    Returns:
        Table `site_comparison_pairs`: construct, wave, site_a, site_b, n_a, n_b, u (of site_a), p,
        p_corrected, r.
    """
    rows = []
    pairs = list(combinations(site_ids, 2))
    for scale in survey_scales(items):
        values = [(_values(scores, scale.column, a), _values(scores, scale.column, b)) for a, b in pairs]
        tests = [mann_whitney(a, b) for a, b in values]
        corrected = holm(np.array([p for _, p, _ in tests]))
        for pair, (a, b), (u, p, r), p_corrected in zip(pairs, values, tests, corrected, strict=True):
            rows.append((scale.construct, scale.wave, *pair, len(a), len(b), u, p, p_corrected, r))
    names = ["construct", "wave", "site_a", "site_b", "n_a", "n_b", "u", "p", "p_corrected", "r"]
    return pd.DataFrame(rows, columns=names)


def before_after_table(scores: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str]) -> pd.DataFrame:
    """What changed from before to after, for each construct asked twice, by site and over all.

    Returns:
        Table `before_after`, sites then `all`: construct, site_id, n (respondents with both scores, unchanged
        ones included), mean_before, mean_after, mean_change, w, z, p, r.
    """
    rows = []
    site_ids = [*site_ids, ALL]
    scales = survey_scales(items)
    after_of = {scale.construct: scale.column for scale in scales if scale.wave == "after"}
    for scale in scales:
        if scale.wave != "before" or scale.construct not in after_of:
            continue
        before, after = scale.column, after_of[scale.construct]
        for site in site_ids:
            own = scores if site == ALL else scores[scores["site_id"] == site]
            pairs = own[[before, after]].dropna()
            changes = (pairs[after] - pairs[before]).to_numpy(dtype=float)
            w, z, p, r = wilcoxon(changes)
            means = (pairs[before].mean(), pairs[after].mean(), changes.mean() if len(changes) else np.nan)
            rows.append((scale.construct, site, len(pairs), *means, w, z, p, r))
    names = ["construct", "site_id", "n", "mean_before", "mean_after", "mean_change", "w", "z", "p", "r"]
    return pd.DataFrame(rows, columns=names)


def _values(scores: pd.DataFrame, column: str, site: str) -> Array:
    return scores.loc[scores["site_id"] == site, column].dropna().to_numpy(dtype=float)
