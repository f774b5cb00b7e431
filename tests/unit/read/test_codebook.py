from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest

from thongthin.basics.files import tables_first
from thongthin.basics.problems import Problems
from thongthin.read.codebook import codebook_rows, read_codebook
from thongthin.read.coding.codebooks import without_root
from thongthin.read.coding.model import ToolCode

TAGUETTE = Path(__file__).parents[2] / "data" / "taguette-1.5.2.zip"


def read(folder: Path, text: str | list[list[object]], name: str = "codebook.csv") -> tuple[pd.DataFrame, Problems]:
    path = folder / name
    if isinstance(text, str):
        path.write_text(text, encoding="utf-8-sig")
    else:
        book = openpyxl.Workbook()
        for row in text:
            book.worksheets[0].append(row)
        book.save(path)
    problems = Problems()
    return read_codebook(path, None, problems.at(name)), problems


def rows(codes: pd.DataFrame, *columns: str) -> list[tuple[object, ...]]:
    return list(codes[[*columns]].itertuples(index=False, name=None))


# --- as people write it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("column", "other"), [("label_en", "label_th"), ("label_th", "label_en")])
def test_a_label_in_one_language_stands_for_both_and_is_told_once(tmp_path: Path, column: str, other: str) -> None:
    definition = column.replace("label", "definition")
    codes, problems = read(tmp_path, f"code_id,{column},{definition}\nskills,Skills,What they can\nbudget,Budget,\n")
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "label_th", "label_en") == [("Skills", "Skills"), ("Budget", "Budget")]
    assert rows(codes, "definition_th", "definition_en")[0] == ("What they can", "What they can")
    (notice,) = problems.notices
    assert notice.kind == "one-language"
    assert other in notice.en


def test_a_code_without_any_label_is_a_problem(tmp_path: Path) -> None:
    _, problems = read(tmp_path, "code_id,label_th,label_en\nskills,ทักษะ,Skills\nbudget,,\n")
    assert [(p.kind, p.row, p.column) for p in problems] == [("empty-cell", 3, "label_th")]
    assert problems.notices == []
    _, problems = read(tmp_path, "code_id,factor\nskills,x\n")
    assert "missing-column" in {p.kind for p in problems}


def test_ids_are_made_from_labels_where_there_are_none_and_parents_are_named_by_label(tmp_path: Path) -> None:
    codes, problems = read(
        tmp_path,
        "label_en,label_th,parent_id\nBudget,งบประมาณ,\nShortage,ขาดแคลน,งบประมาณ\n,ทักษะ,\nShortage!,ขาดคน,ทักษะ\n",
    )
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "code_id", "parent_id", "theme_id") == [
        ("budget", "", "budget"),
        ("budget_shortage", "budget", "budget"),
        ("c03", "", "c03"),
        ("c03_shortage", "c03", "c03"),
    ]
    assert [(n.kind, n.column) for n in problems.notices] == [("one-language", "label_en"), ("ids-made", "code_id")]
    assert problems.notices[1].en == (
        "The codes have no ids; they are called after their labels: budget, budget_shortage, c03, c03_shortage."
    )
    # An id that is missing among others was forgotten.
    _, problems = read(tmp_path, "code_id,label_en\nbudget,Budget\n,Skills\n")
    assert [(p.row, p.column) for p in problems] == [(3, "code_id")]
    # What is no label of the table is told as before.
    _, problems = read(tmp_path, "label_en,parent_id\nBudget,\nShortage,Money\n")
    assert [p.en for p in problems] == ['The parent "Money" is not a code of this table.']


@pytest.mark.parametrize("label", ["+Government", "-1 to 1", "=equal", "@home"])
def test_labels_that_begin_like_a_formula_come_back(tmp_path: Path, label: str) -> None:
    """Tables of ours have an apostrophe before them."""
    codes, problems = read(tmp_path, f"code_id,label_th,label_en\na,'{label},'{label}\n")
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "label_th", "label_en") == [(label, label)]


def test_a_single_code_above_all_others_is_told(tmp_path: Path) -> None:
    table = "code_id,label_en,label_th,parent_id\nstudy,S,ก,\nbudget,B,ข,study\nneed,N,ค,budget\n"
    _, problems = read(tmp_path, table)
    assert [(n.kind, n.en) for n in problems.notices] == [
        ("one-theme", 'All codes stand below "study": it is the only theme.')
    ]
    _, problems = read(tmp_path, table.replace(",budget\n", ",study\n"))
    assert problems.notices == []
    _, problems = read(tmp_path, table + "skills,K,ง,\n")
    assert problems.notices == []


# --- as tools export it ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["codebook.csv", "codebook.docx", "codebook.html"])
def test_the_codebooks_that_taguette_wrote(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(TAGUETTE) as archive:
        archive.extract(name, tmp_path)
    problems = Problems()
    codes = read_codebook(tmp_path / name, None, problems.at(name))
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "code_id", "parent_id", "label_th", "label_en", "definition_th") == [
        ("attitude", "", "Attitude", "Attitude", "นิยามของ attitude"),
        ("budget", "", "Budget", "Budget", "นิยามของ budget"),
        ("budget_shortage", "budget", "Shortage", "Shortage", "นิยามของ budget_need"),
        ("skills", "", "Skills", "Skills", "นิยามของ skills"),
        ("skills_shortage", "skills", "Shortage", "Shortage", "นิยามของ skills_need"),
    ]
    assert [notice.kind for notice in problems.notices] == ["default-tag", "one-language"]
    assert problems.notices[0].en.startswith('The tag "interesting", which Taguette puts into every project,')


@pytest.mark.parametrize(
    "table",
    [
        [
            ["Code", "Comment", "Code Group 1", "Grounded", "Density"],
            ["Budget", "เงิน", "A", 4, 1],
            ["+Skills", None, "A", 2, 0],
        ],
        [["Name", "Description", "Files", "References"], ["Budget", "เงิน", 3, 4], ["+Skills", "", 1, 2]],
    ],
)
def test_tables_of_codes_of_other_tools(tmp_path: Path, table: list[list[object]]) -> None:
    codes, problems = read(tmp_path, table, "codebook.xlsx")
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "code_id", "label_en", "label_th", "definition_th") == [
        ("budget", "Budget", "Budget", "เงิน"),
        ("skills", "+Skills", "+Skills", ""),
    ]


def test_paths_of_other_tools_are_levels(tmp_path: Path) -> None:
    codes, problems = read(tmp_path, "Code,Memo\nBudget,เงิน\nBudget > Shortage,\nPeople\\Skills,คน\n")
    assert [str(problem) for problem in problems] == []
    assert rows(codes, "code_id", "parent_id", "label_en", "definition_th") == [
        ("budget", "", "Budget", "เงิน"),
        ("shortage", "budget", "Shortage", ""),
        ("people", "", "People", ""),
        ("skills", "people", "Skills", "คน"),
    ]


@pytest.mark.parametrize("name", ["codebook.docx", "codebook.html"])
def test_a_document_that_is_no_codebook_is_told(tmp_path: Path, name: str) -> None:
    if name.endswith("docx"):
        document = docx.Document()
        document.add_heading("Our codes", 2)
        document.add_paragraph("We agreed on five codes in 2 meetings.")
        document.save(str(tmp_path / name))
    else:
        (tmp_path / name).write_text("<h2>Our codes</h2><p>We agreed on 5.</p>", encoding="utf-8")
    problems = Problems()
    codes = read_codebook(tmp_path / name, None, problems.at(name))
    assert codes.empty
    assert [p.kind for p in problems] == ["unknown-codebook"]
    assert "a column label_en (or label_th) is enough" in problems.found[0].hint_en


def test_a_document_counts_only_where_there_is_no_table() -> None:
    assert tables_first(["codebook.csv", "codebook.docx"]) == ["codebook.csv"]
    assert tables_first(["codebook.docx"]) == ["codebook.docx"]
    assert tables_first(["codebook.csv", "codebook.xlsx"]) == ["codebook.csv", "codebook.xlsx"]


def test_a_folder_that_holds_all_codes_is_no_theme() -> None:
    folders = [ToolCode("1", "Study", codable=False), ToolCode("2", "Themes", "1", codable=False)]
    codes = [ToolCode("3", "Budget", "2"), ToolCode("4", "Shortage", "3"), ToolCode("5", "ทักษะ", "2", "คน")]
    problems = Problems()
    left = without_root([*folders, *codes], problems)
    assert [(row["code_id"], row["parent_id"], row["label_th"], row["label_en"]) for row in codebook_rows(left)] == [
        ("budget", "", "", "Budget"),
        ("shortage", "budget", "", "Shortage"),
        ("c03", "", "ทักษะ", ""),
    ]
    assert [notice.kind for notice in problems.notices] == ["root-folder", "root-folder"]
    # A code that can be given stays, and so does a folder beside others, and one that is all there is.
    for whole in ([ToolCode("1", "Study"), codes[0]], [*folders[:1], ToolCode("9", "Other")], folders[:1]):
        assert without_root(whole, problems) == whole
    assert len(problems.notices) == 2
