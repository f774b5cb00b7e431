"""The cells of the article's tables, each with the numbers that stand in it.

Which numbers a cell shows is not declared anywhere: it is found out. A table is made once more from numbers that carry
marks (`basics.marks`), and each cell whose text comes out the same has the marks of the numbers that were printed into
it. A cell that reads otherwise then, or that shows what was computed only for it, is said to show none.

A number is addressed as in `values` (table, row, column); here, numbers that no article can ask for are addressed too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from thongthin.basics.language import Language, format_number
from thongthin.basics.marks import marks_in, unmarked, with_mark
from thongthin.basics.records import records
from thongthin.contract.tables import TABLES, Table

Frames = Mapping[str, pd.DataFrame]
# How numbers read that have no format, since no article asks for them.
_PLAIN = {"integer": "count", "number": "decimal"}

COLUMNS = ("row", "column", "row_th", "row_en", "column_th", "column_en", "text_th", "text_en", "keys")


class _Series(pd.Series):
    """A series that keeps marked numbers: pandas makes plain ones of them where it makes a dict."""

    @property
    def _constructor(self) -> type[_Series]:
        return _Series

    @property
    def _constructor_expanddim(self) -> type[_Frame]:
        return _Frame

    def to_dict(self, *, into: Any = dict) -> Any:
        return into(zip(self.index, self, strict=True))


class _Frame(pd.DataFrame):
    """A table that keeps marked numbers."""

    @property
    def _constructor(self) -> type[_Frame]:
        return _Frame

    @property
    def _constructor_sliced(self) -> type[_Series]:
        return _Series

    def to_dict(self, orient: Any = "dict", **options: Any) -> Any:
        return records(self) if orient == "records" else super().to_dict(orient, **options)


def row_of(record: Mapping[Hashable, Any], table: Table) -> str:
    """The name of a row in an address: its key columns joined by dots, empty ones left out."""
    return ".".join(str(record[column]) for column in table.key if str(record[column]) != "")


def numbers_of(frame: pd.DataFrame, table: Table) -> Iterator[tuple[str, str, Any, dict[Language, str]]]:
    """Every number of a table: row, column, value, and how it reads in each language (bands as their number)."""
    columns = [c for c in table.columns if (c.format or c.kind in _PLAIN) and c.name not in table.key]
    for record in records(frame):
        row = row_of(record, table)
        for column in columns:
            own = column.format if column.format not in ("", "band") else _PLAIN[column.kind]
            value = record[column.name]
            yield (
                row,
                column.name,
                value,
                {"th": format_number(value, own, "th"), "en": format_number(value, own, "en")},
            )


def _with_marks(frame: pd.DataFrame, table: Table, addresses: list[str], only: str = "") -> pd.DataFrame:
    """The table with marked numbers; where each is from is added to `addresses`, at the place of its mark."""
    columns = [c.name for c in table.columns if (c.format or c.kind in _PLAIN) and c.name not in table.key]
    if table.folder == "processed" or not columns:
        return frame
    rows = [row_of(record, table) for record in records(frame[list(table.key)])]
    result = _Frame(frame.copy())
    for column in columns:
        if only and column != only:
            continue
        cells: list[Any] = []
        for row, value in zip(rows, frame[column], strict=True):
            if pd.isna(value):
                cells.append(value)
                continue
            cells.append(with_mark(value, len(addresses)))
            addresses.append(f"{table.name}.{row}.{column}")
        result[column] = pd.Series(cells, index=frame.index, dtype=object)
    return result


Grid = list[list[str]]


def grid_of(text: str) -> Grid:
    """The cells of the pipe table in a text, its head first, in Markdown; none where there is no table."""
    lines = [line for line in text.split("\n") if line.startswith("|")]
    rows = [[cell.strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return [*rows[:1], *rows[2:]]


def keys_of_cells(
    make: Callable[[Frames], str], tables: Frames, made: str | None = None
) -> dict[tuple[int, int], list[str]]:
    """The addresses of the numbers in each cell of an article table, by row and column, counted from 1 below the head.

    Args:
        make: makes the table from the result tables that it reads.
        tables: these.
        made: what it makes of them, where that is known.
    """
    plain = grid_of(make(tables) if made is None else made)
    if not plain:
        return {}
    addresses: list[str] = []
    traced = {name: _with_marks(frame, TABLES[name], addresses) for name, frame in tables.items()}
    try:
        return _same(plain, make(traced), addresses)
    # What a table does to its numbers is its own matter; where marked ones can't take part in it, fewer are tried.
    except Exception:
        return _column_by_column(make, tables, plain)


def _column_by_column(make: Callable[[Frames], str], tables: Frames, plain: Grid) -> dict[tuple[int, int], list[str]]:
    found: dict[tuple[int, int], list[str]] = {}
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            addresses: list[str] = []
            traced = _with_marks(frame, TABLES[name], addresses, only=column.name)
            if not addresses:
                continue
            try:
                own = _same(plain, make({**tables, name: traced}), addresses)
            except Exception:
                continue
            for place, keys in own.items():
                found[place] = [*found.get(place, []), *(key for key in keys if key not in found.get(place, []))]
    return found


def _same(plain: Grid, text: str, addresses: list[str]) -> dict[tuple[int, int], list[str]]:
    """The addresses of the marks in each cell that reads as it does without marks, but for its spaces."""
    found = {}
    traced = grid_of(text)
    if [len(row) for row in traced] != [len(row) for row in plain]:
        return {}
    for row, (cells, own) in enumerate(zip(traced[1:], plain[1:], strict=True), start=1):
        for column, (cell, reads) in enumerate(zip(cells, own, strict=True), start=1):
            marks = marks_in(cell)
            if marks and _letters(unmarked(cell)) == _letters(reads):
                found[row, column] = [addresses[place] for place in marks]
    return found


def _letters(text: str) -> str:
    return re.sub(r"\s", "", text)


def with_addresses(text: str, name: str, keys: Mapping[tuple[int, int], list[str]]) -> str:
    """The Markdown of an article table whose first cell with numbers says which cells have any (see
    `setting.evidence`).

    One cell says it for all, as row.column, since pandoc takes its time over each mark. A cell with a request of its
    own in it is left alone: what stands in the place of the request leads to it.
    """
    lines, row = [], -2
    marked_cells: list[str] = []
    first: tuple[int, int, list[str]] | None = None  # line, place and cells of the first of them
    for line in text.split("\n"):
        if not line.startswith("|"):
            lines.append(line)
            continue
        row += 1
        if row < 1:
            lines.append(line)
            continue
        cells = [cell.strip(" ") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        for column, cell in enumerate(cells, start=1):
            if (row, column) in keys and cell and "{{<" not in cell:
                marked_cells.append(f"{row}.{column}")
                first = first or (len(lines), column - 1, cells)
        lines.append("| " + " | ".join(cells) + " |")
    if first:
        number, place, own = first
        own[place] = f'[{own[place]}]{{evidence="table/{name}" cells="{" ".join(marked_cells)}"}}'
        lines[number] = "| " + " | ".join(own) + " |"
    return "\n".join(lines)


@dataclass(frozen=True)
class Printed:
    """An article table as it is printed in a language: cells in Markdown, and the note below."""

    grid: Grid
    note: str

    @classmethod
    def of(cls, text: str) -> Printed:
        """From the Markdown of the table."""
        rest = [line for line in text.split("\n") if line and not line.startswith(("|", ":::"))]
        return cls(grid_of(text), " ".join(rest))


def plain_text(markdown: str) -> str:
    """What a cell reads like, without its Markdown; a request as the key that it names, in brackets."""
    text = re.sub(r"(?<!\\)\[(.*?)(?<!\\)\]\{(?:lang=\w+|\.coder)\}", r"\1", markdown)
    text = re.sub(r"\{\{< *\w+ +(\S+) *>\}\}", r"[\1]", text)
    text = re.sub(r"(?<!\\)\*+|(?<!\\)\^|(?<![\\<])~(?!\d)", "", text)
    return re.sub(r"\\([^\w\s])", r"\1", text).replace("\u00a0", " ").replace("\u2003", " ").strip()


def cells_table(texts: Mapping[Language, str], keys: Mapping[tuple[int, int], list[str]]) -> pd.DataFrame:
    """An article table as one row a cell: what its row and column are called, what it reads, which numbers it shows.

    Args:
        texts: the Markdown in each language.
    """
    grids = {
        language: [[plain_text(cell) for cell in cells] for cells in grid_of(text)] for language, text in texts.items()
    }
    rows = []
    for row, cells in enumerate(grids["en"][1:], start=1):
        for column in range(1, len(cells) + 1):
            said: dict[str, Any] = {"row": row, "column": column}
            for language, grid in grids.items():
                inside = row < len(grid) and column <= len(grid[row])
                said[f"row_{language}"] = grid[row][0] if inside else ""
                said[f"column_{language}"] = grid[0][column - 1] if inside else ""
                said[f"text_{language}"] = grid[row][column - 1] if inside else ""
            rows.append({**said, "keys": " ".join(key.replace(" ", "\u00a0") for key in keys.get((row, column), []))})
    return pd.DataFrame(rows, columns=list(COLUMNS))


def figure_table(tables: Frames) -> pd.DataFrame:
    """What a figure is drawn from: every number of the tables that it reads, by its address."""
    rows = [
        (f"{name}.{row}.{column}", value, texts["th"], texts["en"])
        for name, frame in tables.items()
        if TABLES[name].folder == "results"
        for row, column, value, texts in numbers_of(frame, TABLES[name])
    ]
    return pd.DataFrame(rows, columns=["key", "value", "text_th", "text_en"])
