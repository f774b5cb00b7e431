"""The scale that the value labels of a response file make, which items of the scale `file` are answered on."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from thongthin.basics.language import parse_integer
from thongthin.contract.answer_scales import BUILT_IN, AnswerScale, Point, comparable
from thongthin.contract.non_answers import non_answer
from thongthin.contract.scale_guess import guess
from thongthin.read.survey.files import SurveyColumn


def runs_down(scale: AnswerScale) -> bool:
    """Whether the labels of a file's scale, in the order of their numbers, go from most to least."""
    labels = [point.th for point in scale.points if point.th != str(point.value)]
    found = guess(labels)
    values = [found.scale.read(label).value for label in labels] if found and found.name != "yes_no" else []
    known = [value for value in values if value is not None]
    return len(known) > 2 and known == sorted(known, reverse=True)


def scale_in_file(column: SurveyColumn, cells: pd.Series, further: Mapping[str, str]) -> AnswerScale | None:
    """The scale that the value labels of a column make; by its words where the values are no numbers.

    Yes and no are 1 and 0, whatever their numbers: yes is what is counted.

    Labels of non-answers at either end are no points: there stand the codes of "don't know" and the like.

    Args:
        further: words and codes that the study declares to be no answers, as `comparable` has them.
    """
    labelled = {value: label for value, label in column.values.items() if value not in column.missing}
    numbers = {value: number for value in labelled if (number := parse_integer(value)) is not None}
    if len(numbers) < len(labelled) or not labelled:
        found = guess(labelled.values())
        return found.scale if found else None
    ordered = sorted(labelled, key=lambda value: numbers[value])

    def is_none(value: str) -> bool:
        said = non_answer(labelled[value], further) or (comparable(value) in further)
        return bool(said) and value not in column.kept

    while ordered and is_none(ordered[-1]):
        ordered.pop()
    while ordered and is_none(ordered[0]):
        ordered.pop(0)
    if len(ordered) < 2:
        return None
    if len(ordered) == 2 and {BUILT_IN["yes_no"].words.get(comparable(labelled[value])) for value in ordered} == {0, 1}:
        return BUILT_IN["yes_no"]
    lowest, highest = numbers[ordered[0]], numbers[ordered[-1]]
    points = {
        numbers[value]: Point(
            numbers[value],
            column.labels.get("th", {}).get(value, labelled[value]),
            column.labels.get("en", {}).get(value, labelled[value]),
        )
        for value in ordered
    }
    # Often only the ends have labels.
    for cell in cells.unique():
        number = parse_integer(cell)
        if number is not None and lowest < number < highest:
            points.setdefault(number, Point(number, str(number), str(number)))
    return AnswerScale(tuple(points[number] for number in sorted(points)))
