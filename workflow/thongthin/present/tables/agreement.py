"""The tables of the agreement of coders: by code, by unit, on boundaries, pair by pair; and the disagreements."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

import pandas as pd

from thongthin.basics.language import Language, has_thai, one_line
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.interviews import code_names
from thongthin.present.tables.parts import (
    Column,
    Record,
    coders_named,
    limits,
    number,
    order,
    percent,
    table,
    table_note,
)

# Headers that these tables share.
SHARE = ("Agreement (%)", "สอดคล้อง (ร้อยละ)")
KAPPA = ("Cohen’s κ", "κ ของโคเฮน")
AC1 = ("Gwet’s AC1", "AC1 ของกเว็ต")
ALPHA = ("Krippendorff’s α", "α ของคริปเพนดอร์ฟ")
# So many disagreements are shown, the longest passages first; the whole list is a table of its own.
MOST_DISAGREEMENTS = 20


@made_from("agreement", "codes", th="ความสอดคล้องของผู้ลงรหัส รายรหัสและรวมทุกรหัส")
def agreement(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree, code by code and over all."""
    frame = tables["agreement"]
    names = {**code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = order(frame[frame["n"] > 0], code_id=names)
    columns = [
        Column(("Code", "รหัส"), 27, lambda row: names[row["code_id"]]),
        Column(_units(frame["unit"].iloc[0]), 10, "n", "count"),
        Column(SHARE, 14, "percent", "percent"),
        Column(KAPPA, 11, "kappa", "coefficient"),
        Column(AC1, 11, "ac1", "coefficient"),
        Column(ALPHA, 16, "alpha", "coefficient"),
    ]
    coefficients = ["kappa", "ac1", "alpha"]
    if interval := bool(frame["alpha_low"].notna().any()):
        coefficients += ["alpha_low", "alpha_high"]
        columns.append(_interval("alpha", labels, analysis))
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
    if frame[coefficients].isna().any(axis=None):
        note += labels.say(
            ". –: not defined, as the code was not used or always used",
            " เครื่องหมาย – คือคำนวณไม่ได้ เพราะไม่มีการใช้รหัสนั้นหรือใช้ทุกหน่วย",
        )
    return table(columns, frame, labels, bold=_is_all) + table_note(labels, note + labels.say(".", ""))


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


@made_from("agreement_levels", "codes", th="ความสอดคล้องของผู้ลงรหัสในรหัสที่มีระดับ โดยดูว่าระดับที่ให้ห่างกันเพียงใด")
def agreement_levels(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree on codes with levels: by how far the levels they gave lie apart."""
    frame = tables["agreement_levels"]
    frame = frame[frame["n"] > 0]
    columns = [
        Column(("Code", "รหัส"), 26, lambda row: escape_markdown(labels.codes[row["code_id"]])),
        Column(("Levels", "ระดับ"), 9, "levels", "count"),
        Column(_units(frame["unit"].iloc[0]), 9, "n", "count"),
        Column(SHARE, 14, "percent", "percent"),
        Column(("κ (linear)", "κ (เชิงเส้น)"), 11, "kappa_linear", "coefficient"),
        Column(("κ (quadratic)", "κ (กำลังสอง)"), 12, "kappa_quadratic", "coefficient"),
        Column(("α (ordinal)", "α (อันดับ)"), 11, "alpha", "coefficient"),
    ]
    interval = bool(frame["alpha_low"].notna().any())
    if interval:
        columns.append(_interval("alpha", labels, analysis))
    note = _what_is_compared(frame["unit"].iloc[0], frame["text"].iloc[0], labels)
    note += labels.say(
        " to which two coders gave a level (the highest of several). κ: Cohen’s weighted kappa, a disagreement counting"
        " by the difference of the levels or its square; α: Krippendorff’s, for ordinal values",
        " ที่ผู้ลงรหัสสองคนให้ระดับ (หากให้หลายระดับใช้ระดับสูงสุด) κ คือแคปปาถ่วงน้ำหนักของโคเฮน"
        " ซึ่งนับความไม่ตรงกันตามผลต่างของระดับหรือกำลังสองของผลต่าง α คือแอลฟาของคริปเพนดอร์ฟสำหรับมาตรอันดับ",
    )
    note += _interval_note("α", labels, analysis) if interval else ""
    return table(columns, frame, labels) + table_note(labels, note + labels.say(".", ""))


@made_from(
    "agreement_units",
    "agreement_sets",
    th="ความสอดคล้องของผู้ลงรหัสรวมทุกรหัส ตามหน่วยวิเคราะห์แต่ละแบบ ทั้งที่นับและไม่นับข้อความที่ไม่มีผู้ลงรหัส",
)
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
    shown = order(frame, unit=names, text=["all", "coded"])
    shown = shown[(shown["unit"] != "segment") | (shown["text"] != "coded")]  # every passage is coded
    coded = labels.say(", coded text only", " เฉพาะที่มีผู้ลงรหัส")
    columns = [
        Column(("Unit", "หน่วย"), 30, lambda row: names[row["unit"]] + (coded if row["text"] == "coded" else "")),
        Column(("Decisions", "การตัดสิน"), 13, "n", "count"),
        Column(SHARE, 14, "percent", "percent"),
        Column(("Fleiss’ κ", "κ ของไฟลส์"), 10, "fleiss_kappa", "coefficient")
        if several
        else Column(KAPPA, 10, "kappa", "coefficient"),
        Column(AC1, 10, "ac1", "coefficient"),
        Column(ALPHA, 14, "alpha", "coefficient"),
        Column(("α of sets", "α ของเซต"), 9, lambda row: number(sets[row["unit"], row["text"]], "coefficient", labels)),
    ]
    note = labels.say(
        "One decision on one code in one unit (character), for the codes that were used, as they were given. Coded text"
        " only: without the units (characters) that nobody gave a code. α of sets: the judgement is the set of codes of"
        " a unit, with MASI distance.",
        "การตัดสินหนึ่งรหัสต่อหนึ่งหน่วย (อักขระ) เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้ เฉพาะที่มีผู้ลงรหัส คือไม่นับหน่วย (อักขระ) ที่ไม่มีผู้ให้รหัสใด"
        " ส่วน α ของเซต ใช้เซตของรหัสในแต่ละหน่วย ด้วยระยะห่าง MASI",
    )
    return table(columns, shown, labels) + table_note(labels, note)


@made_from("agreement_unitizing", "codes", th="ความสอดคล้องของผู้ลงรหัสว่าข้อความเริ่มและสิ้นสุดที่ใด รายรหัสและรวมทุกรหัส")
def agreement_unitizing(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree on where passages begin and end, code by code and over all."""
    frame = tables["agreement_unitizing"]
    names = {**code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = order(frame[frame["n"] > 0], code_id=names)
    interval = bool(frame["u_low"].notna().any())
    whole = frame["code_id"] == ALL

    def of(column: str, *, all_codes: bool) -> Callable[[Record], str]:
        """A coefficient that only all codes together have, or only single ones."""
        return lambda row: number(row[column], "coefficient", labels) if _is_all(row) == all_codes else ""

    columns = [
        Column(("Code", "รหัส"), 32, lambda row: names[row["code_id"]]),
        Column(("Characters", "อักขระ"), 14, "n", "count"),
        Column("~u~α", 9, "u_alpha", "coefficient"),
        *([_interval("u", labels, analysis)] if interval else []),
        Column("\\|~u~α", 9, of("binary_u_alpha", all_codes=True)),
        Column("~cu~α", 9, of("cu_alpha", all_codes=True)),
        Column("~(k)u~α", 11, of("ku_alpha", all_codes=False)),
    ]
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
    undefined = frame[["u_alpha", *(["u_low", "u_high"] if interval else [])]].isna().any(axis=None)
    undefined |= frame.loc[whole, ["binary_u_alpha", "cu_alpha"]].isna().any(axis=None)
    if undefined or frame.loc[~whole, "ku_alpha"].isna().any():
        note += labels.say(". –: not defined", " เครื่องหมาย – คือคำนวณไม่ได้")
    return table(columns, frame, labels, bold=_is_all) + table_note(labels, note + labels.say(".", ""))


@made_from("agreement_pairs", th="ความสอดคล้องของผู้ลงรหัสแต่ละคู่ รวมทุกรหัส")
def agreement_pairs(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far each pair of coders agrees, over all codes."""
    frame = tables["agreement_pairs"]
    choices = analysis["agreement"]
    columns = [
        Column(("Coder", "ผู้ลงรหัส"), 16, lambda row: coders_named(row["coder_a"])),
        Column(("and coder", "กับผู้ลงรหัส"), 16, lambda row: coders_named(row["coder_b"]), left=True),
        Column(("Decisions", "การตัดสิน"), 14, "n", "count"),
        Column(SHARE, 14, "percent", "percent"),
        Column(KAPPA, 12, "kappa", "coefficient"),
        Column(AC1, 12, "ac1", "coefficient"),
        Column(ALPHA, 16, "alpha", "coefficient"),
    ]
    note = _what_is_compared(choices["unit"], choices["text"], labels) + labels.say(
        "; one decision on one code in such a unit, for the codes that were used, as they were given.",
        " หนึ่งการตัดสินคือหนึ่งรหัสต่อหนึ่งหน่วย เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้",
    )
    return table(columns, frame[frame["n"] > 0], labels) + table_note(labels, note)


@made_from(
    "disagreements",
    "codes",
    "sites",
    also=("quotes",),
    th="จุดที่ลงรหัสไม่ตรงกันซึ่งข้อความยาวที่สุด: อยู่ที่ใด ใครให้รหัสใด ใครไม่ได้ให้ บริบท และคำแปลหากมี",
)
def disagreements(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The disagreements with the longest passages: where, who gave which code and who did not, context, translation."""
    frame = tables["disagreements"]
    names = {code: escape_markdown(label) for code, label in labels.codes.items()}
    longest = frame.assign(
        length=frame["text"].str.len(), place=frame["code_id"].map({c: i for i, c in enumerate(names)})
    )
    longest = longest.sort_values(
        ["length", "place", "participant_id", "start"], ascending=[False, True, True, True], kind="stable"
    )
    listed = longest.head(MOST_DISAGREEMENTS)

    def against(row: Record) -> str:
        instead = ", ".join(names[code] for code in row["instead"].split("; ") if code)
        return coders_named(row["coders_no"]) + (f": {instead}" if instead else "")

    translated = _translations(tables, labels.language)
    foreign = {tongue for text in listed["text"] if (tongue := _spoken(text)) != labels.language}

    def in_context(row: Record) -> str:
        before, text, after = (escape_markdown(row[column]) for column in ("before", "text", "after"))
        words = " ".join(filter(None, (before, f"**{text}**", after)))
        if (tongue := _spoken(row["text"])) == labels.language:
            return words
        said = escape_markdown(translated(row))
        return f"[{words}]{{lang={tongue}}}" + (f" = “{said}”" if said else "")

    columns = [
        Column(
            ("Participant, site", "ผู้ให้ข้อมูล พื้นที่"),
            14,
            lambda row: (
                f"{escape_markdown(row['participant_id'])}, {escape_markdown(labels.site_head(row['site_id']))}"
            ),
        ),
        Column(("Code", "รหัส"), 15, lambda row: names[row["code_id"]], left=True),
        Column(("Given by", "ผู้ให้รหัส"), 9, lambda row: coders_named(row["coders_yes"]), left=True),
        Column(("Not by (code instead)", "ผู้ไม่ให้ (รหัสที่ให้แทน)"), 17, against, left=True),
        Column(("Passage in its context", "ข้อความในบริบท"), 45, in_context, left=True),
    ]
    shown, whole = (number(n, "count", labels) for n in (len(listed), len(frame)))
    note = labels.say(
        f"{shown} of {whole} disagreements, those with the longest passages (in bold).",
        f"แสดง {shown} จาก {whole} รายการที่เห็นต่างกัน เรียงจากข้อความที่ยาวที่สุด (ตัวหนา)",
    )
    if foreign:
        note += _in_what_language(foreign, any(map(translated, records(listed))), labels)
    return table(columns, listed, labels) + table_note(labels, note)


def _spoken(text: str) -> Language:
    return "th" if has_thai(text) else "en"


def _translations(tables: Tables, language: Language) -> Callable[[Record], str]:
    """From a disagreement to the translation of the quote that its passage stands in, or that stands in it; or ""."""
    column = f"translation_{language}"
    quotes = [row for row in records(tables["quotes"]) if row[column]] if "quotes" in tables else []

    def of(row: Record) -> str:
        said = one_line(row["text"])
        own = [quote for quote in quotes if quote["participant_id"] == row["participant_id"]]
        found = (quote[column] for quote in own if said in (text := one_line(quote["text"])) or text in said)
        return next(found, "")

    return of


def _in_what_language(spoken: Collection[Language], translated: bool, labels: Labels) -> str:
    """In which language passages stand that were not spoken in that of the document."""
    names = {"th": labels.say("Thai", "ภาษาไทย"), "en": labels.say("English", "ภาษาอังกฤษ")}
    said = labels.say(" and ", "และ").join(names[own] for own in sorted(spoken))
    note = labels.say(
        f" Passages stand in the language in which they were spoken and coded ({said})",
        f" ข้อความคงไว้ตามภาษาที่พูด ({said}) ซึ่งเป็นภาษาที่ใช้ลงรหัส",
    )
    if not translated:
        return note + labels.say("; the study has no translation of them.", " การศึกษาไม่มีคำแปลของข้อความเหล่านี้")
    return note + labels.say(
        ". Behind “=” stands the translation of a quote, if there is one; it may hold more or less than the passage.",
        " หลังเครื่องหมาย = คือคำแปลของคำพูดที่ยกมาเท่าที่มี ซึ่งอาจยาวหรือสั้นกว่าข้อความนั้น",
    )


def _is_all(row: Record) -> bool:
    return bool(row["code_id"] == ALL)


def _interval(name: str, labels: Labels, analysis: dict[str, Any]) -> Column:
    """The column of an interval, whose limits stand in the columns `name` with _low and _high."""
    level = f"{100 * analysis['agreement']['confidence']:g}% CI"
    return Column(level, 16, lambda row: limits(row[f"{name}_low"], row[f"{name}_high"], "coefficient", labels))


def _units(unit: str) -> tuple[str, str]:
    return ("Characters", "อักขระ") if unit == "character" else ("Units", "หน่วย")


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
