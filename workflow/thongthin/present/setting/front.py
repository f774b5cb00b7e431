"""What stands around the text of a document in each format: the blocks that are filled from the study (keywords,
ethics), the abstract in its box, the lines below the title in Word, the sections of a page with two columns.
"""

from __future__ import annotations

import json
from pathlib import Path

from thongthin.present.setting.tables import Tables
from thongthin.present.setting.trees import (
    SPACE,
    Element,
    Elements,
    Meta,
    attr,
    change,
    div,
    give,
    id_of,
    inlines_of,
    para,
    raw_block,
    stringify,
    strong,
)


def fill(blocks: Elements, meta: Meta) -> None:
    """Fill `::: {#keywords}`, `::: {#keywords-translated}` and `::: {#ethics}`; without the first, the keywords open
    the document.
    """
    texts = meta.within("filled")
    filled = set()

    def with_text(block: Element) -> Element | None:
        name = id_of(block)
        if not name or name not in texts:
            return None
        filled.add(name)
        block["c"][1] = [_labelled(texts.within(name))]
        give(block, "lang", texts.within(name).said("lang"))
        return block

    change(blocks, {"Div": with_text})
    if "keywords" not in filled and "keywords" in texts:
        blocks.insert(0, div([_labelled(texts.within("keywords"))], attr("keywords")))


def _labelled(own: Meta) -> Element:
    return para([strong(own.inlines("label")), dict(SPACE), *own.inlines("text")])


def word_front_matter(blocks: Elements, meta: Meta) -> int:
    """Word: pandoc prints title, subtitle and authors; what else belongs there follows. Returns how many blocks."""
    front = [div([para(inlines_of(line))], attr(custom_style="Affiliation")) for line in meta.listed("front")]
    notices = [Meta.of(line).inlines("text") for line in meta.listed("notice")]
    front += [div([para(line)], attr(custom_style="notice")) for line in notices]
    blocks[:0] = front
    return len(front)


def abstract_boxes(blocks: Elements, meta: Meta) -> None:
    """Typst: an abstract with its heading and keywords, for the journals that set it between rules."""
    own = meta.within("abstract-names")
    names = {own.said("own"), own.said("other")}
    boxed: Elements = []
    is_open = False
    for block in blocks:
        if block["t"] == "Header":
            if is_open:
                boxed.append(raw_block("typst", "]"))
            is_open = stringify(block["c"][2]) in names
            if is_open:
                boxed.append(raw_block("typst", "#abstract-box["))
        boxed.append(block)
        if is_open and block["t"] == "Div" and id_of(block).startswith("keywords"):
            boxed.append(raw_block("typst", "]"))
            is_open = False
    blocks[:] = [*boxed, raw_block("typst", "]")] if is_open else boxed


def in_sections(blocks: Elements, front: int, tables: Tables, folder: Path) -> None:
    """Word: what is wider than one of two columns stands in a section of its own, between those with columns. Each
    begins on the page on which the one before it ends; the last is that of the reference document.

    Args:
        front: how many blocks stand above the columns.
    """
    sections = json.loads((folder / "styles" / "sections.json").read_text(encoding="utf-8"))
    made: Elements = []
    now = "one"
    for place, block in enumerate(blocks):
        own = "one" if place < front or tables.is_wide(block) else "two"
        if own != now:
            made.append(_section_end(sections[now]))
            now = own
        made.append(block)
    if now == "one":  # the document ends in two columns
        made.append(_section_end(sections[now]))
    blocks[:] = made


def _section_end(section: str) -> Element:
    return raw_block(
        "openxml",
        '<w:p><w:pPr><w:pStyle w:val="SectionEnd"/><w:sectPr>'
        '<w:headerReference w:type="default" r:id="header1"/><w:footerReference w:type="default" r:id="footer1"/>'
        f"{section}</w:sectPr></w:pPr></w:p>",
    )
