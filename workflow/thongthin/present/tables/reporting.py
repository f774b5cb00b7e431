"""The tables that reviewers of qualitative research ask for: saturation, the choice of quotes, reporting checklists."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.reporting_items import CHECKLISTS
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import NBSP, label_and_numbers, number, percent, pipe_table, table_note


@made_from("saturation", "sites")
def saturation(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """After how many interviews nothing new came up: one row a site, and all together."""
    choices = analysis["saturation"]
    frame = tables["saturation"].set_index("site_id")
    frame = frame[frame["n"] > 0]
    random = bool(frame["reached"].notna().any())
    of = str(frame["of"].iloc[0])
    not_reached = labels.say("not reached", "ยังไม่ถึง")
    rows = []
    for site in [site for site in labels.sites_and_all if site in frame.index]:
        row = frame.loc[site]
        point = row["notation"] or (UNDEFINED if pd.isna(row["first_ratio"]) else not_reached)
        cells = [
            escape_markdown(labels.site(site)),
            number(row["n"], "count", labels),
            f"{number(row['codes'], 'count', labels)}{NBSP}({number(row['base_codes'], 'count', labels)})",
            percent(row["first_ratio"]),
            point,
        ]
        if random:
            limits = {column: row[column] for column in ("reached", "point_low", "point_median", "point_high")}
            cells += [_range_of_points(limits, labels), percent(row["reached"])]
        rows.append([f"**{cell}**" for cell in cells] if site == ALL and len(labels.sites) > 1 else cells)
    what = {
        "codes": labels.say("Codes", "รหัส"),
        "themes": labels.say("Themes", "ประเด็น"),
    }[of]
    header = [
        labels.say("Site", "พื้นที่"),
        labels.say("Interviews", "บทสัมภาษณ์"),
        labels.say(f"{what} (base)", f"{what} (ฐาน)"),
        labels.say("New in run 1 (%)", "ใหม่ในช่วงแรก (ร้อยละ)"),
        labels.say("Point", "จุดอิ่มตัว"),
    ]
    spread = f"{100 * choices['spread']:g}"
    if random:
        header += [
            labels.say(f"Random orders: median ({spread}%)", f"ลำดับสุ่ม: มัธยฐาน (ร้อยละ {spread})"),
            labels.say("Reached (%)", "ถึง (ร้อยละ)"),
        ]
    widths = [25, 12, 12, 13, 11, 15, 12] if random else label_and_numbers(4, 15)
    return pipe_table(header, rows, widths) + table_note(labels, _saturation_note(labels, choices, frame, of, random))


def _range_of_points(row: dict[str, Any], labels: Labels) -> str:
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
    left_out = int(frame["left_out"].get(ALL, 0))
    if left_out:
        n = number(left_out, "count", labels)
        note += labels.say(
            f" Interviews not read for every code, and left out: {n}.", f" ไม่นับบทสัมภาษณ์ที่อ่านไม่ครบทุกรหัส {n} บท"
        )
    return note


@made_from("quotes_by_theme", "codes")
def quotes_by_theme(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """From how many participants and sites the quotes of the article come, theme by theme."""
    choices = analysis["quotes"]
    frame = tables["quotes_by_theme"]
    frame = frame[frame["article"] == labels.language].set_index("theme_id")
    names = {**labels.themes, ALL: labels.say("All quotes", "คำพูดทั้งหมด")}
    local, few = False, False
    rows = []
    for theme in [theme for theme in names if theme in frame.index]:
        row = frame.loc[theme]
        mark = ""
        if theme != ALL and row["n"] and row["sites"] < min(choices["sites_per_theme"], len(labels.sites)):
            is_local = theme in choices["local_themes"]
            local, few = local or is_local, few or not is_local
            mark = "^L^" if is_local else "^†^"
        cells = [
            escape_markdown(names[theme]) + mark,
            *(number(row[column], "count", labels) for column in ("n", "participants", "sites")),
        ]
        rows.append([f"**{cell}**" for cell in cells] if theme == ALL else cells)
    header = [
        labels.say("Theme", "ประเด็น"),
        labels.say("Quotes", "คำพูด"),
        labels.say("Participants", "ผู้ให้ข้อมูล"),
        labels.say("Sites", "พื้นที่"),
    ]
    note = labels.say(
        "Quotes that the article shows, and the participants and sites that they come from.",
        "คำพูดที่บทความยกมา และจำนวนผู้ให้ข้อมูลกับพื้นที่ที่มาของคำพูด",
    )
    if local:
        note += labels.say(" ^L^: a theme of one site.", " ^L^ คือประเด็นเฉพาะพื้นที่")
    if few:
        least = number(choices["sites_per_theme"], "count", labels)
        note += labels.say(f" ^†^: from fewer than {least} sites.", f" ^†^ คือมาจากพื้นที่ไม่ถึง {least} แห่ง")
    return pipe_table(header, rows, label_and_numbers(3, 17)) + table_note(labels, note)


@made_from("reporting_coreq")
def coreq(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """COREQ, item by item: the question, the answer, and where it comes from."""
    source = labels.say("Tong, Sainsbury and Craig (2007)", "Tong, Sainsbury & Craig (2007)")
    return _checklist("coreq", source, tables, labels)


@made_from("reporting_srqr")
def srqr(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """SRQR, item by item: the question, the answer, and where it comes from."""
    source = labels.say("O’Brien and colleagues (2014)", "O’Brien และคณะ (2014)")
    return _checklist("srqr", source, tables, labels)


@made_from("reporting_gramms")
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
    rows: list[list[str]] = []
    for section, own in frame.groupby(f"section_{labels.language}", sort=False):
        rows.append(["", f"**{escape_markdown(str(section))}**", "", ""])
        for row in own.to_dict("records"):
            name, question, answer = (
                escape_markdown(row[f"{part}_{labels.language}"]) for part in ("name", "question", "answer")
            )
            item = f"*{name}.* {question}" if labels.language == "en" else f"**{name}** {question}"
            rows.append([str(row["item"]), item, answer or UNDEFINED, sources[row["source"]]])
    header = [
        labels.say("No.", "ข้อ"),
        labels.say("Item", "เรื่องที่ต้องรายงาน"),
        labels.say("Answer", "คำตอบ"),
        labels.say("From", "ที่มา"),
    ]
    without = int((frame["source"] == "open").sum())
    items, open_ = (number(n, "count", labels) for n in (len(frame), without))
    left = f"ยังไม่มีคำตอบ {open_} ข้อ" if without else "มีคำตอบครบทุกข้อ"
    name = CHECKLISTS[key].name
    note = labels.say(
        f"{name}, {source}: {items} items, asked here in words of our own; open: {open_}. Answers come from the"
        " authors, or were made from the data.",
        f"{name} ของ {source} จำนวน {items} ข้อ ถามด้วยถ้อยคำของคณะผู้จัดทำเอง {left} คำตอบมาจากผู้วิจัยหรือสร้างจากข้อมูล",
    )
    return pipe_table(header, rows, [6, 33, 47, 14], texts=4) + table_note(labels, note)
