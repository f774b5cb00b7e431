"""What a figure of interviews shows where a page has no room for all: what most speak of, and sites with most to read.

Both the figure and what is said of it in words go by it, so that nothing is told that nobody can see.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.present.figures.board import NAMES, SMALL, TALLEST, text_height, wrap
from thongthin.present.labels import Labels, Tables

# More rows and columns than these make no legible heat map. Where there are more sites, they become its rows; where
# there are more themes, those that most participants speak of are shown.
MOST_ROWS, MOST_COLUMNS = 30, 10
MOST_SITES = 24  # as rows, which their names make higher than those of themes
BAR, HEADING = 4.8, 5.5  # mm for a bar, and for the name of a theme above its bars


class Drawn(NamedTuple):
    """What is drawn of a table.

    Attributes:
        rows: column -> ids, in the order of the figure; `ALL` among them where a total is drawn.
        remark: what is left out and why, "" where nothing is.
    """

    rows: Mapping[str, list[str]]
    remark: str


def themes_by_site(tables: Tables, labels: Labels) -> Drawn:
    """The themes and sites of the heat map."""
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    sites = [site for site in labels.sites_and_all if site in set(frame["site_id"])]
    sites_are_rows = len(sites) > MOST_COLUMNS + 1
    themes, remark = _themes(_participants(frame, "site_id", "theme_id"), labels, sites_are_rows)
    if len(sites) > MOST_SITES + 1:
        read = frame.groupby("site_id")["denominator"].max()
        kept = sorted((site for site in sites if site != ALL), key=lambda site: -read[site])[:MOST_SITES]
        said = labels.say(
            f"{MOST_SITES} of {len(sites) - 1} sites: those with most participants",
            f"แสดง {MOST_SITES} จาก {len(sites) - 1} พื้นที่ คือพื้นที่ที่มีผู้ให้ข้อมูลมากที่สุด",
        )
        sites = [site for site in sites if site in {*kept, ALL}]
        remark = labels.say(". ", " ").join(filter(None, (said, remark)))
    return Drawn({"theme_id": themes, "site_id": sites}, remark)


def theme_intervals(tables: Tables, labels: Labels) -> Drawn:
    """The themes of the dot plot, which has all sites."""
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    themes, remark = _themes(_participants(frame, "site_id", "theme_id"), labels)
    sites = [site for site in labels.sites_and_all if site in set(frame["site_id"])]
    return Drawn({"theme_id": themes, "site_id": sites}, remark)


def codes_by_group(tables: Tables, labels: Labels) -> Drawn:
    """The codes and groups of the heat map."""
    frame = tables["codes_by_group"]
    frame = frame[frame["denominator"] > 0]
    groups = [group for group in (*labels.groups, ALL) if group in set(frame["group"])]
    total = _participants(frame, "group", "code_id")
    codes = [code for code in labels.codes if code in total.index]
    remark = ""
    if len(codes) > MOST_ROWS:
        foremost = set(total.loc[codes].sort_values(ascending=False, kind="stable").index[:MOST_ROWS])
        remark = labels.say(
            f"{MOST_ROWS} of {len(codes)} codes: those that most participants speak of.",
            f"แสดง {MOST_ROWS} จาก {len(codes)} รหัส ได้แก่รหัสที่มีผู้กล่าวถึงมากที่สุด",
        )
        codes = [code for code in codes if code in foremost]
    return Drawn({"code_id": codes, "group": groups}, remark)


def valence_balance(tables: Tables, labels: Labels) -> Drawn:
    """The themes and sites of the bars; all sites together where the bars of each do not fit a page."""
    frame = tables["valence_balance"]
    frame = frame[frame["group"] == ALL]
    sides = frame[["passages_hindering", "passages_both", "passages_enabling"]].sum(axis=1)
    frame, sides = frame[sides > 0], sides[sides > 0]
    total = sides[frame["site_id"] == ALL].set_axis(frame.loc[frame["site_id"] == ALL, "theme_id"])
    themes, remark = _foremost(total, labels, MOST_ROWS, of="passages")
    heights = {site: bar_height(labels.site_head(site)) for site in (*labels.sites, ALL)}
    shown = frame[frame["theme_id"].isin(themes)]
    height = sum(heights[site] for site in shown["site_id"] if site in heights) + HEADING * len(themes)
    if len(labels.sites) > 1 and height <= TALLEST - 24:
        return Drawn({"theme_id": themes, "site_id": [*labels.sites, ALL]}, remark)
    if len(labels.sites) > 1:
        remark = (labels.all_sites + labels.say(". ", " ") + remark).removesuffix(labels.say(". ", " "))
    return Drawn({"theme_id": themes, "site_id": [ALL]}, remark)


def bar_height(name: str) -> float:
    """The mm that a bar takes with its name beside it."""
    return max(BAR, text_height(wrap(name, NAMES, SMALL), SMALL) + 0.6)


def _participants(frame: pd.DataFrame, total: str, by: str) -> pd.Series[float]:
    return frame[frame[total] == ALL].set_index(by)["participants"]


def _themes(total: pd.Series[float], labels: Labels, as_columns: bool = False) -> tuple[list[str], str]:
    return _foremost(total, labels, MOST_COLUMNS if as_columns else MOST_ROWS)


def _foremost(total: pd.Series[float], labels: Labels, most: int, of: str = "participants") -> tuple[list[str], str]:
    """The themes to show, in the order of the codebook, and a remark where these are not all.

    Args:
        total: how often each theme counts; the largest are shown.
        of: what is counted, `participants` or `passages`.
    """
    themes = [theme for theme in labels.themes if theme in total.index]
    if len(themes) <= most:
        return themes, ""
    shown = set(total.loc[themes].sort_values(ascending=False, kind="stable").index[:most])
    which = {
        "participants": labels.say("those that most participants speak of", "ประเด็นที่มีผู้กล่าวถึงมากที่สุด"),
        "passages": labels.say("those with most passages", "ประเด็นที่มีข้อความมากที่สุด"),
    }[of]
    remark = labels.say(f"{most} of {len(themes)} themes: {which}", f"แสดง {most} จาก {len(themes)} ประเด็น คือ{which}")
    return [theme for theme in themes if theme in shown], remark
