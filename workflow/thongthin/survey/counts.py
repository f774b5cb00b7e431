"""A survey as counts: all that frequencies, means, reliability and tests need, whatever the number of responses.

Answers are a few values, and so are scores: how often each occurs in each site and group, and the covariances of the
items of a scale, are enough for everything but models, dimensionality, change, missing data, bootstraps and the design
of the sample. The tables of a survey are made of these counts by `description`, `categories`, `comparisons`,
`reliability` and `sample_size`. Here they are counted from table `responses`; `survey.large` counts a survey of
millions of responses, a part of the rows at a time.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.basics.files import write_text
from thongthin.contract.categories import MISSING
from thongthin.contract.tables import ALL
from thongthin.contract.units import Unit
from thongthin.statistics.frequencies import DECIMALS, Frequencies
from thongthin.statistics.weights import carries_weights, covariance_of, respondent_weights
from thongthin.survey.scales import reverse_items, survey_scales

Array = npt.NDArray[np.float64]

CELL = ["site_id", "group"]
COUNTED = ["n", "weight", "squared"]
# The types of the columns, which a frame without rows does not show; of the value, that of numbers.
TYPES = {"column": str, "site_id": str, "group": str, "value": float, "n": int, "weight": float, "squared": float}
TYPES_OF = {
    "answers": TYPES,
    "scores": TYPES,
    "categories": {**TYPES, "value": str},
    "respondents": {name: TYPES[name] for name in (*CELL, *COUNTED)},
}


class Covariance(NamedTuple):
    """What `weights.covariance_of` gives: of the items of a scale, over complete respondents.

    Attributes:
        matrix: items x items.
        n, effective: complete respondents, and their effective number.
    """

    matrix: Array
    n: int
    effective: float


@dataclass(frozen=True)
class SurveyCounts:
    """A survey as counts.

    Attributes:
        answers, scores: how often each answer to each item, as answered, and each score on each scale occurs: column
            (the item; the column of table `scale_scores`), site_id, group, value, n, weight (sum of the weights),
            squared (sum of their squares).
        categories: the same of the items answered by category, in free words too, the value being what was answered, or
            `missing`.
        covariances: of each scale, by its column in `scale_scores`, reversed items turned round.
        respondents: site_id, group, n, weight, squared.
        weighted: whether the respondents carry weights that differ.
    """

    answers: pd.DataFrame
    scores: pd.DataFrame
    categories: pd.DataFrame
    covariances: dict[str, Covariance]
    respondents: pd.DataFrame
    weighted: bool

    def write(self, path: Path | str) -> None:
        """Keep the counts in a file (JSON), every number with all its digits."""
        frames = {name: getattr(self, name).to_dict("list") for name in TYPES_OF}
        covariances = {
            column: [[None if np.isnan(v) else v for v in row] for row in own.matrix.tolist()] + [own.n, own.effective]
            for column, own in self.covariances.items()
        }
        kept = {**frames, "covariances": covariances, "weighted": self.weighted}
        write_text(path, json.dumps(kept, ensure_ascii=False) + "\n")

    @classmethod
    def read(cls, path: Path | str) -> SurveyCounts:
        """The counts that `write` has kept."""
        kept = json.loads(Path(path).read_text(encoding="utf-8"))
        covariances = {
            column: Covariance(np.array(rows, dtype=float), n, effective)
            for column, (*rows, n, effective) in kept["covariances"].items()
        }
        frames = {name: pd.DataFrame(kept[name]).astype(types) for name, types in TYPES_OF.items()}
        return cls(**frames, covariances=covariances, weighted=kept["weighted"])


def count_responses(responses: pd.DataFrame, scores: pd.DataFrame, items: pd.DataFrame) -> SurveyCounts:
    """Count the answers and scores of a survey that is held as a whole.

    Args:
        responses: table `responses`, what is answered by category as text.
        scores: table `scale_scores`, of the same respondents in any order.
        items: table `items`.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    weights = respondent_weights(responses)
    cells = responses[CELL].assign(n=1, weight=weights, squared=weights**2)

    def counted(values: dict[str, pd.Series], name: str) -> pd.DataFrame:
        own = [
            cells.assign(value=value).groupby([*CELL, "value"])[COUNTED].sum().reset_index().assign(column=column)
            for column, value in values.items()
        ]
        types = TYPES_OF[name]
        return pd.concat([pd.DataFrame(columns=list(types)), *own], ignore_index=True).astype(types)

    in_categories = items["minimum"].isna()
    answers = {item: responses[item].astype(float) for item in items.loc[~in_categories, "item_id"]}
    given = {item: responses[item] for item in items.loc[in_categories, "item_id"]}
    turned, scales = reverse_items(responses, items), survey_scales(items)
    scored = scores.set_index("respondent_id").loc[responses["respondent_id"]].set_index(responses.index)
    # Means of the same answers may differ in their last bits by the order in which they were added up.
    of_scales = {scale.column: scored[scale.column].astype(float).round(12) for scale in scales}
    return SurveyCounts(
        answers=counted(answers, "answers"),
        scores=counted(of_scales, "scores"),
        categories=counted({item: own.where(own != "", MISSING) for item, own in given.items()}, "categories"),
        covariances={s.column: Covariance(*covariance_of(turned[s.items], weights)) for s in scales},
        respondents=cells.groupby(CELL)[COUNTED].sum().reset_index().astype(TYPES_OF["respondents"]),
        weighted=carries_weights(responses),
    )


def by_unit(counts: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """Counts of sites and groups put together by site, or by group, and over all where the unit has a total.

    Args:
        counts: of `SurveyCounts`: answers, scores or categories.

    Returns:
        One row for each value that occurs in a column and unit, values ascending: column, unit, value, n, weight,
        squared.
    """
    own = counts[counts[unit.column].isin(unit.ids)]
    parts = [own.assign(unit=own[unit.column]), *([counts.assign(unit=ALL)] if unit.total else [])]
    return pd.concat(parts).groupby(["column", "unit", "value"])[COUNTED].sum().reset_index()


def score_frequencies(counts: pd.DataFrame, items: pd.DataFrame, unit: Unit) -> dict[str, Frequencies]:
    """The scores on each scale by site, or by group: all that tests need to know of them; weights do not count.

    Args:
        counts: the scores of `SurveyCounts`.
        items: table `items`.

    Returns:
        By the column of the scale, a row of counts for each id of the unit; what is equal to six decimals is one value.
    """
    found = {}
    for scale in survey_scales(items):
        own = counts[(counts["column"] == scale.column) & counts[unit.column].isin(unit.ids)]
        _, first, place = np.unique(own["value"].round(DECIMALS), return_index=True, return_inverse=True)
        table = np.zeros((len(unit.ids), len(first)))
        np.add.at(table, (pd.Index(unit.ids).get_indexer(pd.Index(own[unit.column])), place), own["n"].to_numpy())
        found[scale.column] = Frequencies(own["value"].to_numpy(dtype=float)[first], table)
    return found
