"""What study.yml may say of the models, and what the check of the inputs answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError
from studies import STUDY, make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.contract.strands import applies, parts_of
from thongthin.contract.study import Study
from thongthin.survey.models.comparison import MODEL_KINDS


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


FURTHER = {"id": "short", "outcome": "success", "predictors": ["attitude"], "kinds": ["ols"]}


def test_further_models_stand_beside_the_model_or_in_its_place(tmp_path: Path) -> None:
    both = Study.model_validate({**STUDY, "models": [FURTHER]})
    assert list(both.outcome_models) == ["", "short"]
    assert applies("compare_models", parts_of({**STUDY, "models": [FURTHER]}, tmp_path))
    alone = Study.model_validate({**STUDY, "model": None, "models": [FURTHER]})
    assert list(alone.outcome_models) == ["short"]
    assert applies("compare_models", parts_of({**STUDY, "model": None, "models": [FURTHER]}, tmp_path))
    assert not applies("compare_models", parts_of({**STUDY, "model": None}, tmp_path))


@pytest.mark.parametrize(
    ("models", "reason"),
    [
        ([FURTHER, FURTHER], '"short" stands twice'),
        ([{**FURTHER, "id": "attitude"}], '"attitude" is the name of a construct'),
        ([{**FURTHER, "id": "ols"}], '"ols" is the name of a construct or is reserved'),
        ([{**FURTHER, "predictors": ["attitud"]}], 'models, "short": "attitud" is neither a factor nor an outcome'),
    ],
)
def test_further_models_that_cannot_be_told_apart_are_refused(models: list[object], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        Study.model_validate({**STUDY, "models": models})


def test_an_article_asks_for_a_further_model_by_its_id(tmp_path: Path) -> None:
    raw = make_study(tmp_path)
    path = raw / "study.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "models:\n- {id: short, outcome: success, predictors: [attitude]}\n", encoding="utf-8")
    article = tmp_path / "report" / "small" / "article.en.qmd"
    written = article.read_text(encoding="utf-8")
    asked = (
        "\n\n{{< value outcome_model.short.attitude.beta >}} {{< value model_terms.short.ols.attitude.se >}}"
        " {{< value outcome_model.attitude.beta >}}\n\n{{< include tables/outcome_model-short.md >}}\n"
    )
    article.write_text(written + asked, encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [problem.en for problem in problems] == []
    article.write_text(written + asked.replace("short", "shorter"), encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert {problem.kind for problem in problems} == {"unknown-value", "unknown-model"}
    (table,) = [problem for problem in problems if problem.kind == "unknown-model"]
    assert table.en == 'There is no model "shorter" in study.yml (models).'
    assert '"short"' in table.hint_en


def test_without_a_model_of_its_own_name_an_article_is_asked_which_it_means(tmp_path: Path) -> None:
    make_study(tmp_path, study={"model": None, "models": [FURTHER]})
    article = tmp_path / "report" / "small" / "article.en.qmd"
    written = article.read_text(encoding="utf-8")
    tables = "\n\n{{< include tables/outcome_model.md >}}\n\n{{< include tables/model_comparison-short.md >}}\n"
    article.write_text(written + tables, encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (problem,) = problems
    assert problem.en == 'Which of the models is the table "outcome_model" to show?'
    assert problem.hint_en == "Write outcome_model-short, with the id of a model."
    article.write_text(written + tables.replace("outcome_model.md", "outcome_model-short.md"), encoding="utf-8")
    check_study(tmp_path, "small", again := Problems())
    assert list(again) == []
