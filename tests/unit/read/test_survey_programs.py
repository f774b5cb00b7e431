"""Survey files of Stata, jamovi, R, OpenDocument, old Excel and KoboToolbox, as their own programs and libraries write.

`tests/data/surveys` holds the survey of `studies` in each of them; `tests/data/README.md` says what wrote them.
"""

from __future__ import annotations

import datetime
import gzip
import io
import json
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from studies import AGREE, ITEMS, STUDY, make_study, responses

from thongthin.basics.problems import Problems
from thongthin.commands.describe_survey import main
from thongthin.commands.survey_guesses import draft
from thongthin.contract.loading import load_study
from thongthin.contract.study import Config
from thongthin.read.files.sheets import read_columns
from thongthin.read.frame import read_sites
from thongthin.read.survey.files import SUFFIXES, SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.files.other_formats import how_to_export
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import read_responses

DATA = Path(__file__).parents[2] / "data" / "surveys"
ANSWERS = pd.read_csv(io.StringIO(responses()), dtype=str)


def read(path: Path, **settings: Any) -> tuple[SurveyFile, Problems]:
    problems = Problems()
    file = read_survey_file(path, problems.at(path.name), **settings)
    assert not problems.found, [str(problem) for problem in problems]
    assert file is not None
    assert list(file.frame.columns) == [column.header for column in file.columns]
    assert all(isinstance(cell, str) for header in file.frame for cell in file.frame[header])
    return file, problems


def refused(path: Path, **settings: Any) -> Any:
    problems = Problems()
    assert read_survey_file(path, problems.at(path.name), **settings) is None
    (problem,) = problems.found
    assert problem.th
    return problem


def column(file: SurveyFile, header: str) -> SurveyColumn:
    return next(column for column in file.columns if column.header == header)


# --- files that the programs wrote ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "format"), [("ods", "google_forms"), ("xls", "google_forms"), ("omv", "jamovi"),
                                               ("rds", "r")])  # fmt: skip
def test_the_same_answers_from_every_program(suffix: str, format: str) -> None:
    file, problems = read(DATA / f"responses.{suffix}")
    assert file.format == format
    frame = file.frame.reset_index(drop=True)
    times = frame.pop("ประทับเวลา").str.replace("T", " ")
    expected = ANSWERS.copy()
    assert list(times) == list(expected.pop("ประทับเวลา"))
    pd.testing.assert_frame_equal(frame, expected, check_dtype=False)
    assert not problems.notices
    assert not column(file, ITEMS[0][2]).values  # words of a scale that is known; the order of a file is none of theirs
    if format in ("jamovi", "r"):
        assert list(column(file, "เพศ").values) == ["ชาย", "หญิง"]


@pytest.mark.parametrize("name", ["responses.dta", "labelled.rds"])
def test_labels_and_extended_missing_values(name: str) -> None:
    file, _ = read(DATA / name)
    assert file.format == ("stata" if name.endswith(".dta") else "r")
    assert list(file.frame["submitted"].str.replace("T", " ")) == list(ANSWERS["ประทับเวลา"])
    assert column(file, "submitted").kind == "timestamp"
    assert list(file.frame["site"]) == list(ANSWERS.iloc[:, 1])
    for number, item in enumerate(ITEMS, start=1):
        asked = column(file, f"q{number}")
        assert asked.text == item[2]
        assert {value: label for value, label in asked.values.items() if value != ".a"} == {
            str(n): label for n, label in enumerate(AGREE, start=1)
        }
        answers = [asked.values.get(cell, cell) for cell in file.frame[f"q{number}"]]
        expected = list(ANSWERS[item[2]])
        if number == 1:
            assert file.frame["q1"][3:5].tolist() == [".a", ""] or file.frame["q1"][2:4].tolist() == [".a", ""]
            assert (asked.values[".a"], asked.missing) == ("ไม่ประสงค์ตอบ", {".a"})
            del answers[2:4], expected[2:4]
        assert answers == expected


def received(folder: Path, suffix: str) -> pd.DataFrame:
    """What the study of `studies` received, its survey being of another program."""
    named = {"site": "site", "group": "group", "submitted": "submitted"} if suffix == "dta" else {}
    name = f"responses.{suffix}"
    make_study(
        folder,
        study={"survey": {**STUDY["survey"], **named, "file": name}},
        files={"survey/responses.csv": None, f"survey/{name}": (DATA / name).read_bytes()} if suffix != "csv" else {},
    )
    problems = Problems()
    settings = load_study(folder, "small", Config(studies=["small"]), problems)
    assert settings is not None
    raw = folder / "data/raw/small"
    items = read_items(raw / "survey/items.csv", settings.study, problems)
    items.loc[items["item_id"] == "sex", "column"] = "sex" if suffix == "dta" else items["column"]
    sites = read_sites(raw / "sites.csv", None, problems)
    tables = read_responses(raw / "survey" / name, items, sites, settings.study, problems.at(name))
    assert not problems.found, [str(problem) for problem in problems]
    return tables.received.drop(columns="row")  # of a record, or of a line in a spreadsheet


def test_a_study_receives_the_same_from_every_program(tmp_path: Path) -> None:
    expected = received(tmp_path / "csv", "csv")
    for suffix in ("ods", "xls", "omv", "rds", "dta"):
        read_here = received(tmp_path / suffix, suffix)
        if suffix == "dta":  # two answers are missing there
            first = next(name for name in expected if name == ITEMS[0][0])
            assert read_here[first].isna().tolist() == [n in (2, 3) for n in range(30)]
            read_here[first] = expected[first]
        pd.testing.assert_frame_equal(read_here, expected, check_dtype=False)


def test_a_program_is_named_by_its_ending(tmp_path: Path) -> None:
    assert read(DATA / "responses.omv", format="jamovi")[0].format == "jamovi"
    assert refused(DATA / "responses.omv", format="spss").en == (
        'This file ends in ".omv", so it is not of the format "spss".'
    )
    shutil.copy(DATA / "responses.xls", tmp_path / "r.xls")
    assert refused(tmp_path / "r.xls", format="r").kind == "unknown-format"


def test_what_columns_of_programs_seem_to_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for suffix in ("rds", "omv", "ods"):
        file, _ = read(DATA / f"responses.{suffix}")
        found = {own.column.header: (own.role, own.scale) for own in draft(file).guesses}
        assert found["ท่านอยู่ในพื้นที่ใด"][0] == "site"
        assert all(found[item[2]] == ("scale", "agreement5") for item in ITEMS), found
    assert main([str(DATA / "responses.dta"), "--drafts", str(tmp_path)]) == 0
    assert "Stata, 30, 15" in capsys.readouterr().out
    drafted = pd.read_csv(tmp_path / "survey/items.csv", dtype=str)
    assert list(drafted.loc[drafted["scale"] == "file", "text_th"]) == [item[2] for item in ITEMS]


@pytest.mark.parametrize("suffix", ["ods", "xls"])
def test_tables_that_people_fill_in_may_be_of_other_programs(tmp_path: Path, suffix: str) -> None:
    problems = Problems()
    frame, here = read_columns(DATA / f"responses.{suffix}", problems, list(ANSWERS.columns))
    assert (len(frame), here.sheet, problems.found) == (30, "การตอบแบบฟอร์ม 1", [])


# --- KoboToolbox ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["kobo-names.xlsx", "kobo-labels.xlsx"])
def test_what_kobotoolbox_exported_with_its_form(tmp_path: Path, name: str) -> None:
    shutil.copy(DATA / name, tmp_path)
    shutil.copy(DATA / "kobo-form.xlsx", tmp_path)
    file, problems = read(tmp_path / name)
    assert file.format == "kobo"
    assert problems.notices[0].kind == "form"
    by_name = {column.names[-1]: column for column in file.columns if column.names and not column.choice_of}
    by_name |= {column.header: column for column in file.columns}
    first = {field: file.frame[by_name[field].header].iloc[0] for field in ("site", "fast", "easy", "age")}
    assert first == {"site": "s1", "fast": "5", "easy": "4", "age": "58"}
    assert by_name["fast"].labels["en"]["5"] == "Strongly agree"
    chosen = {column.text: file.frame[column.header].tolist() for column in file.columns if column.choice_of}
    assert list(chosen) == ["ชำระภาษี, ค่าธรรมเนียม", "เก็บขยะ", "อื่น ๆ"]
    assert [cells[0] for cells in chosen.values()] == ["1", "0", "1"]
    assert len({tuple(map(bool, cells)) for cells in chosen.values()}) == 1  # empty where nothing was chosen at all


def test_choices_of_kobotoolbox_without_their_question_and_form(tmp_path: Path) -> None:
    shutil.copy(DATA / "kobo-labels.xlsx", tmp_path)
    file, problems = read(tmp_path / "kobo-labels.xlsx")
    chosen = [column for column in file.columns if column.choice_of]
    assert {(column.choice_of, column.group) for column in chosen} == {("ท่านเคยใช้บริการใด", "ท่านเคยใช้บริการใด")}
    assert [column.text for column in chosen] == ["ชำระภาษี, ค่าธรรมเนียม", "เก็บขยะ", "อื่น ๆ"]
    assert [(n.kind, "ท่านเคยใช้บริการใด" in n.th) for n in problems.notices] == [("choices-alone", True)]


# --- Stata ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [8, 10, 12, 13, 15])
def test_stata_of_all_versions(tmp_path: Path, version: int) -> None:
    path = tmp_path / "r.dta"
    days = pd.to_datetime(["2023-03-15", "2023-03-16"])
    pyreadstat.write_dta(
        pd.DataFrame({"g": ["Xxxxxxx", "b"], "q": [1.0, 2.0], "d": days}), str(path), version=version,
        column_labels=["A" * 6, "", ""], variable_value_labels={"q": {1: "YYYY"}},
    )  # fmt: skip
    if version < 14:  # these do not say in which encoding they are; in Thailand it was that of Windows
        data = path.read_bytes()
        for place, thai in (("Xxxxxxx", "ประชาชน"), ("A" * 6, "เพศชาย"), ("YYYY", "น้อย")):
            data = data.replace(place.encode(), thai.encode("cp874"))
        path.write_bytes(data)
    file, problems = read(path)
    g, q = file.columns[:2]
    thai = version < 14
    assert file.frame["g"].tolist() == ["ประชาชน" if thai else "Xxxxxxx", "b"]
    assert (g.text, dict(q.values)) == (("เพศชาย", {"1": "น้อย"}) if thai else ("AAAAAA", {"1": "YYYY"}))
    assert file.frame["d"].tolist() == ["2023-03-15", "2023-03-16"]
    assert [notice.kind for notice in problems.notices] == ["encoding"] * thai


def test_numbers_of_single_precision_read_as_they_were_typed(tmp_path: Path) -> None:
    frame = pd.DataFrame({"f": pd.Series([5.1, None, 3], dtype="float32")})
    frame.to_stata(tmp_path / "r.dta", version=118, write_index=False)
    assert read(tmp_path / "r.dta")[0].frame["f"].tolist() == ["5.1", "", "3"]  # rather than 5.09999990463257


# --- texts that are damaged -----------------------------------------------------------------------------------------


def damaged(path: Path, *, behind: bytes = b" ") -> Path:
    """The last byte of the first ประชาชน is another."""
    data, word = path.read_bytes(), "ประชาชน".encode()
    at = data.index(word) + len(word) - 1
    path.write_bytes(data[:at] + behind + data[at + 1 :])
    return path


@pytest.mark.parametrize("suffix", ["sav", "dta"])
@pytest.mark.parametrize("behind", [b" ", b"x", b"\xe0"])
def test_one_damaged_text_is_told_with_its_place(tmp_path: Path, suffix: str, behind: bytes) -> None:
    frame = pd.DataFrame({"g": ["เจ้าหน้าที่", "ประชาชน", "ประชาชน", "เจ้าหน้าที่"], "q": [1.0, 2.0, 2.0, 1.0]})
    path = tmp_path / f"r.{suffix}"
    (pyreadstat.write_sav if suffix == "sav" else pyreadstat.write_dta)(
        frame, str(path), variable_value_labels={"q": {1.0: "น้อย", 2.0: "มาก"}}
    )
    file, problems = read(damaged(path, behind=behind))
    cells = file.frame["g"].tolist()
    assert cells[0] == cells[3] == "เจ้าหน้าที่"
    assert cells[2] == "ประชาชน"
    assert cells[1].startswith("ประชาช\ufffd")  # told rather than cut off
    assert dict(file.columns[1].values) == {"1": "น้อย", "2": "มาก"}
    (notice,) = problems.notices
    assert notice.kind == "damaged-text"
    assert f'"{cells[1]}" (column "g", row 2)' in notice.en
    assert 'คอลัมน์ "g" แถวที่ 2' in notice.th


def test_a_damaged_label_is_told(tmp_path: Path) -> None:
    path = tmp_path / "r.sav"
    pyreadstat.write_sav(
        pd.DataFrame({"q": [1.0]}), str(path), column_labels={"q": "ความพึงพอใจของประชาชน"},
        variable_value_labels={"q": {1.0: "มาก", 2.0: "น้อย", 3.0: "ปานกลาง"}},
    )  # fmt: skip
    file, problems = read(damaged(path))
    assert file.columns[0].text == "ความพึงพอใจของประชาช\ufffd"
    assert [(n.kind, 'the question of column "q"' in n.en) for n in problems.notices] == [("damaged-text", True)]


def test_texts_of_an_unknown_encoding_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.sav"
    pyreadstat.write_sav(pd.DataFrame({"g": ["XXXX", "YYYY", "ZZZZ"]}), str(path))
    data = path.read_bytes()
    for place, other in (
        (b"XXXX", b"\xfe\xff\xfd\xfc"),
        (b"YYYY", b"\xff\xfe\xfc\xfd"),
        (b"ZZZZ", b"\xfc\xfd\xfe\xff"),
    ):
        data = data.replace(place, other)
    path.write_bytes(data)
    problem = refused(path)
    assert (problem.kind, "in the encoding that it declares" in problem.en) == ("encoding", True)


def test_a_date_that_is_none_leaves_the_others_dates(tmp_path: Path) -> None:
    path = tmp_path / "r.sav"
    days = [datetime.date(2023, 3, 15), datetime.date(2023, 3, 16)]
    pyreadstat.write_sav(pd.DataFrame({"d": days}), str(path), compress=False)
    second = struct.pack("<d", (days[1] - datetime.date(1582, 10, 14)).days * 86400.0)
    data = path.read_bytes()
    assert second in data
    path.write_bytes(data.replace(second, struct.pack("<d", 1e13)))
    assert read(path)[0].frame["d"].tolist() == ["2023-03-15", "10000000000000"]


# --- jamovi ---------------------------------------------------------------------------------------------------------


def with_parts(path: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """A copy of the jamovi file whose parts are changed."""
    with zipfile.ZipFile(DATA / "responses.omv") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def field(parts: dict[str, bytes], name: str, **settings: Any) -> None:
    """Change what metadata.json says of a column."""
    described = json.loads(parts["metadata.json"])
    next(own for own in described["dataSet"]["fields"] if own["name"] == name).update(settings)
    parts["metadata.json"] = json.dumps(described).encode()


def test_jamovi_of_another_version(tmp_path: Path) -> None:
    path = with_parts(tmp_path / "r.omv", lambda p: p.update(meta=b"jamovi-Archive-Version: 13.0\n"))
    assert refused(path).en.startswith("This file was written by a newer jamovi (version 13")


def test_jamovi_declares_missing_values_and_filters(tmp_path: Path) -> None:
    def change(parts: dict[str, bytes]) -> None:
        field(parts, "เพศ", missingValues=["== 'ชาย'"])
        field(parts, "ท่านเป็น", columnType="Filter", active=True)

    file, problems = read(with_parts(tmp_path / "r.omv", change))
    assert column(file, "เพศ").missing == {"ชาย"}
    assert [(n.kind, n.column) for n in problems.notices] == [("filter", "ท่านเป็น")]
    assert len(file.frame) == 30


@pytest.mark.parametrize("what", ["rows", "levels", "no levels", "strings", "type", "nested", "rule"])
def test_jamovi_whose_parts_do_not_fit(tmp_path: Path, what: str) -> None:
    def change(parts: dict[str, bytes]) -> None:
        if what == "rows":
            parts["data.bin"] = parts["data.bin"][:-4]
        elif what == "levels":
            parts["xdata.json"] = parts["xdata.json"].replace(b"[0, ", b"[7, ", 1)
        elif what == "no levels":
            del parts["xdata.json"]
        elif what == "strings":
            parts["strings.bin"] = parts["strings.bin"][:-1]
        elif what == "type":
            field(parts, "เพศ", type="float")
        elif what == "rule":
            field(parts, "เพศ", missingValues=["between 1 and 2"])
        else:
            parts["metadata.json"] = b"[" * 200_000

    problem = refused(with_parts(tmp_path / "r.omv", change))
    assert problem.en == "This file is damaged or cut short, or no jamovi file."


# --- R --------------------------------------------------------------------------------------------------------------


def rds(path: Path, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the data frame of R whose content is changed."""
    path.write_bytes(gzip.compress(change(gzip.decompress((DATA / "responses.rds").read_bytes())), mtime=0))
    return path


def test_r_saved_something_else(tmp_path: Path) -> None:
    frame_class = struct.pack(">ii", 0x00040009, 10) + b"data.frame"
    path = rds(tmp_path / "r.rds", lambda data: data.replace(frame_class, frame_class[:-5] + b"other"))
    assert refused(path).en == "The object in this file is no data frame."
    (tmp_path / "w.rds").write_bytes(gzip.compress(b"RDX3\nX\n" + bytes(100), mtime=0))
    assert refused(tmp_path / "w.rds").en.startswith("This is a workspace of R (.RData)")
    (tmp_path / "w.RData").write_bytes(b"")
    assert "saveRDS" in refused(tmp_path / "w.RData").hint_en


def test_r_times_without_a_zone_are_told(tmp_path: Path) -> None:
    zone = struct.pack(">ii", 0x00040009, 12) + b"Asia/Bangkok"
    path = rds(tmp_path / "r.rds", lambda data: data.replace(zone, struct.pack(">ii", 0x00040009, 0)))
    file, problems = read(path)
    assert [(n.kind, n.column) for n in problems.notices] == [("time-zone", "ประทับเวลา")]
    assert file.frame["ประทับเวลา"].iloc[0] == "2023-04-01T03:00:00"


def test_r_packed_twice_or_into_too_much(tmp_path: Path) -> None:
    twice = gzip.compress((DATA / "responses.rds").read_bytes(), mtime=0)
    (tmp_path / "r.rds").write_bytes(twice)
    assert refused(tmp_path / "r.rds").kind == "unreadable"
    bomb = gzip.compress(b"X\n" + bytes(300 << 20), 1, mtime=0)
    (tmp_path / "r.rds").write_bytes(bomb)
    assert refused(tmp_path / "r.rds").kind == "too-large"


# --- workbooks within bounds ----------------------------------------------------------------------------------------

SHEET = (
    "<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>{}</sheetData></worksheet>"
)
FIRST = '<row r="1"><c r="A1" t="inlineStr"><is><t>q</t></is></c></row><row r="2"><c r="A2"><v>3</v></c></row>'
FAR = {
    "far": FIRST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "far, in single quotes": FIRST + "<row r='1048576'><c  r='XFD1048576'><v>1</v></c></row>",
    "alone": '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
    "without place": FIRST + "<row r='1048576'>" + "<c><v>1</v></c>" * 100 + "</row>",
}


def xlsx(path: Path, rows: str, more: dict[str, str] | None = None) -> Path:
    """A workbook whose sheet holds these rows."""
    stream = io.BytesIO()
    openpyxl.Workbook().save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, SHEET.format(rows) if name.endswith("sheet1.xml") else old.read(name))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return path


@pytest.mark.parametrize("name", FAR)
def test_a_cell_far_away_is_refused_before_the_sheet_is_laid_out(tmp_path: Path, name: str) -> None:
    problem = refused(xlsx(tmp_path / "r.xlsx", FAR[name]))
    assert problem.en == "This table spans more than 20,000,000 cells."
    assert "Ctrl+End" in problem.hint_en


def test_formatting_far_away_does_not_count(tmp_path: Path) -> None:
    file, _ = read(xlsx(tmp_path / "r.xlsx", FIRST + '<row r="1048576"><c r="XFD1048576" s="0"/></row>'))
    assert file.frame["q"].tolist() == ["3"]


def test_texts_that_are_only_claimed(tmp_path: Path) -> None:
    claimed = '<sst xmlns="{}" count="1" uniqueCount="4294967295"><si><t>a</t></si></sst>'
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    path = xlsx(tmp_path / "r.xlsx", FIRST, {"xl/sharedStrings.xml": claimed.format(namespace)})
    assert refused(path).kind == "too-large"


def ods(path: Path, change: Callable[[str], str]) -> Path:
    """A copy of the OpenDocument file whose content is changed."""
    with zipfile.ZipFile(DATA / "responses.ods") as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()) if name == "content.xml" else content)
    return path


CELL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize("repeated", ['rows-repeated="1048576"', 'rows-repeated="99999999999"'])
def test_repeated_rows_of_opendocument_are_counted(tmp_path: Path, repeated: str) -> None:
    row = f"<table:table-row table:number-{repeated}>{CELL.format(' table:number-columns-repeated=&quot;99&quot;')}"
    row = row.replace("&quot;", '"') + "</table:table-row>"
    path = ods(tmp_path / "r.ods", lambda text: text.replace("</table:table>", row + "</table:table>", 1))
    assert refused(path).kind == "too-large"


def test_empty_rows_to_the_end_of_the_sheet_do_not_count() -> None:
    with zipfile.ZipFile(DATA / "responses.ods") as archive:
        content = archive.read("content.xml")
    assert b"number-rows-repeated" in content or b"number-columns-repeated" in content  # as LibreOffice writes them
    assert read(DATA / "responses.ods")[0].frame.shape == (30, 15)


def test_formulas_that_fail_are_told_in_opendocument(tmp_path: Path) -> None:
    failing = CELL.format(' calcext:value-type="error" office:string-value=""').replace(">x<", ">#DIV/0!<")

    def change(text: str) -> str:
        at = text.index("ไม่แน่ใจ")
        begins = text.rindex("<table:table-cell", 0, at)
        ends = text.index("</table:table-cell>", at) + len("</table:table-cell>")
        return text[:begins] + failing + text[ends:]

    problems = Problems()
    read_survey_file(ods(tmp_path / "r.ods", change), problems.at("r.ods"))
    assert [(p.kind, p.row, p.column) for p in problems] == [("formula-error", 2, ITEMS[0][2])]


# --- what is not read -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "says"),
    [("a.sas7bdat", "proc export"), ("a.por", ".sav"), ("a.RData", "saveRDS"), ("a.jasp", "Export Data"),
     ("a.numbers", "Export To"), ("a.gsheet", "Download"), ("a.pdf", ".csv or .xlsx"), ("a.qsf", "Export Data"),
     ("a.lsa", "Export as CSV"), ("a.lss", "Export as CSV"), ("a.html", "in Excel"), ("a.xlsb", "save it as .xlsx"),
     ("a.zip", "Unpack"), ("a.unknown", "in one of these formats"), ("a", "in one of these formats")],
)  # fmt: skip
def test_what_is_not_read_says_what_to_export(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / name).write_bytes(b"x")
    problem = refused(tmp_path / name)
    assert (problem.kind, says in problem.hint_en) == ("unknown-format", True), problem.hint_en
    assert problem.hint_th != problem.hint_en
    assert all(suffix in problem.en for suffix in SUFFIXES)
    assert how_to_export(Path(name.upper())) == how_to_export(Path(name))
