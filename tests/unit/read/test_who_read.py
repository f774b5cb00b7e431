from __future__ import annotations

from pathlib import Path

import pandas as pd
from coding_files import CODES, TRANSCRIPTS, codes_table, transcripts_table, turns_table

from thongthin.basics.problems import Problems
from thongthin.contract.coding import Coding as Settings
from thongthin.read.coding import Coding, read_coding
from thongthin.read.coding.who_read import tell_unread

PASSAGE = "งบไม่พอ"
TABLE = f"participant,code,coder,text\nP01,budget,SK,{PASSAGE}\nP01,budget,NP,{PASSAGE}\n"


def read(tmp_path: Path, said: Settings, coverage: str = "") -> tuple[Coding, Problems]:
    files = [tmp_path / "coding.csv"]
    files[0].write_text(TABLE, encoding="utf-8")
    if coverage:
        files.append(tmp_path / "coverage.csv")
        files[1].write_text(coverage, encoding="utf-8")
    problems = Problems()
    here = problems.at("data/raw/small/coding")
    return read_coding(files, codes_table(), transcripts_table(), turns_table(), here, settings=said), problems


def unread(coding: Coding, problems: Problems) -> None:
    tell_unread(coding.coverage, coding.codings, transcripts_table(), "data/raw/small/study.yml", problems)


def who(coding: Coding) -> set[tuple[str, str]]:
    assert len(coding.coverage) == len(CODES) * len(coding.coverage[["participant_id", "coder"]].drop_duplicates())
    return set(zip(coding.coverage["participant_id"], coding.coverage["coder"], strict=True))


def test_interviews_without_any_coding_are_told_with_the_line_that_makes_them_count(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, Settings())
    unread(coding, problems)
    assert [str(problem) for problem in problems] == []
    (notice,) = problems.notices
    assert (notice.kind, notice.file, notice.column) == ("unread-interviews", "data/raw/small/study.yml", "coding.read")
    assert notice.en == (
        "In 2 of 3 interviews nothing is coded: P02, P03. They count as not read, and are in no count of themes and in"
        " no denominator, so that shares are of the other 1."
    )
    assert "2 จาก 3 ฉบับ" in notice.th
    assert notice.hint_en.endswith("coding: {read: {NP: [P02, P03]}}")
    # The line of the hint does what it says.
    coding, problems = read(tmp_path, Settings(read={"NP": ["P02", "P03"]}))
    unread(coding, problems)
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert who(coding) == {("P01", "SK"), ("P01", "NP"), ("P02", "NP"), ("P03", "NP")}


def test_what_study_yml_says_is_added_to_the_coverage_table(tmp_path: Path) -> None:
    coding, problems = read(tmp_path, Settings(read={"SK": ["P03"]}), "participant,coder\nP01,SK\nP01,NP\n")
    assert [str(problem) for problem in problems] == []
    assert who(coding) == {("P01", "SK"), ("P01", "NP"), ("P03", "SK")}


def test_somebody_who_is_no_participant_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, Settings(read={"SK": ["P3"]}))
    (problem,) = problems
    assert (problem.file, problem.column) == ("data/raw/small/study.yml", "coding.read.SK")
    assert problem.en == 'There is no interview of "P3".'
    assert '"P03"' in problem.hint_en


def test_nothing_is_told_where_everybody_is_coded_or_nothing_could_be_read() -> None:
    problems = Problems()
    codings = pd.DataFrame({"coder": ["SK"]})
    everybody = pd.DataFrame({"participant_id": list(TRANSCRIPTS)})
    tell_unread(everybody, codings, transcripts_table(), "study.yml", problems)
    tell_unread(everybody.iloc[:0], codings, transcripts_table(), "study.yml", problems)
    empty = transcripts_table().assign(text=["x", "", "x"])
    tell_unread(everybody[everybody["participant_id"] != "P02"], codings, empty, "study.yml", problems)
    assert problems.notices == []
