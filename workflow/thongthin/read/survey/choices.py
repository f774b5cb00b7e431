"""Cells that hold several choices: taken apart, and explained by the options of their question together."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence

import pandas as pd
import yaml

from thongthin.basics.language import arabic_digits
from thongthin.basics.nearest import nearest
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import AnswerScale, comparable
from thongthin.read.survey.files import SurveyColumn

SPACES = re.compile(r"[,;|\s]+")


NUMBERED = re.compile(r"[(\[]?[\d๐-๙]+\s*[.)\]=:]+\s*(?P<words>[^\d๐-๙\s].*)", re.DOTALL)


def as_codes(answers: Sequence[str], headers: Sequence[str]) -> str:
    """The line of study.yml that makes answers in some columns no answers: one line for all of them."""
    codes = {"codes": [{"values": list(dict.fromkeys(answers)), "columns": list(dict.fromkeys(headers))}]}
    return str(
        yaml.safe_dump(codes, allow_unicode=True, default_flow_style=True, width=1_000_000, sort_keys=False)
    ).strip()[1:-1]


def unnumbered(text: str) -> str:
    """A category without the number in front of it ("2. หญิง"), if it has one."""
    match = NUMBERED.fullmatch(text)
    return match["words"] if match else text


def in_order(text: str) -> tuple[float, str]:
    """How categories are ordered that nobody has: those with a number in front by that number, then the others."""
    match = re.match(r"[(\[]?\s*(\d+)", arabic_digits(text))
    return (float(match[1]) if match else math.inf, text)


def labels_of(scale: AnswerScale) -> list[str]:
    return [word for point in scale.points for word in (point.th, point.en)] if scale.in_words else []


def parts_of_cell(cell: str, separator: re.Pattern[str]) -> list[str]:
    return [part for part in map(comparable, separator.split(cell)) if part]


def named_in(options: Sequence[str], column: SurveyColumn, separator: re.Pattern[str]) -> dict[tuple[str, ...], str]:
    """The options of a question, as `comparable` has them, by the parts that stand in a cell: the text, or its code."""
    of_label = {comparable(label): value for value, label in column.values.items()}
    named = {}
    for option in options:
        for way in option.split("|"):
            named[tuple(parts_of_cell(way, separator))] = comparable(option)
            if code := of_label.get(comparable(way)):
                named[tuple(parts_of_cell(code, separator))] = comparable(option)
    for value, label in column.values.items():  # options of the form that are no items
        named.setdefault((comparable(value),), comparable(label))
        named.setdefault(tuple(parts_of_cell(label, separator)), comparable(label))
    named.pop((), None)
    return named


def explained_by(parts: list[str], named: Mapping[tuple[str, ...], str]) -> tuple[set[str], list[str]]:
    """The options that a cell is made up of, and the parts that none explains.

    Of all ways to lay options side by side, the one that leaves least over, and then the one with fewest options: an
    option that holds another one ("social media (Line, Facebook)" beside "Facebook") is not taken apart.
    """
    best: list[tuple[int, int, list[str], list[str]]] = [(0, 0, [], [])]
    for end in range(1, len(parts) + 1):
        over, n, found, rest = best[end - 1]
        ways = [(over + 1, n, found, [*rest, parts[end - 1]])]
        for own, option in named.items():
            if len(own) <= end and tuple(parts[end - len(own) : end]) == own:
                over, n, found, rest = best[end - len(own)]
                ways.append((over, n + 1, [*found, option], rest))
        best.append(min(ways, key=lambda way: way[:2]))
    return set(best[-1][2]), best[-1][3]


def as_digits(cell: str, named: Mapping[tuple[str, ...], str]) -> set[str] | None:
    """The options of a cell whose separators were lost (135 for 1,3,5), where all options have codes of one digit."""
    codes = {own[0]: option for own, option in named.items() if len(own) == 1 and own[0].isdecimal()}
    plain = arabic_digits(cell).replace(",", "")
    if not plain.isdecimal() or len(codes) < 2 or any(len(code) > 1 for code in codes):
        return None
    rising = list(plain) == sorted(set(plain))
    return {codes[digit] for digit in plain} if rising and set(plain) <= codes.keys() else None


def tell_never_chosen(
    problems: Problems, choice: str, words: Iterable[str], separator: re.Pattern[str], cells: pd.Series
) -> None:
    """A notice of an option that stands in no cell."""
    said = {part.strip() for word in words for part in separator.split(word) if part.strip()}
    near = ", ".join(f'"{word}"' for word in nearest(choice, said))
    problems.notice(
        "never-chosen",
        f'Nobody chose "{choice}".',
        f'ไม่มีผู้เลือก "{choice}"',
        column=str(cells.name),
        hint_en=f"Did you mean {near}?" if near else "",
        hint_th=f"หมายถึง {near} หรือไม่" if near else "",
    )
