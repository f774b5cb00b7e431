"""What a printed list does in most of its entries, and which entries do otherwise.

A journal has ways of its own: what more than two thirds of the entries do is right there, and the others are told.
Where both ways are frequent, that of Thai social science journals counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from thongthin.read.references.printed import Entry
from thongthin.read.references.slips import Slip

# So many times as many entries that do otherwise make it the way of the journal.
_OWN_WAY = 2
_ET_AL = re.compile(r"และคณะ|\bet al\b", re.IGNORECASE)
# Full stops that end no sentence: พ.ศ., ก.พ., B.E., vs.
_ABBREVIATION = re.compile(r"[ก-ฮ]{1,3}\.(?:\s?[ก-ฮ]{1,3}\.)*|\b(?:[A-Z]\.)+|\b(?:vs|etc|Dr|St|No|Vol)\.")
_FROM = re.compile(r"(?:สืบค้น|เข้าถึง|ค้น|Retrieved|Accessed)[^()]{3,60}?\d{4}(,?)\s*(?:จาก|from)\b", re.IGNORECASE)


class Habit(NamedTuple):
    """Something that entries do in one of two ways.

    Attributes:
        way: True where an entry does as most journals do, False where it does otherwise, None where it does neither.
        other: what is said of the entries that do otherwise.
        usual: what is said of those that do as most journals, in a list that does otherwise; None says nothing.
        by_most: it is told only where more entries do as most journals than otherwise, and at least two do.
    """

    way: Callable[[Entry], bool | None]
    other: Slip
    usual: Slip | None
    by_most: bool = False


def against_habits(entries: Sequence[Entry]) -> Iterator[tuple[Entry, Slip]]:
    """The entries of a list that do otherwise than most of it, with what they do."""
    for habit in (*HABITS, joined_habit(entries)):
        ways = [(entry, habit.way(entry)) for entry in entries]
        usual = [entry for entry, way in ways if way is True]
        other = [entry for entry, way in ways if way is False]
        if habit.by_most and len(usual) <= max(len(other), 1):
            continue
        if len(other) <= _OWN_WAY * len(usual):
            yield from ((entry, habit.other) for entry in other)
        elif habit.usual:
            yield from ((entry, habit.usual) for entry in usual)


def _stop_after_year(entry: Entry) -> bool | None:
    return entry.after.lstrip().startswith(".") if entry.after.strip() else None


def _stop_before_year(entry: Entry) -> bool | None:
    return entry.by.rstrip()[-1:] in (".", "?", "!") if entry.by.strip() else None


def _space_behind_and(entry: Entry) -> bool | None:
    if entry.is_body or _ET_AL.search(entry.by):
        return None
    match = re.search(r"[\s,]และ(\s?)\S", entry.by)
    return bool(match[1]) if match else None


def _stop_behind_title(entry: Entry) -> bool | None:
    if not entry.volume:
        return None
    body = _ABBREVIATION.sub("", entry.body)
    if re.search(r"[.?!][\"”’)]*\s*(?![\d\s])\S", body):
        return True
    return False if "," in body else None


def _comma_before_from(entry: Entry) -> bool | None:
    match = _FROM.search(entry.text)
    return bool(match[1]) if match else None


def _read_on(entry: Entry) -> bool | None:
    return entry.is_read_on if entry.addresses and not entry.volume and "doi.org" not in entry.text else None


def _buddhist_year(entry: Entry) -> bool | None:
    return entry.year >= 2400 if entry.year and entry.language == "th" else None


HABITS = (
    Habit(
        _stop_after_year,
        Slip("no-stop-after-year", "No full stop stands behind the year.", "ไม่มีจุดหลังวงเล็บปี"),
        Slip("stop-after-year", "A full stop stands behind the year, in others none.", "มีจุดหลังวงเล็บปี รายการอื่นไม่มี"),
    ),
    Habit(
        _stop_before_year,
        Slip("no-stop-after-author", "No full stop stands behind the author.", "ไม่มีจุดหลังชื่อผู้แต่ง"),
        None,
    ),
    Habit(
        _space_behind_and,
        Slip("no-space-and", 'No space stands behind "และ".', 'ไม่มีช่องว่างหลัง "และ"'),
        Slip("space-and", 'A space stands behind "และ", in others none.', 'มีช่องว่างหลัง "และ" รายการอื่นไม่มี'),
    ),
    Habit(
        _stop_behind_title,
        Slip("comma-after-title", "A comma stands between title and journal, in others a full stop.",
             "ใช้จุลภาคคั่นชื่อเรื่องกับชื่อวารสาร รายการอื่นใช้จุด"),
        Slip("stop-after-title", "A full stop stands between title and journal, in others a comma.",
             "ใช้จุดคั่นชื่อเรื่องกับชื่อวารสาร รายการอื่นใช้จุลภาค"),
    ),
    Habit(
        _comma_before_from,
        Slip("no-comma-from", 'No comma stands before "จาก" (from) behind the day on which it was read.',
             'ไม่มีจุลภาคก่อน "จาก" หลังวันที่สืบค้น'),
        Slip("comma-from", 'A comma stands before "จาก" (from), in others none.', 'มีจุลภาคก่อน "จาก" รายการอื่นไม่มี'),
    ),
    Habit(
        _read_on,
        Slip("not-read-on", "The day is missing on which the page was read, which other pages have.",
             "ไม่มีวันที่สืบค้น รายการเว็บไซต์อื่นมี"),
        None,
        by_most=True,
    ),
    Habit(
        _buddhist_year,
        Slip("common-era", "The year of a Thai entry is in the Common Era, of others in the Buddhist Era.",
             "ปีของรายการภาษาไทยเป็น ค.ศ. รายการอื่นเป็น พ.ศ."),
        Slip("buddhist-era", "The year is in the Buddhist Era, of other Thai entries in the Common Era.",
             "ปีเป็น พ.ศ. รายการภาษาไทยอื่นเป็น ค.ศ."),
    ),
)  # fmt: skip


def joined_habit(entries: Sequence[Entry]) -> Habit:
    """How the last of several names is joined to those before: by `and`, or by a comma alone.

    In a list that begins with family names, commas stand within names, too; there it is not judged.
    """
    word = "and" if entries and entries[0].language == "en" else "และ"
    single = [entry.by for entry in entries if not entry.is_body and not re.search(r"และ|\band\b|&", entry.by)]
    inverted = word == "and" and sum("," in by for by in single) * 2 > len(single)

    def joined(entry: Entry) -> bool | None:
        if inverted or entry.is_body or _ET_AL.search(entry.by):
            return None
        if re.search(r"[\s,]และ|\band\b|&", entry.by):
            return True
        return False if len(entry.people) > 1 else None

    return Habit(
        joined,
        Slip("comma-between-authors", f'The last author is joined by a comma, in others by "{word}".',
             f'คั่นผู้แต่งคนสุดท้ายด้วยจุลภาค รายการอื่นใช้ "{word}"'),
        None,
    )  # fmt: skip
