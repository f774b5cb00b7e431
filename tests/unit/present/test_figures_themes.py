"""The figures that compare themes: intervals where the tables have them, bars that diverge, and large studies."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from result_frames import frames, labels, many_sites

from thongthin.present.figures import draw
from thongthin.present.figures.board import INK, MARKS, TALLEST
from thongthin.present.figures.foremost import MOST_ROWS
from thongthin.present.figures.interviews import OF_ALL, SIDE_COLOURS

MM = 1 / 25.4
SIDES = ("enabling", "hindering", "both")


def drawn(name: str, language: str, tables: dict[str, pd.DataFrame], **more: Any) -> Figure:
    return draw(name, tables, labels(language, tables), **more)


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def many(sites: int, themes: int) -> dict[str, pd.DataFrame]:
    """A study with more sites and themes, all of them spoken of, with their sides."""
    tables = many_sites(sites, themes)
    rng = np.random.default_rng(2)
    rows = tables["themes_by_site"].query("site_id != 'all'")[["site_id", "theme_id"]].reset_index(drop=True)
    balance = rows.assign(**{f"passages_{side}": rng.integers(0, 6, len(rows)) + 1 for side in SIDES})
    total = balance.groupby("theme_id", as_index=False).sum(numeric_only=True).assign(site_id="all")
    tables["valence_balance"] = pd.concat([balance, total]).assign(group="all", denominator=4)
    return tables


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize(("sites", "themes"), [(1, 3), (2, 2), (6, 12), (9, 40), (20, 40)])
def test_large_studies_fit_too(sites: int, themes: int, language: str) -> None:
    tables = many(sites, themes)
    for name in ("theme_intervals", "valence_balance"):
        figure = drawn(name, language, tables)
        assert figure.get_figheight() <= (TALLEST + 1) * MM, name
        renderer = FigureCanvasAgg(figure).get_renderer()
        for text in figure.axes[0].texts:
            box = text.get_window_extent(renderer)
            assert box.x0 >= -1, text.get_text()
            assert box.y0 >= -1, text.get_text()
            assert box.x1 <= figure.bbox.x1 + 1, text.get_text()
            assert box.y1 <= figure.bbox.y1 + 1, text.get_text()


def test_intervals_reach_as_far_as_the_table_says() -> None:
    tables = frames()
    own = tables["themes_by_site"].query("theme_id == 'attitude'")
    tables["themes_by_site"] = own
    figure = drawn("theme_intervals", "en", tables, confidence=0.9)
    ticks = {t.get_text(): t.get_position()[0] for t in figure.axes[0].texts if t.get_text().endswith("%")}
    unit = ticks["100%"] - ticks["0%"]
    for site, (colour, _) in (("S01", MARKS[0]), ("all", OF_ALL)):
        (line,) = [line for line in figure.axes[0].lines if line.get_color() == colour and len(line.get_xdata()) == 2]
        limits = [(float(x) - ticks["0%"]) / unit for x in line.get_xdata()]
        assert limits == pytest.approx(own.set_index("site_id").loc[site, ["low", "high"]].tolist())
    assert "Share of participants with exact 90% confidence interval" in texts(figure)


def test_bars_diverge_from_the_middle() -> None:
    tables = frames()
    balance = tables["valence_balance"].query("theme_id == 'attitude' and site_id == 'all' and group == 'all'")
    tables["valence_balance"] = balance.assign(passages_enabling=6, passages_hindering=2, passages_both=4)
    figure = drawn("valence_balance", "en", tables)
    boxes = {patch.get_facecolor()[:3]: patch for patch in figure.axes[0].patches}
    assert len(boxes) == 3
    hindering, both, enabling = (
        next(p for face, p in boxes.items() if face == pytest.approx(_rgb(SIDE_COLOURS[side]), abs=0.01))
        for side in ("hindering", "both", "enabling")
    )
    assert (hindering.get_width(), both.get_width()) == pytest.approx(
        (enabling.get_width() / 3, enabling.get_width() * 2 / 3)
    )
    (middle,) = [line for line in figure.axes[0].lines if line.get_color() == INK]
    zero = middle.get_xdata()[0]
    assert both.get_x() + both.get_width() / 2 == pytest.approx(zero)
    assert hindering.get_x() + hindering.get_width() == pytest.approx(both.get_x())
    assert {"6", "4", "2"} <= set(texts(figure))


def test_where_the_sites_do_not_fit_all_of_them_together_are_shown() -> None:
    said = texts(drawn("valence_balance", "en", many(20, MOST_ROWS + 10)))
    assert f"All sites. {MOST_ROWS} of {MOST_ROWS + 10} themes: those with most passages" in said
    assert "All sites" in texts(drawn("valence_balance", "en", many(20, 5)))
    assert f"ทุกพื้นที่ แสดง {MOST_ROWS} จาก {MOST_ROWS + 10} ประเด็น คือประเด็นที่มีข้อความมากที่สุด" in texts(
        drawn("valence_balance", "th", many(20, MOST_ROWS + 10))
    )


@pytest.mark.parametrize(
    ("name", "reason"), [("theme_intervals", "no interview was coded"), ("valence_balance", "no theme")]
)
def test_nothing_to_show_is_said(name: str, reason: str) -> None:
    tables = frames()
    for table in ("themes_by_site", "valence_balance"):
        tables[table]["denominator"] = 0
    assert any(reason in text.replace("\n", " ") for text in texts(drawn(name, "en", tables)))


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
