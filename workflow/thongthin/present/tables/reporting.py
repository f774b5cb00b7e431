"""The tables that reviewers of qualitative research ask for: saturation, the choice of quotes, reporting checklists."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.checklists import CHECKLISTS
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    Record,
    number,
    order,
    spread,
    table,
    table_note,
)


@made_from("saturation", "sites", th="หลังสัมภาษณ์กี่คนจึงไม่พบสิ่งใหม่: หนึ่งแถวต่อหนึ่งพื้นที่ และรวมทุกพื้นที่")
def saturation(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """After how many interviews nothing new came up: one row a site, and all together."""
    choices = analysis["saturation"]
    frame = tables["saturation"]
    frame = frame[frame["n"] > 0]
    random = bool(frame["reached"].notna().any())
    of = str(frame["of"].iloc[0])
    what = {
        "codes": labels.say("Codes", "รหัส"),
        "themes": labels.say("Themes", "ประเด็น"),
    }[of]
    not_reached = labels.say("not reached", "ยังไม่ถึง")
    middle = f"{100 * choices['spread']:g}"

    def found(row: Record) -> str:
        return f"{number(row['codes'], 'count', labels)}{NBSP}({number(row['base_codes'], 'count', labels)})"

    def point(row: Record) -> str:
        return str(row["notation"]) or (UNDEFINED if pd.isna(row["first_ratio"]) else not_reached)

    columns = [
        Column(("Site", "พื้นที่"), 25, lambda row: escape_markdown(labels.site(row["site_id"]))),
        Column(("Interviews", "บทสัมภาษณ์"), 12, "n", "count"),
        Column((f"{what} (base)", f"{what} (ฐาน)"), 12, found),
        Column(("New in run 1 (%)", "ใหม่ในช่วงแรก (ร้อยละ)"), 13, "first_ratio", "percent"),
        Column(("Point", "จุดอิ่มตัว"), 11, point),
    ]
    if random:
        orders = (f"Random orders: median ({middle}%)", f"ลำดับสุ่ม: มัธยฐาน (ร้อยละ {middle})")
        columns.append(Column(orders, 15, lambda row: _range_of_points(row, labels)))
        columns.append(Column(("Reached (%)", "ถึง (ร้อยละ)"), 12, "reached", "percent"))
    else:
        columns = spread(columns, 15)
    several = len(labels.sites) > 1
    rows = order(frame, site_id=labels.sites_and_all)
    whole = table(columns, rows, labels, bold=lambda row: several and row["site_id"] == ALL)
    return whole + table_note(labels, _saturation_note(labels, choices, frame, of, random))


def _range_of_points(row: Record, labels: Labels) -> str:
    """Median point with its limits over the random orders; a limit that no order reaches is left open."""
    if pd.isna(row["reached"]):
        return UNDEFINED
    low, median, high = (
        "∞" if pd.isna(row[column]) else number(row[column], "count", labels)
        for column in ("point_low", "point_median", "point_high")
    )
    return f"{median}{NBSP}({low}–{high})"


def _saturation_note(labels: Labels, choices: dict[str, Any], frame: pd.DataFrame, of: str, random: bool) -> str:
    base, run = (number(choices[name], "count", labels) for name in ("base_size", "run_length"))
    limit = number(choices["threshold"], "share", labels)
    what = {"codes": labels.say("codes", "รหัส"), "themes": labels.say("themes", "ประเด็น")}[of]
    note = labels.say(
        f"Base: {what} of the first {base} interviews. A run is {run} interviews, each run one interview further on."
        f" Point: interviews before the first run with at most {limit} new {what}, out of those of the base, + length"
        " of the run (Guest, Namey and Chen, 2020).",
        f"ฐานคือ{what}ใน {base} บทแรก ช่วงหนึ่งมี {run} บท เลื่อนไปทีละหนึ่งบท จุดอิ่มตัวคือจำนวนบทก่อนช่วงแรกที่มี{what}ใหม่ไม่เกิน{limit}"
        f" ของฐาน + ความยาวช่วง (Guest, Namey & Chen, 2020)",
    )
    if random:
        orders, spread = number(choices["orders"], "count", labels), f"{100 * choices['spread']:g}"
        note += labels.say(
            f" Random orders: point in {orders} random orders of the interviews, median and limits of the middle"
            f" {spread}%; ∞: not reached.",
            f" ลำดับสุ่ม: จุดอิ่มตัวเมื่อสุ่มลำดับบทสัมภาษณ์ {orders} ครั้ง แสดงมัธยฐานและขอบของช่วงกลางร้อยละ {spread} (∞ คือยังไม่ถึง)",
        )
    if frame["first_ratio"].isna().any():
        note += labels.say(
            f" {UNDEFINED}: fewer interviews than base and run, or a base without {what}.",
            f" {UNDEFINED} คือบทสัมภาษณ์น้อยกว่าฐานรวมกับหนึ่งช่วง หรือฐานไม่มี{what}",
        )
    if left_out := int(frame.loc[frame["site_id"] == ALL, "left_out"].sum()):
        n = number(left_out, "count", labels)
        note += labels.say(
            f" Interviews not read for every code, and left out: {n}.", f" ไม่นับบทสัมภาษณ์ที่อ่านไม่ครบทุกรหัส {n} บท"
        )
    return note


@made_from("quotes_by_theme", "codes", th="คำพูดในบทความมาจากผู้ให้ข้อมูลกี่คนและกี่พื้นที่ ทีละประเด็น")
def quotes_by_theme(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """From how many participants and sites the quotes of the article come, theme by theme."""
    choices = analysis["quotes"]
    frame = tables["quotes_by_theme"]
    names = {**labels.themes, ALL: labels.say("All quotes", "คำพูดทั้งหมด")}
    frame = order(frame[frame["article"] == labels.language], theme_id=names)
    least = min(choices["sites_per_theme"], len(labels.sites))
    short = frame[(frame["theme_id"] != ALL) & (frame["n"] > 0) & (frame["sites"] < least)]["theme_id"]
    marks = {theme: "^L^" if theme in choices["local_themes"] else "^†^" for theme in short}
    columns = [
        Column(
            ("Theme", "ประเด็น"),
            0,
            lambda row: escape_markdown(names[row["theme_id"]]) + marks.get(row["theme_id"], ""),
        ),
        Column(("Quotes", "คำพูด"), 0, "n", "count"),
        Column(("Participants", "ผู้ให้ข้อมูล"), 0, "participants", "count"),
        Column(("Sites", "พื้นที่"), 0, "sites", "count"),
    ]
    note = labels.say(
        "Quotes that the article shows, and the participants and sites that they come from.",
        "คำพูดที่บทความยกมา และจำนวนผู้ให้ข้อมูลกับพื้นที่ที่มาของคำพูด",
    )
    if "^L^" in marks.values():
        note += labels.say(" ^L^: a theme of one site.", " ^L^ คือประเด็นเฉพาะพื้นที่")
    if "^†^" in marks.values():
        wanted = number(choices["sites_per_theme"], "count", labels)
        note += labels.say(f" ^†^: from fewer than {wanted} sites.", f" ^†^ คือมาจากพื้นที่ไม่ถึง {wanted} แห่ง")
    whole = table(spread(columns, 17), frame, labels, bold=lambda row: row["theme_id"] == ALL)
    return whole + table_note(labels, note)


@made_from("reporting_coreq", th="COREQ ทีละข้อ: คำถาม คำตอบ และที่มาของคำตอบ")
def coreq(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """COREQ, item by item: the question, the answer, and where it comes from."""
    source = labels.say("Tong, Sainsbury and Craig (2007)", "Tong, Sainsbury & Craig (2007)")
    return _checklist("coreq", source, tables, labels)


@made_from("reporting_srqr", th="SRQR ทีละข้อ: คำถาม คำตอบ และที่มาของคำตอบ")
def srqr(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """SRQR, item by item: the question, the answer, and where it comes from."""
    source = labels.say("O’Brien and colleagues (2014)", "O’Brien และคณะ (2014)")
    return _checklist("srqr", source, tables, labels)


@made_from("reporting_gramms", th="GRAMMS ทีละข้อ: คำถาม คำตอบ และที่มาของคำตอบ")
def gramms(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """GRAMMS, item by item: the question, the answer, and where it comes from."""
    source = labels.say("O’Cathain, Murphy and Nicholl (2008)", "O’Cathain, Murphy & Nicholl (2008)")
    return _checklist("gramms", source, tables, labels)


def _checklist(key: str, source: str, tables: Tables, labels: Labels) -> str:
    frame = tables[f"reporting_{key}"].sort_values("item")
    authors, data = labels.say("authors", "ผู้วิจัย"), labels.say("data", "ข้อมูล")
    sources = {
        "study.yml": authors,
        "data": data,
        "study.yml and data": labels.say(f"{authors}, {data}", f"{authors} {data}"),
        "open": labels.say("**open**", "**ยังไม่มีคำตอบ**"),
    }

    def asked(row: Record) -> str:
        name, question = (escape_markdown(row[f"{part}_{labels.language}"]) for part in ("name", "question"))
        return f"*{name}.* {question}" if labels.language == "en" else f"**{name}** {question}"

    columns = [
        Column(("No.", "ข้อ"), 6, lambda row: str(row["item"])),
        Column(("Item", "เรื่องที่ต้องรายงาน"), 33, asked, left=True),
        Column(
            ("Answer", "คำตอบ"),
            47,
            lambda row: escape_markdown(row[f"answer_{labels.language}"]) or UNDEFINED,
            left=True,
        ),
        Column(("From", "ที่มา"), 14, lambda row: sources[row["source"]], left=True),
    ]
    rows: list[Record | list[str]] = []
    for section, own in frame.groupby(f"section_{labels.language}", sort=False):
        rows += [["", f"**{escape_markdown(str(section))}**", "", ""], *records(own)]
    without = int((frame["source"] == "open").sum())
    items, open_ = (number(n, "count", labels) for n in (len(frame), without))
    left = f"ยังไม่มีคำตอบ {open_} ข้อ" if without else "มีคำตอบครบทุกข้อ"
    name = CHECKLISTS[key].name
    note = labels.say(
        f"{name}, {source}: {items} items, asked here in words of our own; open: {open_}. Answers come from the"
        " authors, or were made from the data.",
        f"{name} ของ {source} จำนวน {items} ข้อ ถามด้วยถ้อยคำของคณะผู้จัดทำเอง {left} คำตอบมาจากผู้วิจัยหรือสร้างจากข้อมูล",
    )
    return table(columns, rows, labels) + table_note(labels, note)
