"""What study.yml may say of the models, and what the check of the inputs answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from studies import STUDY, make_study

from thongthin.check import check_study
from thongthin.models.comparison import MODEL_KINDS
from thongthin.problems import Problems
from thongthin.study import Study


def test_all_models_are_compared_unless_the_study_chooses() -> None:
    study = Study.model_validate(STUDY)
    assert study.model is not None
    assert study.model.kinds == list(MODEL_KINDS)
    chosen = Study.model_validate({**STUDY, "model": {**STUDY["model"], "kinds": ["mixed", "ols"]}})
    assert chosen.model is not None
    assert chosen.model.kinds == ["mixed", "ols"]


@pytest.mark.parametrize(
    ("kinds", "reason"), [(["ols", "ols"], "a kind stands twice"), (["logit"], "'ols'"), ([], "at least 1")]
)
def test_kinds_that_there_are_not_are_refused(kinds: list[str], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Study.model_validate({**STUDY, "model": {**STUDY["model"], "kinds": kinds}})


def test_an_item_that_there_is_not_is_a_problem_that_names_the_nearest(tmp_path: Path) -> None:
    raw = make_study(tmp_path)
    path = raw / "study.yml"
    text = path.read_text(encoding="utf-8")
    at = text.index("outcome:", text.index("model:"))
    path.write_text(text[:at] + "item: A11\n  " + text[at:], encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (problem,) = problems
    assert (problem.kind, problem.column) == ("unknown-item", "model.item")
    assert 'The model explains the answers to "A11", which is no item with a scale.' in problem.en
    assert '"A11"' in problem.th
    assert '"A1"' in problem.hint_en
