"""Alpha, omega and the statistics of items against published results, statsmodels and their definitions."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.stats import f
from statsmodels.multivariate.factor import Factor
from survey_counts import counts_of

from thongthin.statistics.reliability import (
    alpha_if_dropped,
    alpha_of,
    correlations_of,
    cronbach_alpha,
    drawn_covariances,
    feldt_interval,
    fit_one_factor,
    item_rest,
    mcdonald_omega,
    mean_correlation,
    percentile_interval,
)
from thongthin.statistics.weights import covariance_of, effective_n
from thongthin.survey.reliability import drawn_by_scale, item_rest_table, reliability_table
from thongthin.survey.scales import reverse_items

DATA = Path(__file__).resolve().parents[3] / "../shared/data"
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
# Correlations of five examinations of 88 students (mechanics, vectors, algebra, analysis, statistics): Mardia, Kent and
# Bibby (1979), Multivariate Analysis, sec. 9.
EXAMINATIONS = np.array(
    [
        [1, 0.553, 0.547, 0.409, 0.389],
        [0.553, 1, 0.610, 0.485, 0.437],
        [0.547, 0.610, 1, 0.711, 0.665],
        [0.409, 0.485, 0.711, 1, 0.607],
        [0.389, 0.437, 0.665, 0.607, 1],
    ]
)
# Answers of 78 people to the five items of the Altman Self-Rating Mania Scale, one digit an item: Nicolai and Moshagen
# (2018), Journal of Behavioral Addictions 7(3), 752-759; data set `asrm` of the R package Bayesrel and of JASP.
MANIA_ANSWERS = """
32211 33232 43435 33114 43223 22122 33323 43434 44133 44224 43323 55255 11111 32133 22113 23224 23124 32223
33232 32123 33233 33233 33333 11111 43232 22121 23344 33133 11132 34224 43223 21334 43133 33333 33313 33234
32434 22132 22222 22223 22121 22222 11111 33323 23232 33333 33334 22222 23343 42233 33132 22111 33333 24243
22223 12122 33333 22222 22122 33232 33224 32324 33334 23113 34123 22433 11221 22122 43344 44243 32133 43333
33124 32123 11133 22124 24134 22222
"""
MANIA = np.array([[int(answer) for answer in person] for person in MANIA_ANSWERS.split()], dtype=float)
SMALL = np.array([[1, 1, 1], [2, 1, 2], [3, 3, 3], [3, 4, 2], [5, 4, 5], [4, 5, 5]], dtype=float)


def items_of(rows: list[tuple[str, str, bool, int]]) -> pd.DataFrame:
    """item, construct, reversed, highest answer."""
    table = pd.DataFrame(rows, columns=["item_id", "construct", "reversed", "maximum"]).assign(wave="single", minimum=1)
    return table.assign(numeric=False, position=range(1, len(table) + 1)).astype(
        {"minimum": "Int64", "maximum": "Int64"}
    )


@pytest.fixture(scope="module")
def big_five() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers and items of the Big Five survey."""
    path = DATA / "survey_bfi/bfi.csv"
    if not path.exists():
        pytest.skip("the Big Five survey (../shared/data/survey_bfi) is not here")
    answers = pd.read_csv(path)
    names = [name for name in answers if name[0] in "ACENO" and name[1:] in set("12345")]
    return answers, items_of([(name, name[0], name in REVERSED, 6) for name in names])


# --- published answers ----------------------------------------------------------------------------------------------


def test_alpha_of_technology_adoption_survey():
    """Eight alphas computed when the data were collected (README of the data); their authors print none of them."""
    path = DATA / "survey_utaut2/utaut2_216.csv"
    if not path.exists():
        pytest.skip("the technology adoption survey (../shared/data/survey_utaut2) is not here")
    answers = pd.read_csv(path)
    recomputed = {
        "PE": 0.940,
        "EE": 0.933,
        "SI": 0.965,
        "FC": 0.758,
        "HM": 0.930,
        "PV": 0.964,
        "HAB": 0.883,
        "INT": 0.981,
    }
    rows = [(name, name.rstrip("1234"), False, 7) for name in answers if name.rstrip("1234") in recomputed]
    table = reliability_table(counts_of(answers, items_of(rows)).covariances, items_of(rows)).set_index("construct")
    assert table["alpha"].round(3).to_dict() == recomputed
    assert table["n"].eq(216).all()
    assert table["items"].sum() == 28


def test_alpha_of_big_five_inventory_after_reversing(big_five):
    """Raw alphas of the R package psych (alpha, with complete answers), as the README of the data has them."""
    answers, items = big_five
    table = reliability_table(counts_of(answers, items).covariances, items).set_index("construct")
    assert table["alpha"].round(2).to_dict() == {"A": 0.70, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.60}
    complete = {
        scale: int(answers[[f"{scale}{i}" for i in range(1, 6)]].notna().all(axis=1).sum()) for scale in "ACENO"
    }
    assert table["n"].to_dict() == complete


def test_agreeableness_as_psych_prints_it(big_five):
    """R package psych, alpha(bfi[1:5], check.keys=TRUE): Feldt's interval, average_r, r.drop, alpha if dropped."""
    answers, items = big_five
    own = items[items["construct"] == "A"]
    alpha = reliability_table(counts_of(answers, own).covariances, own).iloc[0]
    assert [round(alpha[c], 2) for c in ("alpha_low", "alpha", "alpha_high")] == [0.69, 0.70, 0.72]
    assert round(alpha["mean_r"], 2) == 0.33
    rest = item_rest_table(counts_of(answers, own).covariances, own)
    assert rest["item_rest_r"].round(2).tolist() == [0.31, 0.56, 0.59, 0.39, 0.49]
    assert rest["alpha_if_dropped"].round(2).tolist() == [0.72, 0.62, 0.60, 0.69, 0.64]


def test_mania_scale_as_jasp_and_bayesrel_have_it():
    """JASP (jaspReliability, test-unidimensionalReliabilityFrequentist.R): alpha, mean correlation, alpha if dropped,
    item-rest correlation. Bayesrel (inst/tinytest/test_strel.R): omega of one factor, freq_omega = 0.7919616."""
    assert mcdonald_omega(MANIA) == pytest.approx(0.7919616, abs=2e-7)
    assert cronbach_alpha(MANIA) == pytest.approx(0.789985434486178)
    assert mean_correlation(np.cov(MANIA.T)) == pytest.approx(0.430268419211834)
    rest = [0.649992231778526, 0.630980009291163, 0.433320479366847, 0.519890282401405, 0.620653571262307]
    assert item_rest(MANIA) == pytest.approx(rest)
    dropped = [0.722847443345244, 0.731880726916123, 0.793001084660615, 0.765425655300394, 0.73282849740501]
    assert alpha_if_dropped(MANIA) == pytest.approx(dropped)
    # Of standardised items Bayesrel once gave .7928258.
    standardised = (MANIA - MANIA.mean(axis=0)) / MANIA.std(axis=0)
    assert mcdonald_omega(standardised) == pytest.approx(0.7928258, abs=2e-7)


def test_interval_of_alpha_as_published():
    """R package statpsych, example of ci.cronbach(.05, .85, 7, 89): .7971254 and .8931436.

    It has n (k - 1) in place of (n - 1)(k - 1) degrees of freedom, which is a difference in the fifth decimal here.
    """
    assert feldt_interval(0.85, 89, 7) == pytest.approx((0.7971254, 0.8931436), abs=1e-4)
    # By definition: with a limit as the true alpha, the estimate stands at the 2.5 % or 97.5 % of its distribution.
    low, high = feldt_interval(0.8, 31, 4)
    assert f.cdf((1 - low) / 0.2, 30, 90) == pytest.approx(0.975)
    assert f.cdf((1 - high) / 0.2, 30, 90) == pytest.approx(0.025)


def test_one_factor_of_the_examinations_as_published():
    """Maximum likelihood loadings of Mardia, Kent and Bibby (1979), sec. 9.4, from correlations of three digits."""
    fitted = fit_one_factor(EXAMINATIONS)
    assert fitted.proper
    assert fitted.loadings == pytest.approx([0.600, 0.667, 0.917, 0.772, 0.724], abs=0.002)
    assert fitted.uniqueness == pytest.approx(1 - fitted.loadings**2, abs=1e-6)


# --- omega ----------------------------------------------------------------------------------------------------------


def test_one_factor_as_statsmodels_fits_it(big_five):
    answers, items = big_five
    turned = reverse_items(answers, items)
    for scale in "ACENO":
        correlations = correlations_of(covariance_of(turned[[f"{scale}{i}" for i in range(1, 6)]])[0])
        expected = Factor(corr=correlations, n_factor=1, method="ml", nobs=2700).fit()
        assert fit_one_factor(correlations).uniqueness == pytest.approx(expected.uniqueness, abs=1e-5)


def loadings_of_three(answers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Three loadings follow from three covariances: the first squared is s12 s13 / s23, and so on; what is left."""
    s = np.cov(answers.T)
    loadings = np.sqrt([s[0, 1] * s[0, 2] / s[1, 2], s[0, 1] * s[1, 2] / s[0, 2], s[0, 2] * s[1, 2] / s[0, 1]])
    return loadings, np.diag(s) - loadings**2


def test_omega_of_three_items_by_hand():
    rng = np.random.default_rng(3)
    answers = rng.normal(size=(400, 1)) * [0.9, 0.7, 0.5] + rng.normal(size=(400, 3)) * [0.5, 0.8, 1.2]
    loadings, own = loadings_of_three(answers)
    common = loadings.sum() ** 2
    assert mcdonald_omega(answers) == pytest.approx(common / (common + own.sum()), abs=1e-6)


def test_a_factor_that_would_explain_more_than_an_item_varies_is_improper():
    assert loadings_of_three(SMALL)[1].min() < 0
    assert not fit_one_factor(np.corrcoef(SMALL.T)).proper
    assert np.isnan(mcdonald_omega(SMALL))


def test_omega_is_alpha_where_all_loadings_are_equal_and_more_where_they_are_not():
    equal = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    fitted = fit_one_factor(equal)
    common = fitted.loadings.sum() ** 2
    assert common / (common + fitted.uniqueness.sum()) == pytest.approx(float(alpha_of(equal)))
    loadings = np.array([0.9, 0.8, 0.4, 0.3])
    unequal = np.outer(loadings, loadings)
    np.fill_diagonal(unequal, 1)
    fitted = fit_one_factor(unequal)
    assert fitted.loadings == pytest.approx(loadings, abs=1e-6)
    assert loadings.sum() ** 2 / unequal.sum() > float(alpha_of(unequal))


def test_many_matrices_are_fitted_as_each_by_itself():
    rng = np.random.default_rng(5)
    factor = rng.normal(size=(60, 1))
    many = np.array([np.corrcoef((factor + rng.normal(size=(60, 5))).T) for _ in range(20)])
    together = fit_one_factor(many)
    assert together.proper.all()
    for place, matrix in enumerate(many):
        assert together.loadings[place] == pytest.approx(fit_one_factor(matrix).loadings, abs=1e-7)


def test_omega_is_undefined_where_no_factor_can_be_told():
    assert np.isnan(mcdonald_omega(SMALL[:, :2]))
    assert np.isnan(mcdonald_omega(np.column_stack([SMALL, np.full(6, 3.0)])))
    assert np.isnan(mcdonald_omega(np.column_stack([SMALL[:, 0]] * 3)))  # nothing of their own


# --- alpha and items ------------------------------------------------------------------------------------------------


def test_alpha_item_rest_and_alpha_if_dropped_by_their_definitions():
    variances, total = SMALL.var(axis=0, ddof=1), SMALL.sum(axis=1)
    assert cronbach_alpha(SMALL) == pytest.approx(3 / 2 * (1 - variances.sum() / total.var(ddof=1)))
    rest = [np.corrcoef(SMALL[:, i], total - SMALL[:, i])[0, 1] for i in range(3)]
    assert item_rest(SMALL) == pytest.approx(rest)
    dropped = [cronbach_alpha(np.delete(SMALL, i, axis=1)) for i in range(3)]
    assert alpha_if_dropped(SMALL) == pytest.approx(dropped)
    correlations = np.corrcoef(SMALL.T)
    assert mean_correlation(np.cov(SMALL.T)) == pytest.approx(correlations[np.triu_indices(3, 1)].mean())


def test_reliability_is_that_of_complete_respondents():
    with_gaps = np.vstack([SMALL, [5, np.nan, 1], [np.nan, np.nan, np.nan]])
    assert cronbach_alpha(with_gaps) == pytest.approx(cronbach_alpha(SMALL))
    assert item_rest(with_gaps) == pytest.approx(item_rest(SMALL))


def test_reliability_is_undefined_for_one_item_one_respondent_or_no_variation():
    assert np.isnan(cronbach_alpha(SMALL[:, :1]))
    assert np.isnan(cronbach_alpha(SMALL[:1]))
    assert np.isnan(cronbach_alpha(np.full((5, 3), 4.0)))
    assert np.isnan(cronbach_alpha(np.column_stack([SMALL / 3, -SMALL.sum(axis=1) / 3])))  # sums cancel
    assert np.isnan(alpha_if_dropped(SMALL[:, :2])).all()
    assert np.isnan(feldt_interval(np.nan, 20, 3)).all()
    assert np.isnan(feldt_interval(0.8, 1, 3)).all()
    assert np.isnan(mean_correlation(np.array([[2.0]])))
    constant = np.column_stack([SMALL[:, 0], np.full(6, 3.0)])
    assert np.isnan(item_rest(constant)).all()
    assert np.isnan(mean_correlation(np.cov(constant.T)))


@given(
    hnp.arrays(float, st.tuples(st.integers(3, 12), st.integers(2, 6)), elements=st.integers(1, 5).map(float)),
    st.integers(-3, 3),
)
def test_alpha_does_not_depend_on_where_the_scale_starts_and_never_exceeds_one(answers, shift):
    alpha = cronbach_alpha(answers)
    assert np.isnan(alpha) or alpha <= 1 + 1e-12
    assert cronbach_alpha(answers + shift) == pytest.approx(alpha, abs=1e-9, nan_ok=True)


# --- weights and bootstrap ------------------------------------------------------------------------------------------


def test_weights_count_as_numpy_counts_them():
    weights = np.array([1, 2, 0.5, 4, 1, 1.5])
    covariance, n, effective = covariance_of(SMALL, weights)
    assert covariance == pytest.approx(np.cov(SMALL.T, aweights=weights))
    assert n == 6
    assert effective == pytest.approx(effective_n(weights)) == pytest.approx(10**2 / 24.5)
    assert covariance_of(SMALL, 3 * weights)[0] == pytest.approx(covariance)
    assert np.isnan(effective_n([]))


def test_a_weight_of_two_is_two_respondents_for_alpha():
    weights = np.array([1, 2, 1, 1, 3, 1])
    repeated = np.repeat(SMALL, weights, axis=0)
    assert cronbach_alpha(SMALL, weights) == pytest.approx(cronbach_alpha(repeated))
    assert item_rest(SMALL, weights) == pytest.approx(item_rest(repeated))


def test_drawn_covariances_are_those_of_drawn_respondents():
    """Each is that of the respondents drawn with the same seed, but for its divisor."""
    drawn = drawn_covariances(SMALL, replicates=50, seed=4)
    counts = np.random.default_rng(4).multinomial(6, np.full(6, 1 / 6), size=50)
    for own, times in zip(drawn, counts, strict=True):
        assert own == pytest.approx(np.cov(np.repeat(SMALL, times, axis=0).T, bias=True))
    assert drawn_covariances(SMALL, replicates=0, seed=4).shape == (0, 3, 3)


def test_the_bootstrap_comes_near_to_feldt_for_normal_answers_and_repeats_with_its_seed():
    rng = np.random.default_rng(8)
    answers = pd.DataFrame(rng.normal(size=(300, 1)) + rng.normal(size=(300, 4)), columns=list("abcd"))
    items = items_of([(name, "one", False, 5) for name in "abcd"])
    feldt = reliability_table(counts_of(answers, items).covariances, items).iloc[0]

    def bootstrapped() -> pd.Series:
        replicates = drawn_by_scale(answers, items, replicates=2000, seed=1)
        covariances = counts_of(answers, items).covariances
        return reliability_table(covariances, items, replicates, interval="bootstrap").iloc[0]

    drawn = bootstrapped()
    assert drawn["alpha_low"] == pytest.approx(feldt["alpha_low"], abs=0.015)
    assert drawn["alpha_high"] == pytest.approx(feldt["alpha_high"], abs=0.015)
    assert drawn["omega_low"] < drawn["omega"] < drawn["omega_high"]
    assert np.isnan(feldt["omega_low"])  # without replicates, omega has no interval
    again = bootstrapped()
    assert again.equals(drawn)


def test_replicates_without_a_value_are_left_out():
    assert percentile_interval(np.array([np.nan, 1.0, 2.0, 3.0]), 1.0) == (1.0, 3.0)
    assert np.isnan(percentile_interval(np.array([np.nan]))).all()
