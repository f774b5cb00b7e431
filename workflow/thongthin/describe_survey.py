"""What a survey file holds, for an author who is about to make a study of it; and first drafts of that study's files.

`python -m thongthin.describe_survey FILE [--form FORM] [--sheet SHEET] [--drafts FOLDER]` prints, in English and Thai:
format, rows and columns; what each column seems to be (time, site, group, answers on a scale, ...); answers that
several columns share without being a scale known here; columns with personal data; what may be codes for missing
answers. Then it drafts `survey/items.csv` and the part `survey` of study.yml: into the folder, where none of them
stands, or else printed.

What is guessed is for a person to judge, and what can't be read off answers is not guessed: constructs, reversed items,
waves, and translations stay empty. Nothing is built, and no file that stands is changed. Ends with 1 where the file
can't be read or drafts can't be written.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import yaml

from thongthin.answer_scales import (
    BUILT_IN,
    CATEGORY,
    CHOSEN,
    FROM_FILE,
    AnswerScale,
    Guessed,
    Point,
    guess,
    non_answer,
    unnumbered_words,
)
from thongthin.categories import MISSING, MOST_CATEGORIES
from thongthin.file_descriptions import Part, described, new_id, shown, tell_drafts
from thongthin.language import has_thai, parse_integer, parse_number
from thongthin.problems import Problems, notice_list, printable, problem_list, speak_utf8
from thongthin.readers.survey_answers import in_order, unnumbered
from thongthin.readers.survey_files import Format, SurveyColumn, SurveyFile, read_survey_file
from thongthin.readers.survey_files.suspicions import Suspicion, lines_for_study, suspicious_values
from thongthin.readers.survey_items import ITEMS
from thongthin.tables import ALL, TABLES

Role = Literal["time", "metadata", "personal", "site", "group", "weight", "scale", "choice", "choices", "category",
               "number", "text", "empty"]  # fmt: skip
ROLES: dict[Role, str] = {
    "time": "time / เวลา",
    "metadata": "added by the tool / โปรแกรมเพิ่มให้",
    "personal": "personal data? / ข้อมูลส่วนบุคคล?",
    "site": "site? / พื้นที่?",
    "group": "group? / กลุ่ม?",
    "weight": "weight? / น้ำหนัก?",
    "scale": "scale / มาตรวัด",
    "choice": "one choice out of several / หนึ่งตัวเลือกจากหลายตัวเลือก",
    "choices": "several answers in a cell / หลายคำตอบในช่องเดียว",
    "category": "category / หมวดหมู่",
    "number": "number / จำนวน",
    "text": "text / ข้อความ",
    "empty": "empty / ว่าง",
}
FORMAT_NAMES: dict[Format, str] = {
    "csv": "CSV",
    "xlsx": "Excel",
    "google_forms": "Google Forms",
    "kobo": "KoboToolbox, ODK",
    "limesurvey": "LimeSurvey",
    "qualtrics": "Qualtrics",
    "spss": "SPSS",
    "parquet": "Parquet",
}
ITEM_ROLES: tuple[Role, ...] = ("scale", "choice", "category", "number")
# No item may be called as a column of these tables is.
RESERVED = ("responses", "survey_received")
# A column of whole numbers that all differ numbers its rows; below so many rows, it may do so by chance.
_MANY = 20
# So many answers of a column are shown; the usual scales have no more.
_LISTED = 7
# Names of scales of amounts begin with this, and those of scales in words that are not built in.
NUMBERS, WORDS = "number", "words"
# Numbers from 0 or 1 to this at most are the points of a scale.
_HIGHEST_POINT = 10

_PERSONAL = re.compile(
    r"ชื่อ[\s–-]*(และ)?\s*(นาม)?สกุล|^ชื่อ|เบอร์|โทรศัพท์|อีเมล|ไอดีไลน์|line id|บัตรประชาชน|e-?mail|\bphone|telephone|^name\b"
    r"|(full|first|last) ?name|ip ?addr|latitude|longitude"
    r"|วันเกิด|วัน.{0,9}ปี\s*เกิด|เกิดวันที่|birth ?da(te|y)|date of birth|\bdob\b",
    re.IGNORECASE,
)
_PERSONAL_CELL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|0\d{1,2}[- ]?\d{3}[- ]?\d{3,4}|\d-?\d{4}-?\d{5}-?\d{2}-?\d")
_SITE = re.compile(
    r"พื้นที่|หน่วยงาน|องค์กรปกครอง|อปท|อบต|เทศบาล|ตำบล|อำเภอ|จังหวัด|สังกัด|\bsite\b|municipal|organi[sz]ation|district|province"
    r"|country",
    re.IGNORECASE,
)
_SITE_CELL = re.compile(r"เทศบาล|อบต|องค์การบริหาร|\bท[ตมน]\.|municipality|subdistrict|\bSAO\b", re.IGNORECASE)
_GROUP = re.compile(r"กลุ่ม|สถานะ|ท่านเป็น|ผู้ตอบ|บทบาท|\bgroup\b|\brole\b|respondent|you are", re.IGNORECASE)
_GROUP_CELL = re.compile(r"เจ้าหน้าที่|ประชาชน|บุคลากร|ข้าราชการ|ผู้บริหาร|official|citizen|staff|resident", re.IGNORECASE)
# Numbers for what people are, rather than for what they think.
_ABOUT = re.compile(
    r"เพศ|อายุ|การศึกษา|อาชีพ|รายได้|ตำแหน่ง|ประสบการณ์|\b(age|sex|gender|education|occupation|income|position|experience)\b",
    re.IGNORECASE,
)
# Weights of respondents, rather than of bodies.
_WEIGHT = re.compile(
    r"(^|[\W_])(weights?|wt|wgt|pweight|pw|w8|finalwt)($|[\W_\d])|weight$|น้ำหนัก(?!ตัว)|ถ่วงน้ำหนัก", re.IGNORECASE
)
# What people write in their own words.
_OPEN = re.compile(
    r"ข้อเสนอแนะ|ข้อคิดเห็น|ความ(คิด)?เห็น(เพิ่มเติม|อื่น)|เสนอแนะ|เพิ่มเติม|โปรดระบุ|\(ระบุ|กรุณาระบุ|เพราะเหตุใด|เหตุผล|เพราะอะไร|อธิบาย|หมายเหตุ|แสดงความคิดเห็น"
    r"|comment|suggest|feedback|remark|explain|\bwhy\b|specify|in your own words|anything else|other \(|describe",
    re.IGNORECASE,
)
# Categories repeat: so large a share of the different answers at most was given by one respondent alone.
_ONCE = 0.5
_BLOCK_END = re.compile(r"(?:[\d๐-๙]+|(?<=_)[^_]+)$")
# What tools call the columns that study.yml asks for, the best first.
_KNOWN = {
    "respondent": ("ResponseId", "_id", "_uuid", "KEY", "id", "Response ID"),
    "submitted": ("Timestamp", "EndDate", "end", "submitdate", "Date submitted", "_submission_time", "SubmissionDate"),
    "started": ("StartDate", "start", "startdate", "Date started"),
    "duration": ("Duration (in seconds)", "interviewtime", "Total time"),
}

# What people do with the drafts, in English and in Thai.
ADVICE = (
    "Fill in constructs, translations, reversed items and waves",
    "เติมตัวแปร คำแปล ข้อเชิงลบ และช่วงเวลา",
)


@dataclass(frozen=True)
class Guess:
    """What a column seems to be.

    Attributes:
        scale: for items, as it stands in items.csv; of a number, too.
        answers: the different cells, the most usual first, and how often each stands there.
        meant: the points of a scale whose values were read off words.
    """

    column: SurveyColumn
    role: Role
    scale: str = ""
    answers: Mapping[str, int] = field(default_factory=dict)
    meant: AnswerScale | None = None

    @property
    def n(self) -> int:
        """Cells that are not empty."""
        return sum(self.answers.values())


@dataclass(frozen=True)
class Draft:
    """What was guessed of a file.

    Attributes:
        guesses: one a column.
        scales: those of numbers that study.yml must declare: name -> lowest and highest number.
        codes: values that may stand for missing answers.
    """

    file: SurveyFile
    guesses: list[Guess]
    scales: dict[str, tuple[int, int]]
    codes: list[Suspicion] = field(default_factory=list)

    def of(self, *roles: Role) -> list[Guess]:
        """The columns that seem to be one of these."""
        return [guess for guess in self.guesses if guess.role in roles]

    @property
    def worded(self) -> dict[str, AnswerScale]:
        """The scales in words that study.yml must declare, by name."""
        return {own.scale: own.meant for own in self.guesses if own.meant and own.scale.startswith(WORDS)}


# --- what the columns are -------------------------------------------------------------------------------------------


def draft(file: SurveyFile) -> Draft:
    """What each column of a file seems to be, and which scales its numbers need."""
    guesses = [_first_guess(column, _counted(file.frame[column.header])) for column in file.columns]
    guesses = _with_words(guesses)
    codes = _codes(file, guesses)
    apart = {own.column.header: {c.value for c in codes if own.column.header in c.headers} for own in guesses}
    limits = _limits(guesses, apart)
    guesses = [_with_points(own, limits) for own in guesses]
    labels = Counter(_labels(own) for own in guesses if own.column.values)
    guesses = [
        replace(own, role="scale", scale=FROM_FILE) if own.role == "category" and _is_shared(own, labels) else own
        for own in guesses
    ]
    guesses = _with_one(guesses, "site", _SITE, _SITE_CELL, most=200)
    guesses = _with_one(guesses, "group", _GROUP, _GROUP_CELL, most=10)
    limits |= _number_limits(guesses, apart)
    guesses = [_with_number(own, limits) for own in guesses]
    scales = {own.scale: limits[own.column.header] for own in guesses if own.scale.startswith(("points", NUMBERS))}
    asked = {own.column.header for own in guesses if own.role in (*ITEM_ROLES, "site", "group")}
    codes = [own for own in codes if set(own.headers) <= asked]
    return Draft(file, guesses, dict(sorted(scales.items())), codes)


def _codes(file: SurveyFile, guesses: Sequence[Guess]) -> list[Suspicion]:
    """Values of numbers and categories that may stand for missing answers; columns of a block are judged together."""
    found: dict[tuple[str, str], list[Suspicion]] = defaultdict(list)
    pools: list[list[Guess]] = []
    plain = [own for own in guesses if own.role in ("category", "number", "text") and not own.column.values]
    pools += _blocks(plain)
    pools += [[own] for own in guesses if own.role in ("category", "number", "scale") and own.column.values]
    for pool in pools:
        for own in suspicious_values(file.frame, [member.column for member in pool]):
            if not (own.label and non_answer(own.label)):
                found[(own.value, own.label)].append(own)
    merged = [
        Suspicion(value, tuple(header for own in parts for header in own.headers), label, sum(own.n for own in parts))
        for (value, label), parts in found.items()
    ]
    return sorted(merged, key=lambda own: (int(own.value), own.label))


def _counted(cells: pd.Series) -> dict[str, int]:
    """The cells that are not empty, the most usual first, then by themselves."""
    counted = {str(cell): int(n) for cell, n in cells.value_counts().items() if cell}
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0])))


def _first_guess(column: SurveyColumn, answers: Mapping[str, int]) -> Guess:
    """What a column seems to be by itself; numbers that may be points of a scale are a category so far."""

    def as_(role: Role, scale: str = "") -> Guess:
        return Guess(column, role, scale, answers)

    if column.choice_of:
        return as_("choice", CHOSEN)
    if column.kind == "select_multiple":
        return as_("choices")
    if _is_personal(column, answers):
        return as_("personal")
    if column.kind in ("timestamp", "metadata"):
        return as_("time" if column.kind == "timestamp" else "metadata")
    if not answers:
        return as_("empty")
    if _is_weight(column, answers):
        return as_("weight")
    given = [answer for answer in answers if answer not in column.missing and not non_answer(answer)]
    if column.values:
        labels = [label for value, label in column.values.items() if value not in column.missing]
        if not {*given} & {*column.values} and all(parse_number(answer) is not None for answer in given):
            return as_("number")  # labels of codes for missing answers only
        if found := guess(labels):
            return replace(as_("scale", _of_labels(column, labels, found)), meant=found.scale)
        return as_("category", CATEGORY)
    if found := guess(answers):
        return replace(as_("scale", found.name), meant=found.scale)
    n, several = sum(answers.values()), len(given)
    few = (several <= 20 and 2 * several <= n) or (several <= 200 and 5 * several <= n)
    numbers = all(parse_number(answer) is not None for answer in given)
    short = sum(map(len, given)) <= 60 * several
    once = sum(answers[answer] == 1 for answer in given)
    if not numbers and (named_open(column) or (several > 5 and once > _ONCE * several)):
        return as_("text")
    if numbers and not (few and _points(given)):
        return as_("number")
    return as_("category", CATEGORY) if few and short else as_("text")


def named_open(column: SurveyColumn) -> bool:
    """Whether a question asks for an answer in people's own words."""
    return any(map(_OPEN.search, (column.header, column.text)))


def _is_weight(column: SurveyColumn, answers: Mapping[str, int]) -> bool:
    """Whether a column seems to hold weights of respondents: by its name, positive, decimals among them, about 1."""
    numbers = {answer: parse_number(answer) for answer in answers}
    if column.values or not any(map(_WEIGHT.search, (column.header, column.text))) or None in numbers.values():
        return False
    cells = [(number, answers[answer]) for answer, number in numbers.items() if number is not None]
    n, mean = sum(k for _, k in cells), sum(number * k for number, k in cells) / sum(k for _, k in cells)
    return n > 1 and min(number for number, _ in cells) > 0 and 0.5 <= mean <= 2 and len(cells) > 1


def _of_labels(column: SurveyColumn, labels: Sequence[str], found: Guessed) -> str:
    """The scale of a column whose labels have an order: that of the file's numbers, unless these run the other way.

    Yes and no are 1 and 0, and a scale numbered downwards (1 = most) is read by its words, if it is built in.
    """
    numbers = [parse_integer(value) for value in column.values if value not in column.missing]
    if found.name == "yes_no" or (found.name and None in numbers):
        return found.name
    known = [
        (number, value)
        for number, label in zip(numbers, labels, strict=True)
        if number is not None and (value := found.scale.read(label).value) is not None
    ]
    values = [value for _, value in sorted(known)]
    return found.name if found.name and len(values) > 1 and values == sorted(values, reverse=True) else FROM_FILE


def _is_personal(column: SurveyColumn, answers: Mapping[str, int]) -> bool:
    """Whether a column seems to tell who somebody is: by its cells, or by its name where most cells differ."""
    n = sum(answers.values())
    telling = sum(times for answer, times in answers.items() if _PERSONAL_CELL.fullmatch(answer))
    named = any(map(_PERSONAL.search, (column.header, column.text)))
    return bool(n) and (2 * telling > n or (named and 2 * len(answers) > n))


def _points(answers: Sequence[str]) -> tuple[int, int] | None:
    """Lowest and highest of answers that are whole numbers from 0 to `_HIGHEST_POINT`; None if any is not."""
    numbers = [parse_integer(answer) for answer in answers]
    if not numbers or any(number is None or not 0 <= number <= _HIGHEST_POINT for number in numbers):
        return None
    points = [number for number in numbers if number is not None]
    return min(points), max(points)


def _blocks(guesses: Iterable[Guess]) -> list[list[Guess]]:
    """Columns of one grid, or whose headers differ at their end only (Q1_1, Q1_2; trust_court, trust_police)."""
    blocks: dict[str, list[Guess]] = defaultdict(list)
    for own in guesses:
        blocks[own.column.group or _BLOCK_END.sub("", own.column.header)].append(own)
    return list(blocks.values())


def _with_words(guesses: Sequence[Guess]) -> list[Guess]:
    """The guesses with one scale for all columns of a block, read off all of their answers.

    A column by itself, of which an answer may be missing by chance, takes the scale that most columns have, if all of
    its answers are on it, each on a point of its own. Scales that are not built in get their names here.
    """
    plain = [own for own in guesses if own.role in ("scale", "category") and not own.column.values]
    of_header: dict[str, Guessed] = {}
    for block in _blocks(plain):
        found = guess(dict.fromkeys(answer for own in block for answer in own.answers))
        for own in block:
            alone = Guessed(own.scale, own.meant) if own.role == "scale" and own.meant else None
            if (best := found or alone) is not None:
                of_header[own.column.header] = best
    usual = Counter(of_header.values())
    for own in (block[0] for block in _blocks(plain) if len(block) == 1):
        now = of_header.get(own.column.header)
        for found, n in usual.most_common():
            values = [found.scale.read(answer).value for answer in _given(own)]
            if n > (found == now) and len(values) > 1 and None not in values and len(set(values)) == len(values):
                of_header[own.column.header] = found
                break
    names: dict[AnswerScale, str] = {}
    for found in of_header.values():
        if not found.name and found.scale not in names:
            name = f"{WORDS}{len(found.scale.points)}"
            names[found.scale] = name + "".join(
                f"_{n}" for n in [sum(own.split("_")[0] == name for own in names.values()) + 1] if n > 1
            )
    changed = []
    for own in guesses:
        if now := of_header.get(own.column.header):
            own = replace(own, role="scale", scale=now.name or names[now.scale], meant=now.scale)
        changed.append(own)
    return changed


def _limits(guesses: Sequence[Guess], apart: Mapping[str, set[str]]) -> dict[str, tuple[int, int]]:
    """Lowest and highest number of the columns of numbers, by header.

    Columns of one block share them: not every answer need be given to every question. Scales begin with 1, unless a 0
    was answered. Codes of missing answers, which lie apart, are no points.
    """
    points = {
        own.column.header: found
        for own in guesses
        if own.role in ("category", "number")
        and not own.column.values
        and (found := _points([answer for answer in _given(own) if answer not in apart[own.column.header]]))
    }
    limits: dict[str, tuple[int, int]] = {}
    for block in _blocks(own for own in guesses if own.column.header in points):
        headers = [own.column.header for own in block]
        lowest = min(points[header][0] for header in headers)
        highest = max(points[header][1] for header in headers)
        # A column by itself is rather a code (1 male, 2 female) unless it has as many points as scales have.
        about = len(headers) == 1 and _ABOUT.search(headers[0])
        if highest >= 3 and not about and (len(headers) > 1 or highest in (5, 7, 10)):
            limits |= dict.fromkeys(headers, (min(lowest, 1), highest))
    return limits


def _given(own: Guess) -> list[str]:
    """The answers of a column without those that are none."""
    return [answer for answer in own.answers if answer not in own.column.missing and not non_answer(answer)]


def _with_points(own: Guess, limits: Mapping[str, tuple[int, int]]) -> Guess:
    if own.column.header not in limits:
        return own
    lowest, highest = limits[own.column.header]
    return replace(own, role="scale", scale=f"points{highest}" if lowest else f"points0_{highest}")


def _number_limits(guesses: Iterable[Guess], apart: Mapping[str, set[str]]) -> dict[str, tuple[int, int]]:
    """Whole limits of the columns that hold amounts, by header; 0 is the lowest where nothing is below it.

    Columns that tools add, and whole numbers that all differ (as numbers of rows and ids do), are no amounts.
    """
    known = {name for names in _KNOWN.values() for name in names}
    limits = {}
    for own in guesses:
        given = [answer for answer in _given(own) if answer not in apart[own.column.header]]
        numbers = [number for answer in given if (number := parse_number(answer)) is not None]
        if own.role != "number" or own.column.header in known or len(numbers) < 2:
            continue
        if own.n >= _MANY and len(numbers) == own.n and all(number.is_integer() for number in numbers):
            continue
        limits[own.column.header] = (min(0, math.floor(min(numbers))), max(1, math.ceil(max(numbers))))
    return limits


def _with_number(own: Guess, limits: Mapping[str, tuple[int, int]]) -> Guess:
    if own.role != "number" or own.column.header not in limits:
        return own
    low, high = limits[own.column.header]
    return replace(own, scale=f"{NUMBERS}{str(low).replace('-', 'm')}_{high}")


def _labels(own: Guess) -> tuple[str, ...]:
    return tuple(own.column.values.values())


def _is_shared(own: Guess, labels: Mapping[tuple[str, ...], int]) -> bool:
    """Whether a column has numbered labels, three or more, that other columns have too."""
    values = own.column.values
    return len(values) >= 3 and labels[_labels(own)] > 1 and all(parse_integer(value) is not None for value in values)


def _with_one(
    guesses: Sequence[Guess], role: Role, header: re.Pattern[str], cell: re.Pattern[str], *, most: int
) -> list[Guess]:
    """The guesses with the one category that fits best as site or group, if its name or its answers tell."""

    def fit(own: Guess) -> int:
        given = [own.column.values.get(answer, answer) for answer in _given(own)]
        if own.role != "category" or not 2 <= len(given) <= most:
            return 0
        return 2 * (2 * sum(map(bool, map(cell.search, given))) > len(given)) + bool(
            header.search(f"{own.column.header} {own.column.text}")
        )

    best = max(range(len(guesses)), key=lambda place: (fit(guesses[place]), -place), default=None)
    if best is None or not fit(guesses[best]):
        return list(guesses)
    return [replace(own, role=role) if place == best else own for place, own in enumerate(guesses)]


# --- the description ------------------------------------------------------------------------------------------------


def description(found: Draft) -> list[Part]:
    """What a file holds, part by part; what it lacks has no lines."""
    file = found.file
    unknown: dict[frozenset[str], list[str]] = defaultdict(list)
    for own in found.of("category"):
        given = _given(own)
        if len(given) >= 3 and not all(parse_number(answer) is not None for answer in given):
            unknown[frozenset(given)].append(own.column.header)
    sheet = f', sheet / แผ่นงาน "{shown(file.sheet)}"' if file.sheet else ""
    return [
        Part(
            "Format, rows, columns",
            "รูปแบบ แถว คอลัมน์",
            [f"{FORMAT_NAMES[file.format]}{sheet}, {len(file.frame):,}, {len(file.columns):,}"],
        ),
        Part(
            "Columns: what each seems to be (answers; the most usual)",
            "คอลัมน์: น่าจะเป็น (จำนวนคำตอบ; คำตอบที่พบมาก)",
            [_line(own) for own in found.guesses],
        ),
        Part(
            "The same answers in several columns, on no scale known here. A scale? Declare it, lowest first",
            "คำตอบชุดเดียวกันในหลายคอลัมน์ แต่ไม่ใช่มาตรวัดที่รู้จัก หากเป็นมาตรวัด ให้ประกาศโดยเรียงจากต่ำไปสูง",
            [
                f"{_listed(sorted(answers))}: {_listed(headers)}"
                for answers, headers in unknown.items()
                if len(headers) > 1
            ],
        ),
        Part(
            "Values that lie apart: no answers? The check asks for them; lines for study.yml stand in the draft",
            "ค่าที่อยู่ห่างจากค่าอื่น: หมายถึงไม่มีคำตอบหรือไม่ การตรวจจะถามถึงค่าเหล่านี้ และร่างมีบรรทัดสำหรับ study.yml ให้แล้ว",
            [
                f"{own.value}{f' {shown(own.label)}' if own.label else ''} ({own.n:,}): {_listed(own.headers)}"
                for own in found.codes
            ],
        ),
        Part(
            "Personal data? Take these columns out before the file comes into a study",
            "ข้อมูลส่วนบุคคล? ควรลบคอลัมน์เหล่านี้ก่อนนำไฟล์เข้าการศึกษา",
            [shown(own.column.header) for own in found.of("personal")],
        ),
    ]


def _line(own: Guess) -> str:
    """A column in one line. Of personal data, and of what people wrote themselves, no answer is shown."""
    what = ROLES[own.role] + (f" {own.scale}" if own.role in ("scale", "number") and own.scale else "")
    line = f"{shown(own.column.header)}  {what}  {own.n:,}"
    if own.role in ("personal", "text", "metadata", "empty", "choice"):
        return line
    if own.role == "scale" and (values := _values(own)):
        return f"{line}  {values}"
    answers = list(own.answers)
    if own.role in ("scale", "number") and all(parse_number(answer) is not None for answer in answers):
        answers.sort(key=lambda answer: parse_number(answer) or 0)
    return f"{line}  {_listed([own.column.values.get(answer, answer) for answer in answers])}"


def _values(own: Guess) -> str:
    """What each answer of a scale in words was taken for: 1 = disagree, 2 = ...; "" where the file's numbers count."""
    if own.scale == FROM_FILE:
        known = [(parse_integer(value), label) for value, label in own.column.values.items()]
        shown_ = [f"{number} = {shown(label)}" for number, label in sorted(k for k in known if k[0] is not None)]
        return ", ".join(shown_) if len(shown_) == len(known) else ""
    if own.meant is None:
        return ""
    said: dict[float, list[str]] = defaultdict(list)
    for answer in own.answers:
        label = own.column.values.get(answer, answer)
        value = own.meant.read(label).value
        if value is not None and unnumbered_words(label) not in said[value]:
            said[value].append(unnumbered_words(label))
    return ", ".join(
        f"{value:g} = {' / '.join(map(shown, said[value])) or '-'}"
        for value in sorted({p.value for p in own.meant.points})
    )


def _listed(names: Sequence[str]) -> str:
    """The first of the names, and how many there are if these are not all."""
    more = f" ... ({len(names)})" if len(names) > _LISTED else ""
    return ", ".join(map(shown, names[:_LISTED])) + more


# --- drafts ---------------------------------------------------------------------------------------------------------


def _asked(found: Draft) -> list[Guess]:
    """The columns that become items; ids and other numbers without a scale do not."""
    return [own for own in found.of(*ITEM_ROLES) if own.role != "number" or own.scale]


def items(found: Draft) -> pd.DataFrame:
    """The first draft of items.csv: a row for each column on a scale, with amounts, for each choice and category."""
    rows: list[dict[str, str]] = []
    taken = {column.name for table in RESERVED for column in TABLES[table].columns}
    for own in _asked(found):
        column = own.column
        name = column.names[-1] if column.names and found.file.format == "kobo" else column.header
        id_ = new_id(_short(name), "q", len(rows) + 1, [*taken, *(row["item_id"] for row in rows)])
        text = column.text or column.header
        texts = dict(column.texts) or {"th" if has_thai(text) else "en": text}
        if own.role == "choice":
            where = {"column": column.choice_of, "choice": column.text}
        else:
            where = {"column": column.header if column.header != id_ else "", "choice": ""}
        row = {
            "item_id": id_,
            **where,
            "text_th": texts.get("th", ""),
            "text_en": texts.get("en", ""),
            "scale": own.scale,
            "reversed": "no" if own.role == "scale" else "",
        }
        rows.append(row)
    return pd.DataFrame(rows, columns=list(ITEMS.all), dtype=str).fillna("")


def _short(header: str) -> str:
    """A header as an id can be made of it: a code with brackets as one word, a question as none."""
    code = re.sub(r"[\[\]().\s/]+", "_", header).strip("_")
    return code if len(code) <= 24 and re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", code) else ""


def survey_part(found: Draft, name: str, form: str | None) -> str:
    """The part `survey` of study.yml as a first draft, in YAML, with what is to be decided as comments.

    Args:
        name, form: of the file and of its form, which will stand in survey/.
    """
    part: dict[str, Any] = {"file": name}
    if form:
        part["form"] = form
    if found.file.sheet:
        part["sheet"] = found.file.sheet
    if sites := found.of("site"):
        part["site"] = sites[0].column.header
    if group := found.of("group"):
        part["group"] = group[0].column.header
    if weight := found.of("weight"):
        part["weight"] = weight[0].column.header
    part |= _tool_columns(found)
    if scales := _scales(found):
        part["scales"] = scales
    lines = [
        "# A draft: copy it into study.yml, and correct what was guessed.",
        "# ร่าง: คัดลอกไปไว้ใน study.yml แล้วแก้ส่วนที่เดาไว้",
    ]
    if not sites:
        lines += [
            "# site: which column holds the site? A study of one site needs none.",
            "# site: คอลัมน์ใดคือพื้นที่ หากศึกษาพื้นที่เดียวไม่ต้องระบุ",
        ]
    for name, meant in _in_words(found).items():
        points = ", ".join(f"{point.value} = {point.th}" for point in meant.points)
        lines += [f"# {name}: {points}"]
    if found.scales:
        lines += ["# scales: from the lowest to the highest number that was answered / จากเลขต่ำสุดถึงสูงสุดที่มีผู้ตอบ"]
    if any(scale.startswith(NUMBERS) for scale in found.scales):
        lines += ["# numeric: amounts; set min and max to what is possible / จำนวน: กำหนด min และ max ตามที่เป็นไปได้"]
    written = yaml.safe_dump({"survey": part}, allow_unicode=True, sort_keys=False, width=1000)
    return "\n".join([*lines, written]) + _code_lines(found) + _categories(found)


def _scales(found: Draft) -> dict[str, dict[str, Any]]:
    """What study.yml must say of scales: limits of numbers, and answers in words with their values."""
    scales: dict[str, dict[str, Any]] = {
        scale: {"min": low, "max": high} | ({"numeric": True} if scale.startswith(NUMBERS) else {})
        for scale, (low, high) in found.scales.items()
    }
    for name, meant in found.worded.items():
        scales[name] = {"answers": []}
        for point in meant.points:
            also = [way for way in dict.fromkeys(point.also) if way != point.th]
            answer = {"value": point.value, "th": point.th, "en": point.en}
            scales[name]["answers"].append(answer | ({"also": also} if also else {}))
    return scales


def _in_words(found: Draft) -> dict[str, AnswerScale]:
    """The built-in scales that were guessed, as answered: what each answer was taken for."""
    return {
        own.scale: AnswerScale(
            tuple(
                Point(
                    point.value,
                    next(
                        (a for a in map(unnumbered_words, _labels_of(own)) if own.meant.read(a).value == point.value),
                        point.th,
                    ),
                    point.en,
                )
                for point in own.meant.points
            )
        )
        for own in found.guesses
        if own.meant and own.scale in BUILT_IN
    }


def _code_lines(found: Draft) -> str:
    """The values that lie apart, as comments."""
    if not found.codes:
        return ""
    lines = [
        "# codes: do these values stand for no answer (missing, dont_know, not_applicable, refused), or are they one",
        "#   (answer)? Correct the meaning, and take away the #",
        "# codes: ค่าเหล่านี้หมายถึงไม่มีคำตอบ (missing, dont_know, not_applicable, refused) หรือเป็นคำตอบ (answer)",
        "#   แก้ meaning ให้ถูกต้อง แล้วลบเครื่องหมาย #",
    ]
    holding: dict[str, list[str]] = defaultdict(list)
    for own in _asked(found):
        for answer in own.answers:
            holding[answer].append(own.column.header)
    return "\n".join([*lines, lines_for_study(found.codes, holding, comment="#  ")]) + "\n"


def _labels_of(own: Guess) -> list[str]:
    """The answers of a column in words."""
    return [own.column.values.get(answer, answer) for answer in own.answers]


def _categories(found: Draft) -> str:
    """The categories of items without labels in both languages, as comments: they need not be declared."""
    drafted: dict[str, list[dict[str, str]]] = {}
    for item, own in zip(items(found)["item_id"], _asked(found), strict=True):
        column = own.column
        listed = [label for value, label in column.values.items() if value not in column.missing]
        labels = [label for label in listed or sorted(_given(own), key=in_order) if not non_answer(label)]
        if own.role != "category" or {"th", "en"} <= column.labels.keys() or len(labels) > MOST_CATEGORIES:
            continue
        drafted[item] = []
        for label in map(unnumbered, labels):
            taken = [ALL, MISSING, *(category["id"] for category in drafted[item])]
            name = label.lower() if re.search("[A-Za-z]", label) else ""  # no id of the digits of "18–29 ปี" alone
            id_ = new_id(name, "c", len(drafted[item]) + 1, taken)
            language = "th" if has_thai(label) else "en"
            drafted[item].append({"id": id_, "th": "", "en": "", language: label})
    if not drafted:
        return ""
    written = yaml.safe_dump(
        {"survey": {"categories": drafted}}, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None
    )
    lines = [
        "# categories: with labels in both languages, in the order of the tables; fill them in, and take away the #",
        "# categories: ป้ายสองภาษา ตามลำดับในตาราง เติมให้ครบแล้วลบเครื่องหมาย #",
    ]
    return "\n".join([*lines, *(f"#{line}" for line in written.splitlines()[1:])]) + "\n"


def _tool_columns(found: Draft) -> dict[str, str]:
    """The columns that the tool keeps of respondents and times, as far as they are filled."""
    by_name = {
        name.casefold(): own for own in found.guesses for name in (own.column.header, *own.column.names) if own.n
    }
    columns: dict[str, str] = {}
    for key, names in _KNOWN.items():
        for name in names:
            own = by_name.get(name.casefold())
            right = ("time",) if key in ("submitted", "started") else ("metadata",)
            if (
                own
                and own.role in right
                and (key != "respondent" or own.n == len(own.answers) == len(found.file.frame))
            ):
                columns[key] = own.column.header
                break
    if "submitted" not in columns and (times := found.of("time")):
        columns["submitted"] = times[0].column.header
    return columns


# --- the command ----------------------------------------------------------------------------------------------------


def main(arguments: Sequence[str]) -> int:
    """Print what the file holds and drafts of a study's files; 1 if it can't be read or they can't be written."""
    parser = argparse.ArgumentParser(prog="python -m thongthin.describe_survey")
    parser.add_argument("file", type=Path)
    parser.add_argument("--form", type=Path, help="the XLSForm of KoboToolbox or ODK, the .lss of LimeSurvey")
    parser.add_argument("--sheet", help="the worksheet with the answers")
    parser.add_argument("--drafts", type=Path, help="a folder, for first drafts of a study's files")
    given = parser.parse_args(arguments)
    problems = Problems()
    file = read_survey_file(given.file, problems.at(given.file.name), sheet=given.sheet, form=given.form)
    if file is None or problems.found:
        print(printable(problem_list(problems.found)))
        return 1
    found = draft(file)
    told = [given.file.name, described(description(found)), notice_list(problems.notices)]
    print(printable("\n\n".join(filter(None, told))))
    drafts: dict[str, pd.DataFrame | str] = {
        "survey/items.csv": items(found),
        "survey/survey.yml": survey_part(found, given.file.name, given.form.name if given.form else None),
    }
    return tell_drafts(given.drafts, drafts, ADVICE) if given.drafts else show(drafts)


def show(drafts: Mapping[str, pd.DataFrame | str]) -> int:
    """Print the drafts."""
    for name, content in drafts.items():
        text = content if isinstance(content, str) else content.to_csv(index=False, lineterminator="\n")
        print(printable(f"\n--- {name} ---\n{text.rstrip()}"))
    print("\nWith --drafts FOLDER they are written there.\nสั่งพร้อม --drafts FOLDER เพื่อเขียนลงในโฟลเดอร์")
    return 0


if __name__ == "__main__":
    speak_utf8()
    sys.exit(main(sys.argv[1:]))
