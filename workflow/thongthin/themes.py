"""Who speaks of which theme: by participant, by site, by group, and which themes occur together.

A theme is a code without parent; the codes below it count for it. Whether a theme counts for a participant
follows one rule, `coders`: `any` of those who read the interview for it found it, `all` of them did, or the
coder named did. Those whom nobody (or not the coder named) read for a theme are missing, not "no": they are
in no count and no denominator.

Fails where `coders` names somebody who coded nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.decisions import Decisions, agreement_units, unit_decisions
from thongthin.problems import CannotAnalyse, did_you_mean
from thongthin.tables import ALL


def theme_ids(codes: pd.DataFrame) -> list[str]:
    """The themes of table `codes` in the order of the codebook."""
    codes = codes.sort_values("position")
    return list(codes.loc[codes["code_id"] == codes["theme_id"], "code_id"])


def merge_passages(segments: pd.DataFrame) -> pd.DataFrame:
    """Distinct passages of each theme and participant: segments that share a character become one.

    Args:
        segments: participant_id, theme_id, start, end (half-open); from any coders and codes of the theme.

    Returns:
        participant_id, theme_id, start, end; ordered by these, without overlap within a participant and
        theme. Segments that only touch stay apart.
    """
    keys = ["participant_id", "theme_id"]
    ordered = segments[[*keys, "start", "end"]].sort_values([*keys, "start", "end"], ignore_index=True)
    if ordered.empty:
        return ordered
    # Each participant and theme is shifted beyond the one before: one running maximum then serves them all.
    shift = ordered.groupby(keys).ngroup().to_numpy() * (ordered["end"].max() + 1)
    reached = np.maximum.accumulate(ordered["end"].to_numpy() + shift)
    begins = np.r_[True, (ordered["start"].to_numpy() + shift)[1:] >= reached[:-1]]
    ordered["end"] = ordered.groupby(begins.cumsum())["end"].transform("max")
    return ordered[begins].reset_index(drop=True)


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
    decisions = unit_decisions(_interviews(codings, coverage), codings, coverage, codes, roll_up=True)
    themes = theme_ids(codes)
    present, read = _count(decisions, themes, coders)
    participant, theme = np.nonzero(read.T)
    table = pd.DataFrame(
        {
            "participant_id": decisions.units["participant_id"].to_numpy()[participant],
            "theme_id": np.array(themes, dtype=object)[theme],
            "present": present[theme, participant].astype(int),
        }
    )
    counted = codings if coders in ("any", "all") else codings[codings["coder"] == coders]
    passages = merge_passages(counted)
    passages["characters"] = passages["end"] - passages["start"]
    keys = ["participant_id", "theme_id"]
    sizes = passages.groupby(keys, as_index=False).agg(segments=("start", "size"), characters=("characters", "sum"))
    table = table.merge(sizes, on=keys, how="left")
    for column in ("segments", "characters"):
        table[column] = table[column].where(table["present"] == 1, 0).astype(int)
    return table


def themes_by_site(
    by_participant: pd.DataFrame, participants: pd.DataFrame, site_ids: Iterable[str], codes: pd.DataFrame
) -> pd.DataFrame:
    """How many participants of each site speak of each theme.

    Args:
        by_participant: table `themes_by_participant`.
        participants: table `participants`.
        site_ids: all sites; one without interviews gets rows of zeros.
        codes: table `codes`.

    Returns:
        Table `themes_by_site`, every site and theme, then site `all`: site_id, theme_id, participants (who
        speak of it), denominator (who were read for it), share (0 to 1; NaN where the denominator is 0),
        segments.
    """
    return _counts(by_participant, participants, "site_id", site_ids, codes)


def themes_by_group(
    by_participant: pd.DataFrame, participants: pd.DataFrame, groups: Iterable[str], codes: pd.DataFrame
) -> pd.DataFrame:
    """How many participants of each group speak of each theme; as `themes_by_site`, with `group` for site."""
    return _counts(by_participant, participants, "group", groups, codes)


def theme_cooccurrence(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    coders: str = "any",
) -> pd.DataFrame:
    """Which themes occur together, in the same interview and in the same turn of a participant.

    Returns:
        Table `theme_cooccurrence`, one row a pair of themes in the order of the codebook: theme_a, theme_b,
        participants and turns with both, jaccard (turns with both / turns with either; NaN if none has).

    Raises:
        CannotAnalyse: `coders` is not one of the coders.

    Source of the index: Jaccard (1912), New Phytologist 11(2), 37-50.
    """
    themes = theme_ids(codes)
    shared = []
    for units in (_interviews(codings, coverage), agreement_units(turns, "turn")):
        decisions = unit_decisions(units, codings, coverage, codes, roll_up=True)
        present = _count(decisions, themes, coders)[0].astype(int)
        shared.append(present @ present.T)
    in_interviews, in_turns = shared
    a, b = np.triu_indices(len(themes), k=1)
    either = np.diag(in_turns)[a] + np.diag(in_turns)[b] - in_turns[a, b]
    ids = np.array(themes, dtype=object)
    return pd.DataFrame(
        {
            "theme_a": ids[a],
            "theme_b": ids[b],
            "participants": in_interviews[a, b],
            "turns": in_turns[a, b],
            "jaccard": np.where(either > 0, in_turns[a, b] / np.maximum(either, 1), np.nan),
        }
    )


def _interviews(codings: pd.DataFrame, coverage: pd.DataFrame) -> pd.DataFrame:
    """One unit for each interview that somebody coded, long enough for all its segments."""
    coded = sorted({*codings["participant_id"], *coverage["participant_id"]})
    end = codings["end"].max() + 1 if len(codings) else 1
    ids = pd.Series(coded, dtype="str")
    return pd.DataFrame({"unit_id": ids, "participant_id": ids, "start": 0, "end": end})


def _count(decisions: Decisions, themes: list[str], coders: str) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
    """Whether each theme counts for each unit, and whether the unit was read for it (themes x units)."""
    at = [decisions.codes.index(theme) for theme in themes]
    present, read = decisions.present[at], decisions.read[at]
    if coders == "any":
        return np.any(present, axis=1), np.any(read, axis=1)
    if coders == "all":
        return np.all(present | ~read, axis=1) & np.any(read, axis=1), np.any(read, axis=1)
    if coders not in decisions.coders:
        known = [*decisions.coders, "any", "all"]
        hint_en, hint_th = did_you_mean(coders, known)
        raise CannotAnalyse(
            f'analysis.themes.coders: "{coders}" is not a coder of this study. {hint_en}\n'
            f'analysis.themes.coders: ไม่มีผู้ลงรหัส "{coders}" ในการศึกษานี้ {hint_th}'
        )
    coder = decisions.coders.index(coders)
    return present[:, coder], read[:, coder]


def _counts(
    by_participant: pd.DataFrame,
    participants: pd.DataFrame,
    key: str,
    ids: Iterable[str],
    codes: pd.DataFrame,
) -> pd.DataFrame:
    member = by_participant["participant_id"].map(participants.set_index("participant_id")[key])
    both = pd.concat([by_participant.assign(**{key: member}), by_participant.assign(**{key: ALL})])
    counts = both.groupby([key, "theme_id"]).agg(
        participants=("present", "sum"), denominator=("present", "size"), segments=("segments", "sum")
    )
    every = pd.MultiIndex.from_product([[*ids, ALL], theme_ids(codes)], names=[key, "theme_id"])
    counts = counts.reindex(every, fill_value=0)
    counts.insert(2, "share", counts["participants"] / counts["denominator"].where(counts["denominator"] > 0))
    return counts.reset_index()
