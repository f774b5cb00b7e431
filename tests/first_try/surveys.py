"""The studies of the first tries that begin with a survey: the exports of six tools, three with interviews beside them.

LimeSurvey, KoboToolbox's library, PSPP and R wrote their files (tests/data/README.md); those of Google Forms and
Qualtrics are written as these export them (`forms`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from first_try.forms import (
    CHANNELS,
    PLEASED,
    QUESTIONS,
    REACHED,
    ROWS,
    google,
    google_rows,
    points,
    qualtrics,
    qualtrics_rows,
    ticks,
)
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
    rows = google_rows()
    lines = [
        "groups: [{id: volunteer, label: อาสาสมัครสาธารณสุข}, {id: citizen, label: ประชาชน}]",
        "  sites: {s01: [ต.น้ำใส], s02: [ต.ดอนหวาน]}",
        "framework:\n"
        "  factors: [{id: care, label: การดูแลของ อสม.}, {id: app, label: แอปสุขภาพ}]\n"
        "  outcomes: [{id: health, label: สุขภาพ}]",
        "model: {outcome: health, predictors: [care, app]}",
    ]
    people = [(f"P0{n}", "group", "volunteer") for n in range(1, 5)]
    items = {f"q{n:02}": construct for n, (_, construct) in enumerate(ROWS, start=5)}
    return replace(
        study,
        name="google",
        tool="Google Forms in Thai, MAXQDA",
        files={**_of_interviews(study), "survey/responses.csv": google()},
        typed=_typed(study, lines, {"survey/items.csv": _constructs(items), "participants.csv": people}),
        faults=(
            QUOTED,
            OPEN,
            "times of the Buddhist Era with the month first",
            "an option within another, and options with commas",
            "sites under other names",
        ),
        survey="responses.csv",
        answered={
            **{f"q{n:02}": ticks(rows, 3, CHANNELS[place], ", ") for n, place in enumerate((2, 3, 0, 1), start=1)},
            **{f"q{n:02}": points(rows, n - 1, PLEASED) for n in range(5, 11)},
        },
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
    places = [(f"P0{n}", "site_id", "t1" if n < 3 else "t2") for n in range(1, 5)]
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
        answered={
            **{"age": (42, 2106), "q03": (38, 27), "q04": (38, 18), "q05": (38, 13), "q06": (38, 10)},
            **{"help1": (42, 142), "help2": (39, 130), "help3": (42, 112), "app1": (42, 132), "app2": (40, 119)},
            **{"well1": (42, 132), "well2": (41, 130)},
        },
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
        answered={
            **{"years": (44, 697), "help1": (44, 154), "help2": (42, 149), "help3": (42, 146), "device1": (43, 129)},
            **{"device2": (44, 134), "learn1": (44, 144), "learn2": (41, 133)},
        },
    )


def _alone(
    name: str,
    tool: str,
    title: str,
    author: str,
    files: Mapping[str, bytes],
    lines: Sequence[str],
    cells: Sequence[tuple[str, str, str]],
    faults: tuple[str, ...],
    answered: Mapping[str, tuple[int, int]],
) -> FirstTry:
    """A study of a survey alone, whose file of responses comes first; of its tables, items.csv alone is typed in."""
    head = [f"title: {title}", f"authors: [{{name: {author}}}]", "provenance: simulated"]
    return FirstTry(
        name,
        tool,
        {f"survey/{path}": content for path, content in files.items()},
        Typed([*head, *lines], {"survey/items.csv": cells}),
        faults,
        frozenset(),
        0,
        survey=next(iter(files)),
        kind="survey",
        answered=answered,
    )


def of_limesurvey() -> FirstTry:
    """A Thai and English survey of a library, exported with questions as headers and answers in words, in Thai."""
    return _alone(
        "library",
        "LimeSurvey with .lss",
        "ห้องสมุดของเรา",
        "สมศรี ใจดี",
        {name: (DATA / name).read_bytes() for name in ("library.csv", "library.lss")},
        [
            "groups:\n"
            "  - {id: lecturer, label: {th: อาจารย์, en: Lecturers}}\n"
            "  - {id: student, label: {th: นักศึกษา, en: Students}}",
            "framework:\n"
            "  factors: [{id: place, label: {th: สถานที่, en: Place}}, {id: help, label: {th: การช่วยเหลือ, en: Help}}]\n"
            "  outcomes: [{id: visits, label: {th: การมาห้องสมุด, en: Visits}}]",
        ],
        _constructs({"q06": "place", "q07": "place", "q08": "help", "q09": "help", "q10": "visits"}),
        (QUOTED, OPEN, "ticks in words of the language", 'a text for "other"', "no times, which stand there as 1980"),
        {
            **{"q02": (46, 31), "q03": (46, 30), "q04": (46, 14), "q05": (46, 2), "q06": (46, 153), "q07": (46, 149)},
            **{"q08": (43, 144), "q09": (41, 137), "q10": (43, 275)},
        },
    )


def of_qualtrics() -> FirstTry:
    """A form about offices, in English."""
    rows = qualtrics_rows()
    del rows[1:4]  # the questions, and two previews, which the person leaves out
    place = rows[0].index("Q2")
    return _alone(
        "offices",
        "Qualtrics",
        "At the counter",
        "Ann Example",
        {"offices.csv": qualtrics()},
        [
            "framework:\n"
            "  factors: [{id: access, label: Access}, {id: manners, label: Manners}]\n"
            "  outcomes: [{id: return, label: Coming again}]",
            "model: {outcome: return, predictors: [access, manners]}",
            "  rules: {exclude: [preview]}",
        ],
        _constructs({code: construct for code, *_, construct in QUESTIONS}),
        (QUOTED, OPEN, "two rows of headers", "options with commas", "previews among the responses"),
        {
            **{
                id_: ticks(rows, place, option, ",")
                for id_, option in zip(("Q2_Email", "q02", "Q2_Letter", "Q2_At_the_counter"), REACHED, strict=True)
            },
            **{code: points(rows, rows[0].index(code), said) for code, _, said, _ in QUESTIONS},
        },
    )


def of_spss() -> FirstTry:
    """A survey of a clinic in Windows-874: codes of missing answers that no one declared, and 2 for no."""
    constructs = {"trust1": "trust", "trust2": "trust", "trust3": "trust", "wait1": "wait", "wait2": "wait",
                  "sat1": "satisfied", "sat2": "satisfied", "app0": "app", "app1": "app"}  # fmt: skip
    waves = [("app0", "wave", "before"), ("app1", "wave", "after"), ("app0", "pair", "app"), ("app1", "pair", "app")]
    return _alone(
        "clinic",
        "SPSS in Windows-874",
        "คลินิกของเรา",
        "สมศรี ใจดี",
        {"clinic.sav": (DATA / "clinic.sav").read_bytes()},
        [
            "framework:\n"
            "  factors: [{id: trust, label: ความไว้วางใจ}, {id: wait, label: การรอ}]\n"
            "  outcomes: [{id: satisfied, label: ความพอใจ}, {id: app, label: การใช้แอป}]",
            "model: {outcome: satisfied, predictors: [trust, wait]}",
        ],
        [*_constructs(constructs, ["trust3"]), *waves],
        (APART, "1 for yes and 2 for no", "one place, which no column names"),
        {
            **{"age": (48, 2245), "trust1": (48, 168), "trust2": (45, 148), "trust3": (47, 118), "wait1": (48, 160)},
            **{"wait2": (46, 151), "sat1": (48, 153), "sat2": (48, 153), "app0": (48, 18), "app1": (48, 34)},
        },
    )


ALL = (of_google_forms, of_kobo, of_r, of_limesurvey, of_qualtrics, of_spss)
# Of these, all is built: notebooks, checks and manifest besides articles and tables.
WHOLE = ("google", "library")
