"""The tables of the interviews: who took part, themes, codebook, what occurs together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    EM_SPACE,
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

# The matrix of themes is legible up to this size; beyond it, the pairs that occur most often are listed.
MOST_THEMES = 8
MOST_PAIRS = 20
MOST_OVERLAPS = 3


def participants(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who took part: interviewed, by group, and answering the survey; one row a site."""
    n = tables["sample"].set_index(["quantity", "site_id"])["n"]
    groups = {f"participants_{id_}": escape_markdown(label) for id_, label in labels.groups.items()}
    columns = {
        **(groups if len(groups) > 1 else {}),
        "participants": labels.say("All interviewed", "ผู้ให้สัมภาษณ์รวม"),
        "respondents": labels.say("Survey respondents", "ผู้ตอบแบบสอบถาม"),
    }
    columns = {quantity: header for quantity, header in columns.items() if (quantity, ALL) in n.index}
    total = [(ALL, labels.say("Total", "รวม"))] if len(labels.sites) > 1 else []
    rows = [
        [escape_markdown(label), *(number(n[quantity, site], "count", labels) for quantity in columns)]
        for site, label in [*labels.sites.items(), *total]
    ]
    if total:
        rows[-1] = [f"**{cell}**" for cell in rows[-1]]
    header = [labels.say("Site", "พื้นที่"), *columns.values()]
    return pipe_table(header, rows, label_and_numbers(len(columns), 15))


def interviews(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How long each interview is, one row an interview, with site and group where there are several."""
    frame = order(tables["interview_lengths"], site_id=labels.sites)
    told = {
        "site_id": (labels.say("Site", "พื้นที่"), labels.sites),
        "group": (labels.say("Group", "กลุ่ม"), labels.groups),
    }
    told = {column: (header, names) for column, (header, names) in told.items() if len(names) > 1}
    rows = [
        [
            escape_markdown(row["participant_id"]),
            *(escape_markdown(names[row[column]]) for column, (_, names) in told.items()),
            *(number(row[column], "count", labels) for column in ("turns", "characters")),
            percent(row["share"]),
        ]
        for row in frame.to_dict("records")
    ]
    header = [
        labels.say("Participant", "ผู้ให้ข้อมูล"),
        *(text for text, _ in told.values()),
        labels.say("Turns", "ช่วงพูด"),
        labels.say("Characters", "อักขระ"),
        labels.say("Own words (%)", "คำพูดของตน (ร้อยละ)"),
    ]
    note = labels.say(
        "Turns: of the participant. Characters: of the whole transcript. Own words: their part of all turns.",
        "ช่วงพูด นับเฉพาะของผู้ให้ข้อมูล อักขระ นับทั้งบทถอดความ คำพูดของตน คือส่วนของผู้ให้ข้อมูลจากช่วงพูดทั้งหมด",
    )
    rest = 22 if told else 40
    widths = [rest, *[(100 - rest - 45) / len(told)] * len(told), 15, 15, 15] if told else [rest, 20, 20, 20]
    return pipe_table(header, rows, widths, texts=1 + len(told)) + table_note(labels, note)


def _theme_counts(frame: pd.DataFrame, unit: Unit, labels: Labels) -> str:
    """Themes by site or by group: how many participants, and which share of those who were coded."""
    names, column = labels.names(unit), unit.column
    frame = order(frame[frame["denominator"] > 0], **{column: names, "theme_id": labels.themes})
    cells = {
        (row[column], row["theme_id"]): f"{row['participants']}{NBSP}({percent(row['share'])})"
        for row in frame.to_dict("records")
    }
    columns = {
        str(id_): f"{escape_markdown(names[str(id_)])} {of_n(own['denominator'], labels)}"
        for id_, own in frame.groupby(column, sort=False)
    }
    read = set(frame["theme_id"])
    themes = {id_: escape_markdown(label) for id_, label in labels.themes.items() if id_ in read}
    corner = labels.say("Theme", "ประเด็น")
    if len(columns) > MOST_COLUMNS:
        # Many sites: one row each.
        corner = labels.one(unit)
        cells = {(theme, id_): cell for (id_, theme), cell in cells.items()}
        columns, themes = themes, columns
    rows = [[label, *(cells.get((id_, theme), UNDEFINED) for id_ in columns)] for theme, label in themes.items()]
    return pipe_table([corner, *columns.values()], rows, label_and_numbers(len(columns), 17))


def themes_by_site(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each site speak of each theme: n (%)."""
    counted = _theme_counts(tables["themes_by_site"], labels.of_sites_and_all, labels)
    return counted + _counts_note(labels, analysis)


def themes_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group speak of each theme: n (%)."""
    counted = _theme_counts(tables["themes_by_group"], replace(labels.of_groups, total=True), labels)
    return counted + _counts_note(labels, analysis)


def counts_if(labels: Labels, analysis: dict[str, Any]) -> str:
    """When a theme counts for a participant, as a sentence (in Thai without the space before it)."""
    coders = analysis["themes"]["coders"]
    found = {
        "any": labels.say("at least one coder found it", "ผู้ลงรหัสอย่างน้อยหนึ่งคนพบ"),
        "all": labels.say("all coders found it", "ผู้ลงรหัสทุกคนพบ"),
    }.get(coders, labels.say(f"coder {escape_markdown(coders)} found it", f"ผู้ลงรหัส {escape_markdown(coders)} พบ"))
    return labels.say(f"A theme counts for a participant if {found}.", f"นับว่ากล่าวถึงเมื่อ{found}")


def _counts_note(labels: Labels, analysis: dict[str, Any]) -> str:
    counted = labels.say(
        "Number of participants who speak of the theme (percentage of those whose interviews were coded, *n*).",
        "จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น (ร้อยละของผู้ให้ข้อมูลที่บทสัมภาษณ์ได้รับการลงรหัส, *n*)",
    )
    return table_note(labels, f"{counted} {counts_if(labels, analysis)}")


def codebook(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The codebook: themes and their codes with definitions and, where there are any, valences."""
    frame = tables["codes"].sort_values("position")
    names = code_names(tables, labels)
    valences = {
        "enabling": labels.say("enabling", "ส่งเสริม"),
        "hindering": labels.say("hindering", "ขัดขวาง"),
        "neutral": labels.say("neutral", "เป็นกลาง"),
    }

    columns = {
        f"definition_{labels.language}": (labels.say("Definition", "นิยาม"), 52),
        "valence": (labels.say("Direction", "ทิศทาง"), 14),
    }
    columns = {name: column for name, column in columns.items() if (frame[name] != "").any()}
    rows = []
    for row in frame.to_dict("records"):
        name = names[row["code_id"]]
        name = name if row["parent_id"] else f"**{name}**"
        rows.append([name, *(escape_markdown(valences.get(row[column], row[column])) for column in columns)])
    header = [labels.say("Theme and code", "ประเด็นและรหัส"), *(header for header, _ in columns.values())]
    return pipe_table(header, rows, [34, *(width for _, width in columns.values())], texts=len(header))


def code_names(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of each code in Markdown, indented by its depth below the theme."""
    parents = dict(zip(tables["codes"]["code_id"], tables["codes"]["parent_id"], strict=True))

    def depth(code: str) -> int:
        return 0 if not parents[code] else 1 + depth(parents[code])

    return {code: EM_SPACE * depth(code) + escape_markdown(label) for code, label in labels.codes.items()}


def theme_cooccurrence(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Which themes occur together: a matrix, or the pairs that share most turns where there are many themes."""
    frame = order(tables["theme_cooccurrence"], theme_a=labels.themes, theme_b=labels.themes)
    if len(labels.themes) > MOST_THEMES:
        most = frame.sort_values(["turns", "participants"], ascending=False, kind="stable").head(MOST_PAIRS)
        rows = [
            [
                *(escape_markdown(labels.themes[row[theme]]) for theme in ("theme_a", "theme_b")),
                *(number(row[column], "count", labels) for column in ("participants", "turns")),
                number(row["jaccard"], "coefficient", labels),
                number(row["overlapping"], "count", labels),
                number(row["c"], "coefficient", labels),
            ]
            for row in most.to_dict("records")
        ]
        header = [
            labels.say("Theme", "ประเด็น"),
            labels.say("Together with", "ร่วมกับ"),
            labels.say("Participants", "ผู้ให้ข้อมูล"),
            labels.say("Turns", "ช่วงพูด"),
            labels.say("Jaccard", "ดัชนีแจ็กการ์ด"),
            labels.say("Passages", "ข้อความ"),
            "*c*",
        ]
        shown, whole = (number(n, "count", labels) for n in (len(rows), len(frame)))
        note = labels.say(
            f"The {shown} of {whole} pairs of themes that share most turns. Participants and turns in which both"
            " occur; Jaccard index: turns with both out of turns with either; passages of one that overlap the other;"
            " *c*: these out of all passages of either.",
            f"แสดง {shown} คู่จาก {whole} คู่ที่พบร่วมกันในช่วงพูดมากที่สุด ผู้ให้ข้อมูลและช่วงพูดที่พบทั้งสองประเด็น"
            " และดัชนีแจ็กการ์ด คือช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น ข้อความของประเด็นหนึ่งที่ซ้อนกับอีกประเด็นหนึ่ง"
            " และ *c* คือจำนวนดังกล่าวต่อข้อความทั้งหมดของทั้งสองประเด็น",
        )
        return pipe_table(header, rows, [25, 25, 13, 9, 11, 10, 7], texts=2) + table_note(labels, note)

    cells = {}
    for row in frame.to_dict("records"):
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
        for row in overlaps.to_dict("records")
    ]
    if pairs:
        listed = "; ".join(pairs)
        note += labels.say(
            f" Most often in overlapping passages: {listed}; *c*: overlapping passages out of all passages of either.",
            f" ประเด็นที่ข้อความซ้อนกันมากที่สุด: {listed} โดย *c* คือข้อความที่ซ้อนกันต่อข้อความทั้งหมดของทั้งสองประเด็น",
        )
    return pipe_table(header, rows, [32, *[68 / (len(ids) - 1)] * (len(ids) - 1)]) + table_note(labels, note)


def coding_sources(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How the coding of each document was placed in its transcript: one row a document."""
    units = {
        "code_points": labels.say("code points", "อักขระยูนิโคด"),
        "utf16": labels.say("UTF-16 units", "หน่วย UTF-16"),
        "utf8": labels.say("bytes of UTF-8", "ไบต์ UTF-8"),
        "": labels.say("no positions", "ไม่มีตำแหน่ง"),
    }
    ends = {
        "lf": labels.say("; a line end is 1", " ขึ้นบรรทัดนับ 1"),
        "crlf": labels.say("; a line end is 2", " ขึ้นบรรทัดนับ 2"),
    }
    checked = {
        "snippets": labels.say("the texts quoted", "ข้อความที่ยกมา"),
        "boundaries": labels.say("lines and words", "ขอบบรรทัดและคำ"),
        "text": labels.say("the texts quoted", "ข้อความที่ยกมา"),
        "declared": labels.say("nothing", "ไม่ได้ตรวจ"),
    }
    frame = tables["coding_sources"]
    rows = [
        [
            escape_markdown(row["participant_id"]),
            escape_markdown(row["file"]),
            units[row["unit"]] + ends.get(row["newlines"], ""),
            checked[row["basis"]],
            *(number(row[column], "count", labels) for column in ("selections", "exact", "reanchored")),
        ]
        for row in frame.to_dict("records")
    ]
    header = [
        labels.say("Interview", "บทสัมภาษณ์"),
        labels.say("File", "ไฟล์"),
        labels.say("Positions count", "ตำแหน่งนับ"),
        labels.say("Checked against", "ตรวจกับ"),
        labels.say("Passages", "ข้อความ"),
        labels.say("As told", "ตรงตำแหน่ง"),
        labels.say("Placed anew", "หาตำแหน่งใหม่"),
    ]
    tools = ", ".join(dict.fromkeys(filter(None, map(escape_markdown, frame["tool"]))))
    note = labels.say(
        "As told: placed where the file says, and checked. Placed anew: the document had changed since it was coded, so"
        " that the passage was placed where the same words stand among the same words, or stand only once.",
        "ตรงตำแหน่ง คือตรงตามที่ไฟล์ระบุและตรวจแล้ว หาตำแหน่งใหม่ คือเอกสารเปลี่ยนไปหลังลงรหัส"
        " จึงใช้ตำแหน่งที่พบถ้อยคำเดิมท่ามกลางข้อความเดิม หรือพบเพียงแห่งเดียว",
    )
    if left_out := frame["left_out"].sum():
        shown = number(left_out, "count", labels)
        note += labels.say(
            f" Left out, since their place could not be proved: {shown}.",
            f" ไม่นับรวมเพราะยืนยันตำแหน่งไม่ได้ {shown} ข้อความ",
        )
    note += labels.say(f" Written by: {tools}.", f" โปรแกรม: {tools}") if tools else ""
    return pipe_table(header, rows, [13, 17, 19, 17, 10, 12, 12], texts=4) + table_note(labels, note)
