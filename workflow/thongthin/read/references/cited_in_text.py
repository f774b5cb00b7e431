"""Whether the text before a printed list cites its entries, and whether what it cites is there.

Only where the text cites at least half of the entries: otherwise it is not the whole article. Told are entries that no
year in the text goes with, and names with a year in brackets that go with no entry; a year alone in brackets behind a
name may be anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from thongthin.basics.language import BUDDHIST_ERA, MONTHS, arabic_digits
from thongthin.basics.problems import Problems
from thongthin.read.references.printed import Entry, Printed

# A name stands so many characters before its year, at most.
_NEAR = 120
# Brackets go on over a line, and never over the end of a paragraph.
_BRACKETS = re.compile(r"\(((?:(?!\n\s*\n)[^()]){4,300})\)")
_PIECE = re.compile(
    r"(?:(?:see|e\.g\.|cf\.|ดู|เช่น|อ้างถึงใน|อ้างใน)[\s,]*)*(?P<names>[^\d;]{2,90}?)[,\s]+(?P<year>(?:1[89]|2[0-6])\d\d)-?[a-zก-ฮ]?"
    r"(?:[,:]\s*(?:น\.|หน้า|pp?\.)?\s*[\d–-]+)?",
    re.IGNORECASE,
)
# With what brackets begin that hold a year and no author.
_NO_NAME = re.compile(
    r"(?:มาตรา|ข้อ|ฉบับ|ระหว่าง|ณ\b|เมื่อ|ปี|พ\.\s?ศ|ค\.\s?ศ|วันที่|ตั้งแต่|ครั้งที่|since|from|in|until|as of|n\s*=|approved|no\.)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-zÀ-ÿก-๙][\wก-๙'’-]{2,}")
_EMPTY = {"และคณะ", "และ", "and", "et", "al", "บรรณาธิการ", "eds", "the", "of"}


class _Citation(NamedTuple):
    line: int
    text: str
    year: int
    words: frozenset[str]


def mark_citations(printed: Printed, problems: Problems) -> None:
    """Add a notice of each entry that the text does not cite, and of each citation that no entry goes with.

    Args:
        problems: bound to the file.
    """
    entries = [entry for own in printed.lists if not own.is_translated for entry in own.entries if entry.year]
    text = arabic_digits(" ".join(printed.before))
    uncited = [entry for entry in entries if not _is_cited(entry, text)]
    if not entries or len(uncited) * 2 > len(entries):
        return
    for entry in uncited:
        problems.notice(
            "uncited", f'"{entry.called}" is cited nowhere in the text.', f'ไม่พบการอ้างถึง "{entry.called}" ในเนื้อความ',
            row=entry.line,
        )  # fmt: skip
    everything = [entry for own in printed.lists for entry in own.entries]
    for citation in _citations(printed.before):
        if not any(_goes_with(citation, entry) for entry in everything):
            problems.notice(
                "citation-without-entry", f'The text cites "{citation.text}", which stands in no list.',
                f'เนื้อความอ้างถึง "{citation.text}" แต่ไม่มีในรายการ', row=citation.line,
            )  # fmt: skip


def _words(text: str) -> frozenset[str]:
    return frozenset(word.lower() for word in _WORD.findall(text)) - _EMPTY


def _is_cited(entry: Entry, text: str) -> bool:
    """Whether a word of its first author stands near before its year, somewhere in the text."""
    words = _words(entry.people[0] if entry.people else entry.by)
    for match in re.finditer(rf"(?<!\d){entry.year}(?!\d)", text):
        before = text[max(0, match.start() - _NEAR) : match.start()].lower()
        if not words or any(word in before for word in words):
            return True
    return False


def _citations(lines: Sequence[str]) -> Iterator[_Citation]:
    """Names with a year in brackets: ``(สมชาย ใจดี, 2564; Davis, 1989, p. 5)``."""
    months = {month.lower() for names in MONTHS.values() for month in names}
    text = arabic_digits("\n".join(lines))
    for bracket in _BRACKETS.finditer(text):
        number = text.count("\n", 0, bracket.start()) + 1
        for piece in " ".join(bracket[1].split()).split(";"):
            match = _PIECE.fullmatch(piece.strip())
            if not match or _NO_NAME.match(match["names"].strip()):
                continue
            words = _words(match["names"])
            if words and not words & months:
                yield _Citation(number, piece.strip(), int(match["year"]), words)


def _goes_with(citation: _Citation, entry: Entry) -> bool:
    years = {citation.year, citation.year - BUDDHIST_ERA, citation.year + BUDDHIST_ERA}
    return entry.year in years and any(word in entry.by.lower() for word in citation.words)
