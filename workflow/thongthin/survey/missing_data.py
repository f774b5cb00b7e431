"""Which answers are missing: how many, where, and whether completely at random.

Missing is every cell without an answer on the scale, unless the item was not asked or does not apply. Little's test
compares the means of each pattern of missing variables with those that maximum likelihood expects; a small p says that
those who left something out differ in what they did answer. A large p is no proof that answers are missing at random,
and the test cannot see whether it is the missing answer itself that made people leave it out. It takes variables to be
normal, and is undefined where nothing is missing, or where too few respondents leave the covariances of the variables
undetermined.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.statistics.weights import varies

Array = npt.NDArray[np.float64]

# Reasons for having no answer that are no loss.
SPARED = ("not_asked", "not_applicable")
# EM ends when no mean and no covariance moves by more than this, in standard deviations.
SETTLED = 1e-8
MOST_STEPS = 5000
# A correlation matrix with a larger condition number is taken as singular.
SINGULAR = 1e10


class LittleTest(NamedTuple):
    """Little's test: chi-square, its degrees of freedom, p; and how many patterns there are."""

    statistic: float
    df: float
    p: float
    patterns: int


class _Pattern(NamedTuple):
    """Respondents in whom the same variables are observed: how many, and sums and cross-products of these."""

    observed: npt.NDArray[np.bool_]
    n: int
    total: Array
    products: Array


def missing_items(
    responses: pd.DataFrame, items: pd.DataFrame, nonanswers: pd.DataFrame, site_ids: Iterable[str]
) -> pd.DataFrame:
    """How many respondents gave no answer to each item, by site.

    Args:
        responses, items: the tables of these names; items without a scale are left out.
        nonanswers: table `nonanswer_cells`; where an item was not asked or does not apply, nothing is missing.
        site_ids: all sites; one without respondents gets a row with n = 0.

    Returns:
        Table `missing_items`, sites then `all`: item_id, site_id, n (respondents whom the item concerns), missing,
        share (NaN without any).
    """
    scaled = list(items[items["minimum"].notna()].sort_values("position")["item_id"])
    spared = nonanswers[nonanswers["reason"].isin(SPARED)]
    spared = spared.merge(responses[["respondent_id", "site_id"]], on="respondent_id")
    rows = []
    for site in [*site_ids, ALL]:
        own = responses if site == ALL else responses[responses["site_id"] == site]
        empty = own[scaled].isna().sum()
        not_meant = (spared if site == ALL else spared[spared["site_id"] == site])["item_id"].value_counts()
        not_meant = not_meant.reindex(scaled, fill_value=0)
        rows += [(i, site, len(own) - int(not_meant[i]), int(empty[i] - not_meant[i])) for i in scaled]
    table = pd.DataFrame(rows, columns=["item_id", "site_id", "n", "missing"])
    table["share"] = (table["missing"] / table["n"]).where(table["n"] > 0)
    order = {item: place for place, item in enumerate(scaled)}
    return table.sort_values("item_id", key=lambda ids: ids.map(order), kind="stable", ignore_index=True)


def missing_data(variables: dict[str, pd.DataFrame], *, most: int | None = None, seed: int = 0) -> pd.DataFrame:
    """How complete sets of variables are, and Little's test of each.

    Args:
        variables: name of the set -> respondents x variables, NaN where missing.
        most: of more respondents than these, so many are drawn at random for Little's test.
        seed: of the drawing.

    Returns:
        Table `missing_data`: of, n, variables, complete, complete_share, share, patterns, statistic, df, p.
    """
    rows = []
    for name, frame in variables.items():
        values = frame.to_numpy(dtype=float)
        missing = np.isnan(values)
        n = len(values)
        complete = int((~missing).all(axis=1).sum())
        drawn = values
        if most is not None and n > most:
            drawn = values[np.sort(np.random.default_rng(seed).choice(n, most, replace=False))]
        test = little_test(drawn)
        rows.append(
            {
                "of": name,
                "n": n,
                "variables": values.shape[1],
                "complete": complete,
                "complete_share": complete / n if n else np.nan,
                "share": missing.mean() if missing.size else np.nan,
                "patterns": test.patterns if drawn is values else len(np.unique(missing, axis=0)),
                "statistic": test.statistic,
                "df": test.df,
                "p": test.p,
            }
        )
    return pd.DataFrame(rows)


def little_test(values: Array) -> LittleTest:
    """Little's test that values are missing completely at random.

    Args:
        values: respondents x variables, NaN where missing. Rows without any value count as a pattern only.

    Returns:
        The test; NaN with one pattern, or with covariances that the data do not determine.

    Sources: Little (1988), Journal of the American Statistical Association 83(404), 1198-1202; with maximum-likelihood
    covariances as they are, like Enders (2010), Applied Missing Data Analysis, ch. 1, and the R package naniar.
    """
    from scipy import stats

    count = len(np.unique(np.isnan(values), axis=0)) if values.size else 0
    undefined = LittleTest(np.nan, np.nan, np.nan, count)
    estimated = normal_estimates(values) if count > 1 else None
    if estimated is None:
        return undefined
    mean, covariance = estimated
    statistic, df = 0.0, -values.shape[1]
    for pattern in _patterns(values[~np.isnan(values).all(axis=1)] - mean):
        at = pattern.observed
        difference = pattern.total / pattern.n
        statistic += pattern.n * float(difference @ np.linalg.solve(covariance[np.ix_(at, at)], difference))
        df += int(at.sum())
    if df < 1:
        return undefined
    return LittleTest(statistic, float(df), float(stats.chi2.sf(statistic, df)), count)


def normal_estimates(values: Array) -> tuple[Array, Array] | None:
    """Means and covariances of normal variables with missing values, by maximum likelihood (EM).

    Args:
        values: respondents x variables, NaN where missing.

    Returns:
        Means, and covariances (divided by n); None where the data do not determine them.

    Sources: Dempster, Laird and Rubin (1977), Journal of the Royal Statistical Society B 39(1), 1-38; Little and Rubin
    (2002), Statistical Analysis with Missing Data, 2nd ed., sec. 11.2.
    """
    values = values[~np.isnan(values).all(axis=1)]
    if len(values) < 2:
        return None
    centre, spread = _scale(values)
    if not (spread > 0).all():
        return None
    estimated = _em(_patterns((values - centre) / spread), values.shape[1], len(values))
    if estimated is None:
        return None
    mean, covariance = estimated
    return mean * spread + centre, covariance * np.outer(spread, spread)


def _scale(values: Array) -> tuple[Array, Array]:
    """Mean and standard deviation of what was observed of each variable; 0 where there is nothing or it is constant."""
    observed = ~np.isnan(values)
    counts = np.maximum(observed.sum(axis=0), 1)
    centre = np.where(observed, values, 0).sum(axis=0) / counts
    # A constant does not vary, whatever the last bits of its mean leave over.
    there = np.where(observed, values, centre)
    values = np.where(varies(there), values, centre)
    squares = np.where(observed, values - centre, 0) ** 2
    return centre, np.sqrt(squares.sum(axis=0) / counts)


def _patterns(values: Array) -> list[_Pattern]:
    """The respondents by what is observed of them; every row has a value."""
    kinds, places = np.unique(~np.isnan(values), axis=0, return_inverse=True)
    patterns = []
    for kind, observed in enumerate(kinds):
        own = values[places == kind][:, observed]
        patterns.append(_Pattern(observed, len(own), own.sum(axis=0), own.T @ own))
    return patterns


def _em(patterns: Sequence[_Pattern], variables: int, n: int) -> tuple[Array, Array] | None:
    """Maximum-likelihood means and covariances of standardised variables; None if they are not determined."""
    if n <= variables:
        return None
    mean, covariance = np.zeros(variables), np.eye(variables)
    for _ in range(MOST_STEPS):
        total, products = np.zeros(variables), np.zeros((variables, variables))
        for pattern in patterns:
            there = np.flatnonzero(pattern.observed)
            gone = np.flatnonzero(~pattern.observed)
            known = covariance[np.ix_(there, there)]
            if not np.linalg.cond(known) < SINGULAR:
                return None
            # What is missing is filled in by its regression on what is there, with what that leaves unexplained.
            slopes = np.linalg.solve(known, covariance[np.ix_(there, gone)])
            fill = np.zeros((variables, len(there)))
            fill[there, np.arange(len(there))] = 1
            fill[gone] = slopes.T
            shift = mean - fill @ mean[there]
            filled = fill @ pattern.total
            total += filled + pattern.n * shift
            crossed = np.outer(filled, shift)
            products += fill @ pattern.products @ fill.T + crossed + crossed.T + pattern.n * np.outer(shift, shift)
            products[np.ix_(gone, gone)] += pattern.n * (
                covariance[np.ix_(gone, gone)] - slopes.T @ covariance[np.ix_(there, gone)]
            )
        new_mean = total / n
        new_covariance = products / n - np.outer(new_mean, new_mean)
        moved = max(np.abs(new_mean - mean).max(), np.abs(new_covariance - covariance).max())
        mean, covariance = new_mean, new_covariance
        if moved < SETTLED:
            return (mean, covariance) if np.linalg.cond(covariance) < SINGULAR else None
    return None
