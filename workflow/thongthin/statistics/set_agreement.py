"""Alpha of sets of codes: how far coders agree where each gives a unit several codes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.statistics.agreement import Array, Positions, unit_weights
from thongthin.statistics.krippendorff import bootstrap_interval

SetDistance = Literal["masi", "jaccard"]
# Of two sets, from how many members both have, the first has, the second has; arrays of one shape.
DistanceOfSets = Callable[[Array, Array, Array], Array]
_MOST_SETS_DRAWN = 5_000


def jaccard_distance(shared: Array, a: Array, b: Array) -> Array:
    """1 minus the members that two sets share out of all that either has; two empty sets are equal.

    Args:
        shared, a, b: how many members both have, the first has, the second has; arrays of one shape.

    Returns:
        0 to 1.

    Source: Jaccard (1912), New Phytologist 11(2), 37-50.
    """
    either = a + b - shared
    return 1 - np.where(either > 0, shared / np.maximum(either, 1), 1)


def masi_distance(shared: Array, a: Array, b: Array) -> Array:
    """1 minus the Jaccard index times 1 for equal sets, 2/3 if one holds the other, 1/3 if they overlap, else 0.

    Args, returns: as for `jaccard_distance`.

    Source: Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC 2006, 831-836.
    """
    equal, within = (shared == a) & (shared == b), (shared == a) | (shared == b)
    monotonic: Array = np.select([equal, within & (shared > 0), shared > 0], [1, 2 / 3, 1 / 3], 0.0)
    return 1 - (1 - jaccard_distance(shared, a, b)) * monotonic


_SET_DISTANCES: dict[SetDistance, DistanceOfSets] = {"masi": masi_distance, "jaccard": jaccard_distance}


@dataclass(frozen=True)
class SetRatings:
    """Which set of codes each coder gave each unit.

    Attributes:
        levels: coders x units, the number of the set; -1 where the coder did not judge the unit.
        members: sets x codes, whether the set holds the code; the first set is the empty one.
    """

    levels: Positions
    members: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, sets: Sequence[Sequence[Collection[str] | None]]) -> SetRatings:
        """From sets of codes, coders x units, with None where a coder did not judge the unit."""
        codes = sorted({code for row in sets for cell in row for code in cell or ()})
        given = np.array([[[code in (cell or ()) for cell in row] for row in sets] for code in codes], dtype=bool)
        judged = np.array([[cell is not None for cell in row] for row in sets], dtype=bool)
        return cls.given(given.reshape(len(codes), *judged.shape), judged)

    @classmethod
    def given(cls, given: npt.NDArray[np.bool_], judged: npt.NDArray[np.bool_]) -> SetRatings:
        """From which codes were given (codes x coders x units) and which units were judged (coders x units)."""
        cells = np.zeros((len(given), 1 + judged.size), dtype=bool)  # the first one is the empty set
        cells[:, 1:] = given.reshape(len(given), judged.size)
        numbers = np.zeros(1 + judged.size, dtype=np.int64)
        for held in cells:
            numbers = pd.factorize(numbers * 2 + held)[0]
        levels = np.where(judged, numbers[1:].reshape(judged.shape), -1)
        return cls(levels, cells[:, first_of_each(numbers)].T)


def set_alpha(
    ratings: SetRatings,
    distance: SetDistance | DistanceOfSets = "masi",
    weights: npt.ArrayLike | None = None,
) -> float:
    """Krippendorff's alpha where a judgement is a set of codes, and sets that share codes disagree less.

    Args:
        ratings: the sets that each coder gave each unit.
        distance: `masi`, `jaccard`, or a function as `jaccard_distance`.
        weights: how many times each unit counts; once if left out.

    Returns:
        At most 1; NaN if no unit was judged by two coders, or all of them gave one and the same set.

    Source: Passonneau (2006), Measuring agreement on set-valued items (MASI), LREC 2006, 831-836; alpha with other
    distances Krippendorff (2019), Content Analysis, 4th ed., ch. 12.
    """
    apart = _SET_DISTANCES[distance] if isinstance(distance, str) else distance
    one = np.zeros(ratings.levels.shape[1], dtype=np.int64)
    sums = _set_sums(ratings, apart, one, unit_weights(weights, len(one)))
    return float(_set_alphas(sums.sum(axis=0, keepdims=True), ratings.members, apart).item())


def bootstrap_set_alpha(
    ratings: SetRatings,
    clusters: npt.ArrayLike,
    distance: SetDistance = "masi",
    *,
    weights: npt.ArrayLike | None = None,
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile interval of `set_alpha`, drawing whole clusters (interviews); see `bootstrap_alpha`.

    Each replicate compares all sets with each other: beyond 5,000 different sets there is no interval (NaN).
    """
    if len(ratings.members) > _MOST_SETS_DRAWN:
        return np.nan, np.nan
    apart = _SET_DISTANCES[distance]
    numbers = pd.factorize(np.asarray(clusters))[0]
    sums = _set_sums(ratings, apart, numbers, unit_weights(weights, len(numbers)))
    return bootstrap_interval(
        sums, lambda drawn: _set_alphas(drawn, ratings.members, apart), replicates, confidence, seed
    )


def _set_sums(ratings: SetRatings, apart: DistanceOfSets, clusters: Positions, weights: Array) -> Array:
    """Clusters x (1 + sets): the observed disagreement, and how often each set was given; clusters with pairs only."""
    levels, members = ratings.levels, ratings.members
    paired = (levels >= 0).sum(axis=0) > 1
    levels, weights = levels[:, paired], weights[paired]
    numbers, found = pd.factorize(clusters[paired])
    judged = levels >= 0
    shares = weights / (judged.sum(axis=0) - 1)
    sizes = members.sum(axis=1).astype(float)
    sums = np.zeros((len(found), 1 + len(members)))
    for a, b in combinations(range(len(levels)), 2):
        differ = np.flatnonzero(judged[a] & judged[b] & (levels[a] != levels[b]))
        kinds, pairs = pd.factorize(levels[a, differ] * len(members) + levels[b, differ])
        one, other = np.divmod(pairs, len(members))
        distances = apart((members[one] & members[other]).sum(axis=1).astype(float), sizes[one], sizes[other])
        observed = 2 * shares[differ] * distances[kinds]
        sums[:, 0] += np.bincount(numbers[differ], weights=observed, minlength=len(found))
    coders, units = np.nonzero(judged)
    np.add.at(sums, (numbers[units], 1 + levels[coders, units]), weights[units])
    return sums


def _set_alphas(sums: Array, members: npt.NDArray[np.bool_], apart: DistanceOfSets) -> Array:
    """Alpha of each row of sums, as from `_set_sums`; NaN where no disagreement can be expected."""
    observed, given = sums[:, 0], sums[:, 1:]
    holds, sizes = members.astype(float), members.sum(axis=1).astype(float)
    possible = np.zeros(len(sums))
    for begin in range(0, len(holds), 500):  # of all pairs of sets, some rows at a time
        some = slice(begin, begin + 500)
        shared = holds[some] @ holds.T
        distances = apart(shared, *np.broadcast_arrays(sizes[some, None], sizes))
        possible += (given[:, some] @ distances * given).sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(possible > 0, 1 - (given.sum(axis=1) - 1) * observed / possible, np.nan)


def first_of_each(numbers: Positions) -> Positions:
    """Where each number, from 0 without gaps, stands first."""
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return first


SET_DISTANCES: tuple[SetDistance, ...] = ("masi", "jaccard")
