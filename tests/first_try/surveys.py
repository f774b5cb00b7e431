"""The studies of the first tries that begin with a survey: the exports of six tools, three with interviews beside them.

LimeSurvey, KoboToolbox's library, PSPP and R wrote their files (tests/data/README.md); those of Google Forms and
Qualtrics are written as these export them (`forms`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from first_try.forms import QUESTIONS, ROWS, google, qualtrics
from first_try.harness import FirstTry, Typed
from first_try.studies import of_maxqda, of_nvivo, of_word

DATA = Path(__file__).parents[1] / "data" / "surveys"
QUOTED, OPEN = "a table whose every cell is quoted", "an open question"
APART = "codes of missing answers among the points of a scale"


def _of_interviews(study: FirstTry) -> dict[str, bytes]:
    """The interviews and the coding of a study, without a survey."""
    return {path: content for path, content in study.files.items() if not path.startswith("survey/")}


def _typed(study: FirstTry, lines: Sequence[str], cells: Mapping[str, Sequence[tuple[str, str, str]]]) -> Typed:
    """What was typed for the interviews, and what the survey asks for in addition."""
    return Typed([*(line for line in study.typed.lines if not line.startswith("survey:")), *lines], cells)


def _constructs(of: Mapping[str, str], reversed_: Sequence[str] = ()) -> list[tuple[str, str, str]]:
    """Cells of items.csv: what each item measures, and which are turned round."""
    return [(id_, "construct", construct) for id_, construct in of.items()] + [
        (id_, "reversed", "yes") for id_ in reversed_
    ]


def of_google_forms() -> FirstTry:
    """Thai volunteers coded in MAXQDA, and a Thai form of Google whose subdistricts are abbreviated."""
    study = of_maxqda()
    lines = [
        "framework:\n"
        "  factors: [{id: care, label: การดูแลของ อสม.}, {id: app, label: แอปสุขภาพ}]\n"
        "  outcomes: [{id: health, label: สุขภาพ}]",
        "model: {outcome: health, predictors: [care, app]}",
    ]
    items = {f"q{n:02}": construct for n, (_, construct) in enumerate(ROWS, start=5)}
    return replace(
        study,
        name="google",
        tool="Google Forms in Thai, MAXQDA",
        files={**_of_interviews(study), "survey/responses.csv": google()},
        typed=_typed(study, lines, {"survey/items.csv": _constructs(items)}),
        faults=(
            QUOTED,
            OPEN,
            "times of the Buddhist Era with the month first",
            "an option within another, and options with commas",
            "sites under other names",
        ),
        survey="responses.csv",
    )


def of_kobo() -> FirstTry:
    """Thai volunteers coded in Word, who say nothing of places; a form of two subdistricts, with its XLSForm."""
    study = of_word()
    lines = [
        "framework:\n"
        "  factors: [{id: help, label: ความช่วยเหลือของ อสม.}, {id: app, label: แอปสุขภาพ}]\n"
        "  outcomes: [{id: well, label: การดูแลสุขภาพ}]",
        "model: {outcome: well, predictors: [help, app]}",
    ]
    items = {id_: id_[:-1] for id_ in ("help1", "help2", "help3", "app1", "app2", "well1", "well2")}
    places = [(f"P0{n}", "site_id", "s01" if n < 3 else "s02") for n in range(1, 5)]
    return replace(
        study,
        name="village",
        tool="KoboToolbox with XLSForm, Word comments",
        files={
            **study.files,
            "survey/village.csv": (DATA / "village.csv").read_bytes(),
            "survey/village-form.xlsx": (DATA / "village-form.xlsx").read_bytes(),
        },
        typed=_typed(study, lines, {"survey/items.csv": _constructs(items, ["help3"]), "participants.csv": places}),
        faults=(QUOTED, OPEN, APART, "choices in columns of their own", "an open answer that begins with a dash"),
        survey="village.csv",
    )


def of_r() -> FirstTry:
    """English teachers coded in NVivo; what R's `write.csv` made of a data frame."""
    study = of_nvivo()
    constructs = {"help1": "support", "help2": "support", "help3": "support", "device1": "devices",
                  "device2": "devices", "learn1": "learning", "learn2": "learning"}  # fmt: skip
    lines = ["  codes:", "    - {values: [9], meaning: missing, columns: [help2, device1, learn2]}"]
    typed = _typed(study, lines, {"survey/items.csv": _constructs(constructs)})
    return replace(
        study,
        name="teachers",
        tool="R, NVivo",
        files={**_of_interviews(study), "survey/teachers.csv": (DATA / "teachers.csv").read_bytes()},
        typed=typed,
        faults=(QUOTED, OPEN, APART, "numbers of rows in front", "a weight", "an answer in quotation marks"),
        survey="teachers.csv",
    )


ALL = (of_google_forms, of_kobo, of_r)
