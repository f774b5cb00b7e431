"""Which Thai entry and which English entry of a bibliography are the same work, told without transliteration.

Certain is what has one DOI or one address, or stands in the same year, volume and pages. Likely is what has the same
year, kind and number of authors, and shares pages, or words in Latin letters and numbers of the title; that is for
people to say. What contradicts itself (two DOIs, several partners) is never certain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from thongthin.basics.language import BUDDHIST_ERA, arabic_digits
from thongthin.read.references.gathering import Imported

_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9]+|\d+")
_COMMON = {"the", "of", "and", "in", "for", "to", "on", "an", "by", "with", "from", "at", "case", "study", "be"}
# So many words of both titles are the same in a likely pair.
_SHARED = 2


class Pair(NamedTuple):
    """Two entries, and what says that they are one work, in English and in Thai."""

    th: Imported
    en: Imported
    why: tuple[str, str]


class Paired(NamedTuple):
    """The works of a file: pairs, what is likely and asked, and all entries without a partner, in their order."""

    pairs: list[Pair]
    likely: list[Pair]
    alone: list[Imported]


def pair(entries: Sequence[Imported], said: Mapping[str, str]) -> Paired:
    """Put Thai and English entries together.

    Args:
        entries: as they stand in one or several files.
        said: keys of Thai entries and of the English entries that people say are the same works.
    """
    thai = [entry for entry in entries if entry.language == "th"]
    english = [entry for entry in entries if entry.language == "en"]
    named = {(th, en) for th, en in said.items()}
    pairs = [
        Pair(th, en, ("as said", "ตามที่ระบุ")) for th in thai for en in english if (th.key, en.key) in named and th.key
    ]
    left_th = [th for th in thai if all(th is not own.th for own in pairs)]
    left_en = [en for en in english if all(en is not own.en for own in pairs)]
    certain = [Pair(th, en, why) for th in left_th for en in left_en if (why := sameness(th.facts, en.facts))]
    only = [one for one in certain if _once(one, certain)]
    pairs += only
    taken = {id(entry) for own in pairs for entry in (own.th, own.en)}
    likely = [one for one in certain if id(one.th) not in taken and id(one.en) not in taken]
    likely += [
        Pair(th, en, why)
        for th in left_th
        for en in left_en
        if id(th) not in taken
        and id(en) not in taken
        and not sameness(th.facts, en.facts)
        and (why := _likeness(th, en))
    ]
    return Paired(pairs, likely, [entry for entry in entries if id(entry) not in taken])


def _once(one: Pair, pairs: Sequence[Pair]) -> bool:
    return sum(other.th is one.th or other.en is one.en for other in pairs) == 1


def sameness(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, str] | None:
    """What makes it certain that two works are the same, in English and in Thai; None where nothing does.

    Args:
        one, other: their facts, by keys of references.yml.
    """
    if _year(one) != _year(other) or not _year(one):
        return None
    if one.get("DOI") and other.get("DOI"):
        return ("the same DOI", "DOI เดียวกัน") if one["DOI"].lower() == other["DOI"].lower() else None
    address = comparable_address(str(one.get("URL", "")))
    if "/" in address and address == comparable_address(str(other.get("URL", ""))):
        return ("the same address and year", "URL และปีเดียวกัน")
    where = [(one.get(key), other.get(key)) for key in ("volume", "page")]
    if all(mine and mine == theirs for mine, theirs in where) and one.get("issue") == other.get("issue"):
        return ("the same year, volume and pages", "ปี เล่ม และหน้าเดียวกัน")
    return None


def _likeness(th: Imported, en: Imported) -> tuple[str, str] | None:
    """What makes it likely that two entries are the same work; None where nothing does, or something speaks against."""
    one, other = th.facts, en.facts
    if one.get("DOI") and other.get("DOI") and one["DOI"].lower() != other["DOI"].lower():
        return None
    people = [len(facts.get("author") or facts.get("editor") or ()) for facts in (one, other)]
    if th.type != en.type or people[0] != people[1] or not people[0]:
        return None
    if one.get("DOI") and one.get("DOI") == other.get("DOI"):
        return ("the same DOI, but another year", "DOI เดียวกัน แต่ปีต่างกัน")
    if _year(one) != _year(other) or not _year(one):
        return None
    if one.get("page") and one.get("page") == other.get("page"):
        return ("the same year and pages", "ปีและหน้าเดียวกัน")
    shared = title_words(str(one.get("title", ""))) & title_words(str(other.get("title", "")))
    if len(shared) >= _SHARED:
        words = ", ".join(sorted(shared))
        return (f"the same year, and in both titles: {words}", f"ปีเดียวกัน และชื่อเรื่องมีคำเดียวกัน: {words}")
    return None


def title_words(title: str) -> set[str]:
    """Words in Latin letters, and numbers, of a title; years in the Common Era."""
    words = (word.lower() for word in _WORDS.findall(arabic_digits(title)))
    numbers = {str(int(w) - BUDDHIST_ERA) if w.isdigit() and 2400 <= int(w) < 2700 else w for w in words}
    return numbers - _COMMON


def comparable_address(url: str) -> str:
    """An address without what may differ between two that lead to the same page."""
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", url.strip(), flags=re.IGNORECASE).rstrip("/")


def _year(facts: Mapping[str, Any]) -> str:
    return str(facts.get("issued", ""))[:4]
