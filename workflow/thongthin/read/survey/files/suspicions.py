"""Values of a survey file that lie as codes for missing answers lie, and are not declared as such.

A scale of points is a run of whole numbers from 0 or 1. A value that stands apart from the run (88 or 99 beside 1 to
7, 9 beside 1 to 5, -1 beside 1 to 4), and a rare 0 below it, is rather a code, whatever its label says; among amounts,
such as ages, it is one far above all others (999), or one that is heaped up (99). A value right behind the points (8
beside 1 to 7) is one where the labels of all others are the rungs of a ladder and its own is not. Nothing is taken out
on suspicion: a person says what the values mean, in the file (SPSS) or in study.yml (`survey.codes`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pandas as pd
import yaml

from thongthin.basics.language import parse_integer, parse_number
from thongthin.contract.answer_scales import comparable
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import guess
from thongthin.read.survey.files.model import SurveyColumn

# What people type for "no answer" in a field that takes numbers only.
CODES = frozenset(
    sign * number
    for sign in (1, -1)
    for number in (7, 8, 9, 66, 77, 88, 99, *range(95, 99), 777, 888, *range(995, 1000), 7777, 8888,
                   *range(9995, 10000), 99998, 99999, 999999)
) | {-1, -2, -3, -4, -5, -6}  # fmt: skip
# The points of a scale end here at the latest; above, numbers are amounts.
_HIGHEST_POINT = 20
# So many codes at most stand beside the points of a scale.
_MOST_CODES = 6
# From the lowest to the highest point there are fewer steps than these.
_WIDEST = 1000
# So many labels at least make a ladder.
_RUNGS = 3
# Scales from 1 to these are the usual ones: a rare 0 below them is rather a code than a point.
_USUAL = (5, 7)


@dataclass(frozen=True)
class Suspicion:
    """A value that may stand for a missing answer.

    Attributes:
        headers: of the columns that hold it.
        label: what the file calls it, "" if nothing.
        n: how many cells hold it.
    """

    value: str
    headers: tuple[str, ...]
    label: str
    n: int


def suspicious_values(frame: pd.DataFrame, columns: Sequence[SurveyColumn], *, ordered: bool = True) -> list[Suspicion]:
    """Values that may stand for missing answers, by value, of columns that are answered alike: judged together.

    What is declared missing, what study.yml calls an answer, and what no cell holds is left out.

    Args:
        ordered: whether the labels may be those of a scale; those of categories need no order.
    """
    counts: dict[str, Counter[int]] = {}
    total: Counter[int] = Counter()
    labels: dict[int, str] = {}
    for column in columns:
        count = _numbers(frame[column.header], column)
        if count is None:
            continue
        counts[column.header] = count
        total.update(count)
        open_ = {value: label for value, label in column.values.items() if value not in column.missing}
        labels |= {number: label for value, label in open_.items() if (number := parse_integer(value)) is not None}
    found = []
    apart = codes_apart(total, labels)
    if ordered:
        kept = {number for column in columns for value in column.kept if (number := parse_integer(value)) is not None}
        apart += _no_rungs({number: label for number, label in labels.items() if number not in {*apart, *kept}})
    for number in sorted(apart):
        holding = [
            c.header for c in columns if str(number) not in c.kept and counts.get(c.header, Counter()).get(number)
        ]
        if holding:
            n = sum(counts[header][number] for header in holding)
            found.append(Suspicion(str(number), tuple(holding), labels.get(number, ""), n))
    return found


def _numbers(cells: pd.Series, column: SurveyColumn) -> Counter[int] | None:
    """How often each whole number stands in a column of numbers (amounts may have decimals); None if it is none.

    A number that stands beside words ("5 = much") and words for no answer do not count.
    """
    count: Counter[int] = Counter()
    for cell, n in cells.value_counts(sort=False).items():
        if not cell or cell in column.missing:
            continue
        number = parse_integer(str(cell))
        if number is not None:
            count[number] += int(n)
        elif parse_number(str(cell)) is None and not non_answer(str(cell)):
            return None
    return count


def codes_apart(count: Mapping[int, int], labels: Mapping[int, str] | None = None) -> list[int]:
    """Those of some whole numbers that lie as codes for missing answers do, in rising order.

    Args:
        count: how often each was answered.
        labels: what the file calls them.
    """
    labels = labels or {}
    values = sorted({*count, *labels})
    below, rest = [v for v in values if v < 0], [v for v in values if v >= 0]
    found = below if rest and _negative_codes(below, rest, count, labels) else []
    if not below or found:
        points = [v for v in rest if v <= _HIGHEST_POINT]
        beyond = [v for v in rest if v > _HIGHEST_POINT]
        few = len(points) >= 2 and len(beyond) <= _MOST_CODES
        found = found + (_beside_points(rest, count, labels) if few else _beside_amounts(rest, count, labels))
    return sorted(found)


def _negative_codes(
    below: Sequence[int], rest: Sequence[int], count: Mapping[int, int], labels: Mapping[int, str]
) -> bool:
    """Whether negative numbers are codes, and no half of a scale around 0 or of amounts."""
    if not below or any(value not in CODES for value in below):
        return False
    around = 0 in rest and max(rest) <= 1 - min(below) and len(below) == -min(below)
    if not around:
        return True
    if below == [-1]:  # -1, 0, 1: worse, same, better; or no and yes, and a code
        others = min(count.get(v, 0) for v in rest)
        return (bool(labels) and -1 not in labels) or (len(rest) > 1 and count.get(-1, 0) * 4 < others)
    return False


def _beside_points(rest: Sequence[int], count: Mapping[int, int], labels: Mapping[int, str]) -> list[int]:
    """The codes above the run of the points of a scale, and 0 where it is one."""
    run, apart = [rest[0]], []
    for value in rest[1:]:
        gap, widest = value - run[-1], max((b - a for a, b in pairwise(run)), default=1)
        one_digit = value < 10
        coded = (
            value in CODES and gap > max(1, widest) and (not one_digit or (widest == 1 and (len(run) > 2 or gap > 4)))
        )
        far = value in labels and len(run) > 2 and gap > 10 * widest
        if (coded and len(run) > 1) or far:
            apart.append(value)
        else:
            run.append(value)
    apart = [value for value in apart if value > run[-1]]
    if apart and not labels and apart[0] < 10 and _thins_out(run, count, apart[0]):
        apart = [value for value in apart if value >= 10]
    steps = range(run[0], run[-1] + 1) if run[-1] - run[0] <= _WIDEST else ()  # a damaged file may hold any number
    unlabelled = sorted({*steps} - labels.keys())
    top = [v for v in run if v in labels and not any(u > v for u in unlabelled)] if unlabelled else []
    if len(top) > 1 and unlabelled[0] > run[0] in labels:  # only the ends of a scale have labels, and what is above
        apart = [*(v for v in top[1:] if v in CODES), *apart]
    n = sum(count.get(v, 0) for v in run)
    least = min((count.get(v, 0) for v in run if v), default=0)
    rare = 20 * count.get(0, 0) <= n >= 20 and count.get(0, 0) < least
    if run[0] == 0 and run[-1] in _USUAL and len(run) == run[-1] + 1 and not labels and count.get(0, 0) and rare:
        apart = [0, *apart]
    if labels and run[0] == 0 and 0 not in labels and labels.keys() >= set(run[1:]):
        apart = [0, *apart]
    return apart


def _no_rungs(labels: Mapping[int, str]) -> list[int]:
    """The values at either end whose labels are no rungs of the ladder that the labels of all others make, in order."""
    points = {number: label for number, label in sorted(labels.items()) if not non_answer(label)}
    numbers = list(points)
    if len(numbers) < _RUNGS + 1 or guess(points.values()):
        return []
    for left in range(1, min(_MOST_CODES, len(numbers) - _RUNGS) + 1):
        for rest in (numbers[:-left], numbers[left:]):
            found = guess(points[number] for number in rest)
            values = [found.scale.read(points[number]).value for number in rest] if found else []
            steps = {b - a for a, b in pairwise(value for value in values if value is not None)}
            if None not in values and steps in ({1}, {-1}):
                return [number for number in numbers if number not in rest]
    return []


def _thins_out(run: Sequence[int], count: Mapping[int, int], value: int) -> bool:
    """Whether the numbers are counted things (people of a household), which grow rare above, and the value goes on."""
    last = [count.get(v, 0) for v in run[-3:]]
    return run[-1] >= 6 and last == sorted(last, reverse=True) and 0 < count.get(value, 0) <= last[-1] < last[0]


def _beside_amounts(rest: Sequence[int], count: Mapping[int, int], labels: Mapping[int, str]) -> list[int]:
    """The codes among amounts: far above the others, heaped up above them, or the only ones with a label."""
    apart: list[int] = []
    near: list[int] = []
    for value in rest:
        if value in CODES and value > 9 and near and value > 1.2 * near[-1]:
            apart.append(value)
        else:
            near.append(value)
    apart = [value for value in apart if value > near[-1]]
    if len(rest) >= 12:
        few_labels = 3 * len(labels) < len(rest)
        for value in near[1:]:
            others = [count.get(v, 0) for v in near if v != value and v > 0.7 * value]
            heaped = count.get(value, 0) >= 4 and count[value] > 3 * max(others, default=0)
            last = value == near[-1] or all(v in CODES for v in near if v > value)
            if value in CODES and value > 9 and last and (heaped or (few_labels and value in labels)):
                apart.append(value)
    return sorted(apart)


# --- what is asked --------------------------------------------------------------------------------------------------


def lines_for_study(found: Sequence[Suspicion], holding: Mapping[str, Iterable[str]], *, comment: str = "") -> str:
    """What a person pastes into the part `survey` of study.yml, once the meanings are right.

    Args:
        holding: of each value, the headers of all columns of the survey that hold it: where all of them are
            suspicious, the columns need not be named.
        comment: what stands at the beginning of each line.
    """
    entries: dict[tuple[str, ...], list[Suspicion]] = {}
    for own in found:
        columns = () if set(holding.get(own.value, own.headers)) <= set(own.headers) else own.headers
        entries.setdefault(columns, []).append(own)
    lines = ["codes:"]
    for columns, own_values in entries.items():
        for own in own_values:
            entry: dict[str, Any] = {"values": [int(own.value)], "meaning": likely_meaning(own.label)}
            if columns:
                entry["columns"] = list(columns)
            written = yaml.safe_dump(
                entry, allow_unicode=True, sort_keys=False, default_flow_style=True, width=1_000_000
            ).strip()
            lines.append(f"  - {written}")
    return "\n".join(f"{comment}{line}" for line in lines)


def likely_meaning(label: str) -> str:
    """What a label says of why there is no answer; "missing" where it does not tell."""
    reason = non_answer(label) if label else None
    return reason if reason not in (None, "empty") else "missing"


def with_declared(
    column: SurveyColumn, codes: Iterable[tuple[Sequence[str], str]], cells: Iterable[str]
) -> SurveyColumn:
    """The column with what study.yml says of its codes: values and what they mean, "answer" if they are answers.

    Args:
        cells: the different cells of the column.
    """
    found = {*cells, *column.values} - {""}
    reasons: dict[str, str] = dict(column.reasons)
    kept: set[str] = set(column.kept)
    for values, meaning in codes:
        sought = {_key(value) for value in values}
        for cell in found:
            if {_key(cell), _key(column.values.get(cell, cell))} & sought:
                if meaning == "answer":
                    kept.add(cell)
                else:
                    reasons[cell] = meaning
    missing = (column.missing | reasons.keys()) - kept
    return replace(column, missing=missing, reasons=reasons, kept=frozenset(kept))


def _key(text: str) -> str:
    number = parse_number(text)
    return f"{number:.10g}" if number is not None else comparable(text)
