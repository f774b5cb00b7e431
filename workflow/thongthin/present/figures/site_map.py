"""Where results lie: a map of the sites, or a grid with a tile for each.

Sites whose coordinates are known stand on a map: each is a disc at its place, with its number in it and its name beside
it. Where discs or names would run into each other, or only codes of provinces are known, each site is a tile of a grid,
as near to its place as a grid allows. Colours are steps of one colour, darker for more, so that they can be told apart
in grey; the number is always printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Circle

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import (
    GREY,
    INK,
    PALE,
    POINT,
    SEQUENTIAL,
    SMALL,
    TALLEST,
    WIDTH,
    Board,
    is_dark,
    percent,
    text_height,
    text_width,
    wrap,
)
from thongthin.present.figures.survey import mean_axis
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.statistics.places import projected, tiles

LEAST = 7.0  # points
DISC = 4.2  # mm, half as wide as a disc
GAP, TITLE = 5.0, 6.5  # mm between panels, and for the name above each
LEGEND = 12.0  # mm below all panels
MOST_TILES_UP = 17
# Tiles narrower than this hold no name.
TILE, WIDEST_TILE = 15.3, 25.0
MAP_NAMES = 32.0  # mm for a line of a name on a map
MARGINS = (DISC + 2, 14.0, 24.0)  # mm between the outermost discs and the edge of a map, until all names have room
_SHADES = (0.06, 0.88)  # of the colours: white and the darkest are left out

Box = tuple[float, float, float, float]  # left, top, right, bottom


class Shades(NamedTuple):
    """How a value becomes a colour and a text; `low` and `high` have the palest and the darkest."""

    low: float
    high: float
    read: Callable[[float], str]

    def colour(self, value: float) -> Any:
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return matplotlib.colormaps[SEQUENTIAL](_SHADES[0] + (_SHADES[1] - _SHADES[0]) * float(np.clip(share, 0, 1)))


class Panel(NamedTuple):
    """What one map shows: its name, and the value of each site; sites without one are not drawn."""

    id: str
    title: str
    values: Mapping[str, float]


class Arrangement(NamedTuple):
    """How many panels fit a page: beside each other and in all; and how large each may be, in mm."""

    columns: int
    most: int
    width: float
    height: float


@made_from(
    "themes_by_site",
    "site_places",
    "sites",
    "codes",
    needs=("themes.mapped",),
    th="แผนที่หรือตารางช่องของพื้นที่: สัดส่วนผู้ให้ข้อมูลของแต่ละพื้นที่ที่กล่าวถึงแต่ละประเด็น",
)
def theme_map(tables: Tables, labels: Labels, mapped: Sequence[str] = ()) -> Figure:
    """Map, or grid of tiles, of the sites: the share of each site's participants who speak of a theme."""
    drawn, remark = mapped_themes(tables, labels, mapped)
    if not drawn:
        return _nothing(labels)
    shades = Shades(0, 1, percent)
    head = labels.say("Participants who speak of it", "ผู้ให้ข้อมูลที่กล่าวถึง")
    return _site_map(drawn, tables["site_places"], labels, shades, [head, remark])


@made_from(
    "scale_statistics",
    "site_places",
    "sites",
    "items",
    needs=("constructs", "scales.mapped"),
    th="แผนที่หรือตารางช่องของพื้นที่: ค่าเฉลี่ยของแต่ละตัวแปรในแต่ละพื้นที่",
)
def scale_map(tables: Tables, labels: Labels, mapped: Sequence[str] = ()) -> Figure:
    """Map, or grid of tiles, of the sites: the mean of a scale at each."""
    drawn, remark = mapped_scales(tables, labels, mapped)
    if not drawn:
        return _nothing(labels)
    means = [value for panel in drawn for value in panel.values.values()]
    shades = Shades(min(means), max(means), lambda mean: format_number(mean, "decimal", labels.language))
    return _site_map(drawn, tables["site_places"], labels, shades, [labels.say("Mean", "ค่าเฉลี่ย"), remark])


def mapped_themes(tables: Tables, labels: Labels, mapped: Sequence[str]) -> tuple[list[Panel], str]:
    """The themes that a map shows, and what it says of those that do not fit.

    Args:
        mapped: ids of those to show; all, if none is named.
    """
    frame = tables["themes_by_site"]
    frame = frame[(frame["site_id"] != ALL) & (frame["denominator"] > 0)]
    return _foremost(
        [
            Panel(theme, label, _values(frame[frame["theme_id"] == theme], "share", tables))
            for theme, label in _named(labels.themes, mapped).items()
        ],
        ("themes", "ประเด็น"),
        labels,
    )


def mapped_scales(tables: Tables, labels: Labels, mapped: Sequence[str]) -> tuple[list[Panel], str]:
    """The same of scales. Those that were asked before and after are shown after, those in other units left out."""
    frame = tables["scale_statistics"]
    frame = frame[(frame["site_id"] != ALL) & (frame["n"] > 0)]
    present = [construct for construct in _named(labels.constructs, mapped) if construct in set(frame["construct"])]
    if not present:
        return [], ""
    axis = mean_axis(tables["items"], present, frame[["construct", "mean"]])
    panels = []
    for construct in axis.constructs:
        own = frame[frame["construct"] == construct]
        wave = [wave for wave in WAVES if wave in set(own["wave"])][-1]
        panels.append(
            Panel(construct, labels.scale(construct, wave), _values(own[own["wave"] == wave], "mean", tables))
        )
    drawn, remark = _foremost(panels, ("scales", "ตัวแปร"), labels)
    return drawn, " ".join(filter(None, (remark, axis.remark(labels))))


def _nothing(labels: Labels) -> Figure:
    """The sentence in the place of a map without sites."""
    board = Board()
    sentence = labels.say(
        "There is nothing to show here: no site whose place is known has a number.",
        "ไม่มีข้อมูลที่จะแสดง: พื้นที่ที่ทราบตำแหน่งไม่มีค่าให้แสดง",
    )
    board.text(2, 2, wrap(sentence, WIDTH - 4), va="top")
    return board.cut(4 + text_height(wrap(sentence, WIDTH - 4)))


def _named(labels: Mapping[str, str], mapped: Sequence[str]) -> dict[str, str]:
    """The labels of those that are named, in the order in which they are; all where none is."""
    return {id_: labels[id_] for id_ in mapped or labels if id_ in labels}


def _values(frame: pd.DataFrame, column: str, tables: Tables) -> dict[str, float]:
    """The values of the sites whose place is known."""
    placed = set(tables["site_places"]["site_id"])
    rows = records(frame[frame[column].notna()])
    return {str(row["site_id"]): float(row[column]) for row in rows if row["site_id"] in placed}


def _foremost(panels: Sequence[Panel], what: tuple[str, str], labels: Labels) -> tuple[list[Panel], str]:
    """As many panels as fit a page, in their order: those whose sites differ most."""
    panels = [panel for panel in panels if panel.values]
    most = _arrangement(max((len(panel.values) for panel in panels), default=0)).most
    if len(panels) <= most:
        return panels, ""
    spread = [max(panel.values.values()) - min(panel.values.values()) for panel in panels]
    kept = sorted(sorted(range(len(panels)), key=lambda place: -spread[place])[:most])
    remark = labels.say(
        f"{most} of {len(panels)} {what[0]}: those in which sites differ most.",
        f"แสดง {most} จาก {len(panels)} {what[1]} โดยเลือก{what[1]}ที่ต่างกันมากที่สุดระหว่างพื้นที่",
    )
    return [panels[place] for place in kept], remark


def _arrangement(sites: int, tall: bool = False) -> Arrangement:
    """How the panels of so many sites stand on a page; `tall`: these reach farther from north to south."""
    room = TALLEST - LEGEND - 11  # and two lines of remarks
    columns, rows = (2, 3) if sites <= 6 else (1, 1) if sites > 30 else (2, 1) if tall else (1, 2)
    width = (WIDTH - 0.4 - GAP * (columns - 1)) / columns
    return Arrangement(columns, columns * rows, width, (room - GAP * (rows - 1)) / rows - TITLE)


def _site_map(
    panels: Sequence[Panel], places: pd.DataFrame, labels: Labels, shades: Shades, says: Sequence[str]
) -> Figure:
    """The figure: a map where it is legible, else tiles.

    Args:
        panels: at least one.
        places: table `site_places`.
        says: what the numbers are, and a remark.
    """
    order = [site for site in labels.sites if any(site in panel.values for panel in panels)]
    own = places.set_index("site_id").loc[order]
    at = projected(own["latitude"].to_numpy(dtype=float), own["longitude"].to_numpy(dtype=float))
    page = _arrangement(len(order), tall=bool(np.ptp(at[1]) > np.ptp(at[0])))
    drawing: _Map | _Tiles | None = None
    if (own["known_by"] == "coordinates").all():
        ways = (_map_of(order, at, labels, page, margin) for margin in MARGINS)
        drawing = next(filter(None, ways), None)
    drawing = drawing or _tiles_of(order, own, at, labels, page)
    board = Board()
    titles = [wrap(panel.title, drawing.width - 1) for panel in panels]
    y = 1.0  # for the marks above Thai letters
    for first in range(0, len(panels), page.columns):
        row = range(first, min(first + page.columns, len(panels)))
        head = max(text_height(titles[place]) for place in row) + 1.5
        for column, place in enumerate(row):
            left = column * (page.width + GAP) if page.columns > 1 else 0.0
            board.text(left, y + head - 1.5, titles[place], va="bottom", weight="bold")
            drawing.draw(board, left, y + head, panels[place], shades)
        y += head + drawing.height + GAP
    y = _legend(board, y - GAP + 3.5, shades, says[0], drawing, labels)
    missing = [labels.site_head(site) for site in labels.sites if site not in order]
    remarks = [*says[1:], drawing.remark]
    if missing:
        named = ", ".join(missing[:8]) + (", …" if len(missing) > 8 else "")
        remarks.append(labels.say(f"Without a place or a number: {named}.", f"ไม่มีตำแหน่งหรือไม่มีค่า: {named}"))
    text = wrap(" ".join(filter(None, remarks)), WIDTH - 2, SMALL)
    if text:
        board.text(0, y, text, size=SMALL, va="top", color=GREY)
        y += text_height(text, SMALL)
    return board.cut(y + 1)


def _legend(board: Board, y: float, shades: Shades, head: str, drawing: _Map | _Tiles, labels: Labels) -> float:
    """What the colours mean, and of a map its scale and where north is; returns where it ends."""
    board.text(0, y, head, size=SMALL)
    x = text_width(head, SMALL) + 3
    if shades.high > shades.low:
        low, high = shades.read(shades.low), shades.read(shades.high)
        board.text(x, y, low, size=SMALL)
        x += text_width(low, SMALL) + 1.5
        for value in np.linspace(shades.low, shades.high, 5):
            board.box(x, y - 1.6, 5, 3.2, shades.colour(float(value)), edge=PALE)
            x += 5
        board.text(x + 1.5, y, high, size=SMALL)
    if isinstance(drawing, _Map):
        km = drawing.bar
        long = km / drawing.km_a_mm
        said = f"{km:g} {labels.say('km', 'กม.')}"
        right = WIDTH - 10
        board.line([right - long, right], [y + 1, y + 1], INK, linewidth=1.2)
        for end in (right - long, right):
            board.line([end, end], [y, y + 2], INK)
        board.text(right - long - 1.5, y + 0.6, said, size=SMALL, ha="right")
        board.line([WIDTH - 4, WIDTH - 4], [y + 2.2, y - 1.6], INK, linewidth=1)
        board.mark(WIDTH - 4, y - 1.6, INK, "^", size=4)
        board.text(WIDTH - 2.8, y + 0.6, labels.say("N", "น."), size=SMALL)
    return y + 4


class _Map(NamedTuple):
    """A map of sites: where discs and names stand in a panel of this size, in mm from its top left corner."""

    width: float
    height: float
    km_a_mm: float
    discs: Mapping[str, tuple[float, float]]
    names: Mapping[str, tuple[float, float, str, str]]  # x, y, horizontal alignment, text

    @property
    def remark(self) -> str:
        return ""

    @property
    def bar(self) -> float:
        """Length of the scale bar, km: a round number, at most 40 mm."""
        most = 40 * self.km_a_mm
        power = 10.0 ** np.floor(np.log10(most))
        return float(max(step * power for step in (1, 2, 5) if step * power <= most))

    def draw(self, board: Board, left: float, top: float, panel: Panel, shades: Shades) -> None:
        board.box(left, top, self.width, self.height, "#FBFBFB", edge=PALE)
        for site, (x, y) in self.discs.items():
            value = panel.values.get(site)
            colour = shades.colour(value) if value is not None else "white"
            disc = Circle((left + x, top + y), DISC, facecolor=colour, edgecolor=GREY, linewidth=0.6)
            board.axes.add_patch(disc)
            said = shades.read(value) if value is not None else "–"
            board.text(left + x, top + y, said, ha="center", size=LEAST, color=_ink(colour))
            nx, ny, ha, name = self.names[site]
            board.text(left + nx, top + ny, name, ha=ha, size=LEAST)


def _map_of(order: Sequence[str], at: tuple[Any, Any], labels: Labels, page: Arrangement, margin: float) -> _Map | None:
    """The map of sites; None where their discs or names would run into each other."""
    east, north = at
    names = {site: wrap(labels.site_head(site), MAP_NAMES, LEAST) for site in order}
    spans = (float(np.ptp(east)), float(np.ptp(north)))
    if not max(spans):
        return None
    km = max(spans[0] / (page.width - 2 * margin), spans[1] / (page.height - 2 * (DISC + 2)))
    height = min(page.height, max(spans[1] / km + 2 * (DISC + 6), 30.0))
    middle = ((east.max() + east.min()) / 2, (north.max() + north.min()) / 2)
    discs = {
        site: (page.width / 2 + (x - middle[0]) / km, height / 2 - (y - middle[1]) / km)
        for site, x, y in zip(order, east, north, strict=True)
    }
    taken = [_around(x, y) for x, y in discs.values()]
    if any(np.hypot(x - u, y - v) < 2 * DISC + 0.6 for (x, y), (u, v) in _pairs(list(discs.values()))):
        return None
    placed: dict[str, tuple[float, float, str, str]] = {}
    # The most crowded first: they have the fewest ways.
    crowd = {
        site: sum(np.hypot(x - u, y - v) < 3 * MAP_NAMES / 2 for u, v in discs.values())
        for site, (x, y) in discs.items()
    }
    for site in sorted(order, key=lambda own: -crowd[own]):
        for x, y, ha, box in _beside(*discs[site], names[site]):
            inside = box[0] >= 0.5 and box[1] >= 0.5 and box[2] <= page.width - 0.5 and box[3] <= height - 0.5
            if inside and not any(_meet(box, other) for other in taken):
                placed[site] = (x, y, ha, names[site])
                taken.append(box)
                break
        else:
            return None
    return _Map(page.width, height, km, discs, placed)


def _pairs(points: Sequence[tuple[float, float]]) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    return [(one, other) for i, one in enumerate(points) for other in points[:i]]


def _around(x: float, y: float) -> Box:
    return (x - DISC, y - DISC, x + DISC, y + DISC)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _beside(x: float, y: float, name: str) -> list[tuple[float, float, str, Box]]:
    """Where the name of a disc can stand, the best first: x, middle y, alignment, and the room that it takes."""
    width = max(text_width(line, LEAST) for line in name.split("\n")) + 0.6
    half = text_height(name, LEAST) / 2
    away = DISC + 0.8
    found = []
    for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 0.8), (1, -0.8), (-1, 0.8), (-1, -0.8)):
        tilted = across and down
        nx = x + across * (away if not tilted else 0.7 * away)
        ny = y + down * (away + half)
        ha = {1: "left", -1: "right", 0: "center"}[across]
        left = {1: nx, -1: nx - width, 0: nx - width / 2}[across]
        found.append((nx, ny, ha, (left, ny - half, left + width, ny + half)))
    return found


class _Tiles(NamedTuple):
    """A tile for each site: where it stands on a grid, and what is written in it above the number."""

    width: float
    height: float
    tile: tuple[float, float]
    cells: Mapping[str, tuple[int, int]]
    names: Mapping[str, str]
    remark: str

    def draw(self, board: Board, left: float, top: float, panel: Panel, shades: Shades) -> None:
        wide, high = self.tile
        for site, (column, row) in self.cells.items():
            value = panel.values.get(site)
            colour = shades.colour(value) if value is not None else "white"
            x, y = left + column * wide, top + row * high
            board.box(x + 0.2, y + 0.2, wide - 0.4, high - 0.4, colour, edge=PALE)
            ink = _ink(colour)
            name = self.names[site]
            board.text(x + wide / 2, y + 0.5 + (high - 5.0) / 2, name, ha="center", size=LEAST, color=ink)
            said = shades.read(value) if value is not None else "–"
            board.text(x + wide / 2, y + high - 2.5, said, ha="center", size=SMALL, color=ink, weight="bold")


def _tiles_of(
    order: Sequence[str], own: pd.DataFrame, at: tuple[Any, Any], labels: Labels, page: Arrangement
) -> _Tiles:
    # Those at one point come in the order of their codes.
    codes = own["code"].tolist()
    ranked = sorted(range(len(order)), key=lambda place: (codes[place], place))
    sites, east, north = [order[place] for place in ranked], at[0][ranked], at[1][ranked]
    most = int(page.width // TILE), min(MOST_TILES_UP, int(page.height // 11.4))
    columns, rows = tiles(east, north, *most)
    across, down = int(columns.max()) + 1, int(rows.max()) + 1
    wide, highest = min(WIDEST_TILE, page.width / across), page.height / down
    names = {site: wrap(labels.site_head(site), wide - 1.2, LEAST) for site in sites}
    lines = int((highest - 5.2) / (1.3 * LEAST * POINT))
    short = {
        site: name if name.count("\n") < lines and _widest(name) <= wide - 0.8 else site for site, name in names.items()
    }
    high = min(highest, 5.6 + max(text_height(name, LEAST) for name in short.values()))
    cells = {site: (int(c), int(r)) for site, c, r in zip(sites, columns, rows, strict=True)}
    apart = bool(np.ptp(east) or np.ptp(north))
    remarks = [
        labels.say("Each tile is a site, as near to its place as a grid allows; north is up.",
                   "แต่ละช่องคือพื้นที่หนึ่ง วางใกล้ตำแหน่งจริงเท่าที่ตารางช่องทำได้ ทิศเหนืออยู่ด้านบน")
        if apart
        else labels.say("Each tile is a site, in the order of their codes.", "แต่ละช่องคือพื้นที่หนึ่ง เรียงตามรหัสพื้นที่")
    ]  # fmt: skip
    if any(short[site] == site for site in sites):
        remarks.append(
            labels.say("Where a name has no room stands the id of the site.", "ช่องที่ชื่อยาวเกินไปแสดงรหัสของพื้นที่แทนชื่อ")
        )
    return _Tiles(across * wide, down * high, (wide, high), cells, short, " ".join(remarks))


def _widest(name: str) -> float:
    return max(text_width(line, LEAST) for line in name.split("\n"))


def _ink(colour: Any) -> str:
    return "white" if is_dark(colour) else INK
