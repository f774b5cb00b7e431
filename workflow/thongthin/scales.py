"""The scales of a survey: reversing, reliability, and the statistics of items and scales.

Items of one construct (and one wave, in a survey that asks before and after) form a scale. Reliability and
scale scores are computed from reversed items turned round; the statistics of single items describe the
answers as they were given. Items of the scale `category` have no lowest and highest value and take no part in
anything here.

Fails where the items of one scale have different answers (five points and seven points cannot be averaged).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.language import rounded
from thongthin.problems import CannotAnalyse
from thongthin.tables import ALL

Array = npt.NDArray[np.float64]

# The bands of Thai social research are published for answers from 1 to 5.
BANDED = (1, 5)

# The variance of a sum that does not vary, as a share of the variances summed, is no more than rounding error.
NOTHING = 1e-12


# --- reliability --------------------------------------------------------------------------------------------


def cronbach_alpha(answers: npt.ArrayLike) -> float:
    """Cronbach's alpha of complete answers.

    Args:
        answers: respondents x items, reversed items turned round; incomplete respondents are left out.

    Returns:
        At most 1 (negative where items run against each other); NaN with fewer than two items or respondents,
        or where the sum does not vary.

    Source: Cronbach (1951), Psychometrika 16(3), 297-334.
    """
    covariance = _covariance(answers)
    return _alpha(np.trace(covariance), covariance.sum(), len(covariance))


def item_rest(answers: npt.ArrayLike) -> Array:
    """Correlation of each item with the sum of the other items (corrected item-total correlation).

    Args:
        answers: as for `cronbach_alpha`.

    Returns:
        One number an item, -1 to 1; NaN where the item or the rest does not vary.

    Source: Nunnally and Bernstein (1994), Psychometric Theory, 3rd ed., ch. 8.
    """
    covariance = _covariance(answers)
    variances = np.diag(covariance)
    with_rest = covariance.sum(axis=1) - variances
    rest_variances = covariance.sum() - 2 * covariance.sum(axis=1) + variances
    with np.errstate(invalid="ignore", divide="ignore"):
        varies = (variances > 0) & (rest_variances > NOTHING * np.trace(covariance))
        return np.where(varies, with_rest / np.sqrt(variances * rest_variances), np.nan)


def alpha_if_dropped(answers: npt.ArrayLike) -> Array:
    """Cronbach's alpha of the scale without each item, one number an item; NaN with fewer than three items.

    Args:
        answers: as for `cronbach_alpha`.
    """
    covariance = _covariance(answers)
    rest = covariance.sum() - 2 * covariance.sum(axis=1) + np.diag(covariance)
    variances = np.trace(covariance) - np.diag(covariance)
    return np.array([_alpha(v, r, len(covariance) - 1) for v, r in zip(variances, rest, strict=True)])


def _covariance(answers: npt.ArrayLike) -> Array:
    """Covariance matrix of the items over complete respondents; NaN throughout with fewer than two."""
    matrix = np.asarray(answers, dtype=float)
    complete = matrix[~np.isnan(matrix).any(axis=1)]
    items = matrix.shape[1]
    if len(complete) < 2:
        return np.full((items, items), np.nan)
    centred = complete - complete.mean(axis=0)
    covariance: Array = centred.T @ centred / (len(complete) - 1)
    return covariance


def _alpha(item_variances: float, total_variance: float, items: int) -> float:
    if items < 2 or not total_variance > NOTHING * item_variances:
        return np.nan
    return float(items / (items - 1) * (1 - item_variances / total_variance))


# --- scales of a survey -------------------------------------------------------------------------------------


class Scale(NamedTuple):
    """The items of one construct in one wave.

    Attributes:
        wave: `before`, `after`, or `single` where it was asked once.
        column: its name in table `scale_scores`: the construct, with `_before` or `_after` if asked twice.
        items: ids of its items.
        lowest, highest: of the answers.
    """

    construct: str
    wave: str
    column: str
    items: list[str]
    lowest: int
    highest: int


def survey_scales(items: pd.DataFrame) -> list[Scale]:
    """The scales of a survey in the order of their first items; items without construct belong to none.

    Args:
        items: table `items`.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    scales = []
    ordered = items[items["construct"] != ""].sort_values("position")
    for (construct, wave), own in ordered.groupby(["construct", "wave"], sort=False):
        construct, wave, ids = str(construct), str(wave), list(own["item_id"])
        if own["minimum"].nunique() > 1 or own["maximum"].nunique() > 1:
            names = ", ".join(ids)
            raise CannotAnalyse(
                f'construct "{construct}": its items ({names}) have different lowest or highest values, so'
                " they have no common mean; give them one scale or different constructs in survey/items.csv\n"
                f'ตัวแปร "{construct}": ข้อคำถาม ({names}) ใช้มาตรวัดที่มีค่าต่ำสุดหรือสูงสุดต่างกัน'
                " จึงหาค่าเฉลี่ยร่วมกันไม่ได้ โปรดใช้มาตรวัดเดียวกันหรือแยกเป็นคนละตัวแปรใน survey/items.csv"
            )
        column = construct if wave == "single" else f"{construct}_{wave}"
        scales.append(Scale(construct, wave, column, ids, own["minimum"].iloc[0], own["maximum"].iloc[0]))
    return scales


def reverse_items(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The answers with reversed items turned round: lowest + highest value of the scale - answer.

    Args:
        responses: table `responses`.
        items: table `items`, with minimum and maximum of each item's scale.

    Returns:
        A copy of `responses`.
    """
    flipped = items[items["reversed"] & items["minimum"].notna()]
    ends = flipped["minimum"] + flipped["maximum"]
    turned = {id_: end - responses[id_] for id_, end in zip(flipped["item_id"], ends, strict=True)}
    return responses.assign(**turned)


def reliability_table(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """Cronbach's alpha of each scale.

    Returns:
        Table `scale_reliability`: construct, wave, items, n (respondents who answered all of them), alpha.
    """
    answers = reverse_items(responses, items)
    rows = [
        (
            scale.construct,
            scale.wave,
            len(scale.items),
            int(answers[scale.items].notna().all(axis=1).sum()),
            cronbach_alpha(answers[scale.items]),
        )
        for scale in survey_scales(items)
    ]
    return pd.DataFrame(rows, columns=["construct", "wave", "items", "n", "alpha"])


def item_rest_table(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """How each item goes with the rest of its scale.

    Returns:
        Table `item_rest`: item_id, construct, wave, n (respondents who answered the whole scale),
        item_rest_r, alpha_if_dropped.
    """
    answers = reverse_items(responses, items)
    rows = []
    for scale in survey_scales(items):
        own = answers[scale.items]
        n = int(own.notna().all(axis=1).sum())
        for item_id, r, alpha in zip(scale.items, item_rest(own), alpha_if_dropped(own), strict=True):
            rows.append((item_id, scale.construct, scale.wave, n, r, alpha))
    names = ["item_id", "construct", "wave", "n", "item_rest_r", "alpha_if_dropped"]
    return pd.DataFrame(rows, columns=names)


def scale_scores(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """The score of each respondent on each scale: the mean of the items answered, if at least half were.

    Returns:
        Table `scale_scores`: respondent_id, site_id, one column a scale (`Scale.column`) in points of its
        answers; NaN where fewer than half of the items were answered.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    answers = reverse_items(responses, items)
    scores = responses[["respondent_id", "site_id"]].copy()
    for scale in survey_scales(items):
        own = answers[scale.items].astype(float)
        enough = own.notna().sum(axis=1) * 2 >= len(scale.items)
        scores[scale.column] = own.mean(axis=1).where(enough)
    return scores


# --- description --------------------------------------------------------------------------------------------


def band(mean: float, bands: Sequence[float]) -> int | None:
    """Which interpretation band a mean falls in: 1 is the highest; None if the mean is missing or below all.

    Args:
        mean: mean of answers from 1 to 5. It is read with two decimals, as it is printed: with bands above
            4.50 and 3.50, 4.504 is "4.50", so it is in band 2.
        bands: values that the means of each band lie above, highest band first.

    Source: Boonchom Srisa-ard (2017), Introduction to Research (in Thai), 10th ed.
    """
    if np.isnan(mean):
        return None
    printed = rounded(mean, 2)
    return next((number for number, above in enumerate(bands, start=1) if printed > rounded(above, 2)), None)


def describe_items(
    responses: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str], bands: Sequence[float]
) -> pd.DataFrame:
    """Mean, spread and interpretation of each item as answered (reversed items not turned round), by site.

    Args:
        site_ids: all sites; one without answers gets a row with n = 0.
        bands: as for `band`; items whose answers do not run from 1 to 5 get no band.

    Returns:
        Table `item_statistics`, sites then `all`: item_id, site_id, n, mean, sd (n - 1), median, band.
    """
    scaled = items[items["minimum"].notna()].sort_values("position")
    keys = pd.DataFrame(
        {
            "item_id": scaled["item_id"],
            "column": scaled["item_id"],
            "banded": (scaled["minimum"] == BANDED[0]) & (scaled["maximum"] == BANDED[1]),
        }
    )
    return _describe(responses, keys, site_ids, bands)


def describe_scales(
    scores: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str], bands: Sequence[float]
) -> pd.DataFrame:
    """Mean, spread and interpretation of each scale, by site.

    Args:
        scores: table `scale_scores`.
        site_ids, bands: as for `describe_items`.

    Returns:
        Table `scale_statistics`, sites then `all`: construct, wave, site_id, n, mean, sd, median, band.
    """
    rows = [
        (scale.construct, scale.wave, scale.column, (scale.lowest, scale.highest) == BANDED)
        for scale in survey_scales(items)
    ]
    keys = pd.DataFrame(rows, columns=["construct", "wave", "column", "banded"])
    return _describe(scores, keys, site_ids, bands)


def item_answers(responses: pd.DataFrame, items: pd.DataFrame) -> pd.DataFrame:
    """How often each answer was given to each item, as answered.

    Returns:
        Table `item_answers`, every whole value from lowest to highest: item_id, value, n, share (of the
        answers to the item, 0 to 1; NaN if there are none).
    """
    rows = []
    scaled = items[items["minimum"].notna()].sort_values("position")
    for item_id, lowest, highest in zip(scaled["item_id"], scaled["minimum"], scaled["maximum"], strict=True):
        counts = responses[item_id].value_counts().reindex(range(lowest, highest + 1), fill_value=0)
        answered = counts.sum()
        for value, n in counts.items():
            rows.append((item_id, value, n, n / answered if answered else np.nan))
    return pd.DataFrame(rows, columns=["item_id", "value", "n", "share"])


def _describe(wide: pd.DataFrame, keys: pd.DataFrame, site_ids: Iterable[str], bands: Sequence[float]) -> pd.DataFrame:
    """n, mean, sd, median and band of each column of `wide`, by site and over all.

    Args:
        keys: one row a column: its name (`column`), whether its means are read in bands (`banded`), its keys.
    """
    answers = wide[list(keys["column"])].astype(float)
    described = []
    for site in [*site_ids, ALL]:
        own = answers if site == ALL else answers[wide["site_id"] == site]
        numbers = {"n": own.count(), "mean": own.mean(), "sd": own.std(), "median": own.median()}
        described.append(pd.DataFrame(numbers).rename_axis("column").reset_index().assign(site_id=site))
    table = keys.merge(pd.concat(described), on="column", how="left")
    means = table["mean"].where(table["banded"])
    table["band"] = pd.array([band(mean, bands) for mean in means], dtype="Int64")
    return table[[*keys.columns.drop(["column", "banded"]), "site_id", "n", "mean", "sd", "median", "band"]]
