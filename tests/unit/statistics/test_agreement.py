"""Agreement coefficients against published examples, and the tables made from segments."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.stats import inter_rater

from thongthin.interviews.agreement import (
    COMPARED_UNITS,
    ComparedUnit,
    SetRatings,
    agreement_pairs_table,
    agreement_sets_table,
    agreement_shortfalls,
    agreement_table,
    agreement_units_table,
    all_equal,
    bootstrap_alpha,
    bootstrap_set_alpha,
    cohen_kappa,
    compare,
    compared_units,
    fleiss_kappa,
    gwet_ac1,
    jaccard_distance,
    krippendorff_alpha,
    percent_agreement,
    set_alpha,
)
from thongthin.interviews.decisions import agreement_units, overlaps, unit_decisions

DATA = Path(__file__).resolve().parents[3] / "../shared/data"
KNOWN = DATA / "known_answers.json"

_ = None
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sec. E: 4 coders x 12 units, some missing.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


# Fleiss (1971), p. 379: 30 patients, by 6 psychiatrists put into 5 categories; how many chose each.
FLEISS_1971 = """
00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031
00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006
"""
# The worked example of Wikipedia's article on Fleiss' kappa: 10 subjects, 14 raters, 5 categories.
WIKIPEDIA_FLEISS = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
]
# DKPro Statistics, SetAnnotationsTest.createExample: 9 items, 2 raters.
DKPRO_SETS = [
    ["", "A", "A", "A", "AB", "AB", "ABC", "C", "C"],
    ["", "", "A", "B", "A", "AC", "ABC", "AC", "AC"],
]


def ratings_of_counts(counts: list[list[int]]) -> np.ndarray:
    """Coders x units, from how many coders chose each category (columns) of each unit (rows)."""
    return np.array([np.repeat(np.arange(len(row)), row) for row in counts]).T


def ratings_of(contingency: list[list[int]]) -> np.ndarray:
    """Two coders x units, from a table that counts units by first coder (rows) and second coder (columns)."""
    table = np.array(contingency)
    first, second = np.indices(table.shape)
    return np.vstack([np.repeat(first.ravel(), table.ravel()), np.repeat(second.ravel(), table.ravel())])


def known(case: str) -> dict:
    if not KNOWN.exists():
        pytest.skip("the collection of published answers (../shared/data) is not here")
    return next(c for c in json.loads(KNOWN.read_text(encoding="utf-8"))["agreement"] if c["id"] == case)


# --- coefficients: published examples -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "published", "digits"),
    [
        ("nominal", 0.74342105, 8),
        ("ordinal", 0.8153875, 7),
        ("interval", 0.84910714, 8),
        ("ratio", 0.79740277, 8),
    ],
)
def test_alpha_of_krippendorffs_four_coders(level, published, digits):
    assert round(krippendorff_alpha(KRIPPENDORFF_2011, level), digits) == published


def test_alpha_of_krippendorffs_two_observers():
    """Sections A (binary, .095) and B (nominal letters, .692) of Krippendorff (2011)."""
    binary = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    letters = [list("aabbdcccedda"), list("babbbccceddd")]
    assert round(krippendorff_alpha(binary), 3) == 0.095
    assert round(krippendorff_alpha(letters), 3) == 0.692


def test_percentage_with_missing_values_as_irrcac_gives_it():
    """R irrCAC 1.0, vignette "overview", pa.coeff.raw(cac.raw4raters), which are the data of Krippendorff (2011)."""
    assert round(percent_agreement(KRIPPENDORFF_2011), 10) == 0.8181818182


def test_cohens_own_example():
    """Cohen (1960), p. 45, as two coders x 200 units."""
    ratings = ratings_of([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert percent_agreement(ratings) == pytest.approx(0.7)
    assert round(cohen_kappa(ratings), 10) == 0.4915254237
    assert round(krippendorff_alpha(ratings), 8) == 0.48846154


def test_kappa_paradox_of_gwet():
    """Gwet (2008): 94.4 % agreement and a kappa below zero; the digits by hand from the four counts."""
    ratings = ratings_of([[118, 5], [2, 0]])
    assert percent_agreement(ratings) == pytest.approx(0.944)
    expected = (123 * 120 + 2 * 5) / 125**2
    assert cohen_kappa(ratings) == pytest.approx((0.944 - expected) / (1 - expected))
    assert round(cohen_kappa(ratings), 7) == -0.0233918
    assert krippendorff_alpha(ratings) == pytest.approx(1 - 249 * 7 / (243 * 7))
    assert round(krippendorff_alpha(ratings), 7) == -0.0246914


def test_ac1_of_two_coders():
    """Cohen's table: .5760 in DKPro's Gwet2008Test, with .2925 agreement by chance; Gwet's (2008) paradox by hand."""
    cohen = gwet_ac1(ratings_of([[88, 14, 18], [10, 40, 10], [2, 6, 12]]))
    assert round(cohen, 4) == 0.5760
    assert cohen == pytest.approx((0.7 - 0.2925) / (1 - 0.2925))
    by_chance = 2 * (243 / 250) * (7 / 250)
    assert gwet_ac1(ratings_of([[118, 5], [2, 0]])) == pytest.approx((0.944 - by_chance) / (1 - by_chance))


def test_fleiss_and_gwet_with_missing_values_as_irrcac_gives_them():
    """fleiss.kappa.raw and gwet.ac1.raw of the same data, in the same vignette (Gwet 2014)."""
    assert round(fleiss_kappa(KRIPPENDORFF_2011), 5) == 0.76117
    assert round(gwet_ac1(KRIPPENDORFF_2011), 5) == 0.77544


def test_kappas_of_fleiss_own_example():
    """.430, and of pairs (Light) .459 by kappam.light of the R package irr, where raters stand in the order of what
    they chose, as here; the Wikipedia example is .210."""
    fleiss = ratings_of_counts([[int(n) for n in row] for row in FLEISS_1971.split()])
    assert round(cohen_kappa(fleiss), 3) == 0.459
    assert round(percent_agreement(fleiss), 4) == 0.5556
    assert round(fleiss_kappa(fleiss), 3) == 0.430
    assert round(fleiss_kappa(ratings_of_counts(WIKIPEDIA_FLEISS)), 3) == 0.210
    assert round(percent_agreement(ratings_of_counts(WIKIPEDIA_FLEISS)), 3) == 0.378


def test_percentage_by_character_as_nvivo_gives_it():
    """50 characters coded by both, 150 by one, 800 by none: .85, with the kappa of NVivo's definition (its help page of
    the coding comparison query, "How is the percentage agreement calculated?")."""
    ratings, characters = [[1, 1, 0, 0], [1, 0, 1, 0]], [50, 100, 50, 800]
    assert percent_agreement(ratings, characters) == pytest.approx(0.85)
    expected = (150 * 100 + 850 * 900) / 1000
    assert cohen_kappa(ratings, characters) == pytest.approx((850 - expected) / (1000 - expected))


def monotonic_distance(shared: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """0 for equal sets, 1/3 where one holds the other, 2/3 where they overlap, 1 else (Passonneau 2004)."""
    return np.select([(shared == a) & (shared == b), (shared == a) | (shared == b), shared > 0], [0, 1 / 3, 2 / 3], 1.0)


def dkpro_distance(shared: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """What DKPro calls MASI (MASISetAnnotationDistanceFunction): the product of two distances, where Passonneau (2006)
    multiplies two similarities."""
    return jaccard_distance(shared, a, b) * monotonic_distance(shared, a, b)


def test_alpha_of_sets():
    """DKPro Statistics, SetAnnotationsTest: .186 and .252, each +- .001, with its own distances. Without the empty
    sets, NLTK gives .177215 and .203226."""
    assert set_alpha(SetRatings.of(DKPRO_SETS), monotonic_distance) == pytest.approx(0.186, abs=0.001)
    assert set_alpha(SetRatings.of(DKPRO_SETS), dkpro_distance) == pytest.approx(0.252, abs=0.001)
    coded = SetRatings.of([row[2:] for row in DKPRO_SETS])
    assert round(set_alpha(coded), 6) == 0.177215
    assert round(set_alpha(coded, "jaccard"), 6) == 0.203226


def test_coefficients_against_the_collection_of_published_answers():
    case = known("krippendorff2011_4x12")
    for level, answer in case["full_precision"].items():
        assert krippendorff_alpha(case["data"], level) == pytest.approx(answer, abs=1e-8)
    irrcac = known("irrCAC_cac.raw4raters")["answers"]
    assert round(fleiss_kappa(case["data"]), 5) == irrcac["fleiss"]
    assert round(gwet_ac1(case["data"]), 5) == irrcac["gwet_ac1"]
    assert round(fleiss_kappa(ratings_of_counts(known("fleiss1971")["data"])), 2) == 0.43
    assert percent_agreement(case["data"]) == pytest.approx(irrcac["percent_agreement"], abs=1e-10)
    assert round(krippendorff_alpha(case["data"]), 5) == irrcac["krippendorff_alpha"]
    for case_id, alpha in (
        ("cohen1960_p45", "krippendorff_alpha_nominal"),
        ("gwet2008_paradox", "krippendorff_alpha"),
    ):
        case = known(case_id)
        ratings = ratings_of(case["data"])
        assert percent_agreement(ratings) == pytest.approx(case["answers"]["percent_agreement"], abs=1e-9)
        assert cohen_kappa(ratings) == pytest.approx(case["answers"]["cohen_kappa"], abs=1e-7)
        assert gwet_ac1(ratings) == pytest.approx(case["answers"]["gwet_ac1"], abs=1e-7)
        assert krippendorff_alpha(ratings) == pytest.approx(case["answers"][alpha], abs=1e-7)
    sets = known("dkpro_set_valued")
    coded = SetRatings.of(list(zip(*sets["data"][2:], strict=True)))
    assert round(set_alpha(coded), 6) == sets["nonempty_subset_answers"]["alpha_masi"]
    assert round(set_alpha(coded, "jaccard"), 6) == sets["nonempty_subset_answers"]["alpha_jaccard"]


def test_kappa_of_the_two_coders_of_57_expert_interviews():
    """Computed when the data were collected (README of the data): .676, .547 (one pair missing), .651."""
    path = DATA / "interviews_wac/outside_dialectic_codes.csv"
    if not path.exists():
        pytest.skip("the expert interviews (../shared/data/interviews_wac) are not here")
    codes = pd.read_csv(path, encoding="cp1252")
    pairs = ["Q1_Outside", "Q3_Outside", "Dialectic"]
    kappas = [cohen_kappa(codes[[f"{pair}_CC", f"{pair}_OM"]].T) for pair in pairs]
    assert [round(kappa, 3) for kappa in kappas] == [0.676, 0.547, 0.651]


def test_three_coders_have_the_mean_kappa_of_their_pairs():
    """Light (1971); kappa of each pair from statsmodels."""
    ratings = np.random.default_rng(7).integers(0, 3, (3, 60))
    pairs = [(0, 1), (0, 2), (1, 2)]
    expected = [inter_rater.cohens_kappa(inter_rater.to_table(ratings[list(pair)].T)[0]).kappa for pair in pairs]
    assert cohen_kappa(ratings) == pytest.approx(np.mean(expected))


@pytest.mark.parametrize("ratings", [[[1, 1, 1], [1, 1, 1]], [[1, _, 0], [_, 1, _]], [[1, 0]], np.empty((2, 0))])
def test_coefficients_are_undefined_without_variation_or_common_units(ratings):
    for coefficient in (krippendorff_alpha, cohen_kappa, fleiss_kappa, gwet_ac1):
        assert np.isnan(coefficient(ratings))
    assert np.isnan(bootstrap_alpha(ratings, np.arange(np.shape(ratings)[1]))).all()


binary_ratings = hnp.arrays(
    float,
    st.tuples(st.integers(2, 4), st.integers(1, 15)),
    elements=st.sampled_from([0.0, 1.0, 2.0, np.nan]),
)


@given(binary_ratings, st.randoms(use_true_random=False))
def test_order_of_coders_and_units_does_not_matter(ratings, random):
    coders, units = list(range(ratings.shape[0])), list(range(ratings.shape[1]))
    random.shuffle(coders)
    random.shuffle(units)
    shuffled = ratings[coders][:, units]
    for coefficient in (percent_agreement, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha):
        assert coefficient(shuffled) == pytest.approx(coefficient(ratings), nan_ok=True)
    assert krippendorff_alpha(ratings, "ordinal") == pytest.approx(krippendorff_alpha(shuffled, "ordinal"), nan_ok=True)


@given(binary_ratings)
def test_only_perfect_agreement_gives_one(ratings):
    alpha, percent = krippendorff_alpha(ratings), percent_agreement(ratings)
    assert np.isnan(alpha) or (alpha <= 1 and (alpha == 1) == (percent == 1))


@given(binary_ratings, st.data())
def test_a_weight_is_so_many_equal_units(ratings, data):
    weights = np.array(data.draw(st.lists(st.integers(1, 4), min_size=ratings.shape[1], max_size=ratings.shape[1])))
    repeated = np.repeat(ratings, weights, axis=1)
    for coefficient in (percent_agreement, cohen_kappa, fleiss_kappa, gwet_ac1):
        assert coefficient(ratings, weights) == pytest.approx(coefficient(repeated), nan_ok=True)
    for level in ("nominal", "ordinal", "interval", "ratio"):
        expected = krippendorff_alpha(repeated, level)
        assert krippendorff_alpha(ratings, level, weights) == pytest.approx(expected, nan_ok=True)


@given(binary_ratings, st.sampled_from(["nominal", "ordinal", "interval", "ratio"]))
def test_alpha_is_that_of_the_package_krippendorff(ratings, level):
    krippendorff = pytest.importorskip("krippendorff")
    ours = krippendorff_alpha(ratings, level)
    if not np.isnan(ours):  # elsewhere the package raises or warns
        assert ours == pytest.approx(krippendorff.alpha(reliability_data=ratings, level_of_measurement=level))


@given(hnp.arrays(int, st.tuples(st.integers(2, 5), st.integers(1, 12)), elements=st.integers(0, 3)))
def test_fleiss_kappa_is_that_of_statsmodels(ratings):
    ours = fleiss_kappa(ratings)
    if not np.isnan(ours):
        table, _ = inter_rater.aggregate_raters(ratings.T)
        assert ours == pytest.approx(inter_rater.fleiss_kappa(table, method="fleiss"))


def test_ac1_counts_the_values_that_could_have_been_given():
    """Of three possible values two occur: chance agreement is half of what it is between two."""
    ratings = [[1, 1, 0, 0], [1, 0, 0, 0]]
    shares = 3 / 8 * 5 / 8
    assert gwet_ac1(ratings) == pytest.approx((0.75 - 2 * shares) / (1 - 2 * shares))
    assert gwet_ac1(ratings, categories=3) == pytest.approx((0.75 - shares) / (1 - shares))


# --- sets ---------------------------------------------------------------------------------------------------

set_cells = st.one_of(st.none(), st.frozensets(st.sampled_from("ABC")))
set_matrices = st.integers(1, 8).flatmap(
    lambda units: st.lists(st.lists(set_cells, min_size=units, max_size=units), min_size=2, max_size=4)
)


def plain_set_alpha(sets: list[list[frozenset[str] | None]], distance: str) -> float:
    """The definition, pair by pair."""

    def apart(a: frozenset[str], b: frozenset[str]) -> float:
        if a == b:
            return 0.0
        jaccard = len(a & b) / len(a | b)
        monotonic = (2 / 3 if a <= b or b <= a else 1 / 3) if distance == "masi" else 1
        return 1 - jaccard * monotonic

    units = [[cell for cell in unit if cell is not None] for unit in zip(*sets, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    values = [value for unit in units for value in unit]
    observed = sum(apart(a, b) / (len(unit) - 1) for unit in units for a in unit for b in unit)
    possible = sum(apart(a, b) for a in values for b in values)
    return 1 - (len(values) - 1) * observed / possible if possible else np.nan


@given(set_matrices, st.sampled_from(["masi", "jaccard"]))
def test_alpha_of_sets_is_that_of_its_definition(sets, distance):
    expected = plain_set_alpha(sets, distance)
    assert set_alpha(SetRatings.of(sets), distance) == pytest.approx(expected, nan_ok=True)


@given(hnp.arrays(float, st.tuples(st.integers(2, 4), st.integers(1, 9)), elements=st.sampled_from([0, 1, np.nan])))
def test_alpha_of_one_code_is_that_of_its_sets(ratings):
    sets = [[None if np.isnan(cell) else ["A"] * int(cell) for cell in row] for row in ratings]
    for distance in ("masi", "jaccard"):
        expected = krippendorff_alpha(ratings)
        assert set_alpha(SetRatings.of(sets), distance) == pytest.approx(expected, nan_ok=True)


# --- bootstrap ----------------------------------------------------------------------------------------------


def test_bootstrap_is_that_of_drawing_whole_interviews():
    """As good as the plain way: draw interviews, join their units, compute alpha, and so 2,000 times."""
    generator = np.random.default_rng(3)
    ratings = generator.integers(0, 2, (2, 60))
    ratings[1] = np.where(generator.random(60) < 0.75, ratings[0], ratings[1])
    interviews = np.repeat(np.arange(12), 5)
    plain = [
        krippendorff_alpha(np.hstack([ratings[:, interviews == i] for i in generator.integers(0, 12, 12)]))
        for _ in range(2000)
    ]
    fast = bootstrap_alpha(ratings, interviews, replicates=20000, confidence=0.9, seed=1)
    assert fast == pytest.approx(np.quantile(plain, [0.05, 0.95]), abs=0.03)


def test_bootstrap_repeats_itself_and_follows_its_seed():
    ratings = np.array(KRIPPENDORFF_2011, dtype=float)
    interviews = list("aabbccddeeff")
    first = bootstrap_alpha(ratings, interviews, seed=5)
    assert first == bootstrap_alpha(ratings, interviews, seed=5)
    assert first != bootstrap_alpha(ratings, interviews, seed=6)
    assert first[0] < krippendorff_alpha(ratings) < first[1]


def test_one_interview_gives_no_interval():
    assert np.isnan(bootstrap_alpha(KRIPPENDORFF_2011, ["P01"] * 12)).all()
    assert np.isnan(bootstrap_alpha(KRIPPENDORFF_2011, range(12), replicates=0)).all()


def test_bootstrap_of_sets_with_one_code_is_that_of_alpha():
    ratings = np.random.default_rng(3).integers(0, 2, (2, 40))
    sets = SetRatings.of([[["A"] * int(cell) for cell in row] for row in ratings])
    interviews = np.repeat(np.arange(8), 5)
    low, high = bootstrap_alpha(ratings, interviews, replicates=4000, seed=1)
    assert bootstrap_set_alpha(sets, interviews, replicates=4000, seed=2) == pytest.approx((low, high), abs=0.03)
    assert np.isnan(bootstrap_set_alpha(sets, np.zeros(40))).all()


def test_many_replicates_are_drawn_in_parts(monkeypatch):
    ratings = np.array(KRIPPENDORFF_2011, dtype=float)
    whole = bootstrap_alpha(ratings, range(12), seed=5)
    monkeypatch.setattr("thongthin.interviews.agreement._DRAWN_AT_ONCE", 50)
    assert bootstrap_alpha(ratings, range(12), seed=5) == whole


# --- tables -------------------------------------------------------------------------------------------------


@pytest.fixture
def codes() -> pd.DataFrame:
    """Theme `skills` with two codes, theme `budget` without any."""
    return pd.DataFrame(
        {
            "code_id": ["skills", "training", "age", "budget"],
            "parent_id": ["", "skills", "skills", ""],
            "theme_id": ["skills", "skills", "skills", "budget"],
            "position": [1, 2, 3, 4],
        }
    )


@pytest.fixture
def turns() -> pd.DataFrame:
    """Two interviews: in each the interviewer asks (0-10), the participant answers twice (10-20, 20-40)."""
    rows = [
        (f"{participant}-{turn}", participant, role, start, end)
        for participant in ("P01", "P02")
        for turn, role, start, end in (
            (1, "interviewer", 0, 10),
            (2, "participant", 10, 20),
            (3, "participant", 20, 40),
        )
    ]
    return pd.DataFrame(rows, columns=["turn_id", "participant_id", "role", "start", "end"])


def segments(*rows: tuple[str, str, str, int, int]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["participant_id", "code_id", "coder", "start", "end"])
    return table.assign(text=[f"{start}-{end}" for start, end in zip(table["start"], table["end"], strict=True)])


THEMES = ["skills", "budget"]


def read(*rows: tuple[str, str, str]) -> pd.DataFrame:
    """A coverage table; `all` stands for both themes, with the codes below them."""
    named = [(who, coder, code) for who, coder, cell in rows for code in (THEMES if cell == "all" else [cell])]
    return pd.DataFrame(named, columns=["participant_id", "coder", "code_id"])


EVERYTHING = read(("P01", "Ann", "all"), ("P01", "Bo", "all"), ("P02", "Ann", "all"), ("P02", "Bo", "all"))


def test_a_segment_counts_in_every_turn_of_the_participant_that_it_overlaps(turns):
    units = agreement_units(turns, "turn")
    found = segments(
        ("P01", "age", "Ann", 12, 20),  # ends where the next turn starts
        ("P01", "age", "Ann", 19, 21),  # across two turns
        ("P02", "age", "Ann", 0, 10),  # what the interviewer said
        ("P03", "age", "Ann", 12, 20),  # no such interview
        ("P02", "age", "Ann", 39, 40),
    )
    segment, unit = overlaps(found, units)
    assert list(zip(segment.tolist(), units["unit_id"].iloc[unit], strict=True)) == [
        (0, "P01-2"),
        (1, "P01-2"),
        (1, "P01-3"),
        (4, "P02-3"),
    ]


def by_unit(
    turns: pd.DataFrame,
    codings: pd.DataFrame,
    coverage: pd.DataFrame,
    codes: pd.DataFrame,
    unit: ComparedUnit = "turn",
    skipped: pd.DataFrame | None = None,
    **choices: object,
) -> pd.DataFrame:
    """Table `agreement` by code."""
    comparison = compare(turns, codings, coverage, codes, unit, skipped)
    return agreement_table(comparison, **{"replicates": 0, **choices}).set_index("code_id")


def test_agreement_by_code_theme_and_over_all(turns, codes):
    """Ann says `training` where Bo says `age`: no agreement on the codes, agreement on their theme."""
    codings = segments(
        ("P01", "training", "Ann", 10, 15),
        ("P01", "age", "Bo", 11, 14),
        ("P02", "training", "Ann", 22, 30),
        ("P02", "training", "Bo", 20, 30),
    )
    table = by_unit(turns, codings, EVERYTHING, codes, replicates=50)
    assert list(table.index) == ["skills", "training", "age", "budget", "all"]
    assert table.loc["skills", ["coders", "n", "percent", "kappa", "alpha"]].tolist() == [2, 4, 1, 1, 1]
    # training: yes-yes, yes-no, no-no, no-no; so po = .75 and pe = .5 * .25 + .5 * .75
    assert table.loc["training", "percent"] == 0.75
    assert table.loc["training", "kappa"] == pytest.approx((0.75 - 0.5) / 0.5)
    assert table.loc["budget", ["n", "percent"]].tolist() == [4, 1]
    assert table.loc["budget", ["kappa", "alpha", "alpha_low", "alpha_high"]].isna().all()
    # `all`: the 8 decisions on the two codes that were used, not their theme and not `budget`
    assert table.loc["all", "n"] == 8
    assert table.loc["all", "percent"] == 0.75
    assert table.loc["all", "alpha"] == pytest.approx(
        krippendorff_alpha([[1, 0, 1, 0, 0, 0, 0, 0], [0, 0, 1, 0, 1, 0, 0, 0]])
    )


def test_what_a_coder_did_not_read_is_missing(turns, codes):
    """Bo read P01 for `age` only and P02 not at all; what he coded elsewhere he has read, too."""
    codings = segments(("P01", "age", "Ann", 10, 15), ("P01", "budget", "Bo", 25, 30))
    coverage = read(("P01", "Ann", "all"), ("P02", "Ann", "all"), ("P01", "Bo", "age"))
    table = by_unit(turns, codings, coverage, codes)
    assert table["n"].to_dict() == {"skills": 0, "training": 0, "age": 2, "budget": 2, "all": 4}
    assert table["coders"].to_dict() == {"skills": 0, "training": 0, "age": 2, "budget": 2, "all": 2}
    assert table.loc["age", "percent"] == 0.5


def test_reading_all_codes_of_a_theme_is_reading_the_theme(turns, codes):
    coverage = read(("P01", "Ann", "skills"), ("P01", "Bo", "training"), ("P01", "Bo", "age"))
    decisions = unit_decisions(agreement_units(turns, "turn"), segments(), coverage, codes, roll_up=True)
    first = decisions.read[:, :, 0]
    assert pd.DataFrame(first, decisions.codes, decisions.coders).to_dict("index") == {
        "skills": {"Ann": True, "Bo": True},
        "training": {"Ann": True, "Bo": True},
        "age": {"Ann": True, "Bo": True},
        "budget": {"Ann": False, "Bo": False},
    }
    assert not decisions.read[:, :, 2:].any()  # nobody read P02


def test_interviews_as_units(turns, codes):
    """Both found `age` in P01, in different turns; only Ann found it in P02."""
    codings = segments(("P01", "age", "Ann", 10, 15), ("P01", "age", "Bo", 25, 30), ("P02", "age", "Ann", 12, 13))
    by_turn = by_unit(turns, codings, EVERYTHING, codes)
    by_interview = by_unit(turns, codings, EVERYTHING, codes, "participant")
    assert by_turn.loc["age", ["unit", "n", "percent"]].tolist() == ["turn", 4, 0.25]
    assert by_interview.loc["age", ["unit", "n", "percent"]].tolist() == ["participant", 2, 0.5]


def test_one_coder_and_no_segment_at_all_give_empty_coefficients(turns, codes):
    for codings, coverage in (
        (segments(), read()),
        (segments(("P01", "age", "Ann", 10, 15)), read(("P01", "Ann", "all"))),
    ):
        table = by_unit(turns, codings, coverage, codes, replicates=100)
        assert list(table.index) == ["skills", "training", "age", "budget", "all"]
        assert (table["n"] == 0).all()
        coefficients = ["percent", "kappa", "fleiss_kappa", "ac1", "alpha", "alpha_low", "alpha_high"]
        assert table[coefficients].isna().all(axis=None)
        comparisons = [compare(turns, codings, coverage, codes, unit) for unit in COMPARED_UNITS]
        assert agreement_units_table(comparisons)["alpha"].isna().all()
        assert agreement_sets_table(comparisons)[["alpha", "alpha_low"]].isna().all(axis=None)
        assert agreement_pairs_table(comparisons[0]).empty


# --- units --------------------------------------------------------------------------------------------------

TWO_PASSAGES = segments(
    ("P01", "age", "Ann", 12, 16),
    ("P01", "budget", "Bo", 15, 18),  # shares a character with the one before
    ("P01", "age", "Bo", 18, 20),  # only touches it
    ("P02", "age", "Ann", 0, 10),
    ("P02", "age", "Bo", 5, 10),
)


def places(units: pd.DataFrame) -> list[tuple[str, int, int]]:
    return list(units[["participant_id", "start", "end"]].itertuples(index=False, name=None))


def test_passages_of_all_coders_and_codes_are_merged_where_they_share_a_character(turns):
    units = compared_units(turns, TWO_PASSAGES, "segment")
    assert places(units) == [("P01", 12, 18), ("P01", 18, 20), ("P02", 0, 10)]
    assert list(units["unit_id"]) == ["P01-s1", "P01-s2", "P02-s1"]


def test_stretches_of_characters_lie_between_all_boundaries(turns):
    skipped = pd.DataFrame({"participant_id": ["P02"], "coder": ["Bo"], "start": [30], "end": [90]})
    found = pd.concat([TWO_PASSAGES, segments(("P03", "age", "Ann", 1, 2))])
    units = compared_units(turns, found, "character", skipped)
    first = [("P01", a, b) for a, b in itertools.pairwise([0, 12, 15, 16, 18, 20, 40])]
    assert places(units) == [*first, ("P02", 0, 5), ("P02", 5, 10), ("P02", 10, 30), ("P02", 30, 40)]
    assert units["unit_id"].is_unique


def test_agreement_by_character_is_that_of_single_characters(turns, codes):
    table = by_unit(turns, TWO_PASSAGES, EVERYTHING, codes, "character")
    age = np.zeros((2, 80))
    age[0, 12:16] = age[1, 18:20] = 1
    age[0, 40:50] = age[1, 45:50] = 1
    row = table.loc["age"]
    assert row["n"] == 80
    assert row["percent"] == pytest.approx(percent_agreement(age))
    for column, coefficient in (
        ("kappa", cohen_kappa),
        ("fleiss_kappa", fleiss_kappa),
        ("ac1", gwet_ac1),
        ("alpha", krippendorff_alpha),
    ):
        assert row[column] == pytest.approx(coefficient(age)), column
    budget = np.zeros((2, 80))
    budget[1, 15:18] = 1
    assert table.loc["all", "alpha"] == pytest.approx(krippendorff_alpha(np.hstack([age, budget])))
    assert table.loc["all", "n"] == 160


def test_text_that_nobody_coded_can_be_left_out(turns, codes):
    """Of the 80 characters, 18 carry a code of somebody; of the four turns, one does."""
    by_character = by_unit(turns, TWO_PASSAGES, EVERYTHING, codes, "character", text="coded")
    assert by_character["n"].to_dict() == {"skills": 18, "training": 18, "age": 18, "budget": 18, "all": 36}
    assert by_character.loc["age", "percent"] == pytest.approx((18 - 4 - 2 - 5) / 18)
    by_turn = by_unit(turns, TWO_PASSAGES, EVERYTHING, codes, text="coded")
    assert by_turn.loc["age", "n"] == 1
    assert set(by_turn["text"]) == {"coded"}


def test_a_passage_that_a_coder_skipped_is_missing(turns, codes):
    skipped = pd.DataFrame({"participant_id": ["P01"], "coder": ["Bo"], "start": [15], "end": [40]})
    codings = segments(("P01", "age", "Ann", 12, 30), ("P02", "age", "Bo", 10, 12))
    table = by_unit(turns, codings, EVERYTHING, codes, "character", skipped)
    assert table.loc["age", "n"] == 80 - 25
    assert table.loc["age", "percent"] == pytest.approx(1 - (3 + 2) / 55)
    assert by_unit(turns, codings, EVERYTHING, codes, "turn", skipped).loc["age", "n"] == 3


def test_tables_of_units_agree_with_the_one_of_the_configured_unit(turns, codes):
    comparisons = [compare(turns, TWO_PASSAGES, EVERYTHING, codes, unit) for unit in COMPARED_UNITS]
    table = agreement_units_table(comparisons)
    assert len(table) == len(table[["unit", "text", "code_id"]].drop_duplicates()) == 4 * 2 * 5
    for comparison in comparisons:
        for text in ("all", "coded"):
            own = agreement_table(comparison, text=text, replicates=0).drop(columns=["alpha_low", "alpha_high"])
            same = table[(table["unit"] == comparison.unit) & (table["text"] == text)]
            pd.testing.assert_frame_equal(same[own.columns].reset_index(drop=True), own)


def test_sets_of_codes_by_unit(turns, codes):
    """In the first interview Ann has {age}, Bo {age, budget}; in the second both have {age}."""
    comparison = compare(turns, TWO_PASSAGES, EVERYTHING, codes, "participant")
    table = agreement_sets_table([comparison], replicates=0).set_index(["text", "distance"])
    sets = SetRatings.of([[["age"], ["age"]], [["age", "budget"], ["age"]]])
    for distance in ("masi", "jaccard"):
        assert table.loc[("all", distance), "n"] == 2
        assert table.loc[("all", distance), "alpha"] == pytest.approx(set_alpha(sets, distance))


def test_a_set_is_known_only_where_every_code_in_use_was_read(turns, codes):
    coverage = read(("P01", "Ann", "all"), ("P02", "Ann", "all"), ("P01", "Bo", "skills"), ("P02", "Bo", "all"))
    codings = segments(("P01", "age", "Ann", 12, 16), ("P02", "budget", "Ann", 12, 16))
    table = agreement_sets_table([compare(turns, codings, coverage, codes, "turn")], replicates=0)
    assert set(table.loc[table["text"] == "all", "n"]) == {2}


def test_pairs_of_three_coders(turns, codes):
    codings = pd.concat([TWO_PASSAGES, segments(("P01", "budget", "Cy", 12, 14))])
    coverage = pd.concat([EVERYTHING, read(("P01", "Cy", "budget"), ("P02", "Dee", "age"))])
    table = agreement_pairs_table(compare(turns, codings, coverage, codes, "turn")).set_index(["coder_a", "coder_b"])
    assert list(table.index) == [
        ("Ann", "Bo"),
        ("Ann", "Cy"),
        ("Ann", "Dee"),
        ("Bo", "Cy"),
        ("Bo", "Dee"),
        ("Cy", "Dee"),
    ]
    assert table["n"].tolist() == [8, 2, 2, 2, 2, 0]
    assert table.loc[("Bo", "Cy"), "percent"] == 1
    assert table.loc[("Ann", "Cy"), "percent"] == 0.5
    assert table.loc[("Cy", "Dee"), ["percent", "kappa", "ac1", "alpha"]].isna().all()


# --- how much agreement is asked for ------------------------------------------------------------------------

MEASURED = pd.DataFrame({"code_id": ["age", "budget", "unused", "all"], "alpha": [0.9, 0.5, np.nan, 0.7]})


def test_agreement_that_suffices_has_no_shortfalls():
    assert agreement_shortfalls(MEASURED, alpha=None) == []
    assert agreement_shortfalls(MEASURED, alpha=0.7) == []
    assert agreement_shortfalls(MEASURED, alpha=0.5, each_code=True) == []


def test_shortfalls_are_named_in_both_languages():
    (overall,) = agreement_shortfalls(MEASURED, alpha=0.8)
    assert overall[0] == "Krippendorff's alpha over all codes is 0.700; at least 0.8 is asked for."
    assert overall[1] == "แอลฟาของคริปเพนดอร์ฟรวมทุกรหัส เท่ากับ 0.700 แต่กำหนดไว้อย่างน้อย 0.8"
    code, _ = agreement_shortfalls(MEASURED, alpha=0.8, each_code=True)
    assert 'of "budget" is 0.500' in code[0]
    assert 'ของ "budget"' in code[1]


def test_undefined_agreement_falls_short_of_what_is_asked_for_over_all_codes():
    one_coder = MEASURED.assign(alpha=np.nan)
    ((en, th),) = agreement_shortfalls(one_coder, alpha=0.1, each_code=True)
    assert "undefined; at least 0.1" in en
    assert "คำนวณไม่ได้" in th


def test_all_coders_agree_on_fewer_units_than_pairs_do() -> None:
    """Four units: all three alike; two of three; two who judged, alike; one who judged, who does not count."""
    ratings = [[1, 1, 0, 1], [1, 0, 0, np.nan], [1, 1, np.nan, np.nan]]
    assert all_equal(ratings) == pytest.approx(2 / 3)
    assert percent_agreement(ratings) == pytest.approx((1 + 1 / 3 + 1) / 3)
    assert all_equal(ratings, [1, 2, 1, 9]) == pytest.approx(2 / 4)
    assert all_equal(ratings[:2]) == pytest.approx(percent_agreement(ratings[:2]))
    assert np.isnan(all_equal([[1, np.nan], [np.nan, 0]]))
