"""Lines of the pages of a PDF, as they stand there: for tests that measure pages."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdfium2
from pypdfium2 import raw

# Where the text of a page begins and ends, in points from its edges (typst-template.typ), with the line above it that
# says that a table goes on; what stands beyond is the head and the number of the page.
TOP, FOOT = 60, 71
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"


@dataclass
class Line:
    """A line of text, or the part of it in one cell of a table.

    Attributes:
        text: what stands there, with spaces.
        left, right, base: in points; `base` is the height of the baseline above the foot of the page.
        page: counted from 1.
    """

    text: str
    left: float
    right: float
    base: float
    page: int


def lines_of(pdf: Path) -> list[Line]:
    """The lines of the text, page after page, in the order of the text; without the heads and numbers of pages."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        found = [line for number, page in enumerate(document, 1) for line in _lines(page, number)]
        height = document[0].get_height()
    finally:
        document.close()
    return [line for line in found if FOOT - 15 < line.base < height - TOP and line.text.strip()]


def _lines(page: pypdfium2.PdfPage, number: int) -> Iterator[Line]:
    text = page.get_textpage()
    line: Line | None = None
    for place in range(text.count_chars()):
        character = chr(raw.FPDFText_GetUnicode(text, place))
        if character in "\r\n":
            continue
        if line and character in MARKS:
            line.text += character
            continue
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, place, x, y)
        left, _, right, _ = text.get_charbox(place, loose=True)
        if line and abs(line.base - y.value) < 1 and -2 < left - line.right < 12:
            line.text += character
            line.right = max(line.right, right)
        else:
            if line:
                yield line
            line = Line(character, left, right, y.value, number)
    if line:
        yield line


def said_of(pdf: Path, key: str) -> set[str]:
    """What the objects of a PDF say under a key."""
    with pikepdf.open(pdf) as document:
        every = [own for own in document.objects if isinstance(own, pikepdf.Dictionary)]
        return {str(own[key]) for own in every if key in own}
