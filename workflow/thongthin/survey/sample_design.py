"""What the way in which respondents were drawn does to the errors of means and shares: strata, clusters, population.

Respondents of one cluster (a school, a village) are rather alike, so that they tell less than as many who were drawn
one by one; those of strata that were drawn by themselves may tell more. An estimate is made linear: what each
respondent adds to its error is summed over the primary sampling units (the clusters; without clusters, each respondent
is one), and the variance is that of these sums within their strata, as if units were drawn with replacement, less the
share of the units of the population that is in the sample, where that is known. All respondents of the frame count as
the sample; a site, a group, or those who answered are a domain of it, so that units without any of them count, with
nothing.

Nothing here fails: what is undefined is NaN, with the reason (`REASONS`).

Sources: Wolter (2007), Introduction to Variance Estimation, 2nd ed., ch. 6 (linearisation); Lumley (2004), Journal of
Statistical Software 9(8) (what R's survey computes, with strata and the finite population correction); Korn and
Graubard (1999), Analysis of Health Surveys (degrees of freedom, of domains too; intervals of shares); Kish (1965),
Survey Sampling, ch. 8 (design effect).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Limits = Callable[[Array, Array, Array, float], tuple[Array, Array]]

# What stands beside an estimate: the reason says why its error, or its interval, is undefined.
ERRORS = ("se", "df", "deff", "low", "high", "reason")
# A stratum of one unit says nothing of how far units are apart; nor do as many units as strata.
SINGLE_UNIT, NO_DEGREES = REASONS = ("single_psu", "no_degrees_of_freedom")


class SampleDesign(NamedTuple):
    """How the respondents of an analysis were drawn.

    Attributes:
        strata: the stratum of each respondent, as numbers from 0.
        units: the primary sampling unit of each respondent, as numbers from 0, those of all strata counted on.
        stratum_of: the stratum of each unit, those without respondents in the analysis among them.
        fractions: of each stratum, which share of its units in the population was drawn; 0 where that is not known.
        clustered: whether units are clusters, rather than respondents.
    """

    strata: Whole
    units: Whole
    stratum_of: Whole
    fractions: Array
    clustered: bool

    @property
    def unit_counts(self) -> Whole:
        """How many units were drawn in each stratum."""
        return np.bincount(self.stratum_of, minlength=len(self.fractions)).astype(np.int64)

    @property
    def single(self) -> npt.NDArray[np.bool_]:
        """Which strata have one unit that stands for more than itself, so that their variance is undefined."""
        return np.asarray((self.unit_counts == 1) & (self.fractions < 1))

    def of(self, rows: npt.NDArray[np.intp]) -> SampleDesign:
        """The same design, of some of the respondents."""
        return self._replace(strata=self.strata[rows], units=self.units[rows])

    def covariance(self, parts: Array) -> Array:
        """The covariance matrix of estimates, from what each respondent adds to their errors.

        Args:
            parts: respondents x estimates.

        Returns:
            Estimates x estimates. Strata of one unit that stands for more than itself are left out: see `single`.
        """
        counts, strata = self.unit_counts, len(self.fractions)
        # Rows for all units that were drawn, with respondents here or not: a domain that leaves a village empty is
        # known less well than one of a smaller sample (Korn and Graubard 1999).
        sums = np.zeros((len(self.stratum_of), parts.shape[1]))
        np.add.at(sums, self.units, parts)
        means = np.zeros((strata, parts.shape[1]))
        np.add.at(means, self.stratum_of, sums)
        several = counts > 1
        means[several] /= counts[several, np.newaxis]
        factors = np.zeros(strata)
        # A stratum of one unit keeps factor 0: if it stands for itself alone (fraction 1) this is its variance, if not,
        # `single` makes the estimate undefined.
        factors[several] = (1 - self.fractions[several]) * counts[several] / (counts[several] - 1)
        apart = sums - means[self.stratum_of]
        result: Array = (factors[self.stratum_of, np.newaxis] * apart).T @ apart
        return result

    def degrees(self) -> int:
        """Units less strata, of those that have respondents here (Korn and Graubard 1999)."""
        # Not of the whole sample: a domain in few units cannot have the degrees of freedom of all of them.
        return len(np.unique(self.units)) - len(np.unique(self.strata))


def design_of(table: pd.DataFrame, respondent_ids: Iterable[str]) -> SampleDesign | None:
    """The design of some respondents.

    Args:
        table: table `sample_design`, all respondents that were drawn.
        respondent_ids: those of the analysis, in the order of the tables of the analysis.

    Returns:
        None where the table has no rows: the study says nothing of how its sample was drawn.
    """
    if table.empty:
        return None
    strata, named = pd.factorize(table["stratum"], sort=True)
    clustered = bool((table["cluster"] != "").all())
    # A cluster that stands in several strata was refused when the table was read, or told apart: a number is a unit.
    numbers = pd.factorize(table["cluster"])[0] if clustered else np.arange(len(table))
    first = np.unique(numbers, return_index=True)[1]
    stratum_of = strata[first].astype(np.int64)
    counts = np.bincount(stratum_of, minlength=len(named))
    population = table["population"].groupby(strata).first().reindex(range(len(named))).to_numpy(dtype=np.float64)
    # Without a population units count as drawn from endlessly many: the error can only be too large.
    fractions = np.nan_to_num(counts / population, nan=0.0)
    places = pd.Series(np.arange(len(table)), index=table["respondent_id"]).loc[list(respondent_ids)].to_numpy()
    return SampleDesign(
        strata[places].astype(np.int64), numbers[places].astype(np.int64), stratum_of, fractions, clustered
    )


# --- errors of means and shares -----------------------------------------------------------------------------------


def mean_errors(
    values: pd.DataFrame,
    weights: npt.ArrayLike,
    design: SampleDesign,
    units: pd.Series | None = None,
    unit_ids: Sequence[str] = (),
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Errors of the mean of each column, in each site or group and in all.

    Args:
        values: respondents x columns; NaN where there is no answer.
        weights: of the respondents.
        units: the site or group of each respondent; None: none are told apart.
        unit_ids: the sites or groups that count; `all` among them changes nothing.
        confidence: level of the intervals.

    Returns:
        By column and unit (index), `ERRORS`: the standard error; degrees of freedom (primary sampling units less
        strata, of those in which somebody of the unit answered); the design effect, by what the variance is larger
        than that of as many respondents drawn one by one with replacement, NaN where nothing varies; the interval of
        the t distribution; the reason why they are undefined. No row for who did not answer.
    """
    return _errors(values, np.asarray(weights, dtype=np.float64), design, units, unit_ids, confidence, _of_mean)


def share_errors(
    chosen: pd.DataFrame,
    weights: npt.ArrayLike,
    design: SampleDesign,
    units: pd.Series | None = None,
    unit_ids: Sequence[str] = (),
    *,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """Errors of shares: as `mean_errors`, with intervals that stay between 0 and 1.

    The interval is that of the t distribution for the logarithm of the odds, turned back; it is undefined where nobody
    or everybody is counted.

    Args:
        chosen: respondents x columns: 1 for who is counted, 0 for who is not, NaN for who did not answer.

    Source: Korn and Graubard (1999); it is what R's `svyciprop` and Stata's `proportion` take.
    """
    return _errors(chosen, np.asarray(weights, dtype=np.float64), design, units, unit_ids, confidence, _of_share)


def _errors(
    values: pd.DataFrame,
    weights: Array,
    design: SampleDesign,
    units: pd.Series | None,
    unit_ids: Sequence[str],
    confidence: float,
    limits: Limits,
) -> pd.DataFrame:
    domains = [(ALL, np.arange(len(values)))]
    if units is not None:
        domains += [(id_, np.flatnonzero(units == id_)) for id_ in unit_ids if id_ != ALL]
    rows, keys = [], []
    for column in values:
        own = values[column].to_numpy(dtype=np.float64)
        for id_, members in domains:
            answered = members[~np.isnan(own[members])]
            if len(answered):
                keys.append((str(column), id_))
                rows.append(_error(own[answered], weights[answered], design.of(answered)))
    named = [[key[level] for key in keys] for level in (0, 1)]
    index = pd.MultiIndex.from_arrays(named, names=["column", "unit"])
    frame = pd.DataFrame(rows, columns=["mean", "se", "df", "deff", "reason"], index=index)
    mean, se, df = (frame[name].to_numpy(dtype=np.float64) for name in ("mean", "se", "df"))
    low, high = limits(mean, se, df, confidence)
    return frame.assign(low=low, high=high).astype({"df": float})[list(ERRORS)]


def _error(y: Array, weights: Array, design: SampleDesign) -> tuple[float, float, float, float, str]:
    """The mean of those who answered; its error, degrees of freedom and design effect; why they are undefined."""
    n, total = len(y), weights.sum()
    mean = float(weights @ y / total)
    if design.single[design.strata].any():
        return mean, np.nan, np.nan, np.nan, SINGLE_UNIT
    if (df := design.degrees()) < 1:
        return mean, np.nan, df, np.nan, NO_DEGREES
    # The part of each respondent is w (y - mean) / sum of w, the derivative of the weighted mean: sums of these over
    # units take the place of deviations.
    apart = y - mean if np.ptp(y) > 0 else np.zeros(n)  # a constant does not vary, whatever its mean is off by
    variance = float(design.covariance((weights * apart / total)[:, np.newaxis])[0, 0])
    # What the design effect compares with: as many respondents drawn one by one, with the weighted variance.
    alone = float(weights @ apart**2 / total) / (n - 1) if n > 1 else 0.0
    return mean, float(np.sqrt(variance)), df, variance / alone if alone > 0 else np.nan, ""


def _of_mean(mean: Array, se: Array, df: Array, confidence: float) -> tuple[Array, Array]:
    reach = _t(df, confidence) * se
    return mean - reach, mean + reach


def _of_share(share: Array, se: Array, df: Array, confidence: float) -> tuple[Array, Array]:
    from scipy.special import expit, logit

    between = (share > 0) & (share < 1)
    inner = np.where(between, share, 0.5)
    # The delta method: the derivative of the logit is 1 / (p (1 - p)).
    reach = _t(df, confidence) * se / (inner * (1 - inner))
    low, high = expit(logit(inner) - reach), expit(logit(inner) + reach)
    return np.where(between, low, np.nan), np.where(between, high, np.nan)


def _t(df: Array, confidence: float) -> Array:
    from scipy.special import stdtrit

    result: Array = stdtrit(np.where(df >= 1, df, np.nan), (1 + confidence) / 2)
    return result
