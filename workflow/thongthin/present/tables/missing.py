"""The tables of missing answers: how many there are, and whether they matter for the model."""

from __future__ import annotations

from typing import Any

import pandas as pd

from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import Labels, Tables
from thongthin.present.tables.outcome import term_name, why_undefined
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    Column,
    Record,
    degrees,
    equation,
    matrix,
    number,
    percent,
    table,
    table_note,
    unweighted_models,
    with_limits,
)


@made_from("missing_items", "missing_data", "items", th="คำตอบที่ขาดหายของแต่ละข้อเป็นร้อยละ รายพื้นที่และรวมทุกพื้นที่")
def missing_items(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many answers to each item are missing, in percent, by site and over all."""
    waves = dict(zip(tables["items"]["item_id"], tables["items"]["wave"], strict=True))
    frame = tables["missing_items"]
    names = {ALL: labels.all_sites, **labels.heads_of_sites}
    present = set(frame.loc[frame["n"] > 0, "site_id"])
    sites = [site for site in names if site in present]
    if len(sites) > MOST_COLUMNS:
        sites = [ALL]
    cells = {(row["item_id"], row["site_id"]): row for row in records(frame)}
    shown = [item for item in labels.items if (item, ALL) in cells and cells[item, ALL]["missing"] > 0]
    rows = [
        [
            escape_markdown(labels.item(item, waves[item])),
            number(cells[item, ALL]["missing"], "count", labels),
            *(percent(cells[item, site]["share"]) for site in sites),
        ]
        for item in shown
    ]
    if not rows:
        return labels.say("Every respondent answered every item.\n", "ผู้ตอบทุกคนตอบครบทุกข้อ\n")
    shares = {site: f"{escape_markdown(names[site])} {labels.say('(%)', '(ร้อยละ)')}" for site in sites}
    whole = len({item for item, _ in cells}) - len(shown)
    note = labels.say(
        f"Respondents without an answer on the scale. Items answered by everybody: {whole} (not shown).",
        f"ผู้ตอบที่ไม่มีคำตอบตามมาตรวัด ข้อที่ทุกคนตอบ {whole} ข้อ (ไม่แสดง)",
    )
    over_all = {row["of"]: row for row in records(tables["missing_data"])}
    if (row := over_all.get("items")) and not pd.isna(row["p"]):
        complete, respondents = (number(row[name], "count", labels) for name in ("complete", "n"))
        test = (
            f"χ^2^({degrees(row['df'], labels)}){NBSP}={NBSP}{number(row['statistic'], 'statistic', labels)},"
            f" {equation('*p*', number(row['p'], 'p', labels))}"
        )
        note += labels.say(
            f" Little’s test that answers are missing completely at random: {test} ({row['patterns']} patterns,"
            f" {complete} of {respondents} respondents complete).",
            f" การทดสอบของลิตเติลว่าข้อมูลขาดหายแบบสุ่มโดยสมบูรณ์: {test} ({row['patterns']} รูปแบบ"
            f" ข้อมูลครบ {complete} จาก {respondents} คน)",
        )
    counts = {"missing": labels.say("Missing", "ไม่มีคำตอบ"), **shares}
    return matrix(labels.say("Item", "ข้อคำถาม"), counts, rows, 14) + table_note(labels, note)


@made_from(
    "imputation_comparison",
    also=("sample_size", "sample_design"),
    th="ตัวแบบเชิงเส้นของผู้ตอบที่ข้อมูลครบ เทียบกับตัวแบบที่ใช้การแทนค่าพหุ",
)
def imputation_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The linear model of complete respondents beside that of multiply imputed answers."""
    frame = tables["imputation_comparison"]
    level = f"{100 * analysis['model']['confidence']:g}% CI"

    def estimate(heading: tuple[str, str], end: str) -> list[Column]:
        """The coefficient of one model with its interval, and its p."""

        def cell(row: Record) -> str:
            estimate, low, high = (row[f"{name}{end}"] for name in ("estimate", "low", "high"))
            return with_limits(estimate, low, high, "decimal", labels)

        en, th = (f"{name}: *b* \\[{level}\\]" for name in heading)
        return [Column((en, th), 22, cell), Column("*p*", 8, f"p{end}", "p")]

    columns = [
        Column(("Predictor", "ตัวแปรทำนาย"), 25, lambda row: escape_markdown(term_name(row["term"], labels))),
        *estimate(("Complete", "ข้อมูลครบ"), "_complete"),
        *estimate(("Imputed", "แทนค่า"), ""),
        Column("FMI", 7, "fmi", "coefficient"),
        Column(("Change", "ผลต่าง"), 8, "change", "coefficient"),
    ]
    first = frame.iloc[0]
    numbers = {name: number(first[name], "count", labels) for name in ("n_complete", "n", "imputations")}
    note = labels.say(
        f"Complete: {numbers['n_complete']} respondents with all scores; imputed: {numbers['n']} respondents,"
        f" {numbers['imputations']} imputations of items by chained equations with predictive mean matching, pooled by"
        " Rubin’s rules. FMI: fraction of missing information; change: in standard errors of the complete model.",
        f"ข้อมูลครบ: ผู้ตอบที่มีคะแนนครบ {numbers['n_complete']} คน แทนค่า: ผู้ตอบ {numbers['n']} คน แทนค่ารายข้อ"
        f" {numbers['imputations']} ชุดด้วยสมการลูกโซ่และการจับคู่ค่าพยากรณ์ รวมผลด้วยกฎของรูบิน FMI คือสัดส่วนสารสนเทศที่ขาดหาย"
        " ผลต่างคิดเป็นจำนวนเท่าของค่าคลาดเคลื่อนมาตรฐานของตัวแบบข้อมูลครบ",
    )
    note += _turned(frame, analysis["comparison"]["significance"], labels)
    note += _why_no_comparison(frame, labels)
    note += unweighted_models(tables, labels)
    return table(columns, frame, labels) + table_note(labels, note)


def _turned(frame: pd.DataFrame, level: float, labels: Labels) -> str:
    """Which coefficients are significant in one of the two models only, of those that both have tested."""
    both = frame[frame["p"].notna() & frame["p_complete"].notna()]
    if both.empty:
        return ""
    turned = both.loc[(both["p"] < level) != (both["p_complete"] < level), "term"]
    if turned.empty:
        return labels.say(" The same coefficients are significant in both.", " สัมประสิทธิ์ที่มีนัยสำคัญเป็นชุดเดียวกันทั้งสองตัวแบบ")
    which = ", ".join(escape_markdown(term_name(term, labels)) for term in turned)
    return labels.say(
        f" Missing answers matter for what is significant: {which}.", f" ข้อมูลที่ขาดหายมีผลต่อนัยสำคัญของ: {which}"
    )


def _why_no_comparison(frame: pd.DataFrame, labels: Labels) -> str:
    """Why one of the two models has no numbers, or no tests."""
    note = ""
    for column, en, th in (("reason_complete", "Complete", "ข้อมูลครบ"), ("reason", "Imputed", "แทนค่า")):
        for reason in dict.fromkeys(frame.loc[frame[column] != "", column]):
            why = why_undefined({"reason": reason, "concerned": ""}, labels)
            note += labels.say(f" {en}: undefined, since {why}.", f" {th}: หาค่าไม่ได้เพราะ{why}")
    return note
