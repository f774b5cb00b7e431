"""The tables of the survey's responses: from those received to those analysed, and why items were not answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.non_answers import REASONS
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    Column,
    Record,
    matrix,
    number,
    order,
    percent,
    spread,
    table,
    table_note,
)
from thongthin.read.survey.quality import RULES

# Steps and rules in English and in Thai.
_STEPS = {
    "received": ("Received", "ได้รับ"),
    "preview": ("Previews of the form", "ทดลองตอบแบบสอบถาม"),
    "out_of_frame": ("Out of the frame", "อยู่นอกกรอบประชากร"),
    "duplicate": ("Duplicates", "ตอบซ้ำ"),
    "speeding": ("Answered too fast", "ใช้เวลาตอบน้อยเกินไป"),
    "straight_lining": ("One answer to all items of a scale", "ตอบเหมือนกันทุกข้อของมาตรวัด"),
    "incomplete": ("Incomplete", "ตอบไม่ครบ"),
    "answered_unasked": ("Answered what was not asked", "ตอบข้อที่ไม่ต้องตอบ"),
    "analysed": ("Analysed", "นำมาวิเคราะห์"),
}
_REASONS = {
    "dont_know": ("Don’t know", "ไม่ทราบ"),
    "not_applicable": ("Not applicable", "ไม่เกี่ยวข้อง"),
    "refused": ("Refused", "ไม่ประสงค์ตอบ"),
    "missing": ("Marked missing", "ระบุว่าขาดหาย"),
    "not_asked": ("Not asked", "ไม่ได้ถาม"),
    "empty": ("Left empty", "เว้นว่าง"),
}


@made_from(
    "survey_flow", "sites", th="จำนวนชุดคำตอบที่ได้รับ ที่ตัดออกตามกฎแต่ละข้อ และที่นำมาวิเคราะห์ รายพื้นที่ และจำนวนที่เข้าเกณฑ์ของแต่ละกฎ"
)
def survey_flow(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many responses were received, left out by each rule and analysed, by site; how many each rule flags."""
    cells = {(row["step"], row["site_id"]): row for row in records(tables["survey_flow"])}
    present = {s: label for s, label in labels.heads_of_sites.items() if s != ALL and cells["received", s]["n"]}
    names = {**(present if len(present) < MOST_COLUMNS - 1 else {}), ALL: labels.all_sites}
    flagged = {rule: cells[rule, ALL]["flagged"] for rule in RULES}
    left_out = labels.say("Left out:", "ตัดออก:")
    steps = [{"step": step} for step in _STEPS if step not in RULES or flagged[step]]

    def name(row: Record) -> str:
        label = labels.say(*_STEPS[row["step"]])
        return f"{left_out} {label}" if row["step"] in RULES else label

    def count(site: str) -> Callable[[Record], str]:
        return lambda row: number(cells[row["step"], site]["n"], "count", labels)

    def flags(row: Record) -> str:
        return number(flagged[row["step"]], "count", labels) if row["step"] in RULES else ""

    columns = [
        Column(("Responses", "คำตอบ"), 0, name),
        *(Column(escape_markdown(label), 0, count(site)) for site, label in names.items()),
    ]
    if any(flagged.values()):
        columns.append(Column(("Flagged", "เข้าเกณฑ์"), 0, flags))
    note = labels.say(
        "Each response left out is counted at the first rule that leaves it out; flagged are all responses to which"
        " the rule applies, left out or not.",
        "คำตอบที่ตัดออกนับครั้งเดียวที่เกณฑ์แรกซึ่งตัดออก ส่วนคอลัมน์เข้าเกณฑ์นับทุกคำตอบที่ตรงกับเกณฑ์นั้น ไม่ว่าจะตัดออกหรือไม่",
    )
    listed = sum(int(cells["received", site]["n"]) for site in names if site != ALL)
    if len(names) > 1 and listed < cells["received", ALL]["n"]:
        note += labels.say(
            " Responses out of the frame may belong to no site.", " คำตอบที่อยู่นอกกรอบประชากรอาจไม่อยู่ในพื้นที่ใด"
        )
    if not any(flagged.values()):
        note = labels.say("No rule flags any response.", "ไม่มีคำตอบใดเข้าเกณฑ์ที่ตรวจสอบ")
    whole = table(spread(columns, 18), steps, labels, bold=lambda row: row["step"] not in RULES)
    return whole + table_note(labels, note)


@made_from("survey_nonanswers", "items", th="เหตุผลที่ไม่ตอบ: จำนวนผู้ตอบตามเหตุผล เฉพาะข้อที่มีผู้ไม่ตอบ")
def survey_nonanswers(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Why items were not answered: number of respondents for each reason, of items that somebody did not answer."""
    frame = order(tables["survey_nonanswers"], item_id=labels.items, reason=REASONS)
    frame = frame[frame["n"] > 0]
    wave = dict(zip(tables["items"]["item_id"], tables["items"]["wave"], strict=True))
    cells = {(row["item_id"], row["reason"]): row for row in records(frame)}
    reasons = {reason: labels.say(*_REASONS[reason]) for reason in REASONS if (frame["reason"] == reason).any()}
    rows = []
    for item in dict.fromkeys(frame["item_id"]):
        own = [cells.get((item, reason)) for reason in reasons]
        counts = [f"{row['n']}{NBSP}({percent(row['share'])})" if row else UNDEFINED for row in own]
        rows.append([escape_markdown(labels.item(item, wave[item])), *counts])
    note = labels.say(
        "Respondents (percent of those analysed). Items that everybody answered are not listed.",
        "จำนวนผู้ตอบ (ร้อยละของผู้ตอบที่นำมาวิเคราะห์) ไม่แสดงข้อที่ทุกคนตอบ",
    )
    return matrix(labels.say("Item", "ข้อคำถาม"), reasons, rows, 13) + table_note(labels, note)
