"""Which themes, and which codes, occur together: in one interview, in one turn, in overlapping passages, or nearby.

For each pair: the interviews and the turns of participants with both; the distinct passages of each; how many passages
of one overlap, or come near, a passage of the other. Two coefficients of the same form, shared / either, put the turns
(Jaccard) and the overlapping passages (the c-coefficient of ATLAS.ti) between 0 and 1. Whose coding counts follows the
rule `coders` of `thongthin.interviews.decisions`.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.interviews.decisions import Decisions, agreement_units, unit_decisions
from thongthin.interviews.passages import merge_passages
from thongthin.interviews.themes import of_codes, theme_ids, whole_interviews

Counts = npt.NDArray[np.int64]

# So many turns are multiplied at once: a few megabytes, whatever the size of the study.
UNITS_AT_ONCE = 100_000


def shared_of_either(a: npt.ArrayLike, b: npt.ArrayLike, both: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """both / (a + b - both): 0 where two things never go together, 1 where they always do; NaN where neither occurs.

    Args:
        a, b: how often each occurs.
        both: how often they occur together.

    Sources: as index of similarity Jaccard (1912), New Phytologist 11(2), 37-50; as c-coefficient of codes
    the manual of ATLAS.ti 22, "Code Co-occurrence Coefficient".
    """
    shared = np.asarray(both, dtype=float)
    either = np.asarray(a, dtype=float) + np.asarray(b, dtype=float) - shared
    return np.where(either > 0, shared / np.where(either > 0, either, 1), np.nan)


def theme_cooccurrence(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str = "any",
    within: int = 100,
    skipped: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which themes occur together.

    Args:
        turns, codings, coverage, codes, skipped: the tables of these names.
        coders: `any`, `all`, or the id of one coder.
        within: passages are near each other if at most so many characters lie between them.

    Returns:
        Table `theme_cooccurrence`, one row a pair of themes in the order of the codebook: theme_a, theme_b;
        participants and turns with both, jaccard over turns; passages_a and passages_b (distinct passages of
        each, as in `themes_by_participant`); overlapping (passages of one that share a character with the
        other: of the two counts, of a's passages and of b's, the smaller one), near (the same for passages at
        most `within` characters apart, the overlapping ones included), c (over passages: overlapping /
        (passages_a + passages_b - overlapping)). NaN where neither occurs.

    Raises:
        CannotAnalyse: `coders` is not one of the coders.
    """
    return _cooccurrence("theme", theme_ids(codes), turns, codings, coverage, codes, coders, within, skipped)


def code_cooccurrence(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str = "any",
    within: int = 100,
    skipped: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Which codes occur together, each as it was given: a code does not count for the one above it.

    As `theme_cooccurrence`, with the columns code_a and code_b; pairs of codes in the order of the codebook.
    """
    ids = list(codes.sort_values("position")["code_id"])
    return _cooccurrence("code", ids, turns, codings, coverage, codes, coders, within, skipped)


def _cooccurrence(  # noqa: PLR0913 - the tables and choices, each by its name
    level: str,
    ids: list[str],
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str,
    within: int,
    skipped: pd.DataFrame | None,
) -> pd.DataFrame:
    def decided(units: pd.DataFrame) -> Decisions:
        decisions = unit_decisions(units, codings, coverage, codes, roll_up=level == "theme", skipped=skipped)
        return of_codes(decisions, ids)

    in_interviews = decided(whole_interviews(codings, coverage))
    counts, _ = in_interviews.counted(coders)
    in_turns = _shared(decided(agreement_units(turns, "turn")).counted(coders)[0])
    if coders not in ("any", "all"):
        codings = codings[codings["coder"] == coders]
    passages = _passages(merge_passages(codings, ["participant_id", f"{level}_id"]), counts, in_interviews, within)
    overlapping, near = (_beside(passages, distance) for distance in (-1, within))

    a, b = np.triu_indices(len(ids), k=1)
    n = np.array([len(own) for own in passages], dtype=np.int64)
    names = pd.Index(ids, dtype="str")
    return pd.DataFrame(
        {
            f"{level}_a": names[a],
            f"{level}_b": names[b],
            "participants": _shared(counts)[a, b],
            "turns": in_turns[a, b],
            "jaccard": shared_of_either(in_turns[a, a], in_turns[b, b], in_turns[a, b]),
            "passages_a": n[a],
            "passages_b": n[b],
            "overlapping": overlapping[a, b],
            "near": near[a, b],
            "c": shared_of_either(n[a], n[b], overlapping[a, b]),
        }
    )


def _shared(present: npt.NDArray[np.bool_]) -> Counts:
    """Codes x codes: units in which both count, from codes x units; on the diagonal, units in which the code does."""
    shared = np.zeros((len(present), len(present)))
    for first in range(0, present.shape[1], UNITS_AT_ONCE):
        part = present[:, first : first + UNITS_AT_ONCE].astype(float)
        shared += part @ part.T
    return shared.astype(np.int64)


def _passages(
    passages: pd.DataFrame, counts: npt.NDArray[np.bool_], interviews: Decisions, within: int
) -> list[Counts]:
    """For each code its passages where it counts (n x 2: start, end), all interviews one after the other.

    Args:
        passages: participant_id, code or theme, start, end; as from `merge_passages`.
    """
    interview = pd.Index(interviews.units["participant_id"]).get_indexer(pd.Index(passages["participant_id"]))
    code = pd.Index(interviews.codes).get_indexer(pd.Index(passages.iloc[:, 1]))
    # Interviews lie so far apart that nothing in one is near anything in the next.
    apart = passages["end"].max() + within + 1 if len(passages) else 0
    ranges = passages[["start", "end"]].to_numpy(dtype=np.int64) + (interview * apart)[:, None]
    counted = np.where(counts[code, interview], code, -1)
    return [ranges[counted == number] for number in range(len(interviews.codes))]


def _beside(passages: list[Counts], distance: int) -> Counts:
    """Codes x codes: passages of one with a passage of the other at most `distance` characters away (-1: overlapping).

    Of the two counts, passages of the one and of the other, the smaller one: a long passage that meets many short ones
    counts once, so that no coefficient exceeds 1.
    """
    met = np.zeros((len(passages), len(passages)), dtype=np.int64)
    for b, others in enumerate(passages):
        if not len(others):
            continue
        for a, own in enumerate(passages):
            # Passages of one code are in order and apart, so the first that ends late enough is the one to look at.
            first = np.searchsorted(others[:, 1], own[:, 0] - distance, side="left")
            candidate = others[np.minimum(first, len(others) - 1), 0]
            met[a, b] = np.count_nonzero((first < len(others)) & (candidate <= own[:, 1] + distance))
    return np.minimum(met, met.T)
