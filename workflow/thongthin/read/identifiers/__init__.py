"""The look for identifiers in what people bring: offline, by patterns, check digits, titles, lists, words around.

`identifiers` looks at one text; `material` gives every text of a study. What is found is shown to people, who decide
(`contract/privacy`): nothing here changes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from thongthin.read.identifiers.finding import KINDS, Found, Searched
from thongthin.read.identifiers.names import lines_of, names
from thongthin.read.identifiers.numbers import numbers
from thongthin.read.identifiers.places import places

__all__ = ["KINDS", "Found", "identifiers"]

# Where two kinds stand in one place, the one that comes first here is told.
_ORDER = list(KINDS)


def identifiers(text: str, people: Iterable[str] = ()) -> list[Found]:
    """Every identifier found in a text, by place; places that overlap are told as the kind that is surest, once.

    Args:
        text: as people wrote it; places count its code points.
        people: names of the study's own people, found wherever they stand, however they are spaced.
    """
    searched = Searched(text)
    lines = lines_of(searched.text)
    hits = [*numbers(searched.text), *names(searched.text, lines), *places(searched.text, lines)]
    for name in people:
        pattern = r"\s*".join(map(re.escape, name.split()))
        hits += [("known_person", *m.span()) for m in re.finditer(pattern, searched.text, re.IGNORECASE)]
    hits.sort(key=lambda hit: (hit[1], -hit[2], _ORDER.index(hit[0])))
    found: list[tuple[str, int, int]] = []
    for kind, start, end in hits:
        beside = (
            found
            and found[-1][0] == "address"
            and kind in ("place", "address")
            and not searched.text[found[-1][2] : start].strip(" ,")
        )
        if found and (start < found[-1][2] or beside):
            before = found[-1]
            surest = min(before[0], kind, key=_ORDER.index)
            found[-1] = (surest, before[1], max(before[2], end))
        else:
            found.append((kind, start, end))
    return [searched.found(*hit) for hit in found]
