"""Every format of coding and of surveys is registered once, and named wherever people look for it."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from thongthin.basics.problems import Problems
from thongthin.contract.coding import CodingFormat
from thongthin.contract.survey import SurveyFormat
from thongthin.read.coding.recognise import NAMES, READERS, SUFFIXES, read_file, recognised
from thongthin.read.survey import files

ROOT = Path(__file__).parents[3]
GUIDE = ROOT / "docs" / "prepare-a-study.md"
READMES = [ROOT / "README.md", ROOT / "README.th.md"]
# What tables and documents are called differs from text to text; tools and programs have one name.
TABLES = ("csv", "xlsx", "segments", "units")


def names_and_endings() -> list[tuple[str, tuple[str, ...]]]:
    """First name of each tool, format or program that is registered, with its endings."""
    coding = [(reader.name, reader.endings) for reader in READERS if reader.format not in TABLES]
    surveys = [(program.name, program.endings) for program in files.PROGRAMS]
    forms = [(tool.name, tool.form_endings) for tool in files.TOOLS]
    return [(name.split(",")[0].split(" /")[0], endings) for name, endings in (*coding, *surveys, *forms)]


def test_the_formats_that_study_yml_names_are_those_that_are_read() -> None:
    assert set(NAMES) == set(get_args(CodingFormat))
    assert set(files.NAMES) == set(get_args(SurveyFormat))


@pytest.mark.parametrize(("name", "endings"), names_and_endings())
def test_a_format_that_is_read_is_named_in_the_guide_and_in_the_readmes(name: str, endings: tuple[str, ...]) -> None:
    """Of several endings the first one is the usual one."""
    if endings:
        assert f"{endings[0]}`" in GUIDE.read_text(encoding="utf-8")
    for path in (GUIDE, *READMES):
        assert name in path.read_text(encoding="utf-8"), f"{path.name} does not name {name}"


def test_an_ending_belongs_to_one_program() -> None:
    endings = [ending for program in files.PROGRAMS for ending in program.endings]
    assert len(set(endings)) == len(endings)
    assert set(files.SUFFIXES) > set(endings)
    assert len(set(SUFFIXES)) == len(SUFFIXES)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_file_of_each_ending_is_recognised_or_looked_into(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"coding{suffix}"
    path.write_text("a\n", encoding="utf-8")
    if suffix == ".txt":  # only as a report of NVivo's
        assert recognised(path) is None
        report = "<Internals\\\\P01> - § 1 reference coded [1.00% Coverage]\n\nReference 1 - 1.00% Coverage\n\nword\n"
        path.write_text(report, encoding="utf-8")
    assert recognised(path) in get_args(CodingFormat)


@pytest.mark.parametrize(("suffix", "kind"), [(".csv", "unknown-table"), (".docx", "unreadable")])
def test_an_export_of_taguette_in_a_common_format_is_read_by_the_reader_of_that(
    suffix: str, kind: str, tmp_path: Path
) -> None:
    """The format of study.yml says whose file it is; that it is a table, its ending says."""
    path = tmp_path / f"highlights{suffix}"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    for format_ in ("taguette", "segments"):
        problems = Problems()
        assert read_file(path, problems.at("coding/x"), format=format_, coder="SK", known=()) is None
        assert [problem.kind for problem in problems.found] == [kind]
