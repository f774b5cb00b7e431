"""The tables of the interviews: who took part, themes, codebook, what occurs together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    EM_SPACE,
    MOST_COLUMNS,
    NBSP,
    WIDE,
    Column,
    Record,
    coders_named,
    matrix,
    number,
    of_n,
    order,
    percent,
    spread,
    table,
    table_note,
    with_room,
)


@made_from("participants", "sample", "sites", th="ผู้เข้าร่วมการศึกษา: ผู้ให้ข้อมูลตามกลุ่ม และผู้ตอบแบบสอบถาม หนึ่งแถวต่อหนึ่งพื้นที่")
def participants(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who took part: interviewed, by group, and answering the survey; one row a site."""
    n = tables["sample"].set_index(["quantity", "site_id"])["n"]
    groups = {f"participants_{id_}": escape_markdown(label) for id_, label in labels.groups.items()}
    columns = {
        **(groups if len(groups) > 1 else {}),
        "participants": labels.say("All interviewed", "ผู้ให้ข้อมูลรวม"),
        "respondents": labels.say("Survey respondents", "ผู้ตอบแบบสอบถาม"),
    }
    columns = {quantity: header for quantity, header in columns.items() if (quantity, ALL) in n.index}
    several = len(labels.sites) > 1
    sites = {**labels.sites, **({ALL: labels.say("Total", "รวม")} if several else {})}

    def people(quantity: str) -> Callable[[Record], str]:
        return lambda row: number(n[quantity, row["site_id"]], "count", labels)

    shown = [
        Column(("Site", "พื้นที่"), 0, lambda row: escape_markdown(sites[row["site_id"]])),
        *(Column(header, 0, people(quantity)) for quantity, header in columns.items()),
    ]
    rows = [{"site_id": site} for site in sites]
    return table(spread(shown, 15), rows, labels, bold=lambda row: several and row["site_id"] == ALL)


@made_from("interview_lengths", "sites", th="ความยาวของบทสัมภาษณ์ หนึ่งแถวต่อหนึ่งบท พร้อมพื้นที่และกลุ่มหากมีหลายแห่งหรือหลายกลุ่ม")
def interviews(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How long each interview is, one row an interview, with site and group where there are several."""
    frame = order(tables["interview_lengths"], site_id=labels.sites)
    parts = ((("Site", "พื้นที่"), "site_id", labels.sites), (("Group", "กลุ่ม"), "group", labels.groups))
    told = [(header, column, names) for header, column, names in parts if len(names) > 1]
    rest, each = (22, 15) if told else (40, 20)

    def name(column: str, names: Mapping[str, str]) -> Callable[[Record], str]:
        return lambda row: escape_markdown(names[row[column]])

    columns = [
        Column(("Participant", "ผู้ให้ข้อมูล"), rest, lambda row: escape_markdown(row["participant_id"])),
        *(
            Column(header, (100 - rest - 45) / len(told), name(column, names), left=True)
            for header, column, names in told
        ),
        Column(("Turns", "ช่วงพูด"), each, "turns", "count"),
        Column(("Characters", "อักขระ"), each, "characters", "count"),
        Column(("Own words (%)", "คำพูดของตน (ร้อยละ)"), each, "share", "percent"),
    ]
    note = labels.say(
        "Turns: of the participant. Characters: of the whole transcript. Own words: their part of all turns.",
        "ช่วงพูด นับเฉพาะของผู้ให้ข้อมูล อักขระ นับทั้งบทถอดความ คำพูดของตน คือส่วนของผู้ให้ข้อมูลจากช่วงพูดทั้งหมด",
    )
    return table(columns, frame, labels) + table_note(labels, note)


def _theme_counts(frame: pd.DataFrame, part: str, names: dict[str, str], labels: Labels) -> tuple[str, str]:
    """Themes by site or by group: how many participants, and which share of those who were coded; as `_counts`."""
    themes = {theme: escape_markdown(label) for theme, label in labels.themes.items()}
    return _counts(frame, part, names, "theme_id", themes, labels.say("Theme", "ประเด็น"), labels)


def _counts(
    frame: pd.DataFrame, part: str, names: dict[str, str], of: str, called: dict[str, str], corner: str, labels: Labels
) -> tuple[str, str]:
    """Themes or codes by site or by group; and a sentence that names those for which there is no room.

    Where sites or groups are many, they are rows; of themes or codes, those that most participants speak of are shown.

    Args:
        part, names: the column of sites or groups, and what they are called.
        of, called, corner: the column of themes or codes, what they are called in Markdown, and the header above them.
    """
    frame = order(frame[frame["denominator"] > 0], **{part: names, of: called})
    # Of thousands, the share may stand on a line of its own: both beside each other are too wide for a column.
    cells = {
        (row[part], row[of]): f"{n}{NBSP if n < WIDE else ' '}({percent(row['share'])})"
        for row in records(frame)
        for n in [row["participants"]]
    }
    columns = {
        str(id_): f"{escape_markdown(names[str(id_)])} {of_n(own['denominator'], labels)}"
        for id_, own in frame.groupby(part, sort=False)
    }
    read = set(frame[of])
    themes = {id_: label for id_, label in called.items() if id_ in read}
    remark = ""
    if len(columns) > MOST_COLUMNS:
        # Many sites: one row each.
        spoken = frame.groupby(of)["participants"].sum()
        themes, remark = with_room(themes, labels, sorted([*themes][::-1], key=lambda id_: spoken[id_]))
        corner = labels.say("Site", "พื้นที่") if part == "site_id" else labels.say("Group", "กลุ่ม")
        cells = {(theme, id_): cell for (id_, theme), cell in cells.items()}
        columns, themes = themes, columns
    rows = [[label, *(cells.get((id_, theme), UNDEFINED) for id_ in columns)] for theme, label in themes.items()]
    return matrix(corner, columns, rows, 17), remark


@made_from("themes_by_site", "sites", "codes", th="จำนวนผู้ให้ข้อมูลของแต่ละพื้นที่ที่กล่าวถึงแต่ละประเด็น: n (ร้อยละ)")
def themes_by_site(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each site speak of each theme: n (%)."""
    counted, remark = _theme_counts(tables["themes_by_site"], "site_id", labels.heads_of_sites, labels)
    return counted + _counts_note(labels, analysis, remark)


@made_from("themes_by_group", "codes", th="จำนวนผู้ให้ข้อมูลของแต่ละกลุ่มที่กล่าวถึงแต่ละประเด็น: n (ร้อยละ)")
def themes_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group speak of each theme: n (%)."""
    names = {**labels.groups, ALL: labels.say("All", "รวม")}
    counted, remark = _theme_counts(tables["themes_by_group"], "group", names, labels)
    return counted + _counts_note(labels, analysis, remark)


@made_from("codes_by_group", "codes", th="จำนวนผู้ให้ข้อมูลของแต่ละกลุ่มที่กล่าวถึงแต่ละรหัสหรือรหัสย่อยใต้รหัสนั้น: n (ร้อยละ)")
def codes_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group speak of each code, or of one below it: n (%)."""
    names = {**labels.groups, ALL: labels.say("All", "รวม")}
    corner = labels.say("Code", "รหัส")
    called = code_names(tables, labels)
    counted, remark = _counts(tables["codes_by_group"], "group", names, "code_id", called, corner, labels)
    said = labels.say(
        "Number of participants who speak of the code or of one below it (percentage of those whose interviews were"
        " coded, *n*).",
        "จำนวนผู้ให้ข้อมูลที่กล่าวถึงรหัสนั้นหรือรหัสย่อย (ร้อยละของผู้ให้ข้อมูลที่บทสัมภาษณ์ได้รับการลงรหัส, *n*)",
    )
    return counted + table_note(labels, f"{said} {counts_if(labels, analysis, 'code')}{remark}")


def counts_if(labels: Labels, analysis: dict[str, Any], what: str = "theme") -> str:
    """When a theme, or a code, counts for a participant, as a sentence (in Thai without the space before it)."""
    coders = analysis["themes"]["coders"]
    found = {
        "any": labels.say("at least one coder found it", "ผู้ลงรหัสอย่างน้อยหนึ่งคนพบ"),
        "all": labels.say("all coders found it", "ผู้ลงรหัสทุกคนพบ"),
    }.get(coders, labels.say(f"coder {coders_named(coders)} found it", f"ผู้ลงรหัส {coders_named(coders)} พบ"))
    return labels.say(f"A {what} counts for a participant if {found}.", f"นับว่ากล่าวถึงเมื่อ{found}")


def _counts_note(labels: Labels, analysis: dict[str, Any], remark: str) -> str:
    counted = labels.say(
        "Number of participants who speak of the theme (percentage of those whose interviews were coded, *n*).",
        "จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น (ร้อยละของผู้ให้ข้อมูลที่บทสัมภาษณ์ได้รับการลงรหัส, *n*)",
    )
    return table_note(labels, f"{counted} {counts_if(labels, analysis)}{remark}")


@made_from("codes", th="สมุดรหัส: ประเด็นและรหัสพร้อมนิยาม และทิศทางหากมี")
def codebook(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The codebook: themes and their codes with definitions and, where there are any, valences."""
    frame = tables["codes"].sort_values("position")
    names = code_names(tables, labels)
    valences = {
        "enabling": labels.say("enabling", "ส่งเสริม"),
        "hindering": labels.say("hindering", "ขัดขวาง"),
        "neutral": labels.say("neutral", "เป็นกลาง"),
    }

    def name(row: Record) -> str:
        return names[row["code_id"]] if row["parent_id"] else f"**{names[row['code_id']]}**"

    def said(column: str) -> Callable[[Record], str]:
        return lambda row: escape_markdown(str(valences.get(row[column], row[column])))

    columns = [
        Column(("Theme and code", "ประเด็นและรหัส"), 34, name),
        *(
            Column(header, width, said(column), left=True)
            for header, width, column in (
                (("Definition", "นิยาม"), 52, f"definition_{labels.language}"),
                (("Direction", "ทิศทาง"), 14, "valence"),
            )
            if (frame[column] != "").any()
        ),
    ]
    return table(columns, frame, labels)


def code_names(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of each code in Markdown, indented by its depth below the theme."""
    parents = dict(zip(tables["codes"]["code_id"], tables["codes"]["parent_id"], strict=True))

    def depth(code: str) -> int:
        return 0 if not parents[code] else 1 + depth(parents[code])

    return {code: EM_SPACE * depth(code) + escape_markdown(label) for code, label in labels.codes.items()}


@made_from("coding_sources", th="วิธีวางการลงรหัสของเอกสารแต่ละฉบับลงในบทถอดความ: หนึ่งแถวต่อหนึ่งเอกสาร")
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
    columns = [
        Column(("Interview", "บทสัมภาษณ์"), 13, lambda row: escape_markdown(row["participant_id"])),
        Column(("File", "ไฟล์"), 17, lambda row: escape_markdown(row["file"]), left=True),
        Column(
            ("Positions count", "ตำแหน่งนับ"),
            19,
            lambda row: units[row["unit"]] + ends.get(row["newlines"], ""),
            left=True,
        ),
        Column(("Checked against", "ตรวจกับ"), 17, lambda row: checked[row["basis"]], left=True),
        Column(("Passages", "ข้อความ"), 10, "selections", "count"),
        Column(("As told", "ตรงตำแหน่ง"), 12, "exact", "count"),
        Column(("Placed anew", "หาตำแหน่งใหม่"), 12, "reanchored", "count"),
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
    return table(columns, frame, labels) + table_note(labels, note)
