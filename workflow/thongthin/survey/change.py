"""What changed from before to after: signed-rank tests of scales, McNemar tests of questions answered by yes or no.

Over respondents with both answers, by site and over all, and by group of respondents. Beside the test stand what it
says in points (the shift, with its interval) and in standard deviations (the standardised change). Undefined numbers
are NaN; nothing here fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.statistics.category_tests import mcnemar
from thongthin.statistics.corrections import CORRECTIONS, Correction
from thongthin.statistics.frequencies import DECIMALS, Array, mid_ranks
from thongthin.statistics.noncentral import t_noncentrality
from thongthin.statistics.rank_tests import all_one_way
from thongthin.survey.comparisons import carries_weights
from thongthin.survey.scales import on_points, survey_scales


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


# --- tables -----------------------------------------------------------------------------------------------------------

CHANGE_COLUMNS = (
    *("construct", "unit", "n", "mean_before", "mean_after", "mean_change", "w", "z", "p", "p_corrected"),
    *("r", "r_low", "r_high", "shift", "shift_low", "shift_high"),
    *("d_z", "d_z_low", "d_z_high", "d_av", "d_av_low", "d_av_high", "unweighted"),
)


def before_after_table(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    site_ids: Iterable[str],
    *,
    weights: Array | None = None,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """What changed from before to after, for each construct asked twice, by site and over all.

    Args:
        scores: table `scale_scores`.
        items: table `items`.
        site_ids: all sites.
        weights: of the respondents, as they stand in `scores`; None: all equal. The three means are weighted; tests and
            effect sizes are not.
        confidence: level of the intervals.
        correction: of p, over the sites of a construct, and over the constructs for all sites together.

    Returns:
        Table `before_after`, sites then `all`; n counts respondents with both scores, unchanged ones included.
    """
    choices = (weights, confidence, correction)
    return _before_after(scores, items, scores["site_id"], [*site_ids, ALL], *choices).rename(
        columns={"unit": "site_id"}
    )


def before_after_by_group(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    groups: pd.Series,
    group_ids: Iterable[str],
    *,
    weights: Array | None = None,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """As `before_after_table`, by group of respondents; p is corrected over the groups of a construct.

    Args:
        groups: of the respondents, as they stand in `scores`; those without a group are left out.
        group_ids: all groups.

    Returns:
        Table `before_after_by_group`.
    """
    choices = (weights, confidence, correction)
    return _before_after(scores, items, groups, list(group_ids), *choices).rename(columns={"unit": "group"})


def _before_after(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    units: pd.Series,
    shown: list[str],
    weights: Array | None,
    confidence: float,
    correction: Correction,
) -> pd.DataFrame:
    rows = []
    scales = survey_scales(items)
    own_weights = np.ones(len(scores)) if weights is None else weights
    unweighted = bool(np.ptp(own_weights)) if len(own_weights) else False
    after_of = {scale.construct: scale.column for scale in scales if scale.wave == "after"}
    for scale in scales:
        if scale.wave != "before" or scale.construct not in after_of:
            continue
        before, after = (scores[column].to_numpy(dtype=float) for column in (scale.column, after_of[scale.construct]))
        for unit in shown:
            own = ~(np.isnan(before) | np.isnan(after))
            if unit != ALL:
                own &= (units == unit).to_numpy()
            first, second, weight = before[own], after[own], own_weights[own]
            changes = second - first
            means = [np.average(v, weights=weight) if own.any() else np.nan for v in (first, second, changes)]
            w, z, p, *r = wilcoxon(changes, confidence)
            shift = hodges_lehmann(changes, confidence)
            d_z, d_av = standardised_change(first, second, confidence)
            numbers = (*means, w, z, p, np.nan, *r, *shift, *d_z, *d_av)
            rows.append((scale.construct, unit, int(own.sum()), *numbers, unweighted))
    frame = pd.DataFrame(rows, columns=list(CHANGE_COLUMNS)).astype({"unweighted": bool})
    return _corrected(frame, "construct", "p", correction)


MCNEMAR_COLUMNS = (
    *("item_id", "item_after", "unit", "n", "share_before", "share_after", "gained", "lost"),
    *("chi2", "df", "p", "p_exact", "p_mid", "p_corrected"),
    *("difference", "difference_low", "difference_high", "unweighted"),
)


def asked_twice(items: pd.DataFrame) -> list[tuple[str, str]]:
    """Questions with two possible answers that were asked before and after: the id of either item.

    Args:
        items: table `items`.
    """
    two = on_points(items)
    two = two[two["maximum"] - two["minimum"] == 1]
    after = two[two["wave"] == "after"].set_index(["construct", "pair"])["item_id"]
    keys = two[two["wave"] == "before"]
    return [
        (str(row["item_id"]), str(after[row["construct"], row["pair"]]))
        for row in keys.to_dict("records")
        if (row["construct"], row["pair"]) in after.index
    ]


def mcnemar_table(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    site_ids: Iterable[str],
    *,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """Who changed between yes and no, for each question with two answers asked twice, by site and over all.

    Args:
        responses, items: the tables of these names; answers as they were given, "yes" is the higher value.
        site_ids: all sites.
        confidence: level of the interval of the difference.
        correction: of the mid-p, over the sites of a question, and over the questions for all sites together.

    Returns:
        Table `mcnemar`, sites then `all`; n counts respondents with both answers.
    """
    units, shown = responses["site_id"], [*site_ids, ALL]
    return _mcnemar(responses, items, units, shown, confidence, correction).rename(columns={"unit": "site_id"})


def mcnemar_by_group(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    group_ids: Iterable[str],
    *,
    confidence: float = 0.95,
    correction: Correction = "holm",
) -> pd.DataFrame:
    """As `mcnemar_table`, by group of respondents: table `mcnemar_by_group`; p is corrected over the groups."""
    units, shown = responses["group"], list(group_ids)
    return _mcnemar(responses, items, units, shown, confidence, correction).rename(columns={"unit": "group"})


def _mcnemar(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    units: pd.Series,
    shown: list[str],
    confidence: float,
    correction: Correction,
) -> pd.DataFrame:
    unweighted = carries_weights(responses)
    highest = items.set_index("item_id")["maximum"]
    rows = []
    for before, after in asked_twice(items):
        both = responses[[before, after]].notna().all(axis=1)
        first, second = responses[before] == highest[before], responses[after] == highest[after]
        for unit in shown:
            own = both if unit == ALL else both & (units == unit)
            n, yes_before, yes_after = int(own.sum()), int((first & own).sum()), int((second & own).sum())
            gained, lost = int((~first & second & own).sum()), int((first & ~second & own).sum())
            test = mcnemar(n, gained, lost, confidence)
            shares = [yes / n if n else np.nan for yes in (yes_before, yes_after)]
            ps = (test.chi2, None if np.isnan(test.chi2) else 1, test.p, test.p_exact, test.p_mid, np.nan)
            effect = (test.difference, test.low, test.high)
            rows.append((before, after, unit, n, *shares, gained, lost, *ps, *effect, unweighted))
    frame = pd.DataFrame(rows, columns=list(MCNEMAR_COLUMNS)).astype({"df": "Int64", "unweighted": bool})
    return _corrected(frame, "item_id", "p_mid", correction)


def _corrected(frame: pd.DataFrame, key: str, p: str, correction: Correction) -> pd.DataFrame:
    """With `p_corrected`: over the sites or groups of one construct or item, and for `all` over constructs or items."""
    family = frame[key].where(frame["unit"] != ALL, "")
    for _, own in frame.groupby(family)[p]:
        frame.loc[own.index, "p_corrected"] = CORRECTIONS[correction](own.to_numpy(dtype=float))
    return frame
