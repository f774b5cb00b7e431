"""Skip patterns of a survey: which questions were asked of whom, by the answers to other questions.

A condition compares an item with values (`used=1`, `sex=หญิง`, `visits>=2`, `channel!=3`); several values are joined by
`|` (any of them), several conditions by `&` (all of them). A condition on a question that was not answered is not met.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.language import parse_number
from thongthin.contract.answer_scales import comparable

_CONDITION = re.compile(r"\s*(?P<item>[A-Za-z0-9][\w-]*)\s*(?P<operator>!=|>=|<=|==?|>|<)\s*(?P<values>[^&]*\S)\s*")
_ORDER: dict[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}


class Condition(NamedTuple):
    """An item, one of = != >= <= > <, and the values that it is compared with."""

    item: str
    operator: str
    values: tuple[str, ...]

    @property
    def orders(self) -> bool:
        """Whether it asks for more or less, which takes one number."""
        return self.operator in _ORDER

    def __str__(self) -> str:
        return f"{self.item}{self.operator}{'|'.join(self.values)}"


def parse_conditions(text: str) -> list[Condition] | None:
    """The conditions of a cell of `asked_if`, all of which must be met; None if it is not written as conditions are."""
    conditions = []
    for part in text.split("&"):
        match = _CONDITION.fullmatch(part)
        values = tuple(value.strip() for value in match["values"].split("|")) if match else ()
        if match is None or not all(values):
            return None
        condition = Condition(match["item"], match["operator"].replace("==", "="), values)
        if condition.orders and (len(values) > 1 or parse_number(values[0]) is None):
            return None
        conditions.append(condition)
    return conditions


def asked(items: pd.DataFrame, answers: pd.DataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    """Of whom the items with a skip pattern were asked.

    Args:
        items: columns item_id and asked_if, as in table `items`.
        answers: one row a respondent, one column an item: numbers, or text for categories.

    Returns:
        Item -> one truth a respondent; only of items that have a condition.
    """
    found = {}
    for item, text in zip(items["item_id"], items["asked_if"], strict=True):
        if conditions := parse_conditions(text) if text else None:
            met = [_met(condition, answers[condition.item]) for condition in conditions]
            found[item] = np.logical_and.reduce(met)
    return found


def _met(condition: Condition, answers: pd.Series) -> npt.NDArray[np.bool_]:
    if pd.api.types.is_numeric_dtype(answers.dtype):
        numbers = answers.to_numpy(dtype="float64")
        given = ~np.isnan(numbers)
        wanted = [number for value in condition.values if (number := parse_number(value)) is not None]
        if condition.orders:
            return np.asarray(given & _ORDER[condition.operator](numbers, wanted[0]))
        among = np.isin(numbers, wanted)
    else:
        codes, words = pd.factorize(answers)
        meant = {comparable(value) for value in condition.values}
        given = np.array([word != "" for word in words], dtype=bool)[codes]
        among = np.array([comparable(word) in meant for word in words], dtype=bool)[codes]
    return np.asarray(given & (among if condition.operator == "=" else ~among))
