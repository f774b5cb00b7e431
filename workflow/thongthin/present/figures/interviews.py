"""The figures of the interviews."""

from __future__ import annotations

import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure

from thongthin.basics.language import UNDEFINED, format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures import foremost
from thongthin.present.figures.board import (
    GREY,
    INK,
    MARKS,
    NAMES,
    NORMAL,
    PALE,
    SEQUENTIAL,
    SMALL,
    STRIPE,
    TALLEST,
    WIDTH,
    Board,
    count_range,
    grid,
    is_dark,
    percent,
    sign,
    text_height,
    text_width,
    wrap,
)
from thongthin.present.figures.foremost import BAR, HEADING, MOST_COLUMNS
from thongthin.present.labels import Labels, Tables

OF_ALL = ("#000000", "X")  # the mark of all sites together
# The two ends of a palette that the colour-blind can tell apart; in grey print the side says which is which.
SIDE_COLOURS = {"hindering": "#B35806", "both": "#D8D8D8", "enabling": "#542788"}


@made_from("themes_by_site", "sites", "codes", th="แผนภาพความร้อน: สัดส่วนผู้ให้ข้อมูลของแต่ละพื้นที่ที่กล่าวถึงแต่ละประเด็น พิมพ์ค่าไว้ในช่อง")
def themes_by_site(tables: Tables, labels: Labels) -> Figure:
    """Heat map: the share of each site's participants who speak of each theme, printed in its cell."""
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    n = {site: count_range(own["denominator"]) for site, own in frame.groupby("site_id")}
    drawn = foremost.themes_by_site(tables, labels)
    themes, sites, remark = drawn.rows["theme_id"], drawn.rows["site_id"], drawn.remark
    shares = frame.pivot(index="theme_id", columns="site_id", values="share").loc[themes, sites].to_numpy()
    site_names = [f"{labels.site_head(site)}\n(n\u00a0=\u00a0{n[site]})" for site in sites]
    theme_names = [labels.themes[theme] for theme in themes]
    if len([site for site in labels.sites_and_all if site in n]) > MOST_COLUMNS + 1:
        return _heat_map(shares.T, site_names, theme_names, remark, last="row")
    return _heat_map(shares, theme_names, site_names, remark, last="column")


@made_from("codes_by_group", "codes", th="แผนภาพความร้อน: สัดส่วนผู้ให้ข้อมูลของแต่ละกลุ่มที่กล่าวถึงแต่ละรหัส พิมพ์ค่าไว้ในช่อง")
def codes_by_group(tables: Tables, labels: Labels) -> Figure:
    """Heat map: the share of each group's participants who speak of each code, printed in its cell.

    Codes that nobody speaks of are left out where there are too many for a page, then those that fewest speak of.
    """
    frame = tables["codes_by_group"]
    frame = frame[frame["denominator"] > 0]
    n = {group: count_range(own["denominator"]) for group, own in frame.groupby("group")}
    drawn = foremost.codes_by_group(tables, labels)
    codes, groups, remark = drawn.rows["code_id"], drawn.rows["group"], drawn.remark
    shares = frame.pivot(index="code_id", columns="group", values="share").loc[codes, groups].to_numpy()
    called = {**labels.groups, ALL: labels.say("All", "รวม")}
    names = [f"{called[group]}\n(n\u00a0=\u00a0{n[group]})" for group in groups]
    return _heat_map(shares, [labels.codes[code] for code in codes], names, remark, last="column")


@made_from(
    "themes_by_site",
    "sites",
    "codes",
    needs=("themes.confidence",),
    th="แผนภาพจุด: สัดส่วนผู้ให้ข้อมูลของแต่ละพื้นที่ที่กล่าวถึงแต่ละประเด็น พร้อมช่วงความเชื่อมั่นแบบแม่นตรง",
)
def theme_intervals(tables: Tables, labels: Labels, confidence: float = 0.95) -> Figure:
    """Dot plot: the share of each site's participants who speak of each theme, with its exact interval.

    Where there are more sites than marks, sites are grey dots, and only all sites together have a mark and an interval.

    Args:
        confidence: level of the intervals of the table, for the title of the axis.
    """
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    shares = {(row["theme_id"], row["site_id"]): row for row in records(frame)}
    sites = [site for site in labels.sites if site in set(frame["site_id"])]
    drawn = foremost.theme_intervals(tables, labels)
    themes, remark = drawn.rows["theme_id"], drawn.remark
    told_apart = len(sites) < len(MARKS) - 1
    marks = dict(zip(sites, MARKS, strict=False)) if told_apart and len(sites) > 1 else {}
    marks[ALL] = OF_ALL
    board = Board()
    entries = [(labels.site_head(site), sign(board, *mark)) for site, mark in marks.items()]
    if not told_apart:
        entries.insert(0, (labels.say("One site", "พื้นที่หนึ่งแห่ง"), sign(board, PALE, "o")))
    top = board.legend(0, entries)
    left, right = NAMES + 4, WIDTH - 3

    def x(share: float) -> float:
        return left + 2.5 + share * (right - left - 5)

    names = [wrap(labels.themes[theme], NAMES) for theme in themes]
    heights = [max(text_height(name) + 1.5, 2.8 * len(marks) + 2.4, 7.0) for name in names]
    tight = min(1.0, (TALLEST - top - 16) / sum(heights))
    small = min(1.0, tight / 0.8)  # rows lower than this need smaller type
    y = top
    for row, (theme, name) in enumerate(zip(themes, names, strict=True)):
        height = heights[row] * tight
        if row % 2 == 0:
            board.box(0, y, right, height, STRIPE)
        board.text(1, y + height / 2, name, size=NORMAL * small)
        if not told_apart:
            for site in sites:
                if (theme, site) in shares:
                    board.mark(x(shares[theme, site]["share"]), y + height / 2, PALE, "o")
        step = min(2.8, (height - 1.2) / len(marks))
        for place, (site, (colour, marker)) in enumerate(marks.items()):
            if (theme, site) not in shares:
                continue
            own = shares[theme, site]
            at = y + height / 2 + (place - (len(marks) - 1) / 2) * step
            board.line([x(own["low"]), x(own["high"])], [at, at], colour, linewidth=1.1, zorder=3)
            board.mark(x(own["share"]), at, colour, marker, size=5 * small)
        y += height
    quarters = [0, 0.25, 0.5, 0.75, 1]
    grid(board, [x(quarter) for quarter in quarters], top, y)
    level = f"{100 * confidence:g}"
    title = labels.say(
        f"Share of participants with exact {level}% confidence interval",
        f"ร้อยละของผู้ให้ข้อมูลและช่วงความเชื่อมั่นแบบแม่นตรงร้อยละ {level}",
    )
    y = board.axis(y, [(x(quarter), percent(quarter)) for quarter in quarters], title, left, right)
    return board.cut(_remark(board, remark, y))


@made_from("valence_balance", "sites", "codes", th="แท่งแยกสองข้าง: ข้อความด้านขัดขวางอยู่ซ้าย ด้านส่งเสริมอยู่ขวา ตามประเด็นและพื้นที่")
def valence_balance(tables: Tables, labels: Labels) -> Figure:
    """Diverging bars: passages that hinder to the left, that enable to the right, by theme and site.

    Passages that are both stand across the middle, half on each side. Where all sites do not fit a page, the bars are
    those of all sites together.
    """
    frame = tables["valence_balance"]
    frame = frame[frame["group"] == ALL]
    counts = {
        (row["theme_id"], row["site_id"]): [row[f"passages_{side}"] for side in ("hindering", "both", "enabling")]
        for row in records(frame)
    }
    counts = {place: sides for place, sides in counts.items() if sum(sides)}
    drawn = foremost.valence_balance(tables, labels)
    themes, shown = drawn.rows["theme_id"], drawn.rows["site_id"]
    names = {site: wrap(labels.site_head(site), NAMES, SMALL) for site in shown} if len(shown) > 1 else {}
    bars = [(theme, site) for theme in themes for site in shown if (theme, site) in counts]

    board = Board()
    sides = {
        "hindering": labels.say("Hindering", "ด้านขัดขวาง"),
        "both": labels.say("Both", "ทั้งสองด้าน"),
        "enabling": labels.say("Enabling", "ด้านส่งเสริม"),
    }
    entries = [(label, sign(board, SIDE_COLOURS[side], "s")) for side, label in sides.items()]
    top = board.legend(0, entries) + 1
    reach = [max(counts[bar][side] + counts[bar][1] / 2 for bar in bars) for side in (0, 2)]
    left, right = NAMES + 6, WIDTH - 4
    unit = (right - left) / max(1.0, sum(reach))
    zero = left + reach[0] * unit
    y, before = top, ""
    for theme, site in bars:
        label, size = (names[site], SMALL) if names else (wrap(labels.themes[theme], NAMES), NORMAL)
        if names and theme != before:
            board.text(0, y + HEADING / 2, wrap(labels.themes[theme], WIDTH).split("\n")[0], weight="bold")
            y, before = y + HEADING, theme
        height = max(BAR, text_height(label, size) + 0.6)
        board.text(1, y + height / 2, label, size=size, weight="bold" if names and site == ALL else "normal")
        hindering, both, _ = own = counts[theme, site]
        _bar(board, zero - (hindering + both / 2) * unit, y + height / 2, dict(zip(sides, own, strict=True)), unit)
        y += height
    board.line([zero, zero], [top, y], INK, zorder=0.5)
    step = max(1, round(sum(reach) / 10))
    step = next(nice for nice in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, step) if nice >= step)
    places = [k * step for k in range(-int(reach[0] // step), int(reach[1] // step) + 1)]
    ticks = [(zero + place * unit, format_number(abs(place), "count", "en")) for place in places]
    y = board.axis(y, ticks, labels.say("Passages", "จำนวนข้อความ"), left, right)
    return board.cut(_remark(board, drawn.remark, y))


def _bar(board: Board, x: float, y: float, counts: dict[str, int], unit: float) -> None:
    """The passages of each side from x on, `unit` mm each, with their number where there is room for it."""
    for side, count in counts.items():
        if not count:
            continue
        colour, width = SIDE_COLOURS[side], count * unit
        board.box(x, y - 1.9, width, 3.8, colour, edge="white")
        said = format_number(count, "count", "en")
        if width > text_width(said, 7) + 0.6:
            ink = "white" if is_dark(colour) else INK
            board.text(x + width / 2, y, said, ha="center", size=7, color=ink)
        x += width


def _remark(board: Board, remark: str, y: float) -> float:
    """Write a remark below a figure that ends at `y`; returns where it ends."""
    if not remark:
        return y
    board.text(0, y + 2.5, remark, size=SMALL, color=GREY)
    return y + 5.5


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
    below = 2.4 + text_height(wrap(remark, WIDTH - left, SMALL), SMALL)
    tight = min(1.0, (TALLEST - top - gap - below) / sum(heights))
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
        text = wrap(remark, WIDTH - left, SMALL)
        board.text(left, y + 1.7, text, size=SMALL, color=GREY, va="top")
        y += 2.4 + text_height(text, SMALL)
    return board.cut(y + 0.5)
