"""Highlights that Taguette exports: as a table (.csv, .xlsx), as a page (.html), and as a document (.docx).

The table has a row for each highlight and tag, with the columns id, document, tag, content; the page has, between
rules, each highlight, its document and its tags, and the document is what calibre makes of the page: labels in the
language of whoever exported ("Document:", "Tags:"), all tags on one line. None holds positions or a coder, so that
selections are known by their text alone; the project itself (.sqlite3) holds both and is the better source. In the
table Taguette puts a space wherever formatting changes, even within a word. Source: `taguette/export.py`, `convert.py`
and the template `export_highlights.html` of Taguette 1.4 (github.com/remram44/taguette); a document of 1.5.2.

Fails, with problems, on a page that is no such export or whose labels differ, a table without rows, highlights without
text or document, and one highlight that stands there with two texts.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Collection, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from thongthin.basics.damage import report_cut_page
from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text
from thongthin.read.coding.code_names import CodeNames, tool_codes
from thongthin.read.coding.model import CodedFile, Reader, Selection, Source
from thongthin.read.files.docx import word_attribute, word_name

HEADERS = {"id", "document", "tag", "content"}

# Elements whose text is a paragraph by itself; in a highlight Taguette keeps no others but marks within the line.
_BLOCKS = {"p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "br", "img"}
_UNSEEN = {"head", "title", "style", "script"}


def highlights(frame: pd.DataFrame, problems: Problems, coder: str | None = None) -> CodedFile:
    """The table of an export as selections, one for each highlight, in the order of the table.

    Args:
        frame: the columns `HEADERS`, as from `sheets.read_sheet`.
        problems: bound to the file and sheet.
        coder: who coded; the table does not tell.
    """
    if frame.empty:
        problems.add("no-rows", "This table has a header but no rows.", "ตารางนี้มีเพียงหัวตาราง ไม่มีข้อมูล", row=1)
    frame = frame.set_axis([header.lower() for header in frame.columns], axis="columns")
    first: dict[str, int] = {}
    tags: dict[str, list[str]] = {}
    said: dict[str, tuple[str, str]] = {}
    for row, id_, document, tag, content in zip(
        frame.index.tolist(), frame["id"], frame["document"], frame["tag"], frame["content"], strict=True
    ):
        for column, cell in (("id", id_), ("document", document), ("content", content)):
            if not cell:
                problems.add("empty-cell", "This cell must not be empty.", "ช่องนี้ต้องไม่ว่าง", row=row, column=column)
        if said.setdefault(id_, (document, content)) != (document, content):
            problems.add(
                "double-highlight",
                f'Highlight "{id_}" reads otherwise in row {first[id_]}.',
                f'ไฮไลต์ "{id_}" มีข้อความต่างจากแถวที่ {first[id_]}',
                row=row,
                column="id",
                hint_en="Are these exports of two projects in one table? Keep each in its own file.",
                hint_th="รวมการส่งออกจากสองโครงการไว้ในตารางเดียวหรือไม่ ให้แยกเป็นคนละไฟล์",
            )
        first.setdefault(id_, row)
        tags.setdefault(id_, []).extend([tag] if tag else [])
    return _coded(
        [
            Selection(document, None, None, tuple(dict.fromkeys(tags[id_])), coder or "", content, f"row {row}", row)
            for id_, row in first.items()
            for document, content in [said[id_]]
            if document
        ],
        problems.file,
    )


def read_taguette_page(
    path: Path, problems: Problems, coder: str | None = None, known: Collection[str] = ()
) -> CodedFile | None:
    """The page of an export as selections, in the order of the page; None if it is no such page.

    Args:
        problems: bound to the file with `Problems.at`.
        coder: who coded; the page does not tell.
        known: ids and labels of the codebook; they tell commas in a tag from commas between tags, should the page have
            lost its line ends.
    """
    page = read_text(path, problems)
    if page is None:
        return None
    parser = _Page()
    parser.feed(page)
    parser.close()
    blocks = [block for block in parser.blocks if block.ends_with_details or block.text]
    if not blocks or not all(block.ends_with_details for block in blocks):
        problems.add(
            "unknown-page",
            "This page is no export of highlights from Taguette."
            if not any(block.ends_with_details for block in blocks)
            else "This page was an export of highlights from Taguette, but not every highlight tells its document.",
            "หน้านี้ไม่ใช่การส่งออกไฮไลต์จาก Taguette หรือไฮไลต์บางรายการไม่บอกเอกสาร",
            hint_en="In Taguette choose Highlights, then Export this view; or put the project itself (.sqlite3) here.",
            hint_th="ใน Taguette เลือก Highlights แล้วส่งออก หรือวางไฟล์โครงการ (.sqlite3) ไว้ที่นี่",
        )
        return None
    if report_cut_page(page, problems):
        return None
    return _highlighted(blocks, problems, coder, known)


def read_taguette_document(
    document: ET.Element, problems: Problems, coder: str | None = None, known: Collection[str] = ()
) -> CodedFile | None:
    """A document of an export as selections, in its order; None if it is no such document.

    Args:
        document: as from `readers.docx.read_docx`.
        problems, coder, known: as for `read_taguette_page`.
    """
    paragraphs = [
        [run for element in paragraph.iter() if word_name(element) == "r" and (run := _text_of(element))]
        for paragraph in document.iter()
        if word_name(paragraph) == "p"
    ]
    style = next((word_attribute(element, "val") for element in document.iter() if word_name(element) == "pStyle"), "")
    if not style.startswith("Heading"):
        return None
    said = [_labels(paragraph) for paragraph in paragraphs]
    # The labels are those of the last highlight; how calibre marks them as strong differs between paragraphs.
    labels = next(
        (found for paragraph, found in zip(reversed(paragraphs), reversed(said), strict=True) if paragraph), None
    )
    if labels is None:
        return None
    blocks = [_Block()]
    for paragraph, found in zip(paragraphs[1:], said[1:], strict=True):  # behind the title
        if found == labels:
            blocks[-1].paragraphs.append([(run, run.strip() in labels) for run in paragraph])
            blocks.append(_Block())
        elif paragraph:
            blocks[-1].paragraphs.append([(run, False) for run in paragraph])
    return _highlighted(blocks[:-1], problems, coder, known)


def _text_of(run: ET.Element) -> str:
    return "".join(
        (part.text or "") if word_name(part) == "t" else "\n" for part in run if word_name(part) in ("t", "br")
    )


def _labels(runs: Sequence[str]) -> tuple[str, str] | None:
    """The labels of a paragraph that tells a document and its tags; None if it tells none."""
    filled = [run.strip() for run in runs if run.strip()]
    ends = all(part.endswith((":", "：")) for part in filled[:3:2])
    return (filled[0], filled[2]) if 3 <= len(filled) <= 4 and ends else None


def _highlighted(blocks: Sequence[_Block], problems: Problems, coder: str | None, known: Collection[str]) -> CodedFile:
    """The highlights of a page or document, in its order."""
    _report_labels(blocks, problems)
    names = CodeNames(known)
    details = [block.details() for block in blocks]
    names.learn(tags for _, tags in details)
    selections = []
    for number, (block, (document, tags)) in enumerate(zip(blocks, details, strict=True), start=1):
        if not block.text or not document:
            problems.add(
                "empty-highlight",
                f"Highlight {number} has no {'text' if document else 'document'}.",
                f"ไฮไลต์ที่ {number} ไม่มี{'ข้อความ' if document else 'ชื่อเอกสาร'}",
            )
            continue
        # Taguette writes each tag on a line of its own, with a comma behind all but the last.
        lines = (
            re.split(r",[ \t]*\n", tags) if "\n" in tags.strip() else list(names.split(tags, listed=True, commas=True))
        )
        codes = dict.fromkeys(filter(None, map(one_line, lines)))
        selections.append(Selection(document, None, None, tuple(codes), coder or "", block.text, f"highlight {number}"))
    return _coded(selections, problems.file)


def _report_labels(blocks: Sequence[_Block], problems: Problems) -> None:
    """Add a problem for each highlight whose labels are not those of the others: what stands behind them is lost."""
    usual = max(Counter(block.labels for block in blocks).items(), key=lambda item: item[1], default=((), 0))[0]
    for number, block in enumerate(blocks, start=1):
        if block.labels != usual:
            problems.add(
                "damaged-labels",
                f'Highlight {number} has "{" ".join(block.labels)[:80]}" where others have "{" ".join(usual)}".',
                f'ไฮไลต์ที่ {number} มี "{" ".join(block.labels)[:80]}" แต่ไฮไลต์อื่นมี "{" ".join(usual)}"',
                hint_en="Was the page edited, or are there two languages in it? Export it from Taguette again.",
                hint_th="มีการแก้ไขหน้านี้หรือไม่ หรือปนสองภาษา ให้ส่งออกจาก Taguette ใหม่",
            )


def _coded(selections: list[Selection], file: str) -> CodedFile:
    documents = dict.fromkeys(selection.source for selection in selections)
    return CodedFile(
        file,
        "taguette",
        "Taguette",
        sources=[Source(name, name) for name in documents],
        # A tag may be called anything; signs in it part no levels.
        codes=tool_codes(names := [code for selection in selections for code in selection.codes], names),
        selections=selections,
        units=(),
    )


class _Block:
    """What stands between two rules of the page: paragraphs, the last of which should be the details."""

    def __init__(self) -> None:
        # Each paragraph in pieces: the text, and whether it stands in <strong>.
        self.paragraphs: list[list[tuple[str, bool]]] = [[]]

    @property
    def _filled(self) -> list[list[tuple[str, bool]]]:
        return [paragraph for paragraph in self.paragraphs if "".join(text for text, _ in paragraph).strip()]

    @property
    def ends_with_details(self) -> bool:
        """Whether the last paragraph begins with a strong label and has a second one (in whatever language)."""
        if not self._filled:
            return False
        pieces = [(text, strong) for text, strong in self._filled[-1] if text.strip()]
        return pieces[0][1] and sum(strong for _, strong in pieces) == 2

    @property
    def text(self) -> str:
        """The highlight: the paragraphs in front of the details, a line each."""
        paragraphs = self._filled[:-1] if self.ends_with_details else self._filled
        return "\n".join(normalise_text("".join(text for text, _ in paragraph)).strip() for paragraph in paragraphs)

    @property
    def labels(self) -> tuple[str, ...]:
        """The strong labels of the details, as "Document:" and "Tags:" in English."""
        return tuple(one_line(text) for text, strong in self._filled[-1] if strong)

    def details(self) -> tuple[str, str]:
        """The document, and the tags as they are written."""
        parts: list[str] = []
        for text, strong in self._filled[-1]:
            if strong:
                parts.append("")
            elif parts:
                parts[-1] += text
        return one_line(parts[0]), parts[1]


class _Page(HTMLParser):
    """The page in blocks, without its title; text only, whatever else stands in it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks = [_Block()]
        self._strong = 0
        self._unseen = ""
        self._titled = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._unseen and (tag in _UNSEEN or (tag == "h1" and not self._titled)):
            self._unseen = tag
            self._titled |= tag == "h1"
        if tag == "hr":
            self.blocks.append(_Block())
        elif tag == "strong":
            self._strong += 1
        elif tag in _BLOCKS:
            self._strong = 0 if tag == "p" else self._strong
            self.blocks[-1].paragraphs.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == self._unseen:
            self._unseen = ""
        if tag == "strong":
            self._strong = max(self._strong - 1, 0)
        elif tag in _BLOCKS:
            self.blocks[-1].paragraphs.append([])

    def handle_data(self, data: str) -> None:
        if self._unseen:
            return
        paragraph = self.blocks[-1].paragraphs[-1]
        if paragraph and paragraph[-1][1] == bool(self._strong):
            paragraph[-1] = (paragraph[-1][0] + data, paragraph[-1][1])
        else:
            paragraph.append((data, bool(self._strong)))


TAGUETTE_PAGE = Reader("taguette", "Taguette", (".html", ".htm"), read_taguette_page)
