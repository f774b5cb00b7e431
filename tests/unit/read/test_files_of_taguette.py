"""Files that Taguette itself wrote, of our own texts; `tests/data/README.md` tells how they were made."""

from __future__ import annotations

import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pytest
from coding_files import MARKS, Mark, codes_table, expected, transcripts_table, turns_table
from studies import ANSWERS, coding_rows, make_study

from thongthin.basics.language import normalise_text, one_line
from thongthin.basics.problems import Problems
from thongthin.commands.coding_in_study import read_study_files
from thongthin.contract.coding import Coding as Settings
from thongthin.contract.coding import CodingFile
from thongthin.read.codebook import read_codebook
from thongthin.read.coding import Coding, read_coding
from thongthin.read.coding.positions import Convention, place
from thongthin.read.coding.taguette import read_taguette

FILES = Path(__file__).parents[2] / "data" / "taguette-1.5.2.zip"
SEGMENT = ["participant_id", "start", "end", "code_id", "coder", "text"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the files."""
    folder = tmp_path_factory.mktemp("taguette")
    with zipfile.ZipFile(FILES) as archive:
        archive.extractall(folder)
    return folder


def read(path: Path, coder: str | None = None) -> tuple[Coding, Problems]:
    problems = Problems()
    settings = Settings(files=[CodingFile(file=path.name, coder=coder)] if coder else [])
    here = problems.at("coding")
    return read_coding([path], codes_table(), transcripts_table(), turns_table(), here, settings=settings), problems


def rows(coding: Coding) -> list[tuple[object, ...]]:
    return list(coding.codings[SEGMENT].itertuples(index=False, name=None))


def by(coders: dict[str, str], marks: Iterable[Mark] = MARKS) -> list[tuple[object, ...]]:
    """What must be read if the coders are called so; what both marked counts once if they are called alike."""
    return list(dict.fromkeys(expected(mark._replace(coder=coders[mark.coder]) for mark in marks)))


def test_the_database_of_a_server_tells_the_coders(made: Path) -> None:
    coding, problems = read(made / "server.sqlite3")
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert rows(coding) == by({"SK": "sk", "นพ": "np"})
    assert set(coding.coding_sources["unit"]) == {"utf8"}
    assert coding.coding_sources["exact"].tolist() == [6, 2, 1]


def test_an_exported_project_has_lost_its_coders(made: Path) -> None:
    _, problems = read(made / "project.sqlite3")
    (problem,) = problems
    assert (problem.kind, problem.en) == ("no-coder", "This file does not tell who coded (passages: 9).")
    assert problem.hint_en.startswith(
        'Say so in study.yml: coding: {files: [{file: "project.sqlite3", coder: SK}]} Tag'
    )
    assert "Taguette" in problem.hint_th
    coding, problems = read(made / "project.sqlite3", coder="SK")
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert rows(coding) == by({"SK": "SK", "นพ": "SK"})


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "html", "docx"])
def test_the_lists_of_highlights_are_read(made: Path, suffix: str) -> None:
    coding, problems = read(made / f"all_tags.{suffix}", coder="SK")
    # Two coders gave one passage the same code; the list does not tell them apart.
    assert [problem.kind for problem in problems] == ["double-segment"] * (suffix in ("csv", "xlsx"))
    assert rows(coding) == by({"SK": "SK", "นพ": "SK"})
    # Highlights without a tag are not in the lists.
    assert coding.coding_sources["by_text"].tolist() == [6, 1, 1]


def test_each_coder_in_a_project_of_their_own_codes_a_whole_study(made: Path, tmp_path: Path) -> None:
    """The way to code with several people, in interviews that were given to Taguette as .txt, .md and .docx."""
    coders = {"SK": "small-SK.sqlite3", "NP": "small-NP.sqlite3"}
    said = {"files": [{"file": file, "coder": coder} for coder, file in coders.items()]}
    folder = make_study(tmp_path, study={"coding": said}, files={"coding/coding.csv": None})
    (folder / "coding").mkdir()
    for file in coders.values():
        (folder / "coding" / file).write_bytes((made / file).read_bytes())
    study, problems = read_study_files(tmp_path, "small"), Problems()
    assert study.wrong == 0
    found = []
    for file in coders.values():
        coding = study.read(folder / "coding" / file, problems.at("coding"))
        assert (coding.coding_sources["exact"] == coding.coding_sources["selections"]).all()
        found += coding.codings[SEGMENT].to_dict("records")
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert set(ANSWERS) == {row["participant_id"] for row in found}
    ours = {(who, start, end, code, coder, text) for who, start, end, code, coder, text in coding_rows()}
    assert {tuple(row.values()) for row in found} == ours
    assert len(found) == len(coding_rows())


def test_the_exported_codebook_gets_its_levels_back(made: Path) -> None:
    problems = Problems()
    codes = read_codebook(made / "codebook.qdc", None, problems.at("codebook.qdc"))
    assert [str(problem) for problem in problems] == []
    assert list(codes[["code_id", "parent_id", "label_en", "theme_id"]].itertuples(index=False, name=None)) == [
        ("interesting", "", "interesting", "interesting"),  # every project of Taguette begins with it
        ("attitude", "", "Attitude", "attitude"),
        ("budget", "", "Budget", "budget"),
        ("budget_shortage", "budget", "Shortage", "budget"),
        ("skills", "", "Skills", "skills"),
        ("skills_shortage", "skills", "Shortage", "skills"),
    ]
    here = Problems()
    coding = read_coding([made / "server.sqlite3"], codes, transcripts_table(), turns_table(), here.at("coding"))
    assert [str(problem) for problem in here] == []
    called = {"budget_need": "budget_shortage", "skills_need": "skills_shortage"}
    found = coding.codings["code_id"].value_counts().to_dict()
    assert found == {called.get(code, code): n for code, n in Counter(row[3] for row in expected()).items()}


TURNS = [
    "ผู้สัมภาษณ์: ทำงานที่นี่เป็นอย่างไร",
    "ผู้ให้ข้อมูล: ทํางานหนัก 👍🏽 แต่ <สนุก> & ดี",
    "ผู้สัมภาษณ์: แล้วเรื่องทักษะ",
    "ผู้ให้ข้อมูล: คนรุ่นใหม่ 'พร้อม' คนรุ่นก่อน \"ต้องฝึก\" -- ทุกวัน...",
]
# Documents as they were given to Taguette, with what their paragraphs then are (stripped); None: not plain text.
DOCUMENTS: dict[str, tuple[str, list[str]] | None] = {
    "blank.txt": ("\r\n\r\n".join(TURNS), [TURNS[0], "", TURNS[1], "", TURNS[2], "", TURNS[3]]),
    "bom.txt": ("\r\n".join(TURNS), TURNS),
    "mixed.txt": (
        "หัวเรื่อง\n\n{}\n{}\n\n\n   {}\n\t{}\n".format(*TURNS),
        ["หัวเรื่อง", "", TURNS[0], TURNS[1], "", TURNS[2], TURNS[3]],
    ),
    "tis620.txt": ("\r\n".join(TURNS).replace("👍🏽", "ok"), [turn.replace("👍🏽", "ok") for turn in TURNS]),
    "utf16.txt": ("\r\n".join(TURNS), TURNS),
    "cr.txt": ("\r".join(TURNS), TURNS),
    "one.html": None,
    "talk.vtt": None,
}


def test_positions_are_right_in_documents_of_every_kind(made: Path) -> None:
    """Blank lines, indents, line ends, encodings, HTML and subtitles."""
    problems = Problems()
    coded = read_taguette(made / "documents.sqlite3", problems.at("coding"))
    assert coded is not None
    assert [str(problem) for problem in problems] == []
    assert [source.name for source in coded.sources] == list(DOCUMENTS)
    for source in coded.sources:
        assert source.text is not None
        as_typed, paragraphs = DOCUMENTS[source.name] or (source.text, None)
        assert paragraphs is None or [line.strip() for line in source.text.split("\n")] == paragraphs
        own = [selection for selection in coded.selections if selection.source == source.id]
        assert own
        for selection in own:
            assert source.text.encode()[selection.start : selection.end].decode() == selection.quoted
        transcript = normalise_text(as_typed)
        placements, report = place(source.text, transcript, own, coded.units)
        assert report.convention == Convention("utf8")
        for selection, placement in zip(own, placements, strict=True):
            assert placement.how == "exact"
            passage = transcript[placement.start : placement.end]
            assert one_line(passage) == one_line(normalise_text(selection.quoted)), source.name


def test_a_database_with_the_projects_of_several_people_is_not_taken_for_one(made: Path, tmp_path: Path) -> None:
    """What came before an import was done by whoever, even if it says that the importer did it."""
    path = tmp_path / "imported.sqlite3"
    path.write_bytes((made / "server.sqlite3").read_bytes())
    connection = sqlite3.connect(path)
    connection.execute("UPDATE commands SET user_login = 'np'")
    connection.execute(
        "INSERT INTO commands (date, user_login, project_id, payload) SELECT date, 'np', 1, ? FROM commands LIMIT 1",
        ['{"type": "project_import"}'],
    )
    connection.execute(
        "INSERT INTO commands (date, user_login, project_id, document_id, payload)"
        " SELECT date, 'sk', project_id, document_id, payload FROM commands WHERE id = 18"
    )
    connection.commit()
    connection.close()
    problems = Problems()
    coded = read_taguette(path, problems.at("coding"))
    assert coded is not None
    assert [selection.coder for selection in coded.selections] == [""] * 8 + ["sk"]
    assert pd.Series([selection.quoted for selection in coded.selections]).ne("").all()
