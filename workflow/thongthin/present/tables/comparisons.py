"""The tests of the survey as tables: sites, groups, categories, change. Notes say which test was chosen, and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from thongthin.basics.language import UNDEFINED
from thongthin.basics.markdown import escape_markdown
from thongthin.contract.categories import MOST_CATEGORIES
from thongthin.contract.units import Unit
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.present.tables.parts import NBSP, degrees, number, order, percent, pipe_table, table_note
from thongthin.survey.comparisons import (
    LEAST_POINTS,
    LEAST_RESPONDENTS,
    MOST_SKEWNESS,
    MOST_VARIANCE_RATIO,
)

# With more pairs than this, the article lists those that differ and refers to the file for the others.
MOST_PAIRS = 60

Cells = Mapping[Hashable, Any]


def site_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the sites differ in each scale, and the pairs of sites that do."""
    return _comparison(labels.of_sites, tables, labels, analysis)


def group_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether the groups differ in each scale, and the pairs of groups that do."""
    return _comparison(labels.of_groups, tables, labels, analysis)


def site_comparison_pairs(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The test of each pair of sites in each scale."""
    return _pairs(labels.of_sites, tables, labels, analysis)


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
    differing = _differing(unit, frame, pairs, numbers, level)
    rows = []
    for place, row in enumerate(frame.to_dict("records")):
        welch = row["test"] == "welch"
        statistic = number(row["f" if welch else "h"], "statistic", labels)
        effect = _interval(row, "omega_squared" if welch else "epsilon_squared", "coefficient", labels)
        df = degrees(row["df"], labels)
        if mixed and row["test"]:
            statistic = f"*{'F' if welch else 'H'}*{NBSP}={NBSP}{statistic}"
            effect = f"{'ω' if welch else 'ε'}^2^{NBSP}={NBSP}{effect}"
        rows.append(
            [
                escape_markdown(labels.scale(row["construct"], row["wave"])),
                number(row["n"], "count", labels),
                statistic,
                f"{df}, {degrees(row['df2'], labels, 'decimal')}" if welch else df,
                number(row["p_welch" if welch else "p"], "p", labels),
                number(row["p_corrected"], "p", labels),
                effect,
                differing[place],
            ]
        )
    symbols = labels.say("Statistic", "ค่าสถิติ"), labels.say("Effect", "ขนาดอิทธิพล")
    if not mixed:
        symbols = ("*F*", "ω^2^") if welch_only else ("*H*", "ε^2^")
    header = [labels.say("Scale", "ตัวแปร"), "*n*", symbols[0], "*df*", "*p*", labels.say("*p* corr.", "*p* ปรับ")]
    header.append(f"{symbols[1]} \\[{_level(analysis)}{NBSP}CI\\]")
    header.append(labels.say(f"{unit.en.capitalize()}s that differ", f"{unit.th}ที่แตกต่างกัน"))
    legend = "; ".join(f"{place}{NBSP}={NBSP}{escape_markdown(members[id_])}" for id_, place in numbers.items())
    below = number(level, "p", labels).rstrip("0")
    effects = _effects(unit, frame, labels)
    note = _why(unit, frame, labels, ("Kruskal–Wallis tests", "การทดสอบครัสคัล-วัลลิส"),
                ("Welch’s analysis of variance", "การวิเคราะห์ความแปรปรวนของเวลช์"))  # fmt: skip
    correction = _correction(labels, analysis)
    together = _together(set(frame["test"]), labels, analysis)
    note += labels.say(
        f" {effects}. *p* corr.: {correction} over the scales. {unit.en.capitalize()}s that differ: tests of each pair,"
        f" *p*{NBSP}<{NBSP}{below} ({together}); “\\>” says which is higher."
        f" {unit.en.capitalize()}s: {legend}.",
        f" {effects} *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามตัวแปร {unit.th}ที่แตกต่างกันได้จากการทดสอบรายคู่"
        f" *p*{NBSP}<{NBSP}{below} ({together}) เครื่องหมาย \\> บอกว่า{unit.th}ใดสูงกว่า"
        f" {unit.th}: {legend}",
    )
    widths = [25, 7, 11 if mixed else 9, 12 if mixed or welch_only else 6, 8, 9, 22 if mixed else 19, 14]
    return pipe_table(header, rows, widths) + table_note(labels, note + _unweighted(frame, labels))


def _differing(
    unit: Unit, frame: pd.DataFrame, pairs: pd.DataFrame, numbers: dict[str, int], level: float
) -> list[str]:
    """For each scale of `frame` the pairs that differ, by number, the higher one first."""
    said = []
    for row in frame.to_dict("records"):
        p, effect = ("p_games_howell", "g") if row["test"] == "welch" else ("p_corrected", "r")
        own = pairs[(pairs["construct"] == row["construct"]) & (pairs["wave"] == row["wave"]) & (pairs[p] < level)]
        found = [
            tuple(numbers[pair[f"{unit.part}_{side}"]] for side in ("ab" if pair[effect] > 0 else "ba"))
            for pair in own.to_dict("records")
        ]
        said.append(", ".join(f"{high}{NBSP}\\>{NBSP}{low}" for high, low in sorted(found)) or UNDEFINED)
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
    rows = []
    for row in merged.to_dict("records"):
        statistic, second, effect = _pair(row, mixed, labels)
        rows.append(
            [
                escape_markdown(labels.scale(row["construct"], row["wave"])),
                *(number(row[column], "count", labels) for column in ("n_a", "n_b")),
                statistic,
                second,
                number(row["p_welch" if row["test"] == "welch" else "p"], "p", labels),
                number(row["p_corrected"], "p", labels),
                effect,
            ]
        )
    header = [labels.say("Scale", "ตัวแปร"), *(f"*n* {escape_markdown(name)}" for name in members.values())]
    header += [*_pair_header(mixed, welch_only, labels)[:2], "*p*", labels.say("*p* corr.", "*p* ปรับ")]
    header.append(f"{_pair_header(mixed, welch_only, labels)[2]} \\[{_level(analysis)}{NBSP}CI\\]")
    note = _pair_note(unit, frame, labels)
    first = escape_markdown(members[a])
    correction = _correction(labels, analysis)
    note += labels.say(
        f" Positive: higher in {first}. *p* corr.: {correction} over the scales.",
        f" ค่าบวกคือ{first}สูงกว่า *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามตัวแปร",
    )
    table = pipe_table(header, rows, [25, 10, 10, 13, 8, 8, 9, 20])
    return table + table_note(labels, note + _unweighted(frame, labels))


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
    rows: list[list[str]] = []
    for (construct, wave), own in shown.groupby(["construct", "wave"], sort=False):
        rows.append([f"**{escape_markdown(labels.scale(str(construct), str(wave)))}**", *[""] * 7])
        for row in own.to_dict("records"):
            statistic, second, effect = _pair(row, mixed, labels)
            ps = ("p_welch", "p_games_howell") if row["test"] == "welch" else ("p", "p_corrected")
            rows.append(
                [
                    " – ".join(escape_markdown(names[row[f"{unit.part}_{side}"]]) for side in "ab"),
                    *(number(row[column], "count", labels) for column in ("n_a", "n_b")),
                    statistic,
                    second,
                    *(number(row[column], "p", labels) for column in ps),
                    effect,
                ]
            )
    symbols = _pair_header(mixed, welch_only, labels)
    header = [
        labels.say(f"Scale and {unit.en}s", f"ตัวแปรและ{unit.th}"),
        "*n*~1~",
        "*n*~2~",
        *symbols[:2],
        "*p*",
        labels.say("*p* corr.", "*p* ปรับ"),
        f"{symbols[2]} \\[{_level(analysis)}{NBSP}CI\\]",
    ]
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
    table = pipe_table(header, rows, [34, 7, 8, 13, 8, 8, 9, 19])
    return table + table_note(labels, note + _unweighted(compared, labels))


def category_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Whether answers by category go with the site, and with the group."""
    frame = order(tables["category_comparison"], part=("site", "group"), item_id=labels.items)
    frame = frame[frame["n"] > 0]
    parts = {
        "site": labels.say("By site", "จำแนกตามพื้นที่"),
        "group": labels.say("By group", "จำแนกตามกลุ่ม"),
    }
    rows: list[list[str]] = []
    for part, own in frame.groupby("part", sort=False):
        rows.append([f"**{parts[str(part)]}**", *[""] * 6])
        for row in own.to_dict("records"):
            by_chi_square = row["test"] == "chi_square"
            rows.append(
                [
                    escape_markdown(labels.items[row["item_id"]]),
                    number(row["n"], "count", labels),
                    number(row["chi2"], "statistic", labels) if by_chi_square else UNDEFINED,
                    degrees(row["df"], labels) if by_chi_square else UNDEFINED,
                    *(number(row[column], "p", labels) for column in ("p", "p_corrected")),
                    _interval(row, "v", "coefficient", labels),
                ]
            )
    header = [labels.say("Question", "ข้อคำถาม"), "*n*", "χ^2^", "*df*", "*p*", labels.say("*p* corr.", "*p* ปรับ")]
    header.append(f"*V* \\[{_level(analysis)}{NBSP}CI\\]")
    correction = _correction(labels, analysis)
    note = labels.say(
        "Chi-square tests; without χ^2^: exact tests (Fisher, Freeman, Halton), where an expected count is below 1 or"
        " more than a fifth are below 5. *V*: Cramér’s *V*, corrected for bias."
        f" *p* corr.: {correction} over the questions.",
        "การทดสอบไคสแควร์ แถวที่ไม่มี χ^2^ ใช้การทดสอบแบบแม่นตรง (Fisher, Freeman, Halton) เพราะมีความถี่คาดหวังต่ำกว่า 1"
        f" หรือเกินหนึ่งในห้าต่ำกว่า 5 *V* คือ *V* ของคราเมอร์ที่ปรับความเอนเอียงแล้ว *p* ปรับ คือค่าที่ปรับด้วย{correction}ข้ามข้อคำถาม",
    )
    tests = set(frame["test"])
    if "monte_carlo" in tests:
        drawn = number(analysis["comparison"]["replicates"], "count", labels)
        note += labels.say(
            f" Where too many tables are possible, {drawn} are drawn at random.",
            f" เมื่อตารางที่เป็นไปได้มีมากเกินไป จะสุ่ม {drawn} ตาราง",
        )
    if "free_text" in set(frame["chosen_because"]):
        most = number(MOST_CATEGORIES, "count", labels)
        note += labels.say(
            f" Questions with more than {most} different answers are not tested.",
            f" ไม่ทดสอบข้อคำถามที่มีคำตอบต่างกันเกิน {most} แบบ",
        )
    return pipe_table(header, rows, [40, 8, 10, 6, 8, 9, 19]) + table_note(labels, note + _unweighted(frame, labels))


def before_after(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by site and over all."""
    return _means_before_after(tables["before_after"], labels.of_sites_and_all, labels, analysis)


def before_after_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by group of respondents."""
    return _means_before_after(tables["before_after_by_group"], labels.of_groups, labels, analysis)


def _means_before_after(frame: pd.DataFrame, unit: Unit, labels: Labels, analysis: dict[str, Any]) -> str:
    columns = [
        ("*n*", "n", "count"),
        (labels.say("Before", "ก่อน"), "mean_before", "decimal"),
        (labels.say("After", "หลัง"), "mean_after", "decimal"),
        (labels.say("Change", "ผลต่าง"), "mean_change", "decimal"),
        ("*z*", "z", "statistic"),
        ("*p*", "p", "p"),
    ]
    note = labels.say(
        "Means before and after; Wilcoxon signed-rank tests; *r*: matched-pairs rank-biserial correlation.",
        "ค่าเฉลี่ยก่อนและหลัง การทดสอบเครื่องหมายอันดับของวิลคอกซัน *r* คือสหสัมพันธ์อันดับไบซีเรียลแบบจับคู่",
    )
    if frame["unweighted"].any():
        note += labels.say(
            " Means are weighted; tests and *r* are not.", " ค่าเฉลี่ยถ่วงน้ำหนักผู้ตอบ ส่วนการทดสอบและ *r* ไม่ได้ถ่วงน้ำหนัก"
        )
    intervals = [("*r*", "r", "coefficient")]
    return _change(frame, unit, labels, analysis, columns, intervals, note, [27, 7, 9, 9, 9, 9, 9, 19])


def before_after_effects(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How large the change is, in points of the scale and in standard deviations, by site and over all."""
    columns = [("*n*", "n", "count"), (labels.say("*p* corr.", "*p* ปรับ"), "p_corrected", "p")]
    correction = _correction(labels, analysis)
    note = labels.say(
        f"*p* corr.: of the Wilcoxon tests, {correction} over the sites of a scale, and over the scales for all sites."
        " Shift: Hodges–Lehmann estimate, in points of the scale. Mean change in standard deviations of the changes"
        " (*d*~z~) and of the answers (*d*~av~).",
        f"*p* ปรับ คือค่าของการทดสอบวิลคอกซันที่ปรับด้วย{correction}ข้ามพื้นที่ภายในตัวแปร และข้ามตัวแปรสำหรับทุกพื้นที่รวมกัน"
        " ขนาดการเปลี่ยนแปลงคือค่าประมาณของฮอดเจส-เลห์มันน์ เป็นคะแนนของมาตรวัด *d*~z~ และ *d*~av~ คือผลต่างเฉลี่ยหารด้วย"
        "ส่วนเบี่ยงเบนมาตรฐานของผลต่างและของคำตอบตามลำดับ",
    )
    intervals = [(labels.say("Shift", "ขนาดการเปลี่ยนแปลง"), "shift", "decimal")]
    intervals += [("*d*~z~", "d_z", "decimal"), ("*d*~av~", "d_av", "decimal")]
    frame = tables["before_after"]
    note += _unweighted(frame, labels)
    return _change(frame, labels.of_sites_and_all, labels, analysis, columns, intervals, note, [27, 7, 9, 19, 19, 19])


def _change(
    frame: pd.DataFrame,
    unit: Unit,
    labels: Labels,
    analysis: dict[str, Any],
    columns: list[tuple[str, str, str]],
    intervals: list[tuple[str, str, str]],
    note: str,
    widths: list[int],
) -> str:
    """Rows of table `before_after`, or of that by group, under their scale: numbers, then numbers with intervals."""
    names = labels.names(unit)
    frame = order(frame[frame["n"] > 0], construct=labels.constructs, **{unit.column: names})
    rows: list[list[str]] = []
    for construct, own in frame.groupby("construct", sort=False):
        rows.append([f"**{escape_markdown(labels.constructs[str(construct)])}**", *[""] * (len(widths) - 1)])
        for row in own.to_dict("records"):
            cells = [number(row[column], format, labels) for _, column, format in columns]
            cells += [_interval(row, column, format, labels) for _, column, format in intervals]
            rows.append([escape_markdown(names[row[unit.column]]), *cells])
    header = [labels.say(f"Scale and {unit.en}", f"ตัวแปรและ{unit.th}"), *(label for label, *_ in columns)]
    header += [f"{label} \\[{_level(analysis)}{NBSP}CI\\]" for label, *_ in intervals]
    return pipe_table(header, rows, widths) + table_note(labels, note)


def mcnemar(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who changed between yes and no, for each question asked twice, by site and over all."""
    return _yes_and_no(tables["mcnemar"], labels.of_sites_and_all, labels, analysis)


def mcnemar_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who changed between yes and no, for each question asked twice, by group of respondents."""
    return _yes_and_no(tables["mcnemar_by_group"], labels.of_groups, labels, analysis)


def _yes_and_no(frame: pd.DataFrame, unit: Unit, labels: Labels, analysis: dict[str, Any]) -> str:
    names = labels.names(unit)
    frame = order(frame[frame["n"] > 0], item_id=labels.items, **{unit.column: names})
    rows: list[list[str]] = []
    for item, own in frame.groupby("item_id", sort=False):
        rows.append([f"**{escape_markdown(labels.items[str(item)])}**", *[""] * 8])
        for row in own.to_dict("records"):
            low, high = (_points(row[f"difference_{side}"]) for side in ("low", "high"))
            rows.append(
                [
                    escape_markdown(names[row[unit.column]]),
                    number(row["n"], "count", labels),
                    *(percent(row[f"share_{wave}"]) for wave in ("before", "after")),
                    *(number(row[column], "count", labels) for column in ("gained", "lost")),
                    number(row["chi2"], "statistic", labels),
                    number(row["p_mid"], "p", labels),
                    f"{_points(row['difference'])} \\[{low},{NBSP}{high}\\]",
                ]
            )
    header = [
        labels.say(f"Question and {unit.en}", f"ข้อคำถามและ{unit.th}"),
        "*n*",
        labels.say("Before (%)", "ก่อน (ร้อยละ)"),
        labels.say("After (%)", "หลัง (ร้อยละ)"),
        labels.say("No→yes", "ไม่→ใช่"),
        labels.say("Yes→no", "ใช่→ไม่"),
        "χ^2^(1)",
        "mid-*p*",
        labels.say(f"Change \\[{_level(analysis)}{NBSP}CI\\]", f"ผลต่าง \\[{_level(analysis)}{NBSP}CI\\]"),
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
    return pipe_table(header, rows, [25, 7, 9, 9, 9, 9, 9, 8, 21]) + table_note(labels, note)


# --- parts ------------------------------------------------------------------------------------------------------------


def _level(analysis: dict[str, Any]) -> str:
    return f"{100 * analysis['comparison']['confidence']:g}%"


def _correction(labels: Labels, analysis: dict[str, Any]) -> str:
    if analysis["comparison"]["correction"] == "holm":
        return labels.say("Holm’s correction", "วิธีของโฮล์ม")
    return labels.say("Benjamini and Hochberg’s correction", "วิธีของเบนจามินีและฮอคเบิร์ก")


def _together(tests: set[str], labels: Labels, analysis: dict[str, Any]) -> str:
    """How p of a pair allows for all pairs of the scale: by correction of rank tests, by Games and Howell's test."""
    correction = _correction(labels, analysis)
    said = []
    if "welch" not in tests or "ranks" in tests:
        said.append(labels.say(f"{correction} within the scale", f"ปรับด้วย{correction}ภายในตัวแปร"))
    if "welch" in tests:
        said.append(labels.say("Games and Howell’s test of the means", "ได้จากการทดสอบค่าเฉลี่ยรายคู่ของเกมส์-ฮาวเวลล์"))
    return labels.say(", or ", " หรือ").join(said)


def _unweighted(frame: pd.DataFrame, labels: Labels) -> str:
    if not frame["unweighted"].any():
        return ""
    return labels.say(" The tests leave the weights of respondents out.", " การทดสอบไม่ได้ถ่วงน้ำหนักผู้ตอบ")


def _interval(row: Cells, column: str, format: str, labels: Labels) -> str:
    """ ".12 [.05, .20]"; without its interval where that is undefined."""
    value, low, high = (number(row[f"{column}{end}"], format, labels) for end in ("", "_low", "_high"))
    return value if UNDEFINED in (low, high) else f"{value} \\[{low},{NBSP}{high}\\]"


def _points(share: float) -> str:
    """A difference of shares in percentage points, with one decimal."""
    return percent(share) if pd.notna(share) else UNDEFINED


def _pair(row: Cells, mixed: bool, labels: Labels) -> tuple[str, str, str]:
    """Statistic, what stands beside it, and effect size of the test that counts, with symbols where tests differ."""
    welch = row["test"] == "welch"
    statistic = number(row["t" if welch else "u"], "statistic", labels)
    second = degrees(row["df"], labels, "decimal") if welch else number(row["z"], "decimal", labels)
    effect = _interval(row, "g" if welch else "r", "decimal" if welch else "coefficient", labels)
    if mixed and row["test"]:
        names = ("*t*", "*df*", "*g*") if welch else ("*U*", "*z*", "*r*")
        statistic, second, effect = (
            f"{name}{NBSP}={NBSP}{text}" for name, text in zip(names, (statistic, second, effect), strict=True)
        )
    return statistic, second, effect


def _pair_header(mixed: bool, welch_only: bool, labels: Labels) -> tuple[str, str, str]:
    if mixed:
        return labels.say("Statistic", "ค่าสถิติ"), "*z*, *df*", labels.say("Effect", "ขนาดอิทธิพล")
    return ("*t*", "*df*", "*g*") if welch_only else ("*U*", "*z*", "*r*")


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
