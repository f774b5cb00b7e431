"""Who speaks of which theme: by participant, by site, by group, and by site and group.

A theme is a code without parent; the codes below it count for it. Whether a theme counts for a participant
follows one rule, `coders`: `any` of those who read the interview for it found it, `all` of them did, or the
coder named did. Those whom nobody (or not the coder named) read for a theme are missing, not "no": they are
in no count and no denominator. Shares carry exact intervals.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from thongthin.contract.tables import ALL
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
    decisions = unit_decisions(whole_interviews(codings, coverage), codings, coverage, codes, roll_up=True)
    themes = theme_ids(codes)
    present, read = of_codes(decisions, themes).counted(coders)
    participants = pd.Index(decisions.units["participant_id"])

    passages = merge_passages(codings if coders in ("any", "all") else codings[codings["coder"] == coders])
    row = pd.Index(themes).get_indexer(pd.Index(passages["theme_id"]))
    place = row, participants.get_indexer(pd.Index(passages["participant_id"]))
    segments, characters = np.zeros((2, len(themes), len(participants)), dtype=np.int64)
    np.add.at(segments, place, 1)
    np.add.at(characters, place, (passages["end"] - passages["start"]).to_numpy())

    participant, theme = np.nonzero(read.T)
    at = theme, participant
    return pd.DataFrame(
        {
            "participant_id": participants[participant],
            "theme_id": pd.Index(themes, dtype="str")[theme],
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


def themes_by_site(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    site_ids: Iterable[str],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many participants of each site speak of each theme.

    Args:
        by_participant: table `themes_by_participant`.
        participants: table `participants`.
        site_ids: all sites; one without interviews gets rows of zeros.
        codes: table `codes`.
        confidence: level of the interval of the share.

    Returns:
        Table `themes_by_site`, every site and theme, then site `all`: site_id, theme_id, participants (who
        speak of it), denominator (who were read for it), share (0 to 1), low and high (its exact interval,
        see `clopper_pearson`), segments. Share and interval are NaN where the denominator is 0.
    """
    return _counts(by_participant, participants, {"site_id": [*site_ids, ALL]}, codes, confidence)


def themes_by_group(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    groups: Iterable[str],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many participants of each group speak of each theme; as `themes_by_site`, with `group` for site."""
    return _counts(by_participant, participants, {"group": [*groups, ALL]}, codes, confidence)


def themes_by_site_group(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    site_ids: Iterable[str],
    groups: Iterable[str],
    codes: pd.DataFrame,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """How many participants of each group at each site speak of each theme.

    As `themes_by_site`, one row for each site, group and theme; totals stand in the two other tables.
    """
    return _counts(by_participant, participants, {"site_id": [*site_ids], "group": [*groups]}, codes, confidence)


def of_codes(decisions: Decisions, codes: list[str]) -> Decisions:
    """The decisions on some of the codes, in the order given."""
    at = [decisions.codes.index(code) for code in codes]
    return decisions._replace(codes=codes, present=decisions.present[at], read=decisions.read[at])


def spread_over(rows: pd.DataFrame, participants: pd.DataFrame, parts: dict[str, list[str]]) -> pd.DataFrame:
    """The rows of participants with the parts (site, group) that they belong to, once more for each total asked for.

    Args:
        rows: participant_id and others.
        participants: table `participants`.
        parts: column (site_id, group) -> its ids; `all` among them asks for the total.

    Returns:
        The rows with the columns of `parts`.
    """
    about = participants.set_index("participant_id")
    for part, ids in parts.items():
        member = rows["participant_id"].map(about[part])
        totals = [rows.assign(**{part: ALL})] if ALL in ids else []
        rows = pd.concat([rows.assign(**{part: member}), *totals], ignore_index=True)
    return rows


def _counts(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    parts: dict[str, list[str]],
    codes: pd.DataFrame,
    confidence: float,
) -> pd.DataFrame:
    keys = [*parts, "theme_id"]
    counts = (
        spread_over(by_participant, participants, parts)
        .groupby(keys)
        .agg(participants=("present", "sum"), denominator=("present", "size"), segments=("segments", "sum"))
    )
    every = pd.MultiIndex.from_product([*parts.values(), theme_ids(codes)], names=keys)
    counts = counts.reindex(every, fill_value=0)
    low, high = clopper_pearson(counts["participants"], counts["denominator"], confidence)
    shares = {"share": counts["participants"] / counts["denominator"].where(counts["denominator"] > 0)}
    counts = counts.assign(**shares, low=low, high=high)
    return counts[["participants", "denominator", "share", "low", "high", "segments"]].reset_index()
