"""The tables of the interviews: who took part, themes, codebook, agreement, what occurs together."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.article_tables.parts import (
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
from thongthin.language import UNDEFINED
from thongthin.markdown import escape_markdown
from thongthin.presentation import Labels, Tables
from thongthin.tables import ALL

# The matrix of themes is legible up to this size; beyond it, the pairs that occur most often are listed.
MOST_THEMES = 8
MOST_PAIRS = 20


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
    rows = [
        [escape_markdown(label), *(number(n[quantity, site], "count", labels) for quantity in columns)]
        for site, label in [*labels.sites.items(), (ALL, labels.say("Total", "รวม"))]
    ]
    rows[-1] = [f"**{cell}**" for cell in rows[-1]]
    header = [labels.say("Site", "พื้นที่"), *columns.values()]
    return pipe_table(header, rows, label_and_numbers(len(columns), 15))


def _theme_counts(frame: pd.DataFrame, part: str, names: dict[str, str], labels: Labels) -> str:
    """Themes by site or by group: how many participants, and which share of those who were coded."""
    frame = order(frame[frame["denominator"] > 0], **{part: names, "theme_id": labels.themes})
    cells = {
        (row[part], row["theme_id"]): f"{row['participants']}{NBSP}({percent(row['share'])})"
        for row in frame.to_dict("records")
    }
    columns = {
        str(id_): f"{escape_markdown(names[str(id_)])} {of_n(own['denominator'], labels)}"
        for id_, own in frame.groupby(part, sort=False)
    }
    read = set(frame["theme_id"])
    themes = {id_: escape_markdown(label) for id_, label in labels.themes.items() if id_ in read}
    corner = labels.say("Theme", "ประเด็น")
    if len(columns) > MOST_COLUMNS:
        # Many sites: one row each.
        corner = labels.say("Site", "พื้นที่") if part == "site_id" else labels.say("Group", "กลุ่ม")
        cells = {(theme, id_): cell for (id_, theme), cell in cells.items()}
        columns, themes = themes, columns
    rows = [[label, *(cells.get((id_, theme), UNDEFINED) for id_ in columns)] for theme, label in themes.items()]
    return pipe_table([corner, *columns.values()], rows, label_and_numbers(len(columns), 17))


def themes_by_site(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each site speak of each theme: n (%)."""
    names = {**labels.sites, ALL: labels.all_sites}
    return _theme_counts(tables["themes_by_site"], "site_id", names, labels) + _counts_note(labels, analysis)


def themes_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group speak of each theme: n (%)."""
    names = {**labels.groups, ALL: labels.say("All", "รวม")}
    return _theme_counts(tables["themes_by_group"], "group", names, labels) + _counts_note(labels, analysis)


def _counts_note(labels: Labels, analysis: dict[str, Any]) -> str:
    coders = analysis["themes"]["coders"]
    found = {
        "any": labels.say("at least one coder found it", "ผู้ลงรหัสอย่างน้อยหนึ่งคนพบ"),
        "all": labels.say("all coders found it", "ผู้ลงรหัสทุกคนพบ"),
    }.get(coders, labels.say(f"coder {escape_markdown(coders)} found it", f"ผู้ลงรหัส {escape_markdown(coders)} พบ"))
    return table_note(
        labels,
        labels.say(
            "Number of participants who speak of the theme (percentage of those whose interviews were coded,"
            f" *n*). A theme counts for a participant if {found}.",
            f"จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น (ร้อยละของผู้ให้ข้อมูลที่บทสัมภาษณ์ได้รับการลงรหัส, *n*) นับว่ากล่าวถึงเมื่อ{found}",
        ),
    )


def codebook(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The codebook: themes and their codes with definitions and, where there are any, valences."""
    frame = tables["codes"].sort_values("position")
    names = _code_names(tables, labels)
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


def _code_names(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of each code in Markdown, indented by its depth below the theme."""
    parents = dict(zip(tables["codes"]["code_id"], tables["codes"]["parent_id"], strict=True))

    def depth(code: str) -> int:
        return 0 if not parents[code] else 1 + depth(parents[code])

    return {code: EM_SPACE * depth(code) + escape_markdown(label) for code, label in labels.codes.items()}


def agreement(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree, code by code and over all."""
    frame = tables["agreement"]
    names = {**_code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = order(frame[frame["n"] > 0], code_id=names)
    interval = frame["alpha_low"].notna().any()
    rows = []
    for row in frame.to_dict("records"):
        coefficients = [number(row[c], "coefficient", labels) for c in ("kappa", "alpha")]
        low, high = (number(row[c], "coefficient", labels) for c in ("alpha_low", "alpha_high"))
        limits = UNDEFINED if UNDEFINED in (low, high) else f"\\[{low},{NBSP}{high}\\]"
        cells = [names[row["code_id"]], number(row["n"], "count", labels), percent(row["percent"]), *coefficients]
        cells += [limits] if interval else []
        rows.append([f"**{cell}**" for cell in cells] if row["code_id"] == ALL else cells)
    choices = analysis["agreement"]
    level = f"{100 * choices['confidence']:g}%"
    header = [
        labels.say("Code", "รหัส"),
        labels.say("Units", "หน่วย"),
        labels.say("Agreement (%)", "ความสอดคล้อง (ร้อยละ)"),
        labels.say("Cohen’s κ", "κ ของโคเฮน"),
        labels.say("Krippendorff’s α", "α ของคริปเพนดอร์ฟ"),
    ]
    header += [f"{level} CI"] if interval else []
    units = {
        "turn": labels.say("a participant’s turn", "ช่วงพูดหนึ่งช่วงของผู้ให้ข้อมูล"),
        "participant": labels.say("a whole interview", "บทสัมภาษณ์หนึ่งฉบับ"),
    }[frame["unit"].iloc[0]]
    pooled = labels.say(
        ". A theme counts with the codes below it. All codes: one decision on one code in such a unit, for the codes"
        " that were used, as they were given",
        " ประเด็นนับรวมรหัสย่อย แถวทุกรหัสคือการตัดสินหนึ่งรหัสต่อหนึ่งหน่วย เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้",
    )
    note = labels.say("The unit is ", "หน่วยวิเคราะห์คือ") + units + (pooled if (frame["code_id"] == ALL).any() else "")
    if frame["coders"].max() > 2:
        note += labels.say("; κ is the mean over pairs of coders", " ค่า κ เป็นค่าเฉลี่ยของผู้ลงรหัสทุกคู่")
    if interval:
        draws = number(choices["replicates"], "count", labels)
        note += labels.say(
            f". CI: bootstrap interval of α, {draws} draws of whole interviews",
            f" CI คือช่วงความเชื่อมั่นของ α จากการสุ่มซ้ำบทสัมภาษณ์ทั้งฉบับ {draws} ครั้ง",
        )
    if UNDEFINED in {cell.strip("*") for row in rows for cell in row[3:]}:
        note += labels.say(
            ". –: not defined, as the code was not used or always used",
            " เครื่องหมาย – คือคำนวณไม่ได้ เพราะไม่มีการใช้รหัสนั้นหรือใช้ทุกหน่วย",
        )
    widths = [29, 12, 15, 11, 18] + ([18] if interval else [])
    return pipe_table(header, rows, widths) + table_note(labels, note + labels.say(".", ""))


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
            ]
            for row in most.to_dict("records")
        ]
        header = [
            labels.say("Theme", "ประเด็น"),
            labels.say("Together with", "ร่วมกับ"),
            labels.say("Participants", "ผู้ให้ข้อมูล"),
            labels.say("Turns", "ช่วงพูด"),
            labels.say("Jaccard", "ดัชนีแจ็กการ์ด"),
        ]
        shown, whole = (number(n, "count", labels) for n in (len(rows), len(frame)))
        note = labels.say(
            f"The {shown} of {whole} pairs of themes that share most turns. Participants and turns in which both"
            " occur; Jaccard index: turns with both out of turns with either.",
            f"แสดง {shown} คู่จาก {whole} คู่ที่พบร่วมกันในช่วงพูดมากที่สุด ผู้ให้ข้อมูลและช่วงพูดที่พบทั้งสองประเด็น"
            " และดัชนีแจ็กการ์ด คือช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น",
        )
        return pipe_table(header, rows, [31, 31, 14, 10, 14], texts=2) + table_note(labels, note)

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
    return pipe_table(header, rows, [32, *[68 / (len(ids) - 1)] * (len(ids) - 1)]) + table_note(labels, note)
