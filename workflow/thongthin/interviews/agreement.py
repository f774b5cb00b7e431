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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL, TABLES
from thongthin.interviews.decisions import Decisions, agreement_units, unit_decisions
from thongthin.interviews.passages import merge_passages
from thongthin.statistics.agreement import (
    Array,
    Positions,
    all_equal,
    brennan_prediger,
    cohen_kappa,
    fleiss_kappa,
    gwet_ac1,
    percent_agreement,
    weighted_kappa,
)
from thongthin.statistics.krippendorff import bootstrap_alpha, krippendorff_alpha
from thongthin.statistics.set_agreement import SET_DISTANCES, SetRatings, bootstrap_set_alpha, first_of_each, set_alpha

ComparedUnit = Literal["segment", "turn", "participant", "character"]
ComparedText = Literal["all", "coded"]

COMPARED_UNITS: tuple[ComparedUnit, ...] = ("segment", "turn", "participant", "character")
COMPARED_TEXTS: tuple[ComparedText, ...] = ("all", "coded")


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
        # A segment that reaches beyond the last turn would otherwise end in a stretch that no transcript has.
        edges = edges[edges["start"].between(0, lengths)]
        # From one edge to the next nothing changes for any coder or code, so that one decision stands for all
        # characters between; the last edge of an interview begins nothing.
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
        # Codes that nobody gave are left out: agreement on their absence is free, and adding codes that are never used
        # to a codebook would raise the percentage of any study.
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
        # A set is known only if the coder looked for every code: of one who read for some, a missing code may be one
        # not looked for, which is no disagreement.
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
        character, characters), percent, all_equal, kappa, fleiss_kappa, ac1, brennan_prediger, alpha, alpha_low,
        alpha_high. All coefficients but the two shares of an unused code are NaN.
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


def codes_with_levels(codes: pd.DataFrame) -> list[str]:
    """The codes that two or more levels stand below, in the order of their first levels.

    Args:
        codes: table `codes`.
    """
    parents = codes.loc[codes["level"].notna(), "parent_id"]
    return [str(code) for code in parents.unique() if (parents == code).sum() > 1]


def agreement_levels_table(
    comparison: Comparison,
    codes: pd.DataFrame,
    *,
    text: ComparedText = "all",
    replicates: int = 1000,
    confidence: float = 0.95,
    seed: int = 0,
) -> pd.DataFrame:
    """Agreement on codes with levels (such as 0, 1, 2), whose differences count by how far the levels lie apart.

    The codes below such a code are its levels (column `level` of the codebook). The judgement of a coder on a unit is
    the level that was given there, the highest of several; where none was given, the coder judged nothing.

    Args:
        comparison, text, replicates, confidence, seed: as for `agreement_table`.
        codes: table `codes`.

    Returns:
        Table `agreement_levels`, a row for each code that two codes with levels stand below, in the order of the
        codebook: code_id, unit, text, levels (how many), coders, n, percent, kappa_linear, kappa_quadratic, alpha
        (ordinal), alpha_low, alpha_high.
    """
    kept = comparison.compared(text)
    weights, interviews = comparison.weights[kept], comparison.interviews[kept]
    rows = []
    for code_id in codes_with_levels(codes):
        own = codes[(codes["parent_id"] == code_id) & codes["level"].notna()]
        level_of = own.set_index("code_id")["level"].astype(float)
        given = np.full((len(comparison.as_coded.coders), len(weights)), np.nan)
        for place, level_code in enumerate(comparison.as_coded.codes):
            if level_code in level_of.index:
                present = comparison.as_coded.present[place][:, kept]
                # `fmax` takes the number where the other is NaN: the first level that is found, then the highest.
                given = np.where(present, np.fmax(given, level_of[level_code]), given)
        limits = bootstrap_alpha(
            given, interviews, level="ordinal", weights=weights, replicates=replicates, confidence=confidence, seed=seed
        )
        rows.append(
            {
                "code_id": code_id,
                "unit": comparison.unit,
                "text": text,
                "levels": len(own),
                **_compared(~np.isnan(given), weights),
                "percent": percent_agreement(given, weights),
                "kappa_linear": weighted_kappa(given, weights, power=1),
                "kappa_quadratic": weighted_kappa(given, weights, power=2),
                "alpha": krippendorff_alpha(given, "ordinal", weights),
                **dict(zip(("alpha_low", "alpha_high"), limits, strict=True)),
            }
        )
    return pd.DataFrame(rows, columns=[column.name for column in TABLES["agreement_levels"].columns])


def agreement_pairs_table(comparison: Comparison, *, text: ComparedText = "all") -> pd.DataFrame:
    """Agreement of each pair of coders over all codes, as the row `all` of `agreement_table`.

    Returns:
        Table `agreement_pairs`: coder_a, coder_b (each pair once, in alphabetical order), n, percent, kappa, ac1,
        brennan_prediger, alpha; n is 0 where the two judged nothing in common.
    """
    ratings, weights, _ = comparison.pooled(text)
    coders = comparison.as_coded.coders
    rows = [
        {"coder_a": coders[a], "coder_b": coders[b], **_coefficients(ratings[[a, b]], weights)}
        for a, b in combinations(range(len(coders)), 2)
    ]
    return pd.DataFrame(
        rows, columns=["coder_a", "coder_b", "n", "percent", "kappa", "ac1", "brennan_prediger", "alpha"]
    )


def _compared(judged: npt.NDArray[np.bool_], weights: Array) -> dict[str, int]:
    """How many coders take part, and how many units they are compared on."""
    compared = judged.sum(axis=0) > 1
    return {"coders": int(judged[:, compared].any(axis=1).sum()), "n": int(weights[compared].sum())}


def _coefficients(ratings: Array, weights: Array) -> dict[str, Any]:
    counts = _compared(~np.isnan(ratings), weights)
    # Decisions are many (units x codes) and differ little: all coefficients are of their patterns.
    ratings, weights = _patterns(ratings, weights)
    return {
        **counts,
        "percent": percent_agreement(ratings, weights),
        "all_equal": all_equal(ratings, weights),
        "kappa": cohen_kappa(ratings, weights),
        "fleiss_kappa": fleiss_kappa(ratings, weights),
        "ac1": gwet_ac1(ratings, weights, categories=2),
        "brennan_prediger": brennan_prediger(ratings, weights, categories=2),
        "alpha": krippendorff_alpha(ratings, weights=weights),
    }


def _patterns(ratings: Array, weights: Array) -> tuple[Array, Array]:
    """Units with the same decisions of all coders as one unit that weighs as much: no coefficient tells them apart."""
    numbers = np.zeros(ratings.shape[1], dtype=np.int64)
    for decisions in ratings:
        # Three states a coder (no, yes, not judged) make a number in base 3; it is made small again for each coder, or
        # it would outgrow 64 bits with the 40th.
        numbers = pd.factorize(numbers * 3 + np.where(np.isnan(decisions), 2, decisions).astype(np.int64))[0]
    first = first_of_each(numbers)
    return ratings[:, first], np.bincount(numbers, weights=weights, minlength=len(first)).astype(float)


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
