"""The tables of what changed from before to after: means of scales, and answers of yes and no."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.contract.units import Unit
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.parts import NBSP, Column, Record, order, percent, table, table_note, under
from thongthin.present.tables.testing import CORRECTED, correction_of, interval_of, level_of, unweighted


@made_from("before_after", "sites", also=("sample_design",), th="การเปลี่ยนแปลงของแต่ละตัวแปรที่ถามสองช่วง รายพื้นที่และรวมทุกพื้นที่")
def before_after(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by site and over all."""
    return _means_before_after(tables["before_after"], labels.of_sites_and_all, labels, analysis)


@made_from("before_after_by_group", also=("sample_design",), th="การเปลี่ยนแปลงของแต่ละตัวแปรที่ถามสองช่วง ตามกลุ่มของผู้ตอบ")
def before_after_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by group of respondents."""
    return _means_before_after(tables["before_after_by_group"], labels.of_groups, labels, analysis)


def _means_before_after(frame: pd.DataFrame, unit: Unit, labels: Labels, analysis: dict[str, Any]) -> str:
    columns = [
        Column("*n*", 7, "n", "count"),
        Column(("Before", "ก่อน"), 9, "mean_before", "decimal"),
        Column(("After", "หลัง"), 9, "mean_after", "decimal"),
        Column(("Change", "ผลต่าง"), 9, "mean_change", "decimal"),
        Column("*z*", 9, "z", "statistic"),
        Column("*p*", 9, "p", "p"),
        _with_interval("*r*", "r", "coefficient", labels, analysis),
    ]
    note = labels.say(
        "Means before and after; Wilcoxon signed-rank tests; *r*: matched-pairs rank-biserial correlation.",
        "ค่าเฉลี่ยก่อนและหลัง การทดสอบเครื่องหมายอันดับของวิลคอกซัน *r* คือสหสัมพันธ์อันดับไบซีเรียลแบบจับคู่",
    )
    if frame["unweighted"].any():
        note += labels.say(
            " Means are weighted; tests and *r* are not.", " ค่าเฉลี่ยถ่วงน้ำหนักผู้ตอบ ส่วนการทดสอบและ *r* ไม่ได้ถ่วงน้ำหนัก"
        )
    return _change(frame, unit, labels, columns, note)


@made_from(
    "before_after",
    "sites",
    also=("sample_design",),
    th="ขนาดของการเปลี่ยนแปลง เป็นคะแนนของมาตรวัดและเป็นส่วนเบี่ยงเบนมาตรฐาน รายพื้นที่และรวมทุกพื้นที่",
)
def before_after_effects(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How large the change is, in points of the scale and in standard deviations, by site and over all."""
    columns = [
        Column("*n*", 7, "n", "count"),
        Column(CORRECTED, 9, "p_corrected", "p"),
        _with_interval(labels.say("Shift", "ขนาดการเปลี่ยนแปลง"), "shift", "decimal", labels, analysis),
        _with_interval("*d*~z~", "d_z", "decimal", labels, analysis),
        _with_interval("*d*~av~", "d_av", "decimal", labels, analysis),
    ]
    correction = correction_of(labels, analysis)
    note = labels.say(
        f"*p* corr.: of the Wilcoxon tests, {correction} over the sites of a scale, and over the scales for all sites."
        " Shift: Hodges–Lehmann estimate, in points of the scale. Mean change in standard deviations of the changes"
        " (*d*~z~) and of the answers (*d*~av~).",
        f"*p* ปรับ คือค่าของการทดสอบวิลคอกซันที่ปรับด้วย{correction}ข้ามพื้นที่ภายในตัวแปร และข้ามตัวแปรสำหรับทุกพื้นที่รวมกัน"
        " ขนาดการเปลี่ยนแปลงคือค่าประมาณของฮอดเจส-เลห์มันน์ เป็นคะแนนของมาตรวัด *d*~z~ และ *d*~av~ คือผลต่างเฉลี่ยหารด้วย"
        "ส่วนเบี่ยงเบนมาตรฐานของผลต่างและของคำตอบตามลำดับ",
    )
    frame = tables["before_after"]
    note += unweighted(frame, labels)
    return _change(frame, labels.of_sites_and_all, labels, columns, note)


def _change(frame: pd.DataFrame, unit: Unit, labels: Labels, columns: list[Column], note: str) -> str:
    """Rows of table `before_after`, or of that by group, each under its scale."""
    column, names = unit.column, labels.names(unit)
    frame = order(frame[frame["n"] > 0], construct=labels.constructs, **{column: names})
    place = Column((f"Scale and {unit.en}", f"ตัวแปรและ{unit.th}"), 27, lambda row: escape_markdown(names[row[column]]))
    rows = under(frame, "construct", lambda construct: escape_markdown(labels.constructs[construct]))
    return table([place, *columns], rows, labels) + table_note(labels, note)


def _with_interval(symbol: str, column: str, format: str, labels: Labels, analysis: dict[str, Any]) -> Column:
    header = f"{symbol} \\[{level_of(analysis)}{NBSP}CI\\]"
    return Column(header, 19, lambda row: interval_of(row, column, format, labels))


@made_from(
    "mcnemar",
    "items",
    "sites",
    also=("sample_design",),
    th="ผู้ที่เปลี่ยนระหว่างใช่กับไม่ใช่ ในแต่ละข้อที่ถามสองช่วง รายพื้นที่และรวมทุกพื้นที่",
)
def mcnemar(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who changed between yes and no, for each question asked twice, by site and over all."""
    return _yes_and_no(tables["mcnemar"], labels.of_sites_and_all, labels, analysis)


@made_from(
    "mcnemar_by_group", "items", also=("sample_design",), th="ผู้ที่เปลี่ยนระหว่างใช่กับไม่ใช่ ในแต่ละข้อที่ถามสองช่วง ตามกลุ่มของผู้ตอบ"
)
def mcnemar_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who changed between yes and no, for each question asked twice, by group of respondents."""
    return _yes_and_no(tables["mcnemar_by_group"], labels.of_groups, labels, analysis)


def _yes_and_no(frame: pd.DataFrame, unit: Unit, labels: Labels, analysis: dict[str, Any]) -> str:
    column, names = unit.column, labels.names(unit)
    frame = order(frame[frame["n"] > 0], item_id=labels.items, **{column: names})

    interval = f"\\[{level_of(analysis)}{NBSP}CI\\]"

    def change(row: Record) -> str:
        share, low, high = (percent(row[f"difference{end}"]) for end in ("", "_low", "_high"))
        return f"{share} \\[{low},{NBSP}{high}\\]"

    columns = [
        Column(
            (f"Question and {unit.en}", f"ข้อคำถามและ{unit.th}"), 25, lambda row: escape_markdown(names[row[column]])
        ),
        Column("*n*", 7, "n", "count"),
        Column(("Before (%)", "ก่อน (ร้อยละ)"), 9, "share_before", "percent"),
        Column(("After (%)", "หลัง (ร้อยละ)"), 9, "share_after", "percent"),
        Column(("No→yes", "ไม่→ใช่"), 9, "gained", "count"),
        Column(("Yes→no", "ใช่→ไม่"), 9, "lost", "count"),
        Column("χ^2^(1)", 9, "chi2", "statistic"),
        Column("mid-*p*", 8, "p_mid", "p"),
        Column((f"Change {interval}", f"ผลต่าง {interval}"), 21, change),
    ]
    note = labels.say(
        "Percentages that gave the higher answer (“yes”); McNemar tests, χ^2^ with one degree of freedom and mid-*p*."
        " Change: percentage points.",
        "ร้อยละของผู้ที่เลือกคำตอบค่าสูง (“ใช่”) การทดสอบแมคนีมาร์ χ^2^ มีองศาอิสระ 1 และค่า mid-*p* ผลต่างเป็นจุดร้อยละ",
    )
    if frame["unweighted"].any():
        note += labels.say(
            " Percentages and tests leave the weights of respondents out.", " ทั้งร้อยละและการทดสอบไม่ได้ถ่วงน้ำหนักผู้ตอบ"
        )
    rows = under(frame, "item_id", lambda item: escape_markdown(labels.items[item]))
    return table(columns, rows, labels) + table_note(labels, note)
