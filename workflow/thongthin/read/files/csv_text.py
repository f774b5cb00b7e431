"""How a CSV file is laid out: what separates its cells, and whether its first line says so.

Programs write `sep=;` (Excel) in the first line, or separate by comma, semicolon or tab without a word. Each is tried,
leniently, on the top of the file; the one under which the rows have as many cells as the header counts. Only then is
the file read strictly, by that one.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

SEPARATORS = ",;\t"
# Rows that are looked at for the separator.
_TOP = 100
_SAID = re.compile(r'"?sep=(?P<mark>[^\n"])"?[,;\t]*(?:\n|$)', re.IGNORECASE)


class Layout(NamedTuple):
    """What separates the cells of a CSV file, and how many lines stand above its header."""

    separator: str
    above: int


def layout_of(text: str) -> Layout:
    r"""The layout of a CSV file.

    Args:
        text: the file or its beginning, without byte-order mark, its line ends "\n".
    """
    if said := _SAID.match(text):
        return Layout(said["mark"], 1)
    return Layout(max(SEPARATORS, key=lambda separator: _fits(text, separator)), 0)


def rows_of(text: str, layout: Layout, *, strict: bool = True) -> Iterator[list[str]]:
    """The rows of a CSV file from its header on; raises `csv.Error` where quotation marks are wrong, if `strict`."""
    lines = io.StringIO(text, newline="")
    for _ in range(layout.above):
        lines.readline()
    return csv.reader(lines, delimiter=layout.separator, strict=strict, skipinitialspace=True)


def _fits(text: str, separator: str) -> tuple[bool, bool, float, int]:
    """How well a separator fits, to be compared: several columns, sound quotes, rows like the header, columns."""
    layout = Layout(separator, 0)
    try:
        header, clean = next(rows_of(text, layout), []), True
    except csv.Error:
        header, clean = next(rows_of(text, layout, strict=False), []), False
    if len(header) < 2:
        return False, clean, 0, len(header)
    rows = [row for row in islice(rows_of(text, layout, strict=False), 1, _TOP) if any(row)]
    alike = sum(len(row) == len(header) for row in rows) / len(rows) if rows else 1
    return True, clean, alike, len(header)
