"""The tables of the survey: who the respondents are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    label_and_numbers,
    number,
    of_n,
    order,
    percent,
    pipe_table,
    table_note,
)


def respondents(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who the respondents are: how many gave each category of each item, by site and over all: n (%).

    With more sites than fit the page, over all only.
    """
    unit, frame = labels.of_sites_and_all, tables["category_answers"]
    there = _answering(frame, unit, labels)
    if len(there) == 2 or len(there) > MOST_COLUMNS:  # of one site, all says the same
        there = [ALL]
    return _respondents(frame, unit, there, tables, labels)


def respondents_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who the respondents are, by group: how many gave each category of each item: n (%)."""
    unit, frame = labels.of_groups, tables["category_answers_by_group"]
    return _respondents(frame, unit, _answering(frame, unit, labels), tables, labels)


def _answering(frame: pd.DataFrame, unit: Unit, labels: Labels) -> list[str]:
    """The sites or groups that have respondents, in order."""
    n = frame.groupby(unit.column)["n"].sum()
    return [id_ for id_ in labels.names(unit) if n.get(id_, 0)]


def _respondents(frame: pd.DataFrame, unit: Unit, there: list[str], tables: Tables, labels: Labels) -> str:
    names, column = labels.names(unit), unit.column
    frame = order(frame[frame[column].isin(there)], item_id=labels.items)
    called = tables["categories"].sort_values("position")
    rows: list[list[str]] = []
    unanswered = False
    for item, own in frame.groupby("item_id", sort=False):
        cells = {(row["category"], row[column]): (row["n"], percent(row["share"])) for row in own.to_dict("records")}
        of_item = called[called["item_id"] == item]
        rows.append([f"**{escape_markdown(labels.items[str(item)])}**", *[""] * len(there)])
        for category, label in zip(of_item["category"], of_item[f"label_{labels.language}"], strict=True):
            counted = [cells[category, id_] for id_ in there]
            numbers = [
                f"{number(n, 'count', labels)}{NBSP}({share})" if share != UNDEFINED else UNDEFINED
                for n, share in counted
            ]
            rows.append([escape_markdown(label), *numbers])
        missing = [cells[MISSING, id_][0] for id_ in there]
        if any(missing):
            unanswered = True
            rows.append([labels.say("No answer", "ไม่ตอบ"), *(number(n, "count", labels) for n in missing)])
    first = frame[frame["item_id"] == frame["item_id"].iloc[0]]
    header = [labels.say("Characteristic", "ลักษณะ")]
    for id_ in there:
        n = of_n([first.loc[first[column] == id_, "n"].sum()], labels)
        header.append(f"{escape_markdown(names[id_])} {n}")
    note = labels.say("Number (percent of those who answered).", "จำนวนคน (ร้อยละของผู้ที่ตอบข้อนั้น)")
    if unanswered:
        note += labels.say(
            " No answer: not asked, not answered, or refused.", " ไม่ตอบ รวมผู้ที่ไม่ได้ถาม เว้นว่าง และไม่ประสงค์ตอบ"
        )
    answered = frame[frame["share"].notna()]
    plain = answered["n"] / answered.groupby(["item_id", column])["n"].transform("sum")
    if not np.allclose(plain, answered["share"], atol=1e-6):
        note += labels.say(
            " Percentages are weighted; numbers count respondents.", " ร้อยละถ่วงน้ำหนักแล้ว ส่วนจำนวนคือจำนวนผู้ตอบจริง"
        )
    return pipe_table(header, rows, label_and_numbers(len(there), 17)) + table_note(labels, note)
