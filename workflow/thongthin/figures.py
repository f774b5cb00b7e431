"""The figures of the article, in one language each: 160 mm wide, the text width of an A4 page, without a title.

Each function makes one `matplotlib.figure.Figure` from result tables and labels; places and sizes are millimetres from
the top left corner, so that nothing depends on automatic layout. Text is Sarabun from its package, broken at Thai words.
Colours can be told apart by the colour-blind and in grey print, and never carry meaning alone. Where the tables have no
rows, the figure is one sentence that says why. `save` writes SVG and PNG with the same bytes every time.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import matplotlib
import numpy as np
import pandas as pd
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Text as TextArtist

from thongthin.files import write_bytes
from thongthin.language import UNDEFINED, format_number, has_thai
from thongthin.presentation import FIGURES, Labels, Tables, filled, why_not
from thongthin.tables import ALL

WIDTH = 160.0  # mm
TALLEST = 215.0  # mm; leaves room for the caption on an A4 page
MM = 1 / 25.4  # inches
LINE = 4.1  # mm from line to line of 9 point text
SIZE, SMALL = 9, 8  # points

# Okabe and Ito's palette, darkest first, each with a marker of its own.
MARKS = [
    ("#0072B2", "o"),
    ("#D55E00", "s"),
    ("#009E73", "^"),
    ("#CC79A7", "D"),
    ("#E69F00", "v"),
    ("#56B4E9", "P"),
    ("#000000", "X"),
    ("#7F7F7F", "*"),
]
INK, GREY, PALE = "#1A1A1A", "#6E6E6E", "#D9D9D9"
SEQUENTIAL, DIVERGING = "Blues", "PuOr"

# More themes than these make no legible heat map: those that most participants speak of are shown.
MOST_THEMES = 30
# With more sites than these, the themes become the columns of the heat map.
MOST_SITE_COLUMNS = 10


def _use_sarabun() -> None:
    # Fonts of the machine are left out: a figure must look the same everywhere.
    own = Path(matplotlib.get_data_path())
    manager = font_manager.fontManager
    manager.ttflist = [font for font in manager.ttflist if own in Path(font.fname).parents]
    for style in ("Regular", "Bold"):
        manager.addfont(str(fontpkg_sarabun.ROOT / "files" / f"Sarabun-{style}.ttf"))
    matplotlib.rcParams.update(
        {
            "font.family": ["Sarabun", "DejaVu Sans"],
            "font.size": SIZE,
            "text.color": INK,
            "text.hinting": "none",
            "axes.edgecolor": GREY,
            "axes.linewidth": 0.6,
            "axes.labelcolor": INK,
            "xtick.color": GREY,
            "xtick.labelcolor": INK,
            "xtick.labelsize": SMALL,
            "xtick.major.width": 0.6,
            "xtick.major.size": 2.5,
            "svg.fonttype": "path",
            "svg.hashsalt": "thongthin",
        }
    )


_use_sarabun()


def draw(name: str, tables: Tables, labels: Labels, **more: Any) -> Figure:
    """The figure `name` of the article.

    Args:
        name: one of `presentation.FIGURE_NAMES`.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the figure.
        more: what the figure needs beyond (`scales` for item_answers, `confidence` for factor_profile).
    """
    if reason := why_not(FIGURES[name], filled(tables)):
        sentence = labels.say(f"There is nothing to show here: {reason[0]}.", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}")
        text = wrap(sentence, WIDTH - 10)
        figure = _figure(_height(text) + 10)
        _put(figure, 5, 5, text, va="top")
        return figure
    return _DRAWERS[name](tables, labels, **more)


def save(figure: Figure, svg: Path | str, png: Path | str) -> None:
    """Write a figure as SVG (text as paths) and as PNG (300 dots per inch), without date or random ids."""
    for path, options in ((svg, {"metadata": {"Date": None}}), (png, {"dpi": 300})):
        stream = io.BytesIO()
        figure.savefig(stream, format=Path(path).suffix[1:], **options)  # type: ignore[arg-type]
        write_bytes(path, stream.getvalue())


# --- places and text ------------------------------------------------------------------------------------------------


def _figure(height: float) -> Figure:
    """An empty figure of a height in millimetres."""
    figure = Figure(figsize=(WIDTH * MM, height * MM), facecolor="white")
    FigureCanvasAgg(figure)
    return figure


def _axes(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Axes at a place in millimetres from the top left corner; without frame, y running downwards."""
    whole = figure.get_figheight() / MM
    axes = figure.add_axes((left / WIDTH, 1 - (top + height) / whole, width / WIDTH, height / whole))
    axes.spines[:].set_visible(False)
    axes.set_yticks([])
    axes.set_ylim(height, 0)
    return axes


def _put(figure: Figure, x: float, y: float, text: str, **options: Any) -> None:
    """Text at a place in millimetres from the top left corner; `y` is its middle unless `va` says otherwise."""
    whole = figure.get_figheight() / MM
    style = {"ha": "left", "va": "center", "size": SIZE, "linespacing": 1.15, **options}
    figure.text(x / WIDTH, 1 - y / whole, text.replace("$", r"\$"), **style)


@cache
def _text_width(text: str, size: float, weight: str) -> float:
    """Width of one line of text in millimetres."""
    figure = _blank()
    artist = TextArtist(0, 0, text.replace("$", r"\$"), size=size, weight=weight, figure=figure)
    return artist.get_window_extent(figure.canvas.get_renderer()).width / figure.dpi / MM  # type: ignore[attr-defined]


@cache
def _blank() -> Figure:
    return _figure(10)


def wrap(text: str, width: float, size: float = SIZE, weight: str = "normal") -> str:
    """The text broken into lines of at most `width` millimetres, between words (Thai words by dictionary).

    A single word that is wider than a line stays whole.
    """
    lines: list[str] = []
    line = ""
    for word in _words(text):
        if line and _text_width((line + word).rstrip(), size, weight) > width:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip()
    return "\n".join([*lines, line.rstrip()])


def _words(text: str) -> list[str]:
    """The text in the pieces between which a line may break; spaces stand at the end of a piece."""
    pieces: list[str] = []
    for chunk in text.split():
        words = [chunk]
        if has_thai(chunk):
            from pythainlp.tokenize import word_tokenize

            words = word_tokenize(chunk, engine="newmm")
        for i, word in enumerate(words):
            # Closing marks and repetition signs stay with the word before, opening ones with the word after.
            if pieces and ((i and word[0] in ")]}”’\"',.:;!?%ๆฯ/–-") or (i and pieces[-1][-1] in "([{“‘\"'/")):
                pieces[-1] += word
            elif pieces and not i and word in ("ๆ", "ฯลฯ"):
                pieces[-1] += word
            else:
                pieces.append(word)
        pieces[-1] += " "
    return pieces


def _height(text: str, line: float = LINE) -> float:
    return line * (text.count("\n") + 1)


def _percent(share: float) -> str:
    return f"{format_number(round(100 * share), 'count', 'en')}%"


# --- the figures ----------------------------------------------------------------------------------------------------


def themes_by_site(tables: Tables, labels: Labels) -> Figure:
    """Heat map: the share of each site's participants who speak of each theme, printed in its cell."""
    frame = tables["themes_by_site"]
    frame = frame[(frame["denominator"] > 0) & frame["theme_id"].isin(labels.themes)]
    total = frame[frame["site_id"] == ALL].set_index("theme_id")["participants"]
    themes = [theme for theme in labels.themes if theme in total.index]
    remark = ""
    if len(themes) > MOST_THEMES:
        most = set(total.loc[themes].sort_values(ascending=False, kind="stable").index[:MOST_THEMES])
        remark = labels.say(
            f"{MOST_THEMES} of {len(themes)} themes: those that most participants speak of.",
            f"แสดง {MOST_THEMES} จาก {len(themes)} ประเด็น คือประเด็นที่มีผู้กล่าวถึงมากที่สุด",
        )
        themes = [theme for theme in themes if theme in most]
    present = set(frame["site_id"])
    sites = [site for site in [*labels.sites, ALL] if site in present]
    shares = frame.pivot(index="theme_id", columns="site_id", values="share").loc[themes, sites].to_numpy()
    counts = {site: sorted(set(own["denominator"])) for site, own in frame.groupby("site_id")}
    site_names = [f"{labels.site(site)}\n(n = {'–'.join(str(n) for n in dict.fromkeys((counts[site][0], counts[site][-1])))})" for site in sites]
    theme_names = [labels.themes[theme] for theme in themes]
    if len(sites) > MOST_SITE_COLUMNS:
        return _heat_map(shares.T, site_names, theme_names, remark, last_row_apart=True)
    return _heat_map(shares, theme_names, site_names, remark, last_column_apart=True)


def _heat_map(
    shares: np.ndarray,
    row_names: Sequence[str],
    column_names: Sequence[str],
    remark: str,
    *,
    last_column_apart: bool = False,
    last_row_apart: bool = False,
) -> Figure:
    """Cells with their shares; the last column or row, which holds the total, stands apart."""
    rows, columns = shares.shape
    gap = 2.0
    names_width = min(52.0, max(_text_width(line, SIZE, "normal") for name in row_names for line in name.split("\n")) + 1)
    cell_width = min(28.0, (WIDTH - names_width - 2 - gap) / columns)
    upright = cell_width < 14
    heads = [
        "\n".join(wrap(part, 34 if upright else cell_width - 1, SMALL) for part in name.split("\n"))
        for name in column_names
    ]
    names = ["\n".join(wrap(part, names_width - 1) for part in name.split("\n")) for name in row_names]
    head = 36.0 if upright else max(_height(text, 3.7) for text in heads) + 2
    cell_height = max(5.5 if rows > 15 else 7.5, *(_height(name) + 1.5 for name in names))
    if head + rows * cell_height > TALLEST:
        cell_height = (TALLEST - head) / rows
    height = head + rows * cell_height + gap + (5 if remark else 0)
    figure = _figure(height)
    left = names_width + 2
    width = columns * cell_width + gap
    axes = _axes(figure, left, head, width, rows * cell_height + gap)
    axes.set_xlim(0, width)
    axes.set_xticks([])
    colours = matplotlib.colormaps[SEQUENTIAL]
    for row in range(rows):
        y = row * cell_height + (gap if last_row_apart and row == rows - 1 else 0)
        _put(figure, names_width, head + y + cell_height / 2, names[row], ha="right")
        for column in range(columns):
            x = column * cell_width + (gap if last_column_apart and column == columns - 1 else 0)
            share = shares[row, column]
            missing = np.isnan(share)
            # The palest and the darkest of the map are left out, so that 0 % is seen and 100 % can be read.
            colour = "white" if missing else colours(0.04 + 0.86 * share)
            box = matplotlib.patches.Rectangle(
                (x + 0.25, y + 0.25), cell_width - 0.5, cell_height - 0.5, facecolor=colour, edgecolor=PALE, linewidth=0.4
            )
            axes.add_patch(box)
            axes.text(
                x + cell_width / 2,
                y + cell_height / 2,
                UNDEFINED if missing else _percent(share),
                ha="center",
                va="center_baseline",
                size=SIZE if cell_width >= 9 else 6,
                color="white" if share > 0.55 else INK,
            )
            if row == 0 and not upright:
                _put(figure, left + x + cell_width / 2, head - 1, heads[column], ha="center", va="bottom", size=SMALL)
            elif row == 0:
                options = {"rotation": 90, "rotation_mode": "anchor", "va": "center"}
                _put(figure, left + x + cell_width / 2, head - 1, heads[column], size=SMALL, **options)
    if remark:
        _put(figure, left, height - 2, remark, size=SMALL, color=GREY)
    return figure


def factor_profile(tables: Tables, labels: Labels, confidence: float = 0.95) -> Figure:
    """Dot plot: the mean of each scale at each site with its confidence interval (t distribution).

    Scales asked before and after are left to the figure of change, unless there are no others. With more sites than
    there are marks, sites are grey dots and only the mean of all carries an interval.
    """
    from scipy.special import stdtrit

    frame = tables["scale_statistics"]
    frame = frame[(frame["n"] > 0) & frame["construct"].isin(labels.constructs)]
    if (frame["wave"] == "single").any():
        frame = frame[frame["wave"] == "single"]
    reach = stdtrit((frame["n"] - 1).clip(lower=1), (1 + confidence) / 2) * frame["sd"] / np.sqrt(frame["n"])
    frame = frame.assign(reach=reach.where(frame["n"] > 1))
    waves = ("single", "before", "after")
    scales = [(c, w) for c in labels.constructs for w in waves if ((frame["construct"] == c) & (frame["wave"] == w)).any()]
    present = set(frame["site_id"])
    sites = [site for site in labels.sites if site in present]
    marked = len(sites) <= len(MARKS)
    items = tables["items"]
    items = items[items["construct"].isin([construct for construct, _ in scales])]
    low, high = int(items["minimum"].min()), int(items["maximum"].max())
    banded = frame["band"].notna().any()

    names_width = 50.0
    names = [wrap(labels.scale(*scale), names_width - 2) for scale in scales]
    step = 2.6 if marked else 0.0
    heights = [max(_height(name) + 2, step * len(sites) + 3.2 if marked else 8.0) for name in names]
    entries = [(labels.sites[site], *MARKS[i]) for i, site in enumerate(sites)] if marked else []
    legend = _legend_rows([name for name, *_ in entries], 8)
    foot = 10.0
    head = 1 + 4.6 * len(legend) + (5 if banded else 0)
    if not marked:
        head += 5
    scale_up = min(1.0, (TALLEST - head - foot) / sum(heights))
    heights, step = [height * scale_up for height in heights], step * scale_up
    figure = _figure(head + sum(heights) + foot)
    axes = _axes(figure, names_width, head, WIDTH - names_width - 2, sum(heights))
    axes.set_xlim(low - 0.1, high + 0.1)
    axes.set_xticks(range(low, high + 1))
    axes.spines["bottom"].set_visible(True)
    points = labels.say("Mean", "ค่าเฉลี่ย")
    interval = labels.say(f"{100 * confidence:g}% confidence interval", f"ช่วงความเชื่อมั่นร้อยละ {100 * confidence:g}")
    axes.set_xlabel(f"{points} ({interval})", size=SMALL)
    return figure
