"""What tests look for in figures: texts that run off the sheet or into each other, and colours as people see them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure


def texts(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.axes[0].texts]


def _renderer(figure: Figure) -> Any:
    """One for all looks at a figure: matplotlib remembers what texts measure with it."""
    canvas = figure.canvas if isinstance(figure.canvas, FigureCanvasAgg) else FigureCanvasAgg(figure)
    return canvas.get_renderer()


def cut_off(figure: Figure) -> Iterator[str]:
    """Texts that reach beyond the sheet."""
    renderer = _renderer(figure)
    for text in figure.axes[0].texts:
        box = text.get_window_extent(renderer)
        inside = box.x0 >= -1 and box.y0 >= -1 and box.x1 <= figure.bbox.x1 + 1 and box.y1 <= figure.bbox.y1 + 1
        if not inside:
            yield text.get_text()


def overlapping(figure: Figure) -> Iterator[tuple[str, str]]:
    """Pairs of texts that run into each other (by more than the marks of Thai letters do)."""
    renderer = _renderer(figure)
    shown = [text for text in figure.axes[0].texts if text.get_text().strip()]
    left, bottom, right, top = np.array([text.get_window_extent(renderer).extents for text in shown]).reshape(-1, 4).T
    width = np.minimum.outer(right, right) - np.maximum.outer(left, left)
    height = np.minimum.outer(top, top) - np.maximum.outer(bottom, bottom)
    least = np.minimum.outer(top - bottom, top - bottom)
    for one, other in np.argwhere(np.triu((width > 2) & (height > 0.35 * least), 1)):
        yield shown[one].get_text(), shown[other].get_text()


# What the colour-blind see of linear RGB: Machado, Oliveira and Fernandes (2009), the whole of each deficiency.
SEEN = {
    "all": np.eye(3),
    "no red": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "no green": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
    "no blue": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
}
XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)


def lab(colour: Any, seen: str = "all") -> Any:
    """CIE L*a*b* of a colour under daylight (D65), as somebody sees it."""
    channels = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    x, y, z = XYZ @ np.clip(np.array(SEEN[seen]) @ linear, 0, 1) / (0.95047, 1.0, 1.08883)
    x, y, z = (np.cbrt(own) if own > 216 / 24389 else (24389 / 27 * own + 16) / 116 for own in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])
