"""Where what a document says is told: on screen and in the PDF, numbers, quotes, tables, figures and sentences bound to
claims lead to their evidence, a page beside the document.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from thongthin.present.setting.trees import (
    Element,
    Elements,
    Format,
    Meta,
    attr,
    change,
    copied,
    each,
    give,
    id_of,
    link,
    plain,
    rows_of,
    span,
    value_of,
)

_CELL = re.compile(r"(\d+)\.(\d+)")
# Letters and digits, or what is no ASCII.
_LETTER = re.compile(r"[0-9A-Za-z\u0080-\U0010ffff]")
TO_CLAIMS = "#/claim/"


class Evidence:
    """The links of one document in one format; `meta` is what its head says under `thongthin`."""

    def __init__(self, meta: Meta, format_: Format) -> None:
        self.html = format_ == "html"
        self.page = meta.said("evidence") if format_ in ("html", "pdf") and "evidence" in meta else ""
        self.of_claims = meta.said("evidence-of")  # nothing for the public, to whom no conditions are told
        self.exhibits = f"exhibit/{meta.said('name')}/"

    def lead(self, blocks: Elements) -> None:
        """Make links, or nothing, of what says where its evidence is told."""
        change(blocks, {"Table": self.table, "Div": self.captioned, "Figure": self.figure, "Span": self.shown})

    def link(self, content: Elements, place: str, name: str = "") -> Element:
        return link(content, f"{self.page}#/{quote(place, safe='-._~/')}", attr(name, ["evidence"]))

    def shown(self, own: Element) -> Element | Elements | None:
        """A number, a quote or a sentence. In the PDF, cells of tables stay: their caption leads to the whole table."""
        place, content = value_of(own, "evidence"), own["c"][1]
        if place is None or value_of(own, "cells") is not None:
            return None
        if not self.page:
            return span(content, attr(id_of(own))) if id_of(own) else content
        return self.claim(own, place) if place.startswith("claim/") else self.link(content, place, id_of(own))

    def claim(self, sentence: Element, place: str) -> Element | Elements:
        """A sentence holds numbers that lead elsewhere. So on screen it ends in a mark that is no text, and leads to
        its claim; in the PDF, its last words do that are no link themselves.
        """
        content: Elements = sentence["c"][1]
        if not self.of_claims:
            return content
        if self.html:
            mark = self.link([], place)
            mark["c"][0][1].append("claim")
            give(mark, "aria-label", self.of_claims)
            return span([*content, mark], attr(id_of(sentence), ["claim"]))
        for at in range(len(content) - 1, -1, -1):
            if content[at]["t"] == "Str" and _LETTER.search(content[at]["c"]):
                content[at] = self.link([content[at]], place)
                break
        return content

    def table(self, table: Element) -> Element | None:
        """A table whose first cell with numbers says which cells have any: "1.2 1.3", counted from 1."""
        rows = [*rows_of(table)]
        said = next(filter(None, (_said_by(cell) for row in rows for cell in row[1])), None)
        if not said:
            return None
        first, only = said
        first[4][0]["c"] = only["c"][1]
        place = value_of(only, "evidence")
        for row, column in _CELL.findall(value_of(only, "cells") or "") if self.page and self.html else ():
            cell = rows[int(row) - 1][1][int(column) - 1]
            cell[4] = [plain([self.link(cell[4][0]["c"], f"{place}/{row}/{column}")])]
        return table

    def captioned(self, own: Element) -> Element | None:
        last = own["c"][1][-1] if own["c"][1] else None
        if not id_of(own).startswith("tbl-") or not last or last["t"] != "Para":
            return None
        last["c"] = self.caption(last["c"], id_of(own))
        return own

    def figure(self, figure: Element) -> Element | None:
        lines = figure["c"][1][1]
        if not id_of(figure).startswith("fig-") or not lines:
            return None
        lines[0]["c"] = self.caption(lines[0]["c"], id_of(figure))
        return figure

    def caption(self, line: Elements, identifier: str) -> Elements:
        """A caption leads to its table or figure, unless something in it leads elsewhere: no link stands in another."""
        if not self.page:
            return line
        line = change(copied(line), {"Link": lambda lead: lead["c"][1] if TO_CLAIMS in lead["c"][2][0] else None})
        if line and not any(element["t"] in ("Cite", "Link", "Note") for element in each(line)):
            return [self.link(line, self.exhibits + identifier)]
        return line


def _said_by(cell: list[object]) -> tuple[list[Elements], Element] | None:
    """A cell and the span that is all of it, if that says which cells of its table have numbers."""
    blocks: Elements = cell[4]  # type: ignore[assignment]
    line = blocks[0].get("c") if len(blocks) == 1 and blocks[0]["t"] in ("Plain", "Para") else None
    only = line[0] if line and len(line) == 1 else None
    if only and only["t"] == "Span" and value_of(only, "cells") is not None:
        return cell, only  # type: ignore[return-value]
    return None
