"""What the columns of a survey file seem to be: time, site, group, answers on a scale, open answers ...

In order: each column by itself; scales in words, read off all answers of a block of columns together; values that lie
apart, which may be codes of missing answers and are no points; scales of numbers; the site and the group; amounts. All
of it is for a person to judge. What can't be read off answers is not guessed.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from thongthin.basics.language import parse_integer, parse_number
from thongthin.commands.column_words import (
    ABOUT,
    DRAWN,
    GROUP,
    GROUP_CELL,
    NAME,
    OPEN,
    PERSONAL,
    PERSONAL_CELL,
    SITE,
    SITE_CELL,
    WEIGHT,
    Role,
)
from thongthin.contract.answer_scales import CATEGORY, CHOSEN, FROM_FILE, AnswerScale
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import Guessed, guess
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.files.suspicions import Suspicion, suspicious_values

ITEM_ROLES: tuple[Role, ...] = ("scale", "choice", "category", "number")
# A column of whole numbers that all differ numbers its rows; below so many rows, it may do so by chance.
_MANY = 20
# Names of scales of amounts begin with this, and those of scales in words that are not built in.
NUMBERS, WORDS = "number", "words"
# Numbers from 0 or 1 to this at most are the points of a scale.
_HIGHEST_POINT = 10

# Categories repeat: so large a share of the different answers at most was given by one respondent alone.
_ONCE = 0.5
_BLOCK_END = re.compile(r"(?:[\d๐-๙]+|(?<=_)[^_]+)$")
# What tools call the columns that study.yml asks for, the best first.
KNOWN = {
    "respondent": ("ResponseId", "_id", "_uuid", "KEY", "id", "Response ID"),
    "submitted": ("Timestamp", "EndDate", "end", "submitdate", "Date submitted", "_submission_time", "SubmissionDate"),
    "started": ("StartDate", "start", "startdate", "Date started"),
    "duration": ("Duration (in seconds)", "interviewtime", "Total time"),
}


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
    guesses = _with_one(guesses, "site", SITE, SITE_CELL, most=200)
    guesses = _with_one(guesses, "group", GROUP, GROUP_CELL, most=10)
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
    # Before whatever else it could be: what tells who somebody is must come into no draft.
    if _is_personal(column, answers):
        return as_("personal")
    if column.kind in ("timestamp", "metadata"):
        return as_("time" if column.kind == "timestamp" else "metadata")
    if not answers:
        return as_("empty")
    if _is_weight(column, answers):
        return as_("weight")
    for role, named in DRAWN.items():
        names = [name for name in (column.header, column.text) if len(name) <= NAME]
        # A stratum or cluster is shared by respondents; a column in which all cells differ is an id, whatever it is
        # called.
        if any(map(named.search, names)) and 1 < len(answers) < sum(answers.values()):
            return as_(role)
    return _by_answers(column, answers)


def _by_answers(column: SurveyColumn, answers: Mapping[str, int]) -> Guess:
    """What a column seems to be by what stands in it, or by the labels that the file has for that."""

    def as_(role: Role, scale: str = "") -> Guess:
        return Guess(column, role, scale, answers)

    given = [answer for answer in answers if answer not in column.missing and not non_answer(answer)]
    if column.values:
        labels = [label for value, label in column.values.items() if value not in column.missing]
        if not {*given} & {*column.values} and all(parse_number(answer) is not None for answer in given):
            # Labels of few values say nothing of the others: 98 and 99 of an age may be all that is labelled.
            return as_("number")  # labels of codes for missing answers only
        if found := guess(labels):
            return replace(as_("scale", _of_labels(column, labels, found)), meant=found.scale)
        return as_("category", CATEGORY)
    if found := guess(answers):
        return replace(as_("scale", found.name), meant=found.scale)
    n, several = sum(answers.values()), len(given)
    # A category comes again: twice on the average where it has few values, five times where many, as of districts.
    few = (several <= 20 and 2 * several <= n) or (several <= 200 and 5 * several <= n)
    numbers = all(parse_number(answer) is not None for answer in given)
    short = sum(map(len, given)) <= 60 * several
    once = sum(answers[answer] == 1 for answer in given)
    if not numbers and (_named_open(column) or (several > 5 and once > _ONCE * several)):
        return as_("text")
    if numbers and not (few and _points(given)):
        return as_("number")
    return as_("category", CATEGORY) if few and short else as_("text")


def _named_open(column: SurveyColumn) -> bool:
    """Whether a question asks for an answer in people's own words."""
    return any(map(OPEN.search, (column.header, column.text)))


def _is_weight(column: SurveyColumn, answers: Mapping[str, int]) -> bool:
    """Whether a column seems to hold weights of respondents: by its name, positive, decimals among them, about 1."""
    numbers = {answer: parse_number(answer) for answer in answers}
    if column.values or not any(map(WEIGHT.search, (column.header, column.text))) or None in numbers.values():
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
    # With numbers rising and words falling, 1 would count as the least where it means the most.
    values = [value for _, value in sorted(known)]
    return found.name if found.name and len(values) > 1 and values == sorted(values, reverse=True) else FROM_FILE


def _is_personal(column: SurveyColumn, answers: Mapping[str, int]) -> bool:
    """Whether a column seems to tell who somebody is: by its cells, or by its name where most cells differ."""
    n = sum(answers.values())
    telling = sum(times for answer, times in answers.items() if PERSONAL_CELL.fullmatch(answer))
    named = any(map(PERSONAL.search, (column.header, column.text)))
    # A name of a column alone is not enough: "name of your district" has few answers, names of persons hardly any
    # twice.
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
    # Of four answers that occur a scale of four could be made, where the other questions show a fifth that nobody gave
    # here.
    for own in (block[0] for block in _blocks(plain) if len(block) == 1):
        now = of_header.get(own.column.header)
        for found, n in usual.most_common():
            values = [found.scale.read(answer).value for answer in answers_given(own)]
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
        and (found := _points([answer for answer in answers_given(own) if answer not in apart[own.column.header]]))
    }
    limits: dict[str, tuple[int, int]] = {}
    for block in _blocks(own for own in guesses if own.column.header in points):
        headers = [own.column.header for own in block]
        lowest = min(points[header][0] for header in headers)
        highest = max(points[header][1] for header in headers)
        # A column by itself is rather a code (1 male, 2 female) unless it has as many points as scales have.
        about = len(headers) == 1 and ABOUT.search(headers[0])
        if highest >= 3 and not about and (len(headers) > 1 or highest in (5, 7, 10)):
            limits |= dict.fromkeys(headers, (min(lowest, 1), highest))
    return limits


def answers_given(own: Guess) -> list[str]:
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
    known = {name for names in KNOWN.values() for name in names}
    limits = {}
    for own in guesses:
        given = [answer for answer in answers_given(own) if answer not in apart[own.column.header]]
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
    values = [value for value in own.column.values if value not in own.column.missing]
    return len(values) >= 3 and labels[_labels(own)] > 1 and all(parse_integer(value) is not None for value in values)


def _with_one(
    guesses: Sequence[Guess], role: Role, header: re.Pattern[str], cell: re.Pattern[str], *, most: int
) -> list[Guess]:
    """The guesses with the one category that fits best as site or group, if its name or its answers tell."""

    def fit(own: Guess) -> int:
        given = [own.column.values.get(answer, answer) for answer in answers_given(own)]
        if own.role != "category" or not 2 <= len(given) <= most:
            return 0
        return 2 * (2 * sum(map(bool, map(cell.search, given))) > len(given)) + bool(
            header.search(f"{own.column.header} {own.column.text}")
        )

    best = max(range(len(guesses)), key=lambda place: (fit(guesses[place]), -place), default=None)
    if best is None or not fit(guesses[best]):
        return list(guesses)
    return [replace(own, role=role) if place == best else own for place, own in enumerate(guesses)]
