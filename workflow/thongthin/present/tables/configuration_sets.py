"""The sets of a qualitative comparative analysis as tables: what they are made from, the cases in them, necessity."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import NBSP, Column, Record, number, table, table_note


def set_names(tables: Tables, labels: Labels, *, of: str | None = None) -> dict[str, str]:
    """Name of each set in Markdown, the outcome first: its theme or construct, and its measure where two share that."""
    frame = tables["qca_sets"]
    plain = {
        row["set_id"]: labels.themes[row["theme_id"]]
        if row["theme_id"]
        else labels.scale(row["construct"], row["wave"])
        for row in records(frame)
    }
    measures = {row["set_id"]: measure_of(row, labels) for row in records(frame)}
    shared = {id_ for id_, name in plain.items() if list(plain.values()).count(name) > 1}
    wanted = frame if of is None else frame[frame["role"] == of]
    return {
        id_: escape_markdown(f"{plain[id_]} ({measures[id_]})" if id_ in shared else plain[id_])
        for id_ in wanted["set_id"]
    }


def measure_of(row: Record, labels: Labels) -> str:
    """What a set is measured by."""
    if row["construct"]:
        mean = labels.say("mean of the site in the survey", "ค่าเฉลี่ยของพื้นที่จากแบบสอบถาม")
        return f"{mean}, {labels.groups[row['group']]}" if row["group"] else mean
    return {
        "present": labels.say("whether it is a theme", "กล่าวถึงหรือไม่"),
        "participants": labels.say("share of participants", "สัดส่วนผู้ให้ข้อมูลที่กล่าวถึง"),
        "passages": labels.say("passages", "จำนวนข้อความ"),
        "characters": labels.say("characters", "จำนวนอักขระ"),
        "enabling_share": labels.say("enabling share of passages", "สัดส่วนข้อความเชิงส่งเสริม"),
        "balance": labels.say("enabling less hindering passages", "ข้อความส่งเสริมลบขัดขวาง"),
    }[row["measure"]]


def outcome_names(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of the outcome and, if it was analysed, of its absence, in Markdown."""
    (name,) = set_names(tables, labels, of="outcome").values()
    names = {"present": name, "absent": labels.say(f"Absence of: {name}", f"การไม่มี: {name}")}
    return {state: names[state] for state in dict.fromkeys(tables["qca_fit"]["outcome"])}


def numbered(names: Iterable[str]) -> str:
    return "; ".join(f"{i}{NBSP}={NBSP}{name}" for i, name in enumerate(names, start=1))


def few_cases(tables: Tables, labels: Labels) -> str:
    """A sentence of the note where there are too many conditions for the cases."""
    # The analysis needs half a second to be imported, and most articles have no such table.
    from thongthin.synthesis.robustness import too_few_cases

    conditions = int((tables["qca_sets"]["role"] == "condition").sum())
    said = too_few_cases(conditions, int(tables["qca_fit"]["n"].iloc[0]))
    return labels.say(f" {said[0]}.", f" {said[1]}") if said else ""


@made_from(
    "qca_sets",
    "codes",
    also=("qca_calibration", "qca_fit"),
    th="ผลลัพธ์และเงื่อนไขสร้างจากอะไร: การวัด ค่าหลัก ทิศทางที่คาด และจำนวนกรณีที่อยู่ในเซต",
)
def qca_sets(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What outcome and conditions are made from: measure, anchors, expectation, and how many cases are in the set."""
    frame, names = tables["qca_sets"], set_names(tables, labels)
    expected = {
        "present": labels.say("present", "มี"),
        "absent": labels.say("absent", "ไม่มี"),
        "": UNDEFINED,
    }
    columns = [
        Column(("Set", "เซต"), 27, lambda row: names[row["set_id"]]),
        Column(("Measure", "การวัด"), 21, lambda row: escape_markdown(measure_of(row, labels)), left=True),
        Column(("Fully out", "นอกเซต"), 9, "fully_out", "decimal"),
        Column(("Crossover", "จุดตัด"), 12, "crossover", "decimal"),
        Column(("Fully in", "ในเซต"), 9, "fully_in", "decimal"),
        Column(
            ("Expected", "ทิศทางที่คาด"),
            12,
            lambda row: UNDEFINED if row["role"] == "outcome" else expected[row["expected"]],
        ),
        Column(
            ("Cases in", "กรณีในเซต"),
            10,
            lambda row: f"{number(row['members'], 'count', labels)}/{number(row['n'], 'count', labels)}",
        ),
    ]
    rows: list[Record | str] = []
    for role, en, th in (("outcome", "Outcome", "ผลลัพธ์"), ("condition", "Conditions", "เงื่อนไข")):
        rows += [labels.say(en, th), *records(frame[frame["role"] == role])]
    note = labels.say(
        "Direct method of calibration: membership is .05, .5 and .95 at full non-membership, crossover and full"
        " membership; sets without anchors are crisp. Expected: how the condition is expected to contribute to the"
        " outcome. Cases in: with a membership above .5, of those with a score.",
        "ปรับเทียบด้วยวิธีตรง ค่าความเป็นสมาชิกเท่ากับ .05 .5 และ .95 ที่ค่านอกเซต จุดตัด และค่าในเซต เซตที่ไม่มีค่าเหล่านี้มีเพียงอยู่หรือไม่อยู่ในเซต"
        " ทิศทางที่คาดคือสถานะของเงื่อนไขที่คาดว่าส่งเสริมผลลัพธ์ กรณีในเซตคือกรณีที่ค่าเกิน .5 จากกรณีที่มีคะแนน",
    )
    if (frame["curve"] == "linear").any():
        note = note.replace(".05, .5 and .95", ".05, .5 and .95 (with a straight line: 0, .5 and 1)")
        note = note.replace(".05 .5 และ .95", ".05 .5 และ .95 (แบบเส้นตรง 0 .5 และ 1)")
    note += _remarks(tables, labels) + few_cases(tables, labels)
    return table(columns, rows, labels) + table_note(labels, note)


def _remarks(tables: Tables, labels: Labels) -> str:
    """Sentences of the note on cases that take no part and on cases at a crossover."""
    frame = tables["qca_calibration"]
    said = ""
    for remark, en, th in (
        ("missing", "Left out, for want of a score:", "ไม่นำมาวิเคราะห์เพราะไม่มีคะแนนครบ:"),
        ("crossover", "At a crossover, neither in nor out:", "อยู่ที่จุดตัดพอดี จึงไม่อยู่ทั้งในและนอกเซต:"),
    ):
        if found := list(dict.fromkeys(frame.loc[frame["remark"] == remark, "case_id"])):
            said += f" {labels.say(en, th)} {', '.join(map(escape_markdown, found))}{labels.say('.', '')}"
    return said


@made_from("qca_sets", "codes", also=("qca_calibration",), th="ความเป็นสมาชิกของแต่ละกรณีในแต่ละเซต พร้อมคะแนน")
def qca_calibration(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The membership of each case in each set, with its score."""
    frame, names = tables["qca_calibration"], set_names(tables, labels)
    found = {(row["case_id"], row["set_id"]): row for row in records(frame)}

    def membership(id_: str) -> Callable[[Record], str]:
        def cell(row: Record) -> str:
            own = found[row["case_id"], id_]
            score = "" if pd.isna(own["score"]) else f"{NBSP}({number(own['score'], 'decimal', labels)})"
            return number(own["membership"], "coefficient", labels) + score

        return cell

    columns = [
        Column(
            ("Case", "กรณี"), 16, lambda row: escape_markdown(labels.sites.get(str(row["case_id"]), str(row["case_id"])))
        ),
        *(Column(str(i), 84 / len(names), membership(id_)) for i, id_ in enumerate(names, start=1)),
    ]
    rows = [{"case_id": case} for case in dict.fromkeys(frame["case_id"])]
    note = labels.say(
        f"Membership, and in parentheses the score before calibration. Sets: {numbered(names.values())}.",
        f"ค่าความเป็นสมาชิก และคะแนนก่อนปรับเทียบในวงเล็บ เซต: {numbered(names.values())}",
    )
    return table(columns, rows, labels) + table_note(labels, note + _remarks(tables, labels))


@made_from(
    "qca_necessity", "qca_sets", "codes", also=("qca_fit",), th="ผลลัพธ์และการไม่มีผลลัพธ์จำเป็นต้องมี หรือต้องไม่มี เงื่อนไขใดหรือไม่"
)
def qca_necessity(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the outcome, and its absence, need a condition or its absence."""
    frame, names = tables["qca_necessity"], set_names(tables, labels, of="condition")

    def name(row: Record) -> str:
        return names[row["set_id"]] if row["state"] == "present" else f"\\~{names[row['set_id']]}"

    columns = [
        Column(("Condition", "เงื่อนไข"), 49, name),
        Column(("Consistency", "ความสอดคล้อง"), 17, "inclusion", "coefficient"),
        Column(("Coverage", "ความครอบคลุม"), 17, "coverage", "coefficient"),
        Column("RoN", 17, "ron", "coefficient"),
    ]
    rows: list[Record | str] = []
    for outcome, heading in outcome_names(tables, labels).items():
        rows += [heading, *records(frame[frame["outcome"] == outcome])]
    note = labels.say(
        "\\~: absence of the condition. A condition is usually called necessary from a consistency of .90 upwards, and"
        " is trivial where its relevance (RoN) is low.",
        "\\~ คือการไม่มีเงื่อนไขนั้น โดยทั่วไปถือว่าเงื่อนไขจำเป็นเมื่อความสอดคล้องตั้งแต่ .90 ขึ้นไป และเป็นความจำเป็นที่ไม่มีนัยเมื่อค่า RoN ต่ำ",
    )
    return table(columns, rows, labels) + table_note(labels, note)
