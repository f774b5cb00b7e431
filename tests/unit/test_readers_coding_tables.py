from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from thongthin.problems import Problems
from thongthin.readers.coding.model import CodedFile
from thongthin.readers.coding.tables import read_coding_table

DATA = Path(__file__).parents[3] / "shared" / "data"
KNOWN = ("skills", "skills_gap", "Skills gap", "budget", "Trust, mutual", "ทักษะ", "open")


def read(
    folder: Path, rows: str | list[list[object]], name: str = "SK.csv", **options: object
) -> tuple[CodedFile | None, Problems]:
    path = folder / name
    if isinstance(rows, str):
        path.write_text(rows, encoding="utf-8-sig")
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.worksheets[0].append(row)
        book.save(path)
    problems = Problems()
    options.setdefault("known", KNOWN)
    return read_coding_table(path, problems.at(f"coding/{name}"), **options), problems  # type: ignore[arg-type]


def good(folder: Path, rows: str | list[list[object]], name: str = "SK.csv", **options: object) -> CodedFile:
    file, problems = read(folder, rows, name, **options)
    assert not problems.found
    assert file is not None
    return file


def segments(file: CodedFile) -> list[tuple[object, ...]]:
    return [(s.source, s.start, s.end, s.codes, s.coder, s.quoted, s.row) for s in file.selections]


# --- segments -----------------------------------------------------------------------------------------------


def test_our_own_table_of_segments(tmp_path: Path) -> None:
    file = good(
        tmp_path, "participant,start,end,code,coder,text\nP1,๓,10.0,skills,SK,น้ํา 👍🏽\nP2,0,4,budget; Skills Gap,NP,\n"
    )
    assert (file.file, file.format, file.units[0]) == ("coding/SK.csv", "segments", "code_points")
    assert segments(file) == [
        ("P1", 3, 10, ("skills",), "SK", "น้ำ 👍🏽", 2),
        ("P2", 0, 4, ("budget", "Skills gap"), "NP", "", 3),
    ]
    assert [source.id for source in file.sources] == ["P1", "P2"]
    assert [code.id for code in file.codes] == ["skills", "budget", "Skills gap"]
    assert [s.place for s in file.selections] == ["row 2", "row 3"]


@pytest.mark.parametrize(
    ("header", "row", "coder"),
    [
        ("Document,Segment,Code", "P1,น้ำใส,skills", "SK"),
        ("เอกสาร,ข้อความ,รหัส,ผู้ลงรหัส", "P1,น้ำใส,skills,นิดา", "นิดา"),
        # MAXQDA: beginning and end are numbers of paragraphs, and no positions
        (
            "Color,Document group,Document name,Code,Beginning,End,Weight score,Segment,Created by,Created,Area",
            "●,A,P1,skills,12,12,0,น้ำใส,nid,2023-04-12,55",
            "nid",
        ),
        # ATLAS.ti
        (
            "ID,Quotation Name,Document,Quotation Content,Comment,Codes,Reference,Density,Created by,Modified by",
            "1:2,น้ำ,P1,น้ำใส,,skills,12 - 12,1,nid,som",
            "nid",
        ),
        # Dedoose
        (
            "Media Title,Excerpt Copy,Excerpt Creator,Excerpt Range,Codes Applied Combined",
            "P1,น้ำใส,nid,3-7,skills",
            "nid",
        ),
    ],
)
def test_headers_of_other_tools_and_languages(tmp_path: Path, header: str, row: str, coder: str) -> None:
    file = good(tmp_path, f"{header}\n{row}\n")
    assert segments(file) == [("P1", None, None, ("skills",), coder, "น้ำใส", 2)]
    assert file.units == ()


def test_several_codes_in_a_cell(tmp_path: Path) -> None:
    rows = [
        ["document", "text", "codes"],
        ["P1", "ก", "skills\nbudget"],
        ["P1", "ข", "Trust, mutual, budget"],
        ["P1", "ค", "skills; unheard of, really"],
        ["P1", "ง", "ไม่มี"],
        ["P1", "จ", "Theme > open"],
    ]
    file = good(tmp_path, rows, "SK.xlsx")
    assert [s.codes for s in file.selections] == [
        ("skills", "budget"),
        ("Trust, mutual", "budget"),
        ("skills", "unheard of, really"),
        (),
        ("Theme > open",),
    ]
    assert all(s.judged for s in file.selections)
    assert [(c.id, c.name, c.parent) for c in file.codes][-2:] == [
        ("Theme", "Theme", ""),
        ("Theme > open", "open", "Theme"),
    ]


def test_positions_may_be_missing_where_there_is_text(tmp_path: Path) -> None:
    file = good(tmp_path, "participant,start,end,code,text\nP1,3,7,skills,\nP1,,,skills,ใส\n")
    assert [(s.start, s.end, s.quoted) for s in file.selections] == [(3, 7, ""), (None, None, "ใส")]


@pytest.mark.parametrize(
    ("column", "option", "coder"), [("NP", None, "NP"), ("NP", "SS", "NP"), ("", "SS", "SS"), (None, "SS", "SS")]
)
def test_the_coder_stands_in_a_column_or_is_told(
    tmp_path: Path, column: str | None, option: str | None, coder: str
) -> None:
    header, cell = ("", "") if column is None else (",coder", f",{column}")
    file = good(tmp_path, f"participant,text,code{header}\nP1,ก,skills{cell}\n", coder=option)
    assert file.selections[0].coder == coder


@pytest.mark.parametrize(
    ("row", "column", "kind"),
    [
        ("P1,x,3,skills,SK,ใส", "start", "position"),
        ("P1,-1,3,skills,SK,ใส", "start", "position"),
        ("P1,1.5,3,skills,SK,ใส", "start", "position"),
        ("P1,,3,skills,SK,ใส", "start", "empty-cell"),
        ("P1,0,,skills,SK,ใส", "end", "empty-cell"),
        ("P1,,,skills,SK,", "", "no-place"),
        ("P1,0,3,,SK,ใส", "code", "empty-cell"),
        ("P1,0,3,skills,,ใส", "coder", "empty-cell"),
        (",0,3,skills,SK,ใส", "participant", "empty-cell"),
    ],
)
def test_bad_cells_of_segments(tmp_path: Path, row: str, column: str, kind: str) -> None:
    _, problems = read(tmp_path, f"participant,start,end,code,coder,text\n{row}\n")
    assert [(p.kind, p.file, p.row, p.column) for p in problems] == [(kind, "coding/SK.csv", 2, column)]
    assert problems.found[0].th


# --- units --------------------------------------------------------------------------------------------------


def test_a_blank_unit_was_not_judged_and_a_word_says_that_it_has_no_code(tmp_path: Path) -> None:
    rows = (
        "participant,no.,text,Code 1,Code 2\nP1,1,ก,skills,budget\nP1,2,ข,,\nP1,3,ค,none,\nP1,4,ง,-,\nP2,1,ก,,ไม่มีรหัส\n"
    )
    file = good(tmp_path, rows)
    assert (file.format, file.units) == ("units", ())
    assert [(s.source, s.quoted, s.codes, s.judged, s.coder) for s in file.selections] == [
        ("P1", "ก", ("skills", "budget"), True, "SK"),
        ("P1", "ข", (), False, "SK"),
        ("P1", "ค", (), True, "SK"),
        ("P1", "ง", (), True, "SK"),
        ("P2", "ก", (), True, "SK"),
    ]
    assert not any(s.whole or s.turn for s in file.selections)


def test_units_by_turn_in_thai_from_excel(tmp_path: Path) -> None:
    rows = [
        ["ผู้ให้ข้อมูล", "ช่วงพูด", "รหัส 1", "รหัส ๒"],
        ["P1", 3, "ทักษะ", None],
        ["P1", "P1-004", 0, None],
        ["P1", 5, None, None],
    ]
    file = good(tmp_path, rows, "NP.xlsx")
    assert [(s.turn, s.codes, s.judged, s.coder) for s in file.selections] == [
        ("3", ("ทักษะ",), True, "NP"),
        ("P1-004", (), True, "NP"),
        ("5", (), False, "NP"),
    ]


def test_a_column_code_beside_numbered_ones_is_the_first(tmp_path: Path) -> None:
    file = good(tmp_path, "document,text,Code,Code2\nP1,ก,skills,budget\n")
    assert file.selections[0].codes == ("skills", "budget")


def test_units_may_be_whole_interviews(tmp_path: Path) -> None:
    file = good(tmp_path, "participant,Code 1,Code 2\nP1,skills,\nP2,,\n")
    assert [(s.source, s.codes, s.judged, s.whole) for s in file.selections] == [
        ("P1", ("skills",), True, True),
        ("P2", (), False, True),
    ]
    _, problems = read(tmp_path, "participant,Code 1\nP1,skills\nP1,budget\n")
    assert [(p.kind, p.row, p.en) for p in problems] == [
        ("double-unit", 3, '"SK" coded the whole of "P1" in row 2 already.')
    ]


def test_a_unit_with_codes_and_none_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "participant,text,Code 1,Code 2\nP1,ก,skills,none\n")
    assert [(p.row, p.column, p.en) for p in problems] == [(2, "Code 2", 'This unit has codes, and "none" as well.')]


def test_a_code_that_is_called_none_is_a_code(tmp_path: Path) -> None:
    file = good(tmp_path, "participant,text,Code 1\nP1,ก,None\n", known=("none",))
    assert file.selections[0].codes == ("none",)


# --- 0 and 1 ------------------------------------------------------------------------------------------------


def test_a_table_of_0_and_1(tmp_path: Path) -> None:
    rows = "Name,site,skills,Trust\nP1,A,1,0\nP2,B,1.0,\nP3,B,,\nP4,A,FALSE,0\n"
    file = good(tmp_path, rows, "team.csv", known=("skills",))
    assert file.format == "units"
    assert [(s.source, s.codes, s.judged, s.undecided, s.whole) for s in file.selections] == [
        ("P1", ("skills",), True, (), True),
        ("P2", ("skills",), True, ("Trust",), True),
        ("P3", (), False, ("skills", "Trust"), True),
        ("P4", (), True, (), True),
    ]
    assert [code.id for code in file.codes] == ["skills", "Trust"]


def test_a_cell_that_is_neither_0_nor_1(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "participant,skills,budget\nP1,1,0\nP2,2,1\n")
    assert [(p.kind, p.row, p.column) for p in problems] == [("binary", 3, "skills")]


@pytest.mark.skipif(not (DATA / "interviews_wac").is_dir(), reason="the real data do not stand beside the project")
def test_a_real_table_of_0_and_1() -> None:
    problems = Problems()
    path = DATA / "interviews_wac" / "codes.csv"
    file = read_coding_table(path, problems.at("coding/codes.csv"))
    assert not problems.found
    assert file is not None
    assert (len(file.selections), len(file.codes)) == (57, 110)
    table = pd.read_csv(path, index_col="Name")
    given = {(s.source, code) for s in file.selections for code in s.codes}
    assert given == {(who, code) for who in table.index for code in table.columns if table.at[who, code] == 1}
    undecided = {(s.source, code) for s in file.selections for code in s.undecided}
    assert len(undecided) == int(table.isna().sum().sum())


# --- what a table is ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "column", "en", "hint"),
    [
        ("participant,site,sex", "", "This is no table of coding", "Segments: participant, code, text"),
        ("participnt,code,text", "", "This is no table of coding", 'Is "participnt" meant to be "participant"?'),
        ("participant,cod,text", "", "This is no table of coding", 'Is "cod" meant to be "code"?'),
        ("participant,code,strat,end,text", "strat", '"strat" is not a column', 'Did you mean "start"?'),
        ("participant,code", "text", 'The column "text" is missing.', "Add the text of each segment"),
        ("participant,code,start", "end", 'The column "end" is missing.', ""),
        ("participant,unit,Code 1", "text", 'The column "text" is missing.', "add its text, or a column turn"),
        ("participant,code,text,code", "code", 'The column "code" stands 2 times.', ""),
    ],
)
def test_headers_that_do_not_tell_enough(tmp_path: Path, header: str, column: str, en: str, hint: str) -> None:
    file, problems = read(tmp_path, f"{header}\n{','.join('abcdef'[: header.count(',') + 1])}\n")
    assert file is None
    assert [(p.row, p.column) for p in problems] == [(1, column)]
    assert en in problems.found[0].en
    assert hint in problems.found[0].hint_en


def test_a_table_without_rows(tmp_path: Path) -> None:
    file, problems = read(tmp_path, "participant,code,text\n")
    assert file is None
    assert [p.kind for p in problems] == ["no-rows"]


# --- hostile and damaged ------------------------------------------------------------------------------------


def test_formulas_stay_text(tmp_path: Path) -> None:
    rows = 'document,text,code\nP1,"=cmd|\' /C calc\'!A0",skills\nP1,\'=1+1,skills\nP1,@SUM(A1),"=HYPERLINK(""x"")"\n'
    file = good(tmp_path, rows)
    # An apostrophe in front is how tables of ours keep a spreadsheet from computing; it is no part of the text.
    assert [s.quoted for s in file.selections] == ["=cmd|' /C calc'!A0", "=1+1", "@SUM(A1)"]
    assert file.selections[2].codes == ('=HYPERLINK("x")',)


def test_a_formula_that_fails_is_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "document,text,code\nP1,#REF!,skills\n")
    assert ("formula-error", 2, "text") in [(p.kind, p.row, p.column) for p in problems]


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    good(tmp_path, [["document", "text", "code"], ["P1", "ก", "skills"]], "SK.xlsx")
    data = (tmp_path / "SK.xlsx").read_bytes()
    (tmp_path / "NP.xlsx").write_bytes(data[: len(data) // 2])
    problems = Problems()
    assert read_coding_table(tmp_path / "NP.xlsx", problems.at("coding/NP.xlsx")) is None
    assert [p.kind for p in problems] == ["unreadable"]


def test_a_cell_of_nothing_but_commas_is_split_in_time(tmp_path: Path) -> None:
    cell = ",".join(["budget"] * 15_000 + ["x"])
    file = good(tmp_path, f'document,text,code\nP1,ก,"{cell}"\n')
    assert file.selections[0].codes == ("budget", "x")
