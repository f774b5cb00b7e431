"""How far coders agree: percentage, Cohen's kappa, Krippendorff's alpha with a bootstrap interval; and where
not.

The coders' segments become decisions (`unit_decisions`): for each code, coder and unit (a turn of a
participant, or a whole interview), whether the coder gave the code there; a unit that the coder did not read
for the code is missing, not "no". The coefficients take such decisions as a matrix of coders x units with NaN
for missing, and count only units that two or more coders judged. A coefficient that is undefined (no such
unit, or no variation at all) is NaN, never 1.

Nothing here fails on a study with one coder, no segments or unused codes: their coefficients are NaN.
"""

from __future__ import annotations

from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.decisions import Unit, agreement_units, overlaps, unit_decisions
from thongthin.tables import ALL

Level = Literal["nominal", "ordinal", "interval", "ratio"]
Array = npt.NDArray[np.float64]


# --- coefficients -------------------------------------------------------------------------------------------


def percent_agreement(ratings: npt.ArrayLike) -> float:
    """Share of agreeing pairs of coders, taken unit by unit and averaged over the units.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit.

    Returns:
        0 to 1; NaN if no unit was judged by two coders.

    Source: Gwet (2014), Handbook of Inter-Rater Reliability, 4th ed.; with two coders the plain percentage.
    """
    _, counts = _value_counts(ratings)
    judged = counts.sum(axis=1)
    counts, judged = counts[judged > 1], judged[judged > 1]
    if not len(judged):
        return np.nan
    return float(np.mean((counts * (counts - 1)).sum(axis=1) / (judged * (judged - 1))))


def cohen_kappa(ratings: npt.ArrayLike) -> float:
    """Cohen's kappa of two coders; with more coders the mean of the kappas of all pairs.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit. Each pair is compared on
            the units that both judged; pairs whose kappa is undefined are left out of the mean.

    Returns:
        -1 to 1; NaN if it is undefined for every pair (no common unit, or both gave one and the same value
        throughout).

    Source: Cohen (1960), Educational and Psychological Measurement 20(1), 37-46; for more coders Light
    (1971), Psychological Bulletin 76(5), 365-377.
    """
    levels, values = _levels(ratings)
    kappas = [_pair_kappa(levels[a], levels[b], len(values)) for a, b in combinations(range(len(levels)), 2)]
    defined = [kappa for kappa in kappas if not np.isnan(kappa)]
    return float(np.mean(defined)) if defined else np.nan


def _pair_kappa(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], values: int) -> float:
    both = (a >= 0) & (b >= 0)
    if not both.any():
        return np.nan
    table = np.bincount(a[both] * values + b[both], minlength=values * values).reshape(values, values) / both.sum()
    expected = float(table.sum(axis=1) @ table.sum(axis=0))
    if np.count_nonzero(table) == 1 and np.trace(table) > 0:  # both gave one and the same value throughout
        return np.nan
    return float((np.trace(table) - expected) / (1 - expected))


def krippendorff_alpha(ratings: npt.ArrayLike, level: Level = "nominal") -> float:
    """Krippendorff's alpha for any number of coders, with missing values.

    Args:
        ratings: coders x units; NaN or None where a coder did not judge the unit. Numbers, or any labels if
            nominal.
        level: level of measurement of the values.

    Returns:
        At most 1; NaN where it is undefined: no unit judged by two coders, or only one value in all such
        units.

    Source: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability.
    """
    values, counts = _value_counts(ratings)
    return float(_alpha(_coincidences(counts, np.zeros(len(counts), dtype=int)).sum(axis=0), values, level))


def bootstrap_alpha(
    ratings: npt.ArrayLike,
    clusters: npt.ArrayLike,
    *,
    level: Level = "nominal",
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile interval of Krippendorff's alpha, drawing whole clusters (interviews) with replacement.

    Args:
        ratings: coders x units, as for `krippendorff_alpha`.
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
    coincidences = _coincidences(counts[paired], pd.factorize(np.asarray(clusters)[paired])[0])
    if len(coincidences) < 2 or not replicates:
        return np.nan, np.nan
    # Interviews with the same counts are interchangeable: it is enough to draw how often each pattern occurs.
    patterns, times = np.unique(coincidences.reshape(len(coincidences), -1), axis=0, return_counts=True)
    drawn = np.random.default_rng(seed).multinomial(times.sum(), times / times.sum(), size=replicates)
    resampled = (drawn.astype(float) @ patterns).reshape(replicates, len(values), len(values))
    alphas = _alpha(resampled, values, level)
    alphas = alphas[~np.isnan(alphas)]
    if not len(alphas):
        return np.nan, np.nan
    low, high = np.quantile(alphas, [(1 - confidence) / 2, (1 + confidence) / 2])
    return float(low), float(high)


def _levels(ratings: npt.ArrayLike) -> tuple[npt.NDArray[np.int64], npt.NDArray[Any]]:
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


def _coincidences(counts: Array, clusters: npt.NDArray[np.int64]) -> Array:
    """Coincidence matrices, clusters x values x values; `clusters` has the number of each unit's cluster."""
    judged = counts.sum(axis=1)
    counts, clusters, judged = counts[judged > 1], clusters[judged > 1], judged[judged > 1]
    values = counts.shape[1]
    if not len(counts):
        return np.zeros((0, values, values))
    order = np.argsort(clusters, kind="stable")
    first = np.flatnonzero(np.diff(clusters[order], prepend=-1))
    counts, weights = counts[order], (1 / (judged[order] - 1))[:, None]
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


# --- tables -------------------------------------------------------------------------------------------------


def agreement_table(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    unit: Unit = "turn",
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
        turns, codings, coverage, codes: the tables of these names.
        unit: what is compared: each turn of a participant, or each interview.
        replicates, confidence, seed: of the bootstrap interval of alpha; interviews are drawn.

    Returns:
        Table `agreement`: code_id, unit, coders, n (units, for `all` decisions, judged by two or more
        coders), percent, kappa, alpha, alpha_low, alpha_high. Kappa and alpha of an unused code are NaN.
    """
    units = agreement_units(turns, unit)
    as_coded = unit_decisions(units, codings, coverage, codes, roll_up=False)
    rolled_up = unit_decisions(units, codings, coverage, codes, roll_up=True)
    used = np.flatnonzero(as_coded.present.any(axis=(1, 2)))
    pooled = np.hstack([np.empty((len(as_coded.coders), 0)), *(as_coded.ratings(code) for code in used)])

    matrices = [*((id_, rolled_up.ratings(code)) for code, id_ in enumerate(rolled_up.codes)), (ALL, pooled)]
    rows = []
    for code_id, ratings in matrices:
        interviews = np.resize(units["participant_id"].to_numpy(dtype=object), ratings.shape[1])
        compared = (~np.isnan(ratings)).sum(axis=0) > 1
        low, high = bootstrap_alpha(ratings, interviews, replicates=replicates, confidence=confidence, seed=seed)
        rows.append(
            {
                "code_id": code_id,
                "unit": unit,
                "coders": int((~np.isnan(ratings[:, compared])).any(axis=1).sum()),
                "n": int(compared.sum()),
                "percent": percent_agreement(ratings),
                "kappa": cohen_kappa(ratings),
                "alpha": krippendorff_alpha(ratings),
                "alpha_low": low,
                "alpha_high": high,
            }
        )
    return pd.DataFrame(rows)


def disagreements_table(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    unit: Unit = "turn",
) -> pd.DataFrame:
    """The units to which one coder gave a code and another, who read them for it, did not; not rolled up.

    Returns:
        Table `disagreements`, by codebook and position in the text: code_id, unit_id, participant_id, start,
        end (of the unit), coders_yes, coders_no (joined by "; "), text (the passages that were given the
        code, joined by " … ").
    """
    decisions = unit_decisions(agreement_units(turns, unit), codings, coverage, codes, roll_up=False)
    no = decisions.read & ~decisions.present
    found = np.argwhere(decisions.present.any(axis=1) & no.any(axis=1))
    coders = np.array(decisions.coders, dtype=object)
    table = decisions.units.iloc[found[:, 1]].reset_index(drop=True)
    table.insert(0, "code_id", np.array(decisions.codes, dtype=object)[found[:, 0]])
    table["coders_yes"] = ["; ".join(coders[decisions.present[code, :, at]]) for code, at in found]
    table["coders_no"] = ["; ".join(coders[no[code, :, at]]) for code, at in found]

    segment, at = overlaps(codings, decisions.units)
    passages = codings.iloc[segment].assign(unit_id=decisions.units["unit_id"].to_numpy()[at])
    passages = passages.sort_values(["start", "end"]).drop_duplicates(["code_id", "unit_id", "start", "end"])
    texts = passages.groupby(["code_id", "unit_id"], sort=False)["text"].agg(" … ".join).reset_index()
    return table.merge(texts, on=["code_id", "unit_id"], how="left")
