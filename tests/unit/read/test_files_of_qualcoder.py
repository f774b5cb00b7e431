"""Files that QualCoder itself wrote, of our own texts; `tests/data/README.md` tells how they were made."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path

import pytest
from coding_files import INTERVIEWS, MARKS, codes_table, expected, transcripts_table, turns_table
from studies import ANSWERS, coding_rows, make_study

from thongthin.basics.problems import Problems
from thongthin.commands.coding_in_study import read_study_files
from thongthin.contract.coding import Coding as Settings
from thongthin.read.codebook import codebook_rows, read_codebook
from thongthin.read.coding import Coding, read_coding
from thongthin.read.coding.qualcoder import read_qualcoder
from thongthin.read.coding.recognise import read_file
from thongthin.read.coding.tables import read_coding_table

VERSIONS = ("3.8.2", "4.0")
SEGMENT = ["participant_id", "start", "end", "code_id", "coder", "text"]


@pytest.fixture(scope="module", params=VERSIONS)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files of a version."""
    folder = tmp_path_factory.mktemp("qualcoder")
    with zipfile.ZipFile(Path(__file__).parents[2] / "data" / f"qualcoder-{request.param}.zip") as archive:
        archive.extractall(folder)
    return folder


def read(path: Path, coder: str | None = None) -> tuple[Coding, Problems]:
    problems = Problems()
    coding = read_coding(
        [path],
        codes_table(),
        transcripts_table(),
        turns_table(),
        problems.at("coding"),
        settings=Settings(coder=coder),
        interview=INTERVIEWS.get,
    )
    return coding, problems


@pytest.mark.parametrize("name", ["interviews.qda", "interviews.qdpx"])
def test_every_passage_of_a_project_is_in_its_place(made: Path, name: str) -> None:
    coding, problems = read(made / name)
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert list(coding.codings[SEGMENT].itertuples(index=False, name=None)) == expected()
    # QualCoder takes positions from its window, which counts UTF-16 units.
    assert set(coding.coding_sources["unit"]) == {"utf16"}
    assert coding.coding_sources["exact"].sum() == sum(len(mark.codes) for mark in MARKS)


@pytest.mark.parametrize("name", ["report.xlsx", "segments.xlsx"])
def test_its_reports_hold_the_same_passages(made: Path, name: str) -> None:
    coding, problems = read(made / name, coder="SK" if name == "segments.xlsx" else None)
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    want = expected()
    if name == "segments.xlsx":  # which does not tell the coders apart
        want = list(dict.fromkeys((*row[:4], "SK", row[5]) for row in want))
    found = [
        (*row[:2], *row[3:5], row[5].strip()) for row in coding.codings[SEGMENT].itertuples(index=False, name=None)
    ]
    assert found == [(*row[:2], *row[3:5], row[5]) for row in want]
    assert set(coding.coding_sources["tool"]) == {"QualCoder"}


def test_its_csv_is_read_as_it_quotes_and_ends_its_rows(made: Path) -> None:
    """All cells stand in quotation marks, and a row ends behind the categories that its code has."""
    with (made / "report.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert stream.readline() == '"File","Coder","Coded","Id","Codename","Coded_Memo","Category","Category"\r\n'
        assert {len(row) for row in csv.reader(stream)} == {7, 8}
    coding, problems = read(made / "report.csv")
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert list(coding.codings[SEGMENT].itertuples(index=False, name=None)) == expected()


def test_its_codebook_has_no_theme_that_is_the_whole_project(made: Path) -> None:
    problems = Problems()
    project = read_file(made / "interviews.qda", problems.at("x.qda"), format=None, coder=None, known=())
    assert project is not None
    exchanged = read_codebook(made / "interviews.qdc", None, problems.at("codebook.qdc"))
    assert [str(problem) for problem in problems] == []
    assert [notice.kind for notice in problems.notices] == ["root-folder", "root-folder", "one-language"]
    assert problems.notices[0].en.startswith('All codes stand in "Study", which is no code itself')
    for rows in (codebook_rows(project.codes), exchanged.to_dict("records")):
        assert {(row["code_id"], row["parent_id"]) for row in rows} == {
            ("attitude", ""),
            ("money", ""),
            ("people", ""),
            ("budget", "money"),
            ("budget_need", "money"),
            ("skills", "people"),
            ("skills_need", "people"),
        }
        [attitude] = [row for row in rows if row["code_id"] == "attitude"]
        assert attitude["definition_th"] == "ทัศนคติต่องาน"


def test_a_whole_study_of_two_coders(made: Path) -> None:
    problems = Problems()
    project = read_qualcoder(made / "small.qda", problems.at("small.qda"))
    table = read_coding_table(made / "small.csv", problems.at("small.csv"))
    assert project is not None and table is not None
    assert [str(problem) for problem in problems] == []
    names = {code.id: code.name for code in project.codes}
    made_of = {(s.source, s.coder, s.quoted, names[code]) for s in project.selections for code in s.codes}
    sources = {source.id: source.name for source in project.sources}
    from_project = {(sources[source], *rest) for source, *rest in made_of}
    assert from_project == {(s.source, s.coder, s.quoted, code) for s in table.selections for code in s.codes}
    labels = {"attitude_open": "Openness", "attitude_fear": "Fear of the new", "skills": "Digital skills"}
    assert from_project == {
        (f"{who}.txt", coder, text, labels.get(code, "+Faster service"))
        for who, _, _, code, coder, text in coding_rows()
    }
    assert {name.removesuffix(".txt") for name in sources.values()} == set(ANSWERS)


def test_a_study_takes_its_codebook_and_its_project_as_they_come(made: Path, tmp_path: Path) -> None:
    folder = make_study(tmp_path, files={"coding/coding.csv": None, "codebook.csv": None, "quotes.csv": None})
    (folder / "coding").mkdir()
    (folder / "coding" / "data.qda").write_bytes((made / "small.qda" / "data.qda").read_bytes())
    (folder / "codebook.qdc").write_bytes((made / "small.qdc").read_bytes())
    study, problems = read_study_files(tmp_path, "small"), Problems()
    assert study.wrong == 0
    assert set(study.codes[["code_id", "theme_id", "label_th"]].itertuples(index=False, name=None)) == {
        ("attitude", "attitude", "Attitude"),
        ("fear_of_the_new", "attitude", "Fear of the new"),
        ("openness", "attitude", "Openness"),
        ("faster_service", "faster_service", "+Faster service"),
        ("digital_skills", "digital_skills", "Digital skills"),
    }
    coding = study.read(folder / "coding" / "data.qda", problems.at("coding"))
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert (coding.coding_sources["exact"] == coding.coding_sources["selections"]).all()
    called = {"attitude_open": "openness", "attitude_fear": "fear_of_the_new", "skills": "digital_skills"}
    assert set(coding.codings[SEGMENT].itertuples(index=False, name=None)) == {
        (who, start, end, called.get(code, "faster_service"), coder, text)
        for who, start, end, code, coder, text in coding_rows()
    }
