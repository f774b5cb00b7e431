"""A sheet measured in millimetres, text set on it as Thai wants it, the colours and signs that figures share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import matplotlib
import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from thongthin.basics.language import format_number, has_thai
from thongthin.contract.journal import FIGURE_TYPE, FIGURE_WIDTH
from thongthin.present.render.characters import drawable

WIDTH = FIGURE_WIDTH * 10  # mm
TALLEST = 220.0  # mm; leaves room for the caption on an A4 page
NAMES, ITEM_NAMES = 52.0, 78.0  # mm for the names of rows
MM = 1 / 25.4  # inches
NORMAL, SMALL = 9.0, FIGURE_TYPE  # points
POINT = 25.4 / 72  # mm
LINE = 1.3  # from line to line, in font sizes

# Colours that people who confuse some tell apart, each with a marker of its own; the first three, which most studies
# need, are told apart in grey print, too. After Okabe and Ito, with a darker blue and a purple.
MARKS = [
    ("#0065A8", "o"),
    ("#D55E00", "s"),
    ("#3D0C4F", "^"),
    ("#009E73", "D"),
    ("#CC79A7", "v"),
    ("#E69F00", "P"),
    ("#56B4E9", "X"),
    ("#000000", "p"),
]
INK, GREY, PALE, STRIPE = "#1A1A1A", "#6E6E6E", "#D0D0D0", "#F4F4F4"
SEQUENTIAL, DIVERGING = "Blues", "PuOr"

# Runs of Thai letters, and what stands between them. A word of more letters than these may be broken where it is made
# of others: องค์การ|บริหาร|ส่วน|ตำบล.
THAI = re.compile("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
LONGEST_WORD = 16


def _use_sarabun() -> None:
    # What people set for their own figures (matplotlibrc) must not show in these.
    matplotlib.rcdefaults()
    # Fonts of the machine are left out: a figure must look the same everywhere.
    own = Path(matplotlib.get_data_path())
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if own in Path(font.fname).parents]
    for style in ("Regular", "Bold"):
        manager.addfont(str(fontpkg_sarabun.ROOT / "files" / f"Sarabun-{style}.ttf"))
    matplotlib.rcParams.update(
        {
            "font.family": ["Sarabun", "DejaVu Sans"],
            "text.hinting": "none",
            "text.parse_math": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "thongthin",
        }
    )


_use_sarabun()


def beforehand() -> None:
    """Read the dictionary of Thai words (see `basics.warm_server`)."""
    from pythainlp.corpus.common import thai_words

    thai_words()


class Board:
    """A white sheet, 160 mm wide, to draw on in millimetres from the top left corner; `cut` gives it its height."""

    def __init__(self) -> None:
        self.figure = Figure(facecolor="white")
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, WIDTH)

    def cut(self, height: float) -> Figure:
        """The finished figure."""
        self.axes.set_ylim(height, 0)
        self.figure.set_size_inches(WIDTH * MM, height * MM)
        return self.figure

    def text(
        self, x: float, y: float, text: str, ha: str = "left", va: str = "middle", size: float = NORMAL, **style: Any
    ) -> None:
        """Lines of text on even base lines; `x` is their left, `y` their middle unless `ha` and `va` say otherwise."""
        lines = drawable(text).split("\n")
        pitch = LINE * size * POINT
        # Of the height of a line, letters without marks take the middle third; Thai marks stand in the upper one.
        above = {"middle": 0.5, "top": 0.0, "bottom": 1.0}[va] * len(lines)
        for number, line in enumerate(lines):
            base = y + (number + 0.5 - above) * pitch + 0.36 * size * POINT
            self.axes.text(x, base, line, ha=ha, va="baseline", size=size, **{"color": INK, **style})

    def text_upwards(self, x: float, y: float, text: str, size: float) -> None:
        """Lines of text that run upwards from `y`; `x` is their middle."""
        lines = drawable(text).split("\n")
        pitch = LINE * size * POINT
        for number, line in enumerate(lines):
            base = x + (number - (len(lines) - 1) / 2) * pitch + 0.36 * size * POINT
            self.axes.text(base, y, line, rotation=90, rotation_mode="anchor", va="baseline", size=size, color=INK)

    def box(self, x: float, y: float, width: float, height: float, colour: Any, edge: str = "none") -> None:
        self.axes.add_artist(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=0.5))

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = GREY, **style: Any) -> None:
        self.axes.add_artist(Line2D(xs, ys, color=colour, **{"linewidth": 0.6, "solid_capstyle": "butt", **style}))

    def mark(self, x: float, y: float, colour: str, marker: str, filled: bool = True, size: float = 5.0) -> None:
        face = colour if filled else "white"
        dot = Line2D([x], [y], marker=marker, markersize=size, color=colour, markerfacecolor=face, zorder=3)
        self.axes.add_artist(dot)

    def axis(self, y: float, ticks: Iterable[tuple[float, str]], title: str, left: float, right: float) -> float:
        """A horizontal axis with ticks (place, label) and a title below; returns where it ends."""
        self.line([left, right], [y, y])
        for x, label in ticks:
            self.line([x, x], [y, y + 0.9])
            self.text(x, y + 3.2, label, ha="center", size=SMALL)
        self.text((left + right) / 2, y + 7.4, title, ha="center", size=SMALL)
        return y + 10

    def legend(self, y: float, entries: Sequence[tuple[str, Callable[[float, float], None]]]) -> float:
        """Entries (label, what draws its sign at a place) in as many lines as they need; returns where they end."""
        x, y = 0.0, y + 2.6
        for label, draw_sign in entries:
            width = 6 + text_width(label, SMALL)
            if x and x + width > WIDTH:
                x, y = 0.0, y + 4.8
            draw_sign(x + 2, y)
            self.text(x + 5, y, label, size=SMALL)
            x += width + 5
        return y + 4.0


@cache
def text_width(text: str, size: float = NORMAL) -> float:
    """Width of one line of text in millimetres."""
    canvas = _ruler()
    renderer = canvas.get_renderer()  # type: ignore[no-untyped-call]
    width, _, _ = renderer.get_text_width_height_descent(drawable(text), FontProperties(size=size), False)
    return float(width / canvas.figure.dpi / MM)


@cache
def _ruler() -> FigureCanvasAgg:
    return FigureCanvasAgg(Figure())


def text_height(text: str, size: float = NORMAL) -> float:
    return LINE * size * POINT * (text.count("\n") + 1)


def wrap(text: str, width: float, size: float = NORMAL) -> str:
    """The text broken into lines of at most `width` millimetres, between words (Thai words by dictionary).

    As few lines as possible, and as even as these can be. A single word that is wider than a line stays whole. What no
    font has is replaced before, so that what is measured is what is drawn.
    """
    return "\n".join(line for part in drawable(text).split("\n") for line in _even_lines(part, width, size))


def _even_lines(text: str, width: float, size: float) -> list[str]:
    if text_width(text, size) <= width:
        return [text]
    words = pieces_of(text)
    lines = lines_of(words, width, size)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        even = lines_of(words, share * width, size)
        if len(even) == len(lines):
            return even
    return lines


def lines_of(words: list[str], width: float, size: float) -> list[str]:
    space = 0.25 * size * POINT
    lines, used = [""], 0.0
    for word in words:
        bare = word.rstrip()
        if lines[-1] and used + text_width(bare, size) > width:
            lines, used = [*lines, ""], 0.0
        lines[-1] += word
        used += text_width(bare, size) + (space if word != bare else 0)
    return [line.rstrip() for line in lines]


def pieces_of(text: str) -> list[str]:
    """The text in the pieces between which a line may break; spaces stand at the end of a piece."""
    pieces: list[str] = []
    for chunk in filter(None, text.split(" ")):
        words = [word for run in THAI.findall(chunk) for word in (_thai_words(run) if has_thai(run) else [run])]
        for i, word in enumerate(words):
            # Closing and repetition marks stay with what is before them, opening ones with what comes after.
            follows = word[0] in "ๆฯ" or (i > 0 and (word[0] in ")]}”’,.:;!?%/–-" or pieces[-1][-1] in "([{“‘/"))
            if pieces and follows:
                pieces[-1] += word
            else:
                pieces.append(word)
        pieces[-1] += " "
    return pieces


def _thai_words(run: str) -> list[str]:
    words = _dictionary_words(run)
    if not words:
        # Takes half a second to start, and knows what to do with words that are in no dictionary.
        from pythainlp.tokenize import word_tokenize

        words = word_tokenize(run, engine="newmm")
    return words


@cache
def _dictionary_words(run: str) -> list[str]:
    """Thai letters as words of the dictionary, the longest first; empty if they can't be read so."""
    from pythainlp.corpus.common import thai_words

    if len(run) <= LONGEST_WORD and run in thai_words():
        return [run]
    for end in range(min(LONGEST_WORD, len(run) - 1), 1, -1):
        if run[:end] in thai_words() and (rest := _dictionary_words(run[end:])):
            return [run[:end], *rest]
    return []


def percent(share: float) -> str:
    return f"{format_number(100 * share, 'count', 'en')}%"


def is_dark(colour: Any) -> bool:
    """Whether white stands out more from a colour than `INK` does (relative luminance of WCAG 2)."""
    channels = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722)) < 0.23


def count_range(counts: Iterable[int]) -> str:
    ordered = sorted(counts)
    return "–".join(format_number(n, "count", "en") for n in dict.fromkeys((ordered[0], ordered[-1])))


def sign(board: Board, colour: Any, marker: str, filled: bool = True) -> Callable[[float, float], None]:
    """What draws a marker in front of an entry of the legend."""
    return lambda x, y: board.mark(x, y, colour, marker, filled, size=6)


def grid(board: Board, places: Iterable[float], top: float, bottom: float) -> None:
    for place in places:
        board.line([place, place], [top, bottom], GREY, linewidth=0.4, linestyle=(0, (1, 3)), zorder=1.5)
