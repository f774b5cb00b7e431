"""Do the sites differ, and the groups: tests of each scale and of each question answered by category.

1. `comparison_table`: one test of all sites (groups) for each scale: Kruskal-Wallis and Welch's analysis of variance
   are both made; `choose_test` says by rule which of them counts, and why.
2. `pairs_table`: Mann-Whitney and Welch t tests of each pair, with p for all pairs of the scale together: corrected, or
   by Games and Howell's test where Welch's counts.
3. `category_table`: chi-square or exact tests of questions answered by category.

A site needs two scores to take part. A test that cannot be made is NaN; nothing here fails on such data. All tests are
without weights: a p from weights alone, without the design of the sample, would be wrong. Tables of a study with
weights say so (`unweighted`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from thongthin.contract.categories import MISSING, MOST_CATEGORIES
from thongthin.contract.units import Unit
from thongthin.statistics.category_tests import category_test
from thongthin.statistics.corrections import CORRECTIONS, Correction
from thongthin.statistics.frequencies import Frequencies
from thongthin.statistics.mean_tests import games_howell, moments, welch_anova, welch_t
from thongthin.statistics.rank_tests import kruskal_wallis, mann_whitney
from thongthin.survey.counts import SurveyCounts
from thongthin.survey.scales import Scale, category_items, survey_scales

Asked = Literal["auto", "ranks", "welch"]

# The rule of `auto`; where the limits come from is told in `choose_test`.
MOST_VARIANCE_RATIO = 3
LEAST_POINTS = 11
LEAST_RESPONDENTS = 15
MOST_SKEWNESS = 1


class Basis(NamedTuple):
    """What the choice of a test looks at.

    Attributes:
        points: different values that a complete score can take; of numbers, those that occur.
        smallest_n: respondents of the smallest site (group).
        skewness: of the site (group) that is most skewed, with its sign.
        variance_ratio: largest variance of a site (group) divided by the smallest; NaN if that is 0.
    """

    points: int
    smallest_n: int
    skewness: float
    variance_ratio: float


def basis_of(of: Frequencies, scale: Scale) -> Basis:
    """What the choice of a test for this scale looks at; NaN where no group takes part."""
    n, _, variance, skewness = moments(of)
    points = len(of.values) if scale.numeric else len(scale.items) * (scale.highest - scale.lowest) + 1
    if not len(n):
        return Basis(points, 0, np.nan, np.nan)
    known = skewness[~np.isnan(skewness)]
    most = float(known[np.abs(known).argmax()]) if len(known) else np.nan
    ratio = float(variance.max() / variance.min()) if variance.min() > 0 else np.nan
    return Basis(points, int(n.min()), most, ratio)


def choose_test(asked: Asked, basis: Basis) -> tuple[str, str]:
    """Which test counts, `ranks` or `welch`, and why, as a code.

    `asked`: the configuration says so. Otherwise ranks, since scores are ordinal at heart, bounded and coarse; but
    where variances differ much, a rank test also answers to the difference in spread, and Welch's test, which allows
    for it, is the better one, if means of so many points, so little skewed, from so many respondents, can bear it:
    `similar_spread`, `no_spread` (a group without any), `few_points`, `few_respondents`, `skewed`: ranks;
    `unequal_spread`: Welch.

    Sources: rank tests under unequal spread: Fagerland and Sandvik (2009), Contemporary Clinical Trials 30(5), 490-496;
    a ratio of 3: Keppel and Wickens (2004), Design and Analysis, 4th ed., 152; eleven points: Leung (2011), J. Social
    Service Research 37(4), 412-421; fifteen respondents: Minitab (2010), Assistant White Paper on one-way ANOVA;
    skewness of 1: Bulmer (1979), Principles of Statistics, 63. They are conventions, not laws.
    """
    if asked != "auto":
        return asked, "asked"
    if np.isnan(basis.variance_ratio):
        return "ranks", "no_spread"
    if basis.variance_ratio <= MOST_VARIANCE_RATIO:
        return "ranks", "similar_spread"
    if basis.points < LEAST_POINTS:
        return "ranks", "few_points"
    if basis.smallest_n < LEAST_RESPONDENTS:
        return "ranks", "few_respondents"
    if abs(basis.skewness) > MOST_SKEWNESS:
        return "ranks", "skewed"
    return "welch", "unequal_spread"


def _counts(asked: Asked, of: Frequencies, scale: Scale) -> tuple[str, str]:
    """Which test of a scale counts and why (`choose_test`); "" where there is nothing to test."""
    possible = len(of.sizes) > 1 and len(of.values) > 1
    return choose_test(asked, basis_of(of, scale)) if possible else ("", "")


# --- tables -----------------------------------------------------------------------------------------------------------

COMPARISON_COLUMNS = (
    *("construct", "wave", "n", "k", "test", "chosen_because", "h", "df", "p", "epsilon_squared"),
    *("epsilon_squared_low", "epsilon_squared_high", "f", "df2", "p_welch", "omega_squared"),
    *("omega_squared_low", "omega_squared_high", "p_corrected"),
    *("points", "smallest_n", "skewness", "variance_ratio", "unweighted"),
)


def comparison_table(
    scores: Mapping[str, Frequencies],
    items: pd.DataFrame,
    *,
    test: Asked = "auto",
    correction: Correction = "holm",
    confidence: float = 0.95,
    unweighted: bool = False,
) -> pd.DataFrame:
    """Whether the sites, or the groups, differ in each scale.

    Args:
        scores: of all sites, or all groups, as from `score_frequencies`; those with fewer than two scores take no part.
        items: table `items`.
        test, correction, confidence: as in the configuration. p is corrected over the scales.
        unweighted: whether the respondents carry weights, which the tests leave out.

    Returns:
        Table `site_comparison` or `group_comparison`, one row a scale (none without members): n (respondents) and k
        (sites, groups) that took part; the test that counts and why ("" where there is none); Kruskal-Wallis (h, df, p,
        epsilon_squared with its interval); Welch (f, df2 beside df, p_welch, omega_squared with its interval);
        p_corrected of the test that counts, with two groups of the Mann-Whitney test in place of Kruskal-Wallis; what
        the choice looked at (`Basis`).
    """
    rows, counted = [], []
    for scale in survey_scales(items):
        if len(scores[scale.column].counts):
            row, p = _compared(scores[scale.column], scale, test, confidence)
            rows.append({**row, "unweighted": unweighted})
            counted.append(p)
    corrected = CORRECTIONS[correction](np.array(counted, dtype=float))
    frame = pd.DataFrame(rows, columns=list(COMPARISON_COLUMNS)).assign(p_corrected=corrected)
    return frame.astype({"df": "Int64", "unweighted": bool})


def _compared(of: Frequencies, scale: Scale, test: Asked, confidence: float) -> tuple[dict[str, object], float]:
    """A row of `comparison_table`, and p of the test that counts."""
    of = of.only(of.sizes > 1)
    basis = basis_of(of, scale)
    ranks, welch = kruskal_wallis(of, confidence), welch_anova(of, confidence)
    chosen, because = _counts(test, of, scale)
    by_ranks = mann_whitney(of).p if len(of.sizes) == 2 else ranks.p
    row = {
        "construct": scale.construct,
        "wave": scale.wave,
        "n": int(of.sizes.sum()),
        "k": len(of.sizes),
        "test": chosen,
        "chosen_because": because,
        "h": ranks.h,
        "df": None if np.isnan(ranks.h) else len(of.sizes) - 1,
        "p": ranks.p,
        "epsilon_squared": ranks.epsilon_squared,
        "epsilon_squared_low": ranks.low,
        "epsilon_squared_high": ranks.high,
        "f": welch.f,
        "df2": welch.df2,
        "p_welch": welch.p,
        "omega_squared": welch.omega_squared,
        "omega_squared_low": welch.low,
        "omega_squared_high": welch.high,
        **basis._asdict(),
    }
    return row, {"ranks": by_ranks, "welch": welch.p}.get(chosen, np.nan)


PAIR_COLUMNS = (
    *("n_a", "n_b", "u", "z", "p", "p_corrected", "r", "r_low", "r_high"),
    *("difference", "difference_low", "difference_high", "t", "df", "p_welch"),
    *("p_games_howell", "games_howell_low", "games_howell_high", "g", "g_low", "g_high"),
)


def pairs_table(
    scores: Mapping[str, Frequencies],
    items: pd.DataFrame,
    unit: Unit,
    *,
    test: Asked = "auto",
    correction: Correction = "holm",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Which sites, or groups, differ in each scale: tests of all pairs, with p for all pairs of a scale together.

    All pairs are tested, whatever the test of all together says.

    Args:
        scores, items, test, correction, confidence: as for `comparison_table`.
        unit: the sites or groups, as they stand in `scores`.

    Returns:
        Table `site_comparison_pairs` or `group_comparison_pairs`: construct, wave, site_a, site_b (group_a, group_b),
        n_a, n_b; Mann-Whitney (u and z of the first, p, p_corrected, r with its interval); Welch (difference of the
        means with its interval, t, df, p_welch, g with its interval), and where Welch's test counts, Games and Howell's
        p and simultaneous interval of the difference (NaN elsewhere).
    """
    rows = []
    names = ["construct", "wave", f"{unit.part}_a", f"{unit.part}_b", *PAIR_COLUMNS]
    pairs = list(combinations(range(len(unit.ids)), 2))
    for scale in survey_scales(items):
        of = scores[scale.column]
        own = []
        for a, b in pairs:
            two = of.only([a, b])
            ranks, welch = mann_whitney(two, confidence), welch_t(two, confidence)
            n_a, n_b = (int(n) for n in two.sizes)
            own.append(
                (
                    *(scale.construct, scale.wave, unit.ids[a], unit.ids[b], n_a, n_b),
                    *(ranks.u, ranks.z, ranks.p, np.nan, *ranks[3:]),
                    *(*welch[:6], np.nan, np.nan, np.nan, *welch[6:]),
                )
            )
        frame = pd.DataFrame(own, columns=names)
        frame["p_corrected"] = CORRECTIONS[correction](frame["p"].to_numpy(dtype=float))
        if len(own) and _counts(test, of.only(of.sizes > 1), scale)[0] == "welch":
            together = games_howell(of, confidence)
            frame["p_games_howell"], frame["games_howell_low"], frame["games_howell_high"] = together
        rows.append(frame)
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=names)


CATEGORY_COLUMNS = (
    *("item_id", "part", "n", "k", "categories", "test", "chosen_because", "chi2", "df", "p", "p_corrected"),
    *("v", "v_low", "v_high", "unweighted"),
)


def category_table(
    counts: SurveyCounts,
    items: pd.DataFrame,
    units: Sequence[Unit],
    *,
    replicates: int = 10_000,
    seed: int = 0,
    correction: Correction = "holm",
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Whether answers by category go with the site, and with the group.

    Args:
        items: table `items`.
        units: the sites, and the groups.
        replicates, seed: of exact tests of tables too many to enumerate; each test draws from a stream of its own.
        correction, confidence: as in the configuration; p is corrected over the questions of one part.

    Returns:
        Table `category_comparison`, one row for `site` and one for `group` of each question (`category_items`):
        item_id, part, n (respondents who answered), k (sites or groups that these belong to), categories (answers that
        occur), and the numbers of `CategoryTest`. No test, and NaN, with more than 20 different answers
        (`chosen_because`: `free_text`), or where there is nothing to compare.
    """
    given = pd.concat([counts.answers, counts.categories[counts.categories["value"] != MISSING]])
    rows = []
    for number, unit in enumerate(units):
        own = []
        among = given[given[unit.column].isin(unit.ids)]
        for place, item in enumerate(category_items(items)):
            answers = among[among["column"] == item]
            table = answers.pivot_table(index=unit.column, columns="value", values="n", aggfunc="sum", fill_value=0)
            categories = table.shape[1]
            stream = np.random.SeedSequence([seed, number, place]).generate_state(1)[0]
            tested = table.to_numpy(dtype=int) if categories <= MOST_CATEGORIES else np.empty((0, 0))
            test = category_test(tested, replicates=replicates, seed=int(stream), confidence=confidence)
            because = test.because if categories <= MOST_CATEGORIES else "free_text"
            df = None if np.isnan(test.df) else int(test.df)
            effect = (test.v, test.low, test.high, counts.weighted)
            sizes = (int(answers["n"].sum()), len(table), categories)
            own.append((item, unit.part, *sizes, test.test, because, test.chi2, df, test.p, np.nan, *effect))
        frame = pd.DataFrame(own, columns=list(CATEGORY_COLUMNS)).astype({"df": "Int64", "unweighted": bool})
        rows.append(frame.assign(p_corrected=CORRECTIONS[correction](frame["p"].to_numpy(dtype=float))))
    return pd.concat(rows, ignore_index=True)
