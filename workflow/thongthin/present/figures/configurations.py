"""The figure of the qualitative comparative analysis: how far the cases in a solution have the outcome."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.figure import Figure

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import GREY, INK, MARKS, PALE, SMALL, WIDTH, Board, text_height, text_width, wrap
from thongthin.present.labels import Labels, Tables

PANEL, LEFT, GAP = 58.0, 13.0, 10.0  # mm: side of a panel, room for its axis, between panels
TICKS = (0.0, 0.5, 1.0)
Box = tuple[float, float, float, float]


@made_from(
    "qca_fit",
    "qca_sets",
    "codes",
    also=("qca_calibration", "qca_solutions"),
    needs=("constructs",),
    th="แผนภาพ XY: ความเป็นสมาชิกของแต่ละกรณีในผลเฉลยแบบกึ่งกลาง เทียบกับในผลลัพธ์และในการไม่มีผลลัพธ์",
)
def qca_xy(tables: Tables, labels: Labels) -> Figure:
    """XY plots: the membership of each case in the intermediate solution and in the outcome, and in its absence.

    Cases above the diagonal agree with the solution being sufficient; those in the lower right contradict it. Of models
    that tie the first is shown. Names of cases that would run into others are left out.
    """
    sets = tables["qca_sets"]
    outcome = records(sets[sets["role"] == "outcome"].astype(str))[0]
    of = labels.themes[outcome["theme_id"]] if outcome["theme_id"] else labels.constructs[outcome["construct"]]
    headings = {"present": of, "absent": labels.say(f"Absence of: {of}", f"การไม่มี: {of}")}
    members = tables["qca_calibration"].pivot(index="case_id", columns="set_id", values="membership")
    members = members.reindex(list(dict.fromkeys(tables["qca_calibration"]["case_id"]))).dropna()
    paths = tables["qca_solutions"].query("solution == 'intermediate' and model == 1")
    cases = [labels.short.get(case) or labels.sites.get(case, case) for case in members.index]
    board = Board()
    panels = [state for state in headings if (paths["outcome"] == state).any()]
    if not panels:
        said = labels.say("No configuration is sufficient for the outcome.", "ไม่มีรูปแบบเงื่อนไขใดที่เพียงพอต่อผลลัพธ์")
        board.text(2, 2, said, va="top")
        return board.cut(4 + text_height(said))
    names = {state: wrap(headings[state], PANEL) for state in panels}
    top = max(text_height(name) for name in names.values()) + 3
    left = (WIDTH - len(panels) * (LEFT + PANEL) - (len(panels) - 1) * GAP) / 2 + LEFT
    for state in panels:
        board.text(left, top - 1.5, names[state], va="bottom", weight="bold")
        y = members[outcome["set_id"]].to_numpy(dtype=float)
        x = _solution(paths.loc[paths["outcome"] == state, "term"], members)
        _panel(board, left, top, x, y if state == "present" else 1 - y, cases)
        across = labels.say("Membership in the solution", "ความเป็นสมาชิกของผลเฉลย")
        board.text(left + PANEL / 2, top + PANEL + 7, across, ha="center", size=SMALL)
        upwards = labels.say("Membership in the outcome", "ความเป็นสมาชิกของผลลัพธ์")
        board.text_upwards(left - 10.5, top + PANEL / 2 + text_width(upwards, SMALL) / 2, upwards, SMALL)
        left += PANEL + GAP + LEFT
    return board.cut(top + PANEL + 10)


def _solution(terms: pd.Series, members: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Membership of each case in a model, from its terms as they stand in the table."""
    found = np.zeros(len(members))
    for term in terms:
        least = np.ones(len(members))
        for literal in term.split("*") if term != "1" else ():
            column = members[literal.removeprefix("~")].to_numpy(dtype=float)
            least = np.minimum(least, 1 - column if literal.startswith("~") else column)
        found = np.maximum(found, least)
    return found


def _panel(
    board: Board,
    left: float,
    top: float,
    x: npt.NDArray[np.float64],
    y: npt.NDArray[np.float64],
    cases: list[str],
) -> None:
    right, bottom = left + PANEL, top + PANEL
    board.box(left, top, PANEL, PANEL, "white", edge=GREY)
    for tick in TICKS:
        said = format_number(tick, "coefficient", "en")
        board.text(left + tick * PANEL, bottom + 3, said, ha="center", size=SMALL)
        board.text(left - 1.5, bottom - tick * PANEL, said, ha="right", size=SMALL)
    board.line([left, right], [bottom - PANEL / 2] * 2, PALE)
    board.line([left + PANEL / 2] * 2, [top, bottom], PALE)
    board.line([left, right], [bottom, top], GREY, linestyle=(0, (3, 2)))
    colour, marker = MARKS[0]
    places: dict[tuple[float, float], list[str]] = {}
    for case, across, upwards in zip(cases, x, y, strict=True):
        places.setdefault((round(float(across), 3), round(float(upwards), 3)), []).append(case)
    points = [(left + across * PANEL, bottom - upwards * PANEL) for across, upwards in places]
    taken = [(px - 1, py - 1, px + 1, py + 1) for px, py in points]
    for (px, py), here in zip(points, places.values(), strict=True):
        board.mark(px, py, colour, marker, size=4)
        name = ", ".join(here)
        for place in _around(px, py, text_width(name, SMALL), left, right):
            inside = left < place[0] and place[2] < right and top < place[1] and place[3] < bottom
            if inside and not any(_overlap(place, other) for other in taken):
                board.text(place[0], (place[1] + place[3]) / 2, name, size=SMALL, color=INK)
                taken.append(place)
                break


def _around(x: float, y: float, width: float, left: float, right: float) -> Iterator[Box]:
    """Where the name of a point can stand: to the right, to the left, above, below (there within the panel)."""
    height = text_height("P", SMALL) - 0.6
    over = min(max(x, left + 0.5 + width / 2), right - 0.5 - width / 2)
    for middle, centre in (
        (x + 1.8 + width / 2, y),
        (x - 1.8 - width / 2, y),
        (over, y - 1.4 - height / 2),
        (over, y + 1.4 + height / 2),
    ):
        yield middle - width / 2, centre - height / 2, middle + width / 2, centre + height / 2


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
