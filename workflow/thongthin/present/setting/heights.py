"""How tall a table and its tallest cell are in the PDF, at least and at most, by the widths of their letters: Typst
takes as long to measure a table as to set it, so it measures those only that this does not decide.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from thongthin.present.setting.columns import Cell, Columns, Fit
from thongthin.present.setting.trees import Element, Elements, each

# As typst-template.typ has them: space above and below the text of a cell, in points, and from line to line (leading
# and the height of a capital), of which one line has the second alone, in em.
_INSET, _LINE, _CAPITAL = 10.0, 1.4, 0.7
# The height of a capital in the flattest of the fonts that Typst has.
_LEAST_CAPITAL = 0.64
# Letters beside each other can take a little more than each by itself; where words are hyphenated, a line can end in a
# hyphen.
KERNED, _HYPHEN = 1.05, 0.4
_EM_SPACE, _NO_SPACE = "\u2003", "\u200b"
_PLAIN = frozenset(["Emph", "Plain", "SoftBreak", "Space", "Span", "Str", "Strong", "Subscript", "Superscript"])
# What text is set within.
_AROUND = re.compile(r"(?:#box\[|#tongue\(.*\)\[|#highlight\[|\];?)\Z")
# A line can always be broken at a space between these.
_PARTED = re.compile(r"(?<=[0-9A-Za-z\u0e01-\u0e5b.,;:)%]) (?=[0-9A-Za-z\u0e01-\u0e5b])")


class Most(NamedTuple):
    """Heights in points: of all rows, and of the text of the tallest cell."""

    rows: float
    cell: float


class Heights:
    """What tables can take.

    Args:
        columns: the page.
        folder: the working copy, whose fonts have a list of the widths of their letters (`render.fonts`).
    """

    def __init__(self, columns: Columns, folder: Path) -> None:
        self.columns, self.file = columns, folder / "fonts" / "widths.json"
        self._widths: Mapping[str, float] | None = None

    @property
    def widths(self) -> Mapping[str, float]:
        """Letter -> its width in the widest face, in em; none where the text is set in another font."""
        if self._widths is None:
            known = self.file.is_file() and not self.columns.other_font
            self._widths = json.loads(self.file.read_text(encoding="utf-8")) if known else {}
        return self._widths

    def least(self, fit: Fit) -> float:
        """What the rows of a table take at least, in points: a line, where there is any text."""
        rows = {own.row for own in fit.cells}
        filled = {own.row for own in fit.cells if own.text.strip()}
        return _INSET * len(rows) + _LEAST_CAPITAL * self.columns.sizes[fit.size] * len(filled)

    def most(self, table: Element, fit: Fit) -> Most | None:
        """What a table takes at most, set by `fit`; nothing where there is more in it than lines of known letters."""
        _, _, specs, head, bodies, foot = table["c"]
        if len(head[1]) > 1 or len(bodies) != 1 or bodies[0][2] or foot[1]:
            return None
        size = self.columns.sizes[fit.size]
        rows: dict[int, int] = {}
        for own in fit.cells:
            share = sum(spec[1]["c"] for spec in specs[own.column : own.column + own.span])
            lines = self._lines(own, (share * self.columns.width - self.columns.space) / size)
            if lines is None:
                return None
            rows[own.row] = max(rows.get(own.row, 1), lines)
        heights = [(lines * _LINE - (_LINE - _CAPITAL)) * size for lines in rows.values()]
        return Most(sum(heights) + _INSET * len(heights), max(heights, default=0))

    def _lines(self, own: Cell, room: float) -> int | None:
        """The lines of a cell, at most, with so much room (in em).

        Typst breaks a line where the next piece finds no room. So of two lines on end, the first and the first piece
        of the second are wider than the room; and any line but the last is, together with the widest of all pieces.
        """
        kinds = _kinds(own.content)
        if kinds is None:
            return None
        text = own.text.replace(_NO_SPACE, "")
        if text.startswith(_EM_SPACE):  # which becomes space beside all lines (tables.py)
            text, room = text[1:], room - 1
        try:
            width = self._width(text)
            if own.head or self.columns.column:
                room -= _HYPHEN
            if room <= 0:
                return None
            lines = 2 * math.ceil(width / room) - 1
            if lines > 1 and kinds <= _PLAIN:
                left = room - max(self._width(f"{part} ") for part in _PARTED.split(text))
                if left > 0:
                    lines = min(lines, math.ceil(width / left))
        except KeyError:
            return None
        return max(lines, 1)

    def _width(self, text: str) -> float:
        """The width of a text in em, at most; raises KeyError where it has other letters."""
        widths = self.widths
        return KERNED * sum([widths[letter] for letter in text])


def _kinds(content: Elements) -> set[str] | None:
    """The kinds of elements in a cell, if they are nothing but text in a line."""
    if len(content) > 1:
        return None
    kinds = set()
    for element in each(content):
        kind = element["t"]
        around = kind == "RawInline" and element["c"][0] == "typst" and _AROUND.match(element["c"][1])
        if kind not in _PLAIN and kind != "Link" and not around:
            return None
        kinds.add(kind)
    return kinds
