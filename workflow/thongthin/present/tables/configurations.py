"""The tables of the qualitative comparative analysis: sets, necessity, truth table, paths, robustness.

The chart of paths follows Fiss (2011), with signs that the fonts of the article have: • for a condition that is
present, × for one that is absent, in parentheses where it is not part of the parsimonious solution as well.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import MOST_COLUMNS, NBSP, equation, number, percent, pipe_table, table_note

PRESENT_SIGN, ABSENT_SIGN, SAME, OTHER = "•", "×", "=", "≠"
# Cells that name more cases than these would be longer than the row is worth; they count them.
MOST_CASES = 8


def _names(tables: Tables, labels: Labels, *, of: str | None = None) -> dict[str, str]:
    """Name of each set in Markdown, the outcome first: its theme or construct, and its measure where two share that."""
    frame = tables["qca_sets"]
    plain = {
        row["set_id"]: labels.themes[row["theme_id"]]
        if row["theme_id"]
        else labels.scale(row["construct"], row["wave"])
        for row in frame.to_dict("records")
    }
    measures = {row["set_id"]: _measure(row, labels) for row in frame.to_dict("records")}
    shared = {id_ for id_, name in plain.items() if list(plain.values()).count(name) > 1}
    wanted = frame if of is None else frame[frame["role"] == of]
    return {
        id_: escape_markdown(f"{plain[id_]} ({measures[id_]})" if id_ in shared else plain[id_])
        for id_ in wanted["set_id"]
    }


def _measure(row: dict[Hashable, Any], labels: Labels) -> str:
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


def _outcomes(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of the outcome and, if it was analysed, of its absence, in Markdown."""
    (name,) = _names(tables, labels, of="outcome").values()
    names = {"present": name, "absent": labels.say(f"Absence of: {name}", f"การไม่มี: {name}")}
    return {state: names[state] for state in dict.fromkeys(tables["qca_fit"]["outcome"])}


def _solution_names(labels: Labels) -> dict[str, str]:
    return {
        "conservative": labels.say("conservative", "แบบอนุรักษ์"),
        "parsimonious": labels.say("parsimonious", "แบบประหยัด"),
        "intermediate": labels.say("intermediate", "แบบกึ่งกลาง"),
    }


def _numbered(names: Iterable[str]) -> str:
    return "; ".join(f"{i}{NBSP}={NBSP}{name}" for i, name in enumerate(names, start=1))


def _coefficients(row: dict[Hashable, Any], columns: Iterable[str], labels: Labels) -> list[str]:
    return [number(row[column], "coefficient", labels) for column in columns]


def _few_cases(tables: Tables, labels: Labels) -> str:
    """A sentence of the note where there are too many conditions for the cases."""
    # The analysis needs half a second to be imported, and most articles have no such table.
    from thongthin.synthesis.configurations import too_few_cases

    conditions = int((tables["qca_sets"]["role"] == "condition").sum())
    said = too_few_cases(conditions, int(tables["qca_fit"]["n"].iloc[0]))
    return labels.say(f" {said[0]}.", f" {said[1]}") if said else ""


@made_from("qca_sets", "codes", also=("qca_calibration", "qca_fit"))
def qca_sets(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What outcome and conditions are made from: measure, anchors, expectation, and how many cases are in the set."""
    frame, names = tables["qca_sets"], _names(tables, labels)
    expected = {
        "present": labels.say("present", "มี"),
        "absent": labels.say("absent", "ไม่มี"),
        "": UNDEFINED,
    }
    rows = []
    for role, heading in (
        ("outcome", labels.say("Outcome", "ผลลัพธ์")),
        ("condition", labels.say("Conditions", "เงื่อนไข")),
    ):
        rows.append([f"**{heading}**", *[""] * 6])
        for row in frame[frame["role"] == role].to_dict("records"):
            rows.append(
                [
                    names[row["set_id"]],
                    escape_markdown(_measure(row, labels)),
                    *(number(row[anchor], "decimal", labels) for anchor in ("fully_out", "crossover", "fully_in")),
                    UNDEFINED if role == "outcome" else expected[row["expected"]],
                    f"{number(row['members'], 'count', labels)}/{number(row['n'], 'count', labels)}",
                ]
            )
    header = [
        labels.say("Set", "เซต"),
        labels.say("Measure", "การวัด"),
        labels.say("Fully out", "นอกเซต"),
        labels.say("Crossover", "จุดตัด"),
        labels.say("Fully in", "ในเซต"),
        labels.say("Expected", "ทิศทางที่คาด"),
        labels.say("Cases in", "กรณีในเซต"),
    ]
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
    note += _remarks(tables, labels) + _few_cases(tables, labels)
    return pipe_table(header, rows, [27, 21, 9, 12, 9, 12, 10], texts=2) + table_note(labels, note)


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


@made_from("qca_sets", "codes", also=("qca_calibration",))
def qca_calibration(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The membership of each case in each set, with its score."""
    frame, names = tables["qca_calibration"], _names(tables, labels)
    cells = {
        (row["case_id"], row["set_id"]): number(row["membership"], "coefficient", labels)
        + ("" if pd.isna(row["score"]) else f"{NBSP}({number(row['score'], 'decimal', labels)})")
        for row in frame.to_dict("records")
    }
    rows = [
        [escape_markdown(labels.sites.get(case, case)), *(cells[case, id_] for id_ in names)]
        for case in dict.fromkeys(frame["case_id"])
    ]
    header = [labels.say("Case", "กรณี"), *(str(i) for i in range(1, len(names) + 1))]
    note = labels.say(
        f"Membership, and in parentheses the score before calibration. Sets: {_numbered(names.values())}.",
        f"ค่าความเป็นสมาชิก และคะแนนก่อนปรับเทียบในวงเล็บ เซต: {_numbered(names.values())}",
    )
    widths = [16, *[84 / len(names)] * len(names)]
    return pipe_table(header, rows, widths) + table_note(labels, note + _remarks(tables, labels))


@made_from("qca_necessity", "qca_sets", "codes", also=("qca_fit",))
def qca_necessity(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the outcome, and its absence, need a condition or its absence."""
    frame, names = tables["qca_necessity"], _names(tables, labels, of="condition")
    rows = []
    for outcome, heading in _outcomes(tables, labels).items():
        rows.append([f"**{heading}**", *[""] * 3])
        for row in frame[frame["outcome"] == outcome].to_dict("records"):
            name = names[row["set_id"]] if row["state"] == "present" else f"\\~{names[row['set_id']]}"
            rows.append([name, *_coefficients(row, ("inclusion", "coverage", "ron"), labels)])
    header = [
        labels.say("Condition", "เงื่อนไข"),
        labels.say("Consistency", "ความสอดคล้อง"),
        labels.say("Coverage", "ความครอบคลุม"),
        "RoN",
    ]
    note = labels.say(
        "\\~: absence of the condition. A condition is usually called necessary from a consistency of .90 upwards, and"
        " is trivial where its relevance (RoN) is low.",
        "\\~ คือการไม่มีเงื่อนไขนั้น โดยทั่วไปถือว่าเงื่อนไขจำเป็นเมื่อความสอดคล้องตั้งแต่ .90 ขึ้นไป และเป็นความจำเป็นที่ไม่มีนัยเมื่อค่า RoN ต่ำ",
    )
    return pipe_table(header, rows, [49, 17, 17, 17]) + table_note(labels, note)


@made_from("qca_fit", "qca_sets", "codes", also=("qca_truth_table",))
def qca_truth_table(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The configurations that have cases, how they are coded for the outcome and its absence, and their cases."""
    frame, names = tables["qca_truth_table"], _names(tables, labels, of="condition")
    by_outcome = {state: own.set_index("row") for state, own in frame.groupby("outcome")}
    present, outcomes = by_outcome["present"], _outcomes(tables, labels)
    seen = present[present["n"] > 0].reset_index()
    seen = seen.sort_values(["coded", "inclusion", "row"], ascending=[False, False, True])
    rows = []
    for row in seen.to_dict("records"):
        absent = set(row["configuration"].split("*"))
        cells = ["0" if f"~{id_}" in absent else "1" for id_ in names]
        for state in outcomes:
            own = by_outcome[state].loc[row["row"]].to_dict()
            cells += [*_coefficients(own, ("inclusion", "pri"), labels), str(own["coded"])]
        cases = _case_list(row["cases_with"], labels)
        if row["cases_without"]:
            cases = f"{cases} ({_case_list(row['cases_without'], labels)})".strip()
        rows.append([cases, *cells])
    fits = ["Cons.", "PRI"]
    header = [labels.say("Cases", "กรณี"), *(str(i) for i in range(1, len(names) + 1)), *fits, "*Y*"]
    if "absent" in outcomes:
        header += [*fits, "\\~*Y*"]
    remainders = number(int((present["coded"] == "?").sum()), "count", labels)
    whole = number(len(present), "count", labels)
    note = labels.say(
        f"Conditions: {_numbered(names.values())}; 1: present, 0: absent. *Y*: {outcomes['present']}; \\~*Y*: its"
        " absence; coded 1 where consistency (Cons.) and PRI reach their cutoffs. In parentheses: cases without the"
        f" outcome. {remainders} of {whole} configurations have too few cases (remainders, coded ?).",
        f"เงื่อนไข: {_numbered(names.values())} (1 คือมี 0 คือไม่มี) *Y* คือ{outcomes['present']} \\~*Y* คือการไม่มีผลลัพธ์นั้น"
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
    numbers = [*[4.0] * len(names), *[8.0] * (len(header) - 1 - len(names))]
    return pipe_table(header, rows, [max(20.0, 100 - sum(numbers)), *numbers]) + table_note(
        labels, note + _few_cases(tables, labels)
    )


def _case_list(cases: str, labels: Labels) -> str:
    """Cases of a result table as they read in a cell: their names, or how many there are."""
    found = cases.split("; ") if cases else []
    if len(found) > MOST_CASES:
        return f"*n*{NBSP}={NBSP}{number(len(found), 'count', labels)}"
    return ", ".join(escape_markdown(labels.sites.get(case, case)) for case in found)


@made_from("qca_fit", "qca_sets", "codes", also=("qca_solutions",))
def qca_solutions(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The paths of the intermediate solutions as a chart: which conditions make up each, its fit and its cases."""
    frame, outcomes = tables["qca_solutions"], _outcomes(tables, labels)
    names = _names(tables, labels, of="condition")
    fits_of = {row["outcome"]: row for row in tables["qca_fit"].to_dict("records") if row["solution"] == "intermediate"}
    note, paths, headings = "", [], []
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
        note += _fit_sentence(fits_of[state], outcomes[state], chosen, number_of, labels)
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
    legend = labels.say(
        f"{PRESENT_SIGN}: condition present, {ABSENT_SIGN}: absent; in parentheses: not in the parsimonious solution;"
        " an empty cell: either. Intermediate solutions. Cases: in the path, and in parentheses those among them"
        " without the outcome.",
        f"{PRESENT_SIGN} คือมีเงื่อนไข {ABSENT_SIGN} คือไม่มีเงื่อนไข ในวงเล็บคือเงื่อนไขที่ไม่อยู่ในผลเฉลยแบบประหยัด ช่องว่างคือมีหรือไม่มีก็ได้"
        " เป็นผลเฉลยแบบกึ่งกลาง กรณีคือกรณีในเส้นทาง และในวงเล็บคือกรณีที่ไม่มีผลลัพธ์",
    )
    corner = labels.say("Path", "เส้นทาง")
    end = table_note(labels, legend + note + _few_cases(tables, labels))
    if len(paths) <= MOST_COLUMNS:
        rows = [[name, *cells] for name, cells in lines]
        width = min(18.0, 72 / len(paths))
        return pipe_table([corner, *headings], rows, [100 - width * len(paths), *[width] * len(paths)]) + end
    # Many paths: one row each, the conditions by number.
    header = [corner, *(str(i) for i in range(1, len(names) + 1)), *(name for name, _ in lines[len(names) :])]
    rows = [[heading, *(cells[i] for _, cells in lines)] for i, heading in enumerate(headings)]
    end = table_note(
        labels,
        labels.say("Conditions: ", "เงื่อนไข: ")
        + _numbered(names.values())
        + labels.say(". ", " ")
        + legend
        + note
        + _few_cases(tables, labels),
    )
    return pipe_table(header, rows, [7, *[5] * len(names), *[11] * len(fits), 25]) + end


def _sign(id_: str, literals: set[str], core: set[str]) -> str:
    for literal, sign in ((id_, PRESENT_SIGN), (f"~{id_}", ABSENT_SIGN)):
        if literal in literals:
            return sign if literal in core else f"({sign})"
    return ""


def _coefficients_of(paths: list[tuple[dict[Hashable, Any], dict[str, str]]], column: str, labels: Labels) -> list[str]:
    return [number(row[column], "coefficient", labels) for row, _ in paths]


def _path_cases(row: dict[Hashable, Any], labels: Labels) -> str:
    deviant = _case_list(row["deviant_cases"], labels)
    return " ".join(filter(None, [_case_list(row["cases"], labels), f"({deviant})" if deviant else ""]))


def _fit_sentence(
    fit: dict[Hashable, Any], outcome: str, paths: pd.DataFrame, number_of: dict[str, str], labels: Labels
) -> str:
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


@made_from("qca_fit", "qca_sets", "codes", also=("qca_robustness",))
def qca_robustness(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the solutions stay the same where one cutoff or crossover is moved a little."""
    frame, names = tables["qca_robustness"], _names(tables, labels)
    outcomes, solutions = _outcomes(tables, labels), _solution_names(labels)
    parameters = {
        "crossover": labels.say("Crossover", "จุดตัด"),
        "consistency": labels.say("Consistency cutoff", "เกณฑ์ความสอดคล้อง"),
        "frequency": labels.say("Frequency cutoff", "เกณฑ์จำนวนกรณี"),
    }
    rows = []
    for _, own in frame[frame["variation"] > 0].groupby("variation"):
        first = own.iloc[0]
        what = parameters[first["parameter"]]
        what = f"{what}: {names[first['set_id']]}" if first["set_id"] else what
        same = own.set_index(["outcome", "solution"])["same"]
        signs = [SAME if same[outcome, solution] else OTHER for outcome in outcomes for solution in solutions]
        value = number(first["value"], "count" if first["parameter"] == "frequency" else "decimal", labels)
        rows.append([what, value, *signs])
    marks = [("" if outcome == "present" else "\\~") for outcome in outcomes]
    short = [f"{mark}{letter}" for mark in marks for letter in labels.say("C P I", "อ ป ก").split()]
    header = [labels.say("Changed", "สิ่งที่เปลี่ยน"), labels.say("To", "เป็น"), *short]
    meaning = "; ".join(
        f"{letter}{NBSP}={NBSP}{name}"
        for letter, name in zip(labels.say("C P I", "อ ป ก").split(), solutions.values(), strict=True)
    )
    note = labels.say(
        f"{SAME}: the same models as in the analysis; {OTHER}: others. Solutions: {meaning}; \\~: of the absence of the"
        " outcome. One choice is changed at a time.",
        f"{SAME} คือได้แบบจำลองเดิม {OTHER} คือได้แบบจำลองอื่น ผลเฉลย: {meaning} \\~ คือของการไม่มีผลลัพธ์ เปลี่ยนทีละอย่าง",
    )
    width = 7.0
    return pipe_table(header, rows, [90 - width * len(short), 10, *[width] * len(short)]) + table_note(labels, note)


@made_from("qca_fit", "qca_sets", "codes", also=("qca_robust_terms",))
def qca_robust_terms(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """In how many of the variations each path of the intermediate solutions stands."""
    frame, names = tables["qca_robust_terms"], _names(tables, labels, of="condition")
    frame = frame[frame["solution"] == "intermediate"]
    rows = []
    for outcome, heading in _outcomes(tables, labels).items():
        own = frame[frame["outcome"] == outcome].sort_values(
            ["base", "variations", "term"], ascending=[False, False, True]
        )
        rows.append([f"**{heading}**", "", ""])
        for row in own.to_dict("records"):
            said = f"{number(row['variations'], 'count', labels)}/{number(row['of'], 'count', labels)}"
            share = "" if pd.isna(row["share"]) else f"{NBSP}({percent(row['share'])})"
            rows.append(
                [
                    _written(row["term"], names),
                    labels.say("yes", "ใช่") if row["base"] else labels.say("no", "ไม่"),
                    f"{said}{share}",
                ]
            )
    header = [
        labels.say("Path", "เส้นทาง"),
        labels.say("In the solution", "อยู่ในผลเฉลย"),
        labels.say("Variations with it (%)", "การเปลี่ยนที่พบ (ร้อยละ)"),
    ]
    note = labels.say(
        "Intermediate solutions; \\~: absence of a condition, \\*: and.",
        "ผลเฉลยแบบกึ่งกลาง \\~ คือการไม่มีเงื่อนไข \\* คือ และ",
    )
    return pipe_table(header, rows, [60, 16, 24]) + table_note(labels, note)


def _written(term: str, names: dict[str, str]) -> str:
    """A term with the names of its conditions."""
    if term == "1":
        return "1"
    literals = [(literal.removeprefix("~"), literal.startswith("~")) for literal in term.split("*")]
    return " \\* ".join(f"\\~{names[id_]}" if absent else names[id_] for id_, absent in literals)
