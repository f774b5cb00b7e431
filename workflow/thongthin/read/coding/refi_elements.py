"""Elements of a project in the exchange format REFI-QDA: their ids, numbers, texts and names."""

from __future__ import annotations

import re
import sys
import xml.etree.ElementTree as ET
from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from thongthin.basics.language import one_line
from thongthin.read.files.xml_records import local_name

_INTEGER = re.compile(r"\s*[+-]?[0-9]{1,15}\s*")


class Marked(NamedTuple):
    """A selection as it stands in the file, before its references are followed."""

    source: str
    start: int | str | None  # the id of a sync point in a transcript
    end: int | str | None
    codes: tuple[str, ...]
    user: str
    quoted: str
    what: str
    id: str
    named: bool = False  # whether `quoted` is a name, which may be the passage


def name_of_source(element: ET.Element) -> str:
    """What a document is called; without a name, what its file is called, or its id."""
    paths = (element.get(key, "").replace("\\", "/") for key in ("path", "richTextPath", "plainTextPath"))
    names = (element.get("name", ""), *(path.rpartition("/")[2] for path in paths))
    return next((name for name in names if one_line(name)), guid_of(element))


def quoted_by_name(mark: Marked) -> str:
    """The name of a selection if it can be the passage: cut and marked so, or of its length in some unit.

    Tools put the passage there (ATLAS.ti cuts it after 100 characters and adds "…", QualCoder doesn't), but people
    also give names. Line ends have become spaces, and white space around may be gone.
    """
    name = mark.quoted
    length = mark.end - mark.start if isinstance(mark.start, int) and isinstance(mark.end, int) else -1
    if name.endswith(("…", "...")):
        return name if len(name.rstrip("….")) <= length else ""
    lengths = (len(name), len(name.encode("utf-16-le", "surrogatepass")) // 2, len(name.encode("utf-8", "replace")))
    white = sum(map(str.isspace, name)) + 2
    return name if name and any(0 <= length - n <= white for n in lengths) else ""


def without_mirrored(marked: list[Marked]) -> Iterator[Marked]:
    """Selections without those of areas of a PDF that stand in its plain text too (ATLAS.ti writes both, one id)."""
    in_text = {(mark.source, mark.id, mark.user, mark.codes) for mark in marked if mark.start is not None}
    for mark in marked:
        if mark.what != "area" or (mark.source, mark.id, mark.user, mark.codes) not in in_text:
            yield mark


def guid_of(element: ET.Element, attribute: str = "guid") -> str:
    return sys.intern(element.get(attribute, "").strip().strip("{}").lower())


def integer_of(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def children_of(element: ET.Element, name: str) -> Iterator[ET.Element]:
    return (child for child in element if local_name(child) == name)


def text_of(element: ET.Element, name: str) -> str:
    """The text of the first child of a name."""
    child = next(children_of(element, name), None)
    return "" if child is None else child.text or ""


def nearest(around: Sequence[ET.Element], names: Container[str]) -> ET.Element | None:
    return next((element for element in reversed(around) if local_name(element) in names), None)
