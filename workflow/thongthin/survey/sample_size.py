"""How many respondents a survey needed and reached, whether they are spread as the population, what they can show.

Sizes are those of Yamane and of Cochran, for estimating a share; a population that is not known counts as unlimited.
The spread over sites is held against that of the population. What the comparison of sites could detect is said as
sensitivity: the smallest effect that the respondents reached would show with the power asked for. The power of an
effect that was observed is not computed; it says nothing that its p does not say.

Nothing here fails: without respondents, or a population by site, what cannot be computed is NaN.

Sources: Yamane (1967); Cochran (1977); Cohen (1988); Hoenig and Heisey (2001) on power after the fact; each function
names its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from thongthin.basics.language import rounded
from thongthin.contract.tables import ALL
from thongthin.statistics.noncentral import chi2_noncentrality
from thongthin.survey.scales import survey_scales

# Of the Kruskal-Wallis test relative to the F test, where answers are normal: so many respondents of the F test do as
# much as one of the rank test.
RANK_EFFICIENCY = 3 / math.pi

# --- sizes ------------------------------------------------------------------------------------------------------------


def yamane(population: float, margin: float) -> int:
    """Sample size of a share at 95 % confidence, the normal quantile taken as 2: N / (1 + N e^2).

    Args:
        population: N; infinite where it is not known.
        margin: e, half the width of the interval of a share, between 0 and 1.

    Returns:
        Rounded to the nearest whole number, as in Yamane's tables.

    Source: Yamane (1967), Statistics: An Introductory Analysis, 2nd ed., p. 886.
    """
    return int(rounded(1 / (1 / population + margin**2), 0))


def cochran(population: float, margin: float, confidence: float = 0.95) -> int:
    """Sample size of a share of one half, corrected for a finite population: n0 / (1 + (n0 - 1) / N).

    Args:
        population: N; infinite where it is not known, which leaves out the correction.
        margin: half the width of the interval of a share, between 0 and 1.
        confidence: level of that interval.

    Returns:
        Rounded up: the interval is no wider than asked for.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., pp. 75-76, with p = 1/2. Krejcie and Morgan (1970),
    Educational and Psychological Measurement 30(3), 607-610, print the same formula to the nearest whole number.
    """
    unlimited = _normal(confidence) ** 2 / (4 * margin**2)
    # What rounding of the computer adds to a whole number must not count as one more.
    return math.ceil(round(unlimited / (1 + (unlimited - 1) / population), 9))


def margin_reached(n: float, population: float, confidence: float = 0.95) -> float:
    """Half the width of the interval of a share of one half: how far it may be from that of the population.

    Args:
        n: respondents; with weights, their effective number (`weights.effective_n`).
        population: N; infinite where it is not known.
        confidence: level of the interval.

    Returns:
        0 to 1; NaN without respondents, or where there are more of them than people.

    Source: Cochran (1977), Sampling Techniques, 3rd ed., eq. 3.10 and 3.13.
    """
    if not 0 < n <= population:
        return np.nan
    left = 1.0 if math.isinf(population) else (population - n) / max(population - 1, 1)
    return _normal(confidence) * math.sqrt(left / (4 * n))


def _normal(confidence: float) -> float:
    from scipy.special import ndtri

    return float(ndtri((1 + confidence) / 2))


class Frame(NamedTuple):
    """The population of each site and of all; infinite where it is not known."""

    sites: dict[str, float]
    whole: float

    @classmethod
    def of(cls, site_ids: Iterable[str], populations: Mapping[str, int]) -> Frame:
        """From study.yml (`survey.population`): by site, only for `all`, or nothing."""
        sites = {site: float(populations.get(site, np.inf)) for site in site_ids}
        return cls(sites, float(populations.get(ALL, sum(sites.values()))))


def sample_size_table(
    respondents: pd.DataFrame,
    site_ids: Iterable[str],
    populations: Mapping[str, int],
    *,
    margin: float = 0.05,
    confidence: float = 0.95,
) -> pd.DataFrame:
    """The sample that was needed, and the one that was reached, at each site and over all.

    Args:
        respondents: of `SurveyCounts`.
        site_ids: all sites; one without respondents gets a row with n = 0.
        populations: site, or `all`, -> people; those left out are not known.
        margin, confidence: of the sizes needed (Yamane's is for 95 % whatever the level).

    Returns:
        Table `sample_size`, sites then `all`: site_id, population, n, n_effective (of the weights), yamane and cochran
        (of the row's own population), allocated (of Yamane's size for all sites, the site's part in proportion to its
        population), margin (reached, with the effective number).
    """
    frame = Frame.of(site_ids, populations)
    whole = yamane(frame.whole, margin)
    rows = []
    for site, population in [*frame.sites.items(), (ALL, frame.whole)]:
        own = respondents if site == ALL else respondents[respondents["site_id"] == site]
        n, weight, squared = own[["n", "weight", "squared"]].sum()
        effective = weight**2 / squared if n else math.nan  # as `weights.effective_n`
        known = math.isfinite(population)
        rows.append(
            {
                "site_id": site,
                "population": population if known else np.nan,
                "n": int(n),
                "n_effective": effective,
                "yamane": yamane(population, margin),
                "cochran": cochran(population, margin, confidence),
                "allocated": (
                    float(rounded(whole * population / frame.whole, 0))
                    if known and math.isfinite(frame.whole)
                    else np.nan
                ),
                "margin": margin_reached(effective, population, confidence),
            }
        )
    return pd.DataFrame(rows).astype({"population": float, "allocated": float})


# --- response by site -------------------------------------------------------------------------------------------------


def response_table(respondents: pd.DataFrame, site_ids: Iterable[str], populations: Mapping[str, int]) -> pd.DataFrame:
    """Whether respondents are spread over the sites as the population is.

    Args:
        respondents, site_ids, populations: as for `sample_size_table`.

    Returns:
        Table `survey_response_by_site`, sites then `all`: site_id, population, population_share, n, share (of all
        respondents), rate (respondents / population), expected (respondents, had they been spread as the population),
        residual (adjusted standardised: beyond -2 to 2 is more than chance would often give). NaN where the population
        of the site, for shares of any site, is not known.

    Source of the residual: Haberman (1973), Biometrics 29(1), 205-220.
    """
    frame = Frame.of(site_ids, populations)
    sites = list(frame.sites)
    n = respondents.groupby("site_id")["n"].sum().reindex(sites, fill_value=0)
    people = pd.Series(frame.sites).where(np.isfinite(pd.Series(frame.sites)))
    known = bool(people.notna().all())
    share_of = people / people.sum() if known else people * np.nan
    expected = share_of * n.sum()
    spread = (expected * (1 - share_of)) ** 0.5
    table = pd.DataFrame(
        {
            "population": people,
            "population_share": share_of,
            "n": n,
            "share": n / n.sum() if n.sum() else np.nan,
            "rate": n / people,
            "expected": expected,
            "residual": ((n - expected) / spread).where(spread > 0),
        }
    )
    everybody = frame.whole if math.isfinite(frame.whole) else np.nan
    whole = {
        "site_id": ALL,
        "population": everybody,
        "population_share": 1.0 if known else np.nan,
        "n": n.sum(),
        "share": 1.0 if n.sum() else np.nan,
        "rate": n.sum() / everybody,
        "expected": n.sum() if known else np.nan,
        "residual": np.nan,
    }
    return pd.concat([table.rename_axis("site_id").reset_index(), pd.DataFrame([whole])], ignore_index=True)


def representativity_table(response: pd.DataFrame, confidence: float = 0.95) -> pd.DataFrame:
    """One test of the spread over sites: chi-square of respondents against the population.

    Args:
        response: table `survey_response_by_site`.
        confidence: level of the interval of w.

    Returns:
        Table `survey_representativity`, one row: site_id (`all`), n, k (sites), chi2, df, p, w (Cohen's effect size)
        with low and high, least_expected (the smallest number expected; below 5, chi-square is a poor guide). NaN with
        fewer than two sites, without respondents, or where the population of a site is not known.

    Sources: Pearson (1900), Philosophical Magazine 50(302), 157-175; w: Cohen (1988), ch. 7; its interval, from the
    noncentral chi-square distribution: Steiger (2004), Psychological Methods 9(2), 164-182.
    """
    from scipy.special import chdtrc

    sites = response[response["site_id"] != ALL]
    n, k = int(sites["n"].sum()), len(sites)
    row = {"site_id": ALL, "n": n, "k": k, **dict.fromkeys(("chi2", "p", "w", "low", "high", "least_expected"), np.nan)}
    df = None
    if n and k > 1 and sites["expected"].notna().all():
        df = k - 1
        chi2 = float(((sites["n"] - sites["expected"]) ** 2 / sites["expected"]).sum())
        low, high = chi2_noncentrality(chi2, df, confidence)
        row |= {"chi2": chi2, "p": float(chdtrc(df, chi2)), "w": math.sqrt(chi2 / n)}
        row |= {"low": math.sqrt(low / n), "high": math.sqrt(high / n), "least_expected": sites["expected"].min()}
    columns = ["site_id", "n", "k", "chi2", "df", "p", "w", "low", "high", "least_expected"]
    return pd.DataFrame([{**row, "df": df}], columns=columns).astype({"df": "Int64"})


# --- power ------------------------------------------------------------------------------------------------------------


def detectable_f(n: int, k: int, *, significance: float = 0.05, power: float = 0.80) -> float:
    """The smallest effect that a one-way analysis of variance would find significant with the power asked for.

    Args:
        n: respondents over all groups, whatever their number in each.
        k: groups.
        significance: of the test.
        power: probability of a significant result.

    Returns:
        Cohen's f: standard deviation of the groups' means (each counted as often as the group has respondents) by that
        within groups. NaN with fewer than two groups, or no respondent beyond one a group.

    Source: Cohen (1988), Statistical Power Analysis for the Behavioral Sciences, 2nd ed., ch. 8, with the noncentral F
    distribution (lambda = n f^2) as in G*Power (Faul, Erdfelder, Lang and Buchner, 2007).
    """
    from scipy.special import fdtri, ncfdtrinc

    if k < 2 or n <= k:
        return np.nan
    critical = fdtri(k - 1, n - k, 1 - significance)
    return math.sqrt(float(ncfdtrinc(k - 1, n - k, 1 - power, critical)) / n)


def power_table(
    scores: pd.DataFrame, items: pd.DataFrame, *, significance: float = 0.05, power: float = 0.80
) -> pd.DataFrame:
    """What the comparison of sites could detect, scale by scale.

    Args:
        scores: of `SurveyCounts`; sites with fewer than two take no part, as in `site_comparison`.
        items: table `items`.
        significance, power: as for `detectable_f`.

    Returns:
        Table `power`: construct, wave, n, k (sites), df1, df2, significance, power, f (smallest detectable, of the F
        test), f_ranks (of the Kruskal-Wallis test), eta_squared (of f: share of variance between sites).

    Source of f_ranks: the asymptotic efficiency 3/pi of the Kruskal-Wallis test under normality, Andrews (1954), Annals
    of Mathematical Statistics 25(4), 724-736. With other distributions it is seldom worse and often better.
    """
    rows = []
    for scale in survey_scales(items):
        counts = scores[scores["column"] == scale.column].groupby("site_id")["n"].sum()
        counts = counts[counts > 1]
        n, k = int(counts.sum()), len(counts)
        f = detectable_f(n, k, significance=significance, power=power)
        rows.append(
            {
                "construct": scale.construct,
                "wave": scale.wave,
                "n": n,
                "k": k,
                "df1": None if np.isnan(f) else k - 1,
                "df2": None if np.isnan(f) else n - k,
                "significance": significance,
                "power": power,
                "f": f,
                "f_ranks": f / math.sqrt(RANK_EFFICIENCY),
                "eta_squared": f**2 / (1 + f**2),
            }
        )
    columns = ["construct", "wave", "n", "k", "df1", "df2", "significance", "power", "f", "f_ranks", "eta_squared"]
    return pd.DataFrame(rows, columns=columns).astype({"df1": "Int64", "df2": "Int64"})
