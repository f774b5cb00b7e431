"""Passages of text as half-open ranges of code points: which segments share characters, and what they come to.

Coders mark the same sentence with other borders, and one coder marks it twice. What is counted of a theme are therefore
distinct passages: segments of one interview that share a character, directly or through others, are one.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

BY_THEME = ("participant_id", "theme_id")


def number_passages(segments: pd.DataFrame, keys: Sequence[str] = BY_THEME, *, touching: bool = False) -> pd.DataFrame:
    """The segments in the order of their place, with the number of the passage that each belongs to.

    Args:
        segments: the columns `keys`, start, end (half-open), and any others.
        keys: passages are told apart by these.
        touching: whether segments that touch without sharing a character are one passage too.

    Returns:
        The segments ordered by keys, start, end (then as they came), and a column `passage`: 0 for the
        first one, without gaps. Segments of the same keys that share a character have the same number.
    """
    group = segments.groupby(list(keys), sort=True).ngroup().to_numpy()
    start, end = segments["start"].to_numpy(), segments["end"].to_numpy()
    order = np.lexsort((end, start, group))
    ordered = segments.take(order).reset_index(drop=True)
    if ordered.empty:
        return ordered.assign(passage=np.zeros(0, dtype=np.int64))
    # Each group is shifted beyond the one before: one running maximum then serves them all.
    shift = group[order] * (end.max() + 1)
    reached = np.maximum.accumulate(end[order] + shift)[:-1]
    starts = (start[order] + shift)[1:]
    apart = (starts > reached) if touching else (starts >= reached)
    begins = np.r_[True, apart | (group[order][1:] != group[order][:-1])]
    return ordered.assign(passage=begins.cumsum() - 1)


def merge_passages(segments: pd.DataFrame, keys: Sequence[str] = BY_THEME, *, touching: bool = False) -> pd.DataFrame:
    """The distinct passages: segments of the same keys that share a character become one.

    Args:
        As for `number_passages`. By default those of each participant and theme, from any coders and codes of
        the theme.

    Returns:
        The columns `keys`, start, end; ordered by these, without overlap within the keys. Segments that only
        touch stay apart unless `touching`.
    """
    numbered = number_passages(segments, keys, touching=touching)
    first = np.flatnonzero(np.diff(numbered["passage"].to_numpy(), prepend=-1))
    merged = numbered.take(first)[[*keys, "start", "end"]].reset_index(drop=True)
    if len(first):
        merged["end"] = np.maximum.reduceat(numbered["end"].to_numpy(), first)
    return merged
