"""The table of what occurs together: themes in a matrix, or the pairs that share most where there are many."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import NBSP, Column, number, order, pipe_table, table, table_note

# The matrix of themes is legible up to this size; beyond it, the pairs that occur most often are listed.
MOST_THEMES = 8
MOST_PAIRS = 20
MOST_OVERLAPS = 3


@made_from(
    "theme_cooccurrence", "codes", th="ประเด็นที่ปรากฏร่วมกัน: เป็นเมทริกซ์ หรือหากมีหลายประเด็น เป็นคู่ที่อยู่ในช่วงพูดเดียวกันมากที่สุด"
)
def theme_cooccurrence(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Which themes occur together: a matrix, or the pairs that share most turns where there are many themes."""
    frame = order(tables["theme_cooccurrence"], theme_a=labels.themes, theme_b=labels.themes)
    return _pairs(frame, labels) if len(labels.themes) > MOST_THEMES else _matrix(frame, labels)


def _pairs(frame: pd.DataFrame, labels: Labels) -> str:
    """The pairs of themes that share most turns."""
    most = frame.sort_values(["turns", "participants"], ascending=False, kind="stable").head(MOST_PAIRS)
    columns = [
        Column(("Theme", "ประเด็น"), 25, lambda row: escape_markdown(labels.themes[row["theme_a"]])),
        Column(("Together with", "ร่วมกับ"), 25, lambda row: escape_markdown(labels.themes[row["theme_b"]]), left=True),
        Column(("Participants", "ผู้ให้ข้อมูล"), 13, "participants", "count"),
        Column(("Turns", "ช่วงพูด"), 9, "turns", "count"),
        Column(("Jaccard", "ดัชนีแจ็กการ์ด"), 11, "jaccard", "coefficient"),
        Column(("Passages", "ข้อความ"), 10, "overlapping", "count"),
        Column("*c*", 7, "c", "coefficient"),
    ]
    shown, whole = (number(n, "count", labels) for n in (len(most), len(frame)))
    note = labels.say(
        f"The {shown} of {whole} pairs of themes that share most turns. Participants and turns in which both"
        " occur; Jaccard index: turns with both out of turns with either; passages of one that overlap the other;"
        " *c*: these out of all passages of either.",
        f"แสดง {shown} คู่จาก {whole} คู่ที่พบร่วมกันในช่วงพูดมากที่สุด ผู้ให้ข้อมูลและช่วงพูดที่พบทั้งสองประเด็น"
        " และดัชนีแจ็กการ์ด คือช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น ข้อความของประเด็นหนึ่งที่ซ้อนกับอีกประเด็นหนึ่ง"
        " และ *c* คือจำนวนดังกล่าวต่อข้อความทั้งหมดของทั้งสองประเด็น",
    )
    return table(columns, most, labels) + table_note(labels, note)


def _matrix(frame: pd.DataFrame, labels: Labels) -> str:
    """Themes by themes: how many turns they share."""
    cells = {}
    for row in records(frame):
        cell = number(row["turns"], "count", labels)
        if row["turns"]:
            cell += f"{NBSP}({number(row['jaccard'], 'coefficient', labels)})"
        cells[row["theme_a"], row["theme_b"]] = cells[row["theme_b"], row["theme_a"]] = cell
    ids = list(labels.themes)
    rows = [
        [
            f"{i}.{NBSP}{escape_markdown(labels.themes[a])}",
            *(cells[a, b] if b in ids[: i - 1] else "" for b in ids[:-1]),
        ]
        for i, a in enumerate(ids, start=1)
    ]
    header = [labels.say("Theme", "ประเด็น"), *(str(i) for i in range(1, len(ids)))]
    note = labels.say(
        "Turns in which both themes occur (Jaccard index: turns with both out of turns with either).",
        "จำนวนช่วงพูดที่พบทั้งสองประเด็น (ดัชนีแจ็กการ์ด คือ ช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น)",
    )
    overlaps = frame[frame["overlapping"] > 0].sort_values("c", ascending=False, kind="stable").head(MOST_OVERLAPS)
    pairs = [
        f"{ids.index(row['theme_a']) + 1} – {ids.index(row['theme_b']) + 1} ({row['overlapping']},"
        f" *c*{NBSP}={NBSP}{number(row['c'], 'coefficient', labels)})".replace(" – ", "–")
        for row in records(overlaps)
    ]
    if pairs:
        listed = "; ".join(pairs)
        note += labels.say(
            f" Most often in overlapping passages: {listed}; *c*: overlapping passages out of all passages of either.",
            f" ประเด็นที่ข้อความซ้อนกันมากที่สุด: {listed} โดย *c* คือข้อความที่ซ้อนกันต่อข้อความทั้งหมดของทั้งสองประเด็น",
        )
    return pipe_table(header, rows, [32, *[68 / (len(ids) - 1)] * (len(ids) - 1)]) + table_note(labels, note)
