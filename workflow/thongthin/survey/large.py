"""A survey of millions of responses as counts: table `responses` read once, a part of the rows at a time.

Answers are whole numbers, and so are sums of them; they are counted as whole numbers, so that nothing depends on the
order of the rows, and come to the same counts as those of a survey that is held as a whole (`survey.counts`). What
needs the responses themselves (models, dimensionality, change, missing data) is done on a random part (`Draw`).

Fails, with `TableError`, where the table holds sites, groups or answers that the study does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.categories import MISSING
from thongthin.contract.large_responses import Batch, Codes, Integers, LargeTable, by_code, places_of
from thongthin.contract.tables import TABLES, TableError
from thongthin.survey.counts import CELL, COUNTED, TYPES_OF, Array, Covariance, SurveyCounts
from thongthin.survey.scales import Scale, is_enough, on_points, survey_scales

# Whole numbers are exact in 32 bits up to here.
EXACT = 2**24


# --- counting -----------------------------------------------------------------------------------------------------


class _Tally:
    """How often each value occurs in each cell (a site and a group), with sums of weights where these differ."""

    def __init__(self, cells: int, values: int, weighted: bool) -> None:
        self.values = values
        self.n = np.zeros(cells * values, dtype=np.int64)
        self.sums = np.zeros((2 if weighted else 0, cells * values))

    def add(self, cell: Integers, value: npt.NDArray[np.integer], weights: Array | None) -> None:
        """Count some respondents: `value` runs from 0 to less than `values`."""
        place = cell * self.values
        place += value
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


class _CountedScale:
    """The scores of a scale, and sums of products of its items."""

    def __init__(
        self, scale: Scale, points: dict[str, Integers], flipped: set[str], cells: int, weighted: bool
    ) -> None:
        """
        Args:
            points: of each item by code, as `_points` gives them.
            flipped: the reversed items.
        """
        self.scale = scale
        # A score is a sum of the points above the lowest, and a number of items answered: here as one number, of which
        # each item adds its own.
        self.whole = _sums(scale)
        self.scores = _Tally(cells, (len(scale.items) + 1) * self.whole, weighted)
        self.products = _Products(len(scale.items), scale.highest - scale.lowest)
        most = scale.highest - scale.lowest + 1
        kind = np.min_scalar_type(self.scores.values)
        self.adds = {
            item: np.where(own > 0, self.whole + (most - own if item in flipped else own - 1), 0).astype(kind)
            for item, own in ((item, points[item]) for item in scale.items)
        }

    def add(self, cell: Integers, codes: Mapping[str, Codes], weights: Array | None) -> None:
        """Count some respondents."""
        added = np.stack([own[codes[item]] for item, own in self.adds.items()])
        score = added.sum(axis=0, dtype=added.dtype)
        self.scores.add(cell, score, weights)
        complete = score >= len(added) * self.whole
        added -= added.dtype.type(self.whole)
        added *= complete
        self.products.add(added, complete, weights)


class _Products:
    """Sums of the items of a scale and of their products, over complete respondents; whole numbers without weights."""

    def __init__(self, items: int, highest: int) -> None:
        self.n = 0
        self.weight = self.squared = 0.0
        self.sums, self.products = np.zeros(items), np.zeros((items, items))
        self.highest = highest

    def add(self, answers: npt.NDArray[np.integer], complete: npt.NDArray[np.bool_], weights: Array | None) -> None:
        """Add respondents (items x respondents), the answers of the incomplete as 0."""
        n = int(complete.sum())
        self.n += n
        if weights is None:
            exact = len(complete) * self.highest**2 < EXACT
            given: npt.NDArray[np.floating] = answers.astype(np.float32 if exact else np.float64)
            weighted = given
            self.weight, self.squared = self.weight + n, self.squared + n
        else:
            given, own = answers.astype(float), weights * complete
            weighted = given * own
            self.weight, self.squared = self.weight + float(own.sum()), self.squared + float((own**2).sum())
        self.sums += weighted.sum(axis=1)
        self.products += weighted @ given.T

    def covariance(self) -> Covariance:
        """As `weights.covariance_of`."""
        if self.n < 2:
            return Covariance(np.full(self.products.shape, np.nan), self.n, float(self.n) if self.n else np.nan)
        centred = self.products - np.outer(self.sums, self.sums) / self.weight
        matrix = centred / (self.weight - self.squared / self.weight)
        return Covariance(matrix, self.n, self.weight**2 / self.squared)


def count_survey(
    table: LargeTable,
    items: pd.DataFrame,
    categories: pd.DataFrame,
    site_ids: Sequence[str],
    group_ids: Sequence[str],
    *,
    answered: float = 0.5,
    draw: Draw | None = None,
) -> SurveyCounts:
    """Count the answers and scores of table `responses`.

    Args:
        items, categories: the tables of these names.
        site_ids, group_ids: all sites and groups.
        answered: as for `scale_scores`.
        draw: gets the responses that it draws on the way.

    Raises:
        TableError: the table holds sites, groups or answers that are not of the study.
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    limits, scales = _limits(items), survey_scales(items)
    flipped = set(items.loc[items["reversed"], "item_id"])
    groups = ["", *group_ids]
    cells = len(site_ids) * len(groups)
    points = {item: _points(table, item, *ends) for item, ends in limits.items()}
    answers = {item: _Tally(cells, len(own), table.weighted) for item, own in points.items()}
    counted = [_CountedScale(scale, points, flipped, cells, table.weighted) for scale in scales]
    of_item = _categories(table, items, categories)
    category = {item: places_of(table, item, words) for item, words in of_item.items()}
    chosen = {item: _Tally(cells, len(words), table.weighted) for item, words in of_item.items()}
    respondents = _Tally(cells, 1, table.weighted)
    site, group = places_of(table, "site_id", site_ids) * len(groups), places_of(table, "group", groups)
    for batch in table.batches():
        codes, weights = batch.codes, batch.weight
        cell = site[codes["site_id"]] + group[codes["group"]]
        respondents.add(cell, np.zeros_like(cell), weights)
        for item, tally in answers.items():
            tally.add(cell, codes[item], weights)
        for item, places in category.items():
            chosen[item].add(cell, places[codes[item]], weights)
        for scale in counted:
            scale.add(cell, codes, weights)
        if draw:
            draw.add(batch)
    frames = {
        "answers": {
            item: tally.frame(value=_answers(points[item], *limits[item])).sort_values(["cell", "value"], kind="stable")
            for item, tally in answers.items()
        },
        "scores": {own.scale.column: own.scores.frame(value=_score_values(own.scale, answered)) for own in counted},
        "categories": {
            item: tally.frame(value=np.array([MISSING, *of_item[item][1:]], dtype=object))
            for item, tally in chosen.items()
        },
        "respondents": {"": respondents.frame(value=np.zeros(1))},
    }
    return SurveyCounts(
        **{name: _labelled(own, site_ids, groups, TYPES_OF[name]) for name, own in frames.items()},
        covariances={own.scale.column: own.products.covariance() for own in counted},
        weighted=table.weighted,
    )


def _limits(items: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """The lowest and highest answer to each item on points."""
    scaled = on_points(items)
    ends = zip(scaled["item_id"], scaled["minimum"], scaled["maximum"], strict=True)
    return {item: (int(low), int(high)) for item, low, high in ends}


def _points(table: LargeTable, item: str, low: int, high: int) -> Integers:
    """By code, the answer to an item as points from 1, and 0 for none."""
    answers = {code: int(meaning) for code, meaning in table.meanings[item].items() if meaning is not None}
    if any(not low <= answer <= high for answer in answers.values()):
        raise TableError(f'table "responses", column {item}: holds answers outside {low} to {high}')
    points = dict.fromkeys(table.meanings[item], 0) | {code: answer - low + 1 for code, answer in answers.items()}
    return by_code(points)


def _categories(table: LargeTable, items: pd.DataFrame, categories: pd.DataFrame) -> dict[str, list[str]]:
    """What can be answered to each question by category, "" first; of one answered in free words, what was answered."""
    of_item = {str(item): list(own["category"]) for item, own in categories.groupby("item_id", sort=False)}
    for item in items.loc[items["minimum"].isna(), "item_id"]:
        if item not in of_item:
            of_item[item] = sorted({str(answer) for answer in table.meanings[item].values() if answer})
    return {item: ["", *words] for item, words in of_item.items()}


def _sums(scale: Scale) -> int:
    """How many different sums of points above the lowest a scale can have."""
    return len(scale.items) * (scale.highest - scale.lowest) + 1


def _answers(points: Integers, low: int, high: int) -> Array:
    """By code, the answer to an item; NaN for none."""
    return np.asarray(np.array([np.nan, *range(low, high + 1)])[points])


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


class Draw:
    """Responses drawn at random without replacement, each as likely as any other, in the order of the file."""

    def __init__(self, table: LargeTable, size: int, seed: int) -> None:
        """
        Args:
            size: how many; all, if there are no more.
            seed: of the draw.
        """
        rng = np.random.default_rng(seed)
        self.rows = np.sort(rng.choice(table.n, min(size, table.n), replace=False, shuffle=False))
        self.meanings = table.meanings
        self.codes: dict[str, list[npt.NDArray[np.integer]]] = {column: [] for column in table.meanings}
        self.weights: list[Array] = []
        self.respondents: list[str] = []

    def add(self, batch: Batch) -> None:
        """Take what is drawn of some rows."""
        begin, end = np.searchsorted(self.rows, [batch.first, batch.first + len(batch)])
        own = self.rows[begin:end] - batch.first
        self.respondents += batch.respondents(own)
        self.weights.append(np.ones(len(own)) if batch.weight is None else batch.weight[own])
        for column, codes in self.codes.items():
            codes.append(batch.codes[column][own])

    def table(self, items: pd.DataFrame) -> pd.DataFrame:
        """Table `responses`, numbers as float with NaN for no answer, once all rows were there.

        Args:
            items: table `items`.
        """
        numeric = set(items.loc[items["minimum"].notna(), "item_id"])
        columns: dict[str, pd.Series] = {
            "respondent_id": pd.Series(self.respondents, dtype=str),
            "weight": pd.Series(np.concatenate([np.empty(0), *self.weights])),
        }
        for column, parts in self.codes.items():
            codes = np.concatenate([np.empty(0, dtype=np.int64), *parts]).astype(np.int64)
            is_number = column in numeric
            none = np.nan if is_number else ""
            of_code = pd.Series(self.meanings[column], dtype=object)
            of_code = of_code.where(of_code.notna(), none).astype(float if is_number else str)
            columns[column] = of_code.reindex(codes).reset_index(drop=True)
        order = [column.name for column in TABLES["responses"].columns]
        return pd.DataFrame({name: columns[name] for name in [*order, *(c for c in columns if c not in order)]})
