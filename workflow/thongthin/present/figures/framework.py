"""The figure of the conceptual framework: the factors, and the outcomes that they are to explain."""

from __future__ import annotations

from matplotlib.figure import Figure

from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import GREY, INK, SMALL, STRIPE, WIDTH, Board, text_height, wrap
from thongthin.present.labels import Labels, Tables

# mm: the boxes of factors and of outcomes, from left to right; room within a box, between boxes, and for the heads.
FACTORS, OUTCOMES = (0.5, 66.0), (96.0, WIDTH - 0.5)
INSIDE, BETWEEN, HEAD = 3.0, 3.0, 7.0
FEWEST = 9.0  # mm that a box takes


@made_from(needs=("constructs", "outcomes"), th="กรอบแนวคิด: ปัจจัยและผลลัพธ์ที่ปัจจัยใช้อธิบาย ตาม study.yml")
def framework(tables: Tables, labels: Labels) -> Figure:
    """The conceptual framework: the factors and the outcomes that they are to explain, as study.yml has them."""
    sides = split(labels)
    board = Board()
    if not all(sides):
        text = wrap(nothing(labels), WIDTH - 4)
        board.text(2, 2, text, va="top")
        return board.cut(4 + text_height(text))
    places = (FACTORS, OUTCOMES)
    names = [
        [wrap(labels.constructs[id_], right - left - 2 * INSIDE) for id_ in ids]
        for ids, (left, right) in zip(sides, places, strict=True)
    ]
    heights = [[max(text_height(name) + 2 * INSIDE - 2, FEWEST) for name in side] for side in names]
    taken = [sum(side) + BETWEEN * (len(side) - 1) for side in heights]
    whole = max(taken)
    heads = labels.say("Factors", "ปัจจัย"), labels.say("Outcomes", "ผลลัพธ์")
    for (left, right), head, side, tall, total in zip(places, heads, names, heights, taken, strict=True):
        board.text((left + right) / 2, HEAD / 2, head, ha="center", size=SMALL, weight="bold")
        y = HEAD + (whole - total) / 2  # the shorter side stands in the middle of the longer one
        for name, height in zip(side, tall, strict=True):
            board.box(left, y, right - left, height, STRIPE, edge=INK)
            board.text((left + right) / 2, y + height / 2, name, ha="center")
            y += height + BETWEEN
    _arrow(board, HEAD, HEAD + whole)
    return board.cut(HEAD + whole + 2.5)


def _arrow(board: Board, top: float, foot: float) -> None:
    """From a brace around all factors to one around all outcomes: each may explain each."""
    middle, (left, right) = (top + foot) / 2, (FACTORS[1] + 2, OUTCOMES[0] - 2)
    for edge, turn in ((left, left + 3), (right, right - 3)):
        board.line([edge, turn, turn, edge], [top, top, foot, foot], GREY, linewidth=0.9)
    board.line([left + 3, right - 5], [middle, middle], INK, linewidth=1.2)
    board.mark(right - 4.4, middle, INK, ">", size=6)


def split(labels: Labels) -> tuple[list[str], list[str]]:
    """The ids of the factors, and those of the outcomes, in the order of the framework."""
    return [id_ for id_ in labels.constructs if id_ not in labels.outcomes], list(labels.outcomes)


def nothing(labels: Labels) -> str:
    """Why there is no such figure."""
    return labels.say(
        "There is nothing to show here: framework in study.yml has no factors, or no outcomes.",
        "ไม่มีข้อมูลที่จะแสดง: framework ใน study.yml ไม่มีปัจจัย (factors) หรือผลลัพธ์ (outcomes)",
    )
