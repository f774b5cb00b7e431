"""Coefficients of agreement between coders: percentage, Cohen's and Fleiss' kappa, Gwet's AC1, Krippendorff's alpha.

Ratings are a matrix of coders x units, with NaN where a coder did not judge the unit; units that two or more coders
judged are compared. A coefficient that is undefined (no such unit, or no variation at all) is NaN, never 1.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


def percent_agreement(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Share of agreeing pairs of coders, taken unit by unit and averaged over the units.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit.
        weights: how many times each unit counts, such as its characters; once if left out.

    Returns:
        0 to 1; NaN if no unit was judged by two coders.

    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.; with two coders the plain percentage.
    """
    _, counts = value_counts(ratings)
    return _agreeing_pairs(counts, unit_weights(weights, len(counts)))


def cohen_kappa(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Cohen's kappa of two coders; with more coders the mean of the kappas of all pairs.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit. Each pair is compared on
            the units that both judged; pairs whose kappa is undefined are left out of the mean.
        weights: how many times each unit counts; once if left out.

    Returns:
        -1 to 1; NaN if it is undefined for every pair (no common unit, or both gave one and the same value
        throughout).

    Source: Cohen (1960), Educational and Psychological Measurement 20(1), 37-46; for more coders Light
    (1971), Psychological Bulletin 76(5), 365-377.
    """
    levels, values = _levels(ratings)
    times = unit_weights(weights, levels.shape[1])
    kappas = [_pair_kappa(levels[a], levels[b], len(values), times) for a, b in combinations(range(len(levels)), 2)]
    defined = [kappa for kappa in kappas if not np.isnan(kappa)]
    return float(np.mean(defined)) if defined else np.nan


def _pair_kappa(a: Positions, b: Positions, values: int, weights: Array) -> float:
    both = (a >= 0) & (b >= 0)
    if not both.any():
        return np.nan
    table = np.bincount(a[both] * values + b[both], weights=weights[both], minlength=values * values)
    table = table.reshape(values, values) / table.sum()
    expected = float(table.sum(axis=1) @ table.sum(axis=0))
    # Not told by `expected == 1`, which rounding can miss; one cell off the diagonal is a kappa of 0 all the same.
    if np.count_nonzero(table) == 1 and np.trace(table) > 0:  # both gave one and the same value throughout
        return np.nan
    return float((np.trace(table) - expected) / (1 - expected))


def weighted_kappa(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, power: Literal[1, 2] = 1) -> float:
    """Cohen's weighted kappa of values that are numbers; with more than two coders the mean of the kappas of all pairs.

    A disagreement counts by the difference of the two numbers, or by its square.

    Args:
        ratings, weights: as for `cohen_kappa`; the values are numbers.
        power: 1, linear weights; 2, quadratic weights.

    Returns:
        At most 1; NaN as for `cohen_kappa`. Of two values it is Cohen's kappa.

    Source: Cohen (1968), Psychological Bulletin 70(4), 213-220; quadratic weights: Fleiss and Cohen (1973), Educational
    and Psychological Measurement 33(3), 613-619; for more coders Light (1971).
    """
    matrix = np.asarray(ratings, dtype=float)
    times = unit_weights(weights, matrix.shape[1])
    kappas = [_pair_weighted_kappa(matrix[a], matrix[b], times, power) for a, b in combinations(range(len(matrix)), 2)]
    defined = [kappa for kappa in kappas if not np.isnan(kappa)]
    return float(np.mean(defined)) if defined else np.nan


def _pair_weighted_kappa(a: Array, b: Array, weights: Array, power: int) -> float:
    both = ~np.isnan(a) & ~np.isnan(b)
    a, b, weights = a[both], b[both], weights[both]
    if not weights.sum():
        return np.nan
    of_a, of_b = (np.unique(own, return_inverse=True) for own in (a, b))
    # Of each coder the values that he or she gave: a level that one of them never gave needs no row of zeros.
    shares = [np.bincount(inverse, weights=weights) / weights.sum() for _, inverse in (of_a, of_b)]
    by_chance = shares[0] @ np.abs(of_a[0][:, None] - of_b[0][None]) ** power @ shares[1]
    if not by_chance:  # both gave one and the same value throughout
        return np.nan
    return float(1 - np.average(np.abs(a - b) ** power, weights=weights) / by_chance)


def fleiss_kappa(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Fleiss' kappa for any number of coders, with missing values.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit. As in the generalised kappa, units
            that one coder judged count for how often each value is expected, but not for the agreement.
        weights: how many times each unit counts; once if left out.

    Returns:
        At most 1; NaN if no unit was judged by two coders, or all such judgements are the same.

    Source: Fleiss (1971), Psychological Bulletin 76(5), 378-382; with missing values Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th ed.
    """
    _, counts = value_counts(ratings)
    times = unit_weights(weights, len(counts))
    return _beyond_chance(counts, times, float((_shares(counts, times) ** 2).sum()))


def gwet_ac1(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, categories: int | None = None) -> float:
    """Gwet's AC1 for any number of coders, with missing values; it does not collapse where one value is rare.

    Args:
        ratings, weights: as for `fleiss_kappa`.
        categories: how many values there are to choose from; as many as occur if left out.

    Returns:
        At most 1; NaN if no unit was judged by two coders, or all such judgements are the same. The formula would
        give 1 in the latter case, however well the coders can tell the values apart; here, as for kappa and alpha,
        judgements without variation are evidence of nothing.

    Source: Gwet (2008), British Journal of Mathematical and Statistical Psychology 61(1), 29-48; with missing values
    Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.
    """
    values, counts = value_counts(ratings)
    times = unit_weights(weights, len(counts))
    shares = _shares(counts, times)
    # Of a code there are two values to choose from though all may have chosen one; the number that occurs would make
    # chance depend on the data.
    others = max((categories or len(values)) - 1, 1)
    return _beyond_chance(counts, times, float((shares * (1 - shares)).sum() / others))


def brennan_prediger(
    ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None, *, categories: int | None = None
) -> float:
    """Brennan and Prediger's coefficient for any number of coders, with missing values; of yes or no: PABAK.

    Chance is a choice at random among the values, however often each occurs. Of two values (a code given or not) it is
    2 x agreement - 1, the prevalence- and bias-adjusted kappa (PABAK).

    Args:
        ratings, weights: as for `fleiss_kappa`.
        categories: how many values there are to choose from; as many as occur if left out.

    Returns:
        At most 1; NaN in the cases in which `gwet_ac1` is.

    Sources: Brennan and Prediger (1981), Educational and Psychological Measurement 41(3), 687-699; PABAK: Byrt, Bishop
    and Carlin (1993), Journal of Clinical Epidemiology 46(5), 423-429; with missing values Gwet (2014), Handbook of
    Inter-Rater Reliability, 4th ed.
    """
    values, counts = value_counts(ratings)
    return _beyond_chance(counts, unit_weights(weights, len(counts)), 1 / max(categories or len(values), 2))


def _levels(ratings: npt.ArrayLike) -> tuple[Positions, npt.NDArray[Any]]:
    """Position of each rating among the sorted values (-1 if missing), coders x units, and the values."""
    matrix = np.asarray(ratings)
    positions, values = pd.factorize(matrix.ravel(), sort=True)
    return positions.reshape(matrix.shape), np.asarray(values)


def value_counts(ratings: npt.ArrayLike) -> tuple[npt.NDArray[Any], Array]:
    """The values, and how many coders gave each of them to each unit (units x values)."""
    levels, values = _levels(ratings)
    coders, units = np.nonzero(levels >= 0)
    # One number a pair of unit and value, so that counting them is one pass over the judgements.
    cells = units * len(values) + levels[coders, units]
    counts = np.bincount(cells, minlength=levels.shape[1] * len(values)).reshape(levels.shape[1], len(values))
    return values, counts.astype(float)


def unit_weights(weights: npt.ArrayLike | None, units: int) -> Array:
    return np.ones(units) if weights is None else np.asarray(weights, dtype=float)


def _agreeing_pairs(counts: Array, weights: Array) -> float:
    judged = counts.sum(axis=1)
    counts, weights, judged = counts[judged > 1], weights[judged > 1], judged[judged > 1]
    if not len(judged):
        return np.nan
    # Averaged over units, not over pairs: a unit that five coders judged has ten pairs, and would count ten times as
    # much as one that two judged.
    return float(np.average((counts * (counts - 1)).sum(axis=1) / (judged * (judged - 1)), weights=weights))


def _shares(counts: Array, weights: Array) -> Array:
    """How often each value is given: the mean over all judged units of its share among the unit's judgements."""
    judged = counts.sum(axis=1)
    counts, weights, judged = counts[judged > 0], weights[judged > 0], judged[judged > 0]
    # Units of one judgement count here and not in the agreement: Gwet takes from them how common a value is.
    return np.average(counts / judged[:, None], axis=0, weights=weights) if len(judged) else np.zeros(counts.shape[1])


def _beyond_chance(counts: Array, weights: Array, expected: float) -> float:
    """Agreement of pairs beyond the share expected by chance; NaN where the units compared hold one value or none."""
    # Of the units compared alone: a second value in a unit of one judgement would else make the coefficient 1, though
    # what is compared does not vary.
    if np.count_nonzero(counts[counts.sum(axis=1) > 1].any(axis=0)) < 2:
        return np.nan
    return (_agreeing_pairs(counts, weights) - expected) / (1 - expected)


def all_equal(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Share of the units on which all coders who judged them gave the same value.

    Args:
        ratings, weights: as for `percent_agreement`; units that one coder judged do not count.

    Returns:
        0 to 1, no more than `percent_agreement`, which it is with two coders; NaN if no unit was judged by two.

    Source: as `agree` of the R package irr (Gamer, Lemon, Fellows and Singh 2019) counts it.
    """
    _, counts = value_counts(ratings)
    own = unit_weights(weights, len(counts))
    judged = counts.sum(axis=1)
    several = judged > 1
    total = float(own[several].sum())
    return float(own[several & (counts.max(axis=1, initial=0) == judged)].sum()) / total if total else np.nan
