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
Integers = npt.NDArray[np.int64]

# A missing answer is drawn from so many nearest respondents.
DONORS = 5
# Sites enter the imputation where there are at least so many respondents for each: more would leave too little.
RESPONDENTS_PER_SITE = 10
# Added to the diagonal of the correlations of the predictors, against items that follow from others.
RIDGE = 1e-4
# A predictor is constant if no more than this share of its sum of squares is about its mean.
CONSTANT = 1e-12


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
    asked = np.flatnonzero(~missing.all(axis=0))
    members = [[item for item in group if item in asked] for group in groups]
    incomplete = [int(item) for item in asked if missing[:, item].any()]
    there = {item: np.flatnonzero(~missing[:, item]) for item in incomplete}
    gone = {item: np.flatnonzero(missing[:, item]) for item in incomplete}
    indicators = _indicators(sites)
    for number in range(imputations):
        # Each data set has its own stream, so that the tenth is the same whether ten are asked for or twenty.
        rng = np.random.default_rng([seed, number])
        filled = values.copy()
        for item in incomplete:
            # Any start will do, but for being the same in all data sets: their spread is what is to be measured.
            filled[gone[item], item] = rng.choice(values[there[item], item], len(gone[item]))
        table = _Table(filled, [group for group in members if group], indicators)
        for _ in range(iterations if incomplete else 0):
            for item in incomplete:
                table.impute(item, there[item], gone[item], rng)
        filled[:, asked] = table.rows[asked].T
        yield filled


class _Table:
    """Answers that are being imputed, with what the regression of one item on the others needs.

    The sums of products of every two variables are kept, and brought up to date where answers change, so that no
    regression reads all respondents anew. They are sums of whole numbers, as answers are: nothing is lost on the way.

    Attributes:
        rows: variables x respondents: the items, the sum of each scale, ones, and the sites but the first.
        products: of every two variables, over all respondents.
    """

    def __init__(self, filled: Array, groups: Sequence[Sequence[int]], indicators: Array) -> None:
        items = np.nan_to_num(filled).T
        sums = [items[group].sum(axis=0) for group in groups]
        self.rows = np.vstack([items, *sums, np.ones(len(filled)), indicators.T])
        self.products = self.rows @ self.rows.T
        self.sums = range(len(items), len(items) + len(sums))
        self.ones = len(items) + len(sums)
        self.groups = {item: (group, of) for group, of in zip(groups, self.sums, strict=True) for item in group}
        # The site of each respondent, from 1 for the second; 0 for the first, and where sites do not count.
        self.site = indicators.astype(np.int64) @ np.arange(1, indicators.shape[1] + 1)

    def impute(self, item: int, there: Integers, gone: Integers, rng: np.random.Generator) -> None:
        """Give each respondent of `gone` an answer to the item, that of one of `there` with a like prediction.

        The regression is that of the observed answers; for those without, its coefficients are drawn from their
        posterior distribution, so that what is not known of them counts too (type 1 matching).

        Source: van Buuren (2018), algorithm 3.3; Little (1988), Journal of Business & Economic Statistics 6(3),
        287-296.
        """
        group, of = self.groups[item]
        # Siblings one by one, other scales by their sum: with all items of a long questionnaire there would be more
        # predictors than respondents.
        siblings = [other for other in group if other != item]
        others = [own for own in self.sums if own != of]
        x = np.array([*siblings, *others, *range(self.ones + 1, len(self.rows))], dtype=np.int64)
        without, site = self.rows[:, gone], self.site[gone]
        observed = self.products - without @ without.T
        n, centre = observed[self.ones, self.ones], observed[self.ones] / observed[self.ones, self.ones]
        centred = observed - n * np.outer(centre, centre)
        x = x[centred[x, x] > CONSTANT * observed[x, x]]
        spread, k = np.sqrt(centred[x, x] / n), len(x)
        inverse = np.linalg.inv(centred[x[:, np.newaxis], x] / np.outer(spread, spread) + RIDGE * n * np.eye(k))
        slopes = inverse @ (centred[x, item] / spread)
        predicted = self._predicted(self.rows, self.site, x, slopes / spread, centre)[there]
        answers = self.rows[item, there]
        residuals = answers - centre[item] - predicted
        # The posterior under a flat prior: the variance from its inverse chi-square, then the slopes given it.
        sigma = np.sqrt(residuals @ residuals / rng.chisquare(max(n - k - 1, 1)))
        drawn = slopes + sigma * np.linalg.cholesky(inverse) @ rng.standard_normal(k)
        shift = sigma / np.sqrt(n) * rng.standard_normal()
        wanted = self._predicted(without, site, x, drawn / spread, centre) + shift
        # Donors stand by the prediction of the estimated slopes, those in need by the drawn ones: type 1 matching, in
        # which a draw moves the respondent and not the donors.
        given = answers[nearest(predicted, wanted, rng)]
        without[of] += given - without[item]
        without[item] = given
        # At once, for the next item of this round is regressed on the sum with what was just filled in.
        self.rows[item, gone], self.rows[of, gone] = given, without[of]
        self.products = observed + without @ without.T

    def _predicted(self, rows: Array, site: Integers, x: Integers, slopes: Array, centre: Array) -> Array:
        """Predictions, from the mean: alike to the last bit for respondents who are alike, as no matrix product is."""
        of_site = np.zeros(len(self.rows) - self.ones)
        of_site[x[x > self.ones] - self.ones] = slopes[x > self.ones]
        predicted = (of_site - slopes @ centre[x])[site]
        for variable, slope in zip(x[x < self.ones], slopes[x < self.ones], strict=True):
            predicted += slope * rows[variable]
        return predicted


def nearest(predicted: Array, wanted: Array, rng: np.random.Generator) -> Integers:
    """For each prediction that is wanted the place of one of the nearest, drawn at random.

    Args:
        predicted: of the respondents with an answer.
        wanted: of those without.
    """
    n = len(predicted)
    order = np.argsort(predicted)
    ordered = predicted[order]
    # Equal ones stand in the order of respondents, on every processor; a stable sort takes four times as long.
    equal = np.concatenate(([False], ordered[1:] == ordered[:-1], [False]))
    tied = np.flatnonzero(equal[1:] | equal[:-1])
    order[tied] = order[tied][np.lexsort((order[tied], ordered[tied]))]
    donors = min(DONORS, n)
    # The nearest are among as many on either side of where the prediction would stand.
    places = np.searchsorted(ordered, wanted)[:, np.newaxis] + np.arange(-donors, donors)
    outside = (places < 0) | (places >= n)
    places = places.clip(0, n - 1)
    distances = np.where(outside, np.inf, np.abs(ordered[places] - wanted[:, np.newaxis]))
    near = np.argsort(distances, axis=1, kind="stable")[:, :donors]
    chosen = near[np.arange(len(wanted)), rng.integers(donors, size=len(wanted))]
    return np.asarray(order[places[np.arange(len(wanted)), chosen]])


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
