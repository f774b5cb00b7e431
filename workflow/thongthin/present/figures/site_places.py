"""Where marks and names of a map of sites stand, and the tiles of a grid: in mm from the corner of a panel.

A map shows each site at its place, or it is none: where discs or names would run into each other, there are tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.patches import Circle

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
    text_height,
    text_width,
    wrap,
)
from thongthin.present.labels import Labels
from thongthin.statistics.places import tiles

LEAST = 7.0  # points
DISC = 4.2  # mm, half as wide as a disc
GAP, TITLE = 5.0, 6.5  # mm between panels, and for the name above each
LEGEND = 12.0  # mm below all panels
MOST_TILES_UP = 17
# Tiles narrower than this hold no name.
TILE, WIDEST_TILE = 15.3, 25.0
MOST_TILES = 160  # on a page
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


def arrangement(sites: int, tall: bool = False) -> Arrangement:
    """How the panels of so many sites stand on a page; `tall`: these reach farther from north to south."""
    room = TALLEST - LEGEND - 11  # and two lines of remarks
    columns, rows = (2, 3) if sites <= 6 else (1, 1) if sites > 30 else (2, 1) if tall else (1, 2)
    width = (WIDTH - 0.4 - GAP * (columns - 1)) / columns
    return Arrangement(columns, columns * rows, width, (room - GAP * (rows - 1)) / rows - TITLE)


class Map(NamedTuple):
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


def map_of(order: Sequence[str], at: tuple[Any, Any], labels: Labels, page: Arrangement) -> Map | None:
    """The map of sites; None where their discs or names would run into each other.

    Args:
        order: the sites.
        at: kilometres east and north of each.
    """
    return next(filter(None, (_map_within(order, at, labels, page, margin) for margin in MARGINS)), None)


def _map_within(
    order: Sequence[str], at: tuple[Any, Any], labels: Labels, page: Arrangement, margin: float
) -> Map | None:
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
    return Map(page.width, height, km, discs, placed)


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


class Tiles(NamedTuple):
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


def tiles_of(order: Sequence[str], own: pd.DataFrame, at: tuple[Any, Any], labels: Labels, page: Arrangement) -> Tiles:
    """The tiles of sites.

    Args:
        order: the sites, at most `MOST_TILES`.
        own: their rows of `site_places`.
        at: kilometres east and north of each.
    """
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
    if apart and len(set(zip(east.tolist(), north.tolist(), strict=True))) < len(sites):
        remarks.append(
            labels.say(
                "Of a province of which only codes are known, sites stand together in the order of their codes.",
                "พื้นที่ที่ทราบเพียงรหัสอยู่รวมกันตามจังหวัด เรียงตามรหัสพื้นที่",
            )
        )
    if any(short[site] == site for site in sites):
        remarks.append(
            labels.say("Where a name has no room stands the id of the site.", "ช่องที่ชื่อยาวเกินไปแสดงรหัสของพื้นที่แทนชื่อ")
        )
    return Tiles(across * wide, down * high, (wide, high), cells, short, " ".join(remarks))


def _widest(name: str) -> float:
    return max(text_width(line, LEAST) for line in name.split("\n"))


def _ink(colour: Any) -> str:
    return "white" if is_dark(colour) else INK
