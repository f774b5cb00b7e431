"""The tutorial: each step done as the page says, up to the build, with the messages that the page shows."""

from __future__ import annotations

import importlib.util
import shutil
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import pytest

from thongthin.commands import check, describe_coding, describe_survey, new_study

ROOT = Path(__file__).parents[3]
PAGES = (ROOT / "docs" / "tutorial.md", ROOT / "docs" / "th" / "tutorial.md")


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "docs" / "tutorial" / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


follow, make_files = script("follow"), script("make_files")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project folder without any study, as the current folder."""
    shutil.copytree(ROOT / "config", tmp_path / "config")
    (tmp_path / "data" / "raw").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", PAGES, ids=["en", "th"])
def test_what_the_page_says_leads_to_the_message_that_it_shows_and_then_to_none(
    page: Path, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def said(command: Callable[[Sequence[str]], int], *words: str) -> tuple[int, str]:
        code = command([*words])
        return code, capsys.readouterr().out

    text, folder = page.read_text(encoding="utf-8"), f"data/raw/{follow.STUDY}"
    assert said(new_study.main, follow.STUDY)[0] == 0
    follow.put_in(project)
    code, told = said(describe_coding.main, "--study", follow.STUDY, "--drafts")
    assert code == 0 and "12 by text" in told
    assert said(describe_survey.main, f"{folder}/survey/responses.csv", "--drafts", folder)[0] == 0
    follow.fill_in(text, project)
    assert said(check.main, follow.STUDY) == (1, follow.block(text, "text"))
    follow.mend(project)
    follow.write(text, project)
    code, told = said(check.main, follow.STUDY)
    assert code == 0 and told.startswith("waste: nothing is wrong.\n"), told
    assert "2 sites, 4 participants, 4 interviews, 11 codes, 1 coders, 12 segments, 1 quotes" in told


def test_both_pages_have_the_reader_type_the_same() -> None:
    english, thai = (page.read_text(encoding="utf-8") for page in PAGES)
    assert follow.cells(english) == follow.cells(thai)
    assert set(follow.cells(english)) == set(follow.TABLES.values())


def test_the_files_of_the_tutorial_are_those_that_its_script_makes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ROOT / "docs" / "tutorial" / "files"
    monkeypatch.setattr(make_files, "FILES", tmp_path)
    make_files.main()
    made = {path.relative_to(tmp_path): content(path) for path in tmp_path.rglob("*") if path.is_file()}
    assert made == {path.relative_to(there): content(path) for path in there.rglob("*") if path.is_file()}
    assert len(made) == 6


def content(path: Path) -> bytes | dict[str, bytes]:
    """The bytes of a file, or of each file in a Word file or workbook: how they are packed is up to the system."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def test_a_passage_that_is_not_in_its_interview_is_no_coding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(make_files, "CODING", (("P01", "ความรู้", "ไม่มีใครพูดไว้"),))
    with pytest.raises(ValueError, match="P01"):
        make_files.coding()
