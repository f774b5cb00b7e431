"""Answer scales: what the answers to a question in words, in digits or in both mean as numbers, and what is no answer.

The usual scales of questionnaires in Thai and English are built in (`BUILT_IN`; their points are those that Vagias 2006
lists, and the Thai ones in common use); a study declares others. Words are compared without regard to white space,
punctuation, case and ways of spelling that look the same. A number may stand beside the words ("5 = มากที่สุด"); where
the words are known, they decide. Answers such as "don't know" are no point of a scale unless the scale has them; they
are told apart by reason (`REASONS`). Amounts (age, minutes, an index with decimals) are numbers between two limits
(`NumericScale`) and no points. Nothing here knows of files, and nothing fails.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from thongthin.basics.language import arabic_digits, one_line, parse_integer
from thongthin.contract.built_in_scales import FROM_ZERO, POINTS

# Names that stand in place of a scale in survey/items.csv: answers kept as text; numbers and labels as the survey file
# gives them (SPSS, XLSForm, LimeSurvey); one choice out of several, chosen or not.
CATEGORY, FROM_FILE, CHOSEN = "category", "file", "chosen"


# Letters, digits and the marks of Thai (and of decomposed Latin) count; nothing else does.
_NOISE = re.compile("[^\\w\u0300-\u036f\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_+")
_SEPARATED = re.compile(
    r"[(\[]?\s*(?P<number>[+-]?\d{1,9})\s*(?:[)\]]\s*)?[.=:)–-]*\s*(?P<words>[^\d\s.=:)–-].*)", re.DOTALL
)
_BEHIND = re.compile(r"(?P<words>.*[^\d\s(\[=:–-])\s*[(\[=:–-]*\s*(?P<number>\d{1,9})\s*[)\]]?", re.DOTALL)
# A number as people and programs write it: 1250, 1,250, 1 250, 4.5, .5, 1e+05; behind it may stand a unit.
_NUMBER = re.compile(
    r"(?P<number>[+-]?(?:\d{1,3}(?:[, ]\d{3})+|\d+)?(?:(?<=\d)\.|\.\d+)?(?:e[+-]?\d+)?)(?P<unit>\D*)", re.I
)
# Words that may stand beside the number of a scale without words.
_UNITS = {"ระดับ", "คะแนน", "ดาว", "แต้ม", "level", "point", "points", "score", "star", "stars"}


@lru_cache(maxsize=16_384)
def comparable(text: str) -> str:
    """The text as words are compared: no white space, punctuation or case, Arabic digits, one spelling of one look.

    Two texts that a reader would call the same have the same form; it is not for people to read.
    """
    plain = unicodedata.normalize("NFKC", one_line(text)).casefold().replace("เเ", "แ")
    return _NOISE.sub("", arabic_digits(plain))


@lru_cache(maxsize=16_384)
def number_and_words(text: str) -> tuple[int, str] | None:
    """A whole number and the words beside it: "5 = มากที่สุด", "(5) มากที่สุด", "มากที่สุด (5)", "2.หญิง"; None if not both."""
    plain = arabic_digits(one_line(text))
    match = _SEPARATED.fullmatch(plain) or _BEHIND.fullmatch(plain)
    if not match or comparable(match["words"]).isdecimal():  # 4.5 is no 5 beside the word "4."
        return None
    return int(match["number"]), match["words"].strip()


class Point(NamedTuple):
    """A point of an answer scale: its value, its label in both languages, and other ways to write it."""

    value: int
    th: str
    en: str
    also: tuple[str, ...] = ()


class Reading(NamedTuple):
    """What an answer means on a scale.

    Attributes:
        value: None where it is no point of the scale; whole, but for a scale of numbers.
        number: the number that stands beside the words, which may be another one than the value.
    """

    value: float | None
    number: int | None = None


@dataclass(frozen=True)
class AnswerScale:
    """The points of an answer scale, lowest first."""

    points: tuple[Point, ...]

    @classmethod
    def of_range(cls, lowest: int, highest: int) -> AnswerScale:
        """The whole numbers from `lowest` to `highest`, without words."""
        return cls(tuple(Point(value, str(value), str(value)) for value in range(lowest, highest + 1)))

    @property
    def lowest(self) -> int:
        return self.points[0].value

    @property
    def highest(self) -> int:
        return self.points[-1].value

    @cached_property
    def in_words(self) -> bool:
        """Whether any point has a label other than its number."""
        return any(point.th != str(point.value) or point.en != str(point.value) for point in self.points)

    @cached_property
    def words(self) -> dict[str, int]:
        """Every way to write a point, as `comparable` has it, and the value of the point."""
        ways = ((comparable(word), p.value) for p in reversed(self.points) for word in (*p.also, p.en, p.th))
        return {word: value for word, value in ways if not word.isdecimal()}

    @cached_property
    def values(self) -> frozenset[int]:
        return frozenset(point.value for point in self.points)

    def read(self, answer: str) -> Reading:
        """The value of an answer in words, in digits (Arabic or Thai), or in both, where the words decide."""
        number = parse_integer(answer)
        if number is not None:
            return Reading(number if number in self.values else None)
        value = self.words.get(comparable(answer))
        if value is not None:
            return Reading(value)
        if both := number_and_words(answer):
            number, words = both
            value = self.words.get(comparable(words))
            if value is not None:
                return Reading(value, number)
            if number in self.values and not self.in_words and (comparable(words) in _UNITS or is_a_point(words)):
                return Reading(number, number)
        return Reading(None)


@dataclass(frozen=True)
class NumericScale(AnswerScale):
    """Numbers from one limit to another, decimals among them: amounts, which have no points and no words.

    Both limits are needed: they find what was typed wrongly (an age of 250), and reversed items are turned round by
    them. They are whole numbers.

    Attributes:
        units: words that may stand behind the number.
    """

    points: tuple[Point, ...] = ()
    limits: tuple[int, int] = (0, 0)
    units: tuple[str, ...] = ()

    @property
    def lowest(self) -> int:
        return self.limits[0]

    @property
    def highest(self) -> int:
        return self.limits[1]

    def read(self, answer: str) -> Reading:
        """The number of an answer, with or without the unit; None where there is none within the limits."""
        match = _NUMBER.fullmatch(arabic_digits(one_line(answer)).replace("\u2212", "-"))
        if match is None or not self._is_unit(match["unit"].strip(" .")):
            return Reading(None)
        try:
            number = float(match["number"].replace(",", "").replace(" ", ""))
        except ValueError:  # no digit
            return Reading(None)
        return Reading(number if self.lowest <= number <= self.highest else None)

    def _is_unit(self, words: str) -> bool:
        """Whether nothing, or the unit, stands behind a number; "5+" and "5 ?" say something else than 5."""
        own = {comparable(unit) for unit in self.units} - {""}
        return not words or words in self.units or comparable(words) in own


def listed_points(scale: AnswerScale) -> str:
    """The points of a scale, or the limits of its numbers, as a message lists them."""
    return ", ".join(p.th for p in scale.points) if scale.in_words else f"{scale.lowest}-{scale.highest}"


def _built_in(name: str) -> AnswerScale:
    written = [line.split("|") for line in POINTS[name]]
    return AnswerScale(
        tuple(
            Point(value, th, en, tuple(also))
            for value, (th, en, *also) in enumerate(written, start=0 if name in FROM_ZERO else 1)
        )
    )


# The usual scales by name: the family and the number of points. Values run from 1 (those of two points: from 0).
BUILT_IN: dict[str, AnswerScale] = {name: _built_in(name) for name in POINTS}


def is_a_point(words: str) -> bool:
    """Whether the words are a point of any built-in scale, such as the ends that a form names beside the numbers."""
    return any(comparable(words) in scale.words for scale in BUILT_IN.values())
