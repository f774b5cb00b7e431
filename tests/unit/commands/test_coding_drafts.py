"""Drafts from several files of coding and from interviews: one participant an interview, one code a name."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import yaml
from coding_files import INTERVIEWS, maxqda, word
from studies import make_study

from thongthin.commands.coding_drafts import drafts, lines_for_study, merged_codes
from thongthin.commands.describe_coding import main
from thongthin.read.coding.model import Case, CodedFile, Selection, Source, ToolCode

FOLDER = "data/raw/small"


def names(files: list[CodedFile]) -> list[tuple[str, str]]:
    """Each code with the one above it, by their names."""
    codes = {code.id: code for code in merged_codes(files)}
    return [(code.name, codes[code.parent].name if code.parent else "") for code in codes.values()]


def test_codes_of_one_path_are_one_code_and_a_second_coder_adds_his_own() -> None:
    first = [ToolCode("1", "Budget"), ToolCode("2", "Shortage", "1", "said so"), ToolCode("3", "Skills")]
    second = [
        ToolCode("a", "skills "),
        ToolCode("b", "Shortage", "a"),
        ToolCode("c", "budget"),
        ToolCode("d", "New", "c"),
    ]
    expected = [("Budget", ""), ("Shortage", "Budget"), ("Skills", ""), ("Shortage", "Skills"), ("New", "Budget")]
    assert names([CodedFile("1", "refi", codes=first), CodedFile("2", "refi", codes=second)]) == expected


def test_a_list_without_levels_means_the_code_of_that_name_where_there_is_but_one() -> None:
    flat = CodedFile("1.docx", "word", codes=[ToolCode("Shortage", "Shortage"), ToolCode("Fear", "Fear")])
    deep = CodedFile("2.qdpx", "refi", codes=[ToolCode("1", "Budget"), ToolCode("2", "Shortage", "1")])
    expected = [("Budget", ""), ("Shortage", "Budget"), ("Fear", "")]
    assert names([flat, deep]) == names([deep, flat]) == expected
    two = CodedFile("3.qdpx", "refi", codes=[*deep.codes, ToolCode("3", "Skills"), ToolCode("4", "Shortage", "3")])
    assert ("Shortage", "") in names([flat, two])


def test_codes_that_are_called_by_their_paths_stand_below_those_above() -> None:
    written = ["Budget > Shortage", "Budget", "Skills\\\\Staff\\\\Old".replace("\\\\", "\\"), "A::B", "1/2 day", "e.g."]
    codes = [ToolCode(str(n), name) for n, name in enumerate(written)]
    assert names([CodedFile("x", "segments", codes=codes)]) == [
        ("Budget", ""), ("Shortage", "Budget"), ("Skills", ""), ("Staff", "Skills"), ("Old", "Staff"),
        ("A", ""), ("B", "A"), ("1/2 day", ""), ("e.g.", ""),
    ]  # fmt: skip


def test_codes_above_each_other_end_somewhere() -> None:
    codes = [ToolCode("1", "a", "2"), ToolCode("2", "b", "1"), ToolCode("3", "c", "gone")]
    assert sorted(names([CodedFile("x", "qualcoder", codes=codes)])) == [("a", "b"), ("b", ""), ("c", "")]


def test_a_folder_of_all_codes_is_no_theme() -> None:
    root = ToolCode("0", "Study", codable=False)
    codes = [
        root,
        ToolCode("1", "Attitude", "0", codable=False),
        ToolCode("2", "Open", "1"),
        ToolCode("3", "Fast", "0"),
    ]
    expected = [("Attitude", ""), ("Open", "Attitude"), ("Fast", "")]
    assert names([CodedFile("x", "qualcoder", codes=codes)]) == expected
    # A code that was given to passages is a theme, and so is the only folder of several codes where more stand beside.
    given = [ToolCode("0", "Study"), *codes[1:]]
    assert names([CodedFile("x", "qualcoder", codes=given)])[0] == ("Study", "")
    assert names([CodedFile("x", "qualcoder", codes=[*codes, ToolCode("4", "Beside")])])[0] == ("Study", "")
    assert names([CodedFile("x", "qualcoder", codes=[root])]) == [("Study", "")]


def test_the_tag_of_an_empty_project_of_taguette_is_no_code_unless_it_was_given() -> None:
    codes = [ToolCode("1", "interesting"), ToolCode("2", "skills")]
    coded = CodedFile("x", "taguette", "Taguette", codes=codes)
    assert names([coded]) == [("skills", "")]
    coded.selections.append(Selection("1", 0, 1, ("1",)))
    assert names([coded]) == [("interesting", ""), ("skills", "")]


def people(files: list[CodedFile], interviews: dict[str, str] | None = None) -> list[str]:
    table = drafts(files, interviews)["participants.csv"]
    assert isinstance(table, pd.DataFrame)
    return list(table["participant_id"])


def test_copies_of_one_interview_are_one_participant() -> None:
    texts = (("P01_SK", "ก  ข"), ("P01_NP", "ก ข"), ("P02_SK", "ค"), ("ปลัด", "ง"), ("ปลัด", "จ"))
    copies = [CodedFile(f"{name}.docx", "word", sources=[Source(name, name, text)]) for name, text in texts]
    assert people(copies) == ["P01", "P02", "p03"]
    made = drafts(copies)
    assert (made["interviews/P01.txt"], made["interviews/P02.txt"]) == ("ก  ข", "ค")


def test_a_copy_is_called_without_its_coder() -> None:
    one = CodedFile("P04_SK.docx", "word", sources=[Source("x", "P04_SK", "ก")])
    assert people([one]) == ["P04_SK"]  # it may be called so
    one.selections.append(Selection("x", 0, 1, (), "sk"))
    assert people([one]) == ["P04"]
    other = CodedFile("b", "word", sources=[Source("x", "SK", "ข"), Source("y", "P-1", "ค"), Source("z", "a_", "ง")])
    assert people([one, other]) == ["P04", "SK", "P-1", "a_"]
    one.selections.append(Selection("x", 0, 1, (), "1"))
    assert people([one, other]) == ["P04", "SK", "P-1", "a_"]


def test_two_documents_of_one_file_are_two_people() -> None:
    sources = [Source("1", "a/Interview.txt", "ก"), Source("2", "b/Interview.txt", "ก")]
    assert people([CodedFile("x", "refi", sources=sources)]) == ["Interview", "Interview_2"]


def test_interviews_that_are_there_give_the_participants_and_are_not_drafted() -> None:
    documents = (("Interview P02 (final)", "other"), ("Somchai", "ก ข"), ("New", "ใหม่"))
    coded = CodedFile("x", "refi", sources=[Source(name, name, text) for name, text in documents])
    interviews = {"P01": "กข", "P02": "text", "P03": "never coded", "no id!": "x"}
    assert people([coded], interviews) == ["P01", "P02", "P03", "New"]
    assert [name for name in drafts([coded], interviews) if name.startswith("interviews/")] == ["interviews/New.txt"]
    assert people([], interviews) == ["P01", "P02", "P03"]


def test_the_lines_for_study_yml_are_what_a_person_decides_on() -> None:
    cases = [Case("1", "x", ("1",), {"Group": "เจ้าหน้าที่"}), Case("2", "y", ("2",), {"group": "Head: a"})]
    sources = [Source("1", "P01"), Source("2", "P02")]
    coded = CodedFile("x", "taguette", sources=sources, cases=cases, selections=[Selection("1", 0, 1, ())])
    made = drafts([coded])
    lines = lines_for_study([("SK.sqlite3", coded)], made, {})
    read = [yaml.safe_load(line) for line in lines]
    assert read == [
        {"participants": {"consent": "all"}},
        {"groups": [{"id": "g01", "label": "เจ้าหน้าที่"}, {"id": "head_a", "label": "Head: a"}]},
        {"coding": {"files": [{"file": "SK.sqlite3", "coder": "SK"}]}},
    ]
    assert isinstance(made["participants.csv"], pd.DataFrame)
    assert list(made["participants.csv"]["group"]) == ["g01", "head_a"]
    assert lines_for_study([("SK.sqlite3", coded)], made, {"participants": 1, "groups": 1, "coding": 1}) == []


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a study of which no table is filled in, in the current project folder."""
    tables = {f"{name}.csv": None for name in ("sites", "participants", "codebook", "quotes")}
    folder = make_study(tmp_path, files={**tables, "coding/coding.csv": None})
    for path in (folder / "interviews").iterdir():
        path.unlink()
    for participant, text in INTERVIEWS.items():
        (folder / "interviews" / f"{participant}.txt").write_bytes(text.encode())
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.mark.parametrize("words", [["--study", "small", "--drafts"], [f"{FOLDER}/coding", "--drafts", FOLDER]])
def test_a_folder_stands_for_its_files_and_drafts_go_to_the_study(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    word().write(folder / "coding")
    (folder / "coding" / "coverage.csv").write_text("participant,coder\nP01,SK\n", encoding="utf-8")
    assert main(words) == 0
    said = capsys.readouterr().out
    assert "P01_SK+นพ.docx" in said
    assert "P02_นพ.docx" in said
    assert "coverage.csv" not in said
    codes = pd.read_csv(folder / "codebook.csv")
    assert sorted(codes["label_en"]) == ["attitude", "budget", "budget_need", "skills", "skills_need"]
    assert list(pd.read_csv(folder / "participants.csv")["participant_id"]) == ["P01", "P02", "P03"]
    assert "participants: {consent: all}" in said
    assert ("All files together: " in said) == ("--study" in words)


def test_tables_are_drafted_from_too(folder: Path) -> None:
    maxqda().write(folder / "coding")
    assert main(["--study", "small", "--drafts"]) == 0
    codes = pd.read_csv(folder / "codebook.csv", keep_default_na=False)
    below = dict(zip(codes["code_id"], codes["parent_id"], strict=True))
    assert sorted(map(bool, below.values())) == [False, False, False, True, True]
    assert list(pd.read_csv(folder / "participants.csv")["participant_id"]) == ["P01", "P02", "P03"]


def test_whoever_has_coding_in_the_files_does_not_lack_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even where it can't be placed yet: there is no codebook."""
    word().write(folder / "coding")
    (folder / "interviews" / "P04.txt").write_text("ผู้สัมภาษณ์: ก\nผู้ให้ข้อมูล: ข", encoding="utf-8")
    main(["--study", "small", "--drafts"])
    capsys.readouterr()
    (folder / "codebook.csv").unlink()
    assert main(["--study", "small"]) == 0
    said = capsys.readouterr().out
    together = said.partition("All files together: ")[2]
    assert "participants without coding in these files / ผู้ให้ข้อมูลที่ไม่มีการลงรหัสในไฟล์เหล่านี้: P04\n" in together


def test_one_file_that_cannot_be_read_keeps_no_other_from_the_drafts(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word().write(folder / "coding")
    (folder / "coding" / "broken.qdpx").write_bytes(b"x")
    assert main(["--study", "small", "--drafts"]) == 1
    assert "broken.qdpx:" in capsys.readouterr().out
    assert (folder / "codebook.csv").is_file()


@pytest.mark.parametrize(("words", "said"), [
    ([], "Name a file or a folder, or a study"),
    (["x.qdpx", "--drafts"], "Name a file or a folder, or a study"),
    (["--study", "small"], "There are no files of coding there"),
])  # fmt: skip
def test_without_files_it_is_told_what_to_name(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(words) == 1
    printed = capsys.readouterr().out
    assert said in printed
    assert len(printed.strip().splitlines()) == 2
