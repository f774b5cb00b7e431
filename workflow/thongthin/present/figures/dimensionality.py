"""The figure of dimensions: the eigenvalues of each scale beside those of random data."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import GREY, MARKS, SMALL, WIDTH, Board, lines_of, pieces_of, text_height, wrap
from thongthin.present.labels import WAVES, Labels, Tables

# Panels of more scales do not fit a page; those of several dimensions come first, then those with most items.
MOST_PANELS = 12
PANEL, GAP, LEFT, BELOW = 30.0, 5.0, 9.0, 8.0  # mm: panel, between panels, left of one and below it for its axes
MOST_LINES = 3  # of the name of a scale
MOST_MARKS = 30


@made_from(
    "scale_dimensionality",
    "scale_eigenvalues",
    needs=("constructs", "scales.percentile"),
    th="สกรีพล็อต: ค่าไอเกนของข้อคำถามเทียบกับขอบเขตจากข้อมูลสุ่ม ตัวแปรละหนึ่งช่อง ช่องสุดท้ายคือทุกข้อ",
)
def dimensionality(tables: Tables, labels: Labels, percentile: float = 0.95) -> Figure:
    """Scree plots: eigenvalues of the items against the limit of random data; one panel a scale, all items last.

    The tables are `scale_dimensionality` and `scale_eigenvalues`; scales whose dimensions are unknown have no panel.
    """
    frame = tables["scale_dimensionality"]
    frame = frame[frame["dimensions"] != "unknown"]
    rows = {(str(row["construct"]), str(row["wave"])): row for row in records(frame)}
    panels = [(c, w) for c in (*labels.constructs, ALL) for w in WAVES if (c, w) in rows]
    board = Board()
    if not panels:
        sentence = labels.say(
            "There is nothing to show here: no scale has three items that enough respondents answered.",
            "ไม่มีข้อมูลที่จะแสดง: ไม่มีตัวแปรที่มีตั้งแต่สามข้อและมีผู้ตอบเพียงพอ",
        )
        text = wrap(sentence, WIDTH - 4)
        board.text(2, 2, text, va="top")
        return board.cut(4 + text_height(text))
    remark = ""
    if len(panels) > MOST_PANELS:
        remark = labels.say(f" {MOST_PANELS} of {len(panels)} scales.", f" แสดง {MOST_PANELS} จาก {len(panels)} ตัวแปร")
        ranked = sorted(panels, key=lambda own: (rows[own]["dimensions"] == "one", -rows[own]["items"]))
        panels = [own for own in panels if own in set(ranked[:MOST_PANELS])]
    curves = {(str(c), str(w)): own for (c, w), own in tables["scale_eigenvalues"].groupby(["construct", "wave"])}
    colour, marker = MARKS[0]
    limit = labels.say(f"Random data, {100 * percentile:g}th percentile", f"ข้อมูลสุ่ม เปอร์เซ็นไทล์ที่ {100 * percentile:g}")

    def dashes(x: float, y: float) -> None:
        board.line([x - 2, x + 2], [y, y], GREY, linewidth=1.0, linestyle=(0, (3, 1.5)))

    entries = [
        (labels.say("Eigenvalue", "ค่าไอเกน"), lambda x, y: board.mark(x, y, colour, marker, size=4)),
        (limit, dashes),
    ]
    y = board.legend(0, entries) + 1
    columns = 2 if len(panels) in (2, 4) else min(3, len(panels))
    step = (WIDTH + GAP) / columns
    width = step - GAP - LEFT - 1  # the last marks reach beyond the axis
    names = [_name(*own, int(rows[own]["n"]), labels, width) for own in panels]
    for first in range(0, len(panels), columns):
        line = range(first, min(first + columns, len(panels)))
        y += max(text_height(names[place], SMALL) for place in line) + 1
        for place in line:
            own, left = panels[place], (place - first) * step + LEFT
            board.text(left, y - 1, names[place], size=SMALL, va="bottom", weight="bold" if own[0] == ALL else "normal")
            _panel(board, curves[own], int(rows[own]["components"]), labels, left, y, width)
        y += PANEL + BELOW
    axes = labels.say("Upwards: eigenvalue; to the right: component.", "แกนตั้ง: ค่าไอเกน แกนนอน: ลำดับขององค์ประกอบ")
    text = wrap(axes + remark, WIDTH - LEFT, SMALL)
    board.text(LEFT, y, text, size=SMALL, va="top")
    return board.cut(y + text_height(text, SMALL) + 1)


def _name(construct: str, wave: str, n: int, labels: Labels, width: float) -> str:
    """Name of a scale with its number of respondents, cut where it takes too many lines."""
    name = labels.scale(construct, wave)
    count = f"(n\u00a0=\u00a0{format_number(n, 'count', 'en')})"
    lines = wrap(f"{name} {count}", width, SMALL).split("\n")
    if len(lines) > MOST_LINES:
        lines = [*lines_of(pieces_of(name), width - 4, SMALL)[: MOST_LINES - 1], f"… {count}"]
    return "\n".join(lines)


def _panel(
    board: Board, curve: pd.DataFrame, components: int, labels: Labels, left: float, top: float, width: float
) -> None:
    """One scale: its eigenvalues, the limit of random ones, axes, and how many components exceed it."""
    curve = curve.sort_values("component")
    bottom, last = top + PANEL, len(curve)
    most = max(1.0, float(curve[["eigenvalue", "random_limit"]].to_numpy().max()))

    def x(component: float) -> float:
        return left + 2 + (width - 4) * (component - 1) / max(1, last - 1)

    def y(eigenvalue: float) -> float:
        return bottom - PANEL * eigenvalue / (1.06 * most)

    colour, marker = MARKS[0]
    places = [x(component) for component in curve["component"]]
    limits = [y(value) for value in curve["random_limit"]]
    board.line(places, limits, GREY, linewidth=1.0, linestyle=(0, (3, 1.5)), zorder=2)
    heights = [y(value) for value in curve["eigenvalue"]]
    board.line(places, heights, colour, linewidth=1.2, zorder=3)
    for at, height in zip(places[:MOST_MARKS], heights[:MOST_MARKS], strict=True):
        board.mark(at, height, colour, marker, size=3)
    count = format_number(components, "count", "en")
    said = labels.say(f"{count} component{'s' * (components != 1)}", f"{count} องค์ประกอบ")
    board.text(left + width, top + 2.5, said, size=SMALL, ha="right")
    board.line([left, left], [top, bottom])
    board.line([left, left + width], [bottom, bottom])
    for value in (0.0, most):
        board.line([left - 0.9, left], [y(value), y(value)])
        text = format_number(value, "decimal", "en") if value else "0"
        board.text(left - 1.4, y(value), text, size=SMALL, ha="right")
    for component in sorted({1, last}):
        board.line([x(component), x(component)], [bottom, bottom + 0.9])
        board.text(x(component), bottom + 3.2, format_number(component, "count", "en"), size=SMALL, ha="center")
