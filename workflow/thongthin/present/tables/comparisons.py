"""The comparison of sites and of groups as tables. Notes say which test was chosen, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.basics.records import records
from thongthin.contract.units import Unit
from thongthin.present.catalogue import made_from
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.present.tables.parts import (
    NBSP,
    Column,
    Record,
    degrees,
    number,
    order,
    scale_column,
    table,
    table_note,
)
from thongthin.present.tables.testing import CORRECTED, correction_of, interval_of, level_of, unweighted
from thongthin.survey.comparisons import (
    LEAST_POINTS,
    LEAST_RESPONDENTS,
    MOST_SKEWNESS,
    MOST_VARIANCE_RATIO,
)

# With more pairs than this, the article lists those that differ and refers to the file for the others.
MOST_PAIRS = 60
# More pairs than this are counted in a cell, and not named.
MOST_IN_A_CELL = 12


@made_from(
    "site_comparison",
    "site_comparison_pairs",
    "sites",
    also=("sample_design",),
    th="แต่ละตัวแปรต่างกันระหว่างพื้นที่หรือไม่ และพื้นที่คู่ใดต่างกัน",
)
def site_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the sites differ in each scale, and the pairs of sites that do."""
    return _comparison(labels.of_sites, tables, labels, analysis)


@made_from(
    "group_comparison",
    "group_comparison_pairs",
    also=("sample_design",),
    th="แต่ละตัวแปรต่างกันระหว่างกลุ่มหรือไม่ และกลุ่มคู่ใดต่างกัน",
)
def group_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the groups differ in each scale, and the pairs of groups that do."""
    return _comparison(labels.of_groups, tables, labels, analysis)


@made_from(
    "site_comparison", "site_comparison_pairs", "sites", also=("sample_design",), th="ผลการทดสอบพื้นที่แต่ละคู่ในแต่ละตัวแปร"
)
def site_comparison_pairs(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The test of each pair of sites in each scale."""
    return _pairs(labels.of_sites, tables, labels, analysis)


@made_from("group_comparison", "group_comparison_pairs", also=("sample_design",), th="ผลการทดสอบกลุ่มแต่ละคู่ในแต่ละตัวแปร")
def group_comparison_pairs(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The test of each pair of groups in each scale."""
    return _pairs(labels.of_groups, tables, labels, analysis)


def _comparison(unit: Unit, tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    frame = order(tables[f"{unit.part}_comparison"], construct=labels.constructs, wave=WAVES)
    pairs = tables[f"{unit.part}_comparison_pairs"]
    answering = {*pairs.loc[pairs["n_a"] > 1, f"{unit.part}_a"], *pairs.loc[pairs["n_b"] > 1, f"{unit.part}_b"]}
    members = {id_: name for id_, name in labels.names(unit).items() if id_ in answering}
    if len(members) == 2:
        return _two(unit, members, frame, pairs, labels, analysis)
    numbers = {id_: place for place, id_ in enumerate(members, start=1)}
    level = analysis["comparison"]["significance"]
    mixed = frame["test"].replace("", None).nunique() > 1
    welch_only = not mixed and "welch" in set(frame["test"])
    differs = _differing(unit, frame, pairs, numbers, level, labels)

    def statistic(row: Record) -> str:
        welch = row["test"] == "welch"
        text = number(row["f" if welch else "h"], "statistic", labels)
        return f"*{'F' if welch else 'H'}*{NBSP}={NBSP}{text}" if mixed and row["test"] else text

    def effect(row: Record) -> str:
        welch = row["test"] == "welch"
        text = interval_of(row, "omega_squared" if welch else "epsilon_squared", "coefficient", labels)
        return f"{'ω' if welch else 'ε'}^2^{NBSP}={NBSP}{text}" if mixed and row["test"] else text

    def df(row: Record) -> str:
        first = degrees(row["df"], labels)
        return f"{first}, {degrees(row['df2'], labels, 'decimal')}" if row["test"] == "welch" else first

    symbols = labels.say("Statistic", "ค่าสถิติ"), labels.say("Effect", "ขนาดอิทธิพล")
    if not mixed:
        symbols = ("*F*", "ω^2^") if welch_only else ("*H*", "ε^2^")
    columns = [
        scale_column(25, labels),
        Column("*n*", 7, "n", "count"),
        Column(symbols[0], 11 if mixed else 9, statistic),
        Column("*df*", 12 if mixed or welch_only else 6, df),
        Column("*p*", 8, _p_of_test(labels)),
        Column(CORRECTED, 9, "p_corrected", "p"),
        Column(f"{symbols[1]} \\[{level_of(analysis)}{NBSP}CI\\]", 22 if mixed else 19, effect),
        Column(
            (f"{unit.en.capitalize()}s that differ", f"{unit.th}ที่แตกต่างกัน"),
            14,
            lambda row: differs[row["construct"], row["wave"]],
        ),
    ]
    legend = "; ".join(f"{place}{NBSP}={NBSP}{escape_markdown(members[id_])}" for id_, place in numbers.items())
    note = _comparison_note(unit, frame, legend, labels, analysis)
    return table(columns, frame, labels) + table_note(labels, note + unweighted(frame, labels))


def _comparison_note(unit: Unit, frame: pd.DataFrame, legend: str, labels: Labels, analysis: dict[str, Any]) -> str:
    """Which tests were made and why, what the effect sizes mean, when a pair differs, and which number is whose."""
    below = number(analysis["comparison"]["significance"], "p", labels).rstrip("0")
    effects = _effects(unit, frame, labels)
    correction = correction_of(labels, analysis)
    together = _together(set(frame["test"]), labels, analysis)
    note = _why(unit, frame, labels, ("Kruskal–Wallis tests", "การทดสอบครัสคัล-วัลลิส"),
                ("Welch’s analysis of variance", "การวิเคราะห์ความแปรปรวนของเวลช์"))  # fmt: skip
    return note + labels.say(
        f" {effects}. *p* corr.: {correction} over the scales. {unit.en.capitalize()}s that differ: tests of each pair,"
        f" *p*{NBSP}<{NBSP}{below} ({together}); “\\>” says which is higher."
        f" {unit.en.capitalize()}s: {legend}.",
        f" {effects} *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามตัวแปร {unit.th}ที่แตกต่างกันได้จากการทดสอบรายคู่"
        f" *p*{NBSP}<{NBSP}{below} ({together}) เครื่องหมาย \\> บอกว่า{unit.th}ใดสูงกว่า"
        f" {unit.th}: {legend}",
    )


def _differing(
    unit: Unit, frame: pd.DataFrame, pairs: pd.DataFrame, numbers: dict[str, int], level: float, labels: Labels
) -> dict[tuple[str, str], str]:
    """For each scale of `frame`, by construct and wave, the pairs that differ, by number, the higher one first.

    Of many pairs, how many of all differ.
    """
    said = {}
    for row in records(frame):
        p, effect = ("p_games_howell", "g") if row["test"] == "welch" else ("p_corrected", "r")
        every = pairs[(pairs["construct"] == row["construct"]) & (pairs["wave"] == row["wave"])]
        own = every[every[p] < level]
        found = [
            tuple(numbers[pair[f"{unit.part}_{side}"]] for side in ("ab" if pair[effect] > 0 else "ba"))
            for pair in records(own)
        ]
        if len(found) > MOST_IN_A_CELL:
            some, whole = (number(count, "count", labels) for count in (len(own), int(every[p].notna().sum())))
            said[row["construct"], row["wave"]] = labels.say(f"{some} of {whole} pairs", f"{some} จาก {whole} คู่")
            continue
        pairs_said = ", ".join(f"{high}{NBSP}\\>{NBSP}{low}" for high, low in sorted(found))
        said[row["construct"], row["wave"]] = pairs_said or UNDEFINED
    return said


def _two(
    unit: Unit,
    members: dict[str, str],
    frame: pd.DataFrame,
    pairs: pd.DataFrame,
    labels: Labels,
    analysis: dict[str, Any],
) -> str:
    """With two sites or groups, the one pair says all."""
    a, b = members
    own = pairs[(pairs[f"{unit.part}_a"] == a) & (pairs[f"{unit.part}_b"] == b)]
    merged = frame[["construct", "wave", "test", "p_corrected"]].merge(
        own.drop(columns=["p_corrected"]), on=["construct", "wave"]
    )
    mixed = merged["test"].replace("", None).nunique() > 1
    welch_only = not mixed and "welch" in set(merged["test"])
    statistic, second, effect = _pair_columns(mixed, welch_only, labels, analysis)
    columns = [
        scale_column(25, labels),
        *(Column(f"*n* {escape_markdown(members[id_])}", 10, n, "count") for id_, n in ((a, "n_a"), (b, "n_b"))),
        statistic,
        second,
        Column("*p*", 8, _p_of_test(labels)),
        Column(CORRECTED, 9, "p_corrected", "p"),
        effect._replace(width=20),
    ]
    note = _pair_note(unit, frame, labels)
    first = escape_markdown(members[a])
    correction = correction_of(labels, analysis)
    note += labels.say(
        f" Positive: higher in {first}. *p* corr.: {correction} over the scales.",
        f" ค่าบวกคือ{first}สูงกว่า *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามตัวแปร",
    )
    return table(columns, merged, labels) + table_note(labels, note + unweighted(frame, labels))


def _pairs(unit: Unit, tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    names = labels.names(unit)
    compared = order(tables[f"{unit.part}_comparison"], construct=labels.constructs, wave=WAVES)
    pairs = tables[f"{unit.part}_comparison_pairs"].merge(
        compared[["construct", "wave", "test"]], on=["construct", "wave"]
    )
    pairs = order(pairs, construct=labels.constructs, wave=WAVES, **{f"{unit.part}_a": names, f"{unit.part}_b": names})
    pairs = pairs[pairs["u"].notna()]
    level = analysis["comparison"]["significance"]
    chosen = pairs["p_games_howell"].where(pairs["test"] == "welch", pairs["p_corrected"])
    shown = pairs[chosen < level].head(MOST_PAIRS) if len(pairs) > MOST_PAIRS else pairs
    mixed = shown["test"].replace("", None).nunique() > 1
    welch_only = not mixed and "welch" in set(shown["test"])
    statistic, second, effect = _pair_columns(mixed, welch_only, labels, analysis)

    def p(ranks: str, welch: str) -> Callable[[Record], str]:
        return lambda row: number(row[welch if row["test"] == "welch" else ranks], "p", labels)

    columns = [
        Column(
            (f"Scale and {unit.en}s", f"ตัวแปรและ{unit.th}"),
            34,
            lambda row: " – ".join(escape_markdown(names[row[f"{unit.part}_{side}"]]) for side in "ab"),
        ),
        Column("*n*~1~", 7, "n_a", "count"),
        Column("*n*~2~", 8, "n_b", "count"),
        statistic,
        second,
        Column("*p*", 8, p("p", "p_welch")),
        Column(CORRECTED, 9, p("p_corrected", "p_games_howell")),
        effect._replace(width=19),
    ]
    rows: list[Record | str] = []
    for (construct, wave), own in shown.groupby(["construct", "wave"], sort=False):
        rows += [escape_markdown(labels.scale(str(construct), str(wave))), *records(own)]
    together = _together(set(shown["test"]), labels, analysis)
    note = _pair_note(unit, compared[compared["test"].isin(shown["test"])], labels)
    note += labels.say(
        f" Positive: higher in the first. *p* corr.: {together}.",
        f" ค่าบวกคือ{unit.th}แรกสูงกว่า *p* ปรับ คือค่าที่{together}",
    )
    if len(shown) < len(pairs):
        some, whole = (number(count, "count", labels) for count in (len(shown), len(pairs)))
        note += labels.say(
            f" {some} of {whole} pairs, of those that differ; the file has all.",
            f" แสดง {some} จาก {whole} คู่ เฉพาะคู่ที่แตกต่างกัน ผลทั้งหมดอยู่ในไฟล์",
        )
    return table(columns, rows, labels) + table_note(labels, note + unweighted(compared, labels))


def _together(tests: set[str], labels: Labels, analysis: dict[str, Any]) -> str:
    """How p of a pair allows for all pairs of the scale: by correction of rank tests, by Games and Howell's test."""
    correction = correction_of(labels, analysis)
    said = []
    if "welch" not in tests or "ranks" in tests:
        said.append(labels.say(f"{correction} within the scale", f"ปรับด้วย{correction}ภายในตัวแปร"))
    if "welch" in tests:
        said.append(labels.say("Games and Howell’s test of the means", "ได้จากการทดสอบค่าเฉลี่ยรายคู่ของเกมส์-ฮาวเวลล์"))
    return labels.say(", or ", " หรือ").join(said)


def _pair(row: Record, mixed: bool, labels: Labels) -> tuple[str, str, str]:
    """Statistic, what stands beside it, and effect size of the test that counts, with symbols where tests differ."""
    welch = row["test"] == "welch"
    statistic = number(row["t" if welch else "u"], "statistic", labels)
    second = degrees(row["df"], labels, "decimal") if welch else number(row["z"], "decimal", labels)
    effect = interval_of(row, "g" if welch else "r", "decimal" if welch else "coefficient", labels)
    if mixed and row["test"]:
        names = ("*t*", "*df*", "*g*") if welch else ("*U*", "*z*", "*r*")
        statistic, second, effect = (
            f"{name}{NBSP}={NBSP}{text}" for name, text in zip(names, (statistic, second, effect), strict=True)
        )
    return statistic, second, effect


def _pair_columns(mixed: bool, welch_only: bool, labels: Labels, analysis: dict[str, Any]) -> list[Column]:
    """The columns of the statistic of a pair, of what stands beside it, and of its effect size."""
    symbols = ("*t*", "*df*", "*g*") if welch_only else ("*U*", "*z*", "*r*")
    if mixed:
        symbols = labels.say("Statistic", "ค่าสถิติ"), "*z*, *df*", labels.say("Effect", "ขนาดอิทธิพล")

    def cell(place: int) -> Callable[[Record], str]:
        return lambda row: _pair(row, mixed, labels)[place]

    return [
        Column(symbols[0], 13, cell(0)),
        Column(symbols[1], 8, cell(1)),
        Column(f"{symbols[2]} \\[{level_of(analysis)}{NBSP}CI\\]", 20, cell(2)),
    ]


def _p_of_test(labels: Labels) -> Callable[[Record], str]:
    """A cell: p of the test that counts, not corrected."""
    return lambda row: number(row["p_welch" if row["test"] == "welch" else "p"], "p", labels)


def _pair_note(unit: Unit, frame: pd.DataFrame, labels: Labels) -> str:
    note = _why(unit, frame, labels, ("Mann–Whitney tests", "การทดสอบแมนน์-วิทนีย์"),
                ("Welch’s *t* tests", "การทดสอบทีของเวลช์"))  # fmt: skip
    if "ranks" in set(frame["test"]):
        note += labels.say(" *r*: rank-biserial correlation.", " *r* คือสหสัมพันธ์อันดับไบซีเรียล")
    if "welch" in set(frame["test"]):
        note += labels.say(
            " *g*: difference in standard deviations, corrected for bias.",
            " *g* คือผลต่างในหน่วยส่วนเบี่ยงเบนมาตรฐานที่ปรับความเอนเอียงแล้ว",
        )
    return note


def _effects(unit: Unit, frame: pd.DataFrame, labels: Labels) -> str:
    said = []
    if "welch" not in set(frame["test"]) or "ranks" in set(frame["test"]):
        said.append(
            labels.say(
                f"ε^2^: share of the variation of ranks that goes with the {unit.en}",
                f"ε^2^ คือสัดส่วนความแปรผันของอันดับที่อธิบายได้ด้วย{unit.th}",
            )
        )
    if "welch" in set(frame["test"]):
        said.append(
            labels.say(
                f"ω^2^: estimated share of the variance that goes with the {unit.en}",
                f"ω^2^ คือสัดส่วนความแปรปรวนโดยประมาณที่อธิบายได้ด้วย{unit.th}",
            )
        )
    return labels.say("; ", " ").join(said)


def _why(unit: Unit, frame: pd.DataFrame, labels: Labels, ranks: tuple[str, str], welch: tuple[str, str]) -> str:
    """Which tests were made and why, by the codes of the table; with the names of the scales where they differ."""
    ratio, points, least = (number(n, "count", labels) for n in (MOST_VARIANCE_RATIO, LEAST_POINTS, LEAST_RESPONDENTS))
    en, th = unit.en, unit.th
    spread = labels.say(
        f"although the largest variance of a {en} is more than {ratio} times the smallest",
        f"แม้ความแปรปรวนของ{th}ที่มากที่สุดเกิน {ratio} เท่าของที่น้อยที่สุด",
    )
    reasons = {
        "asked": labels.say("as the configuration asks", "ตามที่กำหนดในการตั้งค่า"),
        "no_spread": labels.say(f"since all scores of a {en} are equal", f"เพราะคะแนนของบาง{th}เท่ากันทั้งหมด"),
        "similar_spread": labels.say(
            f"since the largest variance of a {en} is at most {ratio} times the smallest",
            f"เพราะความแปรปรวนของ{th}ที่มากที่สุดไม่เกิน {ratio} เท่าของที่น้อยที่สุด",
        ),
        "unequal_spread": labels.say(
            f"since the largest variance of a {en} is more than {ratio} times the smallest",
            f"เพราะความแปรปรวนของ{th}ที่มากที่สุดเกิน {ratio} เท่าของที่น้อยที่สุด",
        ),
        "few_points": labels.say(
            f"{spread}, since a score takes fewer than {points} values", f"{spread} เพราะคะแนนเป็นได้ไม่ถึง {points} ค่า"
        ),
        "few_respondents": labels.say(
            f"{spread}, since a {en} has fewer than {least} respondents", f"{spread} เพราะบาง{th}มีผู้ตอบไม่ถึง {least} คน"
        ),
        "skewed": labels.say(
            f"{spread}, since scores of a {en} are skewed by more than {MOST_SKEWNESS}",
            f"{spread} เพราะคะแนนของบาง{th}มีความเบ้เกิน {MOST_SKEWNESS}",
        ),
    }
    made = frame[frame["test"] != ""]
    kinds = made.groupby(["test", "chosen_because"], sort=False)
    said = []
    for (test, because), own in kinds:
        name = labels.say(*(welch if test == "welch" else ranks))
        sentence = f"{name}{labels.say(', ', ' ')}{reasons[str(because)]}"
        if len(kinds) > 1:
            scales = zip(own["construct"], own["wave"], strict=True)
            sentence += ": " + "; ".join(escape_markdown(labels.scale(*scale)) for scale in scales)
        said.append(sentence + labels.say(".", ""))
    return " ".join(said) or labels.say("No test was possible.", "ไม่สามารถทดสอบได้")
