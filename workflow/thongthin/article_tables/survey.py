"""The tables of the survey: reliability, items, scales, comparison of sites, change, regression."""

from __future__ import annotations

from typing import Any

from thongthin.article_tables.parts import (
    MOST_COLUMNS,
    NBSP,
    band,
    equation,
    label_and_numbers,
    mean_sd,
    number,
    of_n,
    order,
    pipe_table,
    table_note,
)
from thongthin.language import UNDEFINED
from thongthin.markdown import escape_markdown
from thongthin.presentation import WAVES, Labels, Tables
from thongthin.tables import ALL


def scale_reliability(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Number of items, respondents and Cronbach's alpha of each scale."""
    frame = order(tables["scale_reliability"], construct=labels.constructs, wave=WAVES)
    rows = [
        [
            escape_markdown(labels.scale(row["construct"], row["wave"])),
            *(number(row[column], "count", labels) for column in ("items", "n")),
            number(row["alpha"], "coefficient", labels),
        ]
        for row in frame.to_dict("records")
    ]
    header = [
        labels.say("Scale", "ตัวแปร"),
        labels.say("Items", "จำนวนข้อ"),
        "*n*",
        labels.say("Cronbach’s α", "α ของครอนบาค"),
    ]
    note = labels.say("*n*: respondents who answered all items of the scale.", "*n* คือผู้ตอบที่ตอบครบทุกข้อของตัวแปรนั้น")
    if frame["alpha"].isna().any():
        note += labels.say(" A scale of one item has no α.", " ตัวแปรที่มีข้อเดียวไม่มีค่า α")
    return pipe_table(header, rows, [46, 16, 16, 22]) + table_note(labels, note)


def scale_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean and standard deviation of each scale by site, and how the mean of all is read."""
    names = {**labels.sites, ALL: labels.all_sites}
    frame = tables["scale_statistics"]
    present = set(frame.loc[frame["n"] > 0, "site_id"])
    frame = order(frame, construct=labels.constructs, wave=WAVES, site_id=[s for s in names if s in present])
    banded = bool(frame["band"].notna().any())
    records = frame.to_dict("records")
    cells = {(row["construct"], row["wave"], row["site_id"]): mean_sd(row, labels) for row in records}
    n = {site: of_n(own["n"], labels) for site, own in frame.groupby("site_id")}
    columns = {site: f"{escape_markdown(names[site])} {n[site]}" for site in names if site in n}
    scale_names = {(c, w): escape_markdown(labels.scale(c, w)) for c, w, _ in cells}
    bands = {(row["construct"], row["wave"]): band(row["band"], labels) for row in records if row["site_id"] == ALL}
    level = labels.say("Level (all)", "การแปลผล (รวม)")
    if len(columns) > MOST_COLUMNS:
        header = [labels.say("Site", "พื้นที่"), *scale_names.values()]
        rows = [[name, *(cells[(*scale, site)] for scale in scale_names)] for site, name in columns.items()]
        if banded:
            rows.append([level, *(bands[scale] for scale in scale_names)])
        widths = label_and_numbers(len(scale_names), 14)
    else:
        header = [labels.say("Scale", "ตัวแปร"), *columns.values()]
        rows = [[name, *(cells[(*scale, site)] for site in columns)] for scale, name in scale_names.items()]
        widths = label_and_numbers(len(columns), 16, rest=12 if banded else 0)
        if banded:
            header.append(level)
            rows = [[*row, bands[scale]] for row, scale in zip(rows, scale_names, strict=True)]
            widths.append(12)
    note = labels.say("Mean (standard deviation).", "ค่าเฉลี่ย (ส่วนเบี่ยงเบนมาตรฐาน)")
    return pipe_table(header, rows, widths) + table_note(labels, note + _bands_note(labels, banded))


def _bands_note(labels: Labels, banded: bool) -> str:
    """How means are read: above which value each band lies (two decimals, as printed)."""
    if not banded:
        return ""
    limits = [
        f"{escape_markdown(label)}{NBSP}>{NBSP}{number(above, 'decimal', labels)}"
        for label, above in zip(labels.bands, labels.band_limits, strict=True)
    ]
    said = ", ".join([*limits[:-1], escape_markdown(labels.bands[-1])])
    return labels.say(f" Levels: {said} (below these).", f" การแปลผล: {said} (ต่ำกว่านั้น)")


def item_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean, spread, interpretation and item-rest correlation of each item, under its construct."""
    items = tables["items"].set_index("item_id")
    rest = tables["item_rest"].set_index("item_id")["item_rest_r"].to_dict()
    frame = tables["item_statistics"]
    frame = order(frame[(frame["site_id"] == ALL) & (frame["n"] > 0)], item_id=labels.items)
    groups = [*((id_, label) for id_, label in labels.constructs.items()), ("", labels.say("Other items", "ข้ออื่น"))]
    banded = bool(frame["band"].notna().any())
    rows: list[list[str]] = []
    turned = False
    width = 6 if banded else 5
    for construct, label in groups:
        own = frame[frame["item_id"].map(items["construct"]) == construct]
        if len(own):
            rows.append([f"**{escape_markdown(label)}**", *[""] * width])
        for row in own.to_dict("records"):
            item = items.loc[row["item_id"]]
            text = escape_markdown(labels.item(row["item_id"], item["wave"]))
            if item["reversed"]:
                turned, text = True, f"{text}{NBSP}(R)"
            cells = [text, number(row["n"], "count", labels)]
            cells += [number(row[column], "decimal", labels) for column in ("mean", "sd", "median")]
            cells.append(number(rest.get(row["item_id"]), "coefficient", labels))
            rows.append([*cells, band(row["band"], labels)] if banded else cells)
    header = [
        labels.say("Item", "ข้อคำถาม"),
        "*n*",
        labels.say("Mean", "ค่าเฉลี่ย"),
        labels.say("SD", "S.D."),
        labels.say("Median", "มัธยฐาน"),
        labels.say("Item–rest *r*", "*r* กับข้ออื่น"),
    ]
    widths = [41, 8, 9, 8, 10, 11]
    if banded:
        header.append(labels.say("Level", "การแปลผล"))
        widths.append(13)
    note = labels.say(
        "Answers of all sites. SD: standard deviation; item–rest *r*: correlation with the other items of the scale.",
        "คำตอบจากทุกพื้นที่ S.D. คือส่วนเบี่ยงเบนมาตรฐาน *r* กับข้ออื่น คือสหสัมพันธ์กับผลรวมของข้ออื่นในตัวแปรเดียวกัน",
    )
    if turned:
        note += labels.say(
            " (R): negative item; statistics as answered, *r* after reversing.",
            " (R) คือข้อคำถามเชิงลบ ค่าสถิติคิดตามคำตอบเดิม ส่วน *r* คิดหลังกลับคะแนน",
        )
    return pipe_table(header, rows, widths) + table_note(labels, note + _bands_note(labels, banded))


def site_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Kruskal-Wallis test of each scale, and the pairs of sites that differ."""
    level = analysis["comparison"]["significance"]
    frame = order(tables["site_comparison"], construct=labels.constructs, wave=WAVES)
    pairs = tables["site_comparison_pairs"]
    taking_part = {*pairs.loc[pairs["n_a"] > 1, "site_a"], *pairs.loc[pairs["n_b"] > 1, "site_b"]}
    numbers = {site: i for i, site in enumerate((s for s in labels.sites if s in taking_part), start=1)}
    pairs = pairs[pairs["p_corrected"] < level]
    rows = []
    for row in frame.to_dict("records"):
        own = pairs[(pairs["construct"] == row["construct"]) & (pairs["wave"] == row["wave"])]
        found = [
            tuple(numbers[p[site]] for site in (("site_a", "site_b") if p["r"] > 0 else ("site_b", "site_a")))
            for p in own.to_dict("records")
        ]
        rows.append(
            [
                escape_markdown(labels.scale(row["construct"], row["wave"])),
                number(row["n"], "count", labels),
                number(row["h"], "statistic", labels),
                number(row["df"], "count", labels),
                number(row["p"], "p", labels),
                number(row["epsilon_squared"], "coefficient", labels),
                ", ".join(f"{high}{NBSP}\\>{NBSP}{low}" for high, low in sorted(found)) or UNDEFINED,
            ]
        )
    header = [labels.say("Scale", "ตัวแปร"), "*n*", "*H*", "*df*", "*p*", "ε^2^"]
    header.append(labels.say("Sites that differ", "พื้นที่ที่แตกต่างกัน"))
    sites = "; ".join(f"{number}{NBSP}={NBSP}{escape_markdown(labels.sites[site])}" for site, number in numbers.items())
    below = number(level, "p", labels).rstrip("0")
    note = labels.say(
        "Kruskal–Wallis tests; ε^2^: effect size. Sites that differ: pairwise Mann–Whitney tests,"
        f" *p*{NBSP}<{NBSP}{below} after Holm’s correction; “\\>” says which is higher. Sites: {sites}.",
        f"การทดสอบครัสคัล-วัลลิส ε^2^ คือขนาดอิทธิพล พื้นที่ที่แตกต่างกันได้จากการทดสอบแมนน์-วิทนีย์รายคู่"
        f" *p*{NBSP}<{NBSP}{below} หลังปรับด้วยวิธีของโฮล์ม เครื่องหมาย \\> บอกว่าพื้นที่ใดสูงกว่า พื้นที่: {sites}",
    )
    return pipe_table(header, rows, [35, 8, 10, 7, 10, 8, 22]) + table_note(labels, note)


def before_after(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by site and over all."""
    names = {**labels.sites, ALL: labels.all_sites}
    frame = tables["before_after"]
    frame = order(frame[frame["n"] > 0], construct=labels.constructs, site_id=names)
    rows = []
    for construct, own in frame.groupby("construct", sort=False):
        rows.append([f"**{escape_markdown(labels.constructs[str(construct)])}**", *[""] * 7])
        for row in own.to_dict("records"):
            rows.append(
                [
                    escape_markdown(names[row["site_id"]]),
                    number(row["n"], "count", labels),
                    *(number(row[f"mean_{c}"], "decimal", labels) for c in ("before", "after", "change")),
                    number(row["z"], "statistic", labels),
                    number(row["p"], "p", labels),
                    number(row["r"], "coefficient", labels),
                ]
            )
    header = [
        labels.say("Scale and site", "ตัวแปรและพื้นที่"),
        "*n*",
        labels.say("Before", "ก่อน"),
        labels.say("After", "หลัง"),
        labels.say("Change", "ผลต่าง"),
        "*z*",
        "*p*",
        "*r*",
    ]
    note = labels.say(
        "Means before and after; Wilcoxon signed-rank tests; *r*: matched-pairs rank-biserial correlation.",
        "ค่าเฉลี่ยก่อนและหลัง การทดสอบเครื่องหมายอันดับของวิลคอกซัน *r* คือสหสัมพันธ์อันดับไบซีเรียลแบบจับคู่",
    )
    return pipe_table(header, rows, [34, 8, 10, 10, 10, 9, 10, 9]) + table_note(labels, note)


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
    return pipe_table(header, rows, [34, 10, 9, 17, 9, 11, 10]) + table_note(labels, note)
