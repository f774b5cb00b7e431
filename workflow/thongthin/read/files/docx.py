"""Word documents (.docx) as text, and where in that text its marks stand.

Each paragraph is a line, those in tables and text boxes too, as the document reads with all tracked changes accepted:
what was deleted or moved away is gone, and so is the line end of a paragraph whose mark was deleted. The text is not
normalised. Interviews and coders' copies of them are read by the same functions, so that positions in one hold in the
other.

Fails, with problems, on a file that is no Word document, damaged, protected by a password, or one that
`readers.archive` refuses.
"""

from __future__ import annotations

import functools
import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from thongthin.basics.problems import Problems
from thongthin.read.files.archive import Archive, Refused
from thongthin.read.files.xml_records import local_name, parse_xml

# As Word writes, and as its "strict" variant does.
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What is gone once changes are accepted: as it stands around text, and as a mark of a paragraph, a row or a cell.
_DELETED = {"del", "moveFrom"}
_DELETED_PART = {"p": ("pPr", "rPr"), "tr": ("trPr",), "tc": ("tcPr",)}


class Mark(NamedTuple):
    """An element that marks a place in the text.

    Attributes:
        before, after: code points at which the text before it ends and the text after it starts. They differ where it
            stands between two paragraphs.
    """

    element: ET.Element
    before: int
    after: int


def read_docx(
    path: Path, problems: Problems, parts: Collection[str] = ()
) -> tuple[ET.Element, dict[str, ET.Element]] | None:
    """The document, and those of its other parts that are asked for and there; None with a problem added.

    Args:
        problems: bound to the file with `Problems.at`.
        parts: kinds of relationship by the last word of their type, such as ``comments``.
    """
    try:
        with Archive(path) as archive:
            main = _related(archive, "", "officeDocument")
            document = parse_xml(archive.chunks(main)) if main else None
            if main is None or document is None or word_name(document) != "document":
                _report_unreadable(problems)
                return None
            members = {kind: _related(archive, main, kind) for kind in parts}
            return document, {kind: parse_xml(archive.chunks(name)) for kind, name in members.items() if name}
    except Refused as refused:
        if refused.kind == "unreadable":  # a password makes another kind of file of it
            _report_unreadable(problems)
        else:
            refused.report(problems)
        return None


def docx_text(path: Path, problems: Problems) -> str | None:
    """The text of a document; None with a problem added if it can't be read.

    Args:
        problems: bound to the file with `Problems.at`.
    """
    read = read_docx(path, problems)
    return text_and_marks(read[0])[0] if read else None


def text_and_marks(root: ET.Element, marks: Collection[str] = ()) -> tuple[str, list[Mark]]:
    """The text within an element, and where the elements called `marks` stand in it, in the order of the file.

    Args:
        root: a document, or one comment.
        marks: names of elements without namespace, such as ``commentRangeStart``.
    """
    reading = _Reading(marks)
    reading.walk(root, None, False)
    starts: list[int] = []
    pieces: list[str] = []
    length = 0
    for line in reading.lines:
        starts.append(length)
        pieces += [*line.pieces, "" if line.runs_on else "\n"]
        length += line.length + (not line.runs_on)
    text = "".join(pieces)
    if reading.lines and not reading.lines[-1].runs_on:
        text = text[:-1]
    placed = []
    for element, at, offset in reading.marks:
        if offset is not None:
            before = after = starts[at] + offset
        else:
            before = starts[at - 1] + reading.lines[at - 1].length if at else 0
            after = starts[at] if at < len(starts) else len(text)
        placed.append(Mark(element, before, after))
    return text, placed


@functools.cache
def _word_name(tag: str) -> str:
    namespace, _, name = tag.rpartition("}")
    return name if namespace[1:] in _NAMESPACES else ""


def word_name(element: ET.Element) -> str:
    """The name of an element of Word's own namespace; empty for any other element."""
    return _word_name(element.tag)


def word_attribute(element: ET.Element, name: str) -> str:
    """An attribute in Word's own namespace; empty if it is not there."""
    values = (element.get(f"{{{namespace}}}{name}") for namespace in _NAMESPACES)
    return next((value for value in values if value is not None), "")


class _Line:
    """One paragraph: its text in pieces, and whether the next one goes on in the same line."""

    def __init__(self, runs_on: bool) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.runs_on = runs_on

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.length += len(text)


class _Reading:
    """Lines, and marks as element, line and offset in it (None: in front of that line), collected on one walk."""

    def __init__(self, marks: Collection[str]) -> None:
        self.wanted = frozenset(marks)
        self.lines: list[_Line] = []
        self.marks: list[tuple[ET.Element, int, int | None]] = []

    def walk(self, element: ET.Element, at: int | None, deleted: bool) -> None:
        """Read what stands in `element`, `at` being the number of the line that is open around it."""
        in_run = word_name(element) == "r"
        for child in element:
            name = word_name(child)
            if name in self.wanted:
                here = len(self.lines) if at is None else at
                self.marks.append((child, here, None if at is None else self.lines[at].length))
            if in_run and (name == "t" or name in _SIGNS):
                if at is not None and not deleted:
                    self.lines[at].add(_SIGNS.get(name) or child.text or "")
            elif name == "p" and not deleted:
                # A text box stands in a paragraph: its lines follow the line that is open around it.
                self.lines.append(_Line(_is_deleted(child)))
                self.walk(child, len(self.lines) - 1, False)
            elif local_name(child) != "Fallback":  # a text box stands twice; the second time for old programs
                gone = deleted or name in _DELETED or (name in ("tr", "tc") and _is_deleted(child))
                self.walk(child, at, gone)


def _is_deleted(element: ET.Element) -> bool:
    """Whether the mark of a paragraph, a row or a cell was deleted or moved away."""
    for step in _DELETED_PART[word_name(element)]:
        below = next((child for child in element if word_name(child) == step), None)
        if below is None:
            return False
        element = below
    return any(word_name(child) in (*_DELETED, "cellDel") for child in element)


def _related(archive: Archive, source: str, kind: str) -> str | None:
    """The member that is related to `source` ("": the package) in a way whose type ends in `kind`."""
    folder, name = posixpath.split(source)
    relations = archive.find(posixpath.join(folder, "_rels", f"{name}.rels"))
    if relations is None:
        return None
    for relation in parse_xml(archive.chunks(relations)):
        if relation.get("Type", "").rpartition("/")[2] == kind and relation.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", "")))
            if member := archive.find(target.lstrip("/")):
                return member
    return None


def _report_unreadable(problems: Problems) -> None:
    problems.add(
        "unreadable",
        "This file cannot be read as a Word document.",
        "อ่านไฟล์นี้ในรูปแบบ Word ไม่ได้",
        hint_en="Open it in Word, take any password off, and save it as .docx again; or take a fresh copy.",
        hint_th="เปิดใน Word ยกเลิกรหัสผ่าน แล้วบันทึกเป็น .docx ใหม่ หรือใช้สำเนาที่ไม่เสีย",
    )
