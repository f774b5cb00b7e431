"""Agreement coefficients against published examples, and the tables made from segments."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from statsmodels.stats.inter_rater import cohens_kappa, to_table

from thongthin.agreement import (
    agreement_table,
    bootstrap_alpha,
    cohen_kappa,
    disagreements_table,
    krippendorff_alpha,
    percent_agreement,
)
from thongthin.decisions import agreement_units, overlaps, unit_decisions

DATA = Path(__file__).resolve().parents[2] / "../shared/data"
KNOWN = DATA / "known_answers.json"

_ = None
# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, sec. E: 4 coders x 12 units, some missing.
KRIPPENDORFF_2011 = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
    [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
]


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
    """R irrCAC 1.0, vignette `cac.raw4raters` (the data of Krippendorff 2011)."""
    assert round(percent_agreement(KRIPPENDORFF_2011), 10) == 0.8181818182


def test_cohens_own_example():
    """Cohen (1960), p. 45, as two coders x 200 units."""
    ratings = ratings_of([[88, 14, 18], [10, 40, 10], [2, 6, 12]])
    assert percent_agreement(ratings) == pytest.approx(0.7)
    assert round(cohen_kappa(ratings), 10) == 0.4915254237
    assert round(krippendorff_alpha(ratings), 8) == 0.48846154


def test_kappa_paradox_of_gwet():
    """Gwet (2008): 94 % agreement and a kappa below zero."""
    ratings = ratings_of([[118, 5], [2, 0]])
    assert percent_agreement(ratings) == pytest.approx(0.944)
    assert round(cohen_kappa(ratings), 7) == -0.0233918
    assert round(krippendorff_alpha(ratings), 7) == -0.0246914


def test_coefficients_against_the_collection_of_published_answers():
    case = known("krippendorff2011_4x12")
    for level, answer in case["full_precision"].items():
        assert krippendorff_alpha(case["data"], level) == pytest.approx(answer, abs=1e-8)
    irrcac = known("irrCAC_cac.raw4raters")["answers"]
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
        assert krippendorff_alpha(ratings) == pytest.approx(case["answers"][alpha], abs=1e-7)


def test_kappa_of_the_two_coders_of_57_expert_interviews():
    """Printed in the README of the data: .676, .547 (one pair missing), .651."""
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
    expected = [cohens_kappa(to_table(ratings[list(pair)].T)[0]).kappa for pair in pairs]
    assert cohen_kappa(ratings) == pytest.approx(np.mean(expected))


@pytest.mark.parametrize("ratings", [[[1, 1, 1], [1, 1, 1]], [[1, _, 0], [_, 1, _]], [[1, 0]], np.empty((2, 0))])
def test_coefficients_are_undefined_without_variation_or_common_units(ratings):
    assert np.isnan(krippendorff_alpha(ratings))
    assert np.isnan(cohen_kappa(ratings))
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
    for coefficient in (percent_agreement, cohen_kappa, krippendorff_alpha):
        assert coefficient(shuffled) == pytest.approx(coefficient(ratings), nan_ok=True)
    assert krippendorff_alpha(ratings, "ordinal") == pytest.approx(krippendorff_alpha(shuffled, "ordinal"), nan_ok=True)


@given(binary_ratings)
def test_only_perfect_agreement_gives_one(ratings):
    alpha, percent = krippendorff_alpha(ratings), percent_agreement(ratings)
    assert np.isnan(alpha) or (alpha <= 1 and (alpha == 1) == (percent == 1))


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


def test_agreement_by_code_theme_and_over_all(turns, codes):
    """Ann says `training` where Bo says `age`: no agreement on the codes, agreement on their theme."""
    codings = segments(
        ("P01", "training", "Ann", 10, 15),
        ("P01", "age", "Bo", 11, 14),
        ("P02", "training", "Ann", 22, 30),
        ("P02", "training", "Bo", 20, 30),
    )
    table = agreement_table(turns, codings, EVERYTHING, codes, replicates=50).set_index("code_id")
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
    table = agreement_table(turns, codings, coverage, codes, replicates=0).set_index("code_id")
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
    by_turn = agreement_table(turns, codings, EVERYTHING, codes, replicates=0).set_index("code_id")
    by_interview = agreement_table(turns, codings, EVERYTHING, codes, unit="participant", replicates=0)
    by_interview = by_interview.set_index("code_id")
    assert by_turn.loc["age", ["unit", "n", "percent"]].tolist() == ["turn", 4, 0.25]
    assert by_interview.loc["age", ["unit", "n", "percent"]].tolist() == ["participant", 2, 0.5]


def test_disagreements_name_who_said_what_and_show_the_passages(turns, codes):
    codings = segments(
        ("P01", "age", "Ann", 16, 18),
        ("P01", "age", "Ann", 10, 15),
        ("P01", "training", "Bo", 12, 19),
        ("P02", "age", "Ann", 12, 13),
        ("P02", "age", "Bo", 12, 13),
        ("P02", "age", "Cy", 12, 13),
    )
    coverage = pd.concat([EVERYTHING, read(("P01", "Cy", "age"))])
    table = disagreements_table(turns, codings, coverage, codes)
    assert table.to_dict("records") == [
        {
            "code_id": "training",
            "unit_id": "P01-2",
            "participant_id": "P01",
            "start": 10,
            "end": 20,
            "coders_yes": "Bo",
            "coders_no": "Ann",
            "text": "12-19",
        },
        {
            "code_id": "age",
            "unit_id": "P01-2",
            "participant_id": "P01",
            "start": 10,
            "end": 20,
            "coders_yes": "Ann",
            "coders_no": "Bo; Cy",
            "text": "10-15 … 16-18",
        },
    ]


def test_disagreements_of_two_coders_are_what_the_percentage_leaves(turns, codes):
    generator = np.random.default_rng(1)
    rows = []
    for _ in range(30):
        start = int(generator.integers(0, 38))
        participant, coder = generator.choice(["P01", "P02"]), generator.choice(["Ann", "Bo"])
        rows.append((participant, generator.choice(["training", "age", "budget"]), coder, start, start + 2))
    codings = segments(*rows)
    overall = agreement_table(turns, codings, EVERYTHING, codes, replicates=0).set_index("code_id").loc["all"]
    assert len(disagreements_table(turns, codings, EVERYTHING, codes)) == round((1 - overall["percent"]) * overall["n"])


def test_one_coder_and_no_segment_at_all_give_empty_coefficients(turns, codes):
    for codings, coverage in (
        (segments(), read()),
        (segments(("P01", "age", "Ann", 10, 15)), read(("P01", "Ann", "all"))),
    ):
        table = agreement_table(turns, codings, coverage, codes)
        assert list(table["code_id"]) == ["skills", "training", "age", "budget", "all"]
        assert (table["n"] == 0).all()
        assert table[["percent", "kappa", "alpha", "alpha_low", "alpha_high"]].isna().all(axis=None)
        assert disagreements_table(turns, codings, coverage, codes).empty
