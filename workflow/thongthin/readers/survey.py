"""The survey: its items (`survey/items.csv`) and its answers (`.xlsx`, `.csv`), coded as numbers.

Answers in words become the values of the item's scale; reversed items stay as answered. The scale `category` keeps its
answers as text. Headers and answers are compared without regard to white space and, in English, to case.

Fails, with problems, on unknown constructs and scales, before/after items without pair, headers that aren't in the
response file, a survey without rows, sites and groups that aren't recognised, answers outside their scale, and dates.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from thongthin.language import one_line, parse_integer
from thongthin.problems import Problems, did_you_mean, nearest
from thongthin.readers.dates import read_dates
from thongthin.readers.frame import report_ids
from thongthin.readers.sheets import (
    also_in,
    read_columns,
    read_sheet,
    report_duplicates,
    report_empty,
    report_unknown,
    rows_by_cell,
)
from thongthin.study import Scale, Study
from thongthin.tables import TABLES

CATEGORY = "category"
SINGLE = "single"


def read_items(path: Path, study: Study, problems: Problems) -> pd.DataFrame:
    """Table `items`, in the order of the file, and the column `column`: the header of the item in the response file."""
    assert study.survey is not None
    frame, here = read_columns(
        path,
        problems,
        ("item_id", "text_th", "text_en", "scale"),
        ("column", "construct", "reversed", "wave", "pair"),
    )
    report_ids(frame, "item_id", here)
    report_empty(frame, ("text_th", "text_en", "scale"), here)
    reserved = {c.name for c in TABLES["responses"].columns}
    for row in frame.index[frame["item_id"].isin(list(reserved))]:
        here.add(
            "reserved-id", "This id is the name of another column.", "รหัสนี้ซ้ำกับชื่อคอลัมน์อื่น", row=row, column="item_id"
        )
    frame["column"] = frame["column"].map(one_line).where(frame["column"] != "", frame["item_id"])
    report_duplicates(frame, "column", here)
    scales = study.survey.scales
    report_unknown(frame, "construct", set(study.constructs), here, "unknown-construct",
                   '"{}" is neither a factor nor an outcome of the framework in study.yml.',
                   'ไม่มี "{}" ใน framework ของ study.yml')  # fmt: skip
    report_unknown(frame, "scale", {*scales, CATEGORY}, here, "unknown-scale",
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
    _report_pairs(frame, here)
    limits = {name: (scale.values[0], scale.values[-1]) for name, scale in scales.items()}
    for position, column in enumerate(("minimum", "maximum")):
        values = [limits[name][position] if name in limits else None for name in frame["scale"]]
        frame[column] = pd.array(values, dtype="Int64")
    _report_mixed_scales(frame, here)
    frame["reversed"] = frame["reversed"] == "yes"
    frame["wave"] = frame["wave"].where(frame["wave"] != "", SINGLE)
    return frame.assign(position=range(1, len(frame) + 1))


def _report_pairs(items: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for every before/after item whose pair is not one before and one after of a construct and scale."""
    waves = items[items["wave"].isin(["before", "after"])]
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


def _report_mixed_scales(items: pd.DataFrame, problems: Problems) -> None:
    """Add a problem for every item whose construct is measured on scales of different length."""
    measured = items[(items["construct"] != "") & items["minimum"].notna()]
    limits = measured["minimum"].astype(str) + "-" + measured["maximum"].astype(str)
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


def read_responses(
    path: Path, items: pd.DataFrame, sites: pd.DataFrame, study: Study, problems: Problems
) -> pd.DataFrame:
    """Table `responses`, in the order of the file: one column an item, numbers, or text for the scale `category`.

    Args:
        items: as from `read_items`.
        sites: table `sites`; without rows, sites are not judged.
        problems: bound to the response file with `Problems.at`.
    """
    survey = study.survey
    assert survey is not None
    frame, here = read_sheet(path, problems, survey.sheet)
    result = pd.DataFrame(columns=[*(c.name for c in TABLES["responses"].columns), *items["item_id"]])
    if frame.columns.empty:
        return result
    headers = list(frame.columns)
    asked = [h for h in (survey.site, survey.group, survey.respondent, survey.submitted) if h]
    found = {header: _column(header, headers, "study.yml", here) for header in asked}
    found |= {header: _column(header, headers, "survey/items.csv", here) for header in items["column"]}
    if frame.empty:
        here.add(
            "no-rows",
            "This survey has no answers: there is no row below the header.",
            "แบบสอบถามนี้ไม่มีคำตอบ: ไม่มีแถวใดใต้หัวตาราง",
            row=1,
            hint_en="Is it the right sheet, and the right export?",
            hint_th="เป็นแผ่นงานและไฟล์ที่ถูกต้องหรือไม่",
        )
        return result

    def cells(header: str | None) -> pd.Series:
        name = found.get(header) if header else None
        return pd.Series("", index=frame.index) if name is None else frame[name]

    site_names = {
        one_line(row[n]).casefold(): str(row["site_id"])
        for _, row in sites.iterrows()
        for n in ("site_id", "name_th", "name_en")
    }
    group_names = {one_line(name).casefold(): g.id for g in study.groups for name in (g.id, g.label.th, g.label.en)}
    columns: dict[str, pd.Series] = {}
    if survey.respondent and found[survey.respondent]:
        columns["respondent_id"] = cells(survey.respondent)
        report_empty(frame, [str(found[survey.respondent])], here)
        report_duplicates(frame, str(found[survey.respondent]), here)
    else:
        width = max(4, len(str(len(frame))))
        numbers = [f"R{n:0{width}d}" for n in range(1, len(frame) + 1)]
        columns["respondent_id"] = pd.Series(numbers, index=frame.index)
    columns["site_id"] = _recognised(cells(survey.site), site_names, list(sites["name_th"]), "site", "พื้นที่", here)
    if found[survey.site]:
        report_empty(frame, [str(found[survey.site])], here)
    columns["group"] = _recognised(
        cells(survey.group), group_names, [g.label.th for g in study.groups], "group", "กลุ่ม", here
    )
    submitted = found.get(survey.submitted or "")
    columns["submitted_on"] = read_dates(frame, submitted, study.fieldwork, here) if submitted else cells(None)
    for item, header, scale in zip(items["item_id"], items["column"], items["scale"], strict=True):
        answers = cells(header)
        columns[item] = answers if scale not in survey.scales else _coded(answers, scale, survey.scales[scale], here)
    return pd.DataFrame(columns).reset_index(drop=True)


def _column(header: str, headers: list[str], source: str, problems: Problems) -> str | None:
    """The header in the file that is meant; None with a problem added if it isn't there or stands twice."""
    name = one_line(header)
    count = headers.count(name)
    if count == 1:
        return name
    if count:
        problems.add(
            "double-column",
            f'The column "{name}" stands {count} times.',
            f'คอลัมน์ "{name}" ปรากฏ {count} ครั้ง',
            row=1,
            column=name,
            hint_en="Give each question its own text.",
            hint_th="ตั้งข้อความของแต่ละคำถามให้ต่างกัน",
        )
        return None
    near = ", ".join(f'"{h}"' for h in nearest(name, headers))
    problems.add(
        "missing-column",
        f'There is no column "{name}", which {source} names.',
        f'ไม่มีคอลัมน์ "{name}" ตามที่ระบุใน {source}',
        row=1,
        column=name,
        hint_en=f"Did you mean {near}?" if near else "Copy the header from this file, letter by letter.",
        hint_th=f"หมายถึง {near} หรือไม่" if near else "คัดลอกหัวคอลัมน์จากไฟล์นี้ให้ตรงทุกตัวอักษร",
    )
    return None


def _recognised(
    cells: pd.Series, names: dict[str, str], shown: list[str], en: str, th: str, problems: Problems
) -> pd.Series:
    """Ids of sites or groups from their ids or names; a problem for each cell that is neither."""
    meant = {cell: names.get(one_line(cell).casefold(), "") for cell in cells.unique()}
    unknown = cells[(cells != "") & (cells.map(meant) == "")] if names else cells[:0]
    for cell, rows in rows_by_cell(unknown).items():
        hint_en, hint_th = did_you_mean(cell, shown)
        also_en, also_th = also_in(rows)
        problems.add(f"unknown-{en}", f'"{cell}" is no {en} of this study.{also_en}',
                     f'"{cell}" ไม่ใช่{th}ของการศึกษานี้{also_th}', row=rows[0], column=str(cells.name),
                     hint_en=hint_en, hint_th=hint_th)  # fmt: skip
    return cells.map(meant)


def _coded(answers: pd.Series, name: str, scale: Scale, problems: Problems) -> pd.Series:
    """Values of the answers as float, NaN where there is none; a problem for each answer outside the scale."""
    words = {one_line(word).casefold(): a.value for a in scale.answers for word in (a.th, a.en)}
    allowed = set(scale.values)
    meant: dict[str, float] = {}
    for answer in answers.unique():
        number = parse_integer(answer)
        value = words.get(one_line(answer).casefold(), number if number in allowed else None)
        meant[answer] = float("nan") if value is None else float(value)
    values = answers.map(meant).astype("float64")
    listed = ", ".join(a.th for a in scale.answers) or f"{scale.values[0]}-{scale.values[-1]}"
    for answer, rows in rows_by_cell(answers[(answers != "") & values.isna()]).items():
        near = ", ".join(f'"{word}"' for word in nearest(answer, [w for a in scale.answers for w in (a.th, a.en)]))
        also_en, also_th = also_in(rows)
        problems.add(
            "outside-scale",
            f'"{answer}" is not an answer of the scale "{name}" ({listed}).{also_en}',
            f'"{answer}" ไม่ใช่คำตอบของมาตรวัด "{name}" ({listed}){also_th}',
            row=rows[0],
            column=str(answers.name),
            hint_en=f"Did you mean {near}?"
            if near
            else "If the form mixes scales, give the item its own in survey/items.csv.",
            hint_th=f"หมายถึง {near} หรือไม่" if near else "หากแบบสอบถามใช้หลายมาตรวัด ให้ระบุมาตรวัดของข้อนี้ใน survey/items.csv",
        )
    return values
