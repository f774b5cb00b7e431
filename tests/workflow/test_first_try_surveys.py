"""Studies as people bring them, from six survey tools, three without interviews: to an article at the first try.

A person makes the folders, copies the files as they were exported, has drafts made, types what only a person can know,
and builds. All studies stand in one project, and are built together; how much was typed for each is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
import yaml
from first_try.harness import TESTED, FirstTry, Prepared, asked_of, prepare
from first_try.surveys import ALL, WHOLE
from project import ROOT, Project, Run, copy_project

from thongthin.contract.answer_scales import CATEGORY
from thongthin.contract.tables import read_table

pytestmark = pytest.mark.long

STUDIES = {study.name: study for study in (make() for make in ALL)}
ALONE = [name for name, study in STUDIES.items() if study.kind == "survey"]


@dataclass(frozen=True)
class Tried:
    """The project with all studies, what came of each before the build, and the build."""

    project: Project
    prepared: Mapping[str, Prepared]
    build: Run


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """All studies whose check passed, built to HTML at once: two whole, the others checked afterwards."""
    project = copy_project(tmp_path_factory.mktemp("first_try"))
    config = yaml.safe_load((ROOT / "config" / "config.yml").read_text(encoding="utf-8"))
    analysis = config["analysis"]  # the draws are what takes time
    analysis["agreement"]["replicates"] = analysis["saturation"]["orders"] = 50
    analysis["scales"] |= {"replicates": 100, "random_sets": 100}
    analysis["missing"]["imputations"] = 5
    config["formats"] = ["html"]
    project.write("config/config.yml", yaml.safe_dump(config, allow_unicode=True))
    prepared = {name: prepare(project.root, study) for name, study in STUDIES.items()}
    ready = [name for name, own in prepared.items() if own.checked]
    asked = [path for name in ready for path in asked_of(project, name, whole=name in WHOLE)]
    build = project.snakemake("--keep-going", "--config", f"studies=[{','.join(ready)}]", "--", *asked)
    build.output += project.check_results(*(name for name in ready if name not in WHOLE), tests=TESTED)
    return Tried(project, prepared, build)


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_a_study_becomes_an_article_at_the_first_try(
    tried: Tried, study: FirstTry, record_property: pytest.RecordProperty
) -> None:
    print(f"{study.tool}: {study.typed.counted}")
    record_property("typed", f"{study.tool}: {study.typed.counted}")
    own = tried.prepared[study.name]
    assert own.checked, own.said["check"]
    results = tried.project.root / "results" / study.name
    wanted = ["article.th.html", "article.en.html", "checks.txt", "tables/values.csv"]
    wanted += ["manifest.csv"] * (study.name in WHOLE)
    missing = [name for name in wanted if not (results / name).is_file()]
    assert not missing, tried.build.output[-8000:]
    assert "test_table_fits_its_schema[item_statistics]" in (results / "checks.txt").read_text(encoding="utf-8")
    assert answered(tried.project, study) == study.answered
    for language in ("th", "en"):
        page = (results / f"article.{language}.html").read_text(encoding="utf-8")
        assert "<table" in page


def answered(project: Project, study: FirstTry) -> dict[str, tuple[int, float]]:
    """By item that is no category: how many answered, and the sum of what they gave, as the build has them."""
    folder = project.root / "data" / "processed" / study.name
    items, responses = read_table(folder / "items.csv"), read_table(folder / "responses.csv")
    own = responses[items.loc[items["scale"] != CATEGORY, "item_id"]].astype("float64")
    return {str(item): (int(own[item].count()), float(own[item].sum())) for item in own}


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_the_exported_files_stand_as_they_were_copied(tried: Tried, study: FirstTry) -> None:
    folder = tried.project.root / "data" / "raw" / study.name
    assert {path: (folder / path).read_bytes() for path in study.files} == study.files


def test_three_have_no_interviews_and_each_has_its_faults(tried: Tried) -> None:
    assert len(STUDIES) >= 6 and len(ALONE) >= 3
    assert all(len(study.faults) >= 3 for study in STUDIES.values())
    for name in ALONE:
        folder = tried.project.root / "data" / "raw" / name
        assert not (folder / "interviews").exists() and not (folder / "participants.csv").exists()


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_little_is_typed(study: FirstTry) -> None:
    """Lines of study.yml, and which item measures what; with interviews, whose group or site they are."""
    typed = study.typed
    assert (typed.files <= 3, typed.number_of_lines <= 15, typed.number_of_cells <= 15) == (True,) * 3
