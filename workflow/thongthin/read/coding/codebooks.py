"""Codebooks as coding tools export them: REFI-QDA (`.qdc`), Taguette's documents and pages, and tables.

A table of a tool has a column for the name of each code, perhaps one for its description, and none of those of our own
codebook: Taguette writes `tag` and `description`, ATLAS.ti `Code` and `Comment`, NVivo `Name` and `Description`. Codes
are called by their whole paths: `a.b` in Taguette, `a > b` or `a\\b` in others. Taguette's document has a heading for
each tag, then the number of its highlights, then its description.

A project may keep all of its codes in one folder that is no code itself, as QualCoder's list of codes invites to: then
the themes are what stands in it, not the folder (`without_root`). A tag that Taguette puts into every new project, and
that nobody used or described, is left out.

Source: `taguette/export.py` and the template `export_codebook.html` of Taguette 1.4, and files of 1.5.2; the columns of
ATLAS.ti's Code Manager and of NVivo's codebook.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd

from thongthin.basics.damage import report_cut_page, report_damage, report_lost
from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.basics.text import read_text, report_missing
from thongthin.read.coding.code_names import tool_codes
from thongthin.read.coding.headers import key
from thongthin.read.coding.model import ToolCode
from thongthin.read.coding.refi import read_refi
from thongthin.read.coding.taguette import codes_of_tags
from thongthin.read.files.docx import read_docx, text_and_marks, word_attribute, word_name
from thongthin.read.files.sheets import read_sheet

DOCUMENTS = (".docx", ".html")
_NAMES = ("tag", "code", "code name", "codename", "name", "node", "รหัส", "ชื่อรหัส")
_DESCRIPTIONS = ("description", "definition", "comment", "memo", "คำอธิบาย", "นิยาม", "คำนิยาม", "ความหมาย")
# Taguette puts it into every new project.
_DEFAULT = ("interesting", "Further review required")


def read_exchanged(path: Path, problems: Problems) -> list[ToolCode]:
    """The codes of a `.qdc`, of a document or of a page; none, with a problem, if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    if not path.is_file():
        report_missing(path, problems)
        return []
    if path.suffix.lower() == ".qdc":
        coded = read_refi(path, problems)
        codes = coded.codes if coded else []
        _report_texts([(code.name, code.description) for code in codes], path, problems)
        return _levels(codes) if coded and coded.tool.startswith("Taguette") else codes
    before = len(problems)
    blocks = _document(path, problems) if path.suffix.lower() == ".docx" else _page(path, problems)
    if not blocks and len(problems) == before:
        problems.add(
            "unknown-codebook",
            "This document is no codebook of Taguette, with a heading and a number of highlights for each tag.",
            "เอกสารนี้ไม่ใช่สมุดรหัสของ Taguette ที่มีหัวข้อและจำนวนไฮไลต์ของแต่ละแท็ก",
            hint_en="Write the codes into codebook.csv or codebook.xlsx: a column label_en (or label_th) is enough.",
            hint_th="เขียนรหัสใน codebook.csv หรือ codebook.xlsx มีเพียงคอลัมน์ label_th (หรือ label_en) ก็พอ",
        )
    _report_texts([(tag, description) for tag, description, _ in blocks], path, problems)
    return _of_taguette(blocks, problems)


def _report_texts(codes: Sequence[tuple[str, str]], path: Path, problems: Problems) -> None:
    """Add what is damaged in names and descriptions; rows are those of the codes, from 1."""
    if path.suffix.lower() != ".html":  # of pages, reading has told it
        lines = (f"{name} {description}".replace("\n", " ") for name, description in codes)
        report_damage("\n".join(lines), path, problems)
    for column, texts in zip(("name", "description"), zip(*codes, strict=True), strict=False):
        rows_of: dict[str, list[int]] = {}
        for row, text in enumerate(texts, start=1):
            rows_of.setdefault(text, []).append(row)
        report_lost(list(rows_of), column, rows_of, problems)


def tool_table(path: Path, ours: Sequence[str], problems: Problems) -> list[ToolCode] | None:
    """The codes of a table that a tool exported; None if it is none, but perhaps one of our own.

    Args:
        path: a .csv or .xlsx.
        ours: the columns of our own codebook.
        problems: bound to the file with `Problems.at`.
    """
    if not path.is_file():
        return None
    frame, _ = read_sheet(path, Problems())
    by_key = {key(header): header for header in reversed(list(frame.columns))}
    name = next((by_key[known] for known in _NAMES if known in by_key), "")
    if not name or set(frame.columns) & set(ours):
        return None
    frame, here = read_sheet(path, problems)  # what is wrong with it is told, too
    described = next((by_key[known] for known in _DESCRIPTIONS if known in by_key), "")
    descriptions = frame[described] if described else pd.Series("", index=frame.index)
    rows = [(one_line(tag), text) for tag, text in zip(frame[name], descriptions, strict=True) if tag]
    if "number of highlights" in by_key:
        counts = frame.loc[frame[name] != "", by_key["number of highlights"]]
        return _of_taguette([(*row, count) for row, count in zip(rows, counts, strict=True)], here)
    said = dict(reversed(rows))  # of two rows of one name the first counts
    return [replace(code, description=said.get(code.id, "")) for code in tool_codes(tag for tag, _ in rows)]


def without_root(codes: Sequence[ToolCode], problems: Problems) -> list[ToolCode]:
    """The codes without a folder that holds all of them, which is told.

    Only a folder that is no code itself is taken away: what was coded with it would be lost.
    """
    left = list(codes)
    while True:
        known = {code.id for code in left}
        roots = [code for code in left if code.parent not in known]
        if len(roots) != 1 or roots[0].codable or len(left) < 2:
            return left
        [root] = roots
        left = [replace(code, parent="" if code.parent == root.id else code.parent) for code in left if code != root]
        problems.notice(
            "root-folder",
            f'All codes stand in "{root.name}", which is no code itself: the themes are what stands directly in it.',
            f'รหัสทั้งหมดอยู่ใน "{root.name}" ซึ่งไม่ใช่รหัส ประเด็นหลักจึงเป็นสิ่งที่อยู่ใต้ชื่อนี้โดยตรง',
            hint_en="If it is the only theme, write it into codebook.csv, above its parts.",
            hint_th="หากชื่อนี้คือประเด็นหลักเพียงประเด็นเดียว ให้เขียนไว้ใน codebook.csv เหนือรหัสย่อย",
        )


def _levels(codes: Sequence[ToolCode]) -> list[ToolCode]:
    """Tags of Taguette below each other; ids are made from their names, not from what they are called there."""
    return [replace(code, details={}) for code in codes_of_tags(codes)]


def _of_taguette(blocks: Iterable[tuple[str, str, str]], problems: Problems) -> list[ToolCode]:
    """The codes of tag, description, number of highlights."""
    tags = []
    for tag, description, count in blocks:
        if (tag, description) == _DEFAULT and count == "0":
            problems.notice(
                "default-tag",
                f'The tag "{tag}", which Taguette puts into every project, was never used, and is left out.',
                f'แท็ก "{tag}" ที่ Taguette ใส่ไว้ในทุกโครงการไม่เคยถูกใช้ จึงไม่นับเป็นรหัส',
            )
        else:
            tags.append(ToolCode(tag, tag, description=description))
    return _levels(tags)


def _blocks(parts: Iterable[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """Tag, description, number of highlights, from paragraphs and what each is ("h2": a tag).

    Below each tag stands how many highlights it has in how many documents, in the language of whoever exported; where
    it does not, this is no codebook, and has no blocks; nor where such a line stands within a description, as it does
    where the heading of the next tag was lost.
    """
    found: list[list[str]] = []
    for kind, text in parts:
        if kind == "h2":
            found.append([text])
        elif found:
            found[-1].append(text)
    counts = [re.findall(r"\d+", block[1]) if len(block) > 1 else [] for block in found]
    if not found or not all(len(numbers) == 2 for numbers in counts):
        return []
    written = {re.sub(r"\d+", "#", block[1]) for block in found}
    if any(re.sub(r"\d+", "#", text) in written for block in found for text in block[2:]):
        return []
    return [
        (one_line(tag), "\n".join(said).strip(), numbers[0])
        for (tag, _, *said), numbers in zip(found, counts, strict=True)
    ]


def _document(path: Path, problems: Problems) -> list[tuple[str, str, str]]:
    read = read_docx(path, problems)
    parts = []
    for paragraph in read[0].iter() if read else ():
        if word_name(paragraph) == "p":
            styles = [word_attribute(part, "val") for part in paragraph.iter() if word_name(part) == "pStyle"]
            around = type(paragraph)("body")
            around.append(paragraph)
            heading = "".join(styles[:1]).replace(" ", "").lower()
            parts.append(("h2" if heading == "heading2" else "p", normalise_text(text_and_marks(around)[0])))
    return _blocks(parts)


def _page(path: Path, problems: Problems) -> list[tuple[str, str, str]]:
    text = read_text(path, problems)
    page = _Page()
    page.feed(text or "")
    page.close()
    blocks = _blocks((kind, normalise_text(part).strip()) for kind, part in page.parts)
    return [] if blocks and report_cut_page(text or "", problems) else blocks


class _Page(HTMLParser):
    """The headings and paragraphs of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[tuple[str, str]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "p"):
            self.parts.append((tag, ""))
            self._open = True

    def handle_endtag(self, tag: str) -> None:
        if tag in ("h2", "p"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            kind, text = self.parts[-1]
            self.parts[-1] = kind, text + data
