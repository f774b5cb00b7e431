"""The tables of scales and items: reliability, dimensions, means and answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.present.tables.design import design_note, is_designed
from thongthin.present.tables.levels import banded_means, bands_note
from thongthin.present.tables.parts import (
    MOST_COLUMNS,
    NBSP,
    Column,
    Record,
    band,
    degrees,
    label_and_numbers,
    limits,
    mean_sd,
    measured,
    measured_limits,
    number,
    of_n,
    order,
    percent,
    pipe_table,
    scale_column,
    table,
    table_note,
    with_room,
)
from thongthin.survey.scales import on_points

# Items with more points than these do not fit the page with a column for each.
MOST_POINTS = 11
# Columns and headers that these tables share.
SCALE, ITEM = ("Scale", "ตัวแปร"), ("Item", "ข้อคำถาม")
MEAN, SD, MEDIAN = ("Mean", "ค่าเฉลี่ย"), ("SD", "S.D."), ("Median", "มัธยฐาน")
LEVEL = Column(("Level", "การแปลผล"), 13, "band", "level")
# What rests on the effective number of respondents in a table with intervals.
_INTERVALS = ("intervals use", "ช่วงความเชื่อมั่นใช้")


@made_from(
    "scale_reliability",
    "scale_dimensionality",
    also=("sample_design",),
    th="แอลฟาของครอนบาคและโอเมกาของแมคโดนัลด์ของแต่ละตัวแปร พร้อมช่วงความเชื่อมั่น",
)
def scale_reliability(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Cronbach's alpha and McDonald's omega of each scale, with intervals."""
    choices = analysis["scales"]
    frame = order(tables["scale_reliability"], construct=labels.constructs, wave=WAVES)
    level = _level(choices)
    columns = [
        scale_column(32, labels),
        Column(("Items", "จำนวนข้อ"), 9, "items", "count"),
        Column("*n*", 8, "n", "count"),
        Column("α", 8, "alpha", "coefficient"),
        Column(level, 14, lambda row: limits(row["alpha_low"], row["alpha_high"], "coefficient", labels)),
        Column("ω", 8, "omega", "coefficient"),
        Column(level, 14, lambda row: limits(row["omega_low"], row["omega_high"], "coefficient", labels)),
        Column(("Mean *r*", "*r* เฉลี่ย"), 7, "mean_r", "coefficient"),
    ]
    note = labels.say(
        "*n*: respondents who answered all items of the scale; α: Cronbach’s alpha; ω: McDonald’s omega; mean *r*:"
        " of the correlations between items; CI: confidence interval.",
        "*n* คือผู้ตอบที่ตอบครบทุกข้อของตัวแปรนั้น α คือแอลฟาของครอนบาค ω คือโอเมกาของแมกโดนัลด์ *r* เฉลี่ย คือค่าเฉลี่ยของสหสัมพันธ์ระหว่างข้อ"
        " CI คือช่วงความเชื่อมั่น",
    )
    note += _how_intervals(choices, labels)
    if frame["alpha"].isna().any():
        note += labels.say(
            " Without α: one item, fewer than two respondents, or a sum that does not vary.",
            " ตัวแปรที่ไม่มีค่า α มีข้อเดียว มีผู้ตอบไม่ถึงสองคน หรือคะแนนรวมเท่ากันทุกคน",
        )
    if frame["omega"].isna().any():
        note += labels.say(
            " Without ω: fewer than three items, or no proper solution with one factor.",
            " ตัวแปรที่ไม่มีค่า ω มีไม่ถึงสามข้อ หรือไม่มีคำตอบที่ใช้ได้เมื่อมีองค์ประกอบเดียว",
        )
    note += _dimensions_note(tables["scale_dimensionality"], labels) + _weights_note(frame, labels, _INTERVALS)
    return table(columns, frame, labels) + table_note(labels, note)


def _how_intervals(choices: Mapping[str, Any], labels: Labels) -> str:
    """Where the intervals of the coefficients come from."""
    draws = number(choices["replicates"], "count", labels)
    drawn = labels.say(f"a bootstrap of {draws} draws", f"บูตสแตรป {draws} ครั้ง")
    of_alpha = labels.say("Feldt’s distribution", "การแจกแจงของเฟลต์") if choices["alpha_interval"] == "feldt" else drawn
    if choices["replicates"]:
        return labels.say(f" CI of α: {of_alpha}; of ω: {drawn}.", f" CI ของ α จาก{of_alpha} ของ ω จาก{drawn}")
    if choices["alpha_interval"] == "feldt":
        return labels.say(f" CI of α: {of_alpha}.", f" CI ของ α จาก{of_alpha}")
    return ""


def _dimensions_note(dimensions: pd.DataFrame, labels: Labels) -> str:
    """A warning where a scale is not of one dimension."""
    frame = order(dimensions, construct=labels.constructs, wave=WAVES)
    note = ""
    for found, en, th in (
        ("several", "More than one dimension by parallel analysis", "การวิเคราะห์คู่ขนานพบมากกว่าหนึ่งมิติ"),
        ("none", "No dimension by parallel analysis", "การวิเคราะห์คู่ขนานไม่พบมิติ"),
    ):
        own = frame[frame["dimensions"] == found]
        if len(own):
            names = ", ".join(escape_markdown(labels.scale(row["construct"], row["wave"])) for row in records(own))
            note += labels.say(
                f" **{en}:** {names}; a score of its items has no single meaning.",
                f" **{th}:** {names} คะแนนรวมของข้อเหล่านี้จึงไม่มีความหมายเดียว",
            )
    return note


@made_from("scale_dimensionality", also=("sample_design",), th="การวิเคราะห์คู่ขนานของแต่ละตัวแปร และของทุกข้อในช่วงเวลาเดียวกัน")
def scale_dimensionality(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Parallel analysis of each scale, and of all items of a wave together."""
    choices = analysis["scales"]
    frame = order(tables["scale_dimensionality"], construct=[*labels.constructs, ALL], wave=WAVES)

    def name(row: Record) -> str:
        text = escape_markdown(labels.scale(row["construct"], row["wave"]))
        return f"**{text}**" if row["construct"] == ALL else text

    def sphericity(row: Record) -> str:
        statistic = number(row["chi_square"], "statistic", labels)
        return statistic if statistic == UNDEFINED else f"{statistic}{NBSP}({degrees(row['df'], labels)})"

    def found(column: str) -> Callable[[Record], str]:
        return lambda row: UNDEFINED if row["dimensions"] == "unknown" else number(row[column], "count", labels)

    columns = [
        Column(SCALE, 30, name),
        Column(("Items", "จำนวนข้อ"), 9, "items", "count"),
        Column("*n*", 8, "n", "count"),
        Column("KMO", 8, "kmo", "coefficient"),
        Column("χ^2^ (*df*)", 17, sphericity),
        Column("*p*", 9, "p", "p"),
        Column(("First (%)", "ลำดับแรก (ร้อยละ)"), 9, "first_share", "percent"),
        Column(("Components", "องค์ประกอบ"), 11, found("components")),
        Column(("Factors", "องค์ประกอบร่วม"), 10, found("factors")),
    ]
    sets = number(choices["random_sets"], "count", labels)
    percentile = f"{100 * choices['percentile']:g}"
    note = labels.say(
        "*n*: respondents who answered all of the items; KMO: Kaiser–Meyer–Olkin measure; χ^2^: Bartlett’s test of"
        " sphericity; First: share of the variance that the first component explains. Components: those with a larger"
        f" eigenvalue than the {percentile}th percentile of {sets} random data sets; Factors: the same with common"
        " factors, which counts minor ones as well where respondents are many. A scale is of one dimension if it has"
        " one component; fewer than three items cannot show it.",
        "*n* คือผู้ตอบที่ตอบครบทุกข้อ KMO คือค่าไกเซอร์-ไมเยอร์-ออลคิน χ^2^ คือการทดสอบสเฟียริซิตีของบาร์ตเลตต์"
        " ลำดับแรก คือร้อยละของความแปรปรวนที่องค์ประกอบแรกอธิบายได้ องค์ประกอบ คือจำนวนที่มีค่าไอเกนสูงกว่า"
        f"เปอร์เซ็นไทล์ที่ {percentile} ของข้อมูลสุ่ม {sets} ชุด องค์ประกอบร่วม คือจำนวนแบบเดียวกันขององค์ประกอบร่วม ซึ่งนับ"
        "องค์ประกอบย่อยด้วยเมื่อผู้ตอบมีจำนวนมาก ตัวแปรมีมิติเดียวเมื่อมีองค์ประกอบเดียว ตัวแปรที่มีไม่ถึงสามข้อบอกไม่ได้",
    )
    bartlett = ("Bartlett’s test uses", "การทดสอบของบาร์ตเลตต์ใช้")
    note += _dimensions_note(frame, labels) + _weights_note(frame, labels, bartlett)
    return table(columns, frame, labels) + table_note(labels, note)


@made_from(
    "scale_statistics",
    also=("sample_design",),
    th="แต่ละตัวแปรจากผู้ตอบทุกคน: ค่าเฉลี่ยพร้อมช่วงความเชื่อมั่น การกระจาย ควอร์ไทล์ และการแปลผล",
)
def scale_summary(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Each scale over all respondents: mean with interval, spread, quartiles, and how the mean is read."""
    frame = tables["scale_statistics"]
    frame = order(frame[(frame["site_id"] == ALL) & (frame["n"] > 0)], construct=labels.constructs, wave=WAVES)
    columns = [
        scale_column(33, labels),
        Column("*n*", 7, "n", "count"),
        Column(MEAN, 9, "mean", "measured"),
        Column(_level(analysis["scales"]), 15, lambda row: measured_limits(row, labels)),
        Column(SD, 8, "sd", "measured"),
        Column(MEDIAN, 10, "median", "measured"),
        Column("Q1–Q3", 14, lambda row: f"{measured(row['q1'], labels)}–{measured(row['q3'], labels)}"),
    ]
    if frame["band"].notna().any():
        columns.append(LEVEL)
    means = banded_means(frame, lambda row: escape_markdown(labels.scale(row["construct"], row["wave"])))
    note = labels.say(
        "All respondents. CI: confidence interval of the mean; SD: standard deviation; Q1–Q3: first to third quartile.",
        "ผู้ตอบทั้งหมด CI คือช่วงความเชื่อมั่นของค่าเฉลี่ย S.D. คือส่วนเบี่ยงเบนมาตรฐาน Q1–Q3 คือควอร์ไทล์ที่หนึ่งและสาม",
    )
    note += bands_note(labels, means) + _sureness(tables, frame, labels)
    return table(columns, frame, labels) + table_note(labels, note)


@made_from("scale_statistics", "sites", th="ค่าเฉลี่ยและส่วนเบี่ยงเบนมาตรฐานของแต่ละตัวแปรรายพื้นที่ และการแปลผลค่าเฉลี่ยรวม")
def scale_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean and standard deviation of each scale by site, and how the mean of all is read."""
    return _means(tables["scale_statistics"], "site_id", labels.heads_of_sites, labels.say("Site", "พื้นที่"), labels)


@made_from("group_statistics", th="ค่าเฉลี่ยและส่วนเบี่ยงเบนมาตรฐานของแต่ละตัวแปร ตามกลุ่มของผู้ตอบ")
def group_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean and standard deviation of each scale by group of respondents."""
    return _means(tables["group_statistics"], "group", labels.groups, labels.say("Group", "กลุ่ม"), labels)


def _means(frame: pd.DataFrame, unit: str, names: Mapping[str, str], heading: str, labels: Labels) -> str:
    """Mean (SD) of each scale in each site or group; turned round where there are many."""
    present = set(frame.loc[frame["n"] > 0, unit])
    frame = order(frame, construct=labels.constructs, wave=WAVES, **{unit: [u for u in names if u in present]})
    overall = frame[frame[unit] == ALL]
    banded = bool(overall["band"].notna().any())
    cells = {(row["construct"], row["wave"], row[unit]): mean_sd(row, labels) for row in records(frame)}
    n = {own: of_n(rows["n"], labels) for own, rows in frame.groupby(unit)}
    columns = {own: f"{escape_markdown(names[own])} {n[own]}" for own in names if own in n}
    scale_names = {(c, w): escape_markdown(labels.scale(c, w)) for c, w, _ in cells}
    bands = {(row["construct"], row["wave"]): band(row["band"], labels) for row in records(overall)}
    level = labels.say("Level (all)", "การแปลผล (รวม)")
    remark = ""
    if len(columns) > MOST_COLUMNS:
        scale_names, remark = with_room(scale_names, labels)
        header = [heading, *scale_names.values()]
        rows = [[name, *(cells[(*scale, own)] for scale in scale_names)] for own, name in columns.items()]
        if banded:
            rows.append([level, *(bands[scale] for scale in scale_names)])
        widths = label_and_numbers(len(scale_names), 14)
    else:
        header = [labels.say("Scale", "ตัวแปร"), *columns.values()]
        rows = [[name, *(cells[(*scale, own)] for own in columns)] for scale, name in scale_names.items()]
        widths = label_and_numbers(len(columns), 16, rest=12 if banded else 0)
        if banded:
            header.append(level)
            rows = [[*row, bands[scale]] for row, scale in zip(rows, scale_names, strict=True)]
            widths.append(12)
    note = labels.say("Mean (standard deviation).", "ค่าเฉลี่ย (ส่วนเบี่ยงเบนมาตรฐาน)") + remark
    overall = overall[[scale in scale_names for scale in zip(overall["construct"], overall["wave"], strict=True)]]
    means = banded_means(overall, lambda row: scale_names[row["construct"], row["wave"]])
    note += bands_note(labels, means) + _weights_note(frame, labels)
    return pipe_table(header, rows, widths) + table_note(labels, note)


@made_from(
    "item_statistics", "item_rest", "items", th="ค่าเฉลี่ย การกระจาย การแปลผล และสหสัมพันธ์กับข้ออื่นของแต่ละข้อ เรียงใต้ตัวแปรของข้อนั้น"
)
def item_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean, spread, interpretation and item-rest correlation of each item, under its construct."""
    rest = tables["item_rest"].set_index("item_id")["item_rest_r"].to_dict()
    frame = tables["item_statistics"]
    frame = frame[(frame["site_id"] == ALL) & (frame["n"] > 0)]
    rows, called, turned = _under_constructs(frame, tables["items"], labels)
    columns = [
        Column(ITEM, 41, lambda row: called[row["item_id"]]),
        Column("*n*", 8, "n", "count"),
        Column(MEAN, 9, "mean", "measured"),
        Column(SD, 8, "sd", "measured"),
        Column(MEDIAN, 10, "median", "measured"),
        Column(
            ("Item–rest *r*", "*r* กับข้ออื่น"),
            11,
            lambda row: number(rest.get(row["item_id"]), "coefficient", labels),
        ),
    ]
    if frame["band"].notna().any():
        columns.append(LEVEL)
    note = labels.say(
        "Answers of all sites. SD: standard deviation; item–rest *r*: correlation with the other items of the scale.",
        "คำตอบจากทุกพื้นที่ S.D. คือส่วนเบี่ยงเบนมาตรฐาน *r* กับข้ออื่น คือสหสัมพันธ์กับผลรวมของข้ออื่นในตัวแปรเดียวกัน",
    )
    if turned:
        note += labels.say(
            " (R): negative item; statistics as answered, *r* after reversing.",
            " (R) คือข้อคำถามเชิงลบ ค่าสถิติคิดตามคำตอบเดิม ส่วน *r* คิดหลังกลับคะแนน",
        )
    waves = dict(zip(tables["items"]["item_id"], tables["items"]["wave"], strict=True))
    means = banded_means(frame, lambda row: f"“{escape_markdown(labels.item(row['item_id'], waves[row['item_id']]))}”")
    note += bands_note(labels, means) + _weights_note(frame, labels)
    return table(columns, rows, labels) + table_note(labels, note)


@made_from(
    "item_answers",
    "item_statistics",
    "items",
    also=("sample_design",),
    th="ความถี่ของแต่ละคำตอบในแต่ละข้อ และสัดส่วนของสองคำตอบสูงสุดพร้อมช่วงความเชื่อมั่น",
)
def item_answers(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How often each answer was given to each item, and the share of the two highest with its interval."""
    items = tables["items"]
    pointed = on_points(items)
    points = dict(zip(pointed["item_id"], pointed["maximum"] - pointed["minimum"] + 1, strict=True))
    frame = tables["item_statistics"]
    frame = frame[(frame["site_id"] == ALL) & (frame["n"] > 0) & frame["item_id"].isin(list(points))]
    few = frame["item_id"].map(points).astype(float) <= MOST_POINTS
    left_out, frame = int((~few).sum()), frame[few]
    answers = tables["item_answers"]
    answers = answers[answers["item_id"].isin(set(frame["item_id"]))]
    shares = {(row["item_id"], row["value"]): row["share"] for row in records(answers)}
    values = sorted(set(answers["value"]))

    def answer(value: int) -> Column:
        def share(row: Record) -> str:
            own = shares.get((row["item_id"], value))
            return "" if own is None else percent(own)

        return Column(str(value), 7, share)

    def top_two(row: Record) -> str:
        ends = [percent(row[column]) for column in ("top_two_low", "top_two_high")]
        return UNDEFINED if UNDEFINED in ends else f"\\[{ends[0]},{NBSP}{ends[1]}\\]"

    rows, called, turned = _under_constructs(frame, items, labels)
    columns = [
        Column(ITEM, 36, lambda row: called[row["item_id"]]),
        Column("*n*", 7, "n", "count"),
        *map(answer, values),
        Column(("Top two", "สองค่าสูงสุด"), 9, "top_two", "percent"),
        Column(_level(analysis["scales"]), 15, top_two),
    ]
    note = labels.say(
        "Percent of those who answered the item, all sites; smaller numbers are lower answers. Top two: the two highest"
        " answers together (scales of four points or more), with its interval.",
        "ร้อยละของผู้ที่ตอบข้อนั้นจากทุกพื้นที่ เลขน้อยคือคำตอบระดับต่ำ สองค่าสูงสุด คือร้อยละของสองคำตอบที่สูงที่สุด"
        " (มาตรวัดตั้งแต่สี่ระดับ) พร้อมช่วงความเชื่อมั่น",
    )
    if not is_designed(tables):
        note += labels.say(" Intervals: Wilson’s.", " ช่วงความเชื่อมั่นใช้วิธีของวิลสัน")
    if turned:
        note += labels.say(" (R): negative item, as answered.", " (R) คือข้อคำถามเชิงลบ แสดงตามคำตอบเดิม")
    if left_out:
        note += labels.say(
            f" Items of more than {MOST_POINTS} points are not shown: {left_out}.",
            f" ไม่แสดงข้อคำถามที่มีมากกว่า {MOST_POINTS} ระดับ: {left_out} ข้อ",
        )
    return table(columns, rows, labels) + table_note(labels, note + _sureness(tables, frame, labels))


def _under_constructs(
    frame: pd.DataFrame, items: pd.DataFrame, labels: Labels
) -> tuple[list[Record | str], dict[str, str], bool]:
    """Rows of items under the names of their constructs, what each item is called, and whether any is reversed.

    Args:
        frame: one row an item.
    """
    about = items.set_index("item_id")
    frame = order(frame, item_id=labels.items)
    called, turned = {}, False
    for item in frame["item_id"]:
        called[item] = escape_markdown(labels.item(item, about["wave"][item]))
        if about["reversed"][item]:
            turned, called[item] = True, f"{called[item]}{NBSP}(R)"
    rows: list[Record | str] = []
    for construct, label in (*labels.constructs.items(), ("", labels.say("Other items", "ข้ออื่น"))):
        own = frame[frame["item_id"].map(about["construct"]) == construct]
        rows += [escape_markdown(label)] if len(own) else []
        rows += records(own)
    return rows, called, turned


def _level(choices: Mapping[str, Any]) -> str:
    return f"{100 * choices['confidence']:g}% CI"


def _sureness(tables: Tables, frame: pd.DataFrame, labels: Labels) -> str:
    """What the intervals of means and shares rest on: the design of the sample, or the weights, where there are any."""
    if is_designed(tables):
        return _weights_note(frame, labels) + design_note(tables, frame, labels)
    return _weights_note(frame, labels, _INTERVALS)


def _weights_note(frame: pd.DataFrame, labels: Labels, using: tuple[str, str] | None = None) -> str:
    """That answers have weights, where the effective number is not that of respondents.

    Args:
        using: what of the table rests on the effective number, with its verb, in English and in Thai.
    """
    own = frame[frame["n"] > 0]
    worth = own["n_effective"] / own["n"]
    if not len(worth) or worth.min() > 1 - 1e-6:
        return ""
    note = labels.say(" Answers are weighted; *n* counts respondents", " คำตอบถ่วงน้ำหนักแล้ว *n* คือจำนวนผู้ตอบ")
    if not using:
        return note + labels.say(".", "")
    shares = "–".join(dict.fromkeys(percent(share) for share in (worth.min(), worth.max())))
    return note + labels.say(
        f", and {using[0]} the effective *n*, which is {shares}% of it.",
        f" {using[1]} *n* ประสิทธิผล ซึ่งเท่ากับร้อยละ {shares} ของ *n*",
    )
