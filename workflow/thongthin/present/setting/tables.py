"""Tables that fit their page, with what is kept together in the PDF and in Word: tables and their notes, headings and
their rows, what announces a quote or a list and that.
"""

from __future__ import annotations

import math
import re
from typing import Any

from thongthin.present.setting.columns import Cell, Columns, width_of
from thongthin.present.setting.heights import Heights
from thongthin.present.setting.trees import (
    Element,
    Elements,
    Format,
    attr,
    change,
    change_down,
    classes_of,
    copied,
    div,
    each,
    para,
    raw,
    raw_block,
    rows_of,
    stringify,
    text,
)
from thongthin.present.setting.whole_words import THAI_LETTER

EM_SPACE = "\u2003"
# The class of a table with rows that head others: headings.lua has Typst keep these with the next ones.
HEADED = "with-headings"
# What stands before such a row, in the code of Typst.
_HEADING = "/*heading*/"
# Word: a table of more lines may be broken.
_LONG = 20
# Tables on the screen: smaller type the more columns there are.
_SMALLER = ((8, "smaller"), (6, "small"))
_TABLE_END = "] // table"
# A paragraph stays with the quote or the list that follows it, unless it has more letters (five lines): a longer one
# would leave much of a page empty.
_ANNOUNCED = frozenset(["BlockQuote", "BulletList", "OrderedList"])
_LONG_PARAGRAPH = 500
_ASCII_WORD = re.compile("[A-Za-z]+")


class Tables:
    """The tables of one document in one format."""

    def __init__(self, columns: Columns, format_: Format) -> None:
        self.columns, self.format = columns, format_
        self.count = 0  # of the tables that were set
        self.heights = Heights(columns, columns.words.folder)

    def fit(self, blocks: Elements) -> None:
        """Fit all tables to their page, and keep together what belongs together."""
        if self.format != "xml":
            change_down(blocks, {"Table": self.fitted}, leave=("Table",))
        if self.format in ("pdf", "docx"):
            change_down(blocks, {}, keep_together if self.format == "pdf" else keep_with_next, leave=("Table",))

    def fitted(self, table: Element) -> Element | Elements:
        headings = _spread_headings(table)
        if self.format == "pdf":
            return self._of_pdf(table, headings)
        if self.format == "html":
            count = len(table["c"][2])
            size = next((name for columns, name in _SMALLER if count >= columns), "normal")
            return div([table], attr(classes=[*f"table-box {size}".split()], tabindex="0"))
        # Rows are kept on one page with the next, unless there are too many lines for that; headings of rows always
        # are.
        fit = self.columns.fit(table)
        long = fit.lines > _LONG
        style = f"table-{'small' if long and fit.size == 'normal' else fit.size}"
        # Word sets a table and the paragraph after it without a space between them.
        return [_cells_in_style(table, f"{style}-long" if long else style, style), _table_end("TableEnd")]

    def is_wide(self, block: Element) -> bool:
        """Whether a block needs more than one of two columns."""
        identifier = block["c"][0][0] if block["t"] in ("Div", "Figure") else ""
        if block["t"] == "Para" and len(block["c"]) == 1 and block["c"][0]["t"] == "Image":
            return True
        if identifier.startswith("tbl-"):
            return any(self.columns.fit(table).wide for table in each(copied(block["c"][1])) if table["t"] == "Table")
        return bool(identifier.startswith("fig-"))

    def _of_pdf(self, table: Element, headings: list[list[Any]]) -> Elements:
        self.count += 1
        fit = self.columns.fit(table)
        most = self.heights.most(table, fit)
        known = f", least: {math.floor(self.heights.least(fit))}pt" + (
            f", most: {math.ceil(most.rows)}pt" if most else ""
        )
        if most and most.cell < self.columns.half:
            known += ", low: true"
        self._fit_words(table, fit.size, fit.cells)
        # Citations and references get their text later; a table with any of these is left to pandoc.
        if headings and not any(element["t"] == "Cite" for element in each([table])):
            for cell in headings:
                cell[4][0]["c"].insert(0, raw("typst", _HEADING))
            table["c"][0][1].append(HEADED)
        opening = f'#fitted({self.count}, "{fit.size}"{known}{"" if fit.wide else ", wide: false"})['
        return [raw_block("typst", opening), table, raw_block("typst", _TABLE_END)]

    def _fit_words(self, table: Element, size: str, cells: list[Cell]) -> None:
        """Words stay whole where the column has room for them; in its name, those that are wider are hyphenated. The
        second line of an indented cell begins below the first.
        """
        specs = table["c"][2]

        def hyphenated(word: Element) -> Elements | None:
            found = _ASCII_WORD.search(word["c"])
            if found and width_of(found[0]) > room:
                return [raw("typst", "#text(hyphenate: true)["), word, raw("typst", "]")]
            return None

        for own in cells:
            room = self.columns.room(specs[own.column][1]["c"], size)
            if THAI_LETTER.search(own.text):
                self.columns.words.keep(own.content, lambda word, room=room: width_of(word) <= room)  # type: ignore[misc]
            if own.head and own.width > room:
                change(own.content, {"Str": hyphenated})
            line = own.content[0].get("c") if own.text.startswith(EM_SPACE) and len(own.content) == 1 else None
            if line and line[0]["t"] == "Str":
                words = [text(line[0]["c"].removeprefix(EM_SPACE)), *line[1:]]
                own.content[0]["c"] = [raw("typst", "#pad(left: 1em)["), *words, raw("typst", "]")]


def _spread_headings(table: Element) -> list[list[Any]]:
    """A row with one cell in bold and nothing else heads the rows below it: that cell runs on to the end of the row.

    Returns:
        These cells.
    """
    found = []
    for row in rows_of(table):
        place = _heading(row[1])
        if place is not None and place < len(row[1]) - 1:
            row[1][place][3] = len(row[1]) - place
            del row[1][place + 1 :]
            found.append(row[1][place])
    return found


def _heading(cells: list[list[Any]]) -> int | None:
    """Where the only cell stands in which there is something, if that is one text in bold."""
    filled = [place for place, cell in enumerate(cells) if cell[4]]
    if len(filled) != 1:
        return None
    content = cells[filled[0]][4]
    line = content[0].get("c") if len(content) == 1 else None
    return filled[0] if line and len(line) == 1 and line[0]["t"] == "Strong" else None


def _cells_in_style(table: Element, style: str, kept_style: str) -> Element:
    """Cells with the styles of their rows.

    Args:
        kept_style: keeps a row with what follows: the head and headings with their rows, the last row with the note.
    """
    _, _, _, head, bodies, _ = table["c"]
    for row in head[1]:
        _restyle(row, kept_style, kept_style)
    for body in bodies:
        for place, row in enumerate(body[3]):
            _restyle(row, kept_style if place == len(body[3]) - 1 else style, kept_style)
    return table


def _restyle(row: list[Any], style: str, kept_style: str) -> None:
    for cell in row[1]:
        paragraphs = change(cell[4], {"Plain": lambda plain: para(plain["c"])})
        cell[4] = [div(paragraphs, attr(custom_style=kept_style if cell[3] > 1 else style))]


def _table_end(style: str) -> Element:
    """Word: the space between a table and what follows."""
    return raw_block("openxml", f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>')


def _announces(block: Element, after: Element | None) -> bool:
    if block["t"] != "Para" or not after or after["t"] not in _ANNOUNCED:
        return False
    return len(stringify(block)) <= _LONG_PARAGRAPH


def _is_note(block: Element | None) -> bool:
    return block is not None and block["t"] == "Div" and "table-note" in classes_of(block)


def keep_with_next(blocks: Elements) -> None:
    """Word: what is kept on one page with the next paragraph has a style that says so."""
    for place, (block, after) in enumerate(zip(blocks, [*blocks[1:], None], strict=False)):
        if block["t"] == "RawBlock" and block["c"][0] == "openxml" and _is_note(after):
            blocks[place] = _table_end("TableEndNote")
        elif _announces(block, after):
            blocks[place] = div([block], attr(custom_style="announcing"))


def keep_together(blocks: Elements) -> None:
    """Typst: the note of a table is handed over with it."""
    kept: Elements = []
    for block, after in zip(blocks, [*blocks[1:], None], strict=False):
        if _is_note(block):
            if kept and kept[-1]["t"] == "RawBlock" and kept[-1]["c"][1] == _TABLE_END:
                kept[-1]["c"][1] = "]["
            else:
                kept.append(raw_block("typst", "#table-note["))
            kept += [*block["c"][1], raw_block("typst", "]")]
        elif _announces(block, after):
            kept += [raw_block("typst", "#announcing["), block, raw_block("typst", "]")]
        else:
            kept.append(block)
    blocks[:] = kept
