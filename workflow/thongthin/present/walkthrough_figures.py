"""The figures of the walk-throughs: plain SVG in the page, with a label for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

WIDTH, LEFT, STEP, RIGHT = 720, 300, 24, 20
_INK, _FILL = "currentColor", "#2a6f97"


class Figure(str):
    """An SVG, which a notebook shows as a picture."""

    def _repr_html_(self) -> str:
        return str(self)


def intervals(rows: Sequence[tuple[str, float, float, float]], least: float, most: float, label: str) -> Figure:
    """For each row (name, low, middle, high) its interval and its point, on an axis from `least` to `most`.

    Args:
        label: what the figure shows, for screen readers.
    """
    parts = []
    for place, (name, low, middle, high) in enumerate(rows):
        y = STEP * place + 16
        ends = [_x(value, least, most) for value in (low, high)]
        parts += [
            _text(LEFT - 12, y + 4, name, "end"),
            f'<line x1="{ends[0]:.1f}" x2="{ends[1]:.1f}" y1="{y}" y2="{y}" stroke="{_INK}" stroke-width="1.5"/>',
            f'<circle cx="{_x(middle, least, most):.1f}" cy="{y}" r="4" fill="{_FILL}">'
            f"<title>{middle:.2f}</title></circle>",
        ]
    return _figure(parts, len(rows), least, most, label)


def bars(rows: Sequence[tuple[str, float]], label: str) -> Figure:
    """For each row (name, amount) a bar from 0; amounts are not negative."""
    most = max((amount for _, amount in rows), default=0) or 1
    parts = []
    for place, (name, amount) in enumerate(rows):
        y = STEP * place + 6
        length = _x(amount, 0, most) - LEFT
        parts += [
            _text(LEFT - 12, y + 14, name, "end"),
            f'<rect x="{LEFT}" y="{y}" width="{length:.1f}" height="{STEP - 8}" fill="{_FILL}">'
            f"<title>{amount:,g}</title></rect>",
        ]
    return _figure(parts, len(rows), 0, most, label)


def _x(value: float, least: float, most: float) -> float:
    return LEFT + (WIDTH - LEFT - RIGHT) * (value - least) / (most - least)


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="13" fill="{_INK}">{escape(text)}</text>'


def _figure(parts: list[str], rows: int, least: float, most: float, label: str) -> Figure:
    height = STEP * rows + 40
    axis = height - 26
    head = f'<svg viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" role="img" aria-label="{escape(label)}">'
    line = f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{axis}" y2="{axis}" stroke="{_INK}"/>'
    ends = [_text(LEFT, axis + 18, f"{least:g}", "middle"), _text(WIDTH - RIGHT, axis + 18, f"{most:,g}", "middle")]
    return Figure("".join([head, *parts, line, *ends, "</svg>"]))
