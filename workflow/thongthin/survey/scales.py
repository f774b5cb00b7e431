"""The scales of a survey: which items belong together, reversed items turned round, and scores.

Items of one construct (and one wave, in a survey that asks before and after) form a scale. Scores and reliability
(`thongthin.survey.reliability`) are computed from reversed items turned round. Items of the scale `category` have no
lowest and highest value and belong to none.

Which items are of which kind, and which were asked twice, is told here too: it needs nothing that computes.

Fails where the items of one scale have different answers (five points and seven points cannot be averaged).
"""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from thongthin.basics.problems import CannotAnalyse
from thongthin.basics.records import records


class Scale(NamedTuple):
    """The items of one construct in one wave.

    Attributes:
        wave: `before`, `after`, or `single` where it was asked once.
        column: its name in table `scale_scores`: the construct, with `_before` or `_after` if asked twice.
        items: ids of its items.
        lowest, highest: of the answers.
        numeric: whether the answers are amounts, and not points between these.
    """

    construct: str
    wave: str
    column: str
    items: list[str]
    lowest: int
    highest: int
    numeric: bool = False


def on_points(items: pd.DataFrame) -> pd.DataFrame:
    """The items that are answered with points of a scale: no categories, and no amounts, whose values can't be listed.

    Args:
        items: table `items`.
    """
    return items[items["minimum"].notna() & ~items["numeric"]].sort_values("position")


def in_numbers(items: pd.DataFrame, construct: str, item: str | None = None) -> bool:
    """Whether the score of a construct, or the answers to an item, are amounts: no ordered categories.

    Args:
        items: table `items`.
    """
    own = items["item_id"] == item if item else items["construct"] == construct
    return bool(items.loc[own, "numeric"].any())


def asked_twice(items: pd.DataFrame) -> list[tuple[str, str]]:
    """Questions with two possible answers that were asked before and after: the id of either item.

    Args:
        items: table `items`.
    """
    two = on_points(items)
    two = two[two["maximum"] - two["minimum"] == 1]
    after = two[two["wave"] == "after"].set_index(["construct", "pair"])["item_id"]
    keys = two[two["wave"] == "before"]
    return [
        (str(row["item_id"]), str(after[row["construct"], row["pair"]]))
        for row in records(keys)
        if (row["construct"], row["pair"]) in after.index
    ]


def category_items(items: pd.DataFrame) -> list[str]:
    """Questions answered by category: those of the scale `category`, and those with two possible answers.

    Args:
        items: table `items`.
    """
    ordered = items.sort_values("position")
    two = (ordered["maximum"] - ordered["minimum"] == 1).fillna(False) & ~ordered["numeric"]
    return list(ordered.loc[ordered["minimum"].isna() | two, "item_id"])


def survey_scales(items: pd.DataFrame) -> list[Scale]:
    """The scales of a survey in the order of their first items; items without construct belong to none.

    Args:
        items: table `items`.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    scales = []
    ordered = items[items["construct"] != ""].sort_values("position")
    for (construct, wave), own in ordered.groupby(["construct", "wave"], sort=False):
        construct, wave, ids = str(construct), str(wave), list(own["item_id"])
        if any(own[limit].nunique() > 1 for limit in ("minimum", "maximum", "numeric")):
            names = ", ".join(ids)
            raise CannotAnalyse(
                f'construct "{construct}": its items ({names}) have different lowest or highest values, so'
                " they have no common mean; give them one scale or different constructs in survey/items.csv\n"
                f'ตัวแปร "{construct}": ข้อคำถาม ({names}) ใช้มาตรวัดที่มีค่าต่ำสุดหรือสูงสุดต่างกัน'
                " จึงหาค่าเฉลี่ยร่วมกันไม่ได้ โปรดใช้มาตรวัดเดียวกันหรือแยกเป็นคนละตัวแปรใน survey/items.csv"
            )
        column = construct if wave == "single" else f"{construct}_{wave}"
        limits = own["minimum"].iloc[0], own["maximum"].iloc[0]
        scales.append(Scale(construct, wave, column, ids, *limits, bool(own["numeric"].iloc[0])))
    return scales


def reverse_items(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The answers with reversed items turned round: lowest + highest value of the scale - answer.

    Args:
        responses: table `responses`.
        items: table `items`, with minimum and maximum of each item's scale.

    Returns:
        A copy of `responses`.
    """
    flipped = items[items["reversed"] & items["minimum"].notna()]
    ends = flipped["minimum"] + flipped["maximum"]
    turned = {id_: end - responses[id_] for id_, end in zip(flipped["item_id"], ends, strict=True)}
    return responses.assign(**turned)


def scale_scores(responses: pd.DataFrame, items: pd.DataFrame, *, answered: float = 0.5) -> pd.DataFrame:
    """The score of each respondent on each scale: the mean of the items answered, if enough of them were.

    Args:
        responses, items: the tables of these names.
        answered: least share of the items of a scale, above 0; 1: complete respondents only.

    Returns:
        Table `scale_scores`: respondent_id, site_id, one column a scale (`Scale.column`) in points of its
        answers, or in the unit of its numbers; NaN where a smaller share of the items was answered.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    answers = reverse_items(responses, items)
    scores = responses[["respondent_id", "site_id"]].copy()
    for scale in survey_scales(items):
        own = answers[scale.items].astype(float)
        scores[scale.column] = own.mean(axis=1).where(is_enough(own.notna().sum(axis=1), scale, answered))
    return scores


def is_enough(answers: Any, scale: Scale, answered: float) -> Any:
    """Whether so many items of a scale (numbers, or a column of them) are the least share that a score takes."""
    return (answers > 0) & (answers >= answered * len(scale.items) - 1e-9)
