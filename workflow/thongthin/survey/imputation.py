"""Whether missing answers matter: the linear model of complete respondents beside that of multiply imputed answers.

Items are imputed, and scores made from them. Each incomplete item in turn is regressed on the other items of its scale,
the means of the other scales and the sites; a missing answer is taken from one of the respondents whose predicted
answer is nearest (predictive mean matching), so that it is always an answer that somebody gave. Going round all items
several times, from random starts, gives one completed data set; several of them, each with its own random numbers, give
estimates whose spread tells what is not known. *Assumes* that answers are missing at random, given the others.

Respondents who answered no item of any scale are left out. Where complete respondents, or one of the completed data
sets, carry no model, its numbers are undefined, with the reason.

Sources: Rubin (1987), Multiple Imputation for Nonresponse in Surveys; van Buuren (2018), Flexible Imputation of Missing
Data, 2nd ed., algorithms 3.3 (matching) and 4.3 (chained equations); Eekhout, de Vet, de Boer, Twisk and Heymans
(2018), Statistical Methods in Medical Research 27(4), 1128-1140 (items on the scores of other scales).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.survey.models.data import Fitted, ModelData, model_data
from thongthin.survey.models.linear import linear_model
from thongthin.survey.scales import reverse_items, survey_scales

Array = npt.NDArray[np.float64]

# A missing answer is drawn from so many nearest respondents.
DONORS = 5
# Sites enter the imputation where there are at least so many respondents for each: more would leave too little.
RESPONDENTS_PER_SITE = 10
# Added to the diagonal of the correlations of the predictors, against items that follow from others.
RIDGE = 1e-4


class Pooled(NamedTuple):
    """Estimates from several completed data sets as one, by Rubin's rules; one number a coefficient.

    Attributes:
        se: from the variance within and between the data sets.
        df: of the t distribution, in small samples (Barnard and Rubin).
        fmi: fraction of missing information, 0 to 1.
    """

    estimate: Array
    se: Array
    df: Array
    fmi: Array


def imputation_comparison(  # noqa: PLR0913 - the tables and choices, each by its name
    responses: pd.DataFrame,
    items: pd.DataFrame,
    scores: pd.DataFrame,
    outcome: str,
    predictors: Sequence[str],
    *,
    imputations: int = 20,
    iterations: int = 10,
    robust: str = "HC3",
    confidence: float = 0.95,
    most: int | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Fit the linear model of the outcome to complete respondents, and to imputed answers of all.

    Args:
        responses, items: the tables of these names.
        scores: table `scale_scores`, of the same respondents in the same order.
        outcome, predictors, robust, confidence: as for `models.fit_outcome_model`.
        imputations: number of completed data sets.
        iterations: rounds of the chained equations for each.
        most: of more respondents than these, so many are drawn at random, for both.
        seed: of everything random.

    Returns:
        Table `imputation_comparison`.

    Raises:
        CannotAnalyse: the survey has no items of one of the constructs.
    """
    answers = reverse_items(responses, items)
    scales = survey_scales(items)
    asked = [item for scale in scales for item in scale.items]
    # Both models are of the same draw of respondents: what differs between them is the missing answers alone.
    there = np.flatnonzero(answers[asked].notna().any(axis=1).to_numpy())
    if most is not None and len(there) > most:
        there = np.sort(np.random.default_rng(seed).choice(there, most, replace=False))
    data = model_data(scores.iloc[there], outcome, predictors)
    complete = linear_model(data, robust=robust, confidence=confidence)
    values = answers[asked].iloc[there].to_numpy(dtype=float)
    sites = responses["site_id"].iloc[there]
    groups = [[asked.index(item) for item in scale.items] for scale in scales]
    frame = pd.DataFrame({"site_id": sites.to_numpy()})
    fits = []
    for filled in impute(values, groups, sites, imputations=imputations, iterations=iterations, seed=seed):
        own = {scale.column: _mean(filled[:, group]) for scale, group in zip(scales, groups, strict=True)}
        completed = model_data(frame.assign(**own), outcome, predictors)
        # Scores are made after the imputation, not imputed: a scale then keeps the correlations of its items.
        fits.append((linear_model(completed, robust=robust, confidence=confidence), completed))
    return _side_by_side(complete, data, fits, confidence)


def _side_by_side(
    complete: Fitted, data: ModelData, fits: Sequence[tuple[Fitted, ModelData]], confidence: float
) -> pd.DataFrame:
    """Table `imputation_comparison` of the model of complete respondents, and of that of each completed data set."""
    from scipy import stats

    n = fits[-1][1].n
    estimates = np.array([_of_terms(fit, "estimate", completed) for fit, completed in fits])
    variances = np.array([_of_terms(fit, "se", completed) for fit, completed in fits]) ** 2
    pooled = pool(estimates, variances, max(n - len(data.terms), 1))
    reach = stats.t.ppf((1 + confidence) / 2, pooled.df) * pooled.se
    first = {name: _of_terms(complete, name, data) for name in ("estimate", "se", "low", "high", "p")}
    known = ~np.isnan(pooled.se)
    reason = next((why for fit, _ in fits if (why := _why(fit))), "")
    return pd.DataFrame(
        {
            "term": data.terms,
            "n_complete": data.n,
            **{f"{name}_complete": values for name, values in first.items()},
            "n": n,
            "imputations": len(fits),
            "estimate": pooled.estimate,
            "se": pooled.se,
            "statistic": pooled.estimate / pooled.se,
            "df": np.where(known, pooled.df, np.nan),
            "p": 2 * stats.t.sf(np.abs(pooled.estimate / pooled.se), pooled.df),
            "low": pooled.estimate - reach,
            "high": pooled.estimate + reach,
            "fmi": np.where(known, pooled.fmi, np.nan),
            "change": (pooled.estimate - first["estimate"]) / first["se"],
            "reason_complete": _reasons(_why(complete), ~np.isnan(first["se"])),
            "reason": _reasons(reason, known),
        }
    )


def _of_terms(fit: Fitted, name: str, data: ModelData) -> Array:
    """One number a coefficient, NaN where the model has none."""
    return np.broadcast_to(np.asarray(fit.terms.get(name, np.nan), dtype=float), (len(data.terms),)).copy()


def _why(fit: Fitted) -> str:
    return str(fit.fit.get("reason", ""))


def _reasons(reason: str, known: npt.NDArray[np.bool_]) -> list[str]:
    """Of each coefficient, why it has no error: that of the whole model, or its own."""
    return ["" if has else reason or "no_error" for has in known]


def pool(estimates: Array, variances: Array, df_complete: float) -> Pooled:
    """Rubin's rules.

    Args:
        estimates, variances: data sets x coefficients; variances are squared standard errors.
        df_complete: degrees of freedom that the model would have without missing data.

    Sources: Rubin (1987), ch. 3; Barnard and Rubin (1999), Biometrika 86(4), 948-955 (df); van Buuren (2018), sec.
    2.3.6 (fmi).
    """
    m = len(estimates)
    estimate = estimates.mean(axis=0)
    within = variances.mean(axis=0)
    between = estimates.var(axis=0, ddof=1) if m > 1 else np.zeros_like(estimate)
    # The same estimate every time has no spread but for rounding.
    between = np.where(between > 1e-20 * np.maximum(within, 1e-300), between, 0)
    extra = (1 + 1 / m) * between
    total = within + extra
    missing = np.divide(extra, total, out=np.full(total.shape, np.nan), where=total > 0)
    observed = (df_complete + 1) / (df_complete + 3) * df_complete * (1 - missing)
    with np.errstate(divide="ignore", invalid="ignore"):
        df = np.where(missing > 0, 1 / (missing**2 / max(m - 1, 1) + 1 / observed), observed)
        ratio = extra / within
    fmi = np.where(missing > 0, (ratio + 2 / (df + 3)) / (ratio + 1), 0.0)
    return Pooled(estimate, np.sqrt(total), df, fmi)


def impute(
    values: Array,
    groups: Sequence[Sequence[int]],
    sites: Sequence[str] | pd.Series[str],
    *,
    imputations: int,
    iterations: int,
    seed: int,
) -> Iterator[Array]:
    """Completed data sets, one after the other.

    Args:
        values: respondents x items, NaN where missing; every row has a value. An item that nobody answered stays empty.
        groups: the items of each scale, as columns of `values`.
        sites: the site of each respondent.
        imputations, iterations: how many data sets, and rounds for each.
        seed: the same seed gives the same data sets.
    """
    missing = np.isnan(values)
    asked = set(np.flatnonzero(~missing.all(axis=0)).tolist())
    scale_of = {item: place for place, group in enumerate(groups) for item in group}
    members = [[item for item in group if item in asked] for group in groups]
    incomplete = [item for item in sorted(asked) if missing[:, item].any()]
    indicators = _indicators(sites)
    for number in range(imputations):
        # Each data set has its own stream, so that the tenth is the same whether ten are asked for or twenty.
        rng = np.random.default_rng([seed, number])
        filled = values.copy()
        for item in incomplete:
            gone = missing[:, item]
            # Any start will do, but for being the same in all data sets: their spread is what is to be measured.
            filled[gone, item] = rng.choice(values[~gone, item], int(gone.sum()))
        means = [_mean(filled[:, own]) if own else np.zeros(len(values)) for own in members]
        for _ in range(iterations if incomplete else 0):
            for item in incomplete:
                scale = scale_of[item]
                others = [mean for place, mean in enumerate(means) if place != scale and members[place]]
                siblings = [filled[:, other] for other in members[scale] if other != item]
                # Siblings one by one, other scales by their mean: with all items of a long questionnaire there would be
                # more predictors than respondents.
                x = np.column_stack([*siblings, *others, indicators])
                gone = missing[:, item]
                filled[gone, item] = matched(values[~gone, item], x[~gone], x[gone], rng)
                # At once, for the next item of this round is regressed on the mean with what was just filled in.
                means[scale] = _mean(filled[:, members[scale]])
        yield filled


def matched(y: Array, x: Array, x_missing: Array, rng: np.random.Generator) -> Array:
    """Answers for respondents without one, each from a respondent with a like prediction.

    The regression is that of the observed answers; for those without, its coefficients are drawn from their posterior
    distribution, so that what is not known of them counts too (type 1 matching).

    Args:
        y, x: observed answers, and respondents x predictors.
        x_missing: predictors of those without an answer.

    Source: van Buuren (2018), algorithm 3.3; Little (1988), Journal of Business & Economic Statistics 6(3), 287-296.
    """
    centre, spread = x.mean(axis=0), x.std(axis=0)
    varies = spread > 1e-12
    z = (x[:, varies] - centre[varies]) / spread[varies]
    z_missing = (x_missing[:, varies] - centre[varies]) / spread[varies]
    n, k = z.shape
    inverse = np.linalg.inv(z.T @ z + RIDGE * n * np.eye(k))
    slopes = inverse @ z.T @ (y - y.mean())
    residuals = y - y.mean() - z @ slopes
    # The posterior under a flat prior: the variance from its inverse chi-square, then the slopes given it.
    sigma = np.sqrt(residuals @ residuals / rng.chisquare(max(n - k - 1, 1)))
    drawn = slopes + sigma * np.linalg.cholesky(inverse) @ rng.standard_normal(k)
    shift = sigma / np.sqrt(n) * rng.standard_normal()
    # Donors are sorted by the prediction of the estimated slopes, those in need stand by the drawn ones: type 1
    # matching, in which a draw moves the respondent and not the donors.
    order = np.argsort(z @ slopes, kind="stable")
    predicted = (z @ slopes)[order]
    wanted = z_missing @ drawn + shift
    donors = min(DONORS, n)
    # The nearest are among as many on either side of where the prediction would stand.
    places = np.searchsorted(predicted, wanted)[:, np.newaxis] + np.arange(-donors, donors)
    outside = (places < 0) | (places >= n)
    places = places.clip(0, n - 1)
    distances = np.where(outside, np.inf, np.abs(predicted[places] - wanted[:, np.newaxis]))
    nearest = np.argsort(distances, axis=1, kind="stable")[:, :donors]
    chosen = nearest[np.arange(len(wanted)), rng.integers(donors, size=len(wanted))]
    return np.asarray(y[order[places[np.arange(len(wanted)), chosen]]], dtype=float)


def _mean(values: Array) -> Array:
    """Mean of the items of each respondent; an item that nobody answered does not count."""
    there = np.flatnonzero(~np.isnan(values).all(axis=0))
    return np.asarray(values[:, there].mean(axis=1), dtype=float) if len(there) else np.full(len(values), np.nan)


def _indicators(sites: Sequence[str] | pd.Series[str]) -> Array:
    """Respondents x (sites but the first): 1 at the site; no columns where respondents of a site are few."""
    codes, names = pd.factorize(pd.Series(sites), sort=True)
    if len(codes) < RESPONDENTS_PER_SITE * len(names):
        return np.empty((len(codes), 0))
    return np.eye(len(names))[codes][:, 1:]
