"""The checks of the models: assumptions of the linear one, proportional odds of the ordinal one."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.outcome import term_name
from thongthin.present.tables.parts import NBSP, Column, Record, degrees, equation, number, order, table, table_note


@made_from(
    "model_diagnostics", "model_collinearity", th="การตรวจสอบตัวแบบเชิงเส้น: ค่าสถิติ องศาอิสระ ค่า p หรือเกณฑ์ และพบปัญหาหรือไม่"
)
def model_diagnostics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Checks of the linear model: statistic, degrees of freedom, p or limit, and whether something was found."""
    checks = {
        "normality": labels.say("Residuals are normal", "ค่าคลาดเคลื่อนแจกแจงปกติ"),
        "heteroskedasticity": labels.say("Their variance is constant", "ความแปรปรวนคงที่"),
        "specification": labels.say("The form is linear", "ความสัมพันธ์เป็นเชิงเส้น"),
        "influence": labels.say("No respondent decides alone", "ไม่มีผู้ตอบคนเดียวที่ชี้ขาดผล"),
        "collinearity": labels.say("Predictors tell different things", "ตัวแปรทำนายไม่ซ้ำซ้อนกัน"),
        "condition": labels.say("... taken together", "… เมื่อพิจารณารวมกัน"),
    }
    tests = {
        "shapiro_wilk": labels.say("Shapiro–Wilk *W*", "ชาพิโร-วิลก์ *W*"),
        "dagostino_pearson": labels.say("D’Agostino–Pearson *K*^2^", "ดาโกสติโน-เพียร์สัน *K*^2^"),
        "breusch_pagan": labels.say("Breusch–Pagan χ^2^", "บรอยช์-เพแกน χ^2^"),
        "reset": labels.say("RESET *F*", "RESET *F*"),
        "cook": labels.say("largest Cook’s *D*", "ค่า *D* ของคุกสูงสุด"),
        "vif": labels.say("largest VIF", "ค่า VIF สูงสุด"),
        "condition_number": labels.say("condition number", "เลขภาวะ"),
    }
    said = {
        "yes": labels.say("no", "ไม่ใช่"),
        "no": labels.say("yes", "ใช่"),
        "undefined": UNDEFINED,
    }
    frame = order(tables["model_diagnostics"], check=checks)

    def limit(row: Record) -> str:
        if not pd.isna(row["p"]):
            return equation("*p*", number(row["p"], "p", labels))
        has_limit = row["check"] in ("influence", "collinearity", "condition")
        return f"≤{NBSP}{number(row['limit'], 'count', labels)}" if has_limit else UNDEFINED

    columns = [
        Column(("Assumption", "ข้อตกลงเบื้องต้น"), 30, lambda row: checks[row["check"]]),
        Column(("Check", "วิธีตรวจสอบ"), 24, lambda row: tests[row["test"]], left=True),
        Column(("Statistic", "ค่าสถิติ"), 11, "statistic", "statistic"),
        Column("*df*", 10, lambda row: both_df(row, labels) or UNDEFINED),
        Column(("*p* or limit", "*p* หรือเกณฑ์"), 14, limit),
        Column(("Holds", "เป็นไปตามข้อตกลง"), 11, lambda row: said[row["found"]]),
    ]
    return table(columns, frame, labels) + table_note(labels, _diagnostics_note(tables, frame, labels, analysis))


def both_df(row: Record, labels: Labels) -> str:
    """Both degrees of freedom, or the one that there is."""
    return ", ".join(degrees(row[df], labels) for df in ("df1", "df2") if not pd.isna(row[df]))


def _diagnostics_note(tables: Tables, frame: pd.DataFrame, labels: Labels, analysis: dict[str, Any]) -> str:
    """Of how many respondents the model is, when a test found something, and what follows from what was found."""
    collinearity = order(tables["model_collinearity"], term=labels.constructs)
    factors = "; ".join(
        f"{escape_markdown(labels.constructs[row['term']])} {number(row['vif'], 'statistic', labels)}"
        for row in records(collinearity)
    )
    cases = frame.set_index("check")["cases"].get("influence")
    above = number(cases, "count", labels)
    level = number(analysis["comparison"]["significance"], "p", labels).rstrip("0")
    n = number(frame["n"].iloc[0], "count", labels)
    note = labels.say(
        f"Linear model, *n*{NBSP}={NBSP}{n}. A test found something where *p* is below {level}. Cook’s *D* lies above"
        f" 4/*n* for {above} respondents. Variance inflation factors (VIF): {factors}.",
        f"ตัวแบบเชิงเส้น *n*{NBSP}={NBSP}{n} ถือว่าไม่เป็นไปตามข้อตกลงเมื่อ *p* ต่ำกว่า"
        f" {level} มีผู้ตอบ {above} คนที่ค่า *D* ของคุกเกิน 4/*n* ค่า VIF: {factors}",
    )
    found = set(frame.loc[frame["found"] == "yes", "check"])
    if "heteroskedasticity" in found:
        note += labels.say(
            " Unequal variances are what robust errors allow for.",
            " ค่าคลาดเคลื่อนมาตรฐานแบบทนทานรองรับความแปรปรวนที่ไม่คงที่แล้ว",
        )
    if "specification" in found:
        note += labels.say(
            " The relation is not a straight line: coefficients are averages.",
            " ความสัมพันธ์ไม่เป็นเส้นตรง ค่าสัมประสิทธิ์จึงเป็นค่าเฉลี่ยโดยรวม",
        )
    return note


@made_from(
    "proportional_odds", also=("sample_design",), th="การทดสอบของแบรนต์สำหรับตัวแบบเรียงลำดับ: ตัวแปรทำนายทั้งหมดรวมกันและทีละตัว"
)
def proportional_odds(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Brant's test of the ordinal model: of all predictors, and of each."""
    frame = order(tables["proportional_odds"], term=[ALL, *labels.constructs])
    columns = [
        Column(("Predictor", "ตัวแปรทำนาย"), 52, lambda row: escape_markdown(term_name(row["term"], labels))),
        Column("χ^2^", 16, "statistic", "statistic"),
        Column("*df*", 16, "df", "degrees"),
        Column("*p*", 16, "p", "p"),
    ]
    first = frame.iloc[0]
    n, levels = (number(first[name], "count", labels) for name in ("n", "categories"))
    level = analysis["comparison"]["significance"]
    note = labels.say(
        f"Brant’s test that coefficients are the same at every split of the {levels} categories (*n*{NBSP}={NBSP}{n}).",
        f"การทดสอบของแบรนต์ว่าค่าสัมประสิทธิ์เท่ากันในทุกจุดแบ่งของ {levels} ระดับ (*n*{NBSP}={NBSP}{n})",
    )
    if pd.isna(first["p"]):
        note += labels.say(
            " It is undefined: there are fewer than three categories, or one is too rare.",
            " หาค่าไม่ได้ เพราะมีไม่ถึงสามระดับหรือบางระดับมีผู้ตอบน้อยเกินไป",
        )
    elif first["p"] < level:
        note += labels.say(
            " The odds are not proportional: the odds ratios are averages over the splits.",
            " ออดส์ไม่เป็นสัดส่วน อัตราส่วนออดส์จึงเป็นค่าเฉลี่ยของทุกจุดแบ่ง",
        )
    else:
        note += labels.say(" Taken together, nothing speaks against it.", " โดยรวมไม่พบหลักฐานคัดค้าน")
    return table(columns, frame, labels) + table_note(labels, note)
