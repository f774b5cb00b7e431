"""The demonstration study builds from a clean copy, and twice in two folders to the same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import Project, copy_project

STUDY = "khon-kaen"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("first"), STUDY)
    project.build()
    return project


def test_every_article_is_there(built: Project) -> None:
    for language in ("th", "en"):
        for format_ in ("html", "pdf", "docx"):
            assert (built.root / "results" / STUDY / f"article.{language}.{format_}").stat().st_size > 20_000


def test_a_second_build_does_nothing(built: Project) -> None:
    assert built.build().rules == []


def test_two_folders_give_the_same_bytes(built: Project, tmp_path: Path) -> None:
    other = copy_project(tmp_path / "another, longer folder", STUDY)
    other.build()
    manifests = [
        {row["path"]: row["sha256"] for row in project.table(f"results/{STUDY}/manifest.csv")}
        for project in (built, other)
    ]
    assert manifests[0].keys() == manifests[1].keys()
    kinds = {Path(path).suffix for path in manifests[0]}
    assert {".csv", ".svg", ".png", ".html", ".pdf", ".docx"} <= kinds
    assert [path for path in manifests[0] if manifests[0][path] != manifests[1][path]] == []
