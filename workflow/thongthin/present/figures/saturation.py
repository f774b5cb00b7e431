"""The figure of saturation: what is found, interview by interview."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import (
    GREY,
    INK,
    MARKS,
    PALE,
    SMALL,
    WIDTH,
    Board,
    lines_of,
    pieces_of,
    text_height,
    wrap,
)
from thongthin.present.labels import Labels, Tables

# Panels of more sites do not fit a page; those with most interviews are shown.
MOST_PANELS = 12
PANEL, GAP, LEFT, BELOW = 32.0, 5.0, 9.0, 8.0  # mm: panel, between panels, left of one and below it for its axes
MOST_LINES = 3  # of the name of a site


@made_from(
    "saturation",
    "sites",
    also=("saturation_curve",),
    th="เส้นสะสมของรหัส (หรือประเด็น) ที่พบเมื่อสัมภาษณ์ถึงแต่ละคน ตามลำดับจริงและตามลำดับสุ่ม พื้นที่ละหนึ่งช่อง",
)
def saturation(tables: Tables, labels: Labels) -> Figure:
    """Curves: codes (or themes) found by each interview, as they came and over random orders; one panel a site.

    The tables are `saturation` and `saturation_curve`; sites without interviews have no panel.
    """
    frame = tables["saturation"]
    rows = {str(row["site_id"]): row for row in records(frame)}
    curves = {str(site): curve for site, curve in tables["saturation_curve"].groupby("site_id")}
    sites = [site for site in labels.sites if site in curves]
    remark = ""
    if len(sites) >= MOST_PANELS:
        shown = set(sorted(sites, key=lambda site: -rows[site]["n"])[: MOST_PANELS - 1])
        remark = labels.say(
            f" {MOST_PANELS - 1} of {len(sites)} sites: those with most interviews.",
            f" แสดง {MOST_PANELS - 1} จาก {len(sites)} พื้นที่ คือพื้นที่ที่มีบทสัมภาษณ์มากที่สุด",
        )
        sites = [site for site in sites if site in shown]
    panels = [ALL, *sites] if len(sites) > 1 else [ALL]  # one site is all there is
    columns = 2 if len(panels) in (2, 4) else min(3, len(panels))
    board = Board()
    y = _legend(board, labels, random=bool(frame["reached"].notna().any())) + 1
    step = (WIDTH + GAP) / columns
    width = step - GAP - LEFT - 1  # the marks of the last interview reach beyond the axis
    names = [_name(labels.site_head(site), rows[site]["n"], width) for site in panels]
    most = max(1, *(int(curves[site]["cumulative"].max()) for site in panels))
    for first in range(0, len(panels), columns):
        line = range(first, min(first + columns, len(panels)))
        y += max(text_height(names[place], SMALL) for place in line) + 1
        for place in line:
            site, left = panels[place], (place - first) * step + LEFT
            board.text(left, y - 1, names[place], size=SMALL, va="bottom", weight="bold" if site == ALL else "normal")
            _panel(board, curves[site], rows[site], labels, left, y, width, most)
        y += PANEL + BELOW
    found = {"codes": labels.say("codes", "รหัส"), "themes": labels.say("themes", "ประเด็น")}[frame["of"].iloc[0]]
    axes = labels.say(f"Upwards: {found} found; to the right: interviews.", f"แกนตั้ง: {found}ที่พบ แกนนอน: จำนวนบทสัมภาษณ์")
    text = wrap(axes + remark, WIDTH - LEFT, SMALL)
    board.text(LEFT, y, text, size=SMALL, va="top")
    return board.cut(y + text_height(text, SMALL) + 1)


def _legend(board: Board, labels: Labels, *, random: bool) -> float:
    colour, marker = MARKS[0]

    def band(x: float, y: float) -> None:
        board.box(x - 2, y - 1.3, 4, 2.6, PALE)
        board.line([x - 2, x + 2], [y, y], GREY)

    entries = [
        (labels.say("As interviewed", "ตามลำดับการสัมภาษณ์"), lambda x, y: board.mark(x, y, colour, marker, size=4)),
        (labels.say("Point of saturation", "จุดอิ่มตัว"), lambda x, y: board.line([x, x], [y - 1.6, y + 1.6], INK)),
    ]
    if random:
        entries.append((labels.say("Random orders: mean and limits", "ลำดับสุ่ม: ค่าเฉลี่ยและขอบ"), band))
    return board.legend(0, entries)


def _name(site: str, interviews: int, width: float) -> str:
    """Name of a site with its number of interviews, cut where it takes too many lines."""
    n = f"(n\u00a0=\u00a0{interviews})"
    lines = wrap(f"{site} {n}", width, SMALL).split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines_of(pieces_of(site), width - 4, SMALL)[: MOST_LINES - 1], f"… {n}"]
    return "\n".join(lines)


def _panel(
    board: Board,
    curve: pd.DataFrame,
    row: dict[Hashable, Any],
    labels: Labels,
    left: float,
    top: float,
    width: float,
    most: int,
) -> None:
    """One site: band, curve, axes, and the point of saturation or why there is none.

    Args:
        most: codes at the top of the axis.
    """
    bottom, n = top + PANEL, len(curve)

    def x(interviews: float) -> float:
        return left + width * interviews / n

    def y(codes: float) -> float:
        return bottom - PANEL * codes / (1.06 * most)

    places = [x(position) for position in curve["position"]]
    if curve["mean"].notna().any():
        low, high = ([y(codes) for codes in curve[column]] for column in ("low", "high"))
        board.axes.fill_between(places, low, high, color=PALE, linewidth=0)
        board.line(places, [y(codes) for codes in curve["mean"]], GREY, linewidth=0.8)
    colour, marker = MARKS[0]
    heights = [y(codes) for codes in curve["cumulative"]]
    board.line(places, heights, colour, linewidth=1.2, zorder=3)
    if n <= 30:
        for at, height in zip(places, heights, strict=True):
            board.mark(at, height, colour, marker, size=3)
    if not pd.isna(row["point"]):
        at = x(row["point"])
        board.line([at, at], [top, bottom], INK, linewidth=0.8, zorder=2)
        turned = at > left + 0.75 * width
        board.text(
            at + (-1 if turned else 1), bottom - 2.5, row["notation"], size=SMALL, ha="right" if turned else "left"
        )
    else:
        why = (
            labels.say("too few interviews", "บทสัมภาษณ์น้อยเกินไป")
            if pd.isna(row["first_ratio"])
            else labels.say("not reached", "ยังไม่ถึงจุดอิ่มตัว")
        )
        board.text(left + width, bottom - 2.5, why, size=SMALL, ha="right", color=GREY)
    board.line([left, left], [top, bottom])
    board.line([left, left + width], [bottom, bottom])
    for codes in (0, most):
        board.line([left - 0.9, left], [y(codes), y(codes)])
        board.text(left - 1.4, y(codes), format_number(codes, "count", "en"), size=SMALL, ha="right")
    for interviews in sorted({1, n}):
        board.line([x(interviews), x(interviews)], [bottom, bottom + 0.9])
        last = interviews == n
        text = format_number(interviews, "count", "en")
        board.text(
            x(interviews) + (0.5 if last else 0), bottom + 3.2, text, size=SMALL, ha="right" if last else "center"
        )
