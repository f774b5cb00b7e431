from __future__ import annotations

import csv
import io
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pandas as pd
import pytest
from amount import tried
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from thongthin.basics.problems import CannotAnalyse, Problems
from thongthin.basics.yaml_models import Bilingual
from thongthin.contract.study import Group
from thongthin.present.exports.tables import MAX_CELL, code_table, quote_table, write_csv, write_workbook
from thongthin.read.coding.tables import read_coding_table

HOSTILE = ["=cmd|' /C calc'!A0", "@SUM(1+1)", "+1", "-1", "\t=1", "'=1", '=HYPERLINK("x")', "<b>&amp;</b>", "_x0041_"]
CODES = pd.DataFrame(
    {
        "code_id": ["a", "a1", "b"],
        "parent_id": ["", "a", ""],
        "theme_id": ["a", "a", "b"],
        "label_th": ["ก", "ก1", "ข"],
        "label_en": ["A", "A1", "B"],
        "position": [1, 2, 3],
    }
)
PARTICIPANTS = pd.DataFrame(
    {"participant_id": ["P2", "P10", "P3"], "site_id": ["S1", "S2", "S1"], "group": ["official", "citizen", "citizen"]}
)
SITES = pd.DataFrame({"site_id": ["S1", "S2"], "name_th": ["น้ำใส", "=ทุ่งทอง"], "name_en": ["Nam Sai", "Thung Thong"]})
GROUPS = [
    Group(id=id_, label=Bilingual(th=th, en=id_.title())) for id_, th in (("official", "จนท."), ("citizen", "ปชช."))
]
CODINGS = pd.DataFrame(
    [
        ("P2-s001", "P2", "a1", "a", "SK", 3, 10, "น้ำ  ใส 👍🏽"),
        ("P2-s002", "P2", "b", "b", "NP", 3, 10, "=SUM(A1)\nบรรทัดสอง"),
        ("P10-s001", "P10", "a", "a", "SK", 0, 4, "เร็วขึ้น"),
    ],
    columns=["segment_id", "participant_id", "code_id", "theme_id", "coder", "start", "end", "text"],
)
COVERAGE = pd.DataFrame(
    [("P2", "SK", c) for c in "ab"] + [("P2", "NP", "a"), ("P2", "NP", "b"), ("P10", "SK", "a")],
    columns=["participant_id", "coder", "code_id"],
)


def cells(path: Path, sheet: int = 0) -> list[list[object]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python(skip_empty_area=False)


# --- the tables ---------------------------------------------------------------------------------------------


def test_every_quote_says_where_it_comes_from() -> None:
    table = quote_table(CODINGS, CODES, PARTICIPANTS, SITES, GROUPS)
    assert table.iloc[0].to_dict() == {
        **{"segment_id": "P2-s001", "participant_id": "P2", "site_id": "S1", "site_th": "น้ำใส", "site_en": "Nam Sai"},
        **{"group": "official", "group_th": "จนท.", "group_en": "Official", "theme_id": "a", "theme_th": "ก"},
        **{"theme_en": "A", "code_id": "a1", "code_th": "ก1", "code_en": "A1", "coder": "SK", "start": 3, "end": 10},
        "text": "น้ำ  ใส 👍🏽",
    }
    assert list(table["segment_id"]) == list(CODINGS["segment_id"])
    assert not table.isna().any().any()


def test_codes_by_respondent_are_0_1_or_blank() -> None:
    table = code_table(CODINGS, COVERAGE, CODES, PARTICIPANTS)
    assert list(table.columns) == ["participant_id", "site_id", "group", "a", "a1", "b"]
    # P10 was not read for b, P3 not at all; a counts where a1, which is below it, was given.
    assert table.set_index("participant_id")[["a", "a1", "b"]].astype(object).where(lambda t: t.notna(), None).to_dict(
        "index"
    ) == {"P2": {"a": 1, "a1": 1, "b": 1}, "P10": {"a": 1, "a1": 0, "b": None}, "P3": dict.fromkeys(["a", "a1", "b"])}


@pytest.mark.parametrize(
    ("coders", "p2"), [("any", [1, 1, 1]), ("all", [0, 0, 0]), ("SK", [1, 1, 0]), ("NP", [0, 0, 1])]
)
def test_who_decides_is_said(coders: str, p2: list[int]) -> None:
    table = code_table(CODINGS, COVERAGE, CODES, PARTICIPANTS, coders)
    assert list(table.loc[0, ["a", "a1", "b"]]) == p2
    with pytest.raises(CannotAnalyse, match='"SKK" is not a coder'):
        code_table(CODINGS, COVERAGE, CODES, PARTICIPANTS, "SKK")


def test_a_study_without_coding_has_blank_cells() -> None:
    table = code_table(CODINGS.iloc[:0], COVERAGE.iloc[:0], CODES, PARTICIPANTS)
    assert table[["a", "a1", "b"]].isna().all().all()
    assert quote_table(CODINGS.iloc[:0], CODES, PARTICIPANTS, SITES, GROUPS).empty


# --- read back ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_both_tables_read_back(tmp_path: Path, suffix: str) -> None:
    quotes, by_code = tmp_path / f"quotes.{suffix}", tmp_path / f"SK.{suffix}"
    segments = quote_table(CODINGS, CODES, PARTICIPANTS, SITES, GROUPS)
    decisions = code_table(CODINGS, COVERAGE, CODES, PARTICIPANTS, "SK")
    if suffix == "csv":
        write_csv(segments, quotes)
        write_csv(decisions, by_code)
    else:
        write_workbook({"quotes": segments}, quotes)
        write_workbook({"codes": decisions}, by_code)
    problems = Problems()
    file = read_coding_table(quotes, problems.at(quotes.name), known=list(CODES["code_id"]))
    assert not problems.found
    assert file is not None
    assert file.format == "segments"
    assert [(s.source, s.codes, s.coder, s.start, s.end, s.quoted) for s in file.selections] == [
        (row.participant_id, (row.code_id,), row.coder, row.start, row.end, row.text) for row in CODINGS.itertuples()
    ]
    file = read_coding_table(by_code, problems.at(by_code.name), known=list(CODES["code_id"]))
    assert not problems.found
    assert file is not None
    assert file.format == "units"
    assert [(s.source, s.codes, s.judged, s.undecided, s.coder) for s in file.selections] == [
        ("P2", ("a", "a1"), True, (), "SK"),
        ("P10", ("a",), True, ("b",), "SK"),
        ("P3", (), False, ("a", "a1", "b"), "SK"),
    ]


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=12) | st.sampled_from(
    HOSTILE
)


@given(st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5))
@settings(max_examples=tried(40), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_comes_back_from_a_workbook(tmp_path: Path, rows: list[tuple[str, str]]) -> None:
    write_workbook({"x": pd.DataFrame(rows, columns=["a", "b"])}, tmp_path / "x.xlsx")
    assert cells(tmp_path / "x.xlsx") == [["a", "b"], *map(list, rows)]


# --- harmless cells -----------------------------------------------------------------------------------------


def test_no_cell_of_a_csv_is_a_formula(tmp_path: Path) -> None:
    write_csv(pd.DataFrame({"=header": HOSTILE, "n": range(len(HOSTILE))}), tmp_path / "x.csv")
    data = (tmp_path / "x.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0] == ["'=header", "n"]
    assert [row[0] for row in rows[1:]] == [*(f"'{text}" for text in HOSTILE[:7]), *HOSTILE[7:]]
    assert [row[1] for row in rows[1:]] == [str(n) for n in range(len(HOSTILE))]


def test_no_cell_of_a_workbook_is_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook({"=1+1": pd.DataFrame({"=header": HOSTILE})}, path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    read = [cell for (cell,) in sheet.iter_rows()]
    assert {cell.data_type for cell in read} == {"s"}
    # Marked as text: what is a formula stays text when somebody opens the cell and leaves it again.
    assert [cell.quotePrefix for cell in read[1:]] == [text not in HOSTILE[7:] for text in HOSTILE]
    for name in zipfile.ZipFile(path).namelist():
        tags = {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(zipfile.ZipFile(path).read(name)).iter()}
        assert "f" not in tags
        assert not name.startswith(("xl/externalLinks", "xl/vba", "xl/connections"))


def test_what_a_cell_cannot_hold_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    long = "ก" * (MAX_CELL - 3) + "👍" * 3
    texts = ["a\x00b\x1fc\ufffe", long, "ก" * MAX_CELL, "a\tb\nc", "x\ry"]
    write_workbook({"x": pd.DataFrame({"text": texts})}, path)
    read = [str(row[0]) for row in cells(path)[1:]]
    assert read == ["a�b�c�", "ก" * (MAX_CELL - 3) + "👍…", "ก" * MAX_CELL, "a\tb\nc", "x\ry"]
    assert all(len(text.encode("utf-16-le")) <= 2 * MAX_CELL for text in read)


def test_numbers_dates_and_missing_cells(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "n": pd.array([1, None, 3], dtype="Int64"),
            "x": [0.1, float("nan"), float("inf")],
            "flag": [True, False, True],
            "text": ["007", None, ""],
        }
    )
    write_workbook({"x": frame}, tmp_path / "x.xlsx")
    assert cells(tmp_path / "x.xlsx") == [
        ["n", "x", "flag", "text"],
        [1, 0.1, "True", "007"],
        ["", "", "False", ""],
        [3, "", "True", ""],
    ]


# --- the file -----------------------------------------------------------------------------------------------


def test_the_header_stays_in_view_and_columns_are_as_wide_as_they_need(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    segments = quote_table(CODINGS, CODES, PARTICIPANTS, SITES, GROUPS)
    wide = pd.DataFrame([range(800)], columns=[f"c{n}" for n in range(800)])
    write_workbook({"คำพูด & <quotes>": segments, "codes": wide}, path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["คำพูด & <quotes>", "codes"]
    assert [sheet.freeze_panes for sheet in book.worksheets] == ["A2", "A2"]
    # Excel adds five pixels to what it shows as the width.
    assert [int(book.worksheets[0].column_dimensions[letter].width) for letter in ("A", "R")] == [11, 80]
    assert book.worksheets[0]["A1"].font.b
    assert book.worksheets[1]["ADT2"].value == 799


def test_the_same_tables_give_the_same_bytes(tmp_path: Path) -> None:
    table = quote_table(CODINGS, CODES, PARTICIPANTS, SITES, GROUPS)
    for folder in ("one", "two"):
        write_workbook({"quotes": table}, tmp_path / folder / "x.xlsx")
        write_csv(table, tmp_path / folder / "x.csv")
    for name in ("x.xlsx", "x.csv"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    # Nothing of the clock or the machine goes into the file.
    with zipfile.ZipFile(tmp_path / "one" / "x.xlsx") as archive:
        assert {(info.date_time, info.create_system) for info in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
        assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", archive.read("docProps/core.xml"))) == {
            b"1980-01-01T00:00:00Z"
        }


def test_a_table_that_no_worksheet_holds_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Excel takes 1048575"):
        write_workbook({"x": pd.DataFrame({"n": range(1_048_576)})}, tmp_path / "x.xlsx")
