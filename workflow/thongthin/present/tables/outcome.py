"""The regression of an outcome: with robust errors, and as statistics programs print it; why there is none, if so."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    Record,
    degrees,
    equation,
    limits,
    number,
    table,
    table_note,
    unweighted_models,
)


@made_from(
    "outcome_model",
    "outcome_model_fit",
    also=("sample_size", "sample_design"),
    th="การถดถอยของตัวแปรตาม: สัมประสิทธิ์พร้อมช่วงความเชื่อมั่น และความเหมาะสมของตัวแบบ",
)
def outcome_model(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The regression of the outcome: coefficients with intervals, and how well it fits."""
    fit = tables["outcome_model_fit"].iloc[0]
    choices = analysis["model"]
    columns = [
        _predictor(34, labels),
        Column("*b*", 10, "estimate", "decimal"),
        Column("SE", 9, "se", "decimal"),
        Column(
            f"{100 * choices['confidence']:g}% CI", 17, lambda row: limits(row["low"], row["high"], "decimal", labels)
        ),
        Column("β", 9, "beta", "coefficient"),
        Column("*t*", 11, "t", "statistic"),
        Column("*p*", 10, "p", "p"),
    ]
    note = labels.say(
        f"{_outcome(fit, labels)} Linear regression with heteroskedasticity-robust standard errors"
        f" ({choices['robust']}), which take respondents to be drawn independently of each other; CI: confidence"
        " interval; β: standardised coefficient.",
        f"{_outcome(fit, labels)} การถดถอยเชิงเส้นที่ใช้ค่าคลาดเคลื่อนมาตรฐานแบบทนทาน ({choices['robust']})"
        " ซึ่งถือว่าผู้ตอบแต่ละคนถูกสุ่มมาอย่างเป็นอิสระต่อกัน CI คือช่วงความเชื่อมั่น β คือสัมประสิทธิ์มาตรฐาน",
    )
    note += _how_well(fit, ("f", "p"), labels) + _said_of(tables, fit, labels)
    return table(columns, tables["outcome_model"], labels) + table_note(labels, note)


@made_from(
    "outcome_model",
    "outcome_model_fit",
    also=("sample_size", "sample_design"),
    th="การถดถอยเดียวกันโดยใช้ค่าคลาดเคลื่อนมาตรฐานที่ถือว่าความแปรปรวนเท่ากัน อย่างที่โปรแกรมสถิติทั่วไปพิมพ์",
)
def outcome_model_classical(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The same regression with errors that take variances to be equal, as statistics programs print it."""
    fit = tables["outcome_model_fit"].iloc[0]
    columns = [
        _predictor(40, labels),
        Column("*b*", 12, "estimate", "decimal"),
        Column("SE", 12, "se_classical", "decimal"),
        Column("β", 12, "beta", "coefficient"),
        Column("*t*", 12, "t_classical", "statistic"),
        Column("*p*", 12, "p_classical", "p"),
    ]
    note = labels.say(
        f"{_outcome(fit, labels)} Linear regression with classical standard errors, which take respondents to be drawn"
        " independently of each other and their variances to be equal; β: standardised coefficient.",
        f"{_outcome(fit, labels)} การถดถอยเชิงเส้นที่ใช้ค่าคลาดเคลื่อนมาตรฐานแบบดั้งเดิม ซึ่งถือว่าผู้ตอบแต่ละคนถูกสุ่มมาอย่างเป็นอิสระต่อกัน"
        " และมีความแปรปรวนเท่ากัน β คือสัมประสิทธิ์มาตรฐาน",
    )
    note += _how_well(fit, ("f_classical", "p_classical"), labels) + _said_of(tables, fit, labels)
    return table(columns, tables["outcome_model"], labels) + table_note(labels, note)


def why_undefined(row: Record, labels: Labels) -> str:
    """Why the data carry no model, or a model no numbers, as a clause; "" of a reason that is no such one.

    Args:
        row: of a table with the columns `reason` and `concerned`.
    """
    constructs = [labels.constructs.get(id_, id_) for id_ in str(row.get("concerned", "")).split("; ") if id_]
    names = escape_markdown(", ".join(constructs))
    of, of_th = (f": {names}", f" ({names})") if names else ("", "")
    return {
        "few_respondents": labels.say(
            "fewer respondents have all scores than the model has terms", "ผู้ตอบที่มีคะแนนครบน้อยกว่าจำนวนพจน์ของตัวแบบ"
        ),
        "constant_outcome": labels.say("all respondents have the same outcome", "ตัวแปรตามมีค่าเท่ากันทุกคน"),
        "constant_predictors": labels.say(
            f"all respondents have the same score in a predictor{of}", f"ผู้ตอบทุกคนได้คะแนนเท่ากันในตัวแปรทำนาย{of_th}"
        ),
        "dependent_predictors": labels.say(
            f"one of the predictors follows exactly from the others{of}",
            f"ตัวแปรทำนายตัวหนึ่งคำนวณได้จากตัวอื่นทั้งหมด{of_th}",
        ),
        "one_respondent_decides": labels.say(
            f"one respondent alone decides a coefficient, which has no robust error{of}",
            f"มีผู้ตอบเพียงคนเดียวที่กำหนดค่าสัมประสิทธิ์ จึงหาค่าคลาดเคลื่อนแบบทนทานไม่ได้{of_th}",
        ),
        "exact": labels.say(
            "the outcome follows from the predictors without error, so that there is nothing to test",
            "ตัวแปรตามคำนวณได้จากตัวแปรทำนายโดยไม่มีความคลาดเคลื่อน จึงไม่มีสิ่งที่ต้องทดสอบ",
        ),
        "separation": labels.say(
            f"the predictors tell categories apart without error (separation), so that odds ratios have no limit{of}",
            f"ตัวแปรทำนายแยกระดับของตัวแปรตามได้โดยไม่มีความคลาดเคลื่อน (separation) อัตราส่วนออดส์จึงไม่มีขอบเขต{of_th}",
        ),
        "not_converged": labels.say("the search for a maximum did not converge", "การประมาณค่าไม่ลู่เข้า"),
        "one_site": labels.say("there is one site only", "มีพื้นที่เดียว"),
        "single_psu": labels.say(
            "only one cluster was drawn from a stratum of the sample", "ชั้นภูมิหนึ่งของตัวอย่างสุ่มมาเพียงคลัสเตอร์เดียว"
        ),
        "no_degrees_of_freedom": labels.say("there are no more clusters than strata", "จำนวนคลัสเตอร์ไม่มากกว่าจำนวนชั้นภูมิ"),
        "one_respondent_a_site": labels.say("every site has one respondent only", "แต่ละพื้นที่มีผู้ตอบเพียงคนเดียว"),
        "no_variance_within_sites": labels.say(
            "respondents of a site do not differ but by their predictors", "ผู้ตอบในพื้นที่เดียวกันไม่ต่างกันนอกจากตามตัวแปรทำนาย"
        ),
        "one_category": labels.say("all answers are the same", "คำตอบเหมือนกันทุกคน"),
        "too_few_answers": labels.say("too few respondents answered the item", "ผู้ตอบข้อคำถามมีน้อยเกินไป"),
        "numbers": labels.say(
            "the outcome is a number and has no ordered categories", "ตัวแปรตามเป็นจำนวน ไม่ใช่ระดับที่เรียงลำดับ"
        ),
        "no_error": labels.say("its error is zero but for rounding", "ค่าคลาดเคลื่อนเป็นศูนย์เมื่อไม่นับการปัดเศษ"),
    }.get(str(row["reason"]), "")


def term_name(term: Any, labels: Labels) -> str:
    """What a term of a model is called; of all predictors together as well."""
    if term == ALL:
        return labels.say("All predictors", "ทุกตัวแปร")
    return {"intercept": labels.say("Intercept", "ค่าคงที่"), **labels.constructs}[str(term)]


def _predictor(width: float, labels: Labels) -> Column:
    return Column(("Predictor", "ตัวแปรทำนาย"), width, lambda row: escape_markdown(term_name(row["term"], labels)))


def _outcome(fit: Any, labels: Labels) -> str:
    outcome = escape_markdown(labels.constructs[fit["outcome"]])
    return labels.say(f"Outcome: {outcome}.", f"ตัวแปรตาม: {outcome}")


def _how_well(fit: Any, test: tuple[str, str], labels: Labels) -> str:
    """n, R and its square, the standard error of the estimate, and the F that is named with its p."""
    counted = equation("*n*", number(fit["n"], "count", labels))
    if pd.isna(fit["r2"]):
        return f" {counted}{labels.say('.', '')}"
    f, p = test
    fits = [
        counted,
        equation("*R*", number(fit["r"], "coefficient", labels)),
        equation("*R*^2^", number(fit["r2"], "coefficient", labels)),
        equation(labels.say("adjusted *R*^2^", "*R*^2^ ปรับ"), number(fit["r2_adjusted"], "coefficient", labels)),
        equation(
            labels.say("standard error of the estimate", "ความคลาดเคลื่อนมาตรฐานของการพยากรณ์"),
            number(fit["see"], "decimal", labels),
        ),
    ]
    if not pd.isna(fit[f]):
        both = f"{degrees(fit['df1'], labels)},{NBSP}{degrees(fit['df2'], labels)}"
        fits += [
            equation(f"*F*({both})", number(fit[f], "statistic", labels)),
            equation("*p*", number(fit[p], "p", labels)),
        ]
    return f" {', '.join(fits)}{labels.say('.', '')}"


def _said_of(tables: Tables, fit: Any, labels: Labels) -> str:
    """What is undefined and why, and which respondents the model is of; with a space before each sentence."""
    note = ""
    if why := why_undefined(fit, labels):
        impossible = fit["state"] == "impossible"
        note += labels.say(
            f" The model cannot be fitted: {why}." if impossible else f" No test: {why}.",
            f" วิเคราะห์ตัวแบบไม่ได้ เนื่องจาก{why}" if impossible else f" ไม่มีการทดสอบ เนื่องจาก{why}",
        )
    terms = tables["outcome_model"]
    untested = [
        escape_markdown(term_name(row["term"], labels)) for row in records(terms[terms["reason"] == "no_error"])
    ]
    if untested:
        names = ", ".join(untested)
        note += labels.say(
            f" Not tested, since the robust error is zero but for rounding: {names}.",
            f" ไม่ทดสอบเนื่องจากค่าคลาดเคลื่อนแบบทนทานเป็นศูนย์เมื่อไม่นับการปัดเศษ: {names}",
        )
    if fit["available"] > fit["n"]:
        n, available = (number(fit[name], "count", labels) for name in ("n", "available"))
        note += labels.say(
            f" Fitted to a random sample of {n} of {available} complete respondents.",
            f" วิเคราะห์จากผู้ตอบที่สุ่มมา {n} คน จากผู้ตอบที่มีคะแนนครบ {available} คน",
        )
    return note + unweighted_models(tables, labels)
