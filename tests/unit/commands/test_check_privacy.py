"""Answers that one respondent alone gave are asked about before anything is published."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from studies import STUDY

from thongthin.basics.problems import Problems, notice_list
from thongthin.commands.check_privacy import _tell, findings, undecided
from thongthin.contract.privacy import Decisions
from thongthin.contract.study import Study

FOLDER = "data/raw/small"
ANSWERS = ["รับจ้าง"] * 3 + ["ขายกล้วยทอดหน้าเทศบาล", "7", ""]


def tables() -> dict[str, pd.DataFrame]:
    words = sorted({*ANSWERS} - {""})
    return {
        "responses": pd.DataFrame({"respondent_id": range(6), "job": ANSWERS, "sex": ["f", *"mmmmm"]}),
        "categories": pd.DataFrame(
            {
                "item_id": ["job"] * len(words) + ["sex"] * 2,
                "category": [*words, "f", "m"],
                "label_th": [*words, "f", "m"],
                "label_en": [*words, "f", "m"],
            }
        ),
    }


@pytest.fixture
def study() -> Study:
    declared = {"sex": [{"id": "f", "th": "หญิง", "en": "F"}, {"id": "m", "th": "ชาย", "en": "M"}]}
    given: dict[str, Any] = {**STUDY, "survey": {**STUDY.get("survey", {}), "file": "r.csv", "categories": declared}}
    return Study.model_validate(given)


def test_an_answer_of_one_that_nobody_declared_is_found(study: Study, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    found = findings(tmp_path, FOLDER, study, tables())
    alone = [own for own in found if own.kind == "lone_answer"]
    assert [(own.words, own.place.column) for own in alone] == [("ขายกล้วยทอดหน้าเทศบาล", "job")]
    problems = Problems()
    _tell(alone, problems)
    said = notice_list(problems.notices)
    assert "the words would be published" in said and "survey.categories" in said and "มีผู้ตอบคนเดียว" in said


def test_it_may_be_kept(study: Study, tmp_path: Path) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    kept = yaml.safe_load("decisions: [{text: ขายกล้วยทอดหน้าเทศบาล, keep: มีร้านแบบนี้หลายร้าน}]")
    left = undecided(findings(tmp_path, FOLDER, study, tables()), Decisions.model_validate(kept))
    assert [own for every in left.values() for own in every if own.kind == "lone_answer"] == []
