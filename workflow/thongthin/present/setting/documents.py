"""The trees that the formats of a document are written from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from thongthin.present.setting import thai
from thongthin.present.setting.columns import Columns
from thongthin.present.setting.crossref import CrossReferences
from thongthin.present.setting.elements import Characters, Screen, lists_of_typst, set_elements
from thongthin.present.setting.evidence import Evidence
from thongthin.present.setting.front import abstract_boxes, fill, in_sections, word_front_matter
from thongthin.present.setting.references import References
from thongthin.present.setting.requests import Requests
from thongthin.present.setting.tables import Tables
from thongthin.present.setting.trees import Elements, Format, Meta, change, change_lists
from thongthin.present.setting.whole_words import WholeWords


class Setting:
    """How a document is set in each of its formats.

    Args:
        folder: the working copy (`render.working_copy`).
        data: what pandoc read of it, with what `metadata.yml` says (`render.held`).

    Raises:
        PandocFailed: the references can't be made.
    """

    def __init__(self, folder: Path, data: bytes) -> None:
        self.folder = folder
        tree = json.loads(data)
        self.references = References(folder, tree)
        self.data = json.dumps(tree).encode() if self.references.cited else data
        self.words = WholeWords(folder)

    def tree(self, format_: Format) -> dict[str, Any]:
        """The tree that a format is written from.

        Raises:
            LookupError: the document asks for, or refers to, what is not there.
        """
        tree: dict[str, Any] = json.loads(self.data)
        blocks, head = tree["blocks"], tree["meta"]
        meta = Meta.of(head.get("thongthin"))
        characters = Characters(meta)
        Requests(self.folder, meta, format_).fill(blocks)
        if format_ == "pdf":
            characters.replace(blocks)
        Evidence(meta, format_).lead(blocks)
        fill(blocks, meta)
        in_order, of_word = "in-order" in meta, format_ == "docx"
        tables = Tables(Columns(meta.within("page"), self.words, in_order=in_order, of_word=of_word), format_)
        if format_ == "docx":
            front = word_front_matter(blocks, meta)
            if tables.columns.column:
                in_sections(blocks, front, tables, self.folder)
        elif format_ == "pdf" and "abstract-box" in meta:
            abstract_boxes(blocks, meta)
        set_elements(blocks, format_, tables.columns, self.folder)
        tables.fit(blocks)
        if format_ == "html":
            Screen(self.folder, meta.said("enlarge")).set(blocks)
        self.references.set(blocks, format_)
        if format_ == "pdf":
            characters.replace(blocks)
            thai.set_pdf(blocks, self.words)
        else:
            if format_ == "docx":
                change(blocks, {"Span": thai.of_other_letters, "Div": thai.of_other_letters})
            if Meta(head).said("lang").startswith("th"):
                thai.set_thai(blocks)
        CrossReferences(meta.within("crossref"), format_).set(blocks)
        if format_ == "pdf":
            self._set_head(head, meta, characters)
            change_lists(blocks, thai.begin_no_line)
        return tree

    def _set_head(self, head: dict[str, Any], meta: Meta, characters: Characters) -> None:
        """The head of a PDF: properties, and the title with its words whole."""
        made = lists_of_typst(meta)
        _in_head(head, characters.replace)
        for name in ("title", "subtitle"):
            if name in head:
                self.words.keep(head[name]["c"], of_lists=thai.set_pdf_line)
        _in_head(head, lambda lines: change_lists(lines, thai.begin_no_line))
        head |= made


def _in_head(head: dict[str, Any], do: Callable[[Elements], object]) -> None:
    for lines in _lists_of(head):
        do(lines)


def _lists_of(value: Any) -> Iterator[Elements]:
    """The lists of elements of a head."""
    for own in value.values() if isinstance(value, dict) else value:
        if own["t"] in ("MetaInlines", "MetaBlocks"):
            yield own["c"]
        elif own["t"] in ("MetaMap", "MetaList"):
            yield from _lists_of(own["c"])
