"""Figures of the walk-throughs: what is drawn is what was given, and names stay text."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from thongthin.present.walkthrough_figures import LEFT, RIGHT, WIDTH, bars, intervals


def test_points_and_ends_stand_where_their_values_are() -> None:
    figure = intervals([("a & <b>", 0, 0.5, 1), ("c", 0.25, 0.25, 0.25)], 0, 1, "Shares")
    root = ElementTree.fromstring(figure)
    assert root.attrib["role"] == "img" and root.attrib["aria-label"] == "Shares"
    points = [float(own.attrib["cx"]) for own in root.iter("circle")]
    assert points == [(LEFT + WIDTH - RIGHT) / 2, LEFT + (WIDTH - LEFT - RIGHT) / 4]
    first = next(root.iter("line")).attrib
    assert (float(first["x1"]), float(first["x2"])) == (LEFT, WIDTH - RIGHT)
    assert "a &amp; &lt;b&gt;" in figure and figure._repr_html_() == figure


def test_bars_are_as_long_as_their_amounts() -> None:
    widths = [
        float(own) for own in re.findall(r'<rect [^>]*width="([\d.]+)"', bars([("a", 10), ("b", 5), ("c", 0)], "x"))
    ]
    assert widths == [WIDTH - LEFT - RIGHT, (WIDTH - LEFT - RIGHT) / 2, 0]
    assert "<rect" not in bars([], "nothing")
