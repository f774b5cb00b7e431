"""The figure of both strands: how each factor fares at each site in the interviews and in the survey."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import (
    GREY,
    MARKS,
    PALE,
    STRIPE,
    TALLEST,
    WIDTH,
    Board,
    grid,
    percent,
    sign,
    text_height,
    wrap,
)
from thongthin.present.figures.survey import MeanAxis, end_with_remark, mean_axis
from thongthin.present.labels import Labels, Tables

# mm: where names end, and where each panel begins and ends.
NAMES = 40.0
PANELS = ((NAMES + 4, 76.0), (80.0, 112.0), (116.0, WIDTH - 2))
MARGIN = 2.5  # mm between the ends of an axis and its first and last value
MARK = 4.0  # points; intervals are short, and show beside smaller marks only


@made_from(
    "joint_display",
    "sites",
    "items",
    needs=("constructs", "scales.confidence"),
    th="สามช่องที่ใช้แถวร่วมกัน: ใครกล่าวถึงปัจจัย กล่าวในแง่ดีหรือไม่ และได้คะแนนเท่าใด",
)
def joint_display(tables: Tables, labels: Labels, confidence: float = 0.95) -> Figure:
    """Three panels with common rows: who speaks of the factor, in its favour or not, and how it is rated.

    Sites have the marks of the figure `factor_profile`; means have their confidence intervals. Where there are more
    sites than marks, sites are grey dots, and only all sites together have a mark and an interval.

    Args:
        confidence: level of the intervals of means, for the title of the axis.
    """
    frame = tables["joint_display"]
    frame = frame[frame["group"] == ALL]
    cells = {(row["construct"], row["site_id"]): row for row in records(frame)}
    constructs = [construct for construct in labels.constructs if construct in set(frame["construct"])]
    seen = set(frame.loc[(frame["denominator"] > 0) | (frame["n"] > 0), "site_id"])
    sites = [site for site in labels.sites if site in seen]
    told_apart = len(sites) <= len(MARKS)
    marks = dict(zip(sites, MARKS, strict=False)) if told_apart else {ALL: MARKS[0]}

    board = Board()
    top = _head(board, marks, labels, told_apart=told_apart)
    means = frame.loc[frame["n"] > 0, ["construct", "mean", "mean_low", "mean_high"]]
    rated = [construct for construct in constructs if construct in set(means["construct"])]
    axis = mean_axis(tables["items"], rated or constructs, means)
    places = {
        "share": _axis(*PANELS[0], 0, 1),
        "index": _axis(*PANELS[1], -1, 1),
        "mean": _axis(*PANELS[2], axis.ticks[0], axis.ticks[-1]),
    }
    for (construct, _), cell in cells.items():
        if construct in axis.left_out:
            cell |= dict.fromkeys(("mean", "mean_low", "mean_high"), np.nan)
    names = [wrap(labels.constructs[construct], NAMES) for construct in constructs]
    heights = [max(text_height(name) + 2, 2.8 * len(marks) + 2.4, 8) for name in names]
    tight = min(1.0, (TALLEST - top - 12) / sum(heights))
    y = top
    for row, (construct, name) in enumerate(zip(constructs, names, strict=True)):
        height = heights[row] * tight
        if row % 2 == 0:
            board.box(0, y, WIDTH, height, STRIPE)
        board.text(1, y + height / 2, name)
        if not told_apart:
            for site in sites:
                _dots(board, cells[construct, site], places, y + height / 2, PALE, "o")
        step = min(2.8, (height - 2.4) / len(marks))
        for number, (site, (colour, marker)) in enumerate(marks.items()):
            at = y + height / 2 + (number - (len(marks) - 1) / 2) * step
            own = cells[construct, site]
            if not np.isnan(own["mean_low"]):
                x = places["mean"]
                board.line([x(own["mean_low"]), x(own["mean_high"])], [at, at], colour, linewidth=1.1, zorder=3)
            _dots(board, own, places, at, colour, marker)
        y += height
    zero = places["index"](0)
    board.line([zero, zero], [top, y], GREY, linewidth=0.7, zorder=1.5)
    end = _ends(board, places, axis, top, y, labels, confidence)
    return end_with_remark(board, end, axis, labels)


def _head(board: Board, marks: dict[str, tuple[str, str]], labels: Labels, *, told_apart: bool) -> float:
    """The legend, and the names of the strands above their panels; gives back where the panels begin."""
    entries = [(labels.site_head(site), sign(board, *mark)) for site, mark in marks.items()]
    if not told_apart:
        entries.append((labels.say("One site", "พื้นที่หนึ่งแห่ง"), sign(board, PALE, "o")))
    top = board.legend(0, entries) + 1
    strands = labels.say("Interviews", "สัมภาษณ์"), labels.say("Survey", "แบบสอบถาม")
    for strand, left, right in zip(strands, (PANELS[0][0], PANELS[2][0]), (PANELS[1][1], PANELS[2][1]), strict=True):
        board.text((left + right) / 2, top + 1.5, strand, weight="bold", ha="center")
        board.line([left, right], [top + 4.2, top + 4.2])
    return top + 5.5


def _ends(
    board: Board,
    places: dict[str, Callable[[float], float]],
    axis: MeanAxis,
    top: float,
    y: float,
    labels: Labels,
    confidence: float,
) -> float:
    """The axis of each panel below its rows, with its ticks and title; gives back where they end."""
    level = f"{100 * confidence:g}"
    titles = {
        "share": labels.say("Speak of it", "ผู้กล่าวถึง"),
        "index": labels.say("Hindering – enabling", "ขัดขวาง – ส่งเสริม"),
        "mean": labels.say(f"Mean, {level}% interval", f"ค่าเฉลี่ยและช่วงความเชื่อมั่นร้อยละ {level}"),
    }
    ticks: dict[str, list[tuple[float, str]]] = {
        "share": [(share, percent(share)) for share in (0, 0.5, 1)],
        "index": [(value, format_number(value, "count", labels.language)) for value in (-1, 0, 1)],
        "mean": axis.named_ticks(),
    }
    end = y
    for (measure, x), panel in zip(places.items(), PANELS, strict=True):
        placed = [(x(value), text) for value, text in ticks[measure]]
        grid(board, [place for place, _ in placed], top, y)
        end = board.axis(y, placed, titles[measure], *panel)
    return end


def _axis(left: float, right: float, low: float, high: float) -> Callable[[float], float]:
    """Where a value stands on the board; those beyond the axis stand at its ends."""

    def x(value: float) -> float:
        place = left + MARGIN + (value - low) / (high - low) * (right - left - 2 * MARGIN)
        return float(np.clip(place, left, right))

    return x


def _dots(
    board: Board, cell: dict[Any, Any], places: dict[str, Callable[[float], float]], y: float, colour: str, marker: str
) -> None:
    """The marks of one site in all panels; none where it has no data."""
    for measure, x in places.items():
        if not np.isnan(cell[measure]):
            board.mark(x(cell[measure]), y, colour, marker, size=MARK)
