"""The known name that is most like a word that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from thongthin.basics.lookalikes import alike_among, difference_of


def nearest(word: str, known: Iterable[str], limit: int = 3) -> list[str]:
    """The known names most like `word`, best first; empty if none is alike."""
    by_lower = {name.lower(): name for name in sorted(known)}
    return [by_lower[m] for m in difflib.get_close_matches(word.lower(), by_lower, n=limit, cutoff=0.5)]


def did_you_mean(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint (English, Thai) that names the nearest known names, or all of them where they are few.

    Of a name that looks like the word and is not the same, it says which character differs.
    """
    known = sorted(set(known))
    if alike := alike_among(word, known):
        differ = difference_of(word, alike, ("here", "ในที่นี้"), ("in the known name", "ในชื่อที่รู้จัก")) or ("", "")
        return f'Did you mean "{alike}"? {differ[0]}', f'หมายถึง "{alike}" หรือไม่ {differ[1]}'
    near = nearest(word, known)
    if near:
        names = ", ".join(f'"{n}"' for n in near)
        return f"Did you mean {names}?", f"หมายถึง {names} หรือไม่"
    if known and len(known) <= 12:
        names = ", ".join(f'"{n}"' for n in known)
        return f"Known names: {names}.", f"ชื่อที่ใช้ได้: {names}"
    return "", ""
