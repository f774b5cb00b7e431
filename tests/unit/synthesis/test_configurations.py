"""QCA: published solutions and fits; what is left out, tied or contradictory; what is said of it.

"Published" here is what the authors of the R package QCA expect of `minimize` in its own tests (the snapshots of "tests
for minimize() have the same output"), after Ragin (2009) and Dusa (2019). Figures with more digits than those are what
a run of QCA 3.25 gave; each is held to its formula as well.
"""

from __future__ import annotations

import importlib.util
import itertools
import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from result_frames import ANALYSIS, BANDS, QCA, frames, labels
from studies import make_study

from thongthin.basics.problems import CannotAnalyse, Problems
from thongthin.commands.check import check_study
from thongthin.contract.loading import load_config, load_study
from thongthin.contract.qca import Configurations
from thongthin.contract.tables import TABLES, read_table, write_table
from thongthin.present.figures import draw
from thongthin.present.tables import article_table
from thongthin.present.value_keys import possible_rows
from thongthin.present.values import collect
from thongthin.statistics.truth_tables import SOLUTIONS, necessity, solutions, sufficiency, truth_table
from thongthin.synthesis.calibration import calibrate, case_scores, memberships_of
from thongthin.synthesis.configurations import analyse
from thongthin.synthesis.robustness import too_few_cases, variations
from thongthin.synthesis.solutions import solve

ROOT = Path(__file__).parents[3]
KNOWN = ROOT.parent / "shared" / "data" / "known_answers.json"

# Lipset's eighteen states between the wars (Ragin 2009; Dusa 2019): fuzzy memberships, and the crisp data.
STATES = ["AU", "BE", "CZ", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "NL", "PL", "PT", "RO", "ES", "SE", "UK"]
CONDITIONS = ["DEV", "URB", "LIT", "IND", "STB"]
FUZZY = pd.DataFrame(
    {
        "DEV": [81, 99, 58, 16, 58, 98, 89, 4, 7, 72, 34, 98, 2, 1, 1, 3, 95, 98],
        "URB": [12, 89, 98, 7, 3, 3, 79, 9, 16, 5, 10, 100, 17, 2, 3, 30, 13, 99],
        "LIT": [99, 98, 98, 98, 99, 99, 99, 13, 88, 98, 41, 99, 59, 1, 17, 9, 99, 99],
        "IND": [73, 100, 90, 1, 8, 81, 96, 36, 7, 1, 47, 94, 0, 11, 0, 21, 67, 100],
        "STB": [43, 98, 91, 91, 58, 95, 31, 43, 13, 95, 58, 99, 0, 1, 84, 20, 91, 98],
        "SURV": [5, 95, 89, 12, 77, 95, 5, 6, 42, 92, 5, 95, 12, 5, 21, 6, 95, 95],
    },
    index=pd.Index(STATES, name="case_id"),
).div(100)
CRISP = (FUZZY > 0.5).astype(float)
# GNP per head (Lipset; in Ragin 2009).
DEVELOPMENT = [720, 1098, 586, 468, 590, 983, 795, 390, 424, 662, 517, 1008, 350, 320, 331, 367, 897, 1038]


def lipset(expected: Any = "present", **choices: Any) -> Configurations:
    """The analysis of Lipset's data, whose columns are memberships already."""
    return Configurations.model_validate(
        {
            "cases": "site",
            "outcome": {"id": "SURV", "theme": "SURV", "measure": "present"},
            "conditions": [{"id": c, "theme": c, "measure": "present", "expected": expected} for c in CONDITIONS],
            "consistency": 1,
            "pri": 0,
            **choices,
        }
    )


def models(tables: dict[str, pd.DataFrame], outcome: str, solution: str) -> list[set[str]]:
    own = tables["qca_solutions"].query("outcome == @outcome and solution == @solution")
    return [set(terms) for _, terms in own.groupby("model")["term"]]


# --- calibration --------------------------------------------------------------------------------------------------


def test_calibration_as_qca_for_r_computes_it() -> None:
    computed = [
        *(0.806925632987, 0.990147709557, 0.57514068277, 0.166640455884, 0.583341858551, 0.974486219291),
        *(0.887065145967, 0.0414579047175, 0.0777492143267, 0.719547964395, 0.343490755744, 0.979224951574),
        *(0.0193424976998, 0.0108272119639, 0.0134017064992, 0.0267992741231, 0.948787486396, 0.983783700936),
    ]
    np.testing.assert_allclose(calibrate(DEVELOPMENT, 400, 550, 900), computed, atol=5e-13)
    # Ragin (2008), ch. 5: the log odds are the distance from the crossover, so that they are ln 19 at an anchor. (He
    # rounds them to 3; the package does not.)
    odds = [np.log(19) * (x - 550) / (900 - 550 if x >= 550 else 550 - 400) for x in DEVELOPMENT]
    np.testing.assert_allclose(np.log(computed) - np.log1p(-np.array(computed)), odds, atol=1e-9)
    linear = [
        *(0.742857142857, 1, 0.551428571429, 0.226666666667, 0.557142857143, 1, 0.85, 0, 0.08, 0.66, 0.39, 1),
        *(0, 0, 0, 0, 0.995714285714, 1),
    ]
    np.testing.assert_allclose(calibrate(DEVELOPMENT, 400, 550, 900, "linear"), linear, atol=5e-13)


def test_calibration_agrees_with_the_shared_answers() -> None:
    if not KNOWN.is_file():
        pytest.skip("the shared answers are not here")
    known = json.loads(KNOWN.read_text(encoding="utf-8"))["qca"]
    raw = known["calibration_raw_DEV"]
    np.testing.assert_allclose(calibrate(raw, 400, 550, 900), known["calibration"]["logistic"], atol=5e-13)
    assert CRISP.astype(int).to_numpy().tolist() == known["dataset_LC"]["rows"]


@given(
    st.lists(st.floats(-1e6, 1e6), min_size=1),
    st.tuples(st.floats(-1e3, 1e3), st.floats(0.01, 1e3), st.floats(0.01, 1e3)),
    st.sampled_from(["logistic", "linear"]),
)
def test_calibration_rises_from_0_to_1_and_falls_when_turned_round(
    raw: list[float], anchors: tuple[float, float, float], curve: str
) -> None:
    low, first, second = anchors
    ordered = (low, low + first, low + first + second)
    rising = calibrate(sorted(raw), *ordered, curve)
    assert ((rising >= 0) & (rising <= 1)).all()
    assert (np.diff(rising) >= -1e-12).all()
    np.testing.assert_allclose(calibrate(sorted(raw), *ordered[::-1], curve), 1 - rising, atol=1e-9)
    at_anchors = (0.05, 0.5, 0.95) if curve == "logistic" else (0, 0.5, 1)
    np.testing.assert_allclose(calibrate(ordered, *ordered, curve), at_anchors, atol=1e-6)


def test_no_score_no_membership() -> None:
    assert math.isnan(calibrate([math.nan], 0, 1, 2)[0])


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"anchors": {"fully_out": 0, "crossover": 3, "fully_in": 2}}, "must lie between fully_out and fully_in"),
        ({"anchors": None}, "give anchors, except with the measure present"),
        ({"construct": "skills"}, "give either a theme or a construct"),
        ({"measure": None}, "a theme needs a measure"),
        ({"group": "official"}, "group and wave are for a construct only"),
        ({"id": "SURV"}, '"SURV" stands twice'),
        ({"measure": "participants"}, "only with cases: site"),
        ({"expect": "present"}, "Extra inputs are not permitted"),
    ],
)
def test_a_set_that_makes_no_sense_is_refused(wrong: dict[str, Any], said: str) -> None:
    own = {
        "id": "skills",
        "theme": "skills",
        "measure": "passages",
        "anchors": {"fully_out": 0, "crossover": 1, "fully_in": 2},
        **wrong,
    }
    other = {"id": "other", "theme": "other", "measure": "present"}
    with pytest.raises(ValidationError, match=said):
        lipset(cases="participant", conditions=[own, other])


# --- fits ---------------------------------------------------------------------------------------------------------


def test_fits_as_qca_for_r_computes_them() -> None:
    # R package QCA 3.25, function pof, on the fuzzy data.
    survival = FUZZY["SURV"]
    both = np.minimum(FUZZY["DEV"], FUZZY["URB"])
    assert sufficiency(both, survival) == pytest.approx((0.8133874239350914, 0.7761557177615573, 0.4706572769953052))
    assert sufficiency(FUZZY["DEV"], survival) == pytest.approx(
        (0.7746170678336981, 0.7431421446384042, 0.8309859154929577)
    )
    computed = {
        "DEV": (0.8309859154929577, 0.7746170678336981, 0.8113553113553114),
        "LIT": (0.9906103286384976, 0.6428027418126427, 0.5094142259414226),
        "STB": (0.9201877934272301, 0.7069431920649235, 0.6801181102362206),
    }
    for condition, fits in computed.items():
        assert necessity(FUZZY[condition], survival) == pytest.approx(fits)
        # By the formulas: inclusion, coverage, relevance of necessity (Schneider and Wagemann 2012, ch. 9).
        shared = np.minimum(FUZZY[condition], survival)
        by_hand = (shared.sum() / survival.sum(), shared.sum() / FUZZY[condition].sum())
        assert fits == pytest.approx((*by_hand, (1 - FUZZY[condition]).sum() / (1 - shared).sum()))
    assert necessity(1 - FUZZY["IND"], survival) == pytest.approx(
        (0.4166666666666667, 0.3671147880041365, 0.5764705882352942)
    )


def test_what_is_undefined_is_nan() -> None:
    assert all(math.isnan(fit) for fit in sufficiency([0, 0], [0, 0]))
    assert math.isnan(sufficiency([0.5, 0.5], [0.5, 0.5]).pri)
    assert math.isnan(necessity([1, 1], [1, 1]).ron)


# --- solutions ----------------------------------------------------------------------------------------------------


def test_published_solutions_of_the_crisp_data() -> None:
    tables = analyse(lipset(), CRISP)
    assert models(tables, "present", "conservative") == [{"DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"}]
    assert models(tables, "present", "parsimonious") == [{"DEV*STB"}]
    assert models(tables, "present", "intermediate") == [{"DEV*LIT*STB"}]
    assert models(tables, "absent", "conservative") == [{"~DEV*~URB*~IND", "DEV*LIT*IND*~STB"}]
    assert models(tables, "absent", "parsimonious") == [{"~DEV", "~STB"}]
    assert models(tables, "absent", "intermediate") == [{"~STB", "~DEV*~URB*~IND"}]
    coverage = tables["qca_solutions"].set_index(["outcome", "solution", "term"])[["raw_coverage", "unique_coverage"]]
    published = {
        ("present", "conservative", "DEV*~URB*LIT*STB"): (0.5, 0.25),
        ("present", "conservative", "DEV*LIT*IND*STB"): (0.75, 0.5),
        ("absent", "parsimonious", "~DEV"): (0.8, 0.3),
        ("absent", "parsimonious", "~STB"): (0.7, 0.2),
    }
    for path, covers in published.items():
        assert tuple(coverage.loc[path]) == pytest.approx(covers)
    assert (tables["qca_fit"][["inclusion", "pri", "coverage"]] == 1).all(axis=None)
    cases = tables["qca_solutions"].set_index(["outcome", "term"])["cases"]
    assert cases["present", "DEV*~URB*LIT*STB"] == "FI; FR; IE; SE"


def test_published_solutions_of_the_fuzzy_data() -> None:
    # The package's tests print three digits of inclusion, PRI, raw and unique coverage at the cutoff .7.
    tables = analyse(lipset(consistency=0.7), FUZZY)
    assert models(tables, "present", "parsimonious") == [{"DEV*STB"}]
    assert models(tables, "present", "intermediate") == [{"DEV*LIT*STB"}]
    paths = tables["qca_solutions"].query("outcome == 'present'").set_index(["solution", "term"])
    columns = ["inclusion", "pri", "raw_coverage", "unique_coverage"]
    assert list(paths.loc[("conservative", "DEV*~URB*LIT*STB"), columns]) == pytest.approx(
        (0.809, 0.761, 0.433, 0.196), abs=5e-4
    )
    assert list(paths.loc[("conservative", "DEV*LIT*IND*STB"), columns]) == pytest.approx(
        (0.843, 0.821, 0.622, 0.385), abs=5e-4
    )
    assert list(paths.loc[("intermediate", "DEV*LIT*STB"), columns[:3]]) == pytest.approx(
        (0.868811881188119, 0.8481375358166192, 0.8239436619718311)
    )
    fit = tables["qca_fit"].set_index(["outcome", "solution"]).loc[("present", "conservative")]
    assert list(fit[["inclusion", "pri", "coverage"]]) == pytest.approx((0.871, 0.851, 0.818), abs=5e-4)


def by_hand(term: str) -> tuple[float, float, float]:
    """Inclusion, PRI and raw coverage of a path of the fuzzy data, by the formulas of Ragin (2008) and Dusa (2019)."""
    conditions = [1 - FUZZY[c[1:]] if c.startswith("~") else FUZZY[c] for c in term.split("*")]
    path, y = np.minimum.reduce(conditions), FUZZY["SURV"].to_numpy()
    both = np.minimum(path, y).sum()
    neither = np.minimum.reduce([path, y, 1 - y]).sum()
    return both / path.sum(), (both - neither) / (path.sum() - neither), both / y.sum()


def test_solutions_with_a_higher_cutoff_as_qca_for_r_computes_them() -> None:
    tables = analyse(lipset(consistency=0.8), FUZZY)
    assert models(tables, "present", "conservative") == [{"DEV*URB*LIT*IND*STB", "DEV*~URB*LIT*~IND*STB"}]
    assert models(tables, "present", "parsimonious") == [{"DEV*~IND", "URB*STB"}]
    assert models(tables, "present", "intermediate") == [{"DEV*URB*LIT*STB", "DEV*LIT*~IND*STB"}]
    paths = tables["qca_solutions"].query("outcome == 'present'").set_index("term")
    columns = ["inclusion", "pri", "raw_coverage", "unique_coverage"]
    computed = {
        "DEV*URB*LIT*IND*STB": (0.9042056074766355, 0.8857938718662952, 0.454225352112676, 0.3931924882629108),
        "DEV*~URB*LIT*~IND*STB": (0.8042704626334523, 0.7193877551020412, 0.2652582159624414, 0.2042253521126761),
        "DEV*~IND": (0.8148148148148149, 0.7208121827411167, 0.2840375586854459, 0.1936619718309858),
        "URB*STB": (0.8737672583826429, 0.8454106280193235, 0.5199530516431925, 0.4295774647887324),
    }
    for term, fits in computed.items():
        assert list(paths.loc[term, columns]) == pytest.approx(fits)
        assert fits[:3] == pytest.approx(by_hand(term))
    assert tables["qca_fit"].iloc[0]["uncovered_cases"] == "FR; SE"


def test_truth_table_as_qca_for_r_computes_it() -> None:
    rows = analyse(lipset(consistency=0.8), FUZZY)["qca_truth_table"].query("outcome == 'present'").set_index("row")
    computed = {  # row: n, inclusion, PRI, coded
        1: (3, 0.215976331360947, 0, "0"),
        5: (2, 0.520900321543409, 0.113095238095238, "0"),
        22: (2, 0.804270462633452, 0.719387755102041, "1"),
        24: (2, 0.7087719298245621, 0.634361233480176, "0"),
        32: (4, 0.904205607476635, 0.885793871866295, "1"),
    }
    for row, (n, inclusion, pri, coded) in computed.items():
        found = rows.loc[row]
        assert by_hand(found["configuration"])[:2] == pytest.approx((inclusion, pri))
        assert (found["n"], found["coded"]) == (n, coded)
        assert (found["inclusion"], found["pri"]) == pytest.approx((inclusion, pri))
    assert len(rows) == 32
    remainders = rows[rows["coded"] == "?"]
    assert len(remainders) == 23
    assert remainders[["inclusion", "pri"]].isna().all(axis=None)
    assert rows.loc[32, "configuration"] == "DEV*URB*LIT*IND*STB"
    assert rows.loc[32, "cases_with"] == "BE; CZ; NL; UK"


def test_contradictions_are_listed() -> None:
    members = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
    scores = pd.DataFrame(members, columns=["a", "b"], index=pd.Index(["P1", "P2", "P3", "P4"], name="case_id"))
    scores.insert(0, "y", [1.0, 1.0, 0.0, 0.0])
    qca = Configurations.model_validate(
        {
            "cases": "participant",
            "outcome": {"id": "y", "theme": "y", "measure": "present"},
            "conditions": [{"id": c, "theme": c, "measure": "present"} for c in "ab"],
            "consistency": 0.3,
            "pri": 0,
        }
    )
    rows = analyse(qca, scores)["qca_truth_table"].query("outcome == 'present'").set_index("configuration")
    assert (rows.loc["a*~b", "cases_with"], rows.loc["a*~b", "cases_without"]) == ("P1; P2", "P3")
    assert rows.loc["a*~b", "contradiction"]
    assert rows.loc["a*~b", "coded_twice"]
    assert not rows.loc["~a*b", "contradiction"]
    paths = analyse(qca, scores)["qca_solutions"].query("outcome == 'present' and solution == 'conservative'")
    assert paths.iloc[0]["deviant_cases"] == "P3"


def test_a_case_at_a_crossover_belongs_to_no_row_and_is_listed() -> None:
    scores = FUZZY.copy()
    scores.loc["BE", "URB"] = 0.5
    tables = analyse(lipset(consistency=0.8), scores)
    remarks = tables["qca_calibration"].query("remark != ''")
    assert remarks[["case_id", "set_id", "remark"]].to_numpy().tolist() == [["BE", "URB", "crossover"]]
    rows = tables["qca_truth_table"].query("outcome == 'present'").set_index("row")
    assert rows.loc[32, "cases_with"] == "CZ; NL; UK"
    assert rows["n"].sum() == 17
    assert tables["qca_sets"].set_index("set_id")["at_crossover"]["URB"] == 1


def test_a_case_without_a_score_takes_no_part_and_is_listed() -> None:
    scores = FUZZY.copy()
    scores.loc["DE", "LIT"] = math.nan
    tables = analyse(lipset(consistency=0.8), scores)
    assert set(tables["qca_fit"]["n"]) == {17}
    missing = tables["qca_calibration"].query("remark == 'missing'")
    assert missing[["case_id", "set_id"]].to_numpy().tolist() == [["DE", "LIT"]]
    expected = analyse(lipset(consistency=0.8), FUZZY.drop("DE"))
    pd.testing.assert_frame_equal(tables["qca_solutions"], expected["qca_solutions"])
    with pytest.raises(CannotAnalyse, match="no case has a score"):
        solve(lipset(), scores * math.nan)


def test_rows_of_too_few_cases_are_remainders() -> None:
    table = truth_table(CRISP[CONDITIONS].to_numpy(), CRISP["SURV"].to_numpy(), frequency=2)
    assert set(table.n[(table.positive | table.negative).ravel()]) == {2, 3, 4}
    assert np.isnan(table.inclusion[table.n < 2]).all()


def test_the_pri_cutoff_counts() -> None:
    members, outcome = FUZZY[CONDITIONS].to_numpy(), FUZZY["SURV"].to_numpy()
    assert truth_table(members, outcome, 0.8, 0.7).positive.sum() == 2
    assert truth_table(members, outcome, 0.8, 0.75).positive.sum() == 1


def test_no_row_with_the_outcome_no_model() -> None:
    table = truth_table(CRISP[CONDITIONS].to_numpy(), np.zeros(len(CRISP)))
    assert solutions(table, [None] * 5) == {solution: [] for solution in SOLUTIONS}
    fit = analyse(lipset(negated=False), CRISP.assign(SURV=0.0))["qca_fit"]
    assert set(fit["outcome"]) == {"present"}
    assert set(fit["models"]) == {0}
    assert fit[["inclusion", "pri", "coverage"]].isna().all(axis=None)


def test_more_models_than_can_be_listed_are_none() -> None:
    rng = np.random.default_rng(1)
    crisp = rng.integers(0, 2, (60, 10)).astype(float)
    table = truth_table(crisp, rng.integers(0, 2, 60).astype(float), consistency=0.8)
    found = solutions(table, [1] * 10)
    assert found["parsimonious"] is None
    assert found["intermediate"] is None
    assert found["conservative"] is not None


# --- robustness ---------------------------------------------------------------------------------------------------


def test_one_choice_is_changed_at_a_time() -> None:
    changed = [(v.parameter, v.set_id, round(v.value, 3)) for v in variations(QCA)]
    assert changed == [
        ("crossover", "faster", 0.45),
        ("crossover", "faster", 0.65),
        ("crossover", "open", 0.25),
        ("crossover", "open", 0.65),
        ("crossover", "success", 3.37),  # towards full non-membership, which is higher here
        ("crossover", "success", 3.17),
        ("consistency", "", 0.55),
        ("consistency", "", 0.65),
        ("frequency", "", 2.0),
    ]


def test_what_stays_and_what_does_not() -> None:
    qca = lipset(consistency=0.8, robustness={"consistency": [-0.1, 0.1, 0.5], "frequency": [1]})
    tables = analyse(qca, FUZZY)
    rows = tables["qca_robustness"].query("outcome == 'present' and solution == 'conservative'").set_index("variation")
    assert list(rows["parameter"]) == ["base", "consistency", "consistency", "frequency"]
    assert list(rows["same"]) == [True, False, False, True]
    assert rows.loc[1, "expression"] == "DEV*~URB*LIT*STB + DEV*LIT*IND*STB"
    terms = tables["qca_robust_terms"].query("outcome == 'present' and solution == 'conservative'").set_index("term")
    assert terms.loc["DEV*URB*LIT*IND*STB", ["base", "variations", "of"]].tolist() == [True, 2, 3]
    assert terms.loc["DEV*LIT*IND*STB", ["base", "variations", "of"]].tolist() == [False, 1, 3]
    assert terms.loc["DEV*URB*LIT*IND*STB", "share"] == pytest.approx(2 / 3)


def test_few_cases_are_told_in_both_languages() -> None:
    assert too_few_cases(4, 12) is None
    few = too_few_cases(5, 12)
    assert few is not None
    assert "5 conditions make 32 configurations, but there are 12 cases" in few[0]
    assert "เงื่อนไข 5 ข้อ" in few[1]
    assert too_few_cases(8, 100) is not None


# --- scores of the cases ------------------------------------------------------------------------------------------

PARTICIPANTS = pd.DataFrame({"participant_id": ["P1", "P2", "P3", "P4"], "site_id": ["S1", "S1", "S2", "S2"]})
THEMES = pd.DataFrame(
    [("P1", "skills", 1, 3, 30), ("P2", "skills", 0, 0, 0), ("P3", "skills", 1, 1, 8)],
    columns=["participant_id", "theme_id", "present", "segments", "characters"],
)
VALENCES = pd.DataFrame(
    [("P1", "skills", "both", 1, 1, 1, 0), ("P3", "skills", "enabling", 1, 0, 0, 0)],
    columns=["participant_id", "theme_id", "valence", "enabling", "hindering", "both", "neutral"],
)
RESPONDENTS = pd.DataFrame(
    {
        "site_id": ["S1", "S1", "S2"],
        "group": ["official", "citizen", "official"],
        "budget": [2.0, 4.0, 5.0],
        "speed_before": [1.0, 2.0, math.nan],
    }
)


def scores_of(cases: str, **own: Any) -> list[float]:
    """Scores of the cases on one set; P4 was not read for the theme, and S3 has nobody."""
    if own.get("measure") != "present":
        own["anchors"] = {"fully_out": 0, "crossover": 1, "fully_in": 2}
    other = [{"id": c, "theme": "skills", "measure": "present"} for c in "ab"]
    qca = Configurations.model_validate({"cases": cases, "outcome": {"id": "y", **own}, "conditions": other})
    return list(case_scores(qca, PARTICIPANTS, ["S1", "S2", "S3"], THEMES, VALENCES, RESPONDENTS)["y"])


NAN = math.nan


@pytest.mark.parametrize(
    ("cases", "own", "expected"),
    [
        ("participant", {"theme": "skills", "measure": "present"}, [1, 0, 1, NAN]),
        ("participant", {"theme": "skills", "measure": "passages"}, [3, 0, 1, NAN]),
        ("participant", {"theme": "skills", "measure": "characters"}, [30, 0, 8, NAN]),
        ("participant", {"theme": "skills", "measure": "balance"}, [0, 0, 1, NAN]),
        ("participant", {"theme": "skills", "measure": "enabling_share"}, [0.5, NAN, 1, NAN]),
        ("participant", {"construct": "budget"}, [3, 3, 5, 5]),
        ("participant", {"construct": "budget", "group": "citizen"}, [4, 4, NAN, NAN]),
        ("site", {"construct": "speed", "wave": "before"}, [1.5, NAN, NAN]),
        ("site", {"theme": "skills", "measure": "present"}, [1, 1, NAN]),
        ("site", {"theme": "skills", "measure": "participants"}, [0.5, 1, NAN]),
        ("site", {"theme": "skills", "measure": "passages"}, [1.5, 1, NAN]),
        ("site", {"theme": "skills", "measure": "enabling_share"}, [0.5, 1, NAN]),
    ],
)
def test_scores(cases: str, own: dict[str, Any], expected: list[float]) -> None:
    np.testing.assert_allclose(scores_of(cases, **own), expected)


def test_a_crisp_set_is_what_was_found() -> None:
    scores = pd.DataFrame({"SURV": [1.0, 0.0, NAN], **{c: [1.0, 0.0, 1.0] for c in CONDITIONS}})
    np.testing.assert_array_equal(memberships_of(lipset(), scores)["SURV"], [1, 0, NAN])


# --- in the study -------------------------------------------------------------------------------------------------

IN_STUDY: dict[str, Any] = {
    "cases": "participant",
    "outcome": {"id": "faster", "theme": "faster", "measure": "present"},
    "conditions": [
        {
            "id": "open",
            "theme": "attitude",
            "measure": "balance",
            "anchors": {"fully_out": -1, "crossover": 0.5, "fully_in": 2},
            "expected": "present",
        },
        {
            "id": "skills",
            "construct": "skills",
            "anchors": {"fully_out": 2, "crossover": 3, "fully_in": 4},
        },
    ],
}


def test_what_cannot_be_measured_is_told_before_the_build(tmp_path: Path) -> None:
    wrong = {
        **IN_STUDY,
        "outcome": {"id": "faster", "theme": "fastr", "measure": "present"},
        "conditions": [
            *IN_STUDY["conditions"],
            {**IN_STUDY["conditions"][0], "id": "no_valence", "theme": "skills"},
            {**IN_STUDY["conditions"][1], "id": "no_wave", "wave": "after"},
        ],
    }
    make_study(tmp_path, study={"qca": wrong})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    found = {(p.kind, p.column): p for p in problems}
    assert set(found) == {
        ("unknown-theme", "qca.outcome"),
        ("no-valence", "qca.conditions"),
        ("unmeasured-construct", "qca.conditions"),
    }
    assert 'Did you mean "faster"?' in found["unknown-theme", "qca.outcome"].hint_en
    assert "ไม่มีในสมุดรหัส" in found["unknown-theme", "qca.outcome"].th
    assert 'in the wave "after"' in found["unmeasured-construct", "qca.conditions"].en
    assert [n.kind for n in problems.notices if n.column == "qca.conditions"] == ["few-cases"]


@pytest.mark.parametrize(
    ("own", "en", "th"),
    [
        ({"construct": "skils"}, 'qca: "skils" is neither a factor nor an outcome', 'qca: ไม่มี "skils" ใน framework'),
        ({"group": "officials"}, 'qca: "officials" is not a group', 'qca: ไม่มีกลุ่ม "officials"'),
    ],
)
def test_names_that_the_study_does_not_have_are_told(tmp_path: Path, own: dict[str, str], en: str, th: str) -> None:
    make_study(
        tmp_path,
        study={"qca": {**IN_STUDY, "conditions": [IN_STUDY["conditions"][0], IN_STUDY["conditions"][1] | own]}},
    )
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (found,) = [p for p in problems if "qca" in p.en]
    assert en in found.en
    assert "Did you mean" in found.en
    assert th in found.th


def test_every_value_of_the_analysis_can_be_asked_for_and_no_other(tmp_path: Path) -> None:
    make_study(tmp_path, study={"qca": IN_STUDY})
    config = load_config(tmp_path, Problems())
    assert config is not None
    settings = load_study(tmp_path, "small", config, Problems())
    assert settings is not None
    assert settings.study.qca is not None
    script = ROOT / "workflow" / "scripts" / "analyse_configurations.py"
    spec = importlib.util.spec_from_file_location("analyse_configurations", script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    made = frames()
    inputs = {}
    for name in ("sites", "participants", "responses"):
        inputs[name] = str(tmp_path / f"{name}.csv")
        write_table(made[name], inputs[name])
    for name in ("themes_by_participant", "valence_by_participant"):
        inputs[name] = str(tmp_path / f"{name}.csv")
        write_table(made[name], inputs[name])
    scores = made["responses"][["respondent_id", "site_id"]].assign(skills=3.5)
    write_table(scores, tmp_path / "scale_scores.csv")
    outputs = {name: str(tmp_path / f"{name}.csv") for name in TABLES if name.startswith("qca_")}
    responses = inputs.pop("responses")
    module.analyse_configurations(
        **inputs,
        survey=[responses, str(tmp_path / "scale_scores.csv")],
        qca=settings.study.qca.model_dump(by_alias=True),
        **outputs,
    )
    tables = {name: read_table(path) for name, path in outputs.items()}
    assert set(tables) == set(analyse(QCA, case_scores_of_frames()))
    values = collect(tables, BANDS)
    possible = {
        ".".join((table, *row, column.name))
        for table, places in possible_rows(settings.study, made).items()
        if table.startswith("qca_")
        for row in itertools.product(*places)
        for column in TABLES[table].value_columns
    }
    assert set(values["key"]) == possible


def case_scores_of_frames() -> pd.DataFrame:
    """The scores of the made-up study, as its table has them."""
    calibration = frames()["qca_calibration"]
    return calibration.pivot(index="case_id", columns="set_id", values="score")


# --- what people read ---------------------------------------------------------------------------------------------


def shown(name: str, tables: dict[str, pd.DataFrame], language: str = "en") -> tuple[list[list[str]], str]:
    """The cells of an article table, header first, and its note."""
    text = article_table(name, tables, labels(language, tables), ANALYSIS).replace("\u00a0", " ")
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in (lines[0], *lines[2:])]
    return cells, text.split("::: {.table-note}\n")[1]


def test_paths_are_a_chart_with_core_conditions_told_apart() -> None:
    tables = frames()
    cells, note = shown("qca_solutions", tables)
    assert cells[0] == ["Path", "1", "2", "\\~1", "\\~2"]
    chart = {row[0]: row[1:] for row in cells[1:]}
    assert chart["Digital skills of staff"] == ["×", "•", "×", "•"]
    assert chart["Success of digital local government"] == ["(×)", "(×)", "", ""]
    first = tables["qca_solutions"].query("solution == 'intermediate' and outcome == 'present'").iloc[0]
    assert chart["Raw coverage"][0] == f"{first['raw_coverage']:.2f}".removeprefix("0")
    assert chart["Cases"][0] == first["cases"].replace(";", ",")
    assert "Faster service: consistency = .84, PRI = .80, coverage = .77." in note


def test_of_models_that_tie_each_is_named() -> None:
    tables = frames()
    paths, fit = tables["qca_solutions"], tables["qca_fit"]
    own = paths.query("solution == 'intermediate' and outcome == 'present'")
    other = own.assign(model=2)
    other.loc[other["path"] == 2, "term"] = "open*~success"
    tables["qca_solutions"] = pd.concat([paths, other])
    fit.loc[(fit["solution"] == "intermediate") & (fit["outcome"] == "present"), "models"] = 2
    cells, note = shown("qca_solutions", tables)
    assert cells[0] == ["Path", "1", "2", "3", "\\~1", "\\~2"]
    assert "models that tie (fit of the first): 1 + 2 or 1 + 3." in note


def test_many_paths_become_rows() -> None:
    tables = frames()
    paths = tables["qca_solutions"]
    own = paths.query("solution == 'intermediate' and outcome == 'present'").iloc[[0]]
    terms = ["skilled", "~skilled", "open", "~open", "success", "~success", "skilled*open", "open*success"]
    tables["qca_solutions"] = pd.concat([own.assign(path=i, term=t) for i, t in enumerate(terms, start=1)])
    cells, note = shown("qca_solutions", tables)
    assert cells[0][:4] == ["Path", "1", "2", "3"]
    assert [row[0] for row in cells[1:]] == [str(i) for i in range(1, 9)]
    assert "Conditions: 1 = Digital skills of staff; 2 = Positive attitude" in note


def test_no_sufficient_configuration_is_said() -> None:
    tables = frames()
    tables["qca_solutions"] = tables["qca_solutions"].iloc[:0]
    text = article_table("qca_solutions", tables, labels("en", tables), ANALYSIS)
    assert text == "No configuration of the conditions is sufficient for the outcome.\n"
    figure = draw("qca_xy", tables, labels("th", tables))
    assert figure.axes[0].texts[0].get_text().startswith("ไม่มีรูปแบบเงื่อนไขใด")


def test_the_truth_table_shows_rows_with_cases_and_names_what_contradicts() -> None:
    cells, note = shown("qca_truth_table", frames())
    assert cells[0] == ["Cases", "1", "2", "3", "Cons.", "PRI", "*Y*", "Cons.", "PRI", "\\~*Y*"]
    assert cells[1][:4] == ["P03, P04, P07, P11, P12", "0", "0", "0"]
    assert cells[2][0] == "P01, P08 (P02)"
    assert "4 of 8 configurations have too few cases" in note
    assert "cases on both sides: 2" in note


def test_sets_are_shown_with_anchors_and_what_was_left_out() -> None:
    tables = frames()
    calibration = tables["qca_calibration"]
    calibration.loc[calibration["case_id"] == "P05", "remark"] = "missing"
    calibration.loc[(calibration["case_id"] == "P06") & (calibration["set_id"] == "open"), "remark"] = "crossover"
    cells, note = shown("qca_sets", tables)
    assert cells[2][:5] == ["Faster service", "passages", "0.00", "0.50", "2.00"]
    assert cells[4][:3] == ["Digital skills of staff", "whether it is a theme", "–"]
    assert "Left out, for want of a score: P05." in note
    assert "At a crossover, neither in nor out: P06." in note


def test_few_cases_are_noted_below_the_tables() -> None:
    tables = frames()
    tables["qca_fit"]["n"] = 6
    for name in ("qca_sets", "qca_truth_table", "qca_solutions"):
        assert "but there are 6 cases" in shown(name, tables)[1]
        assert "แต่มีเพียง 6 กรณี" in shown(name, tables, "th")[1]


def test_sets_of_one_theme_are_told_apart_by_their_measure() -> None:
    tables = frames()
    sets = tables["qca_sets"]
    sets.loc[sets["set_id"] == "open", "theme_id"] = "skills"
    cells, _ = shown("qca_necessity", tables)
    assert cells[2][0] == "Digital skills of staff \\(whether it is a theme\\)"
    assert cells[5][0] == "\\~Digital skills of staff \\(enabling less hindering passages\\)"


@pytest.mark.parametrize("language", ["th", "en"])
def test_the_plot_shows_both_outcomes_and_every_point(language: str) -> None:
    tables = frames()
    figure = draw("qca_xy", tables, labels(language, tables))
    said = [text.get_text() for text in figure.axes[0].texts]
    assert sum("Faster service" in text or "บริการรวดเร็วขึ้น" in text for text in said) == 2
    points = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    calibration = tables["qca_calibration"].pivot(index="case_id", columns="set_id", values="membership")
    assert len(points) <= 2 * len(calibration)
    assert len(points) > len(calibration)


def test_conditions_are_counted_in_the_paths_that_hold_them() -> None:
    tables = analyse(lipset(consistency=0.8), FUZZY)
    counted = tables["qca_path_conditions"].query("outcome == 'present' and solution == 'conservative'")
    # DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB
    assert dict(zip(counted["set_id"], zip(counted["with"], counted["without"], strict=True), strict=True)) == {
        "DEV": (2, 0),
        "URB": (1, 1),
        "LIT": (2, 0),
        "IND": (1, 1),
        "STB": (2, 0),
    }
