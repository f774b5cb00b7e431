"""Codes of missing answers in a survey: those that study.yml declares, and those that a person is asked about.

In order: what `survey.codes` says of values is put to the columns; values that lie as codes lie
(`survey_files.suspicions`) and are neither declared nor points of the item's scale are one problem, with the lines
that go into study.yml; values that the file labels as no answer ("9 = no answer") are taken so, and told once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

import pandas as pd

from thongthin.basics.language import parse_integer
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import CATEGORY, FROM_FILE, AnswerScale, NumericScale, comparable
from thongthin.contract.non_answers import non_answer
from thongthin.contract.survey import Survey
from thongthin.read.survey.columns import SurveyColumns
from thongthin.read.survey.file_scales import scale_in_file
from thongthin.read.survey.files import SurveyColumn
from thongthin.read.survey.files.suspicions import (
    Suspicion,
    codes_apart,
    lines_for_study,
    suspicious_values,
    with_declared,
)

# "Other" has a code of its own (96, 97), and is an answer.
_OTHER = re.compile(r"^(other|อื่น)", re.IGNORECASE)
# So many columns are named in a message.
_NAMED = 6


def with_codes(
    items: pd.DataFrame,
    of_item: Sequence[SurveyColumn | None],
    columns: SurveyColumns,
    frame: pd.DataFrame,
    survey: Survey,
    problems: Problems,
) -> list[SurveyColumn | None]:
    """The columns of the items with what their values mean; a problem that lists what is to be declared.

    Args:
        items: as from `readers.survey_items`.
        frame: the answers.
        problems: bound to the response file and its sheet.
    """
    header_of = {item: own.header for item, own in zip(items["item_id"], of_item, strict=True) if own is not None}
    declared: dict[str, list[tuple[Sequence[str], str]]] = defaultdict(list)
    for code in survey.codes:
        for name in code.columns:
            if name in header_of:
                declared[header_of[name]].append((code.values, code.meaning))
            elif own := columns.find(name, "study.yml"):
                for header in columns.alike(own):
                    declared[header].append((code.values, code.meaning))
        if not code.columns:
            for header in dict.fromkeys(header_of.values()):
                declared[header].append((code.values, code.meaning))
    told = [
        with_declared(own, declared[own.header], map(str, frame[own.header].unique()))
        if own is not None and own.header in declared
        else own
        for own in of_item
    ]
    further = {comparable(word): reason for reason, words in survey.nonanswers.items() for word in words}
    found = _suspicions(items, told, frame, survey.answer_scales, further)
    _tell_labelled(items, told, frame, survey.answer_scales, further, problems)
    if not found:
        return told
    _ask(found, frame, [own.header for own in told if own is not None], problems)
    asked = {header: {own.value for own in found if header in own.headers} for header in header_of.values()}
    return [
        with_declared(own, [([*asked[own.header]], "missing")], asked[own.header])
        if own is not None and asked[own.header]
        else own
        for own in told
    ]


def _suspicions(
    items: pd.DataFrame,
    of_item: Sequence[SurveyColumn | None],
    frame: pd.DataFrame,
    scales: Mapping[str, AnswerScale],
    further: Mapping[str, str],
) -> list[Suspicion]:
    """What is to be asked about; columns of one scale of numbers are judged together."""
    pools: dict[tuple[str, str], list[SurveyColumn]] = defaultdict(list)
    for name, choice, own in zip(items["scale"], items["choice"], of_item, strict=True):
        if own is None or choice or own.choice_of:
            continue
        together = name in scales and not isinstance(scales[name], NumericScale)
        pools[(name, "" if together else own.header)].append(own)
    found: dict[tuple[str, str], list[Suspicion]] = defaultdict(list)
    for (name, _), pool in pools.items():
        own_found: list[Suspicion] = []
        if name in (CATEGORY, FROM_FILE) or isinstance(scales.get(name), NumericScale):
            own_found = suspicious_values(frame, pool, ordered=name == FROM_FILE)
        elif name in scales:
            scale = scales[name]
            own_found = _outside(frame, pool, scale)
            if not scale.in_words:
                own_found += [own for own in suspicious_values(frame, pool) if int(own.value) == scale.highest]
        for value in own_found:
            known = (non_answer(value.label, further) if value.label else None) or non_answer(value.value, further)
            if known is None and not (name == CATEGORY and _OTHER.match(value.label)):
                found[(value.value, value.label)].append(value)
    merged = [
        Suspicion(
            value,
            tuple(dict.fromkeys(header for own in parts for header in own.headers)),
            label,
            sum(own.n for own in parts),
        )
        for (value, label), parts in found.items()
    ]
    return sorted(merged, key=lambda own: (int(own.value), own.label))


def _outside(frame: pd.DataFrame, pool: Sequence[SurveyColumn], scale: AnswerScale) -> list[Suspicion]:
    """Codes beside the points that a scale has."""
    found = []
    points = {point.value: point.th for point in scale.points}
    for column in pool:
        counted = frame[column.header].value_counts(sort=False).items()
        numbers = {str(cell): number for cell, _ in counted if (number := parse_integer(str(cell))) is not None}
        n = frame[column.header].isin(list(numbers)).sum()
        count = {number: int((frame[column.header] == cell).sum()) for cell, number in numbers.items()}
        apart = set(codes_apart(count, points)) - points.keys()
        for cell, number in numbers.items():
            if number in apart and n and cell not in column.missing and cell not in column.kept:
                found.append(Suspicion(cell, (column.header,), column.values.get(cell, ""), count[number]))
    return found


def _ask(found: Sequence[Suspicion], frame: pd.DataFrame, headers: Sequence[str], problems: Problems) -> None:
    """One problem for all values of a file."""
    holding = {
        own.value: [header for header in dict.fromkeys(headers) if (frame[header] == own.value).any()] for own in found
    }
    listed = "; ".join(_in_words(own) for own in found)
    lines = "\n".join(f"      {line}" for line in lines_for_study(found, holding).splitlines())
    problems.add(
        "missing-codes",
        f"Some values lie apart from the others of their columns and may stand for no answer: {listed}.",
        f"มีค่าที่อยู่ห่างจากค่าอื่นในคอลัมน์เดียวกัน ซึ่งอาจหมายถึงไม่มีคำตอบ: {listed}",
        hint_en="Say what they mean (missing, dont_know, not_applicable, refused; or answer, if it is one): put these"
        f" lines under `survey:` in study.yml and correct the meanings.\n{lines}",
        hint_th="ระบุความหมายของค่าเหล่านี้ (missing ไม่มีข้อมูล, dont_know ไม่ทราบ, not_applicable ไม่เกี่ยวข้อง,"
        f" refused ไม่ประสงค์ตอบ หรือ answer หากเป็นคำตอบ) โดยวางบรรทัดต่อไปนี้ใต้ `survey:` ใน study.yml"
        f" แล้วแก้ meaning ให้ถูกต้อง\n{lines}",
    )


def _in_words(own: Suspicion) -> str:
    label = f' "{own.label}"' if own.label else ""
    more = f" ... ({len(own.headers)})" if len(own.headers) > _NAMED else ""
    return f"{own.value}{label} ({', '.join(own.headers[:_NAMED])}{more})"


def _tell_labelled(
    items: pd.DataFrame,
    of_item: Sequence[SurveyColumn | None],
    frame: pd.DataFrame,
    scales: Mapping[str, AnswerScale],
    further: Mapping[str, str],
    problems: Problems,
) -> None:
    """One notice of the values that the file labels as no answer without declaring them missing."""
    told: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, own in zip(items["scale"], of_item, strict=True):
        if own is None or own.choice_of:
            continue
        scale = scale_in_file(own, frame[own.header], further) if name == FROM_FILE else scales.get(name)
        cells = set(frame[own.header].unique()) if own.values else set()
        for value, label in own.values.items():
            if value in own.missing or value in own.kept or value not in cells:
                continue
            if scale is not None and (scale.read(label).value is not None or scale.read(value).value is not None):
                continue
            if non_answer(label) not in (None, "empty"):
                told[(value, label)].append(own.header)
    if told:
        listed = "; ".join(
            _in_words(Suspicion(value, tuple(headers), label, 0)) for (value, label), headers in told.items()
        )
        problems.notice(
            "suspicious-value",
            f"By their labels these values are no answers, and were taken so: {listed}.",
            f"ป้ายของค่าเหล่านี้บอกว่าไม่มีคำตอบ จึงถือตามนั้น: {listed}",
            hint_en="Declare them missing in the file, or under survey.codes in study.yml, and this notice goes.",
            hint_th="ประกาศเป็นค่าสูญหายในไฟล์ หรือใน survey.codes ของ study.yml แล้วข้อสังเกตนี้จะหายไป",
        )
