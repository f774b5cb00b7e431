"""Who speaks of which theme: by participant, by site, by group, and by site and group.

A theme is a code without parent; the codes below it count for it. Whether a theme counts for a participant
follows one rule, `coders`: `any` of those who read the interview for it found it, `all` of them did, or the
coder named did. Those whom nobody (or not the coder named) read for a theme are missing, not "no": they are
in no count and no denominator. Shares carry exact intervals.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.interviews.decisions import Decisions, unit_decisions
from thongthin.interviews.passages import merge_passages
from thongthin.statistics.proportions import clopper_pearson


def theme_ids(codes: pd.DataFrame) -> list[str]:
    """The themes of table `codes` in the order of the codebook."""
    codes = codes.sort_values("position")
    return list(codes.loc[codes["code_id"] == codes["theme_id"], "code_id"])


def whole_interviews(codings: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """One unit for each interview that somebody coded, long enough for all its segments.

    Returns:
        unit_id, participant_id, start, end; as `unit_decisions` takes it.
    """
    ids = pd.Series(sorted({*codings["participant_id"].unique(), *coverage["participant_id"].unique()}), dtype="str")
    end = codings["end"].max() + 1 if len(codings) else 1
    return pd.DataFrame({"unit_id": ids, "participant_id": ids, "start": 0, "end": end})


def themes_by_participant(
    codings: pd.DataFrame, coverage: pd.DataFrame, codes: pd.DataFrame, coders: str = "any"
) -> pd.DataFrame:
    """Which participant speaks of which theme, in how many passages, over how many characters.

    Args:
        codings, coverage, codes: the tables of these names.
        coders: `any`, `all`, or the id of one coder (see the module).

    Returns:
        Table `themes_by_participant`, one row for each participant read for the theme: participant_id,
        theme_id, present (1 or 0), segments (distinct passages: overlapping segments, of all coders or the
        one named, merged), characters (code points that these cover); both 0 where the theme is not present.

    Raises:
        CannotAnalyse: `coders` is not one of the coders.
    """
    return _by_participant(codings, coverage, codes, theme_ids(codes), "theme_id", coders)


def codes_by_participant(
    codings: pd.DataFrame, coverage: pd.DataFrame, codes: pd.DataFrame, coders: str = "any"
) -> pd.DataFrame:
    """As `themes_by_participant`, for every code with those below it: `code_id` in place of `theme_id`."""
    above = {code: [code] for code in codes["code_id"]}
    parent_of = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    for code, line in above.items():
        while line[-1] in parent_of and (parent := parent_of[line[-1]]):
            line.append(parent)
        above[code] = line
    # A segment counts for its code and for each above it.
    whole = codings.assign(code_id=codings["code_id"].map(above)).explode("code_id", ignore_index=True)
    ids = list(codes.sort_values("position")["code_id"])
    return _by_participant(whole, coverage, codes, ids, "code_id", coders)


def _by_participant(
    codings: pd.DataFrame, coverage: pd.DataFrame, codes: pd.DataFrame, ids: list[str], column: str, coders: str
) -> pd.DataFrame:
    """Which participant speaks of each of some codes, and in how many passages: those whose `column` names it."""
    decisions = unit_decisions(whole_interviews(codings, coverage), codings, coverage, codes, roll_up=True)
    present, read = of_codes(decisions, ids).counted(coders)
    participants = pd.Index(decisions.units["participant_id"])

    counted = codings if coders in ("any", "all") else codings[codings["coder"] == coders]
    passages = merge_passages(counted, ["participant_id", column])
    row = pd.Index(ids).get_indexer(pd.Index(passages[column]))
    place = row, participants.get_indexer(pd.Index(passages["participant_id"]))
    segments, characters = np.zeros((2, len(ids), len(participants)), dtype=np.int64)
    np.add.at(segments, place, 1)
    np.add.at(characters, place, (passages["end"] - passages["start"]).to_numpy())

    participant, which = np.nonzero(read.T)
    at = which, participant
    return pd.DataFrame(
        {
            "participant_id": participants[participant],
            column: pd.Index(ids, dtype="str")[which],
            "present": present[at].astype(int),
            "segments": np.where(present, segments, 0)[at],
            "characters": np.where(present, characters, 0)[at],
        }
    )


def counted_segments(codings: pd.DataFrame, by_participant: pd.DataFrame, coders: str = "any") -> pd.DataFrame:
    """The segments that stand behind the counts: of the coders whose coding counts, where the theme counts.

    Args:
        codings: table `codings`.
        by_participant: table `themes_by_participant`, made with the same `coders`.
    """
    if coders not in ("any", "all"):
        codings = codings[codings["coder"] == coders]
    keys = ["participant_id", "theme_id"]
    present = pd.MultiIndex.from_frame(by_participant.loc[by_participant["present"] == 1, keys])
    return codings[pd.MultiIndex.from_frame(codings[keys]).isin(present)]


def themes_by(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    units: Sequence[Unit],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many participants of each site, each group, or each group at each site, speak of each theme.

    Args:
        by_participant: table `themes_by_participant`.
        participants: table `participants`.
        units: the sites, the groups, or both; one without interviews gets rows of zeros.
        codes: table `codes`.
        confidence: level of the interval of the share.

    Returns:
        Table `themes_by_site`, `themes_by_group` or `themes_by_site_group`, every site (group) and theme: site_id,
        group, theme_id, participants (who speak of it), denominator (who were read for it), share (0 to 1), low and
        high (its exact interval, see `clopper_pearson`), segments. Share and interval are NaN where the denominator
        is 0.
    """
    return _counts(by_participant, participants, units, "theme_id", theme_ids(codes), confidence)


def codes_by(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    units: Sequence[Unit],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many participants of each group, say, speak of each code, or of one below it; arguments as of `themes_by`.

    Args:
        by_participant: as from `codes_by_participant`.

    Returns:
        As `themes_by`, with `code_id` for theme; by group, table `codes_by_group`.
    """
    ids = codes.sort_values("position")["code_id"]
    return _counts(by_participant, participants, units, "code_id", ids, confidence)


def of_codes(decisions: Decisions, codes: list[str]) -> Decisions:
    """The decisions on some of the codes, in the order given."""
    at = [decisions.codes.index(code) for code in codes]
    return decisions._replace(codes=codes, present=decisions.present[at], read=decisions.read[at])


def spread_over(rows: pd.DataFrame, participants: pd.DataFrame, units: Sequence[Unit]) -> pd.DataFrame:
    """The rows of participants with the site and group that they belong to, once more for each total asked for.

    Args:
        rows: participant_id and others.
        participants: table `participants`.
        units: the sites, the groups, or both.

    Returns:
        The rows with the columns of the units.
    """
    about = participants.set_index("participant_id")
    for unit in units:
        member = rows["participant_id"].map(about[unit.column])
        totals = [rows.assign(**{unit.column: ALL})] if unit.total else []
        rows = pd.concat([rows.assign(**{unit.column: member}), *totals], ignore_index=True)
    return rows


def _counts(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    units: Sequence[Unit],
    column: str,
    ids: Iterable[str],
    confidence: float,
) -> pd.DataFrame:
    keys = [*(unit.column for unit in units), column]
    counts = (
        spread_over(by_participant, participants, units)
        .groupby(keys)
        .agg(participants=("present", "sum"), denominator=("present", "size"), segments=("segments", "sum"))
    )
    every = pd.MultiIndex.from_product([*(unit.shown for unit in units), ids], names=keys)
    counts = counts.reindex(every, fill_value=0)
    low, high = clopper_pearson(counts["participants"], counts["denominator"], confidence)
    shares = {"share": counts["participants"] / counts["denominator"].where(counts["denominator"] > 0)}
    counts = counts.assign(**shares, low=low, high=high)
    return counts[["participants", "denominator", "share", "low", "high", "segments"]].reset_index()
