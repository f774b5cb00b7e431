"""Studies as people bring them, from seven coding tools: each becomes a finished article at the first try.

A person makes the folders, copies the files as they were exported, has drafts made, types what only a person can know,
and builds. All studies stand in one project, and are built together; how much was typed for each is printed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from first_try.harness import TESTED, FirstTry, Prepared, asked_of, prepare
from first_try.studies import ALL, WHOLE
from project import ROOT, Project, Run, copy_project

from thongthin.basics.language import normalise_text
from thongthin.contract.tables import read_table

pytestmark = pytest.mark.long

STUDIES = {study.name: study for study in (make() for make in ALL)}
FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Tried:
    """The project with all studies, what came of each before the build, and the builds."""

    project: Project
    prepared: Mapping[str, Prepared]
    builds: list[Run]


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Tried:
    """Those whose check passed are built: some whole and to all formats, the others to HTML and checked at once."""
    project = copy_project(tmp_path_factory.mktemp("first_try"))
    config = yaml.safe_load((ROOT / "config" / "config.yml").read_text(encoding="utf-8"))
    config["analysis"]["agreement"]["replicates"] = config["analysis"]["saturation"]["orders"] = 50
    config["formats"] = ["html"]
    project.write("config/config.yml", yaml.safe_dump(config, allow_unicode=True))
    prepared = {name: prepare(project.root, study) for name, study in STUDIES.items()}
    ready = [name for name, own in prepared.items() if own.checked]
    builds = []
    whole = [name for name in ready if name in WHOLE]
    for formats, names in ((["html"], [name for name in ready if name not in whole]), (list(FORMATS), whole)):
        listed = yaml.safe_load((project.root / "config" / "config.yml").read_text(encoding="utf-8"))
        project.write("config/config.yml", yaml.safe_dump({**listed, "formats": formats}, allow_unicode=True))
        if names:
            asked = [path for name in names for path in asked_of(project, name, whole=names == whole)]
            builds.append(project.snakemake("--keep-going", "--config", f"studies=[{','.join(names)}]", "--", *asked))
            if names != whole:
                builds[-1].output += project.check_results(*names, tests=TESTED)
    return Tried(project, prepared, builds)


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_a_study_becomes_an_article_at_the_first_try(
    tried: Tried, study: FirstTry, record_property: pytest.RecordProperty
) -> None:
    record_property("typed", f"{study.tool}: {study.typed.counted}")
    assert len(study.faults) >= 3
    own = tried.prepared[study.name]
    assert own.checked, own.said["check"]
    results = tried.project.root / "results" / study.name
    formats = FORMATS if study.name in WHOLE else ("html",)
    wanted = [f"article.{language}.{format_}" for language in ("th", "en") for format_ in formats]
    wanted += ["checks.txt", "tables/values.csv", "coding/coding.qdpx", *["manifest.csv"] * (study.name in WHOLE)]
    missing = [name for name in wanted if not (results / name).is_file()]
    assert not missing, "\n".join(build.output[-4000:] for build in tried.builds)
    assert "test_every_passage_is_what_stands_in_the_transcript" in (results / "checks.txt").read_text(encoding="utf-8")
    assert coded(tried.project, study) == study.coded
    for language in ("th", "en"):
        page = (results / f"article.{language}.html").read_text(encoding="utf-8")
        assert "<table" in page
        assert "<img" in page or "<svg" in page


def coded(project: Project, study: FirstTry) -> set[tuple[str, str, str, str]]:
    """Participant, coder, passage and name of the code, as the build has them."""
    folder = project.root / "data" / "processed" / study.name
    names = read_table(folder / "codes.csv").set_index("code_id")["label_en"]
    told = any(name for *_, name in study.coded)
    return {
        (row["participant_id"], row["coder"], row["text"], names[row["code_id"]] if told else "")
        for row in read_table(folder / "codings.csv").to_dict("records")
    }


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_the_exported_files_stand_as_they_were_copied(tried: Tried, study: FirstTry) -> None:
    folder = tried.project.root / "data" / "raw" / study.name
    assert {path: (folder / path).read_bytes() for path in study.files} == study.files


@pytest.mark.parametrize("study", STUDIES.values(), ids=list(STUDIES))
def test_little_is_typed(tried: Tried, study: FirstTry) -> None:
    """Of interviews: no cell of a table, and a few lines. With a survey: half of what it took before, or less.

    A small study of both took six files, thirty lines of study.yml, and rows for twelve codes and fourteen items.
    """
    typed = study.typed
    most = (3, 15, 13) if study.survey else (1, 5, 0)
    assert (typed.files <= most[0], typed.number_of_lines <= most[1], typed.number_of_cells <= most[2]) == (True,) * 3
    people = Path(tried.project.root, "data", "raw", study.name, "participants.csv").read_text(encoding="utf-8-sig")
    assert len(people.splitlines()) == 1 + study.participants
    assert normalise_text("describe-coding") in tried.prepared[study.name].said["new-study"]
