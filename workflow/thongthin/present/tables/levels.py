"""What notes of tables say of levels: how means are read, by which convention, and which the other reads otherwise."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.bands import CONVENTIONS, LIMITS, Convention, convention_of
from thongthin.contract.bands import band as band_of
from thongthin.present.labels import Labels
from thongthin.present.tables.parts import NBSP, number

# So many means that another convention would read otherwise are named.
MOST_NAMED = 8


def bands_note(labels: Labels, means: Mapping[str, float]) -> str:
    """How means are read: above which value each band lies (two decimals, as printed), and by which convention.

    Args:
        means: those that a band was given for, by what they are means of (Markdown); none: nothing is said.
    """
    if not means:
        return ""
    limits = [
        f"{escape_markdown(label)}{NBSP}>{NBSP}{number(above, 'decimal', labels)}"
        for label, above in zip(labels.bands, labels.band_limits, strict=True)
    ]
    said = ", ".join([*limits[:-1], escape_markdown(labels.bands[-1])])
    note = labels.say(f" Levels: {said} (below these)", f" การแปลผล: {said} (ต่ำกว่านั้น)")
    convention = convention_of(labels.band_limits)
    if convention is None:
        return note + labels.say("; these limits are the study’s own.", " ซึ่งเป็นเกณฑ์ที่งานวิจัยนี้กำหนดเอง")
    names = _conventions(labels)
    note += labels.say(f", by {names[convention]}.", f" ตาม{names[convention]}")
    (other,) = (own for own in CONVENTIONS if own != convention)
    return note + _read_otherwise(means, names[other], LIMITS[other], labels)


def _conventions(labels: Labels) -> dict[Convention, str]:
    return {
        "rounding": labels.say(
            "limits halfway between answers (4.51–5.00 is the highest level)",
            "เกณฑ์จุดกึ่งกลางระหว่างคำตอบ (ระดับสูงสุด 4.51–5.00)",
        ),
        "class_intervals": labels.say(
            "equal class intervals of (5 − 1)/5 = 0.80 (4.21–5.00 is the highest level)",
            "เกณฑ์อันตรภาคชั้นเท่ากัน (5 − 1)/5 = 0.80 (ระดับสูงสุด 4.21–5.00)",
        ),
    }


def _read_otherwise(means: Mapping[str, float], convention: str, limits: Sequence[float], labels: Labels) -> str:
    """Which means another convention would read otherwise, with how it would read them; the first of many."""
    moved = {
        name: escape_markdown(labels.bands[place - 1])
        for name, mean in means.items()
        if (place := band_of(mean, limits)) != band_of(mean, labels.band_limits) and place
    }
    if not moved:
        return labels.say(
            f" By {convention} every mean here would read the same.",
            f" หากใช้{convention} การแปลผลทุกค่าในตารางนี้คงเดิม",
        )
    shown = ", ".join(f"{name} ({level})" for name, level in list(moved.items())[:MOST_NAMED])
    if (more := len(moved) - MOST_NAMED) > 0:
        shown += labels.say(f" and {more} more", f" และอีก {more} รายการ")
    return labels.say(
        f" By {convention} these would read otherwise: {shown}.",
        f" หากใช้{convention} การแปลผลที่จะต่างไป ได้แก่ {shown}",
    )


def banded_means(frame: pd.DataFrame, name: Callable[[Mapping[Hashable, Any]], str]) -> dict[str, float]:
    """The means that have a band, by their names."""
    return {name(row): row["mean"] for row in records(frame) if not pd.isna(row["band"])}
