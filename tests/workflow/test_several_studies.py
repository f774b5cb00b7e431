"""Two studies in one project: each is planned, checked and built by itself, or both together."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from project import Project, copy_project
from studies import make_study, replace_text

MISTAKE = ("P02,S01", "P02,S1")
# Of interviews alone: what is built of the studies does not matter here, so that it be little.
NO_SURVEY = {"survey": None, "model": None}
NO_ANSWERS = ("survey/items.csv", "survey/responses.csv")
OF_INTERVIEWS = """\
---
lang: %s
---

# A

{{< include tables/themes_by_site.md >}}

{{< quote q_open >}}
"""
BARE = "---\nlang: %s\n---\n\n# A\n\n{{< value sample.participants.all.n >}}\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """`first` is right, `second` holds a mistake, `third` is in the configuration and nowhere else."""
    project = copy_project(tmp_path_factory.mktemp("several"))
    first = make_study(
        project.root,
        name="first",
        study=NO_SURVEY,
        files={**dict.fromkeys(NO_ANSWERS), **{f"article.{lang}.qmd": OF_INTERVIEWS % lang for lang in ("th", "en")}},
        config={"studies": ["first", "second", "third"], "formats": ["html"], "languages": ["th"]},
    )
    like_formulas(first)
    left_out = ("codebook.csv", "coding/coding.csv", "quotes.csv", *NO_ANSWERS)
    second = make_study(
        project.root,
        name="second",
        study=NO_SURVEY,
        files={**dict.fromkeys(left_out), **{f"article.{lang}.qmd": BARE % lang for lang in ("th", "en")}},
    )
    replace_text(second / "participants.csv", *MISTAKE)
    return project


def like_formulas(study: Path) -> None:
    """A turn, a passage, a quote, a code and a site whose texts begin as formulas do, which people write every day."""
    for file in ("interviews/P01.txt", "coding/coding.csv", "quotes.csv"):
        replace_text(study / file, "ผู้บริหารของเรา", "- บริหารฯของเรา")
    replace_text(study / "codebook.csv", "Openness", "+Openness")
    replace_text(study / "sites.csv", "เทศบาลตำบลน้ำใส", "=เทศบาลตำบลน้ำใส")


def test_texts_that_begin_like_formulas_come_out_as_they_were_said(project: Project) -> None:
    code, output = project.launch("build", "first")
    assert code == 0, output
    results = project.root / "results" / "first"
    assert "“- บริหารฯของเรา" in (results / "article.th.html").read_text(encoding="utf-8")
    for name in ("01_data", "02_coding_and_agreement"):
        page = (results / "notebooks" / f"{name}.html").read_text(encoding="utf-8")
        assert not re.search(r"(?:'|&#39;)[-+=]", re.sub(r"<style>.*?</style>|data:[^\"]*", "", page, flags=re.S)), name
    assert "+Openness" in page
    turns = (project.root / "data/processed/first/turns.csv").read_text(encoding="utf-8-sig")
    assert "'- บริหารฯของเรา" in turns, "no cell of a table is a formula"


def files_of(project: Project, study: str) -> dict[str, int]:
    """What stands of a study outside its input, with the times of writing."""
    folders = [project.root / folder / study for folder in ("results", "data/processed", "logs")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(project.root).as_posix(): path.stat().st_mtime_ns for path in files}


def test_one_study_is_built_whatever_is_wrong_with_another(project: Project) -> None:
    code, output = project.launch("build", "first")
    assert code == 0, output
    assert "results/first/article.th.html" in output
    assert "second" not in output
    assert "third" not in output
    assert not (project.root / "results" / "second").exists()

    code, output = project.launch("build", "second")
    assert code == 1
    assert '"S1" is not a site of sites.csv.' in output
    assert "1 problem in 1 file." in output  # that `third` is missing is no matter here either


def test_all_studies_together_stop_with_one_list(project: Project) -> None:
    before = files_of(project, "first")
    code, output = project.launch("build")
    assert code == 1
    assert '"S1" is not a site of sites.csv.' in output
    assert 'There is no study folder "data/raw/third".' in output
    assert "2 problems in 2 files." in output
    run = project.snakemake()
    assert run.status == 1
    assert "2 problems in 2 files." in run.output
    assert files_of(project, "first") == before


def test_a_study_that_the_configuration_does_not_list_is_named(project: Project) -> None:
    run = project.snakemake("--config", "studies=[firs]", "--", "all")
    assert run.status == 1
    assert '"firs" is not among the studies of the configuration.\n  Hint: Did you mean "first"' in run.output
    assert "1 problem in 1 file." in run.output


def test_once_it_is_mended_the_other_study_is_built_and_nothing_is_left_to_do(project: Project) -> None:
    before = files_of(project, "first")
    replace_text(project.root / "data/raw/second/participants.csv", *reversed(MISTAKE))
    project.replace("config/config.yml", "- third\n", "")
    code, output = project.launch("build", "second")
    assert code == 0, output
    assert "results/second/article.th.html" in output
    assert "first" not in output
    assert files_of(project, "first") == before

    code, output = project.launch("build")
    assert code == 0, output
    assert "Nothing to do: everything is up to date." in output
    assert "\n3 notices." in output  # of `first`, since the configuration is another; the check of `second` holds
    assert files_of(project, "first") == before
    assert "Nothing to be done" in project.build().output


def test_what_a_build_of_one_study_no_longer_makes_is_removed_in_that_study_only(project: Project) -> None:
    project.replace("config/config.yml", "- html\n", "- docx\n")
    before = files_of(project, "first")
    code, output = project.launch("build", "second")
    assert code == 0, output
    assert files_of(project, "first") == before

    def documents(study: str) -> list[str]:
        return sorted(path.name for path in (project.root / "results" / study).glob("article.*"))

    assert documents("first") == ["article.th.html"]
    assert documents("second") == ["article.th.docx"]
    code, output = project.launch("build")
    assert code == 0, output
    assert documents("first") == documents("second")
    assert not re.search(r"\] read_(?!back)", output)
