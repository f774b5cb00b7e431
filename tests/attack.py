"""An attack on published tables of a survey: what a reader can work out of them with whole numbers and patience.

It knows nothing of how cells were chosen. It reads the published files alone, takes every count that stands, every
total, and every mean and standard deviation as an equation, and asks HiGHS for the least and the greatest number that a
cell which is left out can be, whole persons only."""

from pathlib import Path

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from thongthin.contract.published import read_published

COUNTS = (
    ("item_answers", "value", "", "all"),
    ("item_answers_by_site", "value", "site_id", "site"),
    ("item_answers_by_group", "value", "group", "group"),
    ("category_answers", "category", "site_id", "site"),
    ("category_answers_by_group", "category", "group", "group"),
)
STATISTICS = (("item_statistics", "site_id", "site"), ("item_group_statistics", "group", "group"))
Cell = tuple[str, str, str]  # part and unit; answer


def published(folder: Path) -> tuple[dict[str, dict[Cell, float]], dict[str, dict[tuple[str, str], dict[str, float]]]]:
    """Counts by item and cell (NaN where they are left out), and statistics by item and unit."""
    counts: dict[str, dict[Cell, float]] = {}
    told: dict[str, dict[tuple[str, str], dict[str, float]]] = {}
    for name, answer, column, part in COUNTS:
        path = folder / f"{name}.csv"
        if not path.is_file():
            continue
        frame = read_published(path).frame
        for row in frame.to_dict("records"):
            unit = row[column] if column else "all"
            if row[answer] == "missing":
                continue
            cell = ("all" if unit == "all" else part, str(unit), str(row[answer]))
            number = float("nan") if pd.isna(row["n"]) else float(row["n"])
            counts.setdefault(row["item_id"], {})[cell] = number
    for name, column, part in STATISTICS:
        path = folder / f"{name}.csv"
        if path.is_file():
            for row in read_published(path).frame.to_dict("records"):
                unit = ("all" if row[column] == "all" else part, str(row[column]))
                known = {c: float(row[c]) for c in ("n", "mean", "sd") if not pd.isna(row[c])}
                told.setdefault(row["item_id"], {})[unit] = known
    return counts, told


def intervals(
    counts: dict[Cell, float], told: dict[tuple[str, str], dict[str, float]], wanted: set[Cell]
) -> dict[Cell, tuple[float, float]]:
    """Least and greatest number of each cell that is wanted and left out; (0, inf) where nothing binds it."""
    cells = list(counts)
    place = {cell: n for n, cell in enumerate(cells)}
    units = sorted({cell[:2] for cell in cells})
    # Who is in none of the units of a part may be there, too.
    rests = [(part, "(rest)") for part in sorted({part for part, _ in units} - {"all"})]
    answers = list(dict.fromkeys(cell[2] for cell in cells))
    for part, unit in rests:
        for answer in answers:
            place[part, unit, answer] = len(place)
    rows, ends = [], []

    def bind(row: np.ndarray, low: float, high: float) -> None:
        rows.append(row)
        ends.append((low, high))

    points = all(answer.lstrip("-").isdecimal() for answer in answers)
    for unit in units:
        own = told.get(unit, {})
        row = np.zeros(len(place))
        row[[place[*unit, a] for a in answers if (*unit, a) in place]] = 1
        if "n" in own and points:
            bind(row, own["n"], own["n"])
        if "mean" in own and points:
            values = np.zeros(len(place))
            squares = np.zeros(len(place))
            for answer in answers:
                values[place[*unit, answer]] = int(answer)
                squares[place[*unit, answer]] = int(answer) ** 2
            total = own["n"] * own["mean"]
            bind(values, total - 1e-3, total + 1e-3)
            if "sd" in own:
                square = own["sd"] ** 2 * (own["n"] - 1) + total**2 / own["n"]
                bind(squares, square - 1e-2, square + 1e-2)
    for part, _ in rests:
        for answer in answers:
            row = np.zeros(len(place))
            row[[n for cell, n in place.items() if cell[0] == part and cell[2] == answer]] = 1
            row[place["all", "all", answer]] = -1
            bind(row, 0, 0)
    low, high = np.zeros(len(place)), np.full(len(place), 1e5)
    for cell, number in counts.items():
        if not np.isnan(number):
            low[place[cell]] = high[place[cell]] = number
    rules = LinearConstraint(np.array(rows), *np.array(ends).T) if rows else ()
    found = {}
    for cell in wanted:
        aim = np.zeros(len(place))
        aim[place[cell]] = 1
        both = [
            milp(sign * aim, constraints=rules, bounds=Bounds(low, high), integrality=np.ones(len(place)))
            for sign in (1, -1)
        ]
        assert all(own.x is not None for own in both), f"the published tables contradict each other at {cell}"
        found[cell] = (round(both[0].fun), round(-both[1].fun))
    return found
