"""Where results lie: a map of the sites, or a grid with a tile for each.

Sites whose coordinates are known stand on a map: each is a disc at its place, with its number in it and its name beside
it. Where discs or names would run into each other, or only codes of provinces are known, each site is a tile of a grid,
as near to its place as a grid allows. Colours are steps of one colour, darker for more, so that they can be told apart
in grey; the number is always printed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from thongthin.basics.language import format_number
from thongthin.basics.records import records
from thongthin.contract.tables import ALL
from thongthin.present.catalogue import made_from
from thongthin.present.figures.board import (
    GREY,
    INK,
    PALE,
    SMALL,
    WIDTH,
    Board,
    percent,
    text_height,
    text_width,
    wrap,
)
from thongthin.present.figures.site_places import (
    GAP,
    MOST_TILES,
    Map,
    Panel,
    Shades,
    Tiles,
    arrangement,
    map_of,
    tiles_of,
)
from thongthin.present.figures.survey import mean_axis
from thongthin.present.labels import WAVES, Labels, Tables
from thongthin.statistics.places import projected

NOTHING = (
    "There is nothing to show here: no site whose place is known has a number.",
    "ไม่มีข้อมูลที่จะแสดง: พื้นที่ที่ทราบตำแหน่งไม่มีค่าให้แสดง",
)
TOO_MANY = (
    f"There are more than {MOST_TILES} sites, which no page has room for.",
    f"มีพื้นที่มากกว่า {MOST_TILES} แห่ง ซึ่งแสดงในหน้าเดียวไม่ได้",
)


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
        return _sentence(*NOTHING, labels)
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
        return _sentence(*NOTHING, labels)
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


def _sentence(en: str, th: str, labels: Labels) -> Figure:
    """A sentence in the place of a map."""
    board = Board()
    text = wrap(labels.say(en, th), WIDTH - 4)
    board.text(2, 2, text, va="top")
    return board.cut(4 + text_height(text))


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
    most = arrangement(max((len(panel.values) for panel in panels), default=0)).most
    if len(panels) <= most:
        return panels, ""
    spread = [max(panel.values.values()) - min(panel.values.values()) for panel in panels]
    kept = sorted(sorted(range(len(panels)), key=lambda place: -spread[place])[:most])
    remark = labels.say(
        f"{most} of {len(panels)} {what[0]}: those in which sites differ most.",
        f"แสดง {most} จาก {len(panels)} {what[1]} โดยเลือก{what[1]}ที่ต่างกันมากที่สุดระหว่างพื้นที่",
    )
    return [panels[place] for place in kept], remark


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
    if len(order) > MOST_TILES:
        return _sentence(*TOO_MANY, labels)
    own = places.set_index("site_id").loc[order]
    at = projected(own["latitude"].to_numpy(dtype=float), own["longitude"].to_numpy(dtype=float))
    page = arrangement(len(order), tall=bool(np.ptp(at[1]) > np.ptp(at[0])))
    drawing: Map | Tiles | None = None
    if (own["known_by"] == "coordinates").all():
        drawing = map_of(order, at, labels, page)
    drawing = drawing or tiles_of(order, own, at, labels, page)
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


def _legend(board: Board, y: float, shades: Shades, head: str, drawing: Map | Tiles, labels: Labels) -> float:
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
    if isinstance(drawing, Map):
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
