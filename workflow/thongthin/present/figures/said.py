"""What figures show, in words: what is largest, what is smallest, and how far they lie apart.

It stands behind what the author says of a figure in its alternative text, so that who does not see the figure hears of
the data what it shows, and never of data that have changed since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pandas as pd

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.schema.columns import Format
from thongthin.contract.tables import ALL, TABLES
from thongthin.present.figures import foremost
from thongthin.present.figures.foremost import Drawn
from thongthin.present.figures.site_map import mapped_scales, mapped_themes
from thongthin.present.figures.site_places import Panel
from thongthin.present.figures.survey import mean_axis, sites_of_change
from thongthin.present.labels import Labels, Tables

# So many that are equal are named.
_NAMED = 3


@dataclass(frozen=True)
class Shows:
    """The numbers that a figure is about.

    Attributes:
        en, th: what they are, "" where the names of the rows say it.
        table, column: where they stand.
        by: the columns of the key by which they are told apart.
        where: what others must hold.
        without: values of the columns `by` that are totals, or no row of the figure.
    """

    table: str
    column: str
    by: tuple[str, ...]
    en: str = ""
    th: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    without: tuple[str, ...] = (ALL,)


_THEMES = Shows("themes_by_site", "share", ("theme_id", "site_id"))
SHOWN: dict[str, tuple[Shows, ...]] = {
    "themes_by_site": (_THEMES,),
    "theme_intervals": (_THEMES,),
    "codes_by_group": (Shows("codes_by_group", "share", ("code_id", "group")),),
    "valence_balance": (
        Shows("valence_balance", "index", ("theme_id", "site_id"), "Balance", "ดุลระหว่างสองด้าน", {"group": ALL}),
    ),
    "joint_display": (
        Shows("joint_display", "share", ("construct", "site_id"), "Who speaks of it", "ผู้ที่กล่าวถึง", {"group": ALL}),
        Shows("joint_display", "mean", ("construct", "site_id"), "Rating", "คะแนน", {"group": ALL}),
    ),
    "factor_profile": (
        Shows("scale_statistics", "mean", ("construct", "site_id"), "Mean", "ค่าเฉลี่ย", {"wave": "single"}),
    ),
    "item_answers": (Shows("item_answers", "share", ("item_id", "value")),),
    "before_after": (Shows("before_after", "mean_change", ("construct", "site_id"), "Change", "การเปลี่ยนแปลง"),),
}


def _change(tables: Tables, labels: Labels) -> Drawn:
    frame = tables["before_after"]
    frame = frame[frame["n"] > 0]
    present = [construct for construct in labels.constructs if construct in set(frame["construct"])]
    if not present:
        return Drawn({}, "")
    axis = mean_axis(tables["items"], present, frame[["construct", "mean_before", "mean_after"]])
    sites, _ = sites_of_change(frame, axis.constructs, labels)
    return Drawn({"construct": axis.constructs, "site_id": sites}, labels.all_sites if sites == [ALL] else "")


# Figures that show less than their table holds where a page has no room for all.
DRAWN: dict[str, Callable[[Tables, Labels], Drawn]] = {
    "themes_by_site": foremost.themes_by_site,
    "theme_intervals": foremost.theme_intervals,
    "codes_by_group": foremost.codes_by_group,
    "valence_balance": foremost.valence_balance,
    "before_after": _change,
}


def said(name: str, tables: Tables, labels: Labels, mapped: Sequence[str] = ()) -> str:
    """What a figure shows, in the language of the labels; "" where nothing can be said of it.

    Args:
        name: of the figure.
        tables: as for `draw`.
        mapped: of a map, what it is to show.
    """
    if name in MAPPED and any(tables.get(source) is None or tables[source].empty for source in MAPPED[name].sources):
        return ""
    if name in MAPPED:
        panels, _ = MAPPED[name].panels(tables, labels, mapped)
        return " ".join(filter(None, (_of_panel(panel, MAPPED[name].kind, labels) for panel in panels)))
    if name in OTHERWISE:
        return OTHERWISE[name](tables, labels)
    shown = [own for own in SHOWN.get(name, ()) if own.table in tables]
    drawn = DRAWN[name](tables, labels) if name in DRAWN and shown else Drawn({}, "")
    told = " ".join(filter(None, (_told(own, tables[own.table], drawn, tables, labels) for own in shown)))
    remark = drawn.remark.removesuffix(".") + labels.say(".", "") if drawn.remark else ""
    return " ".join(filter(None, (told, remark))) if told else ""


def _told(shows: Shows, frame: pd.DataFrame, drawn: Drawn, tables: Tables, labels: Labels) -> str:
    """What is largest and smallest of what is drawn: of totals only where nothing else is."""
    for column, wanted in shows.where.items():
        frame = frame[frame[column] == wanted]
    by = [column for column in shows.by if [*drawn.rows.get(column, ())] != [ALL]]
    for column in shows.by:
        left_out = frame[column].astype(str).isin(shows.without if column in by else ())
        kept = frame[column].isin(drawn.rows[column]) if column in drawn.rows else True
        frame = frame[kept & ~left_out]
    frame = frame[frame[shows.column].notna()]
    if len(frame) < 2:
        return ""
    values = frame[shows.column].astype(float)
    kind = next(c.format for c in TABLES[shows.table].columns if c.name == shows.column) or "decimal"
    rows = records(frame)
    name: Callable[[int], str] = lambda place: _name_of(rows[place], by, tables, labels)  # noqa: E731
    return _ends(labels.say(shows.en, shows.th), name, values.tolist(), kind, labels)


def _of_panel(panel: Panel, kind: Format, labels: Labels) -> str:
    """The same of a map."""
    if len(panel.values) < 2:
        return ""
    names = [labels.site(site) for site in panel.values]
    return _ends(panel.title, names.__getitem__, list(panel.values.values()), kind, labels)


def _ends(head: str, name: Callable[[int], str], values: Sequence[float], kind: Format, labels: Labels) -> str:
    """Of two numbers or more: largest, smallest, how far apart they lie.

    Args:
        name: of what a number is of, by its place.
    """
    high, low = max(values), min(values)
    read: Callable[[float], str] = lambda number: format_number(number, kind, labels.language)  # noqa: E731
    most, least = (
        _listed([name(place) for place, value in enumerate(values) if value == end], labels) for end in (high, low)
    )
    if high == low:
        return labels.say(f"{head}{': ' if head else ''}all {read(high)}.", f"{head} เท่ากันทั้งหมด {read(high)}").strip()
    # Of the numbers as they are printed, so that readers who subtract come to the same.
    apart = (
        f"{round(high * 100, 1) - round(low * 100, 1):.1f}"
        if kind == "share"
        else f"{round(high, 2) - round(low, 2):.2f}"
    )
    points = labels.say(" percentage points", " จุดร้อยละ") if kind == "share" else ""
    if labels.language == "th":
        return f"{head} มากที่สุด {most} ({read(high)}) น้อยที่สุด {least} ({read(low)}) ต่างกัน {apart}{points}".strip()
    start = f"{head}: largest" if head else "Largest"
    return f"{start} for {most} ({read(high)}), smallest for {least} ({read(low)}), {apart}{points} apart."


def _name_of(row: Mapping[object, object], by: Sequence[str], tables: Tables, labels: Labels) -> str:
    name = ""
    for column in by:
        joint = labels.say(" at ", " ที่") if column == "site_id" else ", "
        name += (joint if name else "") + _name(column, str(row[column]), row, tables, labels)
    return name


def _name(column: str, id_: str, row: Mapping[object, object], tables: Tables, labels: Labels) -> str:
    if column == "item_id":
        return f"“{labels.items.get(id_, id_)}”"
    if column == "value":
        return _answer(id_, str(row["item_id"]), tables, labels)
    of = {"site_id": labels.sites, "group": labels.groups, "theme_id": labels.themes, "code_id": labels.codes}
    return of.get(column, labels.constructs).get(id_, id_)


def _answer(value: str, item: str, tables: Tables, labels: Labels) -> str:
    """What an answer is called."""
    items, scales = tables["items"], tables["answer_scales"]
    scale = items.loc[items["item_id"] == item, "scale"]
    own = scales[scales["scale"].isin(scale) & (scales["value"].astype(str) == value)]
    return str(own[f"label_{labels.language}"].iloc[0]) if len(own) else value


def _listed(names: list[str], labels: Labels) -> str:
    more = len(names) - _NAMED
    shown = "; ".join(names[:_NAMED])
    return shown + (labels.say(f" and {more} more", f" และอีก {more} รายการ") if more > 0 else "")


def _saturation(tables: Tables, labels: Labels) -> str:
    rows = records(tables["saturation"][tables["saturation"]["site_id"] == ALL])
    if not rows:
        return ""
    n = int(rows[0]["n"])
    if pd.isna(rows[0]["point"]):
        return labels.say(
            f"Saturation is not reached, or can't be told, in {n} interviews.",
            f"ยังไม่อิ่มตัวหรือตัดสินไม่ได้จากบทสัมภาษณ์ {n} ฉบับ",
        )
    point = int(rows[0]["point"])
    return labels.say(
        f"Saturation is reached with interview {point} of {n}.", f"อิ่มตัวเมื่อถึงบทสัมภาษณ์ฉบับที่ {point} จาก {n} ฉบับ"
    )


def _dimensionality(tables: Tables, labels: Labels) -> str:
    frame = tables["scale_dimensionality"]
    frame = frame[(frame["dimensions"] != "unknown") & (frame["construct"] != ALL)]
    one, of = int((frame["dimensions"] == "one").sum()), len(frame)
    if not of:
        return ""
    return labels.say(f"{one} of {of} scales are of one dimension.", f"{one} จาก {of} ตัวแปรมีมิติเดียว")


def _configurations(tables: Tables, labels: Labels) -> str:
    frame = tables["qca_fit"]
    rows = records(frame[(frame["solution"] == "intermediate") & frame["inclusion"].notna()])
    states = {"present": ("Outcome", "ผลลัพธ์"), "absent": ("Its absence", "การไม่มีผลลัพธ์")}
    told = []
    for row in rows:
        head = labels.say(*states[str(row["outcome"])])
        fit = [format_number(row[column], "coefficient", labels.language) for column in ("inclusion", "coverage")]
        told.append(
            labels.say(
                f"{head}: inclusion {fit[0]}, coverage {fit[1]}.", f"{head} ค่าความเพียงพอ {fit[0]} ความครอบคลุม {fit[1]}"
            )
        )
    return " ".join(told)


def _framework(_: Tables, labels: Labels) -> str:
    outcomes = [labels.constructs[id_] for id_ in labels.outcomes]
    factors = [label for id_, label in labels.constructs.items() if id_ not in labels.outcomes]
    if not factors or not outcomes:
        return ""
    return labels.say(
        f"Factors: {'; '.join(factors)}. An arrow leads from them to the outcomes: {'; '.join(outcomes)}.",
        f"ปัจจัย ได้แก่ {', '.join(factors)} มีลูกศรชี้ไปยังผลลัพธ์ ได้แก่ {', '.join(outcomes)}",
    )


class Mapped(NamedTuple):
    """A map: what it shows, how its numbers read, and the tables without which it shows nothing."""

    panels: Callable[[Tables, Labels, Sequence[str]], tuple[list[Panel], str]]
    kind: Format
    sources: tuple[str, str]


MAPPED = {
    "theme_map": Mapped(mapped_themes, "share", ("themes_by_site", "site_places")),
    "scale_map": Mapped(mapped_scales, "decimal", ("scale_statistics", "site_places")),
}
# Figures of which no number is the largest.
OTHERWISE: dict[str, Callable[[Tables, Labels], str]] = {
    "framework": _framework,
    "saturation": _saturation,
    "dimensionality": _dimensionality,
    "qca_xy": _configurations,
}
