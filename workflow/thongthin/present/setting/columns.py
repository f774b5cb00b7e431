"""Columns of a table as wide as what stands in them asks for, and the size of its type by the same: no word and no
number is broken where the page has room for it whole.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from thongthin.present.setting.trees import Element, Elements, Meta, rows_of, stringify
from thongthin.present.setting.whole_words import RUN, THAI_LETTER, WholeWords

# Space on both sides of a cell, in points; in Word (word-styles.xml) there is less.
SPACE, SPACE_OF_WORD = 8.0, 6.0
# Word: fonts that stand in for a narrow Thai one where a reader has not got it are wider, by so much at most, and the
# bold type of heads by so much more (digits take 0.41 em in TH Sarabun New, 0.57 in Sarabun, Laksaman and Arial).
# Numbers and heads have to stay whole in those, too.
WIDER, BOLDER = 1.42, 1.06
# The least size of the type of tables, which only Word has.
_LEAST = 7.5
# Thai that is no known word is broken somewhere; so many letters are taken to stay together, in names of columns more.
_LOOSE_HEAD, _LOOSE = 14, 8
# A cell of numbers that is wider (in em) may be broken.
_LONG_NUMBER = 13
# A cell of more lines is set smaller, and in Word once more (of full lines: there are more, since words are not
# broken).
_MOST_LINES = {"normal": 7, "small": 10}
# Text asks for room by its length, so that a long one takes few lines; by no more than this.
_LONG_TEXT = 150
# An em per letter of Thai, and of all letters that have no width below.
_THAI, _OTHER = 0.64, 0.57

# Widths of letters in em: those of Sarabun Bold, by kind.
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;|'!()[]", 0.33),
    **dict.fromkeys("frts-/*", 0.44),
    **dict.fromkeys(" \u00a0", 0.24),
    **dict.fromkeys("mwMW%", 0.87),
    **dict.fromkeys("ABCDEFGHKNOPQRSTUVXYZ+−=<>±≤≥", 0.68),
    **dict.fromkeys("เโใไ", 0.42),
    **dict.fromkeys("ณญฒฌ", 0.88),
    **dict.fromkeys(
        "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e3a\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e4e", 0.0
    ),
}
_PARTS = re.compile(r"[^ \n]+")
_DIGIT = re.compile("[0-9]")


def width_of(text: str) -> float:
    """The width of a text in em."""
    width = 0.0
    for letter in text:
        own = _WIDTHS.get(letter)
        width += own if own is not None else _THAI if "\u0e00" <= letter < "\u0e80" else _OTHER
    return width


@dataclass(slots=True)
class Cell:
    """A cell of a table: its text and how wide that is (in em), the column that it begins in, and its row (head: 0)."""

    content: Elements
    text: str
    width: float
    column: int
    span: int
    row: int

    @property
    def head(self) -> bool:
        return self.row == 0


@dataclass(frozen=True)
class Fit:
    """How a table is set: the size of its type, its lines without the head, its cells, whether it takes all columns."""

    size: str
    lines: int
    cells: list[Cell]
    wide: bool


@dataclass(frozen=True)
class _Needs:
    """What each column needs, of that what its numbers and its head need, what sets its cells in one line, and what its
    head takes in one line, all in em; and its share of the table as it was written.
    """

    least: list[float]
    firm: list[float]
    full: list[float]
    heads: list[float]
    given: list[float]


class Columns:
    """The page that tables are fitted to, lengths in points.

    Args:
        page: what the journal asks for (`render.journal_page.page_of`), or nothing.
        in_order: a supplement, which has one column.
        of_word: tables are set for Word, which has other fonts.
        words: those that stay whole.

    Attributes:
        sizes: of the type of tables, by name; those of typst-template.typ, as is the width of the text.
        half: half of the height of the text.
        column: the width of one of two columns.
        other_font: the text is set in another font than Sarabun.
    """

    def __init__(self, page: Meta, words: WholeWords, *, in_order: bool, of_word: bool = False) -> None:
        self.words = words
        self.wider, self.bolder = (WIDER, BOLDER) if of_word else (1.0, 1.0)
        self.space = SPACE_OF_WORD if of_word else SPACE
        self.sizes = {"normal": 10.0, "small": 8.5}
        self.text, self.half, self.column = 453.0, 340.0, 0.0
        self.other_font = "serif" in page
        if page.content:
            self.sizes = {name: float(page.said(name)) for name in self.sizes}
            self.text, self.half = float(page.said("text")), float(page.said("half"))
            if "two" in page and not in_order:
                self.column = float(page.said("column"))
        if of_word:
            self.sizes["least"] = min(_LEAST, self.sizes["small"])
        self.width = self.text

    def fit(self, table: Element) -> Fit:
        """Set the widths of the columns, and say how else the table is set: smaller where words are broken in the usual
        size, or a cell is a pile of lines.
        """
        specs = table["c"][2]
        cells = [*_cells(table)]
        needs = self._needs(cells, specs)
        wide = not self.column or self._is_wide(needs)
        self.width = self.text if wide else self.column
        for size in self.sizes:
            widths, lines = self._widths(self.sizes[size], needs)
            if widths and lines <= _MOST_LINES.get(size, lines):
                break
        if not widths:  # there is no room for all, even so
            widths = self._least(self.sizes[size], needs)
        total = _total(widths)
        for spec, width in zip(specs, widths, strict=True):
            spec[1] = {"t": "ColWidth", "c": width / total}
        return Fit(size, self._lines(cells, specs, self.sizes[size] * self.wider), cells, wide)

    def room(self, share: float, size: str) -> float:
        """The room in a column, in em of a size of type."""
        return (share * self.width - self.space) / self.sizes[size]

    def _is_wide(self, needs: _Needs) -> bool:
        """Whether a table finds no room in one of two columns: words would be broken, or cells be piles of lines."""
        self.width = self.column
        widths, lines = self._widths(self.sizes["small"], needs)
        return not widths or lines > _MOST_LINES["normal"]

    def _needs(self, cells: list[Cell], specs: list[Any]) -> _Needs:
        count = len(specs)
        least, firm, full, heads = [1.0] * count, [1.0] * count, [0.0] * count, [0.0] * count
        for own in cells:
            if own.span == 1:
                at, bold = own.column, self.bolder if own.head or _is_bold(own) else 1.0
                if own.width * bold > firm[at]:  # else no part of it is wider, either
                    part = number = own.width
                    if own.head or specs[at][0]["t"] != "AlignRight" or own.width > _LONG_NUMBER:
                        part, number = self._widest(own.text, _LOOSE_HEAD if own.head else _LOOSE)
                    least[at] = max(least[at], part * bold)
                    firm[at] = max(firm[at], (part if own.head else number) * bold)
                wishes = heads if own.head else full
                wishes[at] = max(wishes[at], min(own.width, _LONG_TEXT))
        given = [spec[1]["c"] if spec[1]["t"] == "ColWidth" else 1 / count for spec in specs]
        return _Needs(least, firm, full, heads, given)

    def _widest(self, text: str, loose: int) -> tuple[float, float]:
        """The widest part of a text that stays in one line, and the widest of those with a digit, in em."""
        most = number = 0.0
        parted = text.replace("-", "- ").replace("/", "/ ").replace("\u2003", " ").replace("–", "– ")
        for part in _PARTS.findall(parted):
            widest = [0.0]

            def runs(found: re.Match[str], widest: list[float] = widest) -> str:
                for place, piece in enumerate(self.words.pieces(found[0]) or [found[0]]):
                    width = width_of(piece)
                    widest.append(width if place % 2 else min(width, _THAI * loose))
                return " "

            rest = RUN.sub(runs, part) if THAI_LETTER.search(part) else part
            beside = 0.5 if rest != part else 0
            widest += [width_of(other) + beside for other in rest.split(" ") if other]
            most = max(most, *widest)
            if _DIGIT.search(part):
                number = max(number, *widest)
        return most, number

    def _least(self, size: float, needs: _Needs) -> list[float]:
        """What columns take at least at a size of type."""
        each = zip(needs.least, needs.firm, strict=True)
        return [max(least, firm * self.wider) * size + self.space for least, firm in each]

    def _widths(self, size: float, needs: _Needs) -> tuple[list[float], float]:
        """The widths that columns get at a size of type, and the lines of the tallest cell; none where words are
        broken, or in Word a number or a head in a wider font.
        """
        widths = self._least(size, needs)
        room = self.width - _total(widths)
        if room < 0:
            return [], 0
        # First heads get room for three lines, then cells for one, then heads for two; the rest goes as the table asks
        # for.
        for wanted, share in ((needs.heads, 0.36), (needs.full, 1), (needs.heads, 0.55)):
            wishes = [
                max(0, own * share * size + self.space - width) for own, width in zip(wanted, widths, strict=True)
            ]
            wished = _total(wishes)
            part = min(1, room / wished) if wished > 0 else 0
            widths = [width + wish * part for width, wish in zip(widths, wishes, strict=True)]
            room -= min(room, wished)
        total = _total(needs.given)
        widths = [width + room * own / total for width, own in zip(widths, needs.given, strict=True)]
        return widths, max(
            (own * size / (width - self.space) for own, width in zip(needs.full, widths, strict=True)), default=0
        )

    def _lines(self, cells: list[Cell], specs: list[Any], size: float) -> int:
        """The lines that the rows of a table take at a size of type, with its columns as they are."""
        lines: dict[int, int] = {}
        for own in cells:
            if not own.head:
                share = 1 if own.span > 1 else specs[own.column][1]["c"]
                most = math.ceil(1.1 * own.width * size / (share * self.width - self.space))
                lines[own.row] = max(lines.get(own.row, 1), most)
        return sum(lines.values())


def _is_bold(own: Cell) -> bool:
    """Whether a cell begins in bold type."""
    line = own.content[0].get("c") if own.content else None
    return isinstance(line, list) and bool(line) and isinstance(line[0], dict) and line[0]["t"] == "Strong"


def _total(numbers: list[float]) -> float:
    """Their sum, which is the same in every version of Python: later ones add more exactly."""
    total = 0.0
    for number in numbers:
        total += number
    return total


def _cells(table: Element) -> Iterator[Cell]:
    heads = [*table["c"][3][1]]
    for number, row in [*((0, row) for row in heads), *enumerate(rows_of(table), 1)]:
        column = 0
        for cell in row[1]:
            text = stringify(cell[4])
            yield Cell(cell[4], text, width_of(text), column, cell[3], number)
            column += cell[3]
