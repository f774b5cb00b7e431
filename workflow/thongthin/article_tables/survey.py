"""The tables of the survey: comparison of sites, change, regression."""

from __future__ import annotations

from typing import Any

from thongthin.article_tables.parts import (
    NBSP,
    equation,
    number,
    pipe_table,
    table_note,
)
from thongthin.markdown import escape_markdown
from thongthin.presentation import Labels, Tables


def outcome_model(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The regression of the outcome: coefficients with intervals, and how well it fits."""
    terms = {"intercept": labels.say("Intercept", "ค่าคงที่"), **labels.constructs}
    fit = tables["outcome_model_fit"].iloc[0]
    choices = analysis["model"]
    rows = []
    for row in tables["outcome_model"].to_dict("records"):
        low, high = (number(row[column], "decimal", labels) for column in ("low", "high"))
        rows.append(
            [
                escape_markdown(terms[row["term"]]),
                *(number(row[column], "decimal", labels) for column in ("estimate", "se")),
                f"\\[{low},{NBSP}{high}\\]",
                number(row["beta"], "coefficient", labels),
                number(row["t"], "statistic", labels),
                number(row["p"], "p", labels),
            ]
        )
    interval = f"{100 * choices['confidence']:g}% CI"
    header = [labels.say("Predictor", "ตัวแปรทำนาย"), "*b*", "SE", interval, "β", "*t*", "*p*"]
    fits = [
        equation("*n*", number(fit["n"], "count", labels)),
        equation("*R*^2^", number(fit["r2"], "coefficient", labels)),
        equation(labels.say("adjusted *R*^2^", "*R*^2^ ปรับ"), number(fit["r2_adjusted"], "coefficient", labels)),
        equation(f"*F*({fit['df1']},{NBSP}{fit['df2']})", number(fit["f"], "statistic", labels)),
        equation("*p*", number(fit["p"], "p", labels)),
    ]
    outcome = escape_markdown(labels.constructs[fit["outcome"]])
    note = labels.say(
        f"Outcome: {outcome}. Linear regression with heteroskedasticity-robust standard errors ({choices['robust']});"
        f" CI: confidence interval; β: standardised coefficient. {', '.join(fits)}.",
        f"ตัวแปรตาม: {outcome} การถดถอยเชิงเส้นที่ใช้ค่าคลาดเคลื่อนมาตรฐานแบบทนทาน ({choices['robust']})"
        f" CI คือช่วงความเชื่อมั่น β คือสัมประสิทธิ์มาตรฐาน {', '.join(fits)}",
    )
    if fit["available"] > fit["n"]:
        n, available = (number(fit[name], "count", labels) for name in ("n", "available"))
        note += labels.say(
            f" Fitted to a random sample of {n} of {available} complete respondents.",
            f" วิเคราะห์จากผู้ตอบที่สุ่มมา {n} คน จากผู้ตอบที่มีคะแนนครบ {available} คน",
        )
    return pipe_table(header, rows, [34, 10, 9, 17, 9, 11, 10]) + table_note(labels, note)
