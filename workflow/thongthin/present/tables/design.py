"""The design of the sample in the tables: how much it does to the errors, and which tables do not allow for it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    degrees,
    measured_limits,
    number,
    order,
    scale_column,
    table,
    table_note,
)
from thongthin.survey.sample_design import NO_DEGREES, SINGLE_UNIT

# Tables with tests or intervals that take respondents to be drawn one by one, whatever the design of the sample.
LEAVES_DESIGN_OUT = {
    *("scale_reliability", "scale_dimensionality", "sample_size", "power"),
    *("site_comparison", "site_comparison_pairs", "group_comparison", "group_comparison_pairs", "category_comparison"),
    *("before_after", "before_after_effects", "before_after_by_group", "mcnemar", "mcnemar_by_group"),
    *("outcome_model", "outcome_model_classical", "model_comparison", "proportional_odds", "imputation_comparison"),
}


def is_designed(tables: Tables) -> bool:
    """Whether the study says how its sample was drawn."""
    return len(tables.get("sample_design", ())) > 0


@made_from(
    "sample_design",
    "scale_statistics",
    th="แต่ละตัวแปรจากผู้ตอบทุกคน: ค่าเฉลี่ย ค่าคลาดเคลื่อนมาตรฐานและช่วงความเชื่อมั่นตามแบบแผนการสุ่มตัวอย่าง และ deff",
)
def design_effects(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Each scale over all respondents: mean, its standard error and interval by the design of the sample, and deff."""
    frame = tables["scale_statistics"]
    frame = order(frame[(frame["site_id"] == ALL) & (frame["n"] > 0)], construct=labels.constructs, wave=WAVES)
    columns = [
        scale_column(34, labels),
        Column("*n*", 8, "n", "count"),
        Column(("Mean", "ค่าเฉลี่ย"), 10, "mean", "measured"),
        Column("SE", 9, "se", "decimal"),
        Column(f"{100 * analysis['scales']['confidence']:g}% CI", 17, lambda row: measured_limits(row, labels)),
        Column("*df*", 8, lambda row: degrees(row["df"], labels)),
        Column("deff", 9, "deff", "statistic"),
    ]
    note = labels.say(
        "SE: standard error of the mean; CI: confidence interval; deff: design effect, by what the variance of the mean"
        " is larger than that of as many respondents drawn one by one.",
        "SE คือความคลาดเคลื่อนมาตรฐานของค่าเฉลี่ย CI คือช่วงความเชื่อมั่น deff คือผลกระทบจากแบบแผนการสุ่ม"
        " ได้แก่ความแปรปรวนของค่าเฉลี่ยเทียบกับของผู้ตอบจำนวนเท่ากันที่สุ่มมาทีละคน",
    )
    note += design_note(tables, frame, labels)
    return table(columns, frame, labels) + table_note(labels, note)


def design_note(tables: Tables, frame: pd.DataFrame, labels: Labels) -> str:
    """That intervals are those of the design, which it is, and why some are undefined; with a space before it.

    Args:
        frame: the rows that are shown, with the column `reason`.
    """
    if not is_designed(tables):
        return ""
    drawn = tables["sample_design"]
    strata = number(drawn["stratum"].nunique(), "count", labels)
    clusters = number(drawn["cluster"].nunique(), "count", labels)
    several, clustered = drawn["stratum"].nunique() > 1, bool((drawn["cluster"] != "").all())
    parts_en = [f"{strata} strata"] * several + [f"{clusters} clusters"] * clustered
    parts_th = [f"{strata} ชั้นภูมิ"] * several + [f"{clusters} คลัสเตอร์"] * clustered
    if drawn["population"].notna().any():
        parts_en.append("finite population correction")
        parts_th.append("ปรับแก้ประชากรจำกัด")
    note = labels.say(
        f" Intervals allow for the design of the sample ({', '.join(parts_en)}; Taylor linearisation).",
        f" ช่วงความเชื่อมั่นคิดตามแบบแผนการสุ่มตัวอย่าง ({' '.join(parts_th)} ประมาณเชิงเส้นแบบเทย์เลอร์)",
    )
    reasons = set(frame["reason"])
    if SINGLE_UNIT in reasons:
        note += labels.say(
            " No interval where only one unit was drawn from a stratum.", " ไม่มีช่วงเมื่อชั้นภูมิใดสุ่มมาเพียงหน่วยเดียว"
        )
    if NO_DEGREES in reasons:
        note += labels.say(
            " No interval where there are no more units than strata.", " ไม่มีช่วงเมื่อจำนวนหน่วยที่สุ่มไม่มากกว่าจำนวนชั้นภูมิ"
        )
    return note


def with_what_is_left_out(name: str, made: str, tables: Tables, labels: Labels) -> str:
    """A table with a sentence in its note that it does not allow for the design of the sample, where that is so."""
    if name not in LEAVES_DESIGN_OUT or not is_designed(tables):
        return made
    sentence = labels.say(
        "The design of the sample (strata, clusters) is not allowed for here.",
        "ตารางนี้ไม่ได้คำนึงถึงแบบแผนการสุ่มตัวอย่าง (ชั้นภูมิและคลัสเตอร์)",
    )
    if name == "model_comparison" and (tables["model_fits"]["clusters"] > 0).any():
        sentence = labels.say(
            "Only the model by cluster allows for the design of the sample.",
            "เฉพาะตัวแบบจัดกลุ่มตามคลัสเตอร์เท่านั้นที่คำนึงถึงแบบแผนการสุ่มตัวอย่าง",
        )
    end = "\n:::\n"
    return f"{made.removesuffix(end)} {sentence}{end}" if made.endswith(end) else made


def of_clusters(fit: Mapping[Any, Any], labels: Labels) -> str:
    """What the errors of a model by cluster allow for, as a part of a sentence."""
    clusters, strata = (number(fit[name], "count", labels) for name in ("clusters", "strata"))
    several = fit["strata"] > 1
    return labels.say(
        f"{clusters} clusters" + (f" in {strata} strata" if several else ""),
        f"{clusters}{NBSP}คลัสเตอร์" + (f" ใน{NBSP}{strata}{NBSP}ชั้นภูมิ" if several else ""),
    )
