"""What cannot be estimated is undefined: two hundred odd sets of data through every test.

Nothing raises, every number is finite and can be printed, and nothing hangs on rounding: the same respondents in
another order have the same tests.
"""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pytest
from amount import tried

from thongthin.basics.language import format_number
from thongthin.statistics.category_tests import category_test, mcnemar
from thongthin.statistics.frequencies import frequencies
from thongthin.statistics.mean_tests import games_howell, welch_anova, welch_t
from thongthin.statistics.rank_agreement import kendall
from thongthin.statistics.rank_tests import kruskal_wallis, mann_whitney
from thongthin.statistics.reliability import alpha_of, correlations_of, feldt_interval, item_rest_of, omega_of
from thongthin.statistics.signed_ranks import hodges_lehmann, standardised_change, wilcoxon
from thongthin.statistics.weights import covariance_of
from thongthin.survey.dimensionality import (
    bartlett_sphericity,
    parallel_analysis,
    random_eigenvalues,
    sampling_adequacy,
)
from thongthin.survey.missing_data import little_test
from thongthin.survey.models.data import model_data
from thongthin.survey.models.diagnostics import collinearity_table, model_diagnostics
from thongthin.survey.models.linear import clustered_model, linear_model
from thongthin.survey.models.mixed import mixed_model
from thongthin.survey.models.separation import separating

Array = npt.NDArray[np.float64]


def odd_columns(rng: np.random.Generator) -> Array:
    """Respondents x four columns, as scores of three items or as amounts: constant, copies, sums, tied, far apart."""
    n = int(rng.choice([1, 2, 3, 4, 5, 8, 13, 25]))
    columns = rng.integers(3, 16, (n, 4)) / 3
    for column in range(4):
        kind = rng.choice(["points", "constant", "copy", "reversed", "sum", "amounts", "one_apart", "two_values"])
        if kind == "constant":
            columns[:, column] = rng.choice([0.1, 1 / 3, 3.0, 123456.7])
        elif kind == "copy":
            columns[:, column] = columns[:, column - 1]
        elif kind == "reversed":
            columns[:, column] = 6 - columns[:, column - 1]
        elif kind == "sum":
            columns[:, column] = columns[:, column - 1] / 3 + columns[:, column - 2] * 0.7
        elif kind == "amounts":
            columns[:, column] = rng.uniform(0, 1e6, n)
        elif kind == "one_apart":
            columns[:, column], columns[0, column] = 0.3, rng.choice([0.4, 0.3000001, 1e9])
        elif kind == "two_values":
            columns[:, column] = np.where(columns[:, column - 1] > 3, 5.0, 3.0)
    return np.array([[float(f"{value:.10g}") for value in row] for row in columns])  # as a file keeps them


def measured(columns: Array, sites: Any) -> dict[str, Any]:
    """Every test of some columns, as numbers by name."""
    found: dict[str, Any] = {}
    data = pd.DataFrame(columns, columns=["y", "a", "b", "c"]).assign(site_id=sites)
    own = model_data(data, "y", ["a", "b"])
    for name, model in (
        ("ols", linear_model(own)),
        ("cluster", clustered_model(own, replicates=36, seed=1)),
        ("mixed", mixed_model(own)),
    ):
        found |= {f"{name}.{key}": value for key, value in {**model.terms, **model.fit}.items()}
    found["diagnostics"] = model_diagnostics(own)[["statistic", "p"]].to_numpy(dtype=float)
    found["vif"] = collinearity_table(own)["vif"].to_numpy()
    if not own.reason:
        places = np.unique(np.floor(own.y + 0.5), return_inverse=True)[1]
        found["separating"] = separating(own.x, places) if np.ptp(places) else 0
    by_site = frequencies([columns[sites == site, 0] for site in ("S01", "S02", "S03")])
    there = by_site.only(by_site.sizes > 0)
    found |= {"kruskal": kruskal_wallis(there), "welch": welch_anova(by_site)}
    if len(columns) == 5 and len(there.sizes) == 2:  # it is slow
        found["games_howell"] = games_howell(by_site)
    found |= {"mann_whitney": mann_whitney(by_site.only([0, 1])), "welch_t": welch_t(by_site.only([0, 1]))}
    found["wilcoxon"] = wilcoxon(columns[:, 1] - columns[:, 0])
    found["shift"] = hodges_lehmann(columns[:, 1] - columns[:, 0])
    found["change"] = standardised_change(columns[:, 0], columns[:, 1])
    found["kendall"] = kendall(columns[:, 0], columns[:, 1])
    high = columns > np.median(columns, axis=0)
    counted = [[(high[sites == site, 0] == answer).sum() for answer in (False, True)] for site in ("S01", "S02", "S03")]
    found["category"] = category_test(counted, replicates=50)[2:]
    gained, lost = int((~high[:, 0] & high[:, 1]).sum()), int((high[:, 0] & ~high[:, 1]).sum())
    found["mcnemar"] = mcnemar(len(columns), gained, lost)
    covariance, n, effective = covariance_of(columns)
    correlations = correlations_of(covariance)
    alpha = float(alpha_of(covariance))
    found |= {"alpha": [alpha, *feldt_interval(alpha, effective, 4)], "omega": omega_of(covariance)}
    found |= {"item_rest": item_rest_of(covariance), "kmo": sampling_adequacy(correlations)[0]}
    found["bartlett"] = bartlett_sphericity(correlations, effective)[::2]
    found["components"] = parallel_analysis(correlations, n, partial(random_eigenvalues, sets=20, seed=1)).components
    gaps = np.where(np.arange(columns.size).reshape(columns.shape) % 7 == 3, np.nan, columns)
    found["little"] = little_test(gaps)
    return found


def numbers_of(found: Any) -> Array:
    if isinstance(found, str):
        return np.empty(0)
    if isinstance(found, tuple | list):
        return np.concatenate([numbers_of(part) for part in found]) if found else np.empty(0)
    array = np.asarray(found)
    return array.astype(float).ravel() if array.dtype.kind in "fib" else np.empty(0)


@pytest.mark.filterwarnings("ignore")
def test_two_hundred_odd_sets_of_data_have_tests_that_no_order_of_the_respondents_changes() -> None:
    """Rounding error changes with the order of a sum, real differences do not."""
    differing = []
    for seed in range(tried(200)):
        rng = np.random.default_rng(seed)
        columns = odd_columns(rng)
        sites = rng.choice(["S01", "S02", "S03"][: int(rng.integers(1, 4))], len(columns))
        order = rng.permutation(len(columns))
        first = measured(columns, sites)
        second = measured(columns[order], sites[order])
        for name in first:
            if name == "little":  # its gaps lie elsewhere
                continue
            a, b = numbers_of(first[name]), numbers_of(second[name])
            assert not np.isinf(a).any(), (seed, name)
            if a.shape != b.shape or not np.allclose(a, b, rtol=1e-4, atol=1e-7, equal_nan=True):
                differing.append((seed, name, a, b))
            for value in a:
                assert format_number(value, "coefficient", "th") != ""
    assert not differing
