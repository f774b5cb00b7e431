"""What a rule takes of study.yml, so that only what lies on the way of a number counts as its cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from thongthin.contract.study import Study
from thongthin.present.evidence.made import Made
from thongthin.present.evidence.steps import steps
from thongthin.present.evidence.why import Why

ROOT = Path(__file__).parents[3]
STEPS = steps(ROOT / "workflow")


def test_what_rules_take_of_study_yml_is_read_from_the_rules() -> None:
    assert {"survey", "groups", "framework"} <= {*STEPS["read_survey"].described}
    assert {*STEPS["fit_outcome_model"].described} == {"model", "models"}
    assert {*STEPS["describe_scales"].described} == {"groups", "survey"}, "by a function of the file"
    assert {"interviews", "participants"} <= {*STEPS["read_interviews"].described}
    assert STEPS["measure_agreement"].described == ()
    taken = {section for step in STEPS.values() for section in step.described}
    # Who is asked for consent, and what the analysis chooses, are told elsewhere.
    assert {*Study.model_fields} - taken <= {"analysis", "strands"}
    assert {*STEPS["compose_document"].described} >= {"title", "authors", "keywords", "date"}


@pytest.mark.parametrize(
    ("cause", "on"),
    [
        ("title.en", set()),
        ("authors", set()),
        ("date", set()),
        ("groups", {"themes_by_group", "scale_statistics", "agreement", "outcome_model"}),
        ("model.outcome", {"outcome_model"}),
        ("survey.scales", {"scale_statistics", "outcome_model"}),
        ("strands", {"themes_by_group", "scale_statistics", "outcome_model", "agreement"}),
        ("coding.coders", {"themes_by_group", "agreement"}),
    ],
)
def test_a_change_of_study_yml_is_the_cause_of_what_takes_it(tmp_path: Path, cause: str, on: set[str]) -> None:
    (tmp_path / "workflow").symlink_to(ROOT / "workflow", target_is_directory=True)
    made = Made(tmp_path, "x")
    way = {
        "read_participants": ("data/raw/x/participants.csv", "participants"),
        "read_coding": ("data/processed/x/participants.csv", "codings"),
        "read_survey": ("data/raw/x/survey/items.csv", "responses"),
        "count_themes": ("data/processed/x/codings.csv", "themes_by_group"),
        "measure_agreement": ("data/processed/x/codings.csv", "agreement"),
        "describe_scales": ("data/processed/x/responses.csv", "scale_statistics"),
        "fit_outcome_model": ("data/processed/x/responses.csv", "outcome_model"),
    }
    processed = {"participants", "codings", "responses"}
    made.__dict__["record"] = {
        "steps": {
            rule: {
                "inputs": [source],
                "outputs": [f"{'data/processed/x' if name in processed else 'results/x/tables'}/{name}.csv"],
            }
            for rule, (source, name) in way.items()
        }
    }
    why = Why([{"kind": "study", "name": cause, "before": 1, "after": 2}], made)
    tables = {name: rule for rule, (_, name) in way.items() if name not in processed}
    assert {name for name, rule in tables.items() if why.of(rule, name)} == on
