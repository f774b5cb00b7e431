"""The configurations of a qualitative comparative analysis as tables: the truth table and the paths of the solutions.

The chart of paths follows Fiss (2011), with signs that the fonts of the article have: • for a condition that is
present, × for one that is absent, in parentheses where it is not part of the parsimonious solution as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.configuration_sets import few_cases, numbered, outcome_names, set_names
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    Column,
    Record,
    equation,
    number,
    pipe_table,
    table,
    table_note,
)

PRESENT_SIGN, ABSENT_SIGN = "•", "×"
# Cells that name more cases than these would be longer than the row is worth; they count them.
MOST_CASES = 8


def coefficients(row: Record, columns: Iterable[str], labels: Labels) -> list[str]:
    return [number(row[column], "coefficient", labels) for column in columns]


@made_from(
    "qca_fit",
    "qca_sets",
    "codes",
    also=("qca_truth_table",),
    th="รูปแบบเงื่อนไขที่มีกรณี ค่าที่ให้สำหรับผลลัพธ์และการไม่มีผลลัพธ์ และกรณีของแต่ละรูปแบบ",
)
def qca_truth_table(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The configurations that have cases, how they are coded for the outcome and its absence, and their cases."""
    frame, names = tables["qca_truth_table"], set_names(tables, labels, of="condition")
    by_outcome = {state: own.set_index("row") for state, own in frame.groupby("outcome")}
    present, outcomes = by_outcome["present"], outcome_names(tables, labels)
    seen = present[present["n"] > 0].reset_index()
    seen = seen.sort_values(["coded", "inclusion", "row"], ascending=[False, False, True])

    def cases(row: Record) -> str:
        without = f"({_case_list(row['cases_without'], labels)})" if row["cases_without"] else ""
        return f"{_case_list(row['cases_with'], labels)} {without}".strip()

    def condition(id_: str) -> Callable[[Record], str]:
        return lambda row: "0" if f"~{id_}" in row["configuration"].split("*") else "1"

    def fit(state: str, column: str) -> Callable[[Record], str]:
        return lambda row: number(by_outcome[state].at[row["row"], column], "coefficient", labels)

    def coded(state: str) -> Callable[[Record], str]:
        return lambda row: str(by_outcome[state].at[row["row"], "coded"])

    numbers = [Column(str(i), 4, condition(id_)) for i, id_ in enumerate(names, start=1)]
    for state in outcomes:
        numbers += [Column("Cons.", 8, fit(state, "inclusion")), Column("PRI", 8, fit(state, "pri"))]
        numbers.append(Column("*Y*" if state == "present" else "\\~*Y*", 8, coded(state)))
    columns = [Column(("Cases", "กรณี"), max(20, 100 - sum(own.width for own in numbers)), cases), *numbers]
    return table(columns, seen, labels) + table_note(
        labels, _truth_table_note(tables, names, outcomes, present, labels)
    )


def _truth_table_note(
    tables: Tables, names: dict[str, str], outcomes: dict[str, str], present: pd.DataFrame, labels: Labels
) -> str:
    """What the signs of the truth table mean, and what its rows leave open."""
    remainders = number(int((present["coded"] == "?").sum()), "count", labels)
    whole = number(len(present), "count", labels)
    note = labels.say(
        f"Conditions: {numbered(names.values())}; 1: present, 0: absent. *Y*: {outcomes['present']}; \\~*Y*: its"
        " absence; coded 1 where consistency (Cons.) and PRI reach their cutoffs. In parentheses: cases without the"
        f" outcome. {remainders} of {whole} configurations have too few cases (remainders, coded ?).",
        f"เงื่อนไข: {numbered(names.values())} (1 คือมี 0 คือไม่มี) *Y* คือ{outcomes['present']} \\~*Y* คือการไม่มีผลลัพธ์นั้น"
        " ให้ค่า 1 เมื่อความสอดคล้อง (Cons.) และ PRI ถึงเกณฑ์ กรณีในวงเล็บคือกรณีที่ไม่มีผลลัพธ์"
        f" รูปแบบเงื่อนไข {remainders} จาก {whole} แบบมีกรณีไม่พอ (ให้ค่า ?)",
    )
    contradictory = int(((present["n"] > 0) & present["contradiction"]).sum())
    if contradictory:
        note += labels.say(
            f" Configurations with cases on both sides: {contradictory}.",
            f" รูปแบบที่มีกรณีทั้งสองด้าน: {contradictory}",
        )
    if twice := int(present["coded_twice"].sum()):
        note += labels.say(
            f" Configurations coded 1 for both the outcome and its absence: {twice}.",
            f" รูปแบบที่ให้ค่า 1 ทั้งผลลัพธ์และการไม่มีผลลัพธ์: {twice}",
        )
    return note + few_cases(tables, labels)


def _case_list(cases: str, labels: Labels) -> str:
    """Cases of a result table as they read in a cell: their names, or how many there are."""
    found = cases.split("; ") if cases else []
    if len(found) > MOST_CASES:
        return f"*n*{NBSP}={NBSP}{number(len(found), 'count', labels)}"
    return ", ".join(escape_markdown(labels.sites.get(case, case)) for case in found)


@made_from(
    "qca_fit",
    "qca_sets",
    "codes",
    also=("qca_solutions",),
    th="แผนผังเส้นทางของผลเฉลยแบบกึ่งกลาง: เงื่อนไขในแต่ละเส้นทาง ความสอดคล้อง ความครอบคลุม และกรณี",
)
def qca_solutions(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The paths of the intermediate solutions as a chart: which conditions make up each, its fit and its cases."""
    frame, outcomes = tables["qca_solutions"], outcome_names(tables, labels)
    names = set_names(tables, labels, of="condition")
    fits_of = {row["outcome"]: row for row in records(tables["qca_fit"]) if row["solution"] == "intermediate"}
    said, paths, headings = "", [], []
    for state in outcomes:
        own = frame[frame["outcome"] == state]
        core = [set(term.split("*")) for term in own.loc[own["solution"] == "parsimonious", "term"]]
        mark = "" if state == "present" else "\\~"
        chosen = own[own["solution"] == "intermediate"]
        terms = list(dict.fromkeys(chosen["term"]))
        number_of = {term: f"{mark}{i}" for i, term in enumerate(terms, start=1)}
        headings += list(number_of.values())
        for term in terms:
            row = chosen[chosen["term"] == term].iloc[0].to_dict()
            literals = set() if term == "1" else set(term.split("*"))
            needed = set().union(*(c for c in core if c <= literals))
            paths.append((row, {id_: _sign(id_, literals, needed) for id_ in names}))
        said += _fit_sentence(fits_of[state], outcomes[state], chosen, number_of, labels)
    if not paths:
        return labels.say(
            "No configuration of the conditions is sufficient for the outcome.\n",
            "ไม่มีรูปแบบเงื่อนไขใดที่เพียงพอต่อผลลัพธ์\n",
        )
    fits = {
        "inclusion": labels.say("Consistency", "ความสอดคล้อง"),
        "pri": "PRI",
        "raw_coverage": labels.say("Raw coverage", "ความครอบคลุมดิบ"),
        "unique_coverage": labels.say("Unique coverage", "ความครอบคลุมเฉพาะ"),
    }
    lines = [(name, [signs[id_] for _, signs in paths]) for id_, name in names.items()]
    lines += [(name, _coefficients_of(paths, column, labels)) for column, name in fits.items()]
    lines.append((labels.say("Cases", "กรณี"), [_path_cases(row, labels) for row, _ in paths]))
    note = labels.say(
        f"{PRESENT_SIGN}: condition present, {ABSENT_SIGN}: absent; in parentheses: not in the parsimonious solution;"
        " an empty cell: either. Intermediate solutions. Cases: in the path, and in parentheses those among them"
        " without the outcome.",
        f"{PRESENT_SIGN} คือมีเงื่อนไข {ABSENT_SIGN} คือไม่มีเงื่อนไข ในวงเล็บคือเงื่อนไขที่ไม่อยู่ในผลเฉลยแบบประหยัด ช่องว่างคือมีหรือไม่มีก็ได้"
        " เป็นผลเฉลยแบบกึ่งกลาง กรณีคือกรณีในเส้นทาง และในวงเล็บคือกรณีที่ไม่มีผลลัพธ์",
    )
    note += said + few_cases(tables, labels)
    corner = labels.say("Path", "เส้นทาง")
    if len(paths) <= MOST_COLUMNS:
        rows = [[name, *cells] for name, cells in lines]
        width = min(18.0, 72 / len(paths))
        widths = [100 - width * len(paths), *[width] * len(paths)]
        return pipe_table([corner, *headings], rows, widths) + table_note(labels, note)
    # Many paths: one row each, the conditions by number.
    header = [corner, *(str(i) for i in range(1, len(names) + 1)), *(name for name, _ in lines[len(names) :])]
    rows = [[heading, *(cells[i] for _, cells in lines)] for i, heading in enumerate(headings)]
    legend = f"{labels.say('Conditions: ', 'เงื่อนไข: ')}{numbered(names.values())}{labels.say('. ', ' ')}"
    return pipe_table(header, rows, [7, *[5] * len(names), *[11] * len(fits), 25]) + table_note(labels, legend + note)


def _sign(id_: str, literals: set[str], core: set[str]) -> str:
    for literal, sign in ((id_, PRESENT_SIGN), (f"~{id_}", ABSENT_SIGN)):
        if literal in literals:
            return sign if literal in core else f"({sign})"
    return ""


def _coefficients_of(paths: list[tuple[Record, dict[str, str]]], column: str, labels: Labels) -> list[str]:
    return [number(row[column], "coefficient", labels) for row, _ in paths]


def _path_cases(row: Record, labels: Labels) -> str:
    deviant = _case_list(row["deviant_cases"], labels)
    return " ".join(filter(None, [_case_list(row["cases"], labels), f"({deviant})" if deviant else ""]))


def _fit_sentence(fit: Record, outcome: str, paths: pd.DataFrame, number_of: dict[str, str], labels: Labels) -> str:
    """A sentence of the note on the solution of one outcome: its fit, and which paths make up models that tie."""
    if pd.isna(fit["models"]):
        return labels.say(
            f" {outcome}: too many models fit equally well to list them.",
            f" {outcome}: มีแบบจำลองที่สอดคล้องเท่ากันมากเกินกว่าจะแสดง",
        )
    if not fit["models"]:
        return labels.say(f" {outcome}: no configuration is sufficient.", f" {outcome}: ไม่มีรูปแบบเงื่อนไขใดเพียงพอ")
    said = f" {outcome}: " + ", ".join(
        [
            equation(labels.say("consistency", "ความสอดคล้อง"), number(fit["inclusion"], "coefficient", labels)),
            equation("PRI", number(fit["pri"], "coefficient", labels)),
            equation(labels.say("coverage", "ความครอบคลุม"), number(fit["coverage"], "coefficient", labels)),
        ]
    )
    if fit["models"] > 1:
        models = [" + ".join(number_of[term] for term in own["term"]) for _, own in paths.groupby("model")]
        tied = labels.say(" or ", " หรือ ").join(models)
        said += labels.say(f"; models that tie (fit of the first): {tied}", f" แบบจำลองที่เท่ากัน (ค่าของแบบแรก): {tied}")
    return said + labels.say(".", "")
