"""The figures of the interviews."""

from __future__ import annotations

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from thongthin.figures.board import (
    GREY,
    INK,
    NAMES,
    NORMAL,
    PALE,
    SEQUENTIAL,
    SMALL,
    TALLEST,
    WIDTH,
    Board,
    count_range,
    is_dark,
    percent,
    text_height,
    text_width,
    wrap,
)
from thongthin.language import UNDEFINED
from thongthin.presentation import Labels, Tables
from thongthin.tables import ALL

# More rows and columns than these make no legible heat map. Where there are more sites, they become its rows; where
# there are more themes, those that most participants speak of are shown.
MOST_ROWS, MOST_COLUMNS = 30, 10


def themes_by_site(tables: Tables, labels: Labels) -> Figure:
    """Heat map: the share of each site's participants who speak of each theme, printed in its cell."""
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    n = {site: count_range(own["denominator"]) for site, own in frame.groupby("site_id")}
    sites = [site for site in (*labels.sites, ALL) if site in n]
    sites_are_rows = len(sites) > MOST_COLUMNS + 1
    total = frame[frame["site_id"] == ALL].set_index("theme_id")["participants"]
    themes = [theme for theme in labels.themes if theme in total.index]
    remark, most = "", MOST_COLUMNS if sites_are_rows else MOST_ROWS
    if len(themes) > most:
        remark = labels.say(
            f"{most} of {len(themes)} themes: those that most participants speak of",
            f"แสดง {most} จาก {len(themes)} ประเด็น คือประเด็นที่มีผู้กล่าวถึงมากที่สุด",
        )
        shown = set(total.loc[themes].sort_values(ascending=False, kind="stable").index[:most])
        themes = [theme for theme in themes if theme in shown]
    shares = frame.pivot(index="theme_id", columns="site_id", values="share").loc[themes, sites].to_numpy()
    site_names = [f"{labels.site(site)}\n(n\u00a0=\u00a0{n[site]})" for site in sites]
    theme_names = [labels.themes[theme] for theme in themes]
    if sites_are_rows:
        return _heat_map(shares.T, site_names, theme_names, remark, last="row")
    return _heat_map(shares, theme_names, site_names, remark, last="column")


def _heat_map(
    shares: npt.NDArray[np.float64], row_names: list[str], column_names: list[str], remark: str, *, last: str
) -> Figure:
    """Cells with their shares; the last row or column holds the total and stands apart."""
    rows, columns = shares.shape
    gap = 2.0
    row_names = [name.replace("\n", " ") for name in row_names]
    names_width = min(NAMES, max(text_width(name) for name in row_names) + 1)
    names = [wrap(name, names_width) for name in row_names]
    left = names_width + 3.5
    cell = min(30.0, (WIDTH - left - gap - 0.5) / columns)
    heads = [wrap(name, cell - 1, SMALL) for name in column_names]
    upright = max(text_width(line, SMALL) for name in heads for line in name.split("\n")) > cell - 1
    top = max(text_height(name, SMALL) for name in heads) + 1.5
    if upright:
        # Longer lines until every heading is as narrow as its column.
        for length in (36, 48, 60):
            heads = [wrap(name.replace("\n", " "), length, SMALL) for name in column_names]
            if max(text_height(name, SMALL) for name in heads) <= cell:
                break
        top = max(text_width(line, SMALL) for name in heads for line in name.split("\n")) + 2
    heights = [max(5.5 if rows > 15 else 7.5, text_height(name) + 1.5) for name in names]
    tight = min(1.0, (TALLEST - top - gap - 6) / sum(heights))
    board = Board()
    for column, name in enumerate(heads):
        x = left + (column + 0.5) * cell + (gap if last == "column" and column == columns - 1 else 0)
        if upright:
            board.text_upwards(x, top - 1, name, size=SMALL)
        else:
            board.text(x, top - 1, name, size=SMALL, ha="center", va="bottom")
    y = top
    for row, name in enumerate(names):
        height = heights[row] * tight
        y += gap if last == "row" and row == rows - 1 else 0
        board.text(names_width + 1, y + height / 2, name, ha="right")
        for column, share in enumerate(shares[row]):
            x = left + column * cell + (gap if last == "column" and column == columns - 1 else 0)
            # The palest and the darkest of the colours are left out: 0% has an edge, and 100% can be read.
            colour = "white" if np.isnan(share) else matplotlib.colormaps[SEQUENTIAL](0.04 + 0.86 * share)
            board.box(x + 0.2, y + 0.2, cell - 0.4, height - 0.4, colour, edge=PALE)
            said = UNDEFINED if np.isnan(share) else percent(share)
            ink = "white" if is_dark(colour) else INK
            board.text(x + cell / 2, y + height / 2, said, ha="center", color=ink, size=NORMAL if cell > 11 else 7)
        y += height
    if remark:
        y += 6
        board.text(left, y - 2.5, remark, size=SMALL, color=GREY)
    return board.cut(y + 0.5)
