"""The figures of the article, in one language each: 160 mm wide, the text width of an A4 page, without a title.

Each function draws result tables on a `Board`, a sheet measured in millimetres from its top left corner, so that every
place is known and nothing depends on automatic layout. Text is Sarabun from its package, broken between Thai words.
Colours can be told apart by the colour-blind and in grey print, and never carry meaning alone. Where the tables have no
rows, the figure is one sentence that says why. `save` writes SVG and PNG with the same bytes every time.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_sarabun
import matplotlib
import numpy as np
import numpy.typing as npt
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from thongthin.files import write_bytes
from thongthin.language import UNDEFINED, Language, format_number, has_thai
from thongthin.presentation import FIGURES, WAVES, Labels, Tables, filled, why_not
from thongthin.tables import ALL, read_table

Drawer = Callable[..., Figure]

WIDTH = 160.0  # mm
TALLEST = 220.0  # mm; leaves room for the caption on an A4 page
NAMES, ITEM_NAMES = 52.0, 78.0  # mm for the names of rows
MM = 1 / 25.4  # inches
NORMAL, SMALL = 9.0, 8.0  # points
POINT = 25.4 / 72  # mm
LINE = 1.3  # from line to line, in font sizes

# Okabe and Ito's palette, darkest first, each colour with a marker of its own.
MARKS = [
    ("#0072B2", "o"),
    ("#D55E00", "s"),
    ("#009E73", "^"),
    ("#CC79A7", "D"),
    ("#E69F00", "v"),
    ("#56B4E9", "P"),
    ("#000000", "X"),
    ("#7F7F7F", "p"),
]
INK, GREY, PALE, STRIPE = "#1A1A1A", "#6E6E6E", "#D0D0D0", "#F4F4F4"
SEQUENTIAL, DIVERGING = "Blues", "PuOr"

# More rows and columns than these make no legible heat map. Where there are more sites, they become its rows; where
# there are more themes, those that most participants speak of are shown.
MOST_ROWS, MOST_COLUMNS = 30, 10
# Runs of Thai letters, and what stands between them. A word of more letters than these may be broken where it is made
# of others: องค์การ|บริหาร|ส่วน|ตำบล.
THAI = re.compile("[\u0e00-\u0e7f]+|[^\u0e00-\u0e7f]+")
LONGEST_WORD = 16


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
            "text.hinting": "none",
            "text.parse_math": False,
            "svg.fonttype": "path",
            "svg.hashsalt": "thongthin",
        }
    )


_use_sarabun()


def write_figure(drawer: Drawer, tables: Sequence[str], th: Sequence[str], en: Sequence[str], **about: Any) -> None:
    """Draw a figure in both languages and write it.

    Args:
        drawer: one of the functions below.
        tables: files of the result and processed tables that the study has, of those that the figure is made from.
        th, en: the SVG and the PNG file to write in each language.
        about: what the labels need of the study (`constructs`, `bands`), and further arguments of the drawer.
    """
    frames = {Path(path).stem: read_table(path) for path in tables}
    of_study = {name: about.pop(name) for name in ("constructs", "bands") if name in about}
    files: dict[Language, Sequence[str]] = {"th": th, "en": en}
    for language, (svg, png) in files.items():
        save(draw(drawer, frames, Labels.of(language, frames, **of_study), **about), svg, png)


def draw(drawer: Drawer, tables: Tables, labels: Labels, **more: Any) -> Figure:
    """A figure of the article, or a sentence that says why there is nothing to show.

    Args:
        drawer: one of the functions below.
        tables: result and processed tables by name, those that the study has.
        labels: in the language of the figure.
        more: further arguments of the drawer.
    """
    if reason := why_not(FIGURES[drawer.__name__], filled(tables)):
        board = Board()
        sentence = labels.say(f"There is nothing to show here: {reason[0]}.", f"ไม่มีข้อมูลที่จะแสดง: {reason[1]}")
        text = wrap(sentence, WIDTH - 4)
        board.text(2, 2, text, va="top")
        return board.cut(4 + _height(text))
    return drawer(tables, labels, **more)


def save(figure: Figure, svg: Path | str, png: Path | str) -> None:
    """Write a figure as SVG (text as paths) and as PNG (300 dots per inch), without date or random ids."""
    for path, options in (
        (svg, {"metadata": {"Date": None}}),
        (png, {"dpi": 300, "pil_kwargs": {"compress_level": 3}}),
    ):
        stream = io.BytesIO()
        figure.savefig(stream, format=Path(path).suffix[1:], **options)
        write_bytes(path, stream.getvalue())


# --- the board ------------------------------------------------------------------------------------------------------


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
        lines = text.split("\n")
        pitch = LINE * size * POINT
        # Of the height of a line, letters without marks take the middle third; Thai marks stand in the upper one.
        above = {"middle": 0.5, "top": 0.0, "bottom": 1.0}[va] * len(lines)
        for number, line in enumerate(lines):
            base = y + (number + 0.5 - above) * pitch + 0.36 * size * POINT
            self.axes.text(x, base, line, ha=ha, va="baseline", size=size, **{"color": INK, **style})

    def text_upwards(self, x: float, y: float, text: str, size: float) -> None:
        """Lines of text that run upwards from `y`; `x` is their middle."""
        lines = text.split("\n")
        pitch = LINE * size * POINT
        for number, line in enumerate(lines):
            base = x + (number - (len(lines) - 1) / 2) * pitch + 0.36 * size * POINT
            self.axes.text(base, y, line, rotation=90, rotation_mode="anchor", va="baseline", size=size, color=INK)

    def box(self, x: float, y: float, width: float, height: float, colour: Any, edge: str = "none") -> None:
        self.axes.add_patch(Rectangle((x, y), width, height, facecolor=colour, edgecolor=edge, linewidth=0.5))

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = GREY, **style: Any) -> None:
        self.axes.plot(xs, ys, color=colour, **{"linewidth": 0.6, "solid_capstyle": "butt", **style})

    def mark(self, x: float, y: float, colour: str, marker: str, filled: bool = True, size: float = 5.0) -> None:
        face = colour if filled else "white"
        self.axes.plot([x], [y], marker=marker, markersize=size, color=colour, markerfacecolor=face, zorder=3)

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
            width = 6 + _width(label, SMALL)
            if x and x + width > WIDTH:
                x, y = 0.0, y + 4.8
            draw_sign(x + 2, y)
            self.text(x + 5, y, label, size=SMALL)
            x += width + 5
        return y + 4.0


@cache
def _width(text: str, size: float = NORMAL) -> float:
    """Width of one line of text in millimetres."""
    canvas = _ruler()
    extent = Text(0, 0, text, size=size, figure=canvas.figure).get_window_extent(canvas.get_renderer())  # type: ignore[no-untyped-call]
    return float(extent.width / canvas.figure.dpi / MM)


@cache
def _ruler() -> FigureCanvasAgg:
    return FigureCanvasAgg(Figure())


def _height(text: str, size: float = NORMAL) -> float:
    return LINE * size * POINT * (text.count("\n") + 1)


def wrap(text: str, width: float, size: float = NORMAL) -> str:
    """The text broken into lines of at most `width` millimetres, between words (Thai words by dictionary).

    As few lines as possible, and as even as these can be. A single word that is wider than a line stays whole.
    """
    return "\n".join(line for part in text.split("\n") for line in _even_lines(part, width, size))


def _even_lines(text: str, width: float, size: float) -> list[str]:
    if _width(text, size) <= width:
        return [text]
    words = _words(text)
    lines = _lines(words, width, size)
    for share in (0.5, 0.6, 0.7, 0.8, 0.9):
        even = _lines(words, share * width, size)
        if len(even) == len(lines):
            return even
    return lines


def _lines(words: list[str], width: float, size: float) -> list[str]:
    space = 0.25 * size * POINT
    lines, used = [""], 0.0
    for word in words:
        bare = word.rstrip()
        if lines[-1] and used + _width(bare, size) > width:
            lines, used = [*lines, ""], 0.0
        lines[-1] += word
        used += _width(bare, size) + (space if word != bare else 0)
    return [line.rstrip() for line in lines]


def _words(text: str) -> list[str]:
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


def _percent(share: float) -> str:
    return f"{format_number(100 * share, 'count', 'en')}%"


def _dark(colour: Any) -> bool:
    """Whether white stands out more from a colour than `INK` does (relative luminance of WCAG 2)."""
    channels = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722)) < 0.23


def _range(counts: Iterable[int]) -> str:
    ordered = sorted(counts)
    return "–".join(format_number(n, "count", "en") for n in dict.fromkeys((ordered[0], ordered[-1])))


# --- the figures ----------------------------------------------------------------------------------------------------


def themes_by_site(tables: Tables, labels: Labels) -> Figure:
    """Heat map: the share of each site's participants who speak of each theme, printed in its cell."""
    frame = tables["themes_by_site"]
    frame = frame[frame["denominator"] > 0]
    n = {site: _range(own["denominator"]) for site, own in frame.groupby("site_id")}
    sites = [site for site in (*labels.sites, ALL) if site in n]
    sites_are_rows = len(sites) > MOST_COLUMNS + 1
    total = frame[frame["site_id"] == ALL].set_index("theme_id")["participants"]
    themes = [theme for theme in labels.themes if theme in total.index]
    remark, most = "", MOST_COLUMNS if sites_are_rows else MOST_ROWS
    if len(themes) > most:
        remark = labels.say(
            f"{most} of {len(themes)} themes: those that most participants speak of",
            f"แสดง {most} จาก {len(themes)} ประเด็น คือประเด็นที่มีผู้กล่าวถึงมากที่สุด",
        )
        shown = set(total.loc[themes].sort_values(ascending=False, kind="stable").index[:most])
        themes = [theme for theme in themes if theme in shown]
    shares = frame.pivot(index="theme_id", columns="site_id", values="share").loc[themes, sites].to_numpy()
    site_names = [f"{labels.site(site)}\n(n\u00a0=\u00a0{n[site]})" for site in sites]
    theme_names = [labels.themes[theme] for theme in themes]
    if sites_are_rows:
        return _heat_map(shares.T, site_names, theme_names, remark, last="row")
    return _heat_map(shares, theme_names, site_names, remark, last="column")


def _heat_map(
    shares: npt.NDArray[np.float64], row_names: list[str], column_names: list[str], remark: str, *, last: str
) -> Figure:
    """Cells with their shares; the last row or column holds the total and stands apart."""
    rows, columns = shares.shape
    gap = 2.0
    row_names = [name.replace("\n", " ") for name in row_names]
    names_width = min(NAMES, max(_width(name) for name in row_names) + 1)
    names = [wrap(name, names_width) for name in row_names]
    left = names_width + 3.5
    cell = min(30.0, (WIDTH - left - gap - 0.5) / columns)
    heads = [wrap(name, cell - 1, SMALL) for name in column_names]
    upright = max(_width(line, SMALL) for name in heads for line in name.split("\n")) > cell - 1
    top = max(_height(name, SMALL) for name in heads) + 1.5
    if upright:
        # Longer lines until every heading is as narrow as its column.
        for length in (36, 48, 60):
            heads = [wrap(name.replace("\n", " "), length, SMALL) for name in column_names]
            if max(_height(name, SMALL) for name in heads) <= cell:
                break
        top = max(_width(line, SMALL) for name in heads for line in name.split("\n")) + 2
    heights = [max(5.5 if rows > 15 else 7.5, _height(name) + 1.5) for name in names]
    tight = min(1.0, (TALLEST - top - gap - 6) / sum(heights))
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
            said = UNDEFINED if np.isnan(share) else _percent(share)
            ink = "white" if _dark(colour) else INK
            board.text(x + cell / 2, y + height / 2, said, ha="center", color=ink, size=NORMAL if cell > 11 else 7)
        y += height
    if remark:
        y += 6
        board.text(left, y - 2.5, remark, size=SMALL, color=GREY)
    return board.cut(y + 0.5)


def factor_profile(tables: Tables, labels: Labels, confidence: float = 0.95) -> Figure:
    """Dot plot: the mean of each scale at each site, with its confidence interval (t distribution).

    Scales asked before and after are left to the figure of change, unless there are no others. Where there are more
    sites than marks, sites are grey dots, and only the mean of all has a mark and an interval.
    """
    from scipy.special import stdtrit

    frame = tables["scale_statistics"]
    frame = frame[frame["n"] > 0]
    if (frame["wave"] == "single").any():
        frame = frame[frame["wave"] == "single"]
    quantile = stdtrit((frame["n"] - 1).clip(lower=1), (1 + confidence) / 2)
    frame = frame.assign(reach=quantile * frame["sd"] / np.sqrt(frame["n"]))
    means = {(r["construct"], r["wave"], r["site_id"]): (r["mean"], r["reach"]) for r in frame.to_dict("records")}
    scales = [(c, w) for c in labels.constructs for w in WAVES if (c, w, ALL) in means]
    sites = [site for site in labels.sites if site in set(frame["site_id"])]
    told_apart = len(sites) <= len(MARKS)
    marks = dict(zip(sites, MARKS, strict=False)) if told_apart else {ALL: MARKS[0]}

    board = Board()
    entries = [(labels.site(site), _sign(board, *mark)) for site, mark in marks.items()]
    if not told_apart:
        entries.append((labels.say("One site", "พื้นที่หนึ่งแห่ง"), _sign(board, PALE, "o")))
    top = board.legend(0, entries)
    x, ticks = _scale_axis(tables, [construct for construct, _ in scales])
    left, right = x(-np.inf), x(np.inf)
    edges = [x(above) for above in labels.band_limits] if frame["band"].notna().any() else []
    for label, upper, lower in zip(labels.bands, [right, *edges], edges, strict=False):
        board.text((upper + lower) / 2, top + 1.5, label, size=SMALL, ha="center", color=GREY)
    top += 4 if edges else 0
    names = [wrap(labels.scale(*scale), NAMES) for scale in scales]
    heights = [max(_height(name) + 2, 2.8 * len(marks) + 2.4, 8) for name in names]
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
            mean, reach = means[*scale, site]
            at = y + height / 2 + (place - (len(marks) - 1) / 2) * step
            if not np.isnan(reach):
                board.line([x(mean - reach), x(mean + reach)], [at, at], colour, linewidth=1.1, zorder=3)
            board.mark(x(mean), at, colour, marker)
        y += height
    _grid(board, [edge for edge in edges if left < edge < right], top, y)
    title = labels.say(
        f"Mean with {100 * confidence:g}% confidence interval",
        f"ค่าเฉลี่ยและช่วงความเชื่อมั่นร้อยละ {100 * confidence:g}",
    )
    return board.cut(board.axis(y, ticks, title, left, right))


def item_answers(tables: Tables, labels: Labels, scales: dict[str, dict[str, Any]]) -> Figure:
    """Stacked bars that diverge from the middle of the scale: how often each answer was given to each item.

    Args:
        scales: as in study.yml (`survey.scales`): `answers` with value and label by language, or `min` and `max`.
    """
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
        cut = {item: _lines(_words(name.replace("\n", " ")), ITEM_NAMES - 3, SMALL)[0] for item, name in names.items()}
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
        said = _answer_labels(scales[str(scale)], labels)
        colours = _diverging(len(said))
        entries = [(label, _sign(board, colour, "s")) for label, colour in zip(said, colours, strict=True)]
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
                x, thick = zero - below[item] * unit, min(4.4, height - 0.8)
                for share, colour in zip(shares[item], colours, strict=True):
                    board.box(x, y + height / 2 - thick / 2, share * unit, thick, colour, edge="white")
                    if share * unit > 5.5:
                        middle, ink = x + share * unit / 2, "white" if _dark(colour) else INK
                        board.text(middle, y + height / 2, _percent(share), ha="center", size=shrunk * 7, color=ink)
                    x += share * unit
                y += height
            y += 0.6
        board.line([zero, zero], [top, y], INK, zorder=0.5)
        y += 2
    board.text(WIDTH, y + 1.2, "n", size=SMALL, ha="right")
    if any(turned.values()):
        remark = labels.say("(R): negative item, as answered", "(R) คือข้อคำถามเชิงลบ แสดงตามคำตอบเดิม")
        board.text(1, y + 1.2, remark, size=SMALL)
    quarters = [k / 4 for k in range(-4, 5) if -low <= k / 4 <= high]
    ticks = [(zero + quarter * unit, _percent(abs(quarter))) for quarter in quarters]
    return board.cut(board.axis(y - 2, ticks, labels.say("Share of answers", "ร้อยละของคำตอบ"), left, right))


def before_after(tables: Tables, labels: Labels) -> Figure:
    """Dumbbells: the means before and after, and the change, for each construct and site."""
    frame = tables["before_after"]
    frame = frame[frame["n"] > 0]
    rows = {(row["construct"], row["site_id"]): row for row in frame.to_dict("records")}
    constructs = [c for c in labels.constructs if c in set(frame["construct"])]
    sites = [site for site in (*labels.sites, ALL) if site in set(frame["site_id"])]
    names = {site: wrap(labels.site(site), NAMES - 2) for site in sites}
    heights = {site: max(6.0, _height(name) + 2) for site, name in names.items()}
    tight = min(1.0, (TALLEST - 20 - 7 * len(constructs)) / (sum(heights.values()) * len(constructs)))
    board = Board()
    colour = MARKS[0][0]
    entries = [
        (labels.say("Mean before", "ค่าเฉลี่ยก่อน"), _sign(board, colour, "o", filled=False)),
        (labels.say("Mean after", "ค่าเฉลี่ยหลัง"), _sign(board, colour, "o")),
    ]
    top = board.legend(0, entries)
    board.text(WIDTH, top - 2, labels.say("Change", "ผลต่าง"), size=SMALL, ha="right")
    x, ticks = _scale_axis(tables, constructs, right=WIDTH - 14)
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
    _grid(board, [place for place, _ in ticks], top, y)
    return board.cut(board.axis(y, ticks, labels.say("Mean", "ค่าเฉลี่ย"), left, right))


# --- what several figures share -------------------------------------------------------------------------------------


def _sign(board: Board, colour: Any, marker: str, filled: bool = True) -> Callable[[float, float], None]:
    """What draws a marker in front of an entry of the legend."""
    return lambda x, y: board.mark(x, y, colour, marker, filled, size=6)


def _scale_axis(
    tables: Tables, constructs: Sequence[str], right: float = WIDTH
) -> tuple[Callable[[float], float], list[tuple[float, str]]]:
    """Where a mean stands on the board (infinite ones at the ends of the axis), and the ticks of whole answers."""
    items = tables["items"]
    items = items[items["construct"].isin(constructs)]
    low, high = int(items["minimum"].min()), int(items["maximum"].max())
    start, end = NAMES + 4, right - 1
    margin = 3.0

    def x(mean: float) -> float:
        place = start + margin + (mean - low) / (high - low) * (end - start - 2 * margin)
        return float(np.clip(place, start, end))

    return x, [(x(value), str(value)) for value in range(low, high + 1)]


def _grid(board: Board, places: Iterable[float], top: float, bottom: float) -> None:
    for place in places:
        board.line([place, place], [top, bottom], GREY, linewidth=0.4, linestyle=(0, (1, 3)), zorder=1.5)


def _bar_height(name: str) -> float:
    return max(4.8, _height(name, SMALL) + 0.5)


def _answer_labels(scale: dict[str, Any], labels: Labels) -> list[str]:
    """The answers of a scale, lowest first."""
    if scale["answers"]:
        return [answer[labels.language] for answer in scale["answers"]]
    return [str(value) for value in range(scale["min"], scale["max"] + 1)]


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
