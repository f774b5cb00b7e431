"""Parallel analysis, sampling adequacy and sphericity against published results."""

from __future__ import annotations

import importlib.util
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from result_frames import frames

from thongthin.contract.tables import write_table
from thongthin.statistics.weights import covariance_of
from thongthin.survey.dimensionality import (
    OfRandom,
    bartlett_sphericity,
    dimensionality_tables,
    parallel_analysis,
    random_correlations,
    random_eigenvalues,
    sampling_adequacy,
)
from thongthin.survey.scales import reverse_items

SCRIPT = Path(__file__).parents[3] / "workflow" / "scripts" / "check_dimensionality.py"
BIG_FIVE = Path(__file__).resolve().parents[3] / "../shared/data/survey_bfi/bfi.csv"
REVERSED = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}


def random(sets: int = 1000, seed: int = 1) -> OfRandom:
    return partial(random_eigenvalues, sets=sets, seed=seed)


def items_of(constructs: dict[str, str], wave: str = "single") -> pd.DataFrame:
    """Items by id with their constructs, five points each."""
    table = pd.DataFrame({"item_id": list(constructs), "construct": list(constructs.values())})
    table = table.assign(wave=wave, reversed=False, minimum=1, maximum=5, numeric=False, position=range(len(table)))
    return table.astype({"minimum": "Int64", "maximum": "Int64"})


@pytest.fixture(scope="module")
def big_five() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Answers to the 25 items with reversed ones turned round, and the items (no longer reversed)."""
    if not BIG_FIVE.exists():
        pytest.skip("the Big Five survey (../shared/data/survey_bfi) is not here")
    answers = pd.read_csv(BIG_FIVE)
    names = [name for name in answers if name[0] in "ACENO" and name[1:] in set("12345")]
    items = items_of({name: name[0] for name in names}).assign(maximum=6)
    turned = reverse_items(answers, items.assign(reversed=items["item_id"].isin(REVERSED)))
    return turned[names], items


@pytest.fixture(scope="module")
def big_five_tables(big_five) -> tuple[pd.DataFrame, pd.DataFrame]:
    answers, items = big_five
    return dimensionality_tables(answers, items, random(200))


# --- published answers ----------------------------------------------------------------------------------------------


def test_complete_answers_to_the_big_five_as_published(big_five_tables):
    """R packages psych and bruceR: KMO .849, Bartlett's chi-square(300) 18146.07, and the first six eigenvalues."""
    table, eigenvalues = big_five_tables
    whole = table.set_index("construct").loc["all"]
    assert whole["n"] == 2436
    assert round(whole["kmo"], 4) == 0.8486
    assert (round(whole["chi_square"], 2), whole["df"]) == (18146.07, 300)
    assert whole["p"] < 1e-99
    leading = eigenvalues.query("construct == 'all'")["eigenvalue"].head(6)
    assert leading.round(4).tolist() == [5.1343, 2.7519, 2.1427, 1.8523, 1.5482, 1.0736]
    # Five by complete respondents; by pairs of answers, as psych has it, the sixth exceeds chance as well (below).
    assert whole["components"] == 5
    assert whole["factors"] == 6
    assert whole["dimensions"] == "several"


def test_big_five_by_pairs_of_answers_as_psych_has_it(big_five):
    """psych: fa.parallel(bfi[1:25]) suggests 6 factors and 6 components; chi-square 20163.79; KMO of each item."""
    correlations = big_five[0].corr().to_numpy()
    found = parallel_analysis(correlations, 2800, random(200))
    assert (found.factors, found.components) == (6, 6)
    assert round(bartlett_sphericity(correlations, 2800)[0], 2) == 20163.79
    overall, each = sampling_adequacy(correlations)
    assert round(overall, 2) == 0.85
    assert each.round(2).tolist() == [
        *[0.74, 0.84, 0.87, 0.87, 0.90],
        *[0.83, 0.79, 0.85, 0.82, 0.86],
        *[0.83, 0.88, 0.89, 0.87, 0.89],
        *[0.78, 0.78, 0.86, 0.88, 0.86],
        *[0.85, 0.78, 0.84, 0.76, 0.76],
    ]


def test_each_scale_of_the_big_five_is_of_one_dimension(big_five_tables):
    table, _ = big_five_tables
    scales = table[table["construct"] != "all"]
    assert scales["construct"].tolist() == list("ACENO")
    assert (scales["dimensions"] == "one").all()
    assert (scales["components"] == 1).all()


# --- random data ----------------------------------------------------------------------------------------------------


def test_random_correlations_are_those_of_random_answers():
    """Drawn by their triangular root, they have the eigenvalues that correlations of normal answers have."""
    rng = np.random.default_rng(7)
    drawn = random_correlations(60, 6, 10_000, rng)
    assert np.einsum("bii->bi", drawn) == pytest.approx(np.ones((10_000, 6)))
    answers = rng.standard_normal((10_000, 6, 60))
    answers -= answers.mean(axis=2, keepdims=True)
    answers /= np.sqrt((answers**2).sum(axis=2, keepdims=True))
    plain = answers @ answers.transpose(0, 2, 1)
    for matrices in (drawn, plain):
        assert matrices[:, 0, 1].var() == pytest.approx(1 / 59, rel=0.05)  # of r of independent normal answers
    limit = np.quantile(np.linalg.eigvalsh(drawn), 0.95, axis=0)
    assert (np.linalg.eigvalsh(plain) > limit).mean(axis=0) == pytest.approx([0.05] * 6, abs=0.012)


def test_the_same_seed_gives_the_same_limits():
    correlations = np.corrcoef(np.random.default_rng(2).standard_normal((4, 50)))
    first, second = (parallel_analysis(correlations, 50, random(100, seed=5)) for _ in range(2))
    assert np.array_equal(first.random_limit, second.random_limit)
    assert np.array_equal(first.factor_limit, second.factor_limit)
    assert (first.random_limit > first.random_mean).all()


# --- scales ---------------------------------------------------------------------------------------------------------


def made(n: int = 200) -> pd.DataFrame:
    """Answers to a scale of one dimension (p), one of two (q) and one of none (r)."""
    rng = np.random.default_rng(1)
    one, two, three = rng.normal(size=(3, n))
    columns = {f"p{i}": one + rng.normal(size=n) for i in range(4)}
    columns |= {f"q{i}": (two if i < 3 else three) + 0.6 * rng.normal(size=n) for i in range(6)}
    columns |= {f"r{i}": rng.normal(size=n) for i in range(3)}
    return pd.DataFrame(columns)


def test_scales_of_one_of_several_and_of_no_dimension_are_told_apart():
    answers = made()
    items = items_of({name: name[0] for name in answers})
    table, eigenvalues = dimensionality_tables(answers, items, random(200))
    assert dict(zip(table["construct"], table["dimensions"], strict=True)) == {
        "p": "one",
        "q": "several",
        "r": "none",
        "all": "several",
    }
    assert table["components"].tolist()[:3] == [1, 2, 0]
    sums = eigenvalues.groupby("construct")["eigenvalue"].sum()
    assert sums["q"] == pytest.approx(6)  # eigenvalues of correlations add up to the number of items
    first = eigenvalues.query("construct == 'p' and component == 1")["eigenvalue"].iloc[0]
    assert table["first_share"].iloc[0] == pytest.approx(first / 4)


def test_items_that_do_not_correlate_have_no_chi_square_to_speak_of():
    chi_square, df, p = bartlett_sphericity(np.eye(4), 50)
    assert (abs(chi_square), df, p) == (0, 6, 1)
    assert np.isnan(sampling_adequacy(np.eye(4))[0])


@pytest.mark.parametrize("case", ["two items", "constant", "copies", "few respondents", "nobody"])
def test_dimensions_are_unknown_where_nothing_can_be_learned(case):
    answers = made(40)[["p0", "p1", "p2"]]
    if case == "two items":
        answers = answers[["p0", "p1"]]
    elif case == "constant":
        answers = answers.assign(p2=3.0)
    elif case == "copies":
        answers = answers.assign(p2=answers["p1"])
    elif case == "few respondents":
        answers = answers.head(3)
    else:
        answers = answers.assign(p0=np.nan)
    table, eigenvalues = dimensionality_tables(answers, items_of(dict.fromkeys(answers, "p")), random(100))
    row = table.iloc[0]
    assert len(table) == 1
    assert row["dimensions"] == "unknown"
    assert len(eigenvalues) == len(answers.columns)
    if case != "two items":
        assert pd.isna(row["components"])
        assert np.isnan(row["chi_square"])
        assert np.isnan(row["kmo"])
        assert eigenvalues["random_limit"].isna().all()


def test_a_survey_without_scales_has_no_rows():
    table, eigenvalues = dimensionality_tables(made(), items_of({"p0": ""}), random())
    assert len(table) == len(eigenvalues) == 0
    assert "dimensions" in table
    assert "component" in eigenvalues


def test_weights_make_the_effective_number_of_respondents_count():
    answers = made()
    items = items_of({f"p{i}": "p" for i in range(4)})
    weights = np.where(np.arange(200) % 4 == 0, 5.0, 0.5)
    row = dimensionality_tables(answers.assign(weight=weights), items, random(100))[0].iloc[0]
    covariance, n, effective = covariance_of(answers[list(items["item_id"])], weights)
    size = np.sqrt(np.diag(covariance))
    assert row["n"] == n == 200
    assert row["n_effective"] == effective < 90
    assert row["chi_square"] == pytest.approx(bartlett_sphericity(covariance / np.outer(size, size), effective)[0])


def test_random_data_of_one_size_are_drawn_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location("check_dimensionality", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    drawn: list[tuple[float, int]] = []

    def draw(n: float, items: int, **choices: Any) -> Any:
        drawn.append((n, items))
        return random_eigenvalues(n, items, **choices)

    monkeypatch.setattr(script, "random_eigenvalues", draw)
    responses, items = frames()["responses"], frames()["items"]

    def check(parts: str, **other: Any) -> list[bytes]:
        write_table(responses, tmp_path / "responses.csv")
        write_table(items, tmp_path / "items.csv")
        names = ("scale_dimensionality", "scale_eigenvalues")
        script.check_dimensionality(
            items_table=str(tmp_path / "items.csv"),
            responses=str(tmp_path / "responses.csv"),
            **{name: str(tmp_path / f"{name}.csv") for name in names},
            parts=str(tmp_path / parts),
            **{"random_sets": 50, "percentile": 0.95, "seed": 1, "code": "1", **other},
        )
        return [(tmp_path / f"{name}.csv").read_bytes() for name in names]

    first = check("parts.json")
    sizes = list(drawn)
    assert sizes and len(set(sizes)) == len(sizes)
    assert check("parts.json") == first and drawn == sizes, "they were drawn again"
    scored = next(name for name in responses if name in set(items["item_id"]))
    responses = responses.assign(**{scored: responses[scored].to_numpy()[::-1]})  # the answers, not how many
    edited = check("parts.json")
    assert drawn == sizes
    assert edited == check("none.json") != first
    for other in ({"random_sets": 60}, {"seed": 2}, {"percentile": 0.9}, {"code": "2"}):
        drawn.clear()
        check("parts.json", **other)
        assert drawn == sizes, other
        check("parts.json")
