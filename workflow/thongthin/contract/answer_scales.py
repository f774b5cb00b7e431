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
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from thongthin.basics.language import arabic_digits, one_line, parse_integer
from thongthin.contract.scale_words import Order, order

# Names that stand in place of a scale in survey/items.csv: answers kept as text; numbers and labels as the survey file
# gives them (SPSS, XLSForm, LimeSurvey); one choice out of several, chosen or not.
CATEGORY, FROM_FILE, CHOSEN = "category", "file", "chosen"

# Why there is no answer: the respondent does not know, the question does not apply, the respondent refuses; a code or
# word that stands for missing; the question was not asked by design; the cell is empty.
REASONS = ("dont_know", "not_applicable", "refused", "missing", "not_asked", "empty")

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


# One line a point, lowest first: Thai | English | other ways to write it.
_DISAGREE_MOST = (
    "ไม่เห็นด้วยอย่างยิ่ง|Strongly disagree|ไม่เห็นด้วยอย่างมาก|ไม่เห็นด้วยมากที่สุด|ไม่เห็นด้วยเลย|Completely disagree|Totally disagree"
    "|Disagree strongly|Disagree completely|Very strongly disagree"
)
_NEITHER = (
    "ไม่แน่ใจ|Neither agree nor disagree|เฉยๆ|เฉย|ปานกลาง|เป็นกลาง|ไม่แน่ใจ/เฉยๆ|เห็นด้วยปานกลาง|Neither agree or disagree"
    "|Neither disagree nor agree|Neither|Neutral|Undecided|Uncertain|Unsure|Not sure"
)
_AGREE_MOST = (
    "เห็นด้วยอย่างยิ่ง|Strongly agree|เห็นด้วยอย่างมาก|เห็นด้วยมากที่สุด|Completely agree|Totally agree|Agree strongly"
    "|Agree completely|Very strongly agree"
)
_DISAGREE_LITTLE = (
    "ค่อนข้างไม่เห็นด้วย|Somewhat disagree|ไม่เห็นด้วยเล็กน้อย|Slightly disagree|Disagree somewhat|Tend to disagree"
)
_AGREE_LITTLE = "ค่อนข้างเห็นด้วย|Somewhat agree|เห็นด้วยเล็กน้อย|Slightly agree|Agree somewhat|Tend to agree"
_SATISFIED_MOST = "พึงพอใจอย่างยิ่ง|Very satisfied|พึงพอใจมากที่สุด|พึงพอใจมาก|Extremely satisfied|Completely satisfied"
_DISSATISFIED_MOST = (
    "ไม่พึงพอใจอย่างยิ่ง|Very dissatisfied|ไม่พึงพอใจมากที่สุด|ไม่พึงพอใจมาก|ไม่พึงพอใจเลย|Very unsatisfied|Extremely dissatisfied"
    "|Completely dissatisfied|Not at all satisfied"
)
_UNMOVED = (
    "เฉยๆ|Neither satisfied nor dissatisfied|เฉย|ปานกลาง|ไม่แน่ใจ|Neutral|Neither|Neither dissatisfied nor satisfied"
)
_DISSATISFIED_LITTLE = "ค่อนข้างไม่พึงพอใจ|Somewhat dissatisfied|Slightly dissatisfied"
_SATISFIED_LITTLE = "ค่อนข้างพึงพอใจ|Somewhat satisfied|Slightly satisfied"
_NEVER = "ไม่เคย|Never|ไม่เคยเลย|ไม่เคยใช้"
_RARELY = "นานๆ ครั้ง|Rarely|แทบไม่เคย|น้อยครั้ง|Seldom|Hardly ever|Almost never"
_SOMETIMES = "บางครั้ง|Sometimes|เป็นบางครั้ง|บางครั้งบางคราว|ปานกลาง|Occasionally|Now and then"
_OFTEN = "บ่อยครั้ง|Often|บ่อย|บ่อยๆ|Frequently"
_ALWAYS = "เป็นประจำ|Always|ทุกครั้ง|เสมอ|สม่ำเสมอ|เป็นประจำสม่ำเสมอ|ตลอดเวลา|Every time|All the time"
_LITTLE, _MUCH = "น้อย|Low|Little|ระดับน้อย", "มาก|High|Much|ระดับมาก"
_LEAST = "น้อยที่สุด|Lowest|Very low|Very little|Least|ระดับน้อยที่สุด"
_MODERATE = "ปานกลาง|Moderate|Medium|Moderately|Average|ระดับปานกลาง"
_MOST = "มากที่สุด|Highest|Very high|Very much|Most|ระดับมากที่สุด"
_EVEN = "ไม่แน่ใจ|Neither likely nor unlikely|เฉยๆ|เฉย|ปานกลาง|ห้าสิบห้าสิบ|Neutral|Neither|Undecided|Unsure|Not sure"
_UNLIKELY_MOST = (
    "ไม่น่าเป็นไปได้อย่างยิ่ง|Very unlikely|เป็นไปไม่ได้เลย|ไม่น่าเป็นไปได้เลย|ไม่มีทางเป็นไปได้|Extremely unlikely|Highly unlikely"
)
_UNLIKELY = "ไม่น่าเป็นไปได้|Unlikely|ไม่น่าจะเป็นไปได้|เป็นไปได้น้อย"
_LIKELY = "น่าจะเป็นไปได้|Likely|เป็นไปได้|เป็นไปได้มาก"
_LIKELY_MOST = "เป็นไปได้อย่างยิ่ง|Very likely|เป็นไปได้มากที่สุด|เป็นไปได้อย่างมาก|Extremely likely|Highly likely"

_POINTS: dict[str, tuple[str, ...]] = {
    "agreement2": ("ไม่เห็นด้วย|Disagree", "เห็นด้วย|Agree"),
    "agreement3": ("ไม่เห็นด้วย|Disagree", _NEITHER, "เห็นด้วย|Agree"),
    "agreement4": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree|" + _DISAGREE_LITTLE,
        "เห็นด้วย|Agree|" + _AGREE_LITTLE,
        _AGREE_MOST,
    ),
    "agreement5": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree|" + _DISAGREE_LITTLE,
        _NEITHER,
        "เห็นด้วย|Agree|" + _AGREE_LITTLE,
        _AGREE_MOST,
    ),
    "agreement6": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree",
        _DISAGREE_LITTLE,
        _AGREE_LITTLE,
        "เห็นด้วย|Agree",
        _AGREE_MOST,
    ),
    "agreement7": (
        _DISAGREE_MOST,
        "ไม่เห็นด้วย|Disagree",
        _DISAGREE_LITTLE,
        _NEITHER,
        _AGREE_LITTLE,
        "เห็นด้วย|Agree",
        _AGREE_MOST,
    ),
    "agreement_level5": (
        "เห็นด้วยน้อยที่สุด|Agree least|Agree very little",
        "เห็นด้วยน้อย|Agree a little|Agree little",
        "เห็นด้วยปานกลาง|Agree moderately|Moderately agree",
        "เห็นด้วยมาก|Agree much|Agree a lot",
        "เห็นด้วยมากที่สุด|Agree most|Agree very much",
    ),
    "satisfaction3": ("ไม่พึงพอใจ|Dissatisfied|ไม่พอใจ|Unsatisfied|Not satisfied", _UNMOVED, "พึงพอใจ|Satisfied|พอใจ"),
    "satisfaction4": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied|" + _DISSATISFIED_LITTLE,
        "พึงพอใจ|Satisfied|" + _SATISFIED_LITTLE,
        _SATISFIED_MOST,
    ),
    "satisfaction5": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied|" + _DISSATISFIED_LITTLE,
        _UNMOVED,
        "พึงพอใจ|Satisfied|" + _SATISFIED_LITTLE,
        _SATISFIED_MOST,
    ),
    "satisfaction7": (
        _DISSATISFIED_MOST,
        "ไม่พึงพอใจ|Dissatisfied|Unsatisfied",
        _DISSATISFIED_LITTLE,
        _UNMOVED,
        _SATISFIED_LITTLE,
        "พึงพอใจ|Satisfied",
        _SATISFIED_MOST,
    ),
    "satisfaction_level5": (
        "พึงพอใจน้อยที่สุด|Least satisfied",
        "พึงพอใจน้อย|Little satisfied|Slightly satisfied",
        "พึงพอใจปานกลาง|Moderately satisfied",
        "พึงพอใจมาก|Much satisfied|Very satisfied",
        "พึงพอใจมากที่สุด|Most satisfied|Extremely satisfied",
    ),
    "frequency3": (_NEVER, _SOMETIMES, _ALWAYS),
    "frequency4": (_NEVER, _SOMETIMES, _OFTEN, _ALWAYS),
    "frequency5": (_NEVER, _RARELY, _SOMETIMES, _OFTEN, _ALWAYS),
    "frequency6": (
        _NEVER,
        "แทบไม่เคย|Very rarely|น้อยครั้งมาก|Almost never|Hardly ever",
        "นานๆ ครั้ง|Rarely|น้อยครั้ง|Seldom",
        _SOMETIMES,
        "บ่อยครั้ง|Very frequently|บ่อย|บ่อยๆ|Often|Frequently|Very often",
        _ALWAYS,
    ),
    "frequency7": (
        _NEVER,
        "แทบไม่เคย|Rarely|Almost never|Hardly ever",
        "นานๆ ครั้ง|Occasionally|น้อยครั้ง|Seldom",
        "บางครั้ง|Sometimes|เป็นบางครั้ง",
        "บ่อยครั้ง|Frequently|บ่อย|บ่อยๆ|Often",
        "เกือบทุกครั้ง|Usually|เกือบเสมอ|บ่อยมาก|Almost always|Very often",
        _ALWAYS,
    ),
    "level3": (_LITTLE, _MODERATE, _MUCH),
    "level4": (_LEAST, _LITTLE, _MUCH, _MOST),
    "level5": (_LEAST, _LITTLE, _MODERATE, _MUCH, _MOST),
    "extent5": (
        "ไม่เลย|Not at all|ไม่มีเลย|ไม่เลยแม้แต่น้อย",
        "เล็กน้อย|Slightly|น้อย|A little|A little bit",
        "ปานกลาง|Moderately|บ้าง|Somewhat",
        "มาก|Very|Very much|A lot|Quite a bit",
        "มากที่สุด|Extremely|อย่างยิ่ง|Completely",
    ),
    "quality3": ("ไม่ดี|Poor|แย่|Bad", "ปานกลาง|Fair|พอใช้|Average", "ดี|Good"),
    "quality4": ("ควรปรับปรุง|Poor|ต้องปรับปรุง|Needs improvement", "พอใช้|Fair", "ดี|Good", "ดีมาก|Very good|Excellent"),
    "quality5": (
        "แย่มาก|Very poor|ไม่ดีเลย|ไม่ดีมาก|Very bad",
        "แย่|Poor|ไม่ดี|Bad",
        "ปานกลาง|Fair|Average|Acceptable",
        "ดี|Good",
        "ดีมาก|Very good|Excellent",
    ),
    "quality7": (
        "แย่มาก|Very poor|ไม่ดีเลย|Very bad",
        "แย่|Poor|ไม่ดี|Bad",
        "ค่อนข้างแย่|Somewhat poor|ค่อนข้างไม่ดี|Below average",
        "ปานกลาง|Fair|Average",
        "ค่อนข้างดี|Somewhat good|Above average",
        "ดี|Good",
        "ดีมาก|Very good|Excellent",
    ),
    "performance5": (
        "ควรปรับปรุง|Needs improvement|ต้องปรับปรุง|ปรับปรุง",
        "พอใช้|Passable",
        "ปานกลาง|Moderate|Fair|Average",
        "ดี|Good",
        "ดีมาก|Very good|ดีเยี่ยม|Excellent",
    ),
    "excellence5": (
        "ไม่ดี|Poor|แย่",
        "พอใช้|Fair",
        "ดี|Good",
        "ดีมาก|Very good",
        "ดีเยี่ยม|Excellent|ยอดเยี่ยม|ดีเลิศ",
    ),
    "likelihood4": (_UNLIKELY_MOST, _UNLIKELY, _LIKELY, _LIKELY_MOST),
    "likelihood5": (_UNLIKELY_MOST, _UNLIKELY, _EVEN, _LIKELY, _LIKELY_MOST),
    "likelihood7": (
        _UNLIKELY_MOST,
        _UNLIKELY,
        "ค่อนข้างไม่น่าเป็นไปได้|Somewhat unlikely|Slightly unlikely",
        _EVEN,
        "ค่อนข้างเป็นไปได้|Somewhat likely|Slightly likely",
        _LIKELY,
        _LIKELY_MOST,
    ),
    "importance5": (
        "ไม่สำคัญเลย|Not at all important|สำคัญน้อยที่สุด|Not important|Unimportant",
        "สำคัญน้อย|Slightly important|ไม่ค่อยสำคัญ|Of little importance",
        "สำคัญปานกลาง|Moderately important|Important to some extent",
        "สำคัญมาก|Very important|สำคัญ|Important",
        "สำคัญมากที่สุด|Extremely important|สำคัญที่สุด|สำคัญอย่างยิ่ง",
    ),
    "yes_no": (
        "ไม่ใช่|No|ไม่|ไม่มี|ไม่เคย|ไม่ได้|False|N",
        "ใช่|Yes|มี|เคย|ได้|True|Y",
    ),
    CHOSEN: ("ไม่ได้เลือก|Not chosen|ไม่เลือก|No|False|ไม่ใช่", "เลือก|Chosen|Yes|True|ใช่"),
}
_FROM_ZERO = {"yes_no", "agreement2", CHOSEN}


def _built_in(name: str) -> AnswerScale:
    written = [line.split("|") for line in _POINTS[name]]
    return AnswerScale(
        tuple(
            Point(value, th, en, tuple(also))
            for value, (th, en, *also) in enumerate(written, start=0 if name in _FROM_ZERO else 1)
        )
    )


# The usual scales by name: the family and the number of points. Values run from 1 (those of two points: from 0).
BUILT_IN: dict[str, AnswerScale] = {name: _built_in(name) for name in _POINTS}

_NO_ANSWER = {
    "dont_know": "ไม่ทราบ|ไม่รู้|ไม่แน่ใจ|ไม่ทราบคำตอบ|ไม่ทราบแน่ชัด|จำไม่ได้|ตอบไม่ได้|ไม่สามารถตอบได้|ไม่มีความเห็น|ไม่มีความคิดเห็น|ບໍ່ຮູ້"
    "|Don't know|Don’t know|Do not know|I don't know|I don’t know|Doesn't know|DK|Not sure|Unsure|Can't say|Can’t say"
    "|Cannot say|Hard to say|Can't choose|Can’t choose|Cannot choose|Can't remember|Can’t remember|Don't remember"
    "|Don’t remember|No opinion|No sabe|NS|Weiß nicht|Ne sait pas|NSP|Tidak tahu|Không biết",
    "not_applicable": "ไม่เกี่ยวข้อง|ไม่เข้าข่าย|ไม่มีกรณีนี้|ใช้ไม่ได้กับกรณีนี้|Not applicable|N/A|Does not apply|Doesn't apply"
    "|Doesn’t apply|Not relevant|Inapplicable|No aplica|Trifft nicht zu|Sans objet",
    "refused": "ไม่ประสงค์ตอบ|ไม่ประสงค์จะตอบ|ไม่ประสงค์ระบุ|ไม่ประสงค์จะระบุ|ไม่ประสงค์ให้ข้อมูล|ไม่ประสงค์ตอบคำถาม|ไม่ต้องการตอบ"
    "|ไม่ต้องการตอบคำถาม|ไม่ต้องการระบุ|ไม่ต้องการเปิดเผย|ไม่สะดวกตอบ|ไม่สะดวกระบุ|ไม่สะดวกให้ข้อมูล|ไม่ขอตอบ|ไม่ขอระบุ|ไม่อยากตอบ|ปฏิเสธ"
    "|ปฏิเสธที่จะตอบ|ปฏิเสธการตอบ|ปฏิเสธไม่ตอบ|ไม่ยินดีตอบ|Refused|Refusal|Refuse|Refuse to answer|Refused to answer"
    "|Refused to say|Prefer not to say|Prefer not to answer|I prefer not to say|I prefer not to answer|Rather not say"
    "|Would rather not say|Prefer not to disclose|Declined|Decline to answer|Declined to answer|Rehúsa|Rehusó|Refus"
    "|Verweigert",
    "missing": "ไม่ตอบ|ไม่ตอบคำถาม|ไม่ตอบข้อนี้|ไม่ได้ตอบ|ไม่ระบุ|ไม่มีคำตอบ|ไม่มีข้อมูล|ไม่ให้ข้อมูล|ข้อมูลขาดหาย|ข้อมูลสูญหาย|ค่าสูญหาย|ບໍ່ຕອບ"
    "|No answer|Not answered|No response|No reply|No data|Not stated|Not ascertained|Not reported|Not available|Blank"
    "|Left blank|Unspecified|Missing|Missing value|System missing|No responde|No contesta|NC|NR|Keine Angabe|k. A."
    "|Sans réponse|Tidak menjawab|Không trả lời",
}
# Words of no answer -> reason; where a word is a point of the item's scale, it is an answer.
NON_ANSWERS: dict[str, str] = {
    comparable(word): reason for reason, words in _NO_ANSWER.items() for word in words.split("|")
}
_SEVERAL_REASONS = re.compile(r"[/,;|]|หรือ|\bor\b", re.IGNORECASE)
# What programs write where there is nothing; not the N/A that people write.
_NOTHING = {"NA", "NaN", "nan", "NULL", "null", ".", "-", "–", "—"}


def non_answer(answer: str, further: Mapping[str, str] | None = None) -> str | None:
    """Why an answer that is no point of its scale is none: one of `REASONS`; None if it is an answer after all.

    Args:
        further: words and codes that the study declares, as `comparable` has them, and their reasons.
    """
    if not answer or answer in _NOTHING:
        return "empty"
    known = {**NON_ANSWERS, **further} if further else NON_ANSWERS
    both = number_and_words(answer)
    for words in (answer, *((both[1],) if both else ())):
        if reason := known.get(comparable(words)):
            return reason
        parts = [part for part in _SEVERAL_REASONS.split(words) if part.strip()]
        reasons = [known.get(comparable(part)) or ("missing" if part.strip() in _NOTHING else None) for part in parts]
        if len(parts) > 1 and all(reasons):  # "Don't know / Refused"
            return reasons[0]
    return None


class Guessed(NamedTuple):
    """A scale that the words of answers were taken for.

    Attributes:
        name: of a built-in scale; "" where it is none, and study.yml must declare it.
    """

    name: str
    scale: AnswerScale


def guess(answers: Iterable[str]) -> Guessed | None:
    """The scale whose words the answers are, leaving non-answers aside; None if that cannot be told.

    Either a built-in scale or one whose order can be read off the words (`scale_words`). On both, different answers
    have different values, and no value between two of them is left out: else the steps may be uneven, or are those of
    another scale, and there is no guess. The one that reads most answers counts ("ไม่แน่ใจ" is a point of some, and no
    answer to others), then one whose values are the numbers beside the words, then the one of whose points most were
    used, the built-in one first. Numbers alone say nothing of a scale, and one answer alone does not either.
    """
    said = tuple(dict.fromkeys(one_line(a) for a in answers if a and parse_integer(a) is None))
    return _guess(said)


@lru_cache(maxsize=4096)
def _guess(said: tuple[str, ...]) -> Guessed | None:
    best: tuple[tuple[int, bool, float], Guessed, dict[str, float]] | None = None
    for name, scale in BUILT_IN.items():
        values = {answer: value for answer in said if (value := scale.read(answer).value) is not None}
        left = [answer for answer in said if answer not in values and not non_answer(answer)]
        words = {comparable(unnumbered_words(answer)): value for answer, value in values.items()}
        fit = len(words), _numbers_agree(values), len(words) / len(scale.points)
        if name != CHOSEN and not left and _even(words.values()) and (best is None or fit > best[0]):
            best = fit, Guessed(name, scale), values
    aside = frozenset(answer for answer in said if non_answer(answer))
    found = order(said, aside)
    if found is None or any(answer not in found.values and answer not in aside for answer in said):
        return best[1] if best else None
    distinct = len(set(found.values.values()))
    fit = distinct, _numbers_agree(found.values), distinct / len(found.labels)
    if best and best[0] == fit and _ranks(best[2]) != _ranks(found.values):
        return None  # two orders are possible
    if best and best[0] >= fit:
        return best[1]
    scale = _as_scale(found)
    return Guessed("", scale) if all(scale.read(answer).value for answer in found.values) else None


def _as_scale(found: Order) -> AnswerScale:
    points = []
    for value, label in enumerate(map(unnumbered_words, found.labels), 1):
        ways = (unnumbered_words(answer) for answer, own in found.values.items() if own == value)
        points.append(Point(value, label, label, tuple(way for way in dict.fromkeys(ways) if way != label)))
    return AnswerScale(tuple(points))


def _numbers_agree(values: Mapping[str, float]) -> bool:
    """Whether a number stands beside every answer, and is its value."""
    return all((both := number_and_words(answer)) and both[0] == value for answer, value in values.items())


def _even(values: Collection[float]) -> bool:
    """Whether there are several values, no two alike, and none between them is left out."""
    own = set(values)
    return 1 < len(own) == len(values) == max(own) - min(own) + 1


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    ordered = sorted(set(values.values()))
    return {answer: ordered.index(value) for answer, value in values.items()}


def unnumbered_words(answer: str) -> str:
    """An answer without the number beside it, if it has one."""
    both = number_and_words(answer)
    return both[1] if both else one_line(answer)


def is_a_point(words: str) -> bool:
    """Whether the words are a point of any built-in scale, such as the ends that a form names beside the numbers."""
    return any(comparable(words) in scale.words for scale in BUILT_IN.values())
