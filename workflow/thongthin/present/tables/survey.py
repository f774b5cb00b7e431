"""The tables of the survey: who the respondents are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    matrix,
    number,
    of_n,
    order,
    percent,
    table_note,
)


@made_from(
    "category_answers", "categories", "items", th="ลักษณะของผู้ตอบ: จำนวนในแต่ละหมวดของแต่ละข้อ รายพื้นที่และรวมทุกพื้นที่: n (ร้อยละ)"
)
def respondents(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who the respondents are: how many gave each category of each item, by site and over all: n (%).

    With more sites than fit the page, over all only.
    """
    names = labels.heads_of_sites
    there = _answering(tables["category_answers"], "site_id", names)
    if len(there) == 2 or len(there) > MOST_COLUMNS:  # of one site, all says the same
        there = [ALL]
    return _respondents(tables["category_answers"], "site_id", {id_: names[id_] for id_ in there}, tables, labels)


@made_from(
    "category_answers_by_group", "categories", "items", th="ลักษณะของผู้ตอบตามกลุ่ม: จำนวนในแต่ละหมวดของแต่ละข้อ: n (ร้อยละ)"
)
def respondents_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who the respondents are, by group: how many gave each category of each item: n (%)."""
    frame = tables["category_answers_by_group"]
    there = _answering(frame, "group", labels.groups)
    return _respondents(frame, "group", {id_: labels.groups[id_] for id_ in there}, tables, labels)


def _answering(frame: pd.DataFrame, unit: str, ids: Iterable[str]) -> list[str]:
    """The sites or groups that have respondents, in order."""
    n = frame.groupby(unit)["n"].sum()
    return [id_ for id_ in ids if n.get(id_, 0)]


def _respondents(frame: pd.DataFrame, unit: str, there: Mapping[str, str], tables: Tables, labels: Labels) -> str:
    frame = order(frame[frame[unit].isin(there)], item_id=labels.items)
    called = tables["categories"].sort_values("position")
    rows: list[list[str]] = []
    unanswered = False
    for item, own in frame.groupby("item_id", sort=False):
        cells = {(row["category"], row[unit]): (row["n"], percent(row["share"])) for row in records(own)}
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
    n = {id_: of_n([first.loc[first[unit] == id_, "n"].sum()], labels) for id_ in there}
    names = {id_: f"{escape_markdown(name)} {n[id_]}" for id_, name in there.items()}
    note = labels.say("Number (percent of those who answered).", "จำนวนคน (ร้อยละของผู้ที่ตอบข้อนั้น)")
    if unanswered:
        note += labels.say(
            " No answer: not asked, not answered, or refused.", " ไม่ตอบ รวมผู้ที่ไม่ได้ถาม เว้นว่าง และไม่ประสงค์ตอบ"
        )
    answered = frame[frame["share"].notna()]
    given = answered["n"].astype(float)  # of numbers that say where they come from, too (`present.cells`)
    plain = given / given.groupby([answered["item_id"], answered[unit]]).transform("sum")
    if not np.allclose(plain, answered["share"].astype(float), atol=1e-6):
        note += labels.say(
            " Percentages are weighted; numbers count respondents.", " ร้อยละถ่วงน้ำหนักแล้ว ส่วนจำนวนคือจำนวนผู้ตอบจริง"
        )
    return matrix(labels.say("Characteristic", "ลักษณะ"), names, rows, 17) + table_note(labels, note)
