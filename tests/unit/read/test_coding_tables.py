from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from coding_files import table

from thongthin.basics.problems import Problems
from thongthin.read.coding.model import CodedFile
from thongthin.read.coding.tables import read_coding_table

DATA = Path(__file__).parents[4] / "shared" / "data"
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


# --- tables of tools ----------------------------------------------------------------------------------------

# Headers as the tools write them (sources: `thongthin.read.coding.headers`), the cells by header.
TOOL_TABLES = {
    "ATLAS.ti 9": (
        "ID,Document,Quotation Name,Quotation Content,Comment,Codes,Reference,Density,Created by,Created,Modified by",
        {"Document": "P1", "Quotation Content": "น้ำใส", "Codes": "skills", "Created by": "nid", "Density": "1"},
    ),
    "ATLAS.ti 23": (
        "ID,Reference,Document,Text Content,Quotation Name,Codes,Code Groups,Comment,Created by,Start,End,Extent",
        {"Document": "P1", "Text Content": "น้ำใส", "Codes": "skills", "Created by": "nid", "Start": "3", "End": "3"},
    ),
    "MAXQDA 2020": (
        "Color,Comment,Document group,Document name,Code,Beginning,End,Weight score,Segment,Modified by,Modified,"
        "Created by,Created,Area,Coverage %",
        {"Document name": "P1", "Segment": "น้ำใส", "Code": "skills", "Created by": "nid", "Beginning": "12"},
    ),
    "MAXQDA, German": (
        "Farbe,Kommentar,Dokumentgruppe,Dokumentname,Code,Anfang,Ende,Gewicht,Segment,Erstellt von,Erstellt am",
        {"Dokumentname": "P1", "Segment": "น้ำใส", "Code": "skills", "Erstellt von": "nid", "Anfang": "12"},
    ),
    "QualCoder, exact matches": (
        "Filename,Codename,pos0,pos1,Text,Owner",
        {"Filename": "P1", "Codename": "skills", "pos0": "3", "pos1": "8", "Text": "น้ำใส", "Owner": "nid"},
    ),
    "Dedoose": (
        "Media Title,Excerpt Range,Excerpt Creator,Excerpt Date,Excerpt Copy,Resource Creator,Codes Applied Combined,"
        "Code: skills Applied,Code: Theme\\Trust Applied,Code: skills Weight",
        {
            "Media Title": "P1", "Excerpt Copy": "น้ำใส", "Excerpt Creator": "nid", "Codes Applied Combined": "skills",
            "Code: skills Applied": "True", "Code: Theme\\Trust Applied": "False",
        },
    ),
}  # fmt: skip


@pytest.mark.parametrize("tool", TOOL_TABLES)
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_tables_of_tools_are_known_by_their_headers(tmp_path: Path, tool: str, suffix: str) -> None:
    written, cells = TOOL_TABLES[tool]
    header = written.split(",")
    row = [cells.get(name, "") for name in header]
    (tmp_path / f"team.{suffix}").write_bytes(table(suffix, header, [row]))
    problems = Problems()
    file = read_coding_table(tmp_path / f"team.{suffix}", problems.at("coding/team"), known=KNOWN)
    assert [str(problem) for problem in [*problems, *problems.notices]] == []
    assert file is not None
    position = (3, 8) if "pos0" in cells else (None, None)
    assert segments(file) == [("P1", *position, ("skills",), "nid", "น้ำใส", 2)]
    assert file.tool == tool.split(",")[0].rstrip("0123456789 ")


def test_paragraphs_of_a_tool_are_no_positions(tmp_path: Path) -> None:
    file = good(tmp_path, "Document,Text Content,Codes,Start,End\nP1,ใส,skills,12,14\n", coder="SK")
    assert (file.tool, file.units, file.selections[0].start) == ("ATLAS.ti", (), None)
    _, problems = read(tmp_path, "Document,Quotation Name,Codes,Start,End\nP1,ใส,skills,12,14\n")
    assert [(p.kind, p.column) for p in problems] == [("missing-column", "text")]


def test_codes_joined_with_commas_are_parted_by_what_is_known(tmp_path: Path) -> None:
    header = "Document,Quotation Content,Codes,Created by\n"
    rows = (
        'P1,ก,"budget, Trust, mutual, skills",nid\n'  # the codebook knows "Trust, mutual"
        'P1,ข,"skills, budgt",nid\n'  # what is unknown is met by itself
        'P1,ค,"new idea, budget",nid\nP1,ง,new idea,nid\n'  # stands alone elsewhere
        'P1,จ,"what, ever",nid\n'
    )
    file = good(tmp_path, header + rows)
    assert [s.codes for s in file.selections] == [
        ("budget", "Trust, mutual", "skills"),
        ("skills", "budgt"),
        ("new idea", "budget"),
        ("new idea",),
        ("what, ever",),
    ]


def test_without_a_codebook_commas_part_codes_of_a_tool_that_joins_them_so_and_that_is_told(tmp_path: Path) -> None:
    header = "Document,Quotation Content,Codes,Created by\n"
    file, problems = read(
        tmp_path, header + 'P1,ก,"open, Trust",nid\nP1,ข,"open, Trust",nid\nP1,ค,open,nid\n', known=()
    )
    assert file is not None
    assert [s.codes for s in file.selections] == [("open", "Trust"), ("open", "Trust"), ("open",)]
    (notice,) = problems.notices
    assert (notice.kind, notice.row, notice.column) == ("commas", 2, "Codes")
    assert notice.en == 'Taken for 2 codes, as the tool joins codes with commas: "open", "Trust". Also in row 3.'
    # Where the tool puts each code on a line, a comma belongs to a name; and so it does in a table of people.
    file = good(tmp_path, [["Document", "Quotation Content", "Codes", "Created by"], ["P1", "ก", "a, b\nc", "nid"]],
                "x.xlsx", known=())  # fmt: skip
    assert file.selections[0].codes == ("a, b", "c")
    assert good(tmp_path, 'document,text,code\nP1,ก,"a, b"\n', known=()).selections[0].codes == ("a, b",)


def test_dedoose_tells_each_code_by_itself(tmp_path: Path) -> None:
    rows = [
        ["Media Title", "Excerpt Copy", "Excerpt Creator", "Codes Applied Combined", "Code: budget Applied",
         "Code: Theme\\a, b Applied"],
        ["P1.docx", "ก", "nid", "budget, a, b", "True", "True"],
        ["P1.docx", "ข", "nid", "", "False", "False"],
    ]  # fmt: skip
    file = good(tmp_path, rows, "x.xlsx", known=("budget",))
    assert file.format == "segments"
    assert [(s.codes, s.judged, s.undecided) for s in file.selections] == [
        (("budget", "Theme\\a, b"), True, ()),
        ((), True, ()),
    ]
    assert [(code.name, code.parent) for code in file.codes] == [("budget", ""), ("Theme", ""), ("a, b", "Theme")]


def test_what_qualcoder_lists_and_is_no_text_is_left_out_and_a_passage_counts_once(tmp_path: Path) -> None:
    rows = (
        '"Case","Filename","Coder","Coded","Id","Codename","Coded_Memo","Category"\n'
        '"Nam Sai","P1.txt","SK","ก","ctid:1","skills",""\n'
        '"Officials","P1.txt","SK","ก","ctid:1","skills","","Study"\n'
        '"Nam Sai","map.png","SK","image","imid:1","budget",""\n'
    )
    file, problems = read(tmp_path, rows.replace('"Case"', "Case"))
    assert [str(problem) for problem in problems] == []
    assert file is not None
    assert [(s.source, s.codes, s.quoted, s.row) for s in file.selections] == [
        ("P1.txt", ("skills",), "ก", 2),
        ("map.png", ("budget",), "", None),
    ]


def test_the_table_of_a_tool_that_does_not_tell_the_coder_says_who_it_is_taken_for(tmp_path: Path) -> None:
    file, problems = read(tmp_path, "Document,Quotation Content,Codes\nP1,ก,skills\n", "quotations.csv")
    assert file is not None
    assert file.selections[0].coder == "quotations"
    (notice,) = problems.notices
    assert notice.en.startswith('This table of ATLAS.ti does not tell who coded; the coder is called "quotations"')
    assert 'coding: {files: [{file: "quotations.csv", coder: SK}]}' in notice.hint_en


def test_a_preview_is_no_passage(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "Document name,Document group,Code,Preview\nP1,A,skills,น้ำ\n")
    (problem,) = problems
    assert (problem.kind, problem.column) == ("missing-column", "segment")
    assert "holds only the first characters" in problem.hint_en


# --- rows as people leave them ------------------------------------------------------------------------------


def test_merged_cells_count_for_all_their_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in [["document", "text", "code", "coder"], ["P1", "ก", "skills", "SK"], [None, "ข", "budget", None],
                ["P2", "ค", "skills", "NP"], [None, "ง", "skills", "NP"]]:  # fmt: skip
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    sheet.merge_cells("D2:D3")
    book.save(tmp_path / "x.xlsx")
    problems = Problems()
    file = read_coding_table(tmp_path / "x.xlsx", problems.at("coding/x.xlsx"), known=KNOWN)
    assert file is not None
    assert [(s.source, s.quoted, s.coder) for s in file.selections] == [
        ("P1", "ก", "SK"),
        ("P1", "ข", "SK"),
        ("P2", "ค", "NP"),
    ]
    assert [(n.kind, n.row, n.column, n.en) for n in problems.notices] == [
        ("merged-cells", 2, "document", 'A merged cell counts for all its rows: "P1". Also in row 3.'),
        ("merged-cells", 2, "coder", 'A merged cell counts for all its rows: "SK". Also in row 3.'),
    ]
    # An empty cell that nothing fills is asked about.
    assert [(p.kind, p.row, p.column) for p in problems] == [("empty-cell", 5, "document")]
    assert problems.found[0].hint_en == "If the cell above counts for this row, too, fill it down."


def test_totals_and_remarks_below_the_data_are_told_once_and_left_out(tmp_path: Path) -> None:
    file, problems = read(
        tmp_path,
        "document,text,code\nP1,ก,skills\nP2,ข,budget\nTotal,,2\n\nKey: see the codebook,,\nรวม,,\n",
    )
    assert [str(problem) for problem in problems] == []
    assert file is not None
    assert [s.source for s in file.selections] == ["P1", "P2"]
    (notice,) = problems.notices
    assert (notice.kind, notice.row) == ("below-the-data", 4)
    assert '"Total", "Key: see the codebook", "รวม". Also in rows 6, 7.' in notice.en
    # A row of somebody who is coded above was left unfinished; and one among the data is no remark.
    _, problems = read(tmp_path, "document,text,code\nP1,ก,skills\nP1,,\n")
    assert {p.kind for p in problems} == {"empty-cell", "no-place"}
    _, problems = read(tmp_path, "document,text,code\nP9,,\nP1,ก,skills\n")
    assert {p.row for p in problems} == {2}


def test_a_total_below_a_table_of_0_and_1(tmp_path: Path) -> None:
    file, problems = read(tmp_path, "participant,skills,budget\nP1,1,0\nP2,1,1\nTotal,2,1\n")
    assert [str(problem) for problem in problems] == []
    assert file is not None
    assert [s.codes for s in file.selections] == [("skills",), ("skills", "budget")]


# --- matrices -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rows",
    [
        [["", "A : P1", "B : P2"], ["1 : skills", 2, 0], ["2 : what's new", 0, 1]],  # NVivo
        [["Code System", "P1", "P2", "SUM"], ["skills", 2, None, 2], ["what's new", None, 1, 1], ["SUM", 2, 1, 3]],
    ],
)
def test_a_matrix_of_codes_and_interviews(tmp_path: Path, rows: list[list[object]]) -> None:
    file, problems = read(tmp_path, rows, "matrix.xlsx", coder="SK", known=())
    assert [str(problem) for problem in problems] == []
    assert file is not None
    assert (file.format, file.units) == ("units", ())
    assert [(s.source, s.codes, s.coder, s.whole, s.judged) for s in file.selections] == [
        ("P1", ("skills",), "SK", True, True),
        ("P2", ("what's new",), "SK", True, True),
    ]
    (notice,) = problems.notices
    assert notice.en.startswith("Of this matrix (2 codes, 2 interviews) is read whether a code was given")
    _, problems = read(tmp_path, rows, "matrix.xlsx", known=())
    (problem,) = problems
    assert problem.kind == "no-coder"
    assert problem.hint_en.endswith("coding: {coder: SK}")


@pytest.mark.skipif(
    not (DATA / "nvivo_coding_matrices").is_dir(), reason="the real data do not stand beside the project"
)
def test_matrices_that_nvivo_wrote() -> None:
    for path in sorted((DATA / "nvivo_coding_matrices").glob("Int*.xlsx")):
        problems = Problems()
        file = read_coding_table(path, problems.at(path.name), "SK")
        assert [str(problem) for problem in problems] == []
        assert file is not None
        (selection,) = file.selections
        (_, header), *cells = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
        assert (f"A : {selection.source}", len(file.codes)) == (header, len(cells))
        counts = {str(code).partition(" : ")[2]: count for code, count in cells}
        assert set(selection.codes) == {code for code, count in counts.items() if count}


def test_a_nameless_first_column_makes_no_matrix_of_another_table(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [["", "age"], ["P1", 1], ["P2", 0]], "x.xlsx")
    assert [p.kind for p in problems] == ["no-header", "unknown-table"]


def test_a_lost_header_is_told_though_the_others_make_a_table(tmp_path: Path) -> None:
    """Taguette's table whose "id" moved far to the right would else be one of segments, with a row for each tag."""
    rows = [["", "document", "tag", "content", "id"], [1, "P1", "A", "one", ""], [1, "P1", "B", "one", ""]]
    _, problems = read(tmp_path, rows, "x.xlsx")
    assert [p.kind for p in problems] == ["no-header"]


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
