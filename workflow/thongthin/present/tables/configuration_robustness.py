"""How far the solutions of a qualitative comparative analysis hold where its choices are changed a little."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.configuration_sets import outcome_names, set_names
from thongthin.present.tables.parts import NBSP, Column, Record, number, percent, table, table_note

SAME, OTHER = "=", "≠"


def solution_names(labels: Labels) -> dict[str, str]:
    return {
        "conservative": labels.say("conservative", "แบบอนุรักษ์"),
        "parsimonious": labels.say("parsimonious", "แบบประหยัด"),
        "intermediate": labels.say("intermediate", "แบบกึ่งกลาง"),
    }


@made_from(
    "qca_fit", "qca_sets", "codes", also=("qca_robustness",), th="ผลเฉลยคงเดิมหรือไม่เมื่อเลื่อนเกณฑ์หรือจุดตัดเล็กน้อยทีละอย่าง"
)
def qca_robustness(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the solutions stay the same where one cutoff or crossover is moved a little."""
    frame, names = tables["qca_robustness"], set_names(tables, labels)
    outcomes, solutions = outcome_names(tables, labels), solution_names(labels)
    parameters = {
        "crossover": labels.say("Crossover", "จุดตัด"),
        "consistency": labels.say("Consistency cutoff", "เกณฑ์ความสอดคล้อง"),
        "frequency": labels.say("Frequency cutoff", "เกณฑ์จำนวนกรณี"),
    }
    same = frame.set_index(["variation", "outcome", "solution"])["same"]

    def changed(row: Record) -> str:
        what = parameters[row["parameter"]]
        return f"{what}: {names[row['set_id']]}" if row["set_id"] else what

    def sign(*of: str) -> Callable[[Record], str]:
        return lambda row: SAME if same[(row["variation"], *of)] else OTHER

    letters = dict(zip(solutions, labels.say("C P I", "อ ป ก").split(), strict=True))
    signs = [
        Column(("" if outcome == "present" else "\\~") + letter, 7, sign(outcome, solution))
        for outcome in outcomes
        for solution, letter in letters.items()
    ]
    columns = [
        Column(("Changed", "สิ่งที่เปลี่ยน"), 90 - 7 * len(signs), changed),
        Column(
            ("To", "เป็น"),
            10,
            lambda row: number(row["value"], "count" if row["parameter"] == "frequency" else "decimal", labels),
        ),
        *signs,
    ]
    rows = frame[frame["variation"] > 0].sort_values("variation", kind="stable").drop_duplicates("variation")
    meaning = "; ".join(f"{letter}{NBSP}={NBSP}{solutions[solution]}" for solution, letter in letters.items())
    note = labels.say(
        f"{SAME}: the same models as in the analysis; {OTHER}: others. Solutions: {meaning}; \\~: of the absence of the"
        " outcome. One choice is changed at a time.",
        f"{SAME} คือได้แบบจำลองเดิม {OTHER} คือได้แบบจำลองอื่น ผลเฉลย: {meaning} \\~ คือของการไม่มีผลลัพธ์ เปลี่ยนทีละอย่าง",
    )
    return table(columns, rows, labels) + table_note(labels, note)


@made_from(
    "qca_fit",
    "qca_sets",
    "codes",
    also=("qca_robust_terms",),
    th="แต่ละเส้นทางของผลเฉลยแบบกึ่งกลางพบในกี่ครั้งเมื่อเลื่อนเกณฑ์หรือจุดตัด",
)
def qca_robust_terms(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """In how many of the variations each path of the intermediate solutions stands."""
    frame, names = tables["qca_robust_terms"], set_names(tables, labels, of="condition")
    frame = frame[frame["solution"] == "intermediate"]
    yes, no = labels.say("yes", "ใช่"), labels.say("no", "ไม่")

    def variations(row: Record) -> str:
        share: str = "" if pd.isna(row["share"]) else f"{NBSP}({percent(row['share'])})"
        return f"{number(row['variations'], 'count', labels)}/{number(row['of'], 'count', labels)}{share}"

    columns = [
        Column(("Path", "เส้นทาง"), 60, lambda row: _written(row["term"], names)),
        Column(("In the solution", "อยู่ในผลเฉลย"), 16, lambda row: yes if row["base"] else no),
        Column(("Variations with it (%)", "การเปลี่ยนที่พบ (ร้อยละ)"), 24, variations),
    ]
    frame = frame.sort_values(["base", "variations", "term"], ascending=[False, False, True])
    rows: list[Record | str] = []
    for outcome, heading in outcome_names(tables, labels).items():
        rows += [heading, *records(frame[frame["outcome"] == outcome])]
    note = labels.say(
        "Intermediate solutions; \\~: absence of a condition, \\*: and.",
        "ผลเฉลยแบบกึ่งกลาง \\~ คือการไม่มีเงื่อนไข \\* คือ และ",
    )
    return table(columns, rows, labels) + table_note(labels, note)


def _written(term: str, names: dict[str, str]) -> str:
    """A term with the names of its conditions."""
    if term == "1":
        return "1"
    literals = [(literal.removeprefix("~"), literal.startswith("~")) for literal in term.split("*")]
    return " \\* ".join(f"\\~{names[id_]}" if absent else names[id_] for id_, absent in literals)
