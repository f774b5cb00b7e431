"""Krippendorff's alpha of single values, at any level of measurement, with a bootstrap interval over interviews."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.statistics.agreement import Array, Positions, unit_weights, value_counts

Level = Literal["nominal", "ordinal", "interval", "ratio"]
# Clusters x replicates that are drawn at once; bounds the memory of the bootstrap.
_DRAWN_AT_ONCE = 5_000_000


def krippendorff_alpha(ratings: npt.ArrayLike, level: Level = "nominal", weights: npt.ArrayLike | None = None) -> float:
    """Krippendorff's alpha for any number of coders, with missing values.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit. Numbers, or any labels if
            nominal.
        level: level of measurement of the values.
        weights: how many times each unit counts; once if left out.

    Returns:
        At most 1; NaN where it is undefined: no unit judged by two coders, or only one value in all such
        units.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    values, counts = value_counts(ratings)
    one = np.zeros(len(counts), dtype=np.int64)
    coincidences = _coincidences(counts, one, unit_weights(weights, len(counts)))
    return float(_alpha(coincidences.sum(axis=0), values, level))


def bootstrap_alpha(
    ratings: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    level: Level = "nominal",
    weights: npt.ArrayLike | None = None,
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile interval of Krippendorff's alpha, drawing whole clusters (interviews) with replacement.

    The coincidences of each cluster are counted once; a replicate adds up those of the clusters drawn.

    Args:
        ratings, level, weights: as for `krippendorff_alpha`.
        clusters: the interview of each unit; what is said in one interview is not independent, so it is drawn
            whole.
        replicates: number of draws; replicates in which alpha is undefined are left out; 0 gives no interval.
        seed: of the random generator.

    Returns:
        Lower and upper limit; both NaN with fewer than two clusters, or where no replicate defines alpha.

    Source: Field and Welsh (2007), Bootstrapping clustered data, J. R. Stat. Soc. B 69(3), 369-390.
    """
    values, counts = value_counts(ratings)
    paired = counts.sum(axis=1) > 1
    times = unit_weights(weights, len(counts))
    coincidences = _coincidences(counts[paired], pd.factorize(np.asarray(clusters)[paired])[0], times[paired])

    def alphas(sums: Array) -> Array:
        return _alpha(sums.reshape(-1, len(values), len(values)), values, level)

    return bootstrap_interval(
        coincidences.reshape(len(coincidences), len(values) ** 2), alphas, replicates, confidence, seed
    )


def bootstrap_interval(
    sums: Array, statistic: Callable[[Array], Array], replicates: int, confidence: float, seed: int
) -> tuple[float, float]:
    """Percentile interval of a statistic of sums over clusters, drawing clusters with replacement.

    Args:
        sums: clusters x quantities; a replicate adds up the rows of the clusters drawn.
        statistic: gives the statistic of each row of replicates x quantities, NaN where it is undefined.

    Returns:
        Lower and upper limit; both NaN with fewer than two clusters, or where no replicate defines the statistic.
    """
    if len(sums) < 2 or not replicates:
        return np.nan, np.nan
    # Clusters with the same sums are interchangeable: it is enough to draw how often each pattern occurs. They stand in
    # the order of the clusters, since the last digits, by which machines differ, must not decide what is drawn.
    _, first, times = np.unique(np.round(sums, 9), axis=0, return_index=True, return_counts=True)
    order = np.argsort(first)
    patterns, times = sums[first[order]], times[order]
    generator, at_once = np.random.default_rng(seed), max(1, _DRAWN_AT_ONCE // len(patterns))
    found = []
    for begin in range(0, replicates, at_once):
        size = min(at_once, replicates - begin)
        drawn = generator.multinomial(times.sum(), times / times.sum(), size=size)
        found.append(statistic(drawn.astype(float) @ patterns))
    values = np.concatenate(found)
    values = values[~np.isnan(values)]
    if not len(values):
        return np.nan, np.nan
    low, high = np.quantile(values, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _coincidences(counts: Array, clusters: Positions, weights: Array) -> Array:
    """Coincidence matrices, clusters x values x values; `clusters` has the number of each unit's cluster."""
    judged = counts.sum(axis=1)
    paired = judged > 1
    counts, clusters, weights, judged = counts[paired], clusters[paired], weights[paired], judged[paired]
    values = counts.shape[1]
    if not len(counts):
        return np.zeros((0, values, values))
    order = np.argsort(clusters, kind="stable")
    first = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    counts, weights = counts[order], (weights[order] / (judged[order] - 1))[:, None]
    result = np.empty((len(first), values, values))
    for value in range(values):  # one column at a time, so that memory stays units x values
        pairs = counts * counts[:, [value]]
        pairs[:, value] -= counts[:, value]
        result[:, :, value] = np.add.reduceat(pairs * weights, first)
    return result


def _alpha(coincidences: Array, values: npt.NDArray[Any], level: Level) -> Array:
    """Alpha of coincidence matrices (... x values x values); NaN where no disagreement can be expected."""
    totals = coincidences.sum(axis=-1)
    distances = _distances(totals, values, level)
    observed = (coincidences * distances).sum(axis=(-2, -1))
    possible = (totals[..., :, None] * totals[..., None, :] * distances).sum(axis=(-2, -1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(possible > 0, 1 - (totals.sum(axis=-1) - 1) * observed / possible, np.nan)


def _distances(totals: Array, values: npt.NDArray[Any], level: Level) -> Array:
    """Squared differences between values; ordinal ones depend on how often the values between them occur."""
    if level == "nominal":
        return 1 - np.eye(len(values))
    if level == "ordinal":
        middle = totals.cumsum(axis=-1) - totals / 2
        return (middle[..., :, None] - middle[..., None, :]) ** 2
    numbers = values.astype(float)
    distances: Array = np.subtract.outer(numbers, numbers) ** 2
    if level == "ratio":
        sums = np.add.outer(numbers, numbers)
        distances = distances / np.where(sums == 0, 1, sums) ** 2
    return distances
