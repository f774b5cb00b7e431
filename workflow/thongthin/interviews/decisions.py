"""From coded segments to decisions: who gave which code in which unit, and who read it.

For each code, coder and unit (a turn of a participant, or a whole interview): whether the coder gave the code there. A
unit that the coder did not read for the code is missing, not "no". What is counted of themes and how far coders agree
both start from these decisions. Whether a code counts for a unit follows one rule, `coders`: `any` of those who read
the unit for it gave it, `all` of them did, or the coder named did.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import CannotAnalyse
from thongthin.interviews.passages import merge_passages

Unit = Literal["turn", "participant"]


class Decisions(NamedTuple):
    """Who gave which code where.

    Attributes:
        codes: code ids in the order of the codebook.
        coders: coders in alphabetical order.
        units: one row a unit: unit_id, participant_id, start, end.
        present: codes x coders x units, whether the coder has a segment of the code that overlaps the unit.
        read: codes x coders x units, whether the coder read the unit for the code.
    """

    codes: list[str]
    coders: list[str]
    units: pd.DataFrame
    present: npt.NDArray[np.bool_]
    read: npt.NDArray[np.bool_]

    def ratings(self, code: int | np.signedinteger) -> npt.NDArray[np.float64]:
        """Coders x units matrix of one code (by position): 1 given, 0 not given, NaN not read."""
        return np.where(self.read[code], self.present[code].astype(float), np.nan)

    def counted(self, coders: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """Whether each code counts for each unit, and whether the unit was read for it (both codes x units).

        Args:
            coders: `any`, `all`, or the id of one coder (see the module).

        Raises:
            CannotAnalyse: `coders` is not one of the coders.
        """
        if coders == "any":
            return np.any(self.present, axis=1), np.any(self.read, axis=1)
        if coders == "all":
            read = np.any(self.read, axis=1)
            return np.all(self.present | ~self.read, axis=1) & read, read
        if coders not in self.coders:
            hint_en, hint_th = did_you_mean(coders, [*self.coders, "any", "all"])
            raise CannotAnalyse(
                f'analysis.themes.coders: "{coders}" is not a coder of this study. {hint_en}\n'
                f'analysis.themes.coders: ไม่มีผู้ลงรหัส "{coders}" ในการศึกษานี้ {hint_th}'
            )
        coder = self.coders.index(coders)
        return self.present[:, coder], self.read[:, coder]


def agreement_units(turns: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """The units that coders are compared on: the turns of participants, or whole interviews.

    Args:
        turns: table `turns`; what the interviewer says is no unit of its own.

    Returns:
        unit_id, participant_id, start, end; ordered, and without overlap within a participant.
    """
    spoken = turns[turns["role"] == "participant"].sort_values(["participant_id", "start"])
    if unit == "turn":
        units = spoken.rename(columns={"turn_id": "unit_id"})
    else:
        units = turns.groupby("participant_id").agg(end=("end", "max")).reset_index()
        units = units.assign(unit_id=units["participant_id"], start=0)
    return units[["unit_id", "participant_id", "start", "end"]].reset_index(drop=True)


def unit_decisions(
    units: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    roll_up: bool,
    skipped: pd.DataFrame | None = None,
) -> Decisions:
    """Turn segments into decisions: who gave which code in which unit, and who read it.

    A coder has read an interview for a code if `coverage` names the code or a code above it; also if
    it names every code below it; and in any case where the coder gave the code in that interview.
    A unit that lies wholly inside passages that a coder skipped was not read by that coder: for any
    code, unless the coder gave a code in it; or, where the passages were skipped for one code only, for
    that code and those below it, unless the coder gave it there.

    Args:
        units: as from `agreement_units`.
        codings, coverage, codes: the tables of these names.
        roll_up: whether a code also counts as given where a code below it was given.
        skipped: passages that a coder did not judge: participant_id, coder, start, end (half-open), and
            code_id ("", or no such column: all codes). With `roll_up`, to leave a code undecided leaves
            those above it undecided too, where they were not given.
    """
    codes = codes.sort_values("position")
    code_ids = pd.Index(codes["code_id"])
    participants = pd.Index(units["participant_id"].unique())
    codings = codings[codings["participant_id"].isin(participants)]
    coverage = coverage[coverage["participant_id"].isin(participants)]
    coders = pd.Index(sorted({*codings["coder"], *coverage["coder"]}))
    below = _below(codes)

    code, coder = code_ids.get_indexer(codings["code_id"]), coders.get_indexer(codings["coder"])
    present = np.zeros((len(code_ids), len(coders), len(units)), dtype=bool)
    segment, unit = overlaps(codings, units)
    present[code[segment], coder[segment], unit] = True

    covered = np.zeros((len(code_ids), len(coders), len(participants)), dtype=bool)
    reader = coders.get_indexer(coverage["coder"])
    interview = participants.get_indexer(coverage["participant_id"])
    named = code_ids.get_indexer(coverage["code_id"])
    for lower in range(len(code_ids)):
        within = (named == lower) | below[lower, named]
        covered[lower, reader[within], interview[within]] = True
    for upper in np.flatnonzero(below.any(axis=0)):
        covered[upper] |= covered[below[:, upper]].all(axis=0)
    given = np.zeros_like(covered)
    given[code, coder, participants.get_indexer(codings["participant_id"])] = True

    if roll_up:
        present, given = _rolled_up(present, below), _rolled_up(given, below)
    read = (covered | given)[:, :, participants.get_indexer(units["participant_id"])]
    decisions = Decisions(list(code_ids), list(coders), units, present, read)
    if skipped is not None and len(skipped):
        # What was skipped for a code is undecided for those below it, and, where these count for those above, for them.
        affected = np.eye(len(code_ids), dtype=bool) | below | (below.T & roll_up)
        _leave_undecided(decisions, skipped if "code_id" in skipped else skipped.assign(code_id=""), affected)
    return decisions


def _leave_undecided(decisions: Decisions, skipped: pd.DataFrame, affected: npt.NDArray[np.bool_]) -> None:
    """Take from what was read the units within passages that their coder skipped, but for codes that were given there.

    Args:
        affected: codes x codes, whether the first is left undecided where the second was skipped.
    """
    present, read = decisions.present, decisions.read
    for reader, coder in enumerate(decisions.coders):
        own = skipped[skipped["coder"] == coder]
        of_all = own["code_id"] == ""
        read[:, reader] &= ~(_inside(decisions.units, own[of_all]) & ~present[:, reader].any(axis=0))
        for place, code_id in enumerate(decisions.codes):
            if not (own["code_id"] == code_id).any():
                continue
            left_out = _inside(decisions.units, own[of_all | (own["code_id"] == code_id)])
            undecided = affected[:, place, None] & left_out
            read[:, reader] &= ~(undecided & ~present[:, reader])


def _inside(units: pd.DataFrame, passages: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each unit lies wholly inside the passages of its participant (those that touch are one)."""
    merged = merge_passages(passages, ["participant_id"], touching=True)
    passage, unit = overlaps(merged, units)
    starts = np.maximum(merged["start"].to_numpy()[passage], units["start"].to_numpy()[unit])
    ends = np.minimum(merged["end"].to_numpy()[passage], units["end"].to_numpy()[unit])
    covered = np.bincount(unit, weights=ends - starts, minlength=len(units))
    lengths = (units["end"] - units["start"]).to_numpy()
    return np.asarray((covered >= lengths) & (lengths > 0))


def _rolled_up(given: npt.NDArray[np.bool_], below: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Codes x ...: whether each code, or one below it, was given."""
    result = given.copy()
    for lower, upper in np.argwhere(below):
        result[upper] |= given[lower]
    return result


def _below(codes: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Codes x codes in the order given: whether the first is a child, grandchild ... of the second."""
    ids = pd.Index(codes["code_id"])
    parents = ids.get_indexer(codes["parent_id"])
    below = np.zeros((len(ids), len(ids)), dtype=bool)
    below[np.flatnonzero(parents >= 0), parents[parents >= 0]] = True
    while (further := below | (below @ below)).sum() > below.sum():
        below = further
    return below


def overlaps(
    segments: pd.DataFrame, units: pd.DataFrame, keys: Sequence[str] = ("participant_id",)
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Positions (segment, unit) of all pairs of the same participant whose half-open ranges overlap.

    Args:
        segments: participant_id, start, end; any order, may overlap each other; participants without unit
            match nothing.
        units: participant_id, start, end; ordered, and without overlap within a participant.
        keys: the columns that a pair has in common, if these are not just the participant.
    """
    owners = _owners(units, keys).unique()
    known = owners.get_indexer(_owners(segments, keys))
    # Laying all interviews one after the other turns the search within each into one search over all.
    length = max(units["end"].max(), segments["end"].max()) + 1 if len(units) and len(segments) else 1
    unit_at = owners.get_indexer(_owners(units, keys)) * length
    segment_at = known * length
    unit_starts, unit_ends = unit_at + units["start"].to_numpy(), unit_at + units["end"].to_numpy()
    first = np.searchsorted(unit_ends, segment_at + segments["start"].to_numpy(), side="right")
    last = np.searchsorted(unit_starts, segment_at + segments["end"].to_numpy(), side="left")
    times = np.where(known >= 0, np.maximum(last - first, 0), 0)
    segment = np.repeat(np.arange(len(segments)), times)
    step = np.arange(len(segment)) - np.repeat(times.cumsum() - times, times)
    return segment, first[segment] + step


def _owners(frame: pd.DataFrame, keys: Sequence[str]) -> pd.Index:
    return pd.Index(frame[keys[0]]) if len(keys) == 1 else pd.MultiIndex.from_frame(frame[list(keys)])
