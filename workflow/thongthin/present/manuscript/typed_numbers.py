"""Numbers that were typed where a value should be asked for.

What is certainly a result, by the words beside it, is told one by one; what may be one, once a section. Whatever stands
in a sentence that cites a work is of that work; years, sections, dates, ages, levels of confidence and limits of a
method are no results. What is left and meant is marked ``[...]{.fixed}``, which is one sign here and so never seen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from thongthin.basics.language import Language, arabic_digits
from thongthin.present.manuscript import number_words as words
from thongthin.present.manuscript.passages import Manuscript, Passage, Section, Sign
from thongthin.present.manuscript.sentences import sentences

Certainty = Literal["certain", "doubtful", "unit"]

# A Thai word may stand right behind a whole number: 12คน.
_NUMERAL = re.compile(
    r"(?<![\w.,/@#])(?<![A-Za-z]-)[-−–+]?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+|(?<=\d))(?![\w]|[-–]?[A-Za-z]\d)"
    r"|(?<![\w.,/@#])\d+(?=[ก-๙])"
)
_STATISTIC = re.compile(rf"(?:(?<![\w])(?:{words.STATISTICS})|\)|[²2])\s?(?:{words.SIGN})\s?$")
_MEAN = re.compile(rf"(?:{words.MEANS}|{words.THAI_MEANS})$")
_PERCENT_BEFORE = re.compile(rf"(?:{words.PERCENT_BEFORE})\s?(?:[\d.,]+\s?(?:[-–]|ถึง|และ|to|and)\s?)?$")
_PERCENT_BEHIND = re.compile(rf"\s?(?:{words.PERCENT_BEHIND})|\s?(?:[-–]|to|and)\s?[\d.]+\s?(?:{words.PERCENT_BEHIND})")
_PEOPLE = re.compile(rf"\s?(?:{words.THAI_PEOPLE})|\s(?:of the |of our )?(?:{words.PEOPLE})")
_LEVEL, _LEVEL_BEHIND = re.compile(words.LEVELS), re.compile(rf"\s?%?(?:{words.LEVEL_OF})")
_LEVEL_BEFORE = re.compile(rf"(?:{words.LEVEL_BEFORE})$")
_LIMIT = re.compile(rf"(?:{words.LIMITS})", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?:{words.NUMBERED})")
_MEASURED = re.compile(words.MEASURED)
_COUNTED = re.compile(rf"\s?(?:{words.THAI_COUNTED})|[\s-](?:of the )?(?:{words.COUNTED})")
_RANGE = re.compile(r"\d\s?[-–—]\s?$"), re.compile(r"\s?[-–—]\s?\d")
_YEAR = re.compile(r"(?:1[5-9]|20|2[3-6])\d\d")
_WORD = re.compile(
    rf"\b(?:{words.ENGLISH_NUMBERS}) (?:of the )?(?:{words.PEOPLE}|{words.PLACES})"
    rf"|(?<!ผู้ลงรหัส)(?:{words.THAI_NUMBERS})(?:{words.THAI_PEOPLE})",
    re.IGNORECASE,
)
_FRACTION = re.compile(rf"(?:{words.FRACTIONS})|(?:{words.THAI_FRACTIONS})", re.IGNORECASE)
_CHOSEN, _CHOSEN_BEHIND = re.compile(words.CHOSEN, re.IGNORECASE), re.compile(words.CHOSEN_BEHIND, re.IGNORECASE)
_LEGEND = re.compile(r"\*\s?p\s?<\s?$")
_TWICE = re.compile(r"ร้อยละ\s?ร้อยละ|%\s?%|(?<=%)\s?(?:percent|per cent)\b|(?<=คน)\s?คน(?!\S)")

# Where nothing of the study is told: a statement on funding or data, a list of what is advised.
_NO_RESULTS = ("heading",)


class Typed(NamedTuple):
    """A number that was typed.

    Attributes:
        certainty: whether it is certainly a result, may be one, or is a unit that is said twice.
        text: the number with the words that tell what it is.
        number: its digits as they are written; "" for a number in words.
    """

    certainty: Certainty
    section: Section
    passage: Passage
    line: int
    text: str
    number: str


def typed_numbers(manuscript: Manuscript, is_share: Callable[[str], bool]) -> Iterator[Typed]:
    """The typed numbers of a document that are results, or may be.

    Args:
        is_share: whether a value, by its key, reads with a percent sign, or behind ร้อยละ.
    """
    for section, passage in manuscript.passages():
        if passage.kind in _NO_RESULTS:
            continue
        for place, certainty, text, number in _of_passage(passage, manuscript.language, is_share):
            yield Typed(certainty, section, passage, passage.line_at(place), text, number)


def _of_passage(
    passage: Passage, language: Language, is_share: Callable[[str], bool]
) -> Iterator[tuple[int, Certainty, str, str]]:
    """Place, certainty, words and digits of each typed number."""
    text = arabic_digits(passage.text).replace("\u00a0", " ")
    for place, around in _said_twice(text, passage, language, is_share):
        yield place, "unit", around, ""
    for start, sentence in sentences(text, language):
        if Sign.CITED in sentence or Sign.CITING in sentence:
            continue
        numerals = [match for match in _NUMERAL.finditer(sentence) if match[0].strip("-−–+.,")]
        for match in numerals:
            certainty = _certainty(sentence, match)
            if certainty:
                yield start + match.start(), certainty, _around(sentence, match), match[0]
        for match in [*_WORD.finditer(sentence), *_FRACTION.finditer(sentence)]:
            bound = any(begin <= start + match.start() < end for begin, end, claim in passage.bound if claim)
            if not bound and not _is_chosen(sentence, match):  # what is bound to a claim is held against the data
                yield start + match.start(), "doubtful", _around(sentence, match), ""


def _certainty(sentence: str, match: re.Match[str]) -> Certainty | None:
    """What the words beside a numeral say of it; None if it is no result."""
    before, behind, number = sentence[: match.start()], sentence[match.end() :], match[0].lstrip("+")
    percent = _PERCENT_BEFORE.search(before) or _PERCENT_BEHIND.match(behind)
    if _LEVEL.fullmatch(number) and (_LEVEL_BEFORE.search(before) or _LEVEL_BEHIND.match(behind)):
        return None
    near = sentence[max(0, match.start() - 90) : match.end() + 40]
    if _LEGEND.search(before):
        return None
    statistic = _STATISTIC.search(before) or _MEAN.search(before)
    people = _PEOPLE.match(behind)
    if percent or statistic or people:
        return None if _LIMIT.search(near) and not re.search(r"\bn\s?=\s?$", before) else "certain"
    return _doubt(before, behind, number, near)


def _doubt(before: str, behind: str, number: str, near: str) -> Certainty | None:
    """Whether a numeral without a telling word beside it may be a result."""
    digits = number.strip("-−–+")
    ranged = _RANGE[0].search(before) or _RANGE[1].match(behind)
    if _YEAR.fullmatch(digits) or _NUMBERED.search(before) or _MEASURED.match(behind) or _LIMIT.search(near):
        return None
    if ranged and "." not in digits:
        return None
    if _COUNTED.match(behind) and not _CHOSEN.search(before) and not _CHOSEN_BEHIND.match(behind):
        return "doubtful"
    small = "." not in digits and len(digits) == 1
    return None if small else "doubtful"


def _is_chosen(sentence: str, match: re.Match[str]) -> bool:
    before, behind = sentence[: match.start()], sentence[match.end() :]
    near = sentence[max(0, match.start() - 40) : match.end() + 20]
    return bool(_CHOSEN.search(before) or _CHOSEN_BEHIND.match(behind) or _LIMIT.search(near))


def _said_twice(
    text: str, passage: Passage, language: Language, is_share: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    """Where a value that brings its unit stands beside that unit, or a unit stands twice."""
    for match in _TWICE.finditer(text):
        yield match.start(), _around(text, match)
    for thing, match in zip(passage.things, re.finditer("[\ue000-\ue006]", text), strict=False):
        if thing.sign != Sign.VALUE or not is_share(thing.names[0]):
            continue
        before, behind = text[: match.start()], text[match.end() :]
        thai = language == "th" and re.search(rf"(?:{words.PERCENT_BEFORE})\s?$", before)
        if thai or re.match(rf"\s?(?:{words.PERCENT_BEHIND})", behind):
            yield match.start(), _around(text, match)


def _around(text: str, match: re.Match[str]) -> str:
    """The number with some of what stands beside it; what was asked for is an ellipsis."""
    start, end = max(0, match.start() - 22), match.end() + 16
    while start > 0 and match.start() - start < 30 and not text[start - 1].isspace():
        start -= 1
    while re.match("[\u0e30-\u0e3a\u0e45-\u0e4e]", text[end : end + 1]):  # a mark belongs to the letter before it
        end += 1
    cut = text[start:end].split("\n")
    return re.sub("[\ue000-\ue006]", "…", " ".join(" ".join(cut).split()))
