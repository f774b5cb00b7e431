"""Why two builds differ: which setting of study.yml, down to the entry of a list."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from thongthin.present.evidence.changes import causes_of

ANSWERS = [{"value": 1, "th": "น้อย"}, {"value": 2, "th": "มาก"}]
SURVEY: dict[str, Any] = {
    "file": "responses.xlsx",
    "rules": {"incomplete": 0.5, "exclude": []},
    "scales": {"agree": {"answers": ANSWERS}},
    "categories": {"sex": [{"id": "female", "th": "หญิง"}, {"id": "male", "th": "ชาย"}]},
}


def causes(changed: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    made: Any = [
        SimpleNamespace(
            study="s",
            record={
                "analysis": {},
                "study.yml": {"survey": survey},
                "inputs": {},
                "steps": {},
                "codes": {},
                "packages": "",
                "engine": "",
            },
        )
        for survey in (SURVEY, {**SURVEY, **changed})
    ]
    return [(cause["name"], cause["before"], cause["after"]) for cause in causes_of(*made)]


def test_a_setting_of_the_survey_is_named() -> None:
    assert causes({"rules": {"incomplete": 0.25, "exclude": []}}) == [("survey.rules.incomplete", 0.5, 0.25)]


def test_so_is_what_changed_in_an_entry_of_a_list() -> None:
    other = [ANSWERS[0], {"value": 2, "th": "มากที่สุด"}]
    assert causes({"scales": {"agree": {"answers": other}}}) == [
        ("survey.scales.agree.answers[2].th", "มาก", "มากที่สุด"),
    ]
    fewer = {"categories": {"sex": SURVEY["categories"]["sex"][:1]}}
    assert causes(fewer) == [
        ("survey.categories.sex", ["female", "male"], ["female"]),
        ("survey.categories.sex[male].id", "male", None),
        ("survey.categories.sex[male].th", "ชาย", None),
    ]
    turned = {"categories": {"sex": SURVEY["categories"]["sex"][::-1]}}
    assert causes(turned) == [("survey.categories.sex", ["female", "male"], ["male", "female"])]
