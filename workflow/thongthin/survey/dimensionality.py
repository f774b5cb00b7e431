"""Whether a scale measures one thing: parallel analysis, and whether its items go together at all.

The eigenvalues of the correlations of the items are compared with those of random data of the same size: a dimension
counts as long as its eigenvalue exceeds nearly all of the random ones. A scale of one dimension has one such
eigenvalue. The same is done with common factors, where each item keeps only what it shares with one factor. The
Kaiser-Meyer-Olkin measure and Bartlett's test say whether there is anything to find.

Each scale is looked at by itself and, where a wave has several, all of its items together. Everything comes from
complete respondents, reversed items turned round. It is undefined where an item does not vary, where items follow from
each other, or where there are not more respondents than items. Fails where the items of one scale have different
answers (`thongthin.survey.scales`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.tables import ALL
from thongthin.statistics.reliability import correlations_of
from thongthin.statistics.weights import covariance_of, respondent_weights
from thongthin.survey.scales import Scale, reverse_items, survey_scales

Array = npt.NDArray[np.float64]

# Smallest eigenvalue of correlations whose items do not follow from each other.
SINGULAR = 1e-8
# Communalities are found when none moves by more than this; the limits of random data need no more.
SETTLED, MOST_STEPS = 1e-3, 50
# Two items always have one dimension; of fewer than these nothing can be learned.
FEWEST_ITEMS = 3


# --- whether there is anything to find ----------------------------------------------------------------------------


def sampling_adequacy(correlations: Array) -> tuple[float, Array]:
    """Kaiser-Meyer-Olkin measure: how small partial correlations are beside the correlations.

    Args:
        correlations: items x items.

    Returns:
        For all items together, and for each; 0 to 1; NaN where no item correlates with another, or the matrix cannot
        be inverted.

    Source: Kaiser and Rice (1974), Educational and Psychological Measurement 34(1), 111-117.
    """
    if not _regular(correlations):
        return np.nan, np.full(len(correlations), np.nan)
    inverse = np.linalg.inv(correlations)
    size = np.sqrt(np.diag(inverse))
    apart = ~np.eye(len(correlations), dtype=bool)
    squared = np.where(apart, correlations**2, 0)
    partial = np.where(apart, (inverse / size[:, np.newaxis] / size) ** 2, 0)
    with np.errstate(invalid="ignore"):
        each = squared.sum(axis=0) / (squared + partial).sum(axis=0)
        return float(squared.sum() / (squared + partial).sum()), each


def bartlett_sphericity(correlations: Array, n: float) -> tuple[float, int, float]:
    """Bartlett's test of sphericity: whether items correlate at all.

    Args:
        correlations: items x items.
        n: respondents (the effective number, where they have weights).

    Returns:
        Chi-square, its degrees of freedom, and p; chi-square and p NaN where the matrix cannot be inverted or n is
        not larger than the number of items.

    Source: Bartlett (1951), Biometrika 38(3/4), 337-344.
    """
    from scipy.special import chdtrc

    items = len(correlations)
    df = items * (items - 1) // 2
    if not _regular(correlations) or not n > items or not df:
        return np.nan, df, np.nan
    chi_square = -(n - 1 - (2 * items + 5) / 6) * float(np.linalg.slogdet(correlations)[1])
    return chi_square, df, float(chdtrc(df, chi_square))


def _regular(correlations: Array) -> bool:
    return not np.isnan(correlations).any() and float(np.linalg.eigvalsh(correlations)[0]) > SINGULAR


# --- parallel analysis --------------------------------------------------------------------------------------------


class ParallelAnalysis(NamedTuple):
    """Eigenvalues of the items beside those of random data, largest first; NaN where undefined.

    Attributes:
        eigenvalues: of the correlations.
        random_mean, random_limit: mean and percentile of random ones.
        factor_eigenvalues, factor_limit: the same with communalities in place of the ones on the diagonal.
    """

    eigenvalues: Array
    random_mean: Array
    random_limit: Array
    factor_eigenvalues: Array
    factor_limit: Array

    @property
    def components(self) -> float:
        """How many components exceed random ones; NaN where undefined."""
        return _leading(self.eigenvalues, self.random_limit)

    @property
    def factors(self) -> float:
        """How many common factors exceed random ones; NaN where undefined."""
        return _leading(self.factor_eigenvalues, self.factor_limit)


class RandomEigenvalues(NamedTuple):
    """Eigenvalues of random data, largest first.

    Attributes:
        mean, limit: mean and percentile of those of the correlations.
        factor_limit: percentile of those with communalities on the diagonal.
    """

    mean: Array
    limit: Array
    factor_limit: Array


# What gives them, for so many respondents and items.
OfRandom = Callable[[float, int], RandomEigenvalues]


def random_eigenvalues(
    n: float, items: int, *, sets: int = 1000, percentile: float = 0.95, seed: int
) -> RandomEigenvalues:
    """Eigenvalues of correlations of random normal data, which depend on nothing but their size.

    The correlations are drawn as such (a Wishart matrix, by its triangular root), which takes no longer for many
    respondents than for few.

    Args:
        n: respondents, more than items.
        sets: number of random data sets.
        percentile: of the eigenvalues, 0 to 1.
        seed: of the random data.

    Source: the percentile in place of the mean: Glorfeld (1995), Educational and Psychological Measurement 55(3),
    377-393; the triangular root: Smith and Hocking (1972), Applied Statistics 21(3), 341-345.
    """
    random = random_correlations(n, items, sets, np.random.default_rng(seed))
    components = _eigenvalues(random)
    factors = _eigenvalues(_with_communalities(random))
    return RandomEigenvalues(
        components.mean(axis=0), np.quantile(components, percentile, axis=0), np.quantile(factors, percentile, axis=0)
    )


def parallel_analysis(correlations: Array, n: float, of_random: OfRandom) -> ParallelAnalysis:
    """Eigenvalues of correlations beside those of random normal data of the same size, that they are to exceed.

    Args:
        correlations: items x items.
        n: respondents (the effective number, where they have weights); more than items.
        of_random: gives the eigenvalues of random data (`random_eigenvalues`).

    Source: Horn (1965), Psychometrika 30(2), 179-185; the percentile in place of the mean: Glorfeld (1995),
    Educational and Psychological Measurement 55(3), 377-393; common factors: Humphreys and Ilgen (1969), ibid. 29(3),
    571-578, with the communalities of one factor in place of squared multiple correlations, as psych's fa.parallel
    (Revelle 2024) has them; the triangular root: Smith and Hocking (1972), Applied Statistics 21(3), 341-345.
    """
    items = len(correlations)
    if not _regular(correlations) or not n > items or items < 2:
        return ParallelAnalysis(*(np.full(items, np.nan) for _ in range(5)))
    mean, limit, factor_limit = of_random(n, items)
    factors = _eigenvalues(_with_communalities(correlations[np.newaxis]))[0]
    return ParallelAnalysis(_eigenvalues(correlations), mean, limit, factors, factor_limit)


def random_correlations(n: float, items: int, sets: int, rng: np.random.Generator) -> Array:
    """Correlations of `n` independent normal answers to each of `items`: sets x items x items."""
    roots = np.zeros((sets, items, items))
    below = np.tril_indices(items, -1)
    roots[:, below[0], below[1]] = rng.standard_normal((sets, len(below[0])))
    roots[:, range(items), range(items)] = np.sqrt(rng.chisquare(n - 1 - np.arange(items), size=(sets, items)))
    return correlations_of(roots @ roots.transpose(0, 2, 1))


def _eigenvalues(matrices: Array) -> Array:
    """Largest first."""
    return np.asarray(np.linalg.eigvalsh(matrices)[..., ::-1], dtype=np.float64)


def _with_communalities(correlations: Array) -> Array:
    """Correlations (many x items x items) with the communalities of one factor on the diagonal (principal axes)."""
    reduced = correlations.copy()
    diagonal = np.arange(correlations.shape[-1])
    shared = 1 - 1 / np.einsum("bii->bi", np.linalg.inv(correlations))
    moving = np.arange(len(correlations))
    for _ in range(MOST_STEPS):
        reduced[:, diagonal, diagonal] = shared
        values, vectors = np.linalg.eigh(reduced[moving])
        found = np.clip(values[:, -1:] * vectors[:, :, -1] ** 2, 0, 1)
        moved = np.abs(found - shared[moving]).max(axis=1) >= SETTLED
        shared[moving], moving = found, moving[moved]
        if not len(moving):
            break
    reduced[:, diagonal, diagonal] = shared
    return reduced


def _leading(observed: Array, limit: Array) -> float:
    if np.isnan(observed).any() or not len(observed):
        return np.nan
    return float(np.cumprod(observed > limit).sum())


# --- tables -------------------------------------------------------------------------------------------------------


def dimensionality_tables(
    responses: pd.DataFrame, items: pd.DataFrame, of_random: OfRandom
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """How many dimensions each scale has, and all items of a wave that has several scales (construct `all`).

    Args:
        responses, items: the tables of these names.
        of_random: as for `parallel_analysis`; asked once for scales of the same size.

    Returns:
        Table `scale_dimensionality`, one row a scale; `dimensions` is `one`, `several` or `none` by the number of
        components, and `unknown` where that is undefined or a scale has fewer than three items. Table
        `scale_eigenvalues`, one row for each component of each scale.

    Raises:
        CannotAnalyse: the items of a scale have different lowest or highest values.
    """
    answers, weights = reverse_items(responses, items), respondent_weights(responses)
    rows, eigenvalues, of_size = [], [], cache(of_random)
    for scale in scales_and_waves(survey_scales(items)):
        covariance, n, effective = covariance_of(answers[scale.items], weights)
        correlations = correlations_of(covariance)
        found = parallel_analysis(correlations, effective, of_size)
        chi_square, df, p = bartlett_sphericity(correlations, effective)
        rows.append(
            {
                "construct": scale.construct,
                "wave": scale.wave,
                "items": len(scale.items),
                "n": n,
                "n_effective": effective,
                "kmo": sampling_adequacy(correlations)[0] if len(scale.items) > 1 else np.nan,
                "chi_square": chi_square,
                "df": df,
                "p": p,
                "first_share": found.eigenvalues[0] / len(scale.items),
                "components": found.components,
                "factors": found.factors,
                "dimensions": _dimensions(found.components, len(scale.items)),
            }
        )
        eigenvalues.append(
            pd.DataFrame(
                {
                    "construct": scale.construct,
                    "wave": scale.wave,
                    "component": range(1, len(scale.items) + 1),
                    "eigenvalue": found.eigenvalues,
                    "random_mean": found.random_mean,
                    "random_limit": found.random_limit,
                    "factor_eigenvalue": found.factor_eigenvalues,
                    "factor_limit": found.factor_limit,
                }
            )
        )
    table = pd.DataFrame(rows, columns=DIMENSIONALITY)
    table = table.astype({"components": "Int64", "factors": "Int64"})
    return table, pd.concat(eigenvalues, ignore_index=True) if eigenvalues else pd.DataFrame(columns=EIGENVALUES)


DIMENSIONALITY = ["construct", "wave", "items", "n", "n_effective", "kmo", "chi_square", "df", "p"]
DIMENSIONALITY += ["first_share", "components", "factors", "dimensions"]
EIGENVALUES = ["construct", "wave", "component", "eigenvalue", "random_mean", "random_limit"]
EIGENVALUES += ["factor_eigenvalue", "factor_limit"]


def scales_and_waves(scales: list[Scale]) -> Iterator[Scale]:
    """The scales, and after them the items of all scales of each wave that has several, as construct `all`."""
    yield from scales
    for wave in dict.fromkeys(scale.wave for scale in scales):
        own = [scale for scale in scales if scale.wave == wave]
        if len(own) > 1:
            together = [item for scale in own for item in scale.items]
            yield Scale(ALL, wave, ALL, together, min(s.lowest for s in own), max(s.highest for s in own))


def _dimensions(components: float, items: int) -> str:
    if items < FEWEST_ITEMS or np.isnan(components):
        return "unknown"
    return {0: "none", 1: "one"}.get(int(components), "several")
