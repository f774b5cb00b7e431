"""What the check of a study tells beforehand: models without numbers, separation, scales that cannot be reliable."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from odd_surveys import OddSurvey, odd_survey
from studies import STUDY, make_study, responses

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.commands.foreseen import foresee
from thongthin.contract.study import Study

FACTORS = [{"id": id_, "label": {"th": id_, "en": id_}} for id_ in ("a", "b", "c", "t", "w", "y")]


def study(**model: object) -> Study:
    choices = {"outcome": "y", "predictors": ["a", "b"], **model}
    return Study.model_validate({**STUDY, "framework": {"factors": FACTORS}, "model": choices, "qca": None})


def survey(**answers: object) -> OddSurvey:
    """Forty respondents of two sites, whose answers differ; some columns as they are given."""
    rng = np.random.default_rng(3)
    odd = odd_survey(7)
    responses = pd.DataFrame({"respondent_id": [f"R{i:02d}" for i in range(40)]})
    responses = responses.assign(site_id=["S01", "S02"] * 20, group="citizen", submitted_on="", weight=1.0, G1="")
    for item, low, high in zip(odd.items["item_id"], odd.items["minimum"], odd.items["maximum"], strict=True):
        if not pd.isna(low):
            responses[item] = rng.integers(low, high + 1, 40).astype(float)
    for item, values in answers.items():
        responses[item] = values(responses) if callable(values) else values
    return odd._replace(responses=responses, kinds=[])


def told(own: Study, made: OddSurvey) -> list[str]:
    tables = {"items": made.items, "responses": made.responses}
    return [found.en for found in foresee(own, tables, answered=0.5, most=1000, seed=1)]


SINGLE = "Scales that have one item: no reliability, and no dimension: c, t_before, t_after, w_before, w_after."


def test_of_a_sound_survey_only_scales_of_one_item_are_told() -> None:
    assert told(study(), survey()) == [SINGLE]


@pytest.mark.parametrize(
    ("model", "answers", "en"),
    [
        (
            {},
            {"B1": 4.0, "B2": 2.0},
            'The model of "y" has no numbers: all respondents have the same score in: b.',
        ),
        ({}, {"Y1": 4.0, "Y2": 4.0}, "all respondents have the same score in the outcome (y)."),
        (
            {},
            {"B1": lambda r: (r["A1"] + r["A2"] + 6 - r["A3"]) / 3, "B2": lambda r: r["B1"]},
            'The model of "y" has no numbers: one of these predictors follows exactly from the others: a, b.',
        ),
        (
            {"predictors": ["b", "c"]},
            {"Y1": lambda r: r["B1"], "Y2": lambda r: r["B2"]},
            'The model of "y" is incomplete: the outcome follows from the predictors without error',
        ),
        (
            {},
            {"Y1": lambda r: np.where(r["B1"] + r["B2"] > 6, 5.0, 3.0), "Y2": lambda r: r["Y1"]},
            'The model of "y" is incomplete: the ordinal model has no odds ratios: b tell the answers apart',
        ),
        ({}, {"C1": 12.5, "A1": 3.0}, "Items that were answered alike by all: no correlations of their scales: A1."),
        ({}, {"C1": 12.5}, "Scales that have the same score for all respondents: no test and no model: c."),
        ({}, {"site_id": ["S01"] * 39 + ["S02"]}, "One respondent alone answered for: S02;"),
    ],
)
def test_what_will_be_undefined_is_told_with_its_reason(
    model: dict[str, object], answers: dict[str, object], en: str
) -> None:
    assert any(en in found for found in told(study(**model), survey(**answers)))


def test_too_few_respondents_for_a_model_are_told_with_their_number() -> None:
    made = survey()
    few = made._replace(responses=made.responses.head(3))
    assert any("only 3 respondents have all of its scores" in found for found in told(study(), few))


def test_a_further_model_is_named_and_one_that_is_not_ordinal_cannot_be_separated() -> None:
    answers = {"Y1": lambda r: np.where(r["B1"] + r["B2"] > 6, 5.0, 3.0), "Y2": lambda r: r["Y1"]}
    own = study(kinds=["ols"])
    assert told(own, survey(**answers)) == [SINGLE]
    further = [{"id": "short", "outcome": "y", "predictors": ["b"]}]
    both = Study.model_validate({**own.model_dump(by_alias=True, exclude_none=True), "models": further})
    assert any('(models, "short") is incomplete' in found for found in told(both, survey(**answers)))


@pytest.mark.parametrize(("weights", "kinds"), [(("1.5", "0.5"), ["unweighted-models"]), (("2", "2"), [])])
def test_weights_that_models_leave_out_are_told(tmp_path: Path, weights: tuple[str, str], kinds: list[str]) -> None:
    header, *rows = responses().splitlines()
    weighted = [f"น้ำหนัก,{header}", *(f"{weights[n % 2]},{row}" for n, row in enumerate(rows))]
    survey = {**STUDY["survey"], "weight": "น้ำหนัก"}
    make_study(tmp_path, study={"survey": survey}, files={"survey/responses.csv": "\n".join(weighted) + "\n"})
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert not problems.found
    told = [notice for notice in problems.notices if notice.kind == "unweighted-models"]
    assert [notice.kind for notice in told] == kinds
    for notice in told:
        assert (notice.column, notice.th[:19]) == ("survey.weight", "ผู้ตอบมีค่าน้ำหนัก ")
