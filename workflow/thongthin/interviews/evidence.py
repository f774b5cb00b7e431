"""What shows it: the passages behind a count, the best evidence first, each by the id of one segment, and the quotes.

A passage that a quote was taken from comes first, then one that more coders marked, then the longer one.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.interviews.decisions import overlaps
from thongthin.interviews.passages import BY_THEME, merge_passages, number_passages

SEPARATOR = "; "


def evidence(segments: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The distinct passages of each theme and participant, best evidence first.

    Args:
        segments: segment_id, participant_id, theme_id, coder, start, end; those that count (see
            `counted_segments`).
        quotes: as from `quotes_of_themes`.

    Returns:
        participant_id, theme_id, segment_id (of the longest segment of the passage; of several the first id),
        characters (of the whole passage).
    """
    keys = list(BY_THEME)
    numbered = number_passages(segments[["segment_id", *keys, "coder", "start", "end"]])
    numbered["length"] = numbered["end"] - numbered["start"]
    by_passage = numbered.groupby("passage")
    passages = by_passage.agg(
        participant_id=("participant_id", "first"),
        theme_id=("theme_id", "first"),
        coders=("coder", "nunique"),
        start=("start", "min"),
        end=("end", "max"),
    )
    longest = numbered.sort_values(["passage", "length", "segment_id"], ascending=[True, False, True])
    passages["segment_id"] = longest.drop_duplicates("passage")["segment_id"].to_numpy()
    passages["characters"] = passages["end"] - passages["start"]
    passages["quoted"] = _meets(passages, quotes)
    order = ["quoted", "coders", "characters", "segment_id"]
    best = passages.sort_values(order, ascending=[False, False, False, True])
    return best[[*keys, "segment_id", "characters"]].reset_index(drop=True)


def quotes_of_themes(quotes: pd.DataFrame, segments: pd.DataFrame, codes: pd.DataFrame) -> pd.DataFrame:
    """The themes that each quote speaks of: that of its code, or, without code, all whose passages it meets.

    Args:
        quotes, codes: the tables of these names.
        segments: as for `evidence`.

    Returns:
        quote_id, participant_id, theme_id, start, end; by theme of the codebook and quote.
    """
    columns = ["quote_id", *BY_THEME, "start", "end"]
    theme = quotes["code_id"].map(codes.set_index("code_id")["theme_id"])
    coded = quotes.assign(theme_id=theme)[theme.notna().to_numpy()]
    open_ = quotes[theme.isna().to_numpy()].merge(codes[["theme_id"]].drop_duplicates(), how="cross")
    open_ = open_[_meets(open_, segments)]
    found = pd.concat([coded[columns], open_[columns]], ignore_index=True)
    position = found["theme_id"].map(codes.set_index("code_id")["position"])
    order = found.assign(position=position).sort_values(["position", "quote_id"]).index
    return found.loc[order].reset_index(drop=True)


def _meets(ranges: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each range shares a character with one of the others of the same participant and theme."""
    at = np.flatnonzero(ranges["participant_id"].isin(others["participant_id"].unique()))
    met = np.zeros(len(ranges), dtype=bool)
    range_, _ = overlaps(ranges.iloc[at], merge_passages(others), BY_THEME)
    met[at[range_]] = True
    return met


def joined(ids: pd.Series[str]) -> str:
    """The ids of one cell, in their order."""
    return SEPARATOR.join(ids)


def evidence_by(keys: list[str], passages: pd.DataFrame, quotes: pd.DataFrame) -> pd.DataFrame:
    """The evidence of each cell: the ids of its passages and of its quotes, as text.

    Args:
        keys: the columns that make a cell; both tables have them.
        passages: as from `evidence`.
        quotes: as from `quotes_of_themes`.

    Returns:
        The columns `keys`, segment_ids (best evidence first), quote_ids; "" where there are none.
    """
    segment_ids = passages.groupby(keys)["segment_id"].agg(joined).rename("segment_ids")
    quote_ids = quotes.groupby(keys)["quote_id"].agg(joined).rename("quote_ids")
    return pd.concat([segment_ids, quote_ids], axis=1).fillna("").astype("str").reset_index()
