"""The tables of the agreement of coders: by code, by unit, on boundaries, pair by pair; and the disagreements."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.interviews import code_names
from thongthin.present.tables.parts import NBSP, number, order, percent, pipe_table, table_note

# So many disagreements are shown, the longest passages first; the whole list is a table of its own.
MOST_DISAGREEMENTS = 20


@made_from("agreement", "codes")
def agreement(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree, code by code and over all."""
    frame = tables["agreement"]
    names = {**code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = order(frame[frame["n"] > 0], code_id=names)
    interval = frame["alpha_low"].notna().any()
    rows = []
    for row in frame.to_dict("records"):
        coefficients = [number(row[c], "coefficient", labels) for c in ("kappa", "ac1", "alpha")]
        cells = [names[row["code_id"]], number(row["n"], "count", labels), percent(row["percent"]), *coefficients]
        cells += [_limits(row, "alpha_low", "alpha_high", labels)] if interval else []
        rows.append(_bold_if_all(row, cells))
    header = [
        labels.say("Code", "รหัส"),
        _units(frame["unit"].iloc[0], labels),
        labels.say("Agreement (%)", "สอดคล้อง (ร้อยละ)"),
        labels.say("Cohen’s κ", "κ ของโคเฮน"),
        labels.say("Gwet’s AC1", "AC1 ของกเว็ต"),
        labels.say("Krippendorff’s α", "α ของคริปเพนดอร์ฟ"),
    ]
    header += [_level(analysis)] if interval else []
    pooled = labels.say(
        ". A theme counts with the codes below it. All codes: one decision on one code in such a unit, for the codes"
        " that were used, as they were given",
        " ประเด็นนับรวมรหัสย่อย แถวทุกรหัสคือการตัดสินหนึ่งรหัสต่อหนึ่งหน่วย เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้",
    )
    note = _what_is_compared(frame["unit"].iloc[0], frame["text"].iloc[0], labels)
    note += pooled if (frame["code_id"] == ALL).any() else ""
    if frame["coders"].max() > 2:
        note += labels.say("; κ is the mean over pairs of coders", " ค่า κ เป็นค่าเฉลี่ยของผู้ลงรหัสทุกคู่")
        note += _all_equal(frame, labels)
    if interval:
        note += _interval_note("α", labels, analysis)
    if UNDEFINED in {cell.strip("*") for row in rows for cell in row[3:]}:
        note += labels.say(
            ". –: not defined, as the code was not used or always used",
            " เครื่องหมาย – คือคำนวณไม่ได้ เพราะไม่มีการใช้รหัสนั้นหรือใช้ทุกหน่วย",
        )
    widths = [27, 10, 14, 11, 11, 16] + ([16] if interval else [])
    return pipe_table(header, rows, widths) + table_note(labels, note + labels.say(".", ""))


def _all_equal(frame: pd.DataFrame, labels: Labels) -> str:
    """On how many units all coders agree, over all codes: with more than two it is less than what pairs agree on."""
    whole = frame.loc[frame["code_id"] == ALL, "all_equal"]
    if not len(whole) or pd.isna(whole.iloc[0]):
        return ""
    share = percent(whole.iloc[0])
    return labels.say(
        f". Agreement is that of pairs; all coders agree on {share}% of the decisions on all codes",
        f" ร้อยละความสอดคล้องคิดทีละคู่ ส่วนที่ผู้ลงรหัสทุกคนตรงกันคิดเป็นร้อยละ {share} ของการตัดสินทุกรหัส",
    )


@made_from("agreement_units", "agreement_sets")
def agreement_units(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree over all codes, by every kind of unit, with and without text that nobody coded."""
    frame = tables["agreement_units"]
    frame = frame[(frame["code_id"] == ALL) & (frame["n"] > 0)]
    sets = tables["agreement_sets"].query("distance == 'masi'").set_index(["unit", "text"])["alpha"]
    several = bool(frame["coders"].max() > 2)
    names = {
        "segment": labels.say("Passage that somebody coded", "ข้อความที่มีผู้ลงรหัส"),
        "turn": labels.say("Turn of a participant", "ช่วงพูดของผู้ให้ข้อมูล"),
        "participant": labels.say("Interview", "บทสัมภาษณ์"),
        "character": labels.say("Character", "อักขระ"),
    }
    rows = []
    for row in order(frame, unit=names, text=["all", "coded"]).to_dict("records"):
        unit, text = row["unit"], row["text"]
        if unit == "segment" and text == "coded":  # every such unit is coded
            continue
        coefficients = [row["fleiss_kappa" if several else "kappa"], row["ac1"], row["alpha"], sets[unit, text]]
        rows.append(
            [
                names[unit] + (labels.say(", coded text only", " เฉพาะที่มีผู้ลงรหัส") if text == "coded" else ""),
                number(row["n"], "count", labels),
                percent(row["percent"]),
                *(number(value, "coefficient", labels) for value in coefficients),
            ]
        )
    header = [
        labels.say("Unit", "หน่วย"),
        labels.say("Decisions", "การตัดสิน"),
        labels.say("Agreement (%)", "สอดคล้อง (ร้อยละ)"),
        labels.say("Fleiss’ κ", "κ ของไฟลส์") if several else labels.say("Cohen’s κ", "κ ของโคเฮน"),
        labels.say("Gwet’s AC1", "AC1 ของกเว็ต"),
        labels.say("Krippendorff’s α", "α ของคริปเพนดอร์ฟ"),
        labels.say("α of sets", "α ของเซต"),
    ]
    note = labels.say(
        "One decision on one code in one unit (character), for the codes that were used, as they were given. Coded text"
        " only: without the units (characters) that nobody gave a code. α of sets: the judgement is the set of codes of"
        " a unit, with MASI distance.",
        "การตัดสินหนึ่งรหัสต่อหนึ่งหน่วย (อักขระ) เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้ เฉพาะที่มีผู้ลงรหัส คือไม่นับหน่วย (อักขระ) ที่ไม่มีผู้ให้รหัสใด"
        " ส่วน α ของเซต ใช้เซตของรหัสในแต่ละหน่วย ด้วยระยะห่าง MASI",
    )
    return pipe_table(header, rows, [30, 13, 14, 10, 10, 14, 9]) + table_note(labels, note)


@made_from("agreement_unitizing", "codes")
def agreement_unitizing(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree on where passages begin and end, code by code and over all."""
    frame = tables["agreement_unitizing"]
    names = {**code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = order(frame[frame["n"] > 0], code_id=names)
    interval = frame["u_low"].notna().any()
    rows = []
    for row in frame.to_dict("records"):
        whole = row["code_id"] == ALL
        cells = [
            names[row["code_id"]],
            number(row["n"], "count", labels),
            number(row["u_alpha"], "coefficient", labels),
            *([_limits(row, "u_low", "u_high", labels)] if interval else []),
            number(row["binary_u_alpha"], "coefficient", labels) if whole else "",
            number(row["cu_alpha"], "coefficient", labels) if whole else "",
            "" if whole else number(row["ku_alpha"], "coefficient", labels),
        ]
        rows.append(_bold_if_all(row, cells))
    header = [labels.say("Code", "รหัส"), labels.say("Characters", "อักขระ"), "~u~α"]
    header += [_level(analysis)] if interval else []
    header += ["\\|~u~α", "~cu~α", "~(k)u~α"]
    note = labels.say(
        "Krippendorff’s alphas for unitizing, by character. ~u~α: the same characters carry the code (a theme: with the"
        " codes below it; all codes: the same set of codes). \\|~u~α: the same characters carry any code. ~cu~α: what"
        " two coders coded has the same codes. ~(k)u~α: the same, for this code against all others",
        "แอลฟาของคริปเพนดอร์ฟสำหรับการแบ่งหน่วย คิดตามอักขระ ~u~α คืออักขระเดียวกันได้รหัสนั้น"
        " (ประเด็นนับรวมรหัสย่อย ทุกรหัสคือได้เซตของรหัสเดียวกัน)"
        " \\|~u~α คืออักขระเดียวกันได้รหัสใดรหัสหนึ่ง ~cu~α คือส่วนที่ผู้ลงรหัสสองคนให้รหัสได้รหัสเดียวกัน"
        " ~(k)u~α คือเช่นเดียวกันสำหรับรหัสนั้นเทียบกับรหัสอื่นทั้งหมด",
    )
    if interval:
        note += _interval_note("~u~α", labels, analysis)
    if UNDEFINED in {cell.strip("*") for row in rows for cell in row[2:]}:
        note += labels.say(". –: not defined", " เครื่องหมาย – คือคำนวณไม่ได้")
    widths = [32, 14, 9, *([16] if interval else []), 9, 9, 11]
    return pipe_table(header, rows, widths) + table_note(labels, note + labels.say(".", ""))


@made_from("agreement_pairs")
def agreement_pairs(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far each pair of coders agrees, over all codes."""
    frame = tables["agreement_pairs"]
    choices = analysis["agreement"]
    rows = [
        [
            *(escape_markdown(row[coder]) for coder in ("coder_a", "coder_b")),
            number(row["n"], "count", labels),
            percent(row["percent"]),
            *(number(row[column], "coefficient", labels) for column in ("kappa", "ac1", "alpha")),
        ]
        for row in frame[frame["n"] > 0].to_dict("records")
    ]
    header = [
        labels.say("Coder", "ผู้ลงรหัส"),
        labels.say("and coder", "กับผู้ลงรหัส"),
        labels.say("Decisions", "การตัดสิน"),
        labels.say("Agreement (%)", "สอดคล้อง (ร้อยละ)"),
        labels.say("Cohen’s κ", "κ ของโคเฮน"),
        labels.say("Gwet’s AC1", "AC1 ของกเว็ต"),
        labels.say("Krippendorff’s α", "α ของคริปเพนดอร์ฟ"),
    ]
    note = _what_is_compared(choices["unit"], choices["text"], labels) + labels.say(
        "; one decision on one code in such a unit, for the codes that were used, as they were given.",
        " หนึ่งการตัดสินคือหนึ่งรหัสต่อหนึ่งหน่วย เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้",
    )
    return pipe_table(header, rows, [16, 16, 14, 14, 12, 12, 16], texts=2) + table_note(labels, note)


@made_from("disagreements", "codes", "sites")
def disagreements(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The disagreements with the longest passages: where, who gave which code and who did not, and the context."""
    frame = tables["disagreements"]
    names = {code: escape_markdown(label) for code, label in labels.codes.items()}
    longest = frame.assign(
        length=frame["text"].str.len(), place=frame["code_id"].map({c: i for i, c in enumerate(names)})
    )
    longest = longest.sort_values(
        ["length", "place", "participant_id", "start"], ascending=[False, True, True, True], kind="stable"
    )
    rows = []
    for row in longest.head(MOST_DISAGREEMENTS).to_dict("records"):
        instead = [names[code] for code in row["instead"].split("; ") if code]
        against = escape_markdown(row["coders_no"])
        before, text, after = (escape_markdown(row[column]) for column in ("before", "text", "after"))
        rows.append(
            [
                f"{escape_markdown(row['participant_id'])}, {escape_markdown(labels.site(row['site_id']))}",
                names[row["code_id"]],
                escape_markdown(row["coders_yes"]),
                f"{against}: {', '.join(instead)}" if instead else against,
                (f"… {before} " if before else "") + f"**{text}**" + (f" {after} …" if after else ""),
            ]
        )
    header = [
        labels.say("Participant, site", "ผู้ให้ข้อมูล พื้นที่"),
        labels.say("Code", "รหัส"),
        labels.say("Given by", "ผู้ให้รหัส"),
        labels.say("Not by (code instead)", "ผู้ไม่ให้ (รหัสที่ให้แทน)"),
        labels.say("Passage in its context", "ข้อความในบริบท"),
    ]
    shown, whole = (number(n, "count", labels) for n in (len(rows), len(frame)))
    note = labels.say(
        f"{shown} of {whole} disagreements, those with the longest passages (in bold).",
        f"แสดง {shown} จาก {whole} รายการที่เห็นต่างกัน เรียงจากข้อความที่ยาวที่สุด (ตัวหนา)",
    )
    return pipe_table(header, rows, [14, 15, 9, 17, 45], texts=5) + table_note(labels, note)


def _bold_if_all(row: dict[Hashable, Any], cells: list[str]) -> list[str]:
    return [f"**{cell}**" if cell else "" for cell in cells] if row["code_id"] == ALL else cells


def _limits(row: dict[Hashable, Any], low: str, high: str, labels: Labels) -> str:
    limits = [number(row[column], "coefficient", labels) for column in (low, high)]
    return UNDEFINED if UNDEFINED in limits else f"\\[{limits[0]},{NBSP}{limits[1]}\\]"


def _level(analysis: dict[str, Any]) -> str:
    return f"{100 * analysis['agreement']['confidence']:g}% CI"


def _units(unit: str, labels: Labels) -> str:
    return labels.say("Characters", "อักขระ") if unit == "character" else labels.say("Units", "หน่วย")


def _what_is_compared(unit: str, text: str, labels: Labels) -> str:
    """The unit, and which of them count, as the beginning of a note."""
    units = {
        "segment": labels.say("a passage that somebody coded", "ข้อความที่มีผู้ลงรหัส"),
        "turn": labels.say("a participant’s turn", "ช่วงพูดหนึ่งช่วงของผู้ให้ข้อมูล"),
        "participant": labels.say("a whole interview", "บทสัมภาษณ์หนึ่งฉบับ"),
        "character": labels.say("a character", "อักขระหนึ่งตัว"),
    }[unit]
    coded = (
        labels.say(", if somebody gave it a code", " เฉพาะที่มีผู้ให้รหัส") if text == "coded" and unit != "segment" else ""
    )
    return labels.say("The unit is ", "หน่วยวิเคราะห์คือ") + units + coded


def _interval_note(symbol: str, labels: Labels, analysis: dict[str, Any]) -> str:
    draws = number(analysis["agreement"]["replicates"], "count", labels)
    return labels.say(
        f". CI: bootstrap interval of {symbol}, {draws} draws of whole interviews",
        f" CI คือช่วงความเชื่อมั่นของ {symbol} จากการสุ่มซ้ำบทสัมภาษณ์ทั้งฉบับ {draws} ครั้ง",
    )
