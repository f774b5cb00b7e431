"""Places on a plane, and places on a grid: what a map and a tile grid are made from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]

# Mean radius of the earth, km (IUGG; Moritz 2000, Geodetic Reference System 1980).
EARTH = 6371.0088
# A grid has about so many cells a place, so that the shape of a country shows.
_ROOM = 1.7


def projected(latitude: Array, longitude: Array) -> tuple[Array, Array]:
    """Kilometres east and north of the middle of some places, on an equirectangular plane true at their mean latitude.

    Within a province distances are right to less than one percent; from the north of Thailand to its south, widths are
    wrong by up to four (Snyder 1987, Map Projections: A Working Manual, p. 90).

    Args:
        latitude, longitude: degrees (WGS84), of the same length.
    """
    if not len(latitude):
        return np.empty(0), np.empty(0)
    at = (latitude.min() + latitude.max()) / 2
    east = EARTH * np.radians(longitude - (longitude.min() + longitude.max()) / 2) * np.cos(np.radians(at))
    north = EARTH * np.radians(latitude - at)
    return east, north


def distance(latitude: float, longitude: float, to_latitude: float, to_longitude: float) -> float:
    """Kilometres between two places along a great circle (haversine formula; Sinnott 1984)."""
    a, b = np.radians(latitude), np.radians(to_latitude)
    turn = np.radians(to_longitude - longitude)
    chord = np.sin((b - a) / 2) ** 2 + np.cos(a) * np.cos(b) * np.sin(turn / 2) ** 2
    return float(2 * EARTH * np.arcsin(np.sqrt(min(chord, 1.0))))


def tiles(east: Array, north: Array, most_columns: int, most_rows: int) -> tuple[Whole, Whole]:
    """Column and row of a tile for each place, the first row northmost; no two places have the same.

    The grid has the shape of the area, and the sum of the squared distances from the places to their tiles is the
    least there is (the assignment problem; Crouse 2016, in scipy). Places at one point stand beside each other in the
    order in which they come; if all do, they fill the rows in that order.

    Args:
        east, north: of each place, in one unit.
        most_columns, most_rows: what there is room for.

    Raises:
        ValueError: there are more places than tiles.
    """
    n = len(east)
    if n > most_columns * most_rows:
        raise ValueError(f"{n} places have no room on {most_columns} x {most_rows} tiles")
    width, height = (float(np.ptp(own)) if n else 0.0 for own in (east, north))
    if not width and not height:
        columns = min(max(int(np.ceil(np.sqrt(n))), int(np.ceil(n / most_rows)), 1), most_columns)
        return np.arange(n) % columns, np.arange(n) // columns
    columns, rows = _grid_for(n, width, height, most_columns, most_rows)
    # Of places at one point, each a little east of the one before.
    beside = np.array([int(np.sum((east[:i] == east[i]) & (north[:i] == north[i]))) for i in range(n)])
    x = _within(east, columns) + 1e-3 * beside
    y = _within(-north, rows)
    cells = np.array([(column, row) for row in range(rows) for column in range(columns)])
    from scipy.optimize import linear_sum_assignment  # seldom: it takes half a second to import

    cost = (x[:, np.newaxis] - cells[:, 0]) ** 2 + (y[:, np.newaxis] - cells[:, 1]) ** 2
    _, chosen = linear_sum_assignment(cost)
    column, row = cells[chosen].T
    return column - column.min(), row - row.min()


def _within(places: Array, cells: int) -> Array:
    """Places along one axis as cells, the outermost places in the outermost cells."""
    span = float(np.ptp(places))
    return (places - places.min()) / span * (cells - 1) if span else np.full(len(places), (cells - 1) / 2)


def _grid_for(n: int, width: float, height: float, most_columns: int, most_rows: int) -> tuple[int, int]:
    """Columns and rows of the grid that comes nearest to the shape of the area and to the room that `n` places need."""

    def grids() -> Iterator[tuple[float, int, int]]:
        shape = np.clip(width / height if height else np.inf, 1 / n, n)
        for columns in range(1, most_columns + 1):
            for rows in range(1, most_rows + 1):
                if columns * rows >= n:
                    off = abs(np.log(columns / rows / shape)) + abs(np.log(columns * rows / (_ROOM * n)))
                    yield float(off), columns, rows

    _, columns, rows = min(grids())
    return columns, rows
