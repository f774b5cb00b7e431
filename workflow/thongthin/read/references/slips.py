"""What an editor marks in a single piece of a reference: punctuation, capitals, addresses, names of monks and bodies.

Each function looks at text alone and says what is wrong in English and in Thai; it says nothing where both ways are
in use. Whether entries agree with each other is told by `lint_works` and `printed_lists`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from thongthin.basics.language import BUDDHIST_ERA, arabic_digits, has_thai
from thongthin.read.references.names import is_body


class Slip(NamedTuple):
    """What is wrong: a short name of its kind, the sentence and a hint in English and in Thai."""

    kind: str
    en: str
    th: str
    hint_en: str = ""
    hint_th: str = ""


ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]+", re.IGNORECASE)
_DOUBLED = re.compile(r"(?<![.])\.\s?\.(?!\.)|,\s?,|;\s?;|:\s?:(?!/)|,\s?\.(?!\.)|\.\s?,(?=\s)(?<!ฯ\.,)")
# Behind an abbreviation, a full stop and a comma are right: Jr., et al., Inc., ก.พ.,
_ABBREVIATED = re.compile(r"(?:\b(?:Jr|Sr|al|Inc|Ltd|Co|No|Vol|Eds?|pp?|[A-Z])|[ก-ฮ]\.?[ก-ฮ]?)\.,$")
_SPACE_BEFORE = re.compile(r"[^\s.]\s+[.,;:](?=\s|$)")
_SMALL_WORDS = {
    "a", "an", "and", "as", "at", "but", "by", "for", "from", "in", "into", "nor", "of", "on", "or", "the", "to", "via",
    "with", "within", "und", "der", "die", "et", "de", "la",
}  # fmt: skip
_MONK = re.compile(r"^(?:Venerable\s+|Ven\.\s+)?Phra(?!e|ya)(\s?)([A-Za-z])")


def punctuation(text: str) -> Slip | None:
    """Doubled punctuation, and space before it; addresses are not looked at."""
    plain = ADDRESS.sub("", text)
    for match in _DOUBLED.finditer(plain):
        if _ABBREVIATED.search(plain[: match.end()]):
            continue
        around = _around(plain, match.start(), match.end())
        return Slip("doubled-punctuation", f'Punctuation is doubled: "{around}".', f'เครื่องหมายวรรคตอนซ้ำ: "{around}"')
    if spaced := _SPACE_BEFORE.search(plain):
        around = _around(plain, spaced.start(), spaced.end())
        return Slip("space-before", f'A space stands before a punctuation mark: "{around}".',
                    f'มีช่องว่างก่อนเครื่องหมายวรรคตอน: "{around}"')  # fmt: skip
    return None


def _around(text: str, start: int, end: int) -> str:
    """The words around a place."""
    begin = text.rfind(" ", 0, max(start - 10, 0)) + 1
    close = text.find(" ", end + 1)
    return text[max(begin, start - 24) : min(close if close > 0 else len(text), end + 16)].strip()


def capitals(title: str, name: str = "title") -> Slip | None:
    """A title in Latin letters that begins with a small letter, or is all in capitals.

    Args:
        name: what it is the title of: "title", or "journal", of which some words with a capital are enough.
    """
    if has_thai(title) or not title.strip():
        return None
    said = {"title": "ชื่อเรื่อง", "journal": "ชื่อวารสาร"}[name]
    words = re.findall(r"[A-Za-z][\w'’-]*", title)
    if re.match(r"[\"“‘'(]*[a-z](?![A-Z0-9])[a-z]", title.strip()) and (name == "title" or len(words[0]) > 3):
        return Slip("capitals", f'The {name} begins with a small letter: "{words[0]}".',
                    f'{said}ขึ้นต้นด้วยอักษรตัวเล็ก: "{words[0]}"')  # fmt: skip
    long = [word for word in words if len(word) > 3]
    if len(long) > 3 and all(word.isupper() for word in long):
        return Slip("capitals", f"The {name} is all in capitals.", f"{said}เป็นอักษรตัวใหญ่ทั้งหมด")
    if name == "journal":
        counted = [word for word in words[1:] if len(word) > 3 and word.lower() not in _SMALL_WORDS]
        small = [word for word in counted if word[0].islower()]
        if small and len(small) < len(counted):
            listed = ", ".join(f'"{word}"' for word in small)
            return Slip("capitals", f"Some words of the journal's name have no capital: {listed}.",
                        f"ชื่อวารสารบางคำไม่ขึ้นต้นด้วยอักษรตัวใหญ่: {listed}")  # fmt: skip
    return None


def address(url: str) -> Slip | None:
    """An address that leads nowhere by its form, or whose beginning is left out."""
    hint = ("Open it in a browser and copy it from there.", "เปิดในเบราว์เซอร์แล้วคัดลอกมาใหม่")
    if not re.match(r"https?://", url, re.IGNORECASE):
        return Slip("address", f'The address has no https:// before it: "{url}".', f'URL ไม่มี https:// นำหน้า: "{url}"')
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    parts = host.split(".")
    fine = len(parts) > 1 and all(re.fullmatch(r"[\w-]{1,63}", part) for part in parts) and len(parts[-1]) > 1
    again = re.search(r"https?:/", url[8:]) and "archive." not in host
    if not fine or again:
        return Slip("address", f'This is no address that can be opened: "{url}".', f'URL นี้เปิดไม่ได้: "{url}"', *hint)
    if re.search(r"[,;]$|\s|[“”]|\.$", url) or url.count("(") != url.count(")"):
        return Slip("address", f'The address ends in, or holds, what does not belong to it: "{url}".',
                    f'URL มีอักขระที่ไม่ใช่ส่วนของ URL: "{url}"', *hint)  # fmt: skip
    return None


def doi(written: str) -> Slip | None:
    """A DOI that does not begin as DOIs do: 10., a number, a slash."""
    if re.fullmatch(r"10\.\d{4,9}/\S+", written):
        return None
    hint = ("Write it from 10. on: 10.2307/249008.", "เขียนตั้งแต่ 10. เช่น 10.2307/249008")
    return Slip("doi", f'"{written}" is no DOI.', f'"{written}" ไม่ใช่ DOI', *hint)


def years(text: str) -> set[int]:
    """The years that a text names, in the Common Era."""
    found = (
        int(year) for year in re.findall(r"(?<!\d)(?<!\d[.,])(?:19|20|24|25|26)\d\d(?!\d|[.,]\d)", arabic_digits(text))
    )
    return {year - BUDDHIST_ERA if year >= 2400 else year for year in found}


def page_range(written: str) -> Slip | None:
    """Pages that end before they begin."""
    match = re.fullmatch(r"\s*(\d+)\s*[-–]\s*(\d+)\s*", arabic_digits(written))
    if match and len(match[1]) == len(match[2]) and int(match[1]) > int(match[2]):
        return Slip("pages", f'The pages end before they begin: "{written}".', f'เลขหน้าสุดท้ายน้อยกว่าหน้าแรก: "{written}"')
    return None


def ways_of_monks(names: Iterable[str]) -> dict[str, list[str]]:
    """How the title Phra stands before names in Latin letters, by way: "Phra Saroj", "PhraSaroj", "Phrasaroj"."""
    ways: dict[str, list[str]] = {}
    for name in dict.fromkeys(names):
        if match := _MONK.match(name):
            way = "Phra S..." if match[1] else "PhraS..." if match[2].isupper() else "Phras..."
            ways.setdefault(way, []).append(name)
    return ways


def monks(ways: Mapping[str, list[str]]) -> Slip | None:
    """The title of monks, written in several ways."""
    if len(ways) < 2:
        return None
    listed = ", ".join(f'"{names[0]}"' for names in ways.values())
    return Slip(
        "monks", f"The title Phra stands before names in {len(ways)} ways: {listed}.",
        f"คำนำหน้า Phra เขียน {len(ways)} แบบ: {listed}",
        "Write it in one way, such as Phra Natthawut.", "เขียนแบบเดียวกัน เช่น Phra Natthawut",
    )  # fmt: skip


def plain_name(name: str) -> str:
    """A name without what may be left out of it: brackets, spaces, and what kind of public body it is."""
    return re.sub(r"\(?องค์การมหาชน\)?|\(?public organi[sz]ation\)?|[\s().,]", "", name, flags=re.IGNORECASE).lower()


def two_names(bodies: Iterable[str]) -> list[tuple[str, str]]:
    """Pairs of names that are the same but for brackets, spaces, and words for the kind of public body."""
    by_plain: dict[str, list[str]] = {}
    for name in dict.fromkeys(bodies):
        if is_body(name):
            by_plain.setdefault(plain_name(name), []).append(name)
    return [(names[0], other) for names in by_plain.values() for other in names[1:]]


def one_body(one: str, other: str) -> Slip:
    """One body under two names."""
    return Slip(
        "two-names", f'One body stands under two names: "{one}" and "{other}".',
        f'หน่วยงานเดียวกันใช้สองชื่อ: "{one}" และ "{other}"',
        "Write it in one way throughout.", "เขียนชื่อเดียวกันทุกรายการ",
    )  # fmt: skip
