"""Elements as a format has them, where pandoc's writers leave something out: alternative texts, languages, notes of
tables, characters that the fonts of the PDF lack; and on the screen, figures that can be enlarged.
"""

from __future__ import annotations

import html
import math
import re
import struct
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from thongthin.present.setting.columns import Columns
from thongthin.present.setting.trees import (
    ENDING,
    Change,
    Element,
    Elements,
    Format,
    Meta,
    change,
    classes_of,
    give,
    raw,
    raw_block,
    said,
    value_of,
    words_of,
)

# Word: what stands on the page of a figure besides, in points.
_BESIDE_FIGURE = 110
_NOT_ASCII = re.compile("[\u0080-\U0010ffff]")
_SIZE = re.compile(rb'viewBox="[\d.]+ [\d.]+ ([\d.]+) ([\d.]+)"')


def literal(line: str) -> str:
    """A string as Typst writes it."""
    return '"' + re.sub(r'["\\]', r"\\\g<0>", line) + '"'


def set_elements(blocks: Elements, format_: Format, columns: Columns, folder: Path) -> None:
    """Alternative texts, languages and notes as the format has them.

    Args:
        columns: the page.
        folder: the working copy, which has the figures.
    """
    if format_ == "pdf":
        kinds: dict[str, Change] = {"Image": _typst_image, "Math": _typst_math, "Span": _in_tongue, "Div": _in_tongue}
        change(blocks, kinds)
    else:

        def with_alt(image: Element) -> None:
            """What Quarto calls fig-alt is the alternative text of an image. Figures fill the width of the text."""
            image["c"][1] = words_of(value_of(image, "fig-alt") or "")
            give(image, "fig-alt", None)
            file = folder / image["c"][2][0]
            width = _width_of_figure(file, columns) if format_ == "docx" and file.suffix == ".png" else "100%"
            give(image, "width", value_of(image, "width") or width)

        change(blocks, {"Image": with_alt, "Div": _note_of_word} if format_ == "docx" else {"Image": with_alt})


def _width_of_figure(file: Path, columns: Columns) -> str:
    """Word: the width of a figure, so low that a heading above and two lines of caption below find room on its page, in
    fonts that are taller than the one asked for, too.
    """
    if not file.is_file():
        return "100%"
    width, height = struct.unpack(">II", file.read_bytes()[16:24])  # as the head of a PNG has them
    share = (2 * columns.half - _BESIDE_FIGURE) * width / (columns.width * height)
    return f"{math.floor(100 * min(1, share))}%"


def _note_of_word(block: Element) -> Element | None:
    if "table-note" not in classes_of(block):
        return None
    give(block, "custom-style", "table-note")
    return block


def _typst_image(image: Element) -> Element:
    source, alt = literal(image["c"][2][0]), literal(value_of(image, "fig-alt") or "")
    return raw("typst", f"#image({source}, width: {value_of(image, 'width') or '100%'}, alt: {alt})")


def _typst_math(math: Element) -> Elements:
    block = "block: true, " if math["c"][0]["t"] == "DisplayMath" else ""
    return [raw("typst", f"#math.equation({block}alt: {literal(math['c'][1])}, "), math, raw("typst", ")")]


def _in_tongue(element: Element) -> Element | Elements | None:
    language = value_of(element, "lang")
    if language is None:
        return None
    opening, closing = f"#tongue({literal(language[:2])})[", "]"
    if element["t"] == "Span":
        return [raw("typst", opening), *element["c"][1], raw("typst", closing)]
    element["c"][1] = [raw_block("typst", opening), *element["c"][1], raw_block("typst", closing)]
    return element


def lists_of_typst(meta: Meta) -> dict[str, Any]:
    """Authors and keywords as lists of strings, for the properties of a PDF."""
    lists = meta.within("document")
    code = {key: " ".join(f"{literal(said(one))}," for one in lists.listed(key)) for key in lists.content}
    return {f"typst-{key}": {"t": "MetaInlines", "c": [raw("typst", f"({strings})")]} for key, strings in code.items()}


class Characters:
    """What stands in the place of characters that the fonts of the PDF lack (`render.characters`)."""

    def __init__(self, meta: Meta) -> None:
        listed = [Meta.of(one) for one in meta.listed("missing-characters")]
        self.instead: Mapping[str, str] = {chr(int(one.said("code"), 16)): one.said("instead") for one in listed}

    def replace(self, elements: Elements) -> None:
        if self.instead:  # seldom; to look through all words takes time
            kinds = ("Str", "Code", "CodeBlock", "Math")
            change(elements, dict.fromkeys(kinds, self._replaced))

    def _replaced(self, element: Element) -> Element:
        if element["t"] == "Str":
            element["c"] = self._in(element["c"])
        else:
            element["c"][1] = self._in(element["c"][1])
        return element

    def _in(self, line: str) -> str:
        return _NOT_ASCII.sub(lambda found: self.instead.get(found[0], found[0]), line)


class Screen:
    """HTML: figures that can be enlarged, and formulas that scroll inside themselves.

    The box of a figure is a popover that a button over the figure opens and closes: a browser does that without a
    script. Closed, it stands in its place; while it is open, a space as tall holds the place (see article.css).
    """

    def __init__(self, folder: Path, enlarge: str) -> None:
        self.folder, self.enlarge, self.count = folder, html.escape(enlarge).replace("&#x27;", "'"), 0

    def set(self, blocks: Elements) -> None:
        change(blocks, {"Image": self._figure, "Math": _formula})

    def _figure(self, image: Element) -> Elements:
        self.count += 1
        name = f"figure-{self.count}"
        opening = (
            f'<span class="figure-place" style="--ratio: {self._ratio(image["c"][2][0])}">'
            f'<span class="figure-box" id="{name}" popover><span class="figure-whole">'
        )
        button = (
            f'<button class="enlarge" type="button" popovertarget="{name}" '
            f'aria-label="{self.enlarge} {self.count}"></button></span></span></span>'
        )
        return [raw("html", opening), image, raw("html", button)]

    def _ratio(self, path: str) -> str:
        """Width by height, as the head of an SVG has it."""
        file = self.folder / (path if ENDING.search(path) else f"{path}.svg")
        found = _SIZE.search(file.read_bytes()[:2000]) if file.is_file() else None
        return f"{found[1].decode()} / {found[2].decode()}" if found else "auto"


def _formula(math: Element) -> Elements | None:
    if math["c"][0]["t"] != "DisplayMath":
        return None
    return [raw("html", '<span class="formula" tabindex="0">'), math, raw("html", "</span>")]
