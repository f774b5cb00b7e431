"""What was answered: how often, how much on average, how far apart, and how a mean is read.

All of it comes from frequencies: how many respondents gave each value, and what their weights add up to. The statistics
of single items describe the answers as they were given; those of scales describe the scores, in which reversed items
are turned round. Items of the scale `category` have no lowest and highest value and are left to their frequencies
elsewhere; numbers (amounts) have statistics, but no frequencies, no top of the scale and no band. Statistics are given
for each site, each group of respondents, and all together.

With weights, counts stay those of respondents; shares, means, standard deviations and quantiles are weighted, and
errors and intervals use the effective number of respondents (`thongthin.statistics.weights`). They do not allow for
respondents of one site being alike; those of the design of the sample are put in their place by
`thongthin.survey.design_errors`. Fails where the items of one scale have different answers (`thongthin.survey.scales`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.bands import band
from thongthin.contract.tables import ALL
from thongthin.statistics.proportions import wilson, with_share_errors
from thongthin.statistics.weights import respondent_weights
from thongthin.survey.sample_design import ERRORS
from thongthin.survey.scales import on_points, survey_scales

Array = npt.NDArray[np.float64]

# The bands of Thai social research are published for answers from 1 to 5.
BANDED = (1, 5)
# Where there are fewer points than these, the two highest are not the top of the scale.
FEWEST_POINTS = 4
# By so much, of all weights, a sum of weights may miss a share that it reaches: no more than rounding error.
NOTHING = 1e-12


# --- frequencies and what follows from them -----------------------------------------------------------------------


def answer_counts(
    answers: pd.DataFrame, weights: npt.ArrayLike, units: pd.Series | None = None, unit_ids: Iterable[str] = ()
) -> pd.DataFrame:
    """How often each value occurs in each column, in each unit (site, group) and in all.

    Args:
        answers: respondents x columns; NaN where there is no answer.
        weights: of the respondents.
        units: the unit of each respondent; None: none are told apart.
        unit_ids: the units that count, in their order; `all` among them changes nothing.

    Returns:
        One row for each value that occurs in a column and unit (or in `all`), values ascending: column, unit, value, n,
        weight (the sum of the weights of those who gave it), squared (the sum of their squares).
    """
    w = np.asarray(weights, dtype=np.float64)
    known = [id_ for id_ in unit_ids if id_ != ALL]
    unit = None if units is None else pd.Categorical(units.where(units.isin(known)))
    empty = {"column": str, "unit": str, "value": float, "n": int, "weight": float, "squared": float}
    counted = [pd.DataFrame(columns=list(empty))]
    for column in answers:
        frame = pd.DataFrame(
            {"value": answers[column].to_numpy(dtype=np.float64), "n": 1, "weight": w, "squared": w**2}
        )
        if unit is not None:
            # As a column: pandas takes two keys for those of two rows.
            by_unit = frame.assign(unit=unit).groupby(["unit", "value"], observed=True).sum()
            counted.append(by_unit.reset_index().assign(column=str(column)))
        counted.append(frame.groupby("value").sum().reset_index().assign(unit=ALL, column=str(column)))
    return pd.concat(counted, ignore_index=True).astype(empty)


def summarise(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Number, mean, spread and quartiles of each column in each unit, from their frequencies.

    With weights w of the answers x: the effective n is (sum of w)² / sum of w²; the mean is the weighted one; the
    variance is the sum of w (x - mean)² divided by (sum of w - sum of w² / sum of w), which is n - 1 for weights of 1;
    a quantile is the value at which the weights, added up from the lowest, pass its share, and the mean of two values
    where they meet it exactly. The interval of the mean is that of the t distribution with effective n - 1 degrees of
    freedom, and the design effect that of the weights, n by effective n.

    Args:
        counts: as from `answer_counts`.
        confidence: level of the interval, 0 to 1.

    Returns:
        By column and unit (index): n, n_effective, mean, sd, se (standard error of the mean), df, deff, low, high,
        reason (""), q1, median, q3. SD, errors and interval are NaN with fewer than two answers.

    Source: Kish (1965), Survey Sampling, sec. 11.7 (effective n); Galassi et al. (2009), GNU Scientific Library
    Reference Manual, 3rd ed., sec. 21.7 (variance); Hyndman and Fan (1996), The American Statistician 50(4), 361-365,
    definition 2 (quantiles); Student (1908), Biometrika 6(1), 1-25 (interval).
    """
    from scipy.special import stdtrit

    keys = ["column", "unit"]
    sums = counts.assign(product=counts["weight"] * counts["value"])
    sums = sums.groupby(keys, sort=False)[["n", "weight", "squared", "product"]].sum()
    mean = sums["product"] / sums["weight"]
    spread = counts.merge(mean.rename("mean").reset_index(), on=keys)
    spread["square"] = spread["weight"] * (spread["value"] - spread["mean"]) ** 2
    by_unit = spread.groupby(keys, sort=False)["square"]
    squares = by_unit.sum().where(by_unit.size() > 1, 0.0)  # one value does not vary, whatever its mean is off by
    several = sums["n"] > 1
    divisor = (sums["weight"] - sums["squared"] / sums["weight"]).where(several)
    sd, effective = np.sqrt(squares / divisor), sums["weight"] ** 2 / sums["squared"]
    se, df = sd / np.sqrt(effective), (effective - 1).where(several)
    reach = stdtrit(df, (1 + confidence) / 2) * se
    quartiles = {name: _quantile(counts, share) for name, share in (("q1", 0.25), ("median", 0.5), ("q3", 0.75))}
    return pd.DataFrame(
        {
            "n": sums["n"],
            "n_effective": effective,
            "mean": mean,
            "sd": sd,
            "se": se,
            "df": df,
            "deff": (sums["n"] / effective).where(several),
            "low": mean - reach,
            "high": mean + reach,
            "reason": "",
            **quartiles,
        }
    )


def _quantile(counts: pd.DataFrame, share: float) -> pd.Series:
    """The value at a share of the weights, by column and unit."""
    weights = counts.groupby(["column", "unit"], sort=False)["weight"]
    reached, whole = weights.cumsum(), weights.transform("sum")
    keyed = counts.set_index(["column", "unit"])["value"]
    at, beyond = (
        keyed[(reached >= (share + slack) * whole).to_numpy()].groupby(level=[0, 1], sort=False).first()
        for slack in (-NOTHING, NOTHING)
    )
    return (at + beyond) / 2


# --- tables -------------------------------------------------------------------------------------------------------

STATISTICS = ["n", "n_effective", "mean", "sd", *ERRORS, "q1", "median", "q3"]
TOP_TWO = ["top_two", "top_two_low", "top_two_high"]


def describe_items(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    site_ids: Iterable[str],
    bands: Sequence[float],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Mean, spread and interpretation of each item as answered (reversed items not turned round), by site.

    Args:
        responses, items: the tables of these names.
        site_ids: all sites; one without answers gets a row with n = 0.
        bands: as for `band`; items whose answers do not run from 1 to 5 get no band.
        confidence: level of the intervals.

    Returns:
        Table `item_statistics`, sites then `all`: item_id, site_id, what `summarise` gives, the share of the two
        highest answers with its interval (`wilson`; NaN for items of fewer than four points, and for numbers), band.
    """
    units, ids = responses["site_id"], list(site_ids)
    return _describe_items(responses, items, units, [*ids, ALL], "site_id", bands, confidence)


def describe_items_by_group(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    group_ids: Iterable[str],
    bands: Sequence[float],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """As `describe_items`, by group of respondents.

    Args:
        group_ids: all groups; one without answers gets a row with n = 0. Respondents without a group are left out.

    Returns:
        Table `item_group_statistics`: item_id, group, and the columns of `item_statistics`.
    """
    return _describe_items(responses, items, responses["group"], list(group_ids), "group", bands, confidence)


def _describe_items(
    responses: pd.DataFrame,
    items: pd.DataFrame,
    units: pd.Series,
    shown: list[str],
    unit: str,
    bands: Sequence[float],
    confidence: float,
) -> pd.DataFrame:
    counts = _counts(responses, items, units, shown)
    return describe_items_from(counts, items, shown, unit, bands, confidence=confidence)


def describe_items_from(
    counts: pd.DataFrame,
    items: pd.DataFrame,
    shown: Sequence[str],
    unit: str,
    bands: Sequence[float],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """As `describe_items` (unit: site_id) or `describe_items_by_group` (unit: group), from counts.

    Args:
        counts: of the answers to the items, as from `answer_counts`.
        shown: the sites or groups that have rows, in this order; `all` where it has.
    """
    scaled = items[items["minimum"].notna()].sort_values("position")
    top = counts["value"] >= counts["column"].map(scaled.set_index("item_id")["maximum"]).astype(float) - 1
    sums = counts.assign(top=counts["weight"].where(top, 0)).groupby(["column", "unit"], sort=False)
    weights = sums[["top", "weight"]].sum()
    banded = (scaled["minimum"] == BANDED[0]) & (scaled["maximum"] == BANDED[1]) & ~scaled["numeric"]
    points = (scaled["maximum"] - scaled["minimum"] + 1).astype(int).where(~scaled["numeric"], 0)
    keys = scaled[["item_id"]].assign(column=scaled["item_id"], banded=banded, points=points)
    table = _table(keys, shown, unit, summarise(counts, confidence).assign(top_two=weights["top"] / weights["weight"]))
    table["top_two"] = table["top_two"].where(table["points"] >= FEWEST_POINTS)
    table["top_two_low"], table["top_two_high"] = wilson(table["top_two"], table["n_effective"], confidence)
    return _with_bands(table, bands)[["item_id", unit, *STATISTICS, *TOP_TWO, "band"]]


def describe_scales(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    site_ids: Iterable[str],
    bands: Sequence[float],
    *,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Mean, spread and interpretation of each scale, by site.

    Args:
        scores: table `scale_scores`.
        site_ids, bands, confidence: as for `describe_items`.
        weights: of the respondents, in the order of `scores`; None: all equal.

    Returns:
        Table `scale_statistics`, sites then `all`: construct, wave, site_id, what `summarise` gives, band.
    """
    units, ids = scores["site_id"], list(site_ids)
    return _describe_scales(scores, items, units, [*ids, ALL], "site_id", bands, weights, confidence)


def describe_scales_by_group(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    groups: pd.Series,
    group_ids: Iterable[str],
    bands: Sequence[float],
    *,
    weights: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """As `describe_scales`, by group of respondents.

    Args:
        groups: of the respondents, in the order of `scores`; those without a group are left out.
        group_ids: all groups; one without answers gets a row with n = 0.

    Returns:
        Table `group_statistics`: construct, wave, group, and the columns of `scale_statistics`.
    """
    return _describe_scales(scores, items, groups, list(group_ids), "group", bands, weights, confidence)


def _describe_scales(
    scores: pd.DataFrame,
    items: pd.DataFrame,
    units: pd.Series,
    shown: list[str],
    unit: str,
    bands: Sequence[float],
    weights: npt.ArrayLike | None,
    confidence: float,
) -> pd.DataFrame:
    columns = [scale.column for scale in survey_scales(items)]
    # Means of the same answers may differ in their last bits by the order in which they were added up.
    own = scores[columns].astype(float).round(12)
    counts = answer_counts(own, np.ones(len(own)) if weights is None else weights, units, shown)
    return describe_scales_from(counts, items, shown, unit, bands, confidence=confidence)


def describe_scales_from(
    counts: pd.DataFrame,
    items: pd.DataFrame,
    shown: Sequence[str],
    unit: str,
    bands: Sequence[float],
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """As `describe_scales` (unit: site_id) or `describe_scales_by_group` (unit: group), from counts.

    Args:
        counts: of the scores, as from `answer_counts`.
        shown: as for `describe_items_from`.
    """
    rows = [
        (scale.construct, scale.wave, scale.column, (scale.lowest, scale.highest, scale.numeric) == (*BANDED, False))
        for scale in survey_scales(items)
    ]
    keys = pd.DataFrame(rows, columns=["construct", "wave", "column", "banded"])
    table = _with_bands(_table(keys, shown, unit, summarise(counts, confidence)), bands)
    return table[["construct", "wave", unit, *STATISTICS, "band"]]


def item_answers(responses: pd.DataFrame, items: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """How often each answer was given to each item, as answered.

    Returns:
        Table `item_answers`, every whole value from lowest to highest, without numbers (amounts): item_id, value, n,
        share (of the answers to the item, weighted, 0 to 1; NaN if there are none), its standard error (`share_se`),
        df (NaN), deff, its interval (`wilson`), reason ("").
    """
    return item_answers_from(_counts(responses, items, None, [ALL]), items, confidence=confidence)


def item_answers_by_site(responses: pd.DataFrame, items: pd.DataFrame, site_ids: Iterable[str]) -> pd.DataFrame:
    """As `item_answers`, by site.

    Returns:
        Table `item_answers_by_site`: item_id, site_id, value, n, share.
    """
    ids = list(site_ids)
    return item_answers_by_unit_from(_counts(responses, items, responses["site_id"], ids), items, ids, "site_id")


def item_answers_by_group(responses: pd.DataFrame, items: pd.DataFrame, group_ids: Iterable[str]) -> pd.DataFrame:
    """As `item_answers`, by group of respondents; those without a group are left out.

    Returns:
        Table `item_answers_by_group`: item_id, group, value, n, share.
    """
    ids = list(group_ids)
    return item_answers_by_unit_from(_counts(responses, items, responses["group"], ids), items, ids, "group")


def item_answers_from(counts: pd.DataFrame, items: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """As `item_answers`, from counts as `answer_counts` gives them."""
    table = _answers(counts, items, [ALL])
    table = with_share_errors(table, table["n_effective"], table["answered"], confidence)
    return table[["item_id", "value", "n", "share", *ERRORS]]


def item_answers_by_unit_from(
    counts: pd.DataFrame, items: pd.DataFrame, unit_ids: Sequence[str], unit: str
) -> pd.DataFrame:
    """As `item_answers_by_site` (unit: site_id) or `item_answers_by_group` (unit: group), from counts."""
    table = _answers(counts, items, unit_ids).rename(columns={"unit": unit})
    return table[["item_id", unit, "value", "n", "share"]]


def _counts(responses: pd.DataFrame, items: pd.DataFrame, units: pd.Series | None, shown: list[str]) -> pd.DataFrame:
    scaled = items.loc[items["minimum"].notna(), "item_id"]
    return answer_counts(responses[list(scaled)], respondent_weights(responses), units, shown)


def _answers(counts: pd.DataFrame, items: pd.DataFrame, shown: Sequence[str]) -> pd.DataFrame:
    """item_id, unit, value, n, share, answered and n_effective (of all answers to the item in the unit)."""
    scaled = on_points(items)
    possible: list[tuple[Hashable, ...]] = [
        (item, unit, value)
        for item, low, high in zip(scaled["item_id"], scaled["minimum"], scaled["maximum"], strict=True)
        for unit in shown
        for value in range(low, high + 1)
    ]
    table = pd.DataFrame(possible, columns=["column", "unit", "value"]).astype({"value": float})
    table = table.merge(counts, on=["column", "unit", "value"], how="left")
    table = table.fillna({"n": 0, "weight": 0.0, "squared": 0.0}).astype({"n": int, "value": int})
    whole = table.groupby(["column", "unit"], sort=False)[["n", "weight", "squared"]].transform("sum")
    answered = whole["weight"] > 0
    table["share"] = table["weight"] / whole["weight"].where(answered)
    table["n_effective"] = whole["weight"] ** 2 / whole["squared"].where(answered)
    table["answered"] = whole["n"]
    return table.rename(columns={"column": "item_id"})


def _table(keys: pd.DataFrame, shown: Sequence[str], unit: str, statistics: pd.DataFrame) -> pd.DataFrame:
    """A row for each of `keys` and unit shown, with its statistics where there are any."""
    rows = keys.merge(pd.DataFrame({unit: list(shown)}, dtype=str), how="cross")
    found = statistics.reset_index().rename(columns={"unit": unit})
    table = rows.merge(found, on=["column", unit], how="left")
    return table.fillna({"n": 0}).astype({"n": int})


def _with_bands(table: pd.DataFrame, bands: Sequence[float]) -> pd.DataFrame:
    means = table["mean"].where(table["banded"])
    return table.assign(band=pd.array([band(mean, bands) for mean in means], dtype="Int64"))
