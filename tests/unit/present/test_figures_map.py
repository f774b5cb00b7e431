"""The maps of sites: legible from 2 sites to 77, in both languages; a map where places are known, else tiles."""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import Any

import geothai
import matplotlib
import numpy as np
import pandas as pd
import pytest
from amount import some
from drawn import SEEN, cut_off, lab, overlapping, texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from result_frames import frames, labels

from thongthin.present.figures import draw
from thongthin.present.figures.board import TALLEST, WIDTH
from thongthin.present.figures.said import said
from thongthin.present.figures.site_map import mapped_themes
from thongthin.present.figures.site_places import DISC, Shades
from thongthin.read.places import places_of
from thongthin.statistics.places import distance

MM = 1 / 25.4
LANGUAGES = ("th", "en")
Frames = dict[str, pd.DataFrame]


def study(n: int, *, coordinates: bool = False, short: bool = True, digits: int = 2) -> Frames:
    """The made-up study at `n` provinces, or subdistricts of Khon Kaen, with numbers that differ."""
    rng = np.random.default_rng(n)
    areas: list[Any] = [geothai.provinces()[i] for i in sorted(rng.choice(77, min(n, 77), replace=False))]
    if digits == 6:
        areas = [own for district in geothai.districts("40") for own in geothai.subdistricts(district.code)][:n]
    sites = pd.DataFrame(
        {
            "site_id": [f"T{i:02d}" for i in range(n)],
            "name_th": [f"องค์การบริหารส่วนตำบล{area.name_th}" for area in areas],
            "name_en": [f"{area.name_en} Subdistrict Administrative Organisation" for area in areas],
            "short_th": [area.name_th * short for area in areas],
            "short_en": [area.name_en * short for area in areas],
            "type": "",
        }
    )
    across = int(np.ceil(np.sqrt(n)))
    places = sites.assign(code=[area.code for area in areas], latitude="", longitude="")
    if coordinates:
        off = rng.uniform(-0.015, 0.015, (2, n))
        places["latitude"] = [f"{16.3 + 0.06 * (i // across) + off[0, i]:.4f}" for i in range(n)]
        places["longitude"] = [f"{102.7 + 0.07 * (i % across) + off[1, i]:.4f}" for i in range(n)]
    tables = frames()
    tables |= {"sites": sites, "site_places": places_of(places)}
    themes = tables["codes"].query("parent_id == ''")["code_id"]
    rows = [(site, theme, int(rng.integers(0, 9)), 8) for site in sites["site_id"] for theme in themes]
    shares = pd.DataFrame(rows, columns=["site_id", "theme_id", "participants", "denominator"])
    tables["themes_by_site"] = shares.assign(share=shares["participants"] / 8, segments=1)
    of_all = tables["scale_statistics"].query("site_id == 'all'")
    means = [
        of_all.assign(site_id=site, n=30, mean=np.clip(of_all["mean"] + rng.normal(0, 0.4, len(of_all)), 1, 5))
        for site in sites["site_id"]
    ]
    tables["scale_statistics"] = pd.concat([*means, of_all], ignore_index=True)
    return tables


def drawn(name: str, language: str, tables: Frames, **choices: Any) -> Figure:
    return draw(name, tables, labels(language, tables), **choices)


def sizes(figure: Figure) -> list[float]:
    return [text.get_fontsize() for text in figure.findobj(matplotlib.text.Text) if text.get_text().strip()]


def discs(figure: Figure) -> list[Circle]:
    return [patch for patch in figure.axes[0].patches if isinstance(patch, Circle)]


KINDS: dict[str, dict[str, Any]] = {
    "map": {"coordinates": True},
    "tiles": {},
    "long names": {"short": False},
    "one point": {"digits": 6},
}
# In this order a part of them holds each kind with each number of sites.
LEGIBLE = [
    (kind, n, ("theme_map", "scale_map")[(row + column + turn) % 2], LANGUAGES[(column + turn // 2) % 2])
    for row, kind in enumerate(KINDS)
    for column, n in enumerate([2, 6, 20, 77])
    for turn in range(4)
]


@pytest.mark.parametrize(("kind", "n", "name", "language"), some(LEGIBLE))
def test_every_map_is_legible(kind: str, n: int, name: str, language: str) -> None:
    figure = drawn(name, language, study(n, **KINDS[kind]))
    assert figure.get_figwidth() == pytest.approx(WIDTH * MM)
    assert figure.get_figheight() <= TALLEST * MM
    assert list(cut_off(figure)) == []
    assert list(overlapping(figure)) == []
    assert min(sizes(figure)) >= 7
    renderer = FigureCanvasAgg(figure).get_renderer()
    tiles = [p.get_window_extent(renderer) for p in figure.axes[0].patches if isinstance(p, Rectangle)]
    words = [text.get_window_extent(renderer) for text in figure.axes[0].texts]
    # What begins within a tile ends there, too (a legend has words beside its boxes).
    for word in words:
        inside = [
            t for t in tiles if t.x0 <= (word.x0 + word.x1) / 2 <= t.x1 and t.y0 <= (word.y0 + word.y1) / 2 <= t.y1
        ]
        assert all(word.x0 >= tile.x0 - 1 and word.x1 <= tile.x1 + 1 for tile in inside)


def test_sites_with_coordinates_stand_where_they_lie() -> None:
    tables = study(6, coordinates=True)
    figure = drawn("theme_map", "en", tables, mapped=["skills"])
    at = [disc.get_center() for disc in discs(figure)]
    own = tables["site_places"]
    assert len(at) == 6
    shares = []
    for i, j in combinations(range(6), 2):
        true = distance(*own.loc[i, ["latitude", "longitude"]], *own.loc[j, ["latitude", "longitude"]])
        shares.append(np.hypot(at[i][0] - at[j][0], at[i][1] - at[j][1]) / true)
        assert np.hypot(at[i][0] - at[j][0], at[i][1] - at[j][1]) > 2 * DISC
    assert max(shares) / min(shares) < 1.01  # one scale in all directions
    said_km = next(text for text in texts(figure) if text.endswith(" km"))
    bars = [line.get_xdata() for line in figure.axes[0].lines if line.get_linewidth() == 1.2]
    (bar,) = [float(abs(x[1] - x[0])) for x in bars]
    assert bar / float(said_km.split()[0]) == pytest.approx(float(np.mean(shares)), rel=0.01)
    north = own["latitude"].idxmax()
    assert min(range(6), key=lambda i: at[i][1]) == north  # up is less: the sheet is measured from its top
    assert "N" in texts(figure) and "น." in texts(drawn("theme_map", "th", tables))


def test_sites_too_near_for_a_map_become_tiles_and_so_do_codes() -> None:
    near = study(6, coordinates=True)
    near["site_places"].loc[1, ["latitude", "longitude"]] = near["site_places"].loc[0, ["latitude", "longitude"]]
    for tables in (near, study(6), study(77, coordinates=True)):
        figure = drawn("theme_map", "en", tables)
        if len(tables["sites"]) == 77:
            assert len(discs(figure)) in (0, 77)
        else:
            assert discs(figure) == []
            assert "Each tile is a site, as near to its place as a grid allows; north is up." in " ".join(
                " ".join(texts(figure)).split()
            )
    told = " ".join(texts(drawn("theme_map", "en", study(9, digits=6))))
    assert "Each tile is a site, in the order of their codes." in told


def test_sites_of_a_province_by_code_alone_stand_together_and_the_map_says_in_what_order() -> None:
    tables = study(12, digits=6)
    assert len(set(tables["site_places"]["code"])) == 12
    own = tables["site_places"].copy()
    own.loc[own.index[:6], "code"] = own["code"].iloc[:6].str.replace("40", "41", n=1)
    moved = places_of(tables["sites"].assign(code=own["code"].to_numpy(), latitude="", longitude=""))
    told = " ".join(" ".join(texts(drawn("theme_map", "en", {**tables, "site_places": moved}))).split())
    assert (
        "north is up. Of a province of which only codes are known, sites stand together in the order of their codes."
        in told
    )
    alone = " ".join(" ".join(texts(drawn("theme_map", "en", study(12)))).split())
    assert "order of their codes" not in alone


def test_every_value_is_printed_and_darker_for_more() -> None:
    tables = study(6)
    figure = drawn("theme_map", "en", tables, mapped=["skills", "budget"])
    shares = tables["themes_by_site"].query("theme_id in ['skills', 'budget']")["share"]
    printed = [text for text in texts(figure) if text.endswith("%")]
    assert sorted(printed) == sorted([*(f"{np.floor(100 * s + 0.5):.0f}%" for s in shares), "0%", "100%"])
    # In the order that was asked for.
    assert texts(figure).index("Digital skills of staff") < texts(figure).index("Budget")


@pytest.mark.parametrize("seen", SEEN)
def test_shades_are_told_apart_whatever_colours_somebody_sees_and_in_grey(seen: str) -> None:
    shades = Shades(0, 1, str)
    steps = [lab(shades.colour(value), seen) for value in np.linspace(0, 1, 5)]
    assert all(np.linalg.norm(one - other) > 8 for one, other in pairwise(steps))
    assert all(one[0] - other[0] > 5 for one, other in pairwise(steps))


def test_of_many_themes_those_in_which_sites_differ_most_are_shown() -> None:
    tables = study(77)
    frame = tables["themes_by_site"]
    tables["themes_by_site"] = frame.assign(share=frame["share"].where(frame["theme_id"] == "budget", 0.5))
    told = texts(drawn("theme_map", "en", tables))
    assert "Budget" in told and "1 of 8 themes: those in which sites differ most." in " ".join(told)
    own = labels("th", tables)
    panels, remark = mapped_themes(tables, own, ["steps"])
    assert [panel.id for panel in panels] == ["steps"] and remark == ""


def test_sites_without_place_or_number_are_named() -> None:
    tables = study(6)
    tables["site_places"] = tables["site_places"].iloc[1:]
    frame = tables["themes_by_site"]
    tables["themes_by_site"] = frame[frame["site_id"] != "T05"]
    names = tables["sites"]["short_en"]
    told = " ".join(" ".join(texts(drawn("theme_map", "en", tables))).split())
    assert f"Without a place or a number: {names[0]}, {names[5]}." in told
    tables["themes_by_site"] = frame[frame["site_id"] == "T00"]
    for language, sentence in (("en", "no site whose place is known has a number"), ("th", "ไม่มีค่าให้แสดง")):
        assert sentence in "".join(" ".join(texts(drawn("theme_map", language, tables))).split("\n"))


def test_more_sites_than_a_page_has_room_for_are_a_sentence() -> None:
    assert len(drawn("theme_map", "en", study(160, digits=6), mapped=["skills"]).axes[0].patches) > 160
    for language, sentence in (("en", "more than 160 sites"), ("th", "มากกว่า 160 แห่ง")):
        assert sentence in " ".join(texts(drawn("theme_map", language, study(161, digits=6))))


def test_words_of_a_map_are_of_what_it_draws() -> None:
    tables = study(3)
    frame = tables["themes_by_site"]
    shares = dict(zip(tables["sites"]["site_id"], (0.25, 0.75, 1.0), strict=True))
    tables["themes_by_site"] = frame.assign(share=frame["site_id"].map(shares))
    tables["site_places"] = tables["site_places"].iloc[:2]
    names = tables["sites"]["name_en"]
    told = said("theme_map", tables, labels("en", tables), ["budget"])
    assert told == (
        f"Budget: largest for {names[1]} (75.0%), smallest for {names[0]} (25.0%), 50.0 percentage points apart."
    )
    assert said("scale_map", tables, labels("th", tables)).count("มากที่สุด") == 6
    assert said("theme_map", {**tables, "site_places": tables["site_places"].iloc[:0]}, labels("en", tables)) == ""
