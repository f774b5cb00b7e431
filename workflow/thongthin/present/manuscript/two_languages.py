"""One document in two languages, held against each other section by section.

Sections are paired by their ids, and those without one by their place between those that have one. Within a pair,
tables, figures and quotes must come in the same order; values, claims, citations, notes and the numbers that are marked
as fixed must be the same, wherever they stand in the section, since sentences of two languages run differently.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from thongthin.basics.language import BUDDHIST_ERA, arabic_digits
from thongthin.present.manuscript.passages import Manuscript, Section, Sign

# What is compared, and what it is called in English and in Thai.
KINDS = {
    "section": ("sections", "หัวข้อ"),
    "table": ("tables", "ตาราง"),
    "figure": ("figures", "รูป"),
    "quote": ("quotes", "คำพูด"),
    "value": ("values", "ค่า"),
    "claim": ("claims", "ข้อกล่าวอ้าง"),
    "work": ("works cited", "งานที่อ้างอิง"),
    "reference": ("references to tables, figures and sections", "การอ้างถึงตาราง รูป และหัวข้อ"),
    "fixed": ("numbers marked as fixed", "ตัวเลขที่ทำเครื่องหมายว่าคงที่"),
    "note": ("notes", "เชิงอรรถ"),
}
_IN_ORDER = ("table", "figure", "quote")
_NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+")


class Difference(NamedTuple):
    """What a section has in one language and not in the other.

    Attributes:
        thai, english: the section in each language; None where it has none.
        kind: one of `KINDS`.
        only_thai, only_english: what stands there only; of an order that differs, all in each order; of a section
            that stands elsewhere, both.
    """

    thai: Section | None
    english: Section | None
    kind: str
    only_thai: tuple[str, ...]
    only_english: tuple[str, ...]


class Pair(NamedTuple):
    """A section in both languages; None where one has none. `moved` says that it stands at another place there."""

    thai: Section | None
    english: Section | None
    moved: bool = False


def paired(thai: Manuscript, english: Manuscript) -> list[Pair]:
    """The sections of both, in order. A heading without an id and without text (of the references) is none."""
    own, other = ([section for section in own.sections if _says_something(section)] for own in (thai, english))
    here, there = ([section.id or f"#{section.level}" for section in sections] for sections in (own, other))
    pairs: list[Pair] = []
    for tag, i, k, j, m in SequenceMatcher(None, here, there, autojunk=False).get_opcodes():
        if tag == "equal":
            pairs += [Pair(*both) for both in zip(own[i:k], other[j:m], strict=True)]
        else:
            pairs += [Pair(section, None) for section in own[i:k]]
            pairs += [Pair(None, section) for section in other[j:m]]
    alone = {pair.english.id: pair.english for pair in pairs if pair.english and not pair.thai and pair.english.id}
    moved = {pair.thai.id for pair in pairs if pair.thai and not pair.english and pair.thai.id in alone}
    return [
        Pair(pair.thai, alone[pair.thai.id], moved=True) if pair.thai and pair.thai.id in moved else pair
        for pair in pairs
        if pair.thai or (pair.english and pair.english.id not in moved)
    ]


def differences(pairs: Sequence[Pair]) -> Iterator[Difference]:
    """What differs between a document in Thai and in English, section by section."""
    for thai, english, moved in pairs:
        if moved or not thai or not english:
            titles = ((section.title,) if section else () for section in (thai, english))
            yield Difference(thai, english, "section", *titles)
        if thai and english:
            yield from _between(thai, english)


def _says_something(section: Section) -> bool:
    return bool(section.id or section.shown or any(passage.kind != "heading" for passage in section.passages))


def _between(thai: Section, english: Section) -> Iterator[Difference]:
    for kind in _IN_ORDER:
        own, other = ([shown.name for shown in section.shown if shown.kind == kind] for section in (thai, english))
        if own != other:
            if sorted(own) != sorted(other):
                own, other = _less(own, other), _less(other, own)
            yield Difference(thai, english, kind, tuple(own), tuple(other))
    here, there = _said(thai), _said(english)
    for kind in KINDS:
        only = [tuple(name for name in mine.get(kind, {}) if name not in yours.get(kind, {}))
                for mine, yours in ((here, there), (there, here))]  # fmt: skip
        if only[0] or only[1]:
            yield Difference(thai, english, kind, *only)


def _less(names: Sequence[str], others: Sequence[str]) -> list[str]:
    return list((Counter(names) - Counter(others)).elements())


def _said(section: Section) -> dict[str, dict[str, None]]:
    """What stands in the text of a section, by kind, in its order."""
    said: dict[str, dict[str, None]] = {}
    notes = 0
    for passage in section.passages:
        for claim in passage.claims:
            said.setdefault("claim", {})[claim] = None
        for thing in passage.things:
            if thing.sign == Sign.VALUE:
                said.setdefault("value", {})[thing.names[0]] = None
            elif thing.sign in (Sign.CITED, Sign.CITING):
                said.setdefault("work", {}).update(dict.fromkeys(thing.names))
            elif thing.sign == Sign.REFERENCE:
                said.setdefault("reference", {}).update(dict.fromkeys(thing.names))
            elif thing.sign == Sign.FIXED:
                said.setdefault("fixed", {}).update(dict.fromkeys(_numbers(thing.text)))
            elif thing.sign == Sign.NOTE:
                notes += 1
                said.setdefault("note", {})[f"[{notes}]"] = None
    return said


def _numbers(text: str) -> Iterator[str]:
    """The numerals of a text, each in one form; years in the Common Era."""
    for match in _NUMERAL.finditer(arabic_digits(text)):
        number = match[0].replace(",", "")
        year = re.fullmatch(r"2[45]\d\d", number)
        yield str(int(number) - BUDDHIST_ERA) if year else number.lstrip("0") or "0"
