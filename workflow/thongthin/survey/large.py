"""A survey of millions of responses as counts: table `responses` read once, a part of the rows at a time.

Answers are whole numbers, and so are sums of them; they are counted as whole numbers, so that nothing depends on the
order of the rows, and come to the same counts as those of a survey that is held as a whole (`survey.counts`). What
needs the responses themselves (models, dimensionality, change, missing data) is done on a random part (`draw`).

The table `responses` is read from the Parquet file that `read.survey.large` writes. Fails, with `TableError`, where
it holds sites, groups or answers that the study does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.files import ROWS_AT_ONCE
from thongthin.contract.categories import MISSING
from thongthin.contract.large_responses import Integers, open_responses, places_of
from thongthin.contract.tables import TableError
from thongthin.survey.counts import CELL, COUNTED, TYPES_OF, Array, Covariance, SurveyCounts
from thongthin.survey.scales import Scale, is_enough, on_points, survey_scales

if TYPE_CHECKING:
    import polars as pl


# --- counting -----------------------------------------------------------------------------------------------------


class _Tally:
    """How often each value occurs in each cell (a site and a group), with sums of weights where these differ."""

    def __init__(self, cells: int, values: int, weighted: bool) -> None:
        self.values = values
        self.n = np.zeros(cells * values, dtype=np.int64)
        self.sums = np.zeros((2 if weighted else 0, cells * values))

    def add(self, cell: Integers, value: Integers, weights: Array | None) -> None:
        """Count some respondents: `value` runs from 0 to less than `values`."""
        place = cell * self.values + value
        self.n += np.bincount(place, minlength=len(self.n))
        if weights is not None:
            self.sums[0] += np.bincount(place, weights, minlength=len(self.n))
            self.sums[1] += np.bincount(place, weights**2, minlength=len(self.n))

    def frame(self, **labels: npt.NDArray[np.generic]) -> pd.DataFrame:
        """What occurs: `cell`, the labels of its value, n, weight, squared."""
        place = np.flatnonzero(self.n)
        n = self.n[place]
        weight, squared = self.sums[:, place] if len(self.sums) else (n.astype(float), n.astype(float))
        own = {name: label[place % self.values] for name, label in labels.items()}
        return pd.DataFrame({"cell": place // self.values, **own, "n": n, "weight": weight, "squared": squared})


class _Products:
    """Sums of the items of a scale and of their products, over complete respondents; whole numbers without weights."""

    def __init__(self, items: int) -> None:
        self.n = 0
        self.weight = self.squared = 0.0
        self.sums, self.products = np.zeros(items), np.zeros((items, items))

    def add(self, answers: Array, weights: Array | None) -> None:
        """Add complete respondents (respondents x items)."""
        weighted = answers if weights is None else answers * weights[:, np.newaxis]
        self.n += len(answers)
        self.weight += len(answers) if weights is None else float(weights.sum())
        self.squared += len(answers) if weights is None else float((weights**2).sum())
        self.sums += weighted.sum(axis=0)
        self.products += weighted.T @ answers

    def covariance(self) -> Covariance:
        """As `weights.covariance_of`."""
        if self.n < 2:
            return Covariance(np.full(self.products.shape, np.nan), self.n, float(self.n) if self.n else np.nan)
        centred = self.products - np.outer(self.sums, self.sums) / self.weight
        matrix = centred / (self.weight - self.squared / self.weight)
        return Covariance(matrix, self.n, self.weight**2 / self.squared)


def count_survey(
    path: Path,
    items: pd.DataFrame,
    categories: pd.DataFrame,
    site_ids: Sequence[str],
    group_ids: Sequence[str],
    *,
    answered: float = 0.5,
) -> SurveyCounts:
    """Count the answers and scores of table `responses`, a Parquet file.

    Args:
        items, categories: the tables of these names.
        site_ids, group_ids: all sites and groups.
        answered: as for `scale_scores`.

    Raises:
        TableError: the file is no such table, or holds sites, groups or answers that are not of the study.
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    limits, scales = _limits(items), survey_scales(items)
    flipped = set(items.loc[items["reversed"], "item_id"])
    groups = ["", *group_ids]
    cells = len(site_ids) * len(groups)
    rows = open_responses(path, items)
    lightest, heaviest = _range_of_weights(rows)
    weighted = (lightest, heaviest) not in ((1, 1), (None, None))
    answers = {item: _Tally(cells, high - low + 2, weighted) for item, (low, high) in limits.items()}
    # A score is a sum of the points above the lowest, and a number of items answered.
    scores = {s.column: _Tally(cells, (len(s.items) + 1) * _sums(s), weighted) for s in scales}
    products = {s.column: _Products(len(s.items)) for s in scales}
    of_item = _categories(rows, items, categories)
    chosen = {item: _Tally(cells, len(words), weighted) for item, words in of_item.items()}
    respondents = _Tally(cells, 1, weighted)
    for batch in _batches(rows, limits, list(of_item)):
        cell = places_of(batch, "site_id", site_ids) * len(groups) + places_of(batch, "group", groups)
        weights = batch["weight"].to_numpy() if weighted else None
        respondents.add(cell, np.zeros_like(cell), weights)
        points = {item: batch[item].to_numpy() for item in limits}  # 0: no answer; 1: the lowest
        for item, own in points.items():
            answers[item].add(cell, own.astype(np.int64), weights)
        for item, words in of_item.items():
            chosen[item].add(cell, places_of(batch, item, words), weights)
        for scale in scales:
            _add_scores(scale, points, flipped, cell, weights, scores[scale.column], products[scale.column])
    frames = {
        "answers": {item: tally.frame(value=_item_values(*limits[item])) for item, tally in answers.items()},
        "scores": {s.column: scores[s.column].frame(value=_score_values(s, answered)) for s in scales},
        "categories": {
            item: tally.frame(value=np.array([MISSING, *of_item[item][1:]], dtype=object))
            for item, tally in chosen.items()
        },
        "respondents": {"": respondents.frame(value=np.zeros(1))},
    }
    return SurveyCounts(
        **{name: _labelled(own, site_ids, groups, TYPES_OF[name]) for name, own in frames.items()},
        covariances={column: own.covariance() for column, own in products.items()},
        weighted=lightest != heaviest,
    )


def _limits(items: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """The lowest and highest answer to each item on points."""
    scaled = on_points(items)
    ends = zip(scaled["item_id"], scaled["minimum"], scaled["maximum"], strict=True)
    return {item: (int(low), int(high)) for item, low, high in ends}


def _range_of_weights(rows: pl.LazyFrame) -> tuple[float | None, float | None]:
    import polars as pl

    weight = pl.col("weight")
    lightest, heaviest = rows.select(weight.min().alias("low"), weight.max().alias("high")).collect().row(0)
    return lightest, heaviest


def _categories(rows: pl.LazyFrame, items: pd.DataFrame, categories: pd.DataFrame) -> dict[str, list[str]]:
    """What can be answered to each question by category, "" first; of one answered in free words, what was answered."""
    import polars as pl

    of_item = {str(item): list(own["category"]) for item, own in categories.groupby("item_id", sort=False)}
    for item in items.loc[items["minimum"].isna(), "item_id"]:
        if item not in of_item:
            given = rows.select(pl.col(item).drop_nulls().unique().sort()).collect()[item]
            of_item[item] = [answer for answer in given if answer]
    return {item: ["", *words] for item, words in of_item.items()}


def _batches(
    rows: pl.LazyFrame, limits: dict[str, tuple[int, int]], categories: Sequence[str]
) -> Iterator[pl.DataFrame]:
    """Parts of the rows, with the answers as points from 1, and 0 for none; those by category as they are."""
    import polars as pl

    points = [pl.col(item).cast(pl.Int32) - (low - 1) for item, (low, _) in limits.items()]
    total = int(rows.select(pl.len()).collect().item())
    for begin in range(0, total, ROWS_AT_ONCE):
        batch = rows.slice(begin, ROWS_AT_ONCE).select("site_id", "group", "weight", *points, *categories).collect()
        for item, (low, high) in limits.items():
            least, most = batch[item].min(), batch[item].max()
            if isinstance(least, int) and isinstance(most, int) and not 1 <= least <= most <= high - low + 1:
                raise TableError(f'table "responses", column {item}: holds answers outside {low} to {high}')
        yield batch.with_columns(pl.col(list(limits)).fill_null(0))


def _add_scores(
    scale: Scale,
    points: dict[str, npt.NDArray[np.integer]],
    flipped: set[str],
    cell: Integers,
    weights: Array | None,
    scores: _Tally,
    products: _Products,
) -> None:
    """Count the scores of some respondents, and add up the products of those who answered all items."""
    most = scale.highest - scale.lowest + 1
    given = np.stack([points[item] for item in scale.items])
    answered = given > 0
    turned = np.array([item in flipped for item in scale.items])[:, np.newaxis]
    # Points above the lowest; 0 where there is no answer.
    above = np.where(turned, most * answered - given, given - answered)
    number = answered.sum(axis=0)
    scores.add(cell, number * _sums(scale) + above.sum(axis=0), weights)
    complete = number == len(scale.items)
    products.add(above[:, complete].T.astype(float), None if weights is None else weights[complete])


def _sums(scale: Scale) -> int:
    """How many different sums of points above the lowest a scale can have."""
    return len(scale.items) * (scale.highest - scale.lowest) + 1


def _item_values(low: int, high: int) -> Array:
    """The answers that the places of a tally stand for; NaN for none."""
    return np.array([np.nan, *range(low, high + 1)])


def _score_values(scale: Scale, answered: float) -> Array:
    """The scores that the places of a tally stand for; NaN where too few of the items were answered."""
    answers, total = np.divmod(np.arange((len(scale.items) + 1) * _sums(scale)), _sums(scale))
    sums = total + answers * scale.lowest
    enough = is_enough(answers, scale, answered)
    return np.asarray(np.divide(sums, answers, out=np.full(len(sums), np.nan), where=enough))


def _labelled(
    counted: dict[str, pd.DataFrame], site_ids: Sequence[str], groups: Sequence[str], types: dict[str, type]
) -> pd.DataFrame:
    """Counts of all columns with their sites and groups; without those of no answer."""
    parts = [frame.assign(column=column) for column, frame in counted.items()]
    table = pd.concat(parts) if parts else pd.DataFrame(columns=["cell", "value", *COUNTED, "column"])
    table = table.dropna(subset=["value"])
    site, group = np.divmod(table["cell"].to_numpy(dtype=np.int64), len(groups))
    table = table.assign(
        site_id=np.asarray(site_ids, dtype=object)[site], group=np.asarray(groups, dtype=object)[group]
    )
    # Sums of points that make the same score, such as 2 of one item and 4 of two, are one.
    table = table.groupby(["column", *CELL, "value"], sort=False)[COUNTED].sum().reset_index()
    return table[list(types)].astype(types)


# --- a part of the responses --------------------------------------------------------------------------------------


def draw(path: Path, items: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """Responses drawn at random without replacement, each as likely as any other, in the order of the file.

    Args:
        path: table `responses` as Parquet.
        items: table `items`.
        size: how many; all, if there are no more.
        seed: of the draw.

    Returns:
        Table `responses`, numbers as float with NaN for no answer.

    Raises:
        TableError: the file is no such table.
    """
    import polars as pl

    rows = open_responses(path, items)
    total = int(rows.select(pl.len()).collect().item())
    drawn = np.sort(np.random.default_rng(seed).choice(total, min(size, total), replace=False, shuffle=False))
    parts = []
    for begin in range(0, total, ROWS_AT_ONCE):
        own = drawn[(begin <= drawn) & (drawn < begin + ROWS_AT_ONCE)] - begin
        if len(own):
            parts.append(rows.slice(begin, ROWS_AT_ONCE).collect()[own])
    table = pl.concat(parts) if parts else rows.head(0).collect()
    numeric = set(items.loc[items["minimum"].notna(), "item_id"]) | {"weight"}
    columns = {
        name: pd.Series(table[name].cast(pl.Float64).to_numpy(), dtype=float)
        if name in numeric
        else pd.Series(table[name].fill_null("").to_list(), dtype=str)
        for name in table.columns
    }
    return pd.DataFrame(columns)
