"""The items of the survey (`survey/items.csv`): what was asked, what it measures, how it was answered, and of whom.

A unit that a scale of numbers declares stands behind the text of its items.

Fails, with problems, on unknown constructs and scales, constructs measured on scales of different length, before/after
items without pair, and conditions that name no other item or can never be met.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

from thongthin.basics.language import one_line
from thongthin.basics.nearest import did_you_mean
from thongthin.basics.problems import Problems
from thongthin.contract.answer_scales import (
    CATEGORY,
    CHOSEN,
    FROM_FILE,
    AnswerScale,
    NumericScale,
    comparable,
    listed_points,
)
from thongthin.contract.categories import DeclaredCategories
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES
from thongthin.read.files.sheets import Columns, read_columns, report_duplicates, report_empty, report_unknown
from thongthin.read.frame import report_ids
from thongthin.read.survey.skip_patterns import Condition, parse_conditions

SINGLE = "single"
# In conditions: the group of the respondent.
GROUP = "group"
ITEMS = Columns(
    (
        *("item_id", "column", "choice", "construct", "text_th", "text_en"),
        *("scale", "reversed", "wave", "pair", "asked_if"),
    ),
    required=("item_id", "scale"),
)


def read_items(path: Path, study: Study, problems: Problems) -> pd.DataFrame:
    """Table `items`, in the order of the file, and the columns `column` and `choice` of the response file.

    Limits of the scale `file` are known with the response file only, see `readers.survey`.
    """
    assert study.survey is not None
    frame, here = read_columns(path, problems, ITEMS.required, ITEMS.optional, in_languages=[("text_th", "text_en")])
    report_ids(frame, "item_id", here)
    frame["scale"] = frame["scale"].where((frame["scale"] != "") | (frame["choice"] == ""), CHOSEN)
    report_empty(frame, ("text_th", "text_en", "scale"), here)
    reserved = {c.name for table in ("responses", "survey_received") for c in TABLES[table].columns}
    for row in frame.index[frame["item_id"].isin(list(reserved))]:
        here.add(
            "reserved-id", "This id is the name of another column.", "รหัสนี้ซ้ำกับชื่อคอลัมน์อื่น", row=row, column="item_id"
        )
    frame["column"] = frame["column"].map(one_line).where(frame["column"] != "", frame["item_id"])
    alone = frame[frame["choice"] == ""]
    for _, own in alone.groupby(alone["wave"] if study.survey.in_waves else alone["wave"] * 0):
        report_duplicates(own, "column", here)
    scales = study.survey.answer_scales
    report_unknown(frame, "construct", set(study.constructs), here, "unknown-construct",
                   '"{}" is neither a factor nor an outcome of the framework in study.yml.',
                   'ไม่มี "{}" ใน framework ของ study.yml')  # fmt: skip
    report_unknown(frame, "scale", {*scales, CATEGORY, FROM_FILE}, here, "unknown-scale",
                   '"{}" is not a scale of study.yml.', 'ไม่มีมาตรวัด "{}" ใน study.yml')  # fmt: skip
    report_unknown(frame, "reversed", {"yes", "no"}, here, "reversed",
                   '"{}" is not possible here; write yes or no.', 'ใช้ "{}" ไม่ได้ ให้เขียน yes หรือ no')  # fmt: skip
    report_unknown(frame, "wave", {"before", "after"}, here, "wave",
                   '"{}" is not possible here; write before, after, or nothing.',
                   'ใช้ "{}" ไม่ได้ ให้เขียน before, after หรือเว้นว่าง')  # fmt: skip
    for row in frame.index[(frame["scale"] == CATEGORY) & (frame["construct"] != "")]:
        here.add(
            "category-construct",
            "An item of the scale `category` has no number and can't belong to a construct.",
            "ข้อคำถามแบบ category ไม่มีค่าตัวเลข จึงอยู่ในตัวแปร (construct) ไม่ได้",
            row=row,
            column="construct",
        )
    for row in frame.index[(frame["scale"] == CHOSEN) != (frame["choice"] != "")]:
        here.add(
            "choice",
            f"A choice out of several has the scale `{CHOSEN}`, and no other item has.",
            f"ตัวเลือกของคำถามที่เลือกได้หลายข้อใช้มาตรวัด {CHOSEN} เท่านั้น และข้ออื่นใช้ไม่ได้",
            row=row,
            column="choice",
            hint_en="Leave the scale empty, or write in the column choice which answer is meant.",
            hint_th="เว้นคอลัมน์ scale ว่าง หรือระบุคำตอบในคอลัมน์ choice",
        )
    _report_pairs(frame, here)
    for language in ("th", "en"):
        behind = {name: f" ({getattr(s.unit, language)})" for name, s in study.survey.scales.items() if s.unit}
        frame[f"text_{language}"] += [behind.get(name, "") for name in frame["scale"]]
    set_limits(frame, scales)
    report_mixed_scales(frame, here)
    frame["reversed"] = frame["reversed"] == "yes"
    frame["wave"] = frame["wave"].where(frame["wave"] != "", SINGLE)
    _report_categories(frame, study.survey.categories, here)
    frame["asked_if"] = conditions_of(frame, scales, study.survey.declared_categories, here, groups_of(study))
    frame.attrs["file"] = here.file  # what is found wrong once the response file is read is told of this one
    return frame.assign(position=range(1, len(frame) + 1))


def _report_categories(items: pd.DataFrame, declared: Iterable[str], problems: Problems) -> None:
    """Add a problem for every id under `survey.categories` that is no item answered by category."""
    own = set(items.loc[items["scale"] == CATEGORY, "item_id"])
    for item in declared:
        if item not in own:
            hint_en, hint_th = did_you_mean(item, own)
            problems.add(
                "unknown-item",
                f'"{item}", of which survey.categories in study.yml tells the categories, is no item of the scale'
                f" `{CATEGORY}`.",
                f'ไม่มีข้อ "{item}" แบบ {CATEGORY} ซึ่งประกาศหมวดไว้ใน survey.categories ของ study.yml',
                column="item_id",
                hint_en=hint_en,
                hint_th=hint_th,
            )


def set_limits(items: pd.DataFrame, scales: Mapping[str, AnswerScale]) -> None:
    """Set the lowest and highest value of each item; none where its scale has none, or is not known yet.

    And set whether it is answered with a number (an amount), and not with a point of a scale (`numeric`).
    """
    for column, limit in (("minimum", "lowest"), ("maximum", "highest")):
        values = [getattr(scales[name], limit) if name in scales else None for name in items["scale"]]
        items[column] = pd.array(values, dtype="Int64")
    items["numeric"] = [isinstance(scales.get(name), NumericScale) for name in items["scale"]]


def _report_pairs(items: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for every before/after item whose pair is not one before and one after of a construct and scale.

    Of a survey that has one of the waves alone, a notice tells that nothing is compared.
    """
    waves = items[items["wave"].isin(["before", "after"])]
    if len(there := set(waves["wave"])) == 1:
        (wave,) = there
        other = "after" if wave == "before" else "before"
        problems.notice(
            "one-wave",
            f'All items with a wave are asked "{wave}", none "{other}": no change is computed.',
            f'ข้อที่ระบุช่วงเวลาเป็นข้อ "{wave}" ทั้งหมด ไม่มีข้อ "{other}" จึงไม่คำนวณการเปลี่ยนแปลง',
            row=waves.index[0],
            column="wave",
            hint_en=f'Once the other wave is there, add its items, asked "{other}", with the same word in "pair".',
            hint_th=f'เมื่อมีข้อมูลอีกช่วงแล้ว ให้เพิ่มข้อคำถาม "{other}" โดยใส่คำเดียวกันในคอลัมน์ "pair"',
        )
        return
    for row in waves.index:
        construct, scale, wave, pair = waves.loc[row, ["construct", "scale", "wave", "pair"]]
        partners = waves[(waves["pair"] == pair) & (waves["construct"] == construct) & (waves["wave"] != wave)]
        double = ((waves["pair"] == pair) & (waves["construct"] == construct) & (waves["wave"] == wave)).sum() > 1
        if pair and len(partners) == 1 and not double and (partners["scale"] == scale).all():
            continue
        other = "after" if wave == "before" else "before"
        problems.add(
            "no-pair",
            f'This item is asked "{wave}", but there is no single "{other}" item of its construct, scale and pair.',
            f'ข้อนี้เป็นข้อ "{wave}" แต่ไม่มีข้อ "{other}" หนึ่งข้อที่มี construct, scale และ pair เดียวกัน',
            row=row,
            column="pair",
            hint_en='Give both items the same word in the column "pair".',
            hint_th='ใส่คำเดียวกันในคอลัมน์ "pair" ของทั้งสองข้อ',
        )


def report_mixed_scales(items: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for every item whose construct is measured on scales of different length, or in numbers as well."""
    measured = items[(items["construct"] != "") & items["minimum"].notna()]
    limits = measured["minimum"].astype(str) + "-" + measured["maximum"].astype(str)
    limits += measured["numeric"].map({True: " (numeric)", False: ""})
    for construct, own in limits.groupby(measured["construct"]):
        usual = own.mode()[0]
        for row in own.index[own != usual]:
            problems.add(
                "mixed-scales",
                f'The construct "{construct}" is measured {usual} elsewhere, but {own[row]} here: there is no mean.',
                f'ตัวแปร "{construct}" ใช้มาตรวัด {usual} ในข้ออื่น แต่ข้อนี้ใช้ {own[row]} จึงหาค่าเฉลี่ยร่วมกันไม่ได้',
                row=row,
                column="scale",
                hint_en="Give the item the same scale as the others, or a construct of its own.",
                hint_th="ใช้มาตรวัดเดียวกับข้ออื่น หรือแยกเป็นตัวแปรใหม่",
            )


def conditions_of(
    items: pd.DataFrame,
    scales: Mapping[str, AnswerScale],
    categories: Mapping[str, DeclaredCategories],
    problems: Problems,
    groups: Mapping[str, str],
) -> list[str]:
    """The cells of `asked_if` in one spelling, answers in words as values; problems for what cannot be understood.

    Args:
        scales: by name; words are left as they are where the scale is none of these.
        categories: those that the study declares, by item; words are left as they are where there are none.
        groups: ids of the groups of respondents by their names, as `comparable` has them; a condition on `group` names
            them.
    """
    scale_of = dict(zip(items["item_id"], items["scale"], strict=True))
    spelled: list[list[str]] = []
    for row, own, text in zip(items.index, items["item_id"], items["asked_if"], strict=True):
        conditions = parse_conditions(text) if text else []
        if conditions is None:
            problems.add(
                "condition",
                f'"{text}" is not a condition.',
                f'"{text}" ไม่ใช่เงื่อนไข',
                row=row,
                column="asked_if",
                hint_en="Write it as used=1, used=1|2 or visits>=2; join several by &.",
                hint_th="เขียนเช่น used=1, used=1|2 หรือ visits>=2 หลายเงื่อนไขเชื่อมด้วย &",
            )
            conditions = []
        spelled.append([])
        for condition in conditions:
            if condition.item == GROUP and groups:
                known, listed = _of_groups(condition, groups), ", ".join(sorted(set(groups.values())))
                of = (f"the groups are {listed}", f"กลุ่มคือ {listed}")
            elif condition.item not in scale_of or condition.item == own:
                hint_en, hint_th = did_you_mean(condition.item, set(scale_of) - {own})
                problems.add("unknown-item", f'"{condition.item}" is no other item of this table.',
                             f'ไม่มีข้อ "{condition.item}" อื่นในตารางนี้', row=row, column="asked_if",
                             hint_en=hint_en, hint_th=hint_th)  # fmt: skip
                continue
            else:
                name = scale_of[condition.item]
                known, listed = _of_item(condition, name, scales.get(name), categories.get(condition.item))
                of = (f'the scale of "{condition.item}" is {listed}', f'มาตรวัดของ "{condition.item}" คือ {listed}')
            if known is None:
                problems.add("condition", f'"{condition}" can never be met: {of[0]}.',
                             f'"{condition}" เป็นจริงไม่ได้: {of[1]}', row=row, column="asked_if")  # fmt: skip
            else:
                spelled[-1].append(str(known))
    return ["&".join(conditions) for conditions in spelled]


def _of_groups(condition: Condition, groups: Mapping[str, str]) -> Condition | None:
    """A condition on the group with the ids of the groups; None where it can never be met."""
    ids = [groups.get(comparable(value), "") for value in condition.values]
    return condition._replace(values=tuple(ids)) if all(ids) and not condition.orders else None


def _of_item(
    condition: Condition, name: str, scale: AnswerScale | None, categories: DeclaredCategories | None
) -> tuple[Condition | None, str]:
    """A condition on an item with the values of its scale `name`, None where it can never be met; what can be met."""
    known: Condition | None = condition
    if scale is not None:
        known = _as_values(condition, scale)
    elif categories is not None:
        known = _as_ids(condition, categories)
    listed = listed_points(scale) if scale is not None else CATEGORY
    listed += f" ({categories.listed})" if categories is not None else ""
    return None if condition.orders and name == CATEGORY else known, listed


def groups_of(study: Study) -> dict[str, str]:
    """Ids of the groups of respondents by each of their names; none where the survey has no column of groups."""
    if study.survey is None or not study.survey.asks_group:
        return {}
    return {comparable(name): own.id for own in study.groups for name in (own.label.en, own.label.th, own.id)}


def _as_ids(condition: Condition, categories: DeclaredCategories) -> Condition | None:
    """The condition with ids of categories in place of words; None if one is none of them."""
    ids = [categories.read(value) for value in condition.values]
    return None if None in ids else condition._replace(values=tuple(str(id_) for id_ in ids))


def _as_values(condition: Condition, scale: AnswerScale) -> Condition | None:
    """The condition with values of the scale in place of words; None if one is no point of it."""
    if condition.orders:
        return condition
    values = [scale.read(value).value for value in condition.values]
    known = [value for value in values if value is not None]
    return condition._replace(values=tuple(f"{value:.10g}" for value in known)) if len(known) == len(values) else None
