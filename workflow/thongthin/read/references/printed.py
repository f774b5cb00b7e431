"""A printed list of references, read as text: its lists, and what stands where in each entry.

An entry is a line (or lines without an empty one between them) in which a year stands in brackets of its own. The
lists begin below a heading such as เอกสารอ้างอิง or References, if the file has one; otherwise the whole file is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from thongthin.basics.language import BUDDHIST_ERA, Language, arabic_digits, has_thai
from thongthin.read.references.names import is_body
from thongthin.read.references.slips import ADDRESS

_HEADING = re.compile(
    r"^(?:#{1,6}\s*|\*\*)?\s*(?:\d+[.)]?\s*)?(?:\w+\s+){0,6}?(?:references?|bibliograph\w*|works cited"
    r"|เอกสารอ้างอิง|รายการอ้างอิง|บรรณานุกรม|เอกสารและสิ่งอ้างอิง)\b[^.]{0,60}$",
    re.IGNORECASE,
)
_MARKED_HEADING = re.compile(r"^#{1,6}\s+(.*)$")
_TRANSLATED = re.compile(r"translat|แปล", re.IGNORECASE)
# What parts of a list are called where their headings are not marked.
_SUBHEADING = re.compile(
    r"^(?:ภาษาไทย|ภาษาอังกฤษ|ภาษาต่างประเทศ|เอกสารภาษา\S*|หนังสือ(?:และ\S*)?|วารสาร|บทความ(?:วารสาร)?|วิทยานิพนธ์|เว็บไซต์|สื่อ(?:ออนไลน์|อิเล็กทรอนิกส์)"
    r"|(?:in )?thai|(?:in )?english|foreign languages?|books?|journals?|articles?|theses|web ?sites?|online)\s*:?$",
    re.IGNORECASE,
)
_LONGEST_BY, _LONGEST_HEADING = 400, 80
# Where so many lines have a year, each is an entry.
_EACH_DATED = 0.8
_AFTER = re.compile(r"^#{0,6}\s*(?:ภาคผนวก|appendi(?:x|ces)|ประวัติผู้(?:เขียน|วิจัย)|about the authors?)", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:\d{1,3}[.)]|\[\d{1,3}\]|[-*+•])\s+(?=\S)")
YEAR = re.compile(
    r"\(\s*(?:พ\.\s?ศ\.\s*)?(?P<year>(?:1[89]|2[0-6])\d\d)?(?P<none>ม\.?\s?ป\.?\s?ป\.?|n\.\s?d\.?)?(?P<suffix>-?[a-zก-ฮ])?"
    r"(?P<day>\s*,[^()]{2,30})?\s*\)"
)
_VOLUME = re.compile(
    r",?\s*(?P<volume>\d+)\s*\((?P<issue>[^()]{1,20})\)\s*[,:]?\s*(?:หน้า|น\.|pp?\.)?\s*(?P<page>\d+(?:\s*[-–]\s*\d+)?)"
)
_READ_ON = re.compile(r"(?:สืบค้น|เข้าถึง|ค้น)(?:ข้อมูล)?(?:เมื่อ)?(?:วันที่)?|Retrieved|Accessed", re.IGNORECASE)
_EDITOR = re.compile(r"\(\s*(?:บรรณาธิการ|บก\.?|eds?\.?|editors?)\s*\)", re.IGNORECASE)
_AND = re.compile(r"(?:^|,|\s)\s*(?:และ|and\s|&)\s*(?!คณะ)")


@dataclass(frozen=True)
class Entry:
    """A printed entry.

    Attributes:
        number: its place in its list, from 1.
        line: where it stands in the file.
        text: as printed, on one line, without the number before it.
    """

    number: int
    line: int
    text: str

    @cached_property
    def _year(self) -> re.Match[str] | None:
        return next(
            (match for match in YEAR.finditer(arabic_digits(self.text)) if match["year"] or match["none"]), None
        )

    @property
    def has_year(self) -> bool:
        """Whether a year, or that there is none, stands in brackets of its own."""
        return self._year is not None

    @property
    def year(self) -> int | None:
        """The year as printed, in its own era; None without one."""
        return int(self._year["year"]) if self._year and self._year["year"] else None

    @property
    def common_year(self) -> int | None:
        """The year in the Common Era."""
        return self.year - BUDDHIST_ERA if self.year and self.year >= 2400 else self.year

    @property
    def suffix(self) -> str:
        """The letter behind the year."""
        return (self._year["suffix"] or "") if self._year else ""

    @property
    def by(self) -> str:
        """What stands before the year: people and bodies, with what is printed around them."""
        return self.text[: self._year.start()] if self._year else ""

    @property
    def after(self) -> str:
        """What stands behind the year and its brackets."""
        return self.text[self._year.end() :] if self._year else self.text

    @property
    def language(self) -> Language:
        """Thai where the names have Thai letters."""
        return "th" if has_thai(self.by or self.text) else "en"

    @property
    def is_edited(self) -> bool:
        """Whether it stands under its editors."""
        return bool(_EDITOR.search(self.by))

    @cached_property
    def people(self) -> list[str]:
        """The names, as far as commas and `and` part them."""
        plain = _EDITOR.sub("", self.by).strip(" .,")
        if is_body(plain) or re.search(r"\d", plain):  # a law stands under its title
            return [plain]
        return [name.strip(" .") for part in _AND.split(plain) for name in part.split(",") if name.strip(" .")]

    @property
    def is_body(self) -> bool:
        """Whether a body stands in the place of people."""
        return is_body(self.by)

    @property
    def addresses(self) -> list[str]:
        """Addresses of pages, without a full stop at their end."""
        return [url.rstrip(".") for url in ADDRESS.findall(self.text)]

    @property
    def is_read_on(self) -> bool:
        """Whether the day is given on which a page was read."""
        return bool(_READ_ON.search(ADDRESS.sub("", self.after)))

    @cached_property
    def volume(self) -> re.Match[str] | None:
        """Volume, issue and pages of an article, where they stand behind the year."""
        return _VOLUME.search(self.after)

    @property
    def where(self) -> tuple[str, str, str] | None:
        """Volume, issue and pages, to be compared."""
        if not self.volume:
            return None
        found = (arabic_digits(self.volume[part]) for part in ("volume", "issue", "page"))
        volume, issue, page = (re.sub(r"\s*[-–]\s*", "-", part.strip()) for part in found)
        return volume, issue, page

    @property
    def body(self) -> str:
        """What stands between the year and the volume: title and journal; without a volume, all behind the year."""
        text = self.after[: self.volume.start()] if self.volume else _READ_ON.split(ADDRESS.split(self.after)[0])[0]
        return text.lstrip(" .").strip()

    @property
    def called(self) -> str:
        """How a message calls it: its first words and its year."""
        name = re.sub(r"(?<![. ][A-Zก-ฮ])\.$", "", self.by.strip())
        year = f" ({self._year['year'] or self._year['none']}{self.suffix})" if self._year else ""
        return f"{name if len(name) <= 40 else name[:39] + '…'}{year}" if name else self.text[:40]


@dataclass
class PrintedList:
    """A list of one language, in its order.

    Attributes:
        is_translated: its heading says that it is a translation.
    """

    language: Language
    is_translated: bool
    entries: list[Entry] = field(default_factory=list)


@dataclass
class Printed:
    """The lists of a file, the lines among them in which no year stands, and the lines of the text before them."""

    lists: list[PrintedList] = field(default_factory=list)
    unread: list[tuple[int, str]] = field(default_factory=list)
    before: list[str] = field(default_factory=list)


def read_printed(text: str, *, paragraphs: bool = False) -> Printed:
    """The lists of a text.

    Args:
        text: of a Markdown, text or Word file.
        paragraphs: each line is a paragraph, as in the text of a Word file; otherwise a line may go on in the next one.
    """
    lines = text.splitlines()
    begins = next((n for n, line in enumerate(lines) if _HEADING.match(line.strip())), -1)
    printed, translated, section = Printed(before=lines[: max(begins, 0)]), False, 0
    by_section: dict[tuple[int, Language], PrintedList] = {}
    for line, block, is_heading in _blocks(lines, begins + 1, paragraphs):
        if is_heading:
            section += 1
            translated = bool(_TRANSLATED.search(block))
            continue
        entry = Entry(0, line, _ITEM.sub("", block))
        if not entry.has_year or len(entry.by) > _LONGEST_BY:
            printed.unread.append((line, entry.text))
            continue
        own = by_section.setdefault((section, entry.language), PrintedList(entry.language, translated))
        if not own.entries:
            printed.lists.append(own)
        own.entries.append(Entry(len(own.entries) + 1, line, entry.text))
    read = [entry.line for own in printed.lists for entry in own.entries]
    printed.unread = [one for one in printed.unread if read and read[0] < one[0] < read[-1]]
    return printed


def _blocks(lines: Sequence[str], first: int, paragraphs: bool) -> Iterator[tuple[int, str, bool]]:
    """Line, text, and whether it is a heading, of each piece of the lists: an item, a paragraph, a heading."""
    plain = [_without_markup(line) for line in lines[first:]]
    dated = [bool(YEAR.search(arabic_digits(line))) for line in plain]
    filled = sum(map(bool, plain))
    parted = (len(plain) - filled) * 2 > sum(dated)  # by empty lines
    alone = paragraphs or (not parted and sum(dated) >= _EACH_DATED * max(filled, 1))
    held: list[str] = []
    start, held_dated = 0, False
    for number, (line, has_year) in enumerate(zip(plain, dated, strict=True), start=first + 1):
        if _AFTER.match(line):
            break
        heading = bool(_MARKED_HEADING.match(line) or _SUBHEADING.match(line))
        heading = heading or bool(_HEADING.match(line) and len(line) < _LONGEST_HEADING)
        no_text = not line or line.startswith(("|", ">", "```", "---"))
        if held and (alone or no_text or heading or _ITEM.match(line) or (held_dated and has_year)):
            yield start, " ".join(held), False
            held, held_dated = [], False
        if heading:
            yield number, line, True
        elif not no_text:
            start = start if held else number
            held.append(line)
            held_dated = held_dated or has_year
    if held:
        yield start, " ".join(held), False


def _without_markup(line: str) -> str:
    """A line without the emphasis, links and escapes of Markdown, each run of white space as one space."""
    item = _ITEM.match(line)
    mark, text = (item[0], line[item.end() :]) if item else ("", line)
    text = re.sub(r"\[([^\[\]]*)\]\(((?:https?:|mailto:)[^()\s]*)\)", lambda match: match[1] or match[2], text)
    text = re.sub(r"<((?:https?://|www\.)[^<>\s]*)>", r"\1", text)
    text = re.sub(r"(?<![\\*])\*{1,3}(?=\S)|(?<=[^\s\\*])\*{1,3}(?!\*)", "", text)
    text = re.sub(r"(?<!\S)_(\S(?:[^_]*\S)?)_(?=[\s,.;:(]|$)", r"\1", text)
    return " ".join((mark + re.sub(r"\\([^\w\s])", r"\1", text)).split())
