"""Studies of one strand, and others that have little: each becomes what fits it, and nothing else.

All of them stand in one project and are built by one run of the workflow, three of them to articles in every format.
"""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import numpy as np
import pytest
import yaml
from odd_studies import COUNTED, WHOLE
from project import ROOT, Project, copy_project
from studies import AGREE, ITEMS, responses

from thongthin.basics.language import UNDEFINED

OF_SURVEY = {"items", "responses", "scale_statistics", "scale_reliability", "survey_flow", "missing_data"}
OF_INTERVIEWS = {"participants", "transcripts", "turns", "speakers", "quotes", "reporting_coreq"}
OF_CODING = {"codes", "codings", "coverage", "themes_by_site", "agreement", "saturation", "quote_checks"}
OF_BOTH = {"joint_display", "joint_ranking"}
# Words of the articles that speak of one strand.
WORDS = {"survey": ("survey", "แบบสอบถาม"), "interviews": ("interview", "สัมภาษณ์"), "coding": ("coder", "ผู้ลงรหัส")}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("odd"))
    studies = {**WHOLE, **COUNTED}
    for make in studies.values():
        make(project.root)
    config = yaml.safe_load((ROOT / "config" / "config.yml").read_text(encoding="utf-8"))
    config["analysis"]["agreement"]["replicates"] = config["analysis"]["saturation"]["orders"] = 50
    config["analysis"]["scales"] = {"replicates": 50, "random_sets": 100}
    config["analysis"]["model"] = {"replicates": 99}
    project.write("config/config.yml", yaml.safe_dump({**config, "studies": list(studies)}, allow_unicode=True))
    targets = [f"results/{name}/manifest.csv" for name in WHOLE]
    for name in COUNTED:
        targets += [f"results/{name}/tables/values.csv", *project.tables_of(name)]
    project.build(*targets)
    return project


def built(project: Project, name: str) -> set[str]:
    """Names of the tables of a study that stand."""
    folders = (project.root / "data/processed" / name, project.root / "results" / name / "tables")
    return {path.stem for folder in folders for path in folder.glob("*.csv")}


def values(project: Project, name: str) -> dict[str, str]:
    return {row["key"]: row["text_en"] for row in project.table(f"results/{name}/tables/values.csv")}


@pytest.mark.parametrize(
    ("name", "has", "lacks"),
    [
        ("survey-alone", OF_SURVEY, OF_INTERVIEWS | OF_CODING | OF_BOTH),
        ("interviews-alone", OF_INTERVIEWS | OF_CODING, OF_SURVEY | OF_BOTH),
        ("uncoded", OF_INTERVIEWS, OF_SURVEY | OF_CODING | OF_BOTH),
        ("one-of-each", OF_SURVEY | OF_INTERVIEWS | OF_CODING | OF_BOTH, set()),
    ],
)
def test_a_study_has_the_tables_of_its_strands(project: Project, name: str, has: set[str], lacks: set[str]) -> None:
    tables = built(project, name)
    assert has <= tables
    assert not lacks & tables
    assert tables == {Path(path).stem for path in project.tables_of(name)}


def test_the_design_of_a_sample_reaches_the_errors_of_its_scales(project: Project) -> None:
    drawn = project.table("data/processed/survey-alone/sample_design.csv")
    assert len({row["cluster"] for row in drawn}) == 10
    rows = project.table("results/survey-alone/tables/scale_statistics.csv")
    of_all = [row for row in rows if row["site_id"] == "all"]
    assert {float(row["df"]) for row in of_all} == {10 - 2}
    assert all(row["se"] and row["low"] and row["deff"] for row in of_all)
    first = of_all[0]
    key = f"scale_statistics.{first['construct']}.{first['wave']}.all"
    assert values(project, "survey-alone")[f"{key}.df"] == "8"
    assert UNDEFINED not in values(project, "survey-alone")[f"{key}.deff"]
    assert project.table("data/processed/one-wave/sample_design.csv") == []


@pytest.mark.parametrize(
    ("name", "speaks_of", "silent_on"),
    [
        ("survey-alone", ("survey",), ("interviews", "coding")),
        ("interviews-alone", ("interviews", "coding"), ("survey",)),
        ("uncoded", ("interviews",), ("survey", "coding")),
    ],
)
def test_articles_say_what_fits(
    project: Project, name: str, speaks_of: tuple[str, ...], silent_on: tuple[str, ...]
) -> None:
    results = project.root / "results" / name
    for position, language in enumerate(("en", "th")):
        assert (results / f"article.{language}.pdf").read_bytes().startswith(b"%PDF")
        assert (results / f"article.{language}.docx").is_file()
        page = (results / f"article.{language}.html").read_text(encoding="utf-8")
        text = page[page.index("</style>") :].casefold()
        assert [word for strand in silent_on if (word := WORDS[strand][position]) in text] == []
        assert [word for strand in speaks_of if (word := WORDS[strand][position]) not in text] == []
        assert "<table" in page
    passed = (results / "checks.txt").read_text(encoding="utf-8")
    assert "test_every_value_is_what_stands_in_its_table" in passed
    notebooks = {path.stem for path in (results / "notebooks").glob("*.html")}
    of_strands = {"coding": {"02_coding_and_agreement", "03_themes"}, "survey": {"04_survey"}}
    assert notebooks == {"01_data"}.union(*(of_strands.get(strand, set()) for strand in speaks_of))
    assert (results / "coding" / "coding.qdpx").is_file() == ("coding" in speaks_of)


def test_results_of_odd_studies_hold_together(project: Project) -> None:
    said = project.check_results(*COUNTED, tests=["tests/results/test_result_tables.py"])
    for name in COUNTED:
        passed = project.root / "results" / name / "checks.txt"
        assert passed.is_file(), said[-6000:]
        assert "test_every_value_is_what_stands_in_its_table" in passed.read_text(encoding="utf-8")


def test_two_waves_in_two_files_are_compared(project: Project) -> None:
    found = values(project, "survey-alone")
    assert (found["before_after.speed.all.n"], found["survey_flow.received.all.n"]) == ("28", "30")
    # The numbers of the same answers in one wide file, computed by hand from it.
    header, *rows = csv.reader(io.StringIO(responses(30)))
    scores = np.array([[AGREE.index(cell) + 1 for cell in row[-4:]] for row in rows])
    assert header[-4:] == [item[2] for item in ITEMS[-4:]]  # before, after, before, after
    change = (scores[:28, [1, 3]].mean(axis=1) - scores[:28, [0, 2]].mean(axis=1)).mean()
    assert found["before_after.speed.all.mean_change"] == f"{change:.2f}"
    assert found["scale_statistics.speed.before.all.mean"] == f"{scores[:, [0, 2]].mean():.2f}"


def test_of_one_of_each_what_can_be_said_is_said(project: Project) -> None:
    found = values(project, "one-of-each")
    assert [found[f"sample.{what}.all.n"] for what in ("sites", "participants", "coders", "respondents")] == ["1"] * 4
    assert (found["agreement.all.n"], found["agreement.all.alpha"]) == ("0", UNDEFINED)
    assert found["scale_statistics.attitude.single.all.sd"] == UNDEFINED


def test_answers_that_are_all_alike_have_means_and_no_tests(project: Project) -> None:
    found = values(project, "all-alike")
    assert found["scale_statistics.skills.single.all.mean"] == "4.00"
    assert found["scale_statistics.skills.single.all.sd"] == "0.00"
    assert found["site_comparison.skills.single.p"] == UNDEFINED
    assert not os.path.lexists(project.root / "results/all-alike/article.en.html")


def test_one_wave_of_two_is_described_and_not_compared(project: Project) -> None:
    found = values(project, "one-wave")
    assert float(found["scale_statistics.speed.before.all.mean"]) > 1
    assert not [key for key in found if key.startswith("before_after.")]
