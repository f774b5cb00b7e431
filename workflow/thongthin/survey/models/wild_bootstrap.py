"""Tests of coefficients where respondents come from few sites: the restricted wild cluster bootstrap.

For each coefficient, the model is fitted with that coefficient held at the value of the hypothesis; the residuals of
each site are multiplied by one random weight, the model is fitted to the outcome so made, and its t statistic
(errors clustered by site) is compared with the one observed. The interval holds the values that are not rejected.

Weights are those of Rademacher (-1 or 1) or, below 12 sites, the six of Webb, which give more different draws. Where
there are no more possible draws than replicates, each is used once, and nothing is random.

Nothing is refitted: with the other predictors partialled out, numerator and denominator of t depend on the weights only
through one number for each site and one for each pair of sites (Roodman and others 2019).

Sources: Cameron, Gelbach and Miller (2008), The Review of Economics and Statistics 90(3), 414-427; Webb (2023),
Canadian Journal of Economics 56(3), 839-858; Roodman, Nielsen, MacKinnon and Webb (2019), The Stata Journal 19(1),
4-60.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

RADEMACHER = (-1.0, 1.0)
WEBB = (-np.sqrt(1.5), -1.0, -np.sqrt(0.5), np.sqrt(0.5), 1.0, np.sqrt(1.5))
FEWEST_FOR_RADEMACHER = 12
# Spread between clusters that is no more than this share of that of respondents is none.
NOTHING = 1e-7
# A t that falls short of the observed one by no more than this share of it is as large.
TIE = 1e-6
# A limit of an interval is looked for within so many standard errors of the estimate.
WIDEST = 1024.0


class Bootstrap(NamedTuple):
    """What the bootstrap says of each coefficient.

    Attributes:
        weights: `webb` or `rademacher`.
        draws: how many were used.
        p: two-sided, that the coefficient is zero.
        low, high: the interval; NaN where it has no end, which happens with very few sites.
    """

    weights: str
    draws: int
    p: Array
    low: Array
    high: Array


def wild_cluster_bootstrap(
    y: Array,
    x: Array,
    clusters: npt.NDArray[np.int64],
    *,
    replicates: int = 9999,
    confidence: float = 0.95,
    seed: int = 0,
) -> Bootstrap:
    """Test each coefficient of a linear regression by the restricted wild cluster bootstrap.

    The p-value is the share of draws whose t is at least as large as the one observed; of random draws, the observed
    counts as one more (Phipson and Smyth 2010), so that it is never 0.

    Args:
        y: outcome, one number a respondent.
        x: respondents x coefficients, of full rank, the intercept included.
        clusters: the cluster of each respondent, as numbers from 0; at least two.
        replicates: number of draws.
        confidence: level of the intervals.
        seed: of the draws.
    """
    count = int(clusters.max()) + 1
    name, points = ("webb", WEBB) if count < FEWEST_FOR_RADEMACHER else ("rademacher", RADEMACHER)
    exact = len(points) ** count <= replicates
    if exact:
        weights = np.array(list(product(points, repeat=count)), dtype=np.float64)
    else:
        weights = np.random.default_rng(seed).choice(np.array(points, dtype=np.float64), size=(replicates, count))
    inverse = np.asarray(np.linalg.inv(x.T @ x), dtype=np.float64)
    estimates = inverse @ x.T @ y
    found = []
    for j, estimate in enumerate(estimates):
        p_value, se = _p_values(y, x, clusters, inverse, j, float(estimate), weights, exact)
        limits = [_limit(p_value, float(estimate), sign * se, 1 - confidence) for sign in (-1, 1)]
        found.append((p_value(0.0), *limits))
    p, low, high = np.array(found).T
    return Bootstrap(name, len(weights), p, low, high)


def _p_values(
    y: Array,
    x: Array,
    clusters: npt.NDArray[np.int64],
    inverse: Array,
    j: int,
    estimate: float,
    weights: Array,
    exact: bool,
) -> tuple[Callable[[float], float], float]:
    """p as a function of the hypothetical value of coefficient j, and the clustered standard error (uncorrected)."""
    others = np.delete(x, j, axis=1)
    basis = np.linalg.qr(others)[0]
    own = x[:, j] - basis @ (basis.T @ x[:, j])  # what of the predictor the others do not explain
    outcome = y - basis @ (basis.T @ y)
    count = weights.shape[1]

    def by_cluster(values: Array) -> Array:
        sums = np.zeros((count, *values.shape[1:]))
        np.add.at(sums, clusters, values)
        return sums

    # Restricted residuals are outcome - value * own; what is summed over them is linear in the value.
    projected = by_cluster(own[:, np.newaxis] * x) @ inverse
    numerators = [by_cluster(own * part) for part in (outcome, own)]
    crossed = [projected @ by_cluster(x * part[:, np.newaxis]).T for part in (outcome, own)]
    residuals = y - x @ (inverse @ (x.T @ y))
    spread = float(np.sqrt((by_cluster(own * residuals) ** 2).sum()))
    # What is left of sums that are 0 on paper is rounding error, and nothing varies between clusters.
    if spread <= NOTHING * float(np.sqrt(((own * residuals) ** 2).sum())):
        spread = 0.0

    def p_value(value: float) -> float:
        if spread == 0:
            return np.nan  # nothing varies between clusters
        sums = numerators[0] - value * numerators[1]
        across = crossed[0] - value * crossed[1]
        numerator = np.abs(weights @ sums)
        denominator = np.sqrt(((weights * sums - weights @ across.T) ** 2).sum(axis=1))
        observed = abs(estimate - value) * float(own @ own) / spread
        # Draws that equal the observed but for rounding count as equal.
        as_large = int((numerator >= observed * denominator * (1 - TIE)).sum())
        return as_large / len(weights) if exact else (as_large + 1) / (len(weights) + 1)

    return p_value, spread / float(own @ own)


def _limit(p_value: Callable[[float], float], estimate: float, step: float, level: float) -> float:
    """The value nearest to the estimate, in the direction of the step, beyond which p is at most `level`."""
    if np.isnan(p_value(estimate)):
        return np.nan
    inside, outside = 0.0, 1.0
    while p_value(estimate + outside * step) > level:
        inside, outside = outside, 2 * outside
        if outside > WIDEST:
            return np.nan
    while outside - inside > 1e-6 * outside:
        middle = (inside + outside) / 2
        if p_value(estimate + middle * step) > level:
            inside = middle
        else:
            outside = middle
    return estimate + outside * step
