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

from collections.abc import Hashable, Sequence

import numpy as np
import pandas as pd

from thongthin.contract.bands import band
from thongthin.contract.units import Unit
from thongthin.statistics.proportions import wilson, with_share_errors
from thongthin.survey.counts import by_unit
from thongthin.survey.sample_design import ERRORS
from thongthin.survey.scales import on_points, survey_scales

# The bands of Thai social research are published for answers from 1 to 5.
BANDED = (1, 5)
# Where there are fewer points than these, the two highest are not the top of the scale.
FEWEST_POINTS = 4
# By so much, of all weights, a sum of weights may miss a share that it reaches: no more than rounding error.
NOTHING = 1e-12


# --- what follows from frequencies ---------------------------------------------------------------------------------


def summarise(counts: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """Number, mean, spread and quartiles of each column in each unit, from their frequencies.

    With weights w of the answers x: the effective n is (sum of w)² / sum of w²; the mean is the weighted one; the
    variance is the sum of w (x - mean)² divided by (sum of w - sum of w² / sum of w), which is n - 1 for weights of 1;
    a quantile is the value at which the weights, added up from the lowest, pass its share, and the mean of two values
    where they meet it exactly. The interval of the mean is that of the t distribution with effective n - 1 degrees of
    freedom, and the design effect that of the weights, n by effective n.

    Args:
        counts: as from `by_unit`.
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
    counts: pd.DataFrame, items: pd.DataFrame, unit: Unit, bands: Sequence[float], *, confidence: float = 0.95
) -> pd.DataFrame:
    """Mean, spread and interpretation of each item as answered (reversed items not turned round), by site or group.

    Args:
        counts: the answers of `SurveyCounts`.
        items: table `items`.
        unit: a site or group without answers gets a row with n = 0.
        bands: as for `band`; items whose answers do not run from 1 to 5 get no band.
        confidence: level of the intervals.

    Returns:
        Table `item_statistics` or `item_group_statistics`: item_id, site_id (group), what `summarise` gives, the share
        of the two highest answers with its interval (`wilson`; NaN for items of fewer than four points, and for
        numbers), band.
    """
    counts = by_unit(counts, unit)
    scaled = items[items["minimum"].notna()].sort_values("position")
    top = counts["value"] >= counts["column"].map(scaled.set_index("item_id")["maximum"]).astype(float) - 1
    sums = counts.assign(top=counts["weight"].where(top, 0)).groupby(["column", "unit"], sort=False)
    weights = sums[["top", "weight"]].sum()
    banded = (scaled["minimum"] == BANDED[0]) & (scaled["maximum"] == BANDED[1]) & ~scaled["numeric"]
    points = (scaled["maximum"] - scaled["minimum"] + 1).astype(int).where(~scaled["numeric"], 0)
    keys = scaled[["item_id"]].assign(column=scaled["item_id"], banded=banded, points=points)
    table = _table(keys, unit, summarise(counts, confidence).assign(top_two=weights["top"] / weights["weight"]))
    table["top_two"] = table["top_two"].where(table["points"] >= FEWEST_POINTS)
    table["top_two_low"], table["top_two_high"] = wilson(table["top_two"], table["n_effective"], confidence)
    return _with_bands(table, bands)[["item_id", unit.column, *STATISTICS, *TOP_TWO, "band"]]


def describe_scales(
    counts: pd.DataFrame, items: pd.DataFrame, unit: Unit, bands: Sequence[float], *, confidence: float = 0.95
) -> pd.DataFrame:
    """Mean, spread and interpretation of each scale, by site or group.

    Args:
        counts: the scores of `SurveyCounts`.
        items, unit, bands, confidence: as for `describe_items`.

    Returns:
        Table `scale_statistics` or `group_statistics`: construct, wave, site_id (group), what `summarise` gives, band.
    """
    rows = [
        (scale.construct, scale.wave, scale.column, (scale.lowest, scale.highest, scale.numeric) == (*BANDED, False))
        for scale in survey_scales(items)
    ]
    keys = pd.DataFrame(rows, columns=["construct", "wave", "column", "banded"])
    table = _with_bands(_table(keys, unit, summarise(by_unit(counts, unit), confidence)), bands)
    return table[["construct", "wave", unit.column, *STATISTICS, "band"]]


def item_answers(counts: pd.DataFrame, items: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """How often each answer was given to each item, as answered.

    Args:
        counts: the answers of `SurveyCounts`.
        items: table `items`.
        confidence: level of the intervals.

    Returns:
        Table `item_answers`, every whole value from lowest to highest, without numbers (amounts): item_id, value, n,
        share (of the answers to the item, weighted, 0 to 1; NaN if there are none), its standard error (`share_se`),
        df (NaN), deff, its interval (`wilson`), reason ("").
    """
    table = _answers(counts, items, Unit.sites([]))
    table = with_share_errors(table, table["n_effective"], table["answered"], confidence)
    return table[["item_id", "value", "n", "share", *ERRORS]]


def item_answers_by(counts: pd.DataFrame, items: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """As `item_answers`, by site or by group.

    Returns:
        Table `item_answers_by_site` or `item_answers_by_group`: item_id, site_id (group), value, n, share.
    """
    table = _answers(counts, items, unit).rename(columns={"unit": unit.column})
    return table[["item_id", unit.column, "value", "n", "share"]]


def _answers(counts: pd.DataFrame, items: pd.DataFrame, unit: Unit) -> pd.DataFrame:
    """item_id, unit, value, n, share, answered and n_effective (of all answers to the item in the unit)."""
    scaled = on_points(items)
    possible: list[tuple[Hashable, ...]] = [
        (item, id_, value)
        for item, low, high in zip(scaled["item_id"], scaled["minimum"], scaled["maximum"], strict=True)
        for id_ in unit.shown
        for value in range(low, high + 1)
    ]
    table = pd.DataFrame(possible, columns=["column", "unit", "value"]).astype({"value": float})
    table = table.merge(by_unit(counts, unit), on=["column", "unit", "value"], how="left")
    table = table.fillna({"n": 0, "weight": 0.0, "squared": 0.0}).astype({"n": int, "value": int})
    whole = table.groupby(["column", "unit"], sort=False)[["n", "weight", "squared"]].transform("sum")
    answered = whole["weight"] > 0
    table["share"] = table["weight"] / whole["weight"].where(answered)
    table["n_effective"] = whole["weight"] ** 2 / whole["squared"].where(answered)
    table["answered"] = whole["n"]
    return table.rename(columns={"column": "item_id"})


def _table(keys: pd.DataFrame, unit: Unit, statistics: pd.DataFrame) -> pd.DataFrame:
    """A row for each of `keys` and unit shown, with its statistics where there are any."""
    rows = keys.merge(pd.DataFrame({unit.column: unit.shown}, dtype=str), how="cross")
    found = statistics.reset_index().rename(columns={"unit": unit.column})
    table = rows.merge(found, on=["column", unit.column], how="left")
    return table.fillna({"n": 0}).astype({"n": int})


def _with_bands(table: pd.DataFrame, bands: Sequence[float]) -> pd.DataFrame:
    means = table["mean"].where(table["banded"])
    return table.assign(band=pd.array([band(mean, bands) for mean in means], dtype="Int64"))
