"""The tables of the article, as Markdown pipe tables in one language.

Each function makes one table from result tables and labels: numbers formatted and right-aligned, rows and columns in
the order of the labels, a row of totals where there is one, and a note that says what the numbers are. Column widths
are always given (as dashes of the separator line), so that a table looks the same in HTML, Word and PDF. Labels are
untrusted text and escaped. A table whose sources have no rows is one sentence that says why.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any

import pandas as pd

from thongthin.language import UNDEFINED, format_number
from thongthin.markdown import escape_markdown
from thongthin.presentation import ARTICLE_TABLES, WAVES, Labels, Tables, filled, why_not
from thongthin.tables import ALL

# A space at which no line is broken, and one that indents.
NBSP, EM_SPACE = "\u00a0", "\u2003"

# Wider tables are turned round: so many columns of numbers, with the labels, fit the text of an A4 page.
MOST_COLUMNS = 7

# The matrix of themes is legible up to this size; beyond it, the pairs that occur most often are listed.
MOST_THEMES = 8
MOST_PAIRS = 20

Row = Sequence[str]


def article_table(name: str, tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The table `name` of the article as Markdown.

    Args:
        name: one of `presentation.ARTICLE_TABLES`.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the table.
        analysis: the choices of the analysis, as nested plain data.
    """
    if reason := why_not(ARTICLE_TABLES[name], filled(tables)):
        return labels.say(f"There is nothing to show here: {reason[0]}.\n", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}\n")
    return _MAKERS[name](tables, labels, analysis)


# --- Markdown -------------------------------------------------------------------------------------------------------


def pipe_table(header: Row, rows: Iterable[Row], widths: Sequence[float], texts: int = 1) -> str:
    """A pipe table that takes the full width of the text.

    Args:
        header, rows: cells in Markdown.
        widths: relative widths of the columns.
        texts: so many columns, from the left, hold text (left-aligned); the others hold numbers (right-aligned).
    """
    dashes = [max(3, round(100 * width / sum(widths))) for width in widths]
    rules = [":" + "-" * (d - 1) if i < texts else "-" * (d - 1) + ":" for i, d in enumerate(dashes)]
    lines = ["| " + " | ".join(cells) + " |" for cells in (header, *rows)]
    lines.insert(1, "|" + "|".join(rules) + "|")
    return "\n".join(lines) + "\n"


def _label_and_numbers(columns: int, width: float, rest: float = 0) -> list[float]:
    """Widths of a column of labels and of columns of numbers, of `width` percent each where that leaves room.

    Args:
        rest: percent that further columns take.
    """
    label = max(28.0, 100 - rest - columns * width)
    return [label, *[(100 - rest - label) / columns] * columns]


def _note(labels: Labels, text: str) -> str:
    return f"\n::: {{.table-note}}\n{labels.say('*Note.*', '**หมายเหตุ**')} {text}\n:::\n"


def _number(value: Any, format: str, labels: Labels) -> str:
    text = format_number(value, format, labels.language)
    return text.replace(" ", NBSP)


def _percent(share: Any) -> str:
    """A share without its sign, for cells whose header says that they are percentages."""
    return format_number(share, "share", "en").removesuffix("%")


def _mean_sd(row: dict[Hashable, Any], labels: Labels) -> str:
    if not row["n"]:
        return UNDEFINED
    mean, sd = (_number(row[column], "decimal", labels) for column in ("mean", "sd"))
    return f"{mean}{NBSP}({sd})"


def _of_n(counts: Iterable[Any], labels: Labels) -> str:
    """ "(n = 4)", or the range of several numbers."""
    numbers = sorted({int(n) for n in counts})
    texts = [_number(n, "count", labels) for n in dict.fromkeys([numbers[0], numbers[-1]])]
    return f"(*n*{NBSP}={NBSP}{'–'.join(texts)})"


def _equation(symbol: str, text: str) -> str:
    """ "p = .032", or "p < .001"."""
    return f"{symbol}{NBSP}{text}" if text.startswith("<") else f"{symbol}{NBSP}={NBSP}{text}"


def _band(band: Any, labels: Labels) -> str:
    return UNDEFINED if pd.isna(band) else escape_markdown(labels.bands[int(band) - 1])


def _order(frame: pd.DataFrame, **orders: Iterable[str]) -> pd.DataFrame:
    """The rows whose ids are listed, in the order of the lists, the first list first."""
    places = pd.DataFrame(index=frame.index)
    for column, ids in orders.items():
        places[column] = frame[column].map({id_: place for place, id_ in enumerate(ids)})
    return frame.loc[places.dropna().sort_values(list(orders), kind="stable").index]


# --- the interviews -------------------------------------------------------------------------------------------------


def participants(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Who took part: interviewed, by group, and answering the survey; one row a site."""
    n = tables["sample"].set_index(["quantity", "site_id"])["n"]
    groups = {f"participants_{id_}": escape_markdown(label) for id_, label in labels.groups.items()}
    columns = {
        **(groups if len(groups) > 1 else {}),
        "participants": labels.say("All interviewed", "ผู้ให้สัมภาษณ์รวม"),
        "respondents": labels.say("Survey respondents", "ผู้ตอบแบบสอบถาม"),
    }
    columns = {quantity: header for quantity, header in columns.items() if (quantity, ALL) in n.index}
    rows = [
        [escape_markdown(label), *(_number(n[quantity, site], "count", labels) for quantity in columns)]
        for site, label in [*labels.sites.items(), (ALL, labels.say("Total", "รวม"))]
    ]
    rows[-1] = [f"**{cell}**" for cell in rows[-1]]
    header = [labels.say("Site", "พื้นที่"), *columns.values()]
    return pipe_table(header, rows, _label_and_numbers(len(columns), 15))


def _theme_counts(frame: pd.DataFrame, part: str, names: dict[str, str], labels: Labels) -> str:
    """Themes by site or by group: how many participants, and which share of those who were coded."""
    frame = _order(frame[frame["denominator"] > 0], **{part: names, "theme_id": labels.themes})
    cells = {
        (row[part], row["theme_id"]): f"{row['participants']}{NBSP}({_percent(row['share'])})"
        for row in frame.to_dict("records")
    }
    columns = {
        str(id_): f"{escape_markdown(names[str(id_)])} {_of_n(own['denominator'], labels)}"
        for id_, own in frame.groupby(part, sort=False)
    }
    read = set(frame["theme_id"])
    themes = {id_: escape_markdown(label) for id_, label in labels.themes.items() if id_ in read}
    corner = labels.say("Theme", "ประเด็น")
    if len(columns) > MOST_COLUMNS:
        # Many sites: one row each.
        corner = labels.say("Site", "พื้นที่") if part == "site_id" else labels.say("Group", "กลุ่ม")
        cells = {(theme, id_): cell for (id_, theme), cell in cells.items()}
        columns, themes = themes, columns
    rows = [[label, *(cells.get((id_, theme), UNDEFINED) for id_ in columns)] for theme, label in themes.items()]
    return pipe_table([corner, *columns.values()], rows, _label_and_numbers(len(columns), 17))


def themes_by_site(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each site speak of each theme: n (%)."""
    names = {**labels.sites, ALL: labels.all_sites}
    return _theme_counts(tables["themes_by_site"], "site_id", names, labels) + _counts_note(labels, analysis)


def themes_by_group(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How many participants of each group speak of each theme: n (%)."""
    names = {**labels.groups, ALL: labels.say("All", "รวม")}
    return _theme_counts(tables["themes_by_group"], "group", names, labels) + _counts_note(labels, analysis)


def _counts_note(labels: Labels, analysis: dict[str, Any]) -> str:
    coders = analysis["themes"]["coders"]
    found = {
        "any": labels.say("at least one coder found it", "ผู้ลงรหัสอย่างน้อยหนึ่งคนพบ"),
        "all": labels.say("all coders found it", "ผู้ลงรหัสทุกคนพบ"),
    }.get(coders, labels.say(f"coder {escape_markdown(coders)} found it", f"ผู้ลงรหัส {escape_markdown(coders)} พบ"))
    return _note(
        labels,
        labels.say(
            "Number of participants who speak of the theme (percentage of those whose interviews were coded,"
            f" *n*). A theme counts for a participant if {found}.",
            f"จำนวนผู้ให้ข้อมูลที่กล่าวถึงประเด็น (ร้อยละของผู้ให้ข้อมูลที่บทสัมภาษณ์ได้รับการลงรหัส, *n*) นับว่ากล่าวถึงเมื่อ{found}",
        ),
    )


def codebook(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The codebook: themes and their codes with definitions and, where there are any, valences."""
    frame = tables["codes"].sort_values("position")
    names = _code_names(tables, labels)
    valences = {
        "enabling": labels.say("enabling", "ส่งเสริม"),
        "hindering": labels.say("hindering", "ขัดขวาง"),
        "neutral": labels.say("neutral", "เป็นกลาง"),
    }

    columns = {
        f"definition_{labels.language}": (labels.say("Definition", "นิยาม"), 52),
        "valence": (labels.say("Direction", "ทิศทาง"), 14),
    }
    columns = {name: column for name, column in columns.items() if (frame[name] != "").any()}
    rows = []
    for row in frame.to_dict("records"):
        name = names[row["code_id"]]
        name = name if row["parent_id"] else f"**{name}**"
        rows.append([name, *(escape_markdown(valences.get(row[column], row[column])) for column in columns)])
    header = [labels.say("Theme and code", "ประเด็นและรหัส"), *(header for header, _ in columns.values())]
    return pipe_table(header, rows, [34, *(width for _, width in columns.values())], texts=len(header))


def _code_names(tables: Tables, labels: Labels) -> dict[str, str]:
    """Name of each code in Markdown, indented by its depth below the theme."""
    parents = dict(zip(tables["codes"]["code_id"], tables["codes"]["parent_id"], strict=True))

    def depth(code: str) -> int:
        return 0 if not parents[code] else 1 + depth(parents[code])

    return {code: EM_SPACE * depth(code) + escape_markdown(label) for code, label in labels.codes.items()}


def agreement(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """How far the coders agree, code by code and over all."""
    frame = tables["agreement"]
    names = {**_code_names(tables, labels), ALL: labels.say("All codes", "ทุกรหัส")}
    frame = _order(frame[frame["n"] > 0], code_id=names)
    interval = frame["alpha_low"].notna().any()
    rows = []
    for row in frame.to_dict("records"):
        coefficients = [_number(row[c], "coefficient", labels) for c in ("kappa", "alpha")]
        low, high = (_number(row[c], "coefficient", labels) for c in ("alpha_low", "alpha_high"))
        limits = UNDEFINED if UNDEFINED in (low, high) else f"\\[{low},{NBSP}{high}\\]"
        cells = [names[row["code_id"]], _number(row["n"], "count", labels), _percent(row["percent"]), *coefficients]
        cells += [limits] if interval else []
        rows.append([f"**{cell}**" for cell in cells] if row["code_id"] == ALL else cells)
    choices = analysis["agreement"]
    level = f"{100 * choices['confidence']:g}%"
    header = [
        labels.say("Code", "รหัส"),
        labels.say("Units", "หน่วย"),
        labels.say("Agreement (%)", "ความสอดคล้อง (ร้อยละ)"),
        labels.say("Cohen’s κ", "κ ของโคเฮน"),
        labels.say("Krippendorff’s α", "α ของคริปเพนดอร์ฟ"),
    ]
    header += [f"{level} CI"] if interval else []
    units = {
        "turn": labels.say("a participant’s turn", "ช่วงพูดหนึ่งช่วงของผู้ให้ข้อมูล"),
        "participant": labels.say("a whole interview", "บทสัมภาษณ์หนึ่งฉบับ"),
    }[frame["unit"].iloc[0]]
    pooled = labels.say(
        ". A theme counts with the codes below it. All codes: one decision on one code in such a unit, for the codes"
        " that were used, as they were given",
        " ประเด็นนับรวมรหัสย่อย แถวทุกรหัสคือการตัดสินหนึ่งรหัสต่อหนึ่งหน่วย เฉพาะรหัสที่มีผู้ใช้ตามที่ลงไว้",
    )
    note = labels.say("The unit is ", "หน่วยวิเคราะห์คือ") + units + (pooled if (frame["code_id"] == ALL).any() else "")
    if frame["coders"].max() > 2:
        note += labels.say("; κ is the mean over pairs of coders", " ค่า κ เป็นค่าเฉลี่ยของผู้ลงรหัสทุกคู่")
    if interval:
        draws = _number(choices["replicates"], "count", labels)
        note += labels.say(
            f". CI: bootstrap interval of α, {draws} draws of whole interviews",
            f" CI คือช่วงความเชื่อมั่นของ α จากการสุ่มซ้ำบทสัมภาษณ์ทั้งฉบับ {draws} ครั้ง",
        )
    if UNDEFINED in {cell.strip("*") for row in rows for cell in row[3:]}:
        note += labels.say(
            ". –: not defined, as the code was not used or always used",
            " เครื่องหมาย – คือคำนวณไม่ได้ เพราะไม่มีการใช้รหัสนั้นหรือใช้ทุกหน่วย",
        )
    widths = [29, 12, 15, 11, 18] + ([18] if interval else [])
    return pipe_table(header, rows, widths) + _note(labels, note + labels.say(".", ""))


def theme_cooccurrence(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Which themes occur together: a matrix, or the pairs that share most turns where there are many themes."""
    frame = _order(tables["theme_cooccurrence"], theme_a=labels.themes, theme_b=labels.themes)
    if len(labels.themes) > MOST_THEMES:
        most = frame.sort_values(["turns", "participants"], ascending=False, kind="stable").head(MOST_PAIRS)
        rows = [
            [
                *(escape_markdown(labels.themes[row[theme]]) for theme in ("theme_a", "theme_b")),
                *(_number(row[column], "count", labels) for column in ("participants", "turns")),
                _number(row["jaccard"], "coefficient", labels),
            ]
            for row in most.to_dict("records")
        ]
        header = [
            labels.say("Theme", "ประเด็น"),
            labels.say("Together with", "ร่วมกับ"),
            labels.say("Participants", "ผู้ให้ข้อมูล"),
            labels.say("Turns", "ช่วงพูด"),
            labels.say("Jaccard", "ดัชนีแจ็กการ์ด"),
        ]
        shown, whole = (_number(n, "count", labels) for n in (len(rows), len(frame)))
        note = labels.say(
            f"The {shown} of {whole} pairs of themes that share most turns. Participants and turns in which both"
            " occur; Jaccard index: turns with both out of turns with either.",
            f"แสดง {shown} คู่จาก {whole} คู่ที่พบร่วมกันในช่วงพูดมากที่สุด ผู้ให้ข้อมูลและช่วงพูดที่พบทั้งสองประเด็น"
            " และดัชนีแจ็กการ์ด คือช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น",
        )
        return pipe_table(header, rows, [31, 31, 14, 10, 14], texts=2) + _note(labels, note)

    cells = {}
    for row in frame.to_dict("records"):
        cell = _number(row["turns"], "count", labels)
        if row["turns"]:
            cell += f"{NBSP}({_number(row['jaccard'], 'coefficient', labels)})"
        cells[row["theme_a"], row["theme_b"]] = cells[row["theme_b"], row["theme_a"]] = cell
    ids = list(labels.themes)
    rows = [
        [
            f"{i}.{NBSP}{escape_markdown(labels.themes[a])}",
            *(cells[a, b] if b in ids[: i - 1] else "" for b in ids[:-1]),
        ]
        for i, a in enumerate(ids, start=1)
    ]
    header = [labels.say("Theme", "ประเด็น"), *(str(i) for i in range(1, len(ids)))]
    note = labels.say(
        "Turns in which both themes occur (Jaccard index: turns with both out of turns with either).",
        "จำนวนช่วงพูดที่พบทั้งสองประเด็น (ดัชนีแจ็กการ์ด คือ ช่วงพูดที่พบทั้งสองประเด็นต่อช่วงพูดที่พบอย่างน้อยหนึ่งประเด็น)",
    )
    return pipe_table(header, rows, [32, *[68 / (len(ids) - 1)] * (len(ids) - 1)]) + _note(labels, note)


# --- the survey -----------------------------------------------------------------------------------------------------


def scale_reliability(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Number of items, respondents and Cronbach's alpha of each scale."""
    frame = _order(tables["scale_reliability"], construct=labels.constructs, wave=WAVES)
    rows = [
        [
            escape_markdown(labels.scale(row["construct"], row["wave"])),
            *(_number(row[column], "count", labels) for column in ("items", "n")),
            _number(row["alpha"], "coefficient", labels),
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
    return pipe_table(header, rows, [46, 16, 16, 22]) + _note(labels, note)


def scale_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean and standard deviation of each scale by site, and how the mean of all is read."""
    names = {**labels.sites, ALL: labels.all_sites}
    frame = tables["scale_statistics"]
    present = set(frame.loc[frame["n"] > 0, "site_id"])
    frame = _order(frame, construct=labels.constructs, wave=WAVES, site_id=[s for s in names if s in present])
    banded = bool(frame["band"].notna().any())
    records = frame.to_dict("records")
    cells = {(row["construct"], row["wave"], row["site_id"]): _mean_sd(row, labels) for row in records}
    n = {site: _of_n(own["n"], labels) for site, own in frame.groupby("site_id")}
    columns = {site: f"{escape_markdown(names[site])} {n[site]}" for site in names if site in n}
    scale_names = {(c, w): escape_markdown(labels.scale(c, w)) for c, w, _ in cells}
    bands = {(row["construct"], row["wave"]): _band(row["band"], labels) for row in records if row["site_id"] == ALL}
    level = labels.say("Level (all)", "การแปลผล (รวม)")
    if len(columns) > MOST_COLUMNS:
        header = [labels.say("Site", "พื้นที่"), *scale_names.values()]
        rows = [[name, *(cells[(*scale, site)] for scale in scale_names)] for site, name in columns.items()]
        if banded:
            rows.append([level, *(bands[scale] for scale in scale_names)])
        widths = _label_and_numbers(len(scale_names), 14)
    else:
        header = [labels.say("Scale", "ตัวแปร"), *columns.values()]
        rows = [[name, *(cells[(*scale, site)] for site in columns)] for scale, name in scale_names.items()]
        widths = _label_and_numbers(len(columns), 16, rest=12 if banded else 0)
        if banded:
            header.append(level)
            rows = [[*row, bands[scale]] for row, scale in zip(rows, scale_names, strict=True)]
            widths.append(12)
    note = labels.say("Mean (standard deviation).", "ค่าเฉลี่ย (ส่วนเบี่ยงเบนมาตรฐาน)")
    return pipe_table(header, rows, widths) + _note(labels, note + _bands_note(labels, banded))


def _bands_note(labels: Labels, banded: bool) -> str:
    """How means are read: above which value each band lies (two decimals, as printed)."""
    if not banded:
        return ""
    limits = [
        f"{escape_markdown(label)}{NBSP}>{NBSP}{_number(above, 'decimal', labels)}"
        for label, above in zip(labels.bands, labels.band_limits, strict=True)
    ]
    said = ", ".join([*limits[:-1], escape_markdown(labels.bands[-1])])
    return labels.say(f" Levels: {said} (below these).", f" การแปลผล: {said} (ต่ำกว่านั้น)")


def item_statistics(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Mean, spread, interpretation and item-rest correlation of each item, under its construct."""
    items = tables["items"].set_index("item_id")
    rest = tables["item_rest"].set_index("item_id")["item_rest_r"].to_dict()
    frame = tables["item_statistics"]
    frame = _order(frame[(frame["site_id"] == ALL) & (frame["n"] > 0)], item_id=labels.items)
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
            cells = [text, _number(row["n"], "count", labels)]
            cells += [_number(row[column], "decimal", labels) for column in ("mean", "sd", "median")]
            cells.append(_number(rest.get(row["item_id"]), "coefficient", labels))
            rows.append([*cells, _band(row["band"], labels)] if banded else cells)
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
    return pipe_table(header, rows, widths) + _note(labels, note + _bands_note(labels, banded))


def site_comparison(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """Kruskal-Wallis test of each scale, and the pairs of sites that differ."""
    level = analysis["comparison"]["significance"]
    frame = _order(tables["site_comparison"], construct=labels.constructs, wave=WAVES)
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
                _number(row["n"], "count", labels),
                _number(row["h"], "statistic", labels),
                _number(row["df"], "count", labels),
                _number(row["p"], "p", labels),
                _number(row["epsilon_squared"], "coefficient", labels),
                ", ".join(f"{high}{NBSP}\\>{NBSP}{low}" for high, low in sorted(found)) or UNDEFINED,
            ]
        )
    header = [labels.say("Scale", "ตัวแปร"), "*n*", "*H*", "*df*", "*p*", "ε^2^"]
    header.append(labels.say("Sites that differ", "พื้นที่ที่แตกต่างกัน"))
    sites = "; ".join(f"{number}{NBSP}={NBSP}{escape_markdown(labels.sites[site])}" for site, number in numbers.items())
    below = _number(level, "p", labels).rstrip("0")
    note = labels.say(
        "Kruskal–Wallis tests; ε^2^: effect size. Sites that differ: pairwise Mann–Whitney tests,"
        f" *p*{NBSP}<{NBSP}{below} after Holm’s correction; “\\>” says which is higher. Sites: {sites}.",
        f"การทดสอบครัสคัล-วัลลิส ε^2^ คือขนาดอิทธิพล พื้นที่ที่แตกต่างกันได้จากการทดสอบแมนน์-วิทนีย์รายคู่"
        f" *p*{NBSP}<{NBSP}{below} หลังปรับด้วยวิธีของโฮล์ม เครื่องหมาย \\> บอกว่าพื้นที่ใดสูงกว่า พื้นที่: {sites}",
    )
    return pipe_table(header, rows, [35, 8, 10, 7, 10, 8, 22]) + _note(labels, note)


def before_after(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """What changed, for each construct asked twice, by site and over all."""
    names = {**labels.sites, ALL: labels.all_sites}
    frame = tables["before_after"]
    frame = _order(frame[frame["n"] > 0], construct=labels.constructs, site_id=names)
    rows = []
    for construct, own in frame.groupby("construct", sort=False):
        rows.append([f"**{escape_markdown(labels.constructs[str(construct)])}**", *[""] * 7])
        for row in own.to_dict("records"):
            rows.append(
                [
                    escape_markdown(names[row["site_id"]]),
                    _number(row["n"], "count", labels),
                    *(_number(row[f"mean_{c}"], "decimal", labels) for c in ("before", "after", "change")),
                    _number(row["z"], "statistic", labels),
                    _number(row["p"], "p", labels),
                    _number(row["r"], "coefficient", labels),
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
    return pipe_table(header, rows, [34, 8, 10, 10, 10, 9, 10, 9]) + _note(labels, note)


def outcome_model(tables: Tables, labels: Labels, analysis: dict[str, Any]) -> str:
    """The regression of the outcome: coefficients with intervals, and how well it fits."""
    terms = {"intercept": labels.say("Intercept", "ค่าคงที่"), **labels.constructs}
    fit = tables["outcome_model_fit"].iloc[0]
    choices = analysis["model"]
    rows = []
    for row in tables["outcome_model"].to_dict("records"):
        low, high = (_number(row[column], "decimal", labels) for column in ("low", "high"))
        rows.append(
            [
                escape_markdown(terms[row["term"]]),
                *(_number(row[column], "decimal", labels) for column in ("estimate", "se")),
                f"\\[{low},{NBSP}{high}\\]",
                _number(row["beta"], "coefficient", labels),
                _number(row["t"], "statistic", labels),
                _number(row["p"], "p", labels),
            ]
        )
    interval = f"{100 * choices['confidence']:g}% CI"
    header = [labels.say("Predictor", "ตัวแปรทำนาย"), "*b*", "SE", interval, "β", "*t*", "*p*"]
    fits = [
        _equation("*n*", _number(fit["n"], "count", labels)),
        _equation("*R*^2^", _number(fit["r2"], "coefficient", labels)),
        _equation(labels.say("adjusted *R*^2^", "*R*^2^ ปรับ"), _number(fit["r2_adjusted"], "coefficient", labels)),
        _equation(f"*F*({fit['df1']},{NBSP}{fit['df2']})", _number(fit["f"], "statistic", labels)),
        _equation("*p*", _number(fit["p"], "p", labels)),
    ]
    outcome = escape_markdown(labels.constructs[fit["outcome"]])
    note = labels.say(
        f"Outcome: {outcome}. Linear regression with heteroskedasticity-robust standard errors ({choices['robust']});"
        f" CI: confidence interval; β: standardised coefficient. {', '.join(fits)}.",
        f"ตัวแปรตาม: {outcome} การถดถอยเชิงเส้นที่ใช้ค่าคลาดเคลื่อนมาตรฐานแบบทนทาน ({choices['robust']})"
        f" CI คือช่วงความเชื่อมั่น β คือสัมประสิทธิ์มาตรฐาน {', '.join(fits)}",
    )
    return pipe_table(header, rows, [34, 10, 9, 17, 9, 11, 10]) + _note(labels, note)


_MAKERS: dict[str, Callable[[Tables, Labels, dict[str, Any]], str]] = {
    maker.__name__: maker
    for maker in (
        participants,
        themes_by_site,
        themes_by_group,
        codebook,
        agreement,
        theme_cooccurrence,
        scale_reliability,
        scale_statistics,
        item_statistics,
        site_comparison,
        before_after,
        outcome_model,
    )
}
