"""Entries of a BibTeX or biblatex file, field by field, as they stand in it.

Abbreviations (`@string`, and the names of months) are put in, what an entry inherits (`crossref`) is added to it,
`@comment` and `@preamble` are passed over. Values keep their LaTeX: names are taken apart by its braces.

Fails, with a problem that names the line, on an entry that is not closed and on a field without a value; the entries
around it are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from thongthin.basics.problems import Problems

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BEGIN = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_NAME = re.compile(r"[^\s\"#%'(),={}]+")
# What a chapter takes from the book that it stands in, under another name (biblatex manual, appendix B).
_INHERITED = {"title": "booktitle", "subtitle": "booksubtitle"}
_NOT_INHERITED = {"crossref", "xref", "ids", "author", "shorttitle"}


@dataclass
class BibEntry:
    """An entry: its kind in small letters (``article``), its key, its line, its fields by name in small letters."""

    kind: str
    key: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)


class _Broken(Exception):
    """The text does not go on as it must; `at` is where."""

    def __init__(self, at: int, en: str, th: str) -> None:
        super().__init__(en)
        self.at, self.en, self.th = at, en, th


def read_bibtex(text: str, problems: Problems) -> list[BibEntry]:
    """The entries in their order; those that can be read, where some can't.

    Args:
        text: the content of the file.
        problems: collector, already bound to the file.
    """
    reading = _Reading(text)
    entries: list[BibEntry] = []
    at = 0
    while match := _BEGIN.search(text, at):
        line = text.count("\n", 0, match.start()) + 1
        try:
            at, entry = reading.entry(match, line)
        except _Broken as broken:
            problems.add(
                "bibtex",
                f"The entry that begins here cannot be read: {broken.en}.",
                f"อ่านรายการที่เริ่มตรงนี้ไม่ได้: {broken.th}",
                row=line,
                hint_en="Each field is a name, an equals sign, a value in {} or quotation marks, and a comma.",
                hint_th="แต่ละฟิลด์คือ ชื่อ เครื่องหมาย = และค่าใน {} หรือเครื่องหมายคำพูด ตามด้วยจุลภาค",
            )
            following = re.compile(r"^\s*@", re.MULTILINE).search(text, match.end())
            at = following.start() if following else len(text)
            continue
        if entry:
            entries.append(entry)
    _inherit(entries)
    return entries


class _Reading:
    def __init__(self, text: str) -> None:
        self.text = text
        self.strings = {month: f"{number:02}" for number, month in enumerate(_MONTHS, start=1)}

    def entry(self, match: re.Match[str], line: int) -> tuple[int, BibEntry | None]:
        """The entry that begins with `match`, and where it ends; None for what is no work."""
        kind, close = match[1].lower(), {"{": "}", "(": ")"}[match[2]]
        if kind in ("comment", "preamble"):
            return self._end_of_group(match.end() - 1, match[2], close), None
        if kind == "string":
            at, fields = self._fields(match.end(), close)
            self.strings |= {name: value for name, value in fields}
            return at, None
        key = re.compile(rf"\s*([^,\s{close}]*)\s*").match(self.text, match.end())
        assert key  # it may be empty
        entry = BibEntry(kind, key[1], line)
        at = key.end()
        if self.text[at : at + 1] == close:
            return at + 1, entry
        if self.text[at : at + 1] != ",":
            raise _Broken(at, "there is no comma behind its key", "ไม่มีจุลภาคหลังคีย์")
        at, fields = self._fields(at + 1, close)
        for name, value in fields:
            twice = entry.fields.get(name)
            # Some programs write a field several times, such as url or keywords.
            entry.fields[f"{name} (2)" if twice not in (None, value) else name] = value
        return at, entry

    def _fields(self, at: int, close: str) -> tuple[int, list[tuple[str, str]]]:
        fields: list[tuple[str, str]] = []
        while True:
            at = self._blank(at)
            if at >= len(self.text):
                raise _Broken(at, "it is not closed", "ไม่มีวงเล็บปิด")
            if self.text[at] == close:
                return at + 1, fields
            if self.text[at] == ",":
                at += 1
                continue
            name = _NAME.match(self.text, at)
            after = self._blank(name.end()) if name else at
            if not name or self.text[after : after + 1] != "=":
                found = " ".join(self.text[at : at + 20].split())
                raise _Broken(at, f'"{found}" is no field', f'"{found}" ไม่ใช่ฟิลด์')
            at, value = self._value(self._blank(after + 1))
            fields.append((name[0].lower(), value))

    def _value(self, at: int) -> tuple[int, str]:
        """A value, and where it ends: pieces in braces or quotation marks, numbers and abbreviations, joined by #."""
        pieces = []
        while True:
            if self.text[at : at + 1] == "{":
                end = self._end_of_group(at, "{", "}")
                pieces.append(self.text[at + 1 : end - 1])
            elif self.text[at : at + 1] == '"':
                end = self._end_of_quoted(at)
                pieces.append(self.text[at + 1 : end - 1])
            elif word := _NAME.match(self.text, at):
                end = word.end()
                pieces.append(self.strings.get(word[0].lower(), word[0]))
            else:
                raise _Broken(at, "a field has no value", "มีฟิลด์ที่ไม่มีค่า")
            at = self._blank(end)
            if self.text[at : at + 1] != "#":
                return at, "".join(pieces)
            at = self._blank(at + 1)

    def _blank(self, at: int) -> int:
        while at < len(self.text) and self.text[at].isspace():
            at += 1
        return at

    def _end_of_group(self, at: int, open_: str, close: str) -> int:
        depth = 0
        for place, character in self._unescaped(at):
            depth += (character == open_) - (character == close)
            if depth == 0:
                return place + 1
        raise _Broken(at, "a bracket is not closed", "มีวงเล็บที่ไม่ได้ปิด")

    def _end_of_quoted(self, at: int) -> int:
        depth = 0
        for place, character in self._unescaped(at + 1):
            depth += (character == "{") - (character == "}")
            if character == '"' and depth == 0:
                return place + 1
        raise _Broken(at, "a quotation mark is not closed", "มีเครื่องหมายคำพูดที่ไม่ได้ปิด")

    def _unescaped(self, at: int) -> Iterator[tuple[int, str]]:
        """Brackets and quotation marks from here on, without those behind a backslash."""
        for match in re.compile(r'\\.|[{}()"]', re.DOTALL).finditer(self.text, at):
            if len(match[0]) == 1:
                yield match.start(), match[0]


def _inherit(entries: list[BibEntry]) -> None:
    """Add to each entry what it takes from the one that it names in `crossref`."""
    by_key = {entry.key.lower(): entry for entry in entries if entry.key}
    for entry in entries:
        parent = by_key.get(entry.fields.get("crossref", "").strip().lower())
        if parent is None or parent is entry:
            continue
        del entry.fields["crossref"]
        for name, value in parent.fields.items():
            if name not in _NOT_INHERITED:
                entry.fields.setdefault(_INHERITED.get(name, name), value)


def split_names(value: str) -> list[str]:
    """The names of an author field, parted at each ``and`` that stands in no braces."""
    return [name for name in _split(value, re.compile(r"\s+and\s+|[{}]", re.IGNORECASE)) if name.strip()]


def split_commas(name: str) -> list[str]:
    """A name parted at its commas, those in braces aside."""
    return [part.strip() for part in _split(name, re.compile(r",|[{}]"))]


def _split(text: str, pattern: re.Pattern[str]) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in pattern.finditer(text):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]
