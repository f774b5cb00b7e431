"""The figures of the survey."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import (
    DIVERGING,
    GREY,
    INK,
    ITEM_NAMES,
    MARKS,
    NAMES,
    PALE,
    SMALL,
    STRIPE,
    TALLEST,
    WIDTH,
    Board,
    grid,
    is_dark,
    lines_of,
    percent,
    pieces_of,
    sign,
    text_height,
    wrap,
)
from thongthin.present.labels import WAVES, Labels, Tables

# Rows so much lower than their names need would run into each other.
LEAST_TIGHT = 0.8
# A scale of more points than these has no tick for each.
MOST_TICKS = 12


class MeanAxis(NamedTuple):
    """One axis for the means of several constructs.

    Attributes:
        constructs: those that it fits.
        left_out: those that are measured in other units, numbers beside points of a scale among them.
        ticks: from the lowest to the highest value.
    """

    constructs: list[str]
    left_out: list[str]
    ticks: list[float]

    def remark(self, labels: Labels) -> str:
        """Which constructs are left out; "" where none is."""
        names = ", ".join(labels.constructs[construct] for construct in self.left_out)
        said = labels.say(f"Not drawn, being measured in other units: {names}", f"ไม่ได้แสดง เพราะใช้หน่วยวัดอื่น: {names}")
        return said if names else ""

    def named_ticks(self) -> list[tuple[float, str]]:
        """The ticks and how they read."""
        return [(value, f"{value:,.10g}") for value in self.ticks]


def mean_axis(items: pd.DataFrame, constructs: Sequence[str], means: pd.DataFrame) -> MeanAxis:
    """The axis for the means of constructs.

    Where any is measured in points of a scale, it runs from the lowest to the highest answer, and numbers (amounts) are
    left out; where all are numbers, it spans the means of those that have the limits of the first.

    Args:
        items: table `items`.
        constructs: in the order of the figure, at least one.
        means: column construct; all others are to be spanned by an axis of numbers.
    """
    columns = ["construct", "numeric", "minimum", "maximum"]
    limits = {construct: own for construct, *own in items[columns].itertuples(index=False)}
    drawn = [c for c in constructs if not limits[c][0]] or [c for c in constructs if limits[c] == limits[constructs[0]]]
    low, high = (float(end([limits[c][place] for c in drawn])) for place, end in ((1, min), (2, max)))
    between = MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]).tick_values
    values = means[means["construct"].isin(drawn)].drop(columns="construct").to_numpy(dtype=float)
    values = values[~np.isnan(values)].clip(low, high)
    if limits[drawn[0]][0] and len(values):
        ticks = [float(tick) for tick in between(values.min(), values.max())]
    else:
        inner = np.arange(low + 1, high) if high - low <= MOST_TICKS else between(low, high)
        ticks = [low, *(float(tick) for tick in inner if low < tick < high), high]
    return MeanAxis(drawn, [c for c in constructs if c not in drawn], ticks)


@made_from(
    "scale_statistics",
    "sites",
    "items",
    needs=("constructs", "scales.bands", "scales.confidence"),
    th="แผนภาพจุด: ค่าเฉลี่ยของแต่ละตัวแปรในแต่ละพื้นที่ พร้อมช่วงความเชื่อมั่น",
)
def factor_profile(tables: Tables, labels: Labels, confidence: float = 0.95) -> Figure:
    """Dot plot: the mean of each scale at each site, with its confidence interval.

    Scales asked before and after are left to the figure of change, unless there are no others. Where there are more
    sites than marks, sites are grey dots, and only the mean of all has a mark and an interval.
    """
    frame = tables["scale_statistics"]
    frame = frame[frame["n"] > 0]
    if (frame["wave"] == "single").any():
        frame = frame[frame["wave"] == "single"]
    present = [construct for construct in labels.constructs if construct in set(frame["construct"])]
    axis = mean_axis(tables["items"], present, frame[["construct", "mean", "low", "high"]])
    frame = frame[frame["construct"].isin(axis.constructs)]
    found = records(frame)
    means = {(r["construct"], r["wave"], r["site_id"]): (r["mean"], r["low"], r["high"]) for r in found}
    scales = [(c, w) for c in labels.constructs for w in WAVES if (c, w, ALL) in means]
    sites = [site for site in labels.sites if site in set(frame["site_id"])]
    told_apart = len(sites) <= len(MARKS)
    marks = dict(zip(sites, MARKS, strict=False)) if told_apart else {ALL: MARKS[0]}

    board = Board()
    entries = [(labels.site_head(site), sign(board, *mark)) for site, mark in marks.items()]
    if not told_apart:
        entries.append((labels.say("One site", "พื้นที่หนึ่งแห่ง"), sign(board, PALE, "o")))
    top = board.legend(0, entries)
    x, ticks = _scale_axis(axis)
    left, right = x(-np.inf), x(np.inf)
    edges = [x(above) for above in labels.band_limits] if frame["band"].notna().any() else []
    for label, upper, lower in zip(labels.bands, [right, *edges], edges, strict=False):
        board.text((upper + lower) / 2, top + 1.5, label, size=SMALL, ha="center", color=GREY)
    top += 4 if edges else 0
    names = [wrap(labels.scale(*scale), NAMES) for scale in scales]
    heights = [max(text_height(name) + 2, 2.8 * len(marks) + 2.4, 8) for name in names]
    tight = min(1.0, (TALLEST - top - 10) / sum(heights))
    y = top
    for row, (scale, name) in enumerate(zip(scales, names, strict=True)):
        height = heights[row] * tight
        if row % 2 == 0:
            board.box(0, y, right, height, STRIPE)
        board.text(1, y + height / 2, name)
        if not told_apart:
            for site in sites:
                if (*scale, site) in means:
                    board.mark(x(means[*scale, site][0]), y + height / 2, PALE, "o")
        step = min(2.8, (height - 2.4) / len(marks))
        for place, (site, (colour, marker)) in enumerate(marks.items()):
            if (*scale, site) not in means:
                continue
            mean, low, high = means[*scale, site]
            at = y + height / 2 + (place - (len(marks) - 1) / 2) * step
            if not np.isnan(low):
                board.line([x(low), x(high)], [at, at], colour, linewidth=1.1, zorder=3)
            board.mark(x(mean), at, colour, marker)
        y += height
    grid(board, [edge for edge in edges if left < edge < right], top, y)
    title = labels.say(
        f"Mean with {100 * confidence:g}% confidence interval",
        f"ค่าเฉลี่ยและช่วงความเชื่อมั่นร้อยละ {100 * confidence:g}",
    )
    return end_with_remark(board, board.axis(y, ticks, title, left, right), axis, labels)


@made_from(
    "item_answers",
    "items",
    also=("answer_scales",),
    needs=("constructs",),
    th="แท่งซ้อนที่แยกจากกึ่งกลางของมาตรวัด: ความถี่ของแต่ละคำตอบในแต่ละข้อ",
)
def item_answers(tables: Tables, labels: Labels) -> Figure:
    """Stacked bars that diverge from the middle of the scale: how often each answer was given to each item."""
    points = tables["answer_scales"]
    called = {str(scale): own[f"label_{labels.language}"].tolist() for scale, own in points.groupby("scale")}
    items = tables["items"].sort_values("position")
    answers = tables["item_answers"].dropna(subset="share")
    shares = {id_: own.sort_values("value")["share"].to_numpy() for id_, own in answers.groupby("item_id")}
    n = answers.groupby("item_id")["n"].sum()
    items = items[items["item_id"].isin(list(shares))]
    waves = dict(zip(items["item_id"], items["wave"], strict=True))
    turned = dict(zip(items["item_id"], items["reversed"], strict=True))
    names = {
        item: wrap(labels.item(item, wave) + " (R)" * turned[item], ITEM_NAMES, SMALL) for item, wave in waves.items()
    }
    around = 5.2 * len(items.groupby(["scale", "construct"])) + 10 * items["scale"].nunique() + 10
    if around + sum(_bar_height(name) for name in names.values()) > TALLEST:
        # Too much for one page: every text is cut to one line.
        cut = {
            item: lines_of(pieces_of(name.replace("\n", " ")), ITEM_NAMES - 3, SMALL)[0] for item, name in names.items()
        }
        names = {item: name if "\n" not in name else f"{cut[item]} …" for item, name in names.items()}
    tight = min(1.2, (TALLEST - around) / sum(_bar_height(name) for name in names.values()))
    shrunk = min(1.0, tight / 0.8)  # rows lower than this need smaller type

    below = {item: _below_middle(own) for item, own in shares.items()}
    low, high = max(below.values()), max(1 - share for share in below.values())
    left, right = ITEM_NAMES + 4, WIDTH - 11
    unit = (right - left) / (low + high)
    zero = left + low * unit
    board, y = Board(), 0.0
    for scale, of_scale in items.groupby("scale", sort=False):
        said = called[str(scale)]
        colours = _diverging(len(said))
        entries = [(label, sign(board, colour, "s")) for label, colour in zip(said, colours, strict=True)]
        y = top = board.legend(y, entries) + 1.5
        for construct, own in of_scale.groupby("construct", sort=False):
            if construct:
                board.text(0, y + 2.4, labels.constructs[str(construct)], weight="bold", size=SMALL)
                y += 4.6
            for item in own["item_id"]:
                height = _bar_height(names[item]) * tight
                board.text(1, y + height / 2, names[item], size=shrunk * SMALL)
                board.text(
                    WIDTH, y + height / 2, format_number(n[item], "count", "en"), size=shrunk * SMALL, ha="right"
                )
                _bar(board, zero - below[item] * unit, y, height, shares[item], colours, unit, 7 * shrunk)
                y += height
            y += 0.6
        board.line([zero, zero], [top, y], INK, zorder=0.5)
        y += 2
    board.text(WIDTH, y + 1.2, "n", size=SMALL, ha="right")
    if any(turned.values()):
        remark = labels.say("(R): negative item, as answered", "(R) คือข้อคำถามเชิงลบ แสดงตามคำตอบเดิม")
        board.text(1, y + 1.2, remark, size=SMALL)
    quarters = [k / 4 for k in range(-4, 5) if -low <= k / 4 <= high]
    ticks = [(zero + quarter * unit, percent(abs(quarter))) for quarter in quarters]
    return board.cut(board.axis(y - 2, ticks, labels.say("Share of answers", "ร้อยละของคำตอบ"), left, right))


def _bar(
    board: Board,
    x: float,
    y: float,
    height: float,
    shares: npt.NDArray[np.float64],
    colours: Sequence[Any],
    unit: float,
    size: float,
) -> None:
    """The answers to an item from x on, `unit` mm for all respondents, with their percentage where there is room."""
    thick = min(4.4, height - 0.8)
    for share, colour in zip(shares, colours, strict=True):
        board.box(x, y + height / 2 - thick / 2, share * unit, thick, colour, edge="white")
        if share * unit > 5.5:
            ink = "white" if is_dark(colour) else INK
            board.text(x + share * unit / 2, y + height / 2, percent(share), ha="center", size=size, color=ink)
        x += share * unit


@made_from(
    "before_after",
    "sites",
    "items",
    needs=("constructs",),
    th="แผนภาพดัมบ์เบลล์: ค่าเฉลี่ยก่อนและหลัง และผลต่าง ของแต่ละตัวแปรและพื้นที่",
)
def before_after(tables: Tables, labels: Labels) -> Figure:
    """Dumbbells: the means before and after, and the change, for each construct and site.

    Where not all sites fit a page, they are those of all sites together.
    """
    frame = tables["before_after"]
    frame = frame[frame["n"] > 0]
    rows = {(row["construct"], row["site_id"]): row for row in records(frame)}
    present = [construct for construct in labels.constructs if construct in set(frame["construct"])]
    axis = mean_axis(tables["items"], present, frame[["construct", "mean_before", "mean_after"]])
    constructs = axis.constructs
    sites, tight = sites_of_change(frame, constructs, labels)
    names = {site: wrap(labels.site_head(site), NAMES - 2) for site in sites}
    heights = {site: _height_of_change(name) for site, name in names.items()}
    board = Board()
    colour = MARKS[0][0]
    entries = [
        (labels.say("Mean before", "ค่าเฉลี่ยก่อน"), sign(board, colour, "o", filled=False)),
        (labels.say("Mean after", "ค่าเฉลี่ยหลัง"), sign(board, colour, "o")),
    ]
    top = board.legend(0, entries)
    board.text(WIDTH, top - 2, labels.say("Change", "ผลต่าง"), size=SMALL, ha="right")
    x, ticks = _scale_axis(axis, right=WIDTH - 14)
    left, right = x(-np.inf), x(np.inf)
    y = top
    for construct in constructs:
        board.text(0, y + 3.6, labels.constructs[construct], weight="bold")
        y += 7
        for place, site in enumerate(sites):
            if (construct, site) not in rows:
                continue
            row, height = rows[construct, site], heights[site] * tight
            middle = y + height / 2
            if place % 2 == 0:
                board.box(0, y, WIDTH, height, STRIPE)
            board.text(1, middle, names[site], weight="bold" if site == ALL else "normal")
            board.line([x(row["mean_before"]), x(row["mean_after"])], [middle, middle], colour, linewidth=1.4)
            board.mark(x(row["mean_before"]), middle, colour, "o", filled=False, size=6)
            board.mark(x(row["mean_after"]), middle, colour, "o", size=6)
            change = format_number(row["mean_change"], "decimal", labels.language)
            board.text(WIDTH - 1, middle, change if row["mean_change"] < 0 else f"+{change}", ha="right")
            y += height
    grid(board, [place for place, _ in ticks], top, y)
    end = board.axis(y, ticks, labels.say("Mean", "ค่าเฉลี่ย"), left, right)
    return end_with_remark(board, end, axis, labels)


def sites_of_change(frame: pd.DataFrame, constructs: Sequence[str], labels: Labels) -> tuple[list[str], float]:
    """The sites of the figure of change, and how close its rows stand (1: at their usual height).

    Args:
        frame: rows of `before_after` with answers.
        constructs: those that are drawn.
    """
    sites = [site for site in labels.sites_and_all if site in set(frame["site_id"])]
    height = sum(_height_of_change(wrap(labels.site_head(site), NAMES - 2)) for site in sites)
    tight = min(1.0, (TALLEST - 20 - 7 * len(constructs)) / (height * len(constructs)))
    if tight < LEAST_TIGHT and ALL in sites:
        # What no page has room for is told of all sites together, which the only name of each row says.
        return [ALL], 1.0
    return sites, tight


def _height_of_change(name: str) -> float:
    return max(6.0, text_height(name) + 2)


def end_with_remark(board: Board, y: float, axis: MeanAxis, labels: Labels) -> Figure:
    """The figure that ends at y, and what its axis leaves out below."""
    if not (remark := axis.remark(labels)):
        return board.cut(y)
    text = wrap(remark, WIDTH - 2, SMALL)
    board.text(1, y + 1, text, size=SMALL, va="top")
    return board.cut(y + 2 + text_height(text, SMALL))


def _scale_axis(axis: MeanAxis, right: float = WIDTH) -> tuple[Callable[[float], float], list[tuple[float, str]]]:
    """Where a mean stands on the board (infinite ones at the ends of the axis), and the ticks."""
    low, high = axis.ticks[0], axis.ticks[-1]
    start, end = NAMES + 4, right - 1
    margin = 3.0

    def x(mean: float) -> float:
        place = start + margin + (mean - low) / (high - low) * (end - start - 2 * margin)
        return float(np.clip(place, start, end))

    return x, [(x(value), name) for value, name in axis.named_ticks()]


def _bar_height(name: str) -> float:
    return max(4.8, text_height(name, SMALL) + 0.5)


def _diverging(k: int) -> list[Any]:
    """As many colours as there are answers; a middle answer is grey."""
    colours = [matplotlib.colormaps[DIVERGING](place) for place in np.linspace(0.12, 0.88, k)]
    if k % 2:
        colours[k // 2] = "#ECECEC"
    return colours


def _below_middle(shares: npt.NDArray[np.float64]) -> float:
    """Share of answers below the middle of the scale, with half of those in the middle."""
    half = len(shares) // 2
    middle = shares[half] / 2 if len(shares) % 2 else 0.0
    return float(shares[:half].sum() + middle)
