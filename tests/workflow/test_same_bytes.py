"""The demonstration study builds from a clean copy, and twice in two folders to the same bytes: warm, and cold."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from browser import seen
from project import Project, copy_project

STUDY = "khon-kaen"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = copy_project(tmp_path_factory.mktemp("first"), STUDY)
    said = project.build().output
    assert ("run warm" in said) is hasattr(os, "fork")
    assert "This step runs alone" not in said
    return project


def test_every_article_is_there(built: Project) -> None:
    for language in ("th", "en"):
        for format_ in ("html", "pdf", "docx"):
            assert (built.root / "results" / STUDY / f"article.{language}.{format_}").stat().st_size > 20_000


def test_every_page_is_whole_on_a_phone_and_at_a_desk(built: Project) -> None:
    results = built.root / "results" / STUDY
    pages = [*sorted(results.glob("*.html")), *sorted((results / "notebooks").glob("*.html"))]
    assert len(pages) == 10  # articles, supplements, evidence, notebooks
    found = seen(pages, alike=True)
    assert [(page.page, page.width, page.faults) for page in found if page.faults] == []
    assert sum(page.tables for page in found) > 100 and sum(page.figures for page in found) > 20


def test_a_second_build_does_nothing(built: Project) -> None:
    assert built.build().rules == []


def set_up_otherwise(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the programs that a build runs the settings of somebody who likes other things."""
    settings = {
        ".config/matplotlib/matplotlibrc": "lines.linewidth: 7\nfont.size: 20\naxes.facecolor: red\nsavefig.dpi: 30\n",
        ".local/share/pandoc/abbreviations": "Table\nFigure\nand\n",
        ".local/share/pandoc/templates/default.typst": "nothing\n",
        ".ipython/profile_default/startup/00.py": "print('good morning')\n",
        ".startup.py": "print('good morning')\n",
    }
    for name, text in settings.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    variables = {
        **{"HOME": str(home), "USERPROFILE": str(home), "MATPLOTLIBRC": str(home / ".config/matplotlib/matplotlibrc")},
        **{"TZ": "Asia/Bangkok", "LC_ALL": "C", "LANG": "th_TH.TIS-620", "MPLBACKEND": "svg", "COLUMNS": "40"},
        **{"PYTHONSTARTUP": str(home / ".startup.py"), "PYTEST_ADDOPTS": "-k nothing"},
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


@pytest.mark.long
def test_another_folder_and_other_settings_give_the_same_bytes(
    built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = copy_project(tmp_path / "another, longer folder", STUDY)
    set_up_otherwise(tmp_path / "home", monkeypatch)
    assert "run warm" not in other.build("--config", "cold=true").output
    manifests = [
        {row["path"]: row["sha256"] for row in project.table(f"results/{STUDY}/manifest.csv")}
        for project in (built, other)
    ]
    assert manifests[0].keys() == manifests[1].keys()
    kinds = {Path(path).suffix for path in manifests[0]}
    assert {".csv", ".svg", ".png", ".html", ".pdf", ".docx"} <= kinds
    assert [path for path in manifests[0] if manifests[0][path] != manifests[1][path]] == []
