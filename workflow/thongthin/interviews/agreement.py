"""How far coders agree: percentage, Cohen's and Fleiss' kappa, Gwet's AC1, Krippendorff's alpha with a bootstrap
interval, also of sets of codes.

The coders' segments become decisions (`unit_decisions`): for each code, coder and unit, whether the coder gave the code
there; a unit that the coder did not read for the code is missing, not "no". A unit is a passage that somebody coded, a
turn of a participant, a whole interview, or a stretch of characters between two boundaries of segments, which counts as
many times as it has characters (`compared_units`). The coefficients take such decisions as a matrix of coders x units
with NaN for missing, and compare the units that two or more coders judged. A coefficient that is undefined (no such
unit, or no variation at all) is NaN, never 1.

Nothing here fails on a study with one coder, no segments or unused codes: their coefficients are NaN. How far coders
agree on where passages begin and end is measured in `thongthin.interviews.unitizing`; where they disagree is listed by
`thongthin.interviews.disagreements`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.interviews.decisions import Decisions, agreement_units, unit_decisions
from thongthin.interviews.passages import merge_passages

Level = Literal["nominal", "ordinal", "interval", "ratio"]
ComparedUnit = Literal["segment", "turn", "participant", "character"]
ComparedText = Literal["all", "coded"]
SetDistance = Literal["masi", "jaccard"]

COMPARED_UNITS: tuple[ComparedUnit, ...] = ("segment", "turn", "participant", "character")
COMPARED_TEXTS: tuple[ComparedText, ...] = ("all", "coded")
SET_DISTANCES: tuple[SetDistance, ...] = ("masi", "jaccard")

Array = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]
# Of two sets, from how many members both have, the first has, the second has; arrays of one shape.
DistanceOfSets = Callable[[Array, Array, Array], Array]

# Clusters x replicates that are drawn at once; bounds the memory of the bootstrap.
_DRAWN_AT_ONCE = 5_000_000
_MOST_SETS_DRAWN = 5_000


# --- coefficients -------------------------------------------------------------------------------------------------


def percent_agreement(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Share of agreeing pairs of coders, taken unit by unit and averaged over the units.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit.
        weights: how many times each unit counts, such as its characters; once if left out.

    Returns:
        0 to 1; NaN if no unit was judged by two coders.

    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.; with two coders the plain percentage.
    """
    _, counts = _value_counts(ratings)
    return _agreeing_pairs(counts, _unit_weights(weights, len(counts)))


def all_equal(ratings: npt.ArrayLike, weights: npt.ArrayLike | None = None) -> float:
    """Share of the units on which all coders who judged them gave the same value.

    Args:
        ratings, weights: as for `percent_agreement`; units that one coder judged do not count.

    Returns:
        0 to 1, no more than `percent_agreement`, which it is with two coders; NaN if no unit was judged by two.

    Source: as `agree` of the R package irr (Gamer, Lemon, Fellows and Singh 2019) counts it.
    """
    _, counts = _value_counts(ratings)
    own = _unit_weights(weights, len(counts))
    judged = counts.sum(axis=1)
    several = judged > 1
    total = float(own[several].sum())
    return float(own[several & (counts.max(axis=1, initial=0) == judged)].sum()) / total if total else np.nan


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
    times = _unit_weights(weights, levels.shape[1])
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
    if np.count_nonzero(table) == 1 and np.trace(table) > 0:  # both gave one and the same value throughout
        return np.nan
    return float((np.trace(table) - expected) / (1 - expected))


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
    _, counts = _value_counts(ratings)
    times = _unit_weights(weights, len(counts))
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
    values, counts = _value_counts(ratings)
    times = _unit_weights(weights, len(counts))
    shares = _shares(counts, times)
    others = max((categories or len(values)) - 1, 1)
    return _beyond_chance(counts, times, float((shares * (1 - shares)).sum() / others))


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
    values, counts = _value_counts(ratings)
    one = np.zeros(len(counts), dtype=np.int64)
    coincidences = _coincidences(counts, one, _unit_weights(weights, len(counts)))
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
    values, counts = _value_counts(ratings)
    paired = counts.sum(axis=1) > 1
    times = _unit_weights(weights, len(counts))
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


def _levels(ratings: npt.ArrayLike) -> tuple[Positions, npt.NDArray[Any]]:
    """Position of each rating among the sorted values (-1 if missing), coders x units, and the values."""
    matrix = np.asarray(ratings)
    positions, values = pd.factorize(matrix.ravel(), sort=True)
    return positions.reshape(matrix.shape), np.asarray(values)


def _value_counts(ratings: npt.ArrayLike) -> tuple[npt.NDArray[Any], Array]:
    """The values, and how many coders gave each of them to each unit (units x values)."""
    levels, values = _levels(ratings)
    coders, units = np.nonzero(levels >= 0)
    cells = units * len(values) + levels[coders, units]
    counts = np.bincount(cells, minlength=levels.shape[1] * len(values)).reshape(levels.shape[1], len(values))
    return values, counts.astype(float)


def _unit_weights(weights: npt.ArrayLike | None, units: int) -> Array:
    return np.ones(units) if weights is None else np.asarray(weights, dtype=float)


def _agreeing_pairs(counts: Array, weights: Array) -> float:
    judged = counts.sum(axis=1)
    counts, weights, judged = counts[judged > 1], weights[judged > 1], judged[judged > 1]
    if not len(judged):
        return np.nan
    return float(np.average((counts * (counts - 1)).sum(axis=1) / (judged * (judged - 1)), weights=weights))


def _shares(counts: Array, weights: Array) -> Array:
    """How often each value is given: the mean over all judged units of its share among the unit's judgements."""
    judged = counts.sum(axis=1)
    counts, weights, judged = counts[judged > 0], weights[judged > 0], judged[judged > 0]
    return np.average(counts / judged[:, None], axis=0, weights=weights) if len(judged) else np.zeros(counts.shape[1])


def _beyond_chance(counts: Array, weights: Array, expected: float) -> float:
    """Agreement of pairs beyond the share expected by chance; NaN where the units compared hold one value or none."""
    if np.count_nonzero(counts[counts.sum(axis=1) > 1].any(axis=0)) < 2:
        return np.nan
    return (_agreeing_pairs(counts, weights) - expected) / (1 - expected)


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


# --- sets of codes ------------------------------------------------------------------------------------------------


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
        return cls(levels, cells[:, _first_of_each(numbers)].T)


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
    sums = _set_sums(ratings, apart, one, _unit_weights(weights, len(one)))
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
    sums = _set_sums(ratings, apart, numbers, _unit_weights(weights, len(numbers)))
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


# --- what is compared ---------------------------------------------------------------------------------------------


def compared_units(
    turns: pd.DataFrame, codings: pd.DataFrame, unit: ComparedUnit, skipped: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The units that coders are compared on.

    Args:
        turns, codings: the tables of these names.
        unit: `turn`: each turn of a participant; `participant`: each interview; `segment`: each distinct passage, which
            is what is left when segments of any coders and codes that share a character are merged; `character`: the
            characters of each interview, the speech of the interviewer included. So that their number does not matter,
            characters between which no segment of anybody begins or ends make up one unit.
        skipped: the table of this name; passages skipped begin and end such stretches of characters, too.

    Returns:
        unit_id, participant_id, start, end; ordered, and without overlap within a participant.
    """
    if unit == "turn" or unit == "participant":
        return agreement_units(turns, unit)
    interviews = agreement_units(turns, "participant")
    segments = codings[codings["participant_id"].isin(set(interviews["participant_id"]))]
    if unit == "segment":
        units = merge_passages(segments, ["participant_id"])
    else:
        marked = [interviews, segments] if skipped is None else [interviews, segments, skipped]
        places = [
            frame[["participant_id", edge]].set_axis(["participant_id", "start"], axis=1)
            for frame in marked
            for edge in ("start", "end")
        ]
        edges = pd.concat(places).drop_duplicates().sort_values(["participant_id", "start"], ignore_index=True)
        lengths = edges["participant_id"].map(interviews.set_index("participant_id")["end"])
        edges = edges[edges["start"].between(0, lengths)]
        units = edges.assign(end=edges.groupby("participant_id")["start"].shift(-1))
        units = units.dropna(subset=["end"]).astype({"end": "int64"}).reset_index(drop=True)
    number = units.groupby("participant_id").cumcount() + 1
    units["unit_id"] = units["participant_id"] + f"-{unit[0]}" + number.astype("str")
    return units[["unit_id", "participant_id", "start", "end"]]


@dataclass(frozen=True)
class Comparison:
    """The decisions of all coders on one kind of unit.

    Attributes:
        unit: what the units are.
        as_coded: decisions on each code as it was given.
        rolled_up: decisions in which a code also counts where one below it was given.
        weights: how many times each unit counts: by its characters, or once.
    """

    unit: ComparedUnit
    as_coded: Decisions
    rolled_up: Decisions
    weights: Array

    @property
    def interviews(self) -> npt.NDArray[np.object_]:
        """The interview that each unit belongs to."""
        return self.as_coded.units["participant_id"].to_numpy(dtype=object)

    @property
    def used(self) -> Positions:
        """Which codes somebody gave, by their number."""
        return np.flatnonzero(self.as_coded.present.any(axis=(1, 2)))

    def compared(self, text: ComparedText) -> npt.NDArray[np.bool_]:
        """Which units count: all of them, or those that somebody gave a code."""
        return np.asarray(self.as_coded.present.any(axis=(0, 1)) | (text == "all"))

    def pooled(self, text: ComparedText) -> tuple[Array, Array, npt.NDArray[np.object_]]:
        """Every decision on a code that somebody gave: ratings (coders x decisions), weights, interviews."""
        kept, used = self.compared(text), self.used
        empty = np.empty((len(self.as_coded.coders), 0))
        ratings = np.hstack([empty, *(self.as_coded.ratings(code)[:, kept] for code in used)])
        return ratings, np.tile(self.weights[kept], len(used)), np.tile(self.interviews[kept], len(used))

    def by_code(self, text: ComparedText) -> Iterator[tuple[str, Array, Array, npt.NDArray[np.object_]]]:
        """Of each code with those below it, then of all codes: code_id, and as `pooled`."""
        kept = self.compared(text)
        for code, id_ in enumerate(self.rolled_up.codes):
            yield id_, self.rolled_up.ratings(code)[:, kept], self.weights[kept], self.interviews[kept]
        yield ALL, *self.pooled(text)

    def sets(self, text: ComparedText) -> tuple[SetRatings, Array, npt.NDArray[np.object_]]:
        """The set of codes that each coder gave each unit; known where the coder read it for every code in use."""
        kept, used = self.compared(text), self.used
        given, read = self.as_coded.present[used][:, :, kept], self.as_coded.read[used][:, :, kept]
        return SetRatings.given(given, np.asarray(read.all(axis=0))), self.weights[kept], self.interviews[kept]


def compare(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    unit: ComparedUnit,
    skipped: pd.DataFrame | None = None,
) -> Comparison:
    """What the coders decided on each unit; arguments as of `compared_units` and `unit_decisions`."""
    units = compared_units(turns, codings, unit, skipped)
    as_coded, rolled_up = (
        unit_decisions(units, codings, coverage, codes, roll_up=roll_up, skipped=skipped) for roll_up in (False, True)
    )
    lengths = (units["end"] - units["start"]).to_numpy(dtype=float)
    return Comparison(unit, as_coded, rolled_up, lengths if unit == "character" else np.ones(len(units)))


# --- tables -------------------------------------------------------------------------------------------------------


def agreement_table(
    comparison: Comparison,
    *,
    text: ComparedText = "all",
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Agreement of the coders, one row a code and the row `all`.

    The row of a code asks of each unit whether the code, or one below it, was given; so the row of a theme
    tells whether coders agree on the theme, whichever of its codes they chose. The row `all` pools the yes/no
    decisions on every code that somebody used, each as it was given (not rolled up): a pair (unit, code) is
    one decision. It weighs codes by the number of units, not by importance, and rare codes raise its
    percentage; kappa and alpha correct for that.

    Args:
        comparison: as from `compare`.
        text: all units, or only those (by character: the characters) that somebody gave a code.
        replicates, confidence, seed: of the bootstrap interval of alpha; interviews are drawn.

    Returns:
        Table `agreement`: code_id, unit, text, coders, n (units, for `all` decisions, judged by two or more coders; by
        character, characters), percent, all_equal, kappa, fleiss_kappa, ac1, alpha, alpha_low, alpha_high. All
        coefficients but the two shares of an unused code are NaN.
    """
    rows = []
    for code_id, ratings, weights, interviews in comparison.by_code(text):
        low, high = bootstrap_alpha(
            ratings, interviews, weights=weights, replicates=replicates, confidence=confidence, seed=seed
        )
        row = {"code_id": code_id, "unit": comparison.unit, "text": text, **_coefficients(ratings, weights)}
        rows.append({**row, "alpha_low": low, "alpha_high": high})
    return pd.DataFrame(rows)


def agreement_units_table(comparisons: Sequence[Comparison]) -> pd.DataFrame:
    """Agreement by several kinds of unit, with and without the text that nobody gave a code.

    Returns:
        Table `agreement_units`: unit, text, code_id, then the columns of table `agreement` from coders to alpha.
    """
    return pd.DataFrame(
        {"unit": comparison.unit, "text": text, "code_id": code_id, **_coefficients(ratings, weights)}
        for comparison in comparisons
        for text in COMPARED_TEXTS
        for code_id, ratings, weights, _ in comparison.by_code(text)
    )


def agreement_sets_table(
    comparisons: Sequence[Comparison], *, replicates: int = 1000, confidence: float = 0.95, seed: int = 0
) -> pd.DataFrame:
    """Alpha of the sets of codes that coders gave each unit, by kind of unit, text and distance.

    Returns:
        Table `agreement_sets`: unit, text, distance, coders, n (units or characters whose sets two or more coders
        gave), alpha, alpha_low, alpha_high.
    """
    rows = []
    for comparison in comparisons:
        for text in COMPARED_TEXTS:
            sets, weights, interviews = comparison.sets(text)
            counts = _compared(sets.levels >= 0, weights)
            for distance in SET_DISTANCES:
                alpha = set_alpha(sets, distance, weights)
                low, high = bootstrap_set_alpha(
                    sets,
                    interviews,
                    distance,
                    weights=weights,
                    replicates=replicates,
                    confidence=confidence,
                    seed=seed,
                )
                row = {"unit": comparison.unit, "text": text, "distance": distance, **counts}
                rows.append({**row, "alpha": alpha, "alpha_low": low, "alpha_high": high})
    return pd.DataFrame(rows)


def agreement_pairs_table(comparison: Comparison, *, text: ComparedText = "all") -> pd.DataFrame:
    """Agreement of each pair of coders over all codes, as the row `all` of `agreement_table`.

    Returns:
        Table `agreement_pairs`: coder_a, coder_b (each pair once, in alphabetical order), n, percent, kappa, ac1,
        alpha; n is 0 where the two judged nothing in common.
    """
    ratings, weights, _ = comparison.pooled(text)
    coders = comparison.as_coded.coders
    rows = [
        {"coder_a": coders[a], "coder_b": coders[b], **_coefficients(ratings[[a, b]], weights)}
        for a, b in combinations(range(len(coders)), 2)
    ]
    return pd.DataFrame(rows, columns=["coder_a", "coder_b", "n", "percent", "kappa", "ac1", "alpha"])


def _compared(judged: npt.NDArray[np.bool_], weights: Array) -> dict[str, int]:
    """How many coders take part, and how many units they are compared on."""
    compared = judged.sum(axis=0) > 1
    return {"coders": int(judged[:, compared].any(axis=1).sum()), "n": int(weights[compared].sum())}


def _coefficients(ratings: Array, weights: Array) -> dict[str, Any]:
    counts = _compared(~np.isnan(ratings), weights)
    ratings, weights = _patterns(ratings, weights)
    return {
        **counts,
        "percent": percent_agreement(ratings, weights),
        "all_equal": all_equal(ratings, weights),
        "kappa": cohen_kappa(ratings, weights),
        "fleiss_kappa": fleiss_kappa(ratings, weights),
        "ac1": gwet_ac1(ratings, weights, categories=2),
        "alpha": krippendorff_alpha(ratings, weights=weights),
    }


def _patterns(ratings: Array, weights: Array) -> tuple[Array, Array]:
    """Units with the same decisions of all coders as one unit that weighs as much: no coefficient tells them apart."""
    numbers = np.zeros(ratings.shape[1], dtype=np.int64)
    for decisions in ratings:
        numbers = pd.factorize(numbers * 3 + np.where(np.isnan(decisions), 2, decisions).astype(np.int64))[0]
    first = _first_of_each(numbers)
    return ratings[:, first], np.bincount(numbers, weights=weights, minlength=len(first)).astype(float)


def _first_of_each(numbers: Positions) -> Positions:
    """Where each number, from 0 without gaps, stands first."""
    first = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=np.int64)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return first


# --- how much agreement is asked for ------------------------------------------------------------------------------


def agreement_shortfalls(table: pd.DataFrame, *, alpha: float | None, each_code: bool = False) -> list[tuple[str, str]]:
    """Where the coders agree less than the study asks for (`analysis.agreement.least`).

    Args:
        table: table `agreement`.
        alpha: the least alpha of the row `all`; None asks for nothing. An alpha that is undefined falls short, too.
        each_code: whether each code must reach it as well; codes whose alpha is undefined are left out.

    Returns:
        A sentence in English and in Thai for each row that falls short, in the order of the table; none if all is well.
    """
    if alpha is None:
        return []
    shortfalls = []
    for code_id, found in zip(table["code_id"], table["alpha"], strict=True):
        if code_id == ALL and np.isnan(found):
            shortfalls.append(
                (
                    f"Krippendorff's alpha over all codes is undefined; at least {alpha:g} is asked for.",
                    f"แอลฟาของคริปเพนดอร์ฟรวมทุกรหัสคำนวณไม่ได้ แต่กำหนดไว้อย่างน้อย {alpha:g}",
                )
            )
        elif (code_id == ALL or each_code) and found < alpha:
            en, th = ("over all codes", "รวมทุกรหัส") if code_id == ALL else (f'of "{code_id}"', f'ของ "{code_id}"')
            shortfalls.append(
                (
                    f"Krippendorff's alpha {en} is {found:.3f}; at least {alpha:g} is asked for.",
                    f"แอลฟาของคริปเพนดอร์ฟ{th} เท่ากับ {found:.3f} แต่กำหนดไว้อย่างน้อย {alpha:g}",
                )
            )
    return shortfalls
