from __future__ import annotations

import csv
import datetime
import io
import struct
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest

from thongthin.basics.problems import Problems
from thongthin.read.survey.files import SUFFIXES, SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.files.suspicions import suspicious_values
from thongthin.read.survey.files.times import with_iso_times

ROOT = Path(__file__).parents[3]
DATA = ROOT.parent / "shared" / "data"
REAL = ("survey_bfi/bfi.csv", "survey_utaut2/utaut2_216.csv", "survey_woj/WoJ.csv")


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path


def write_xlsx(path: Path, **sheets: list[list[Any]]) -> Path:
    book = openpyxl.Workbook()
    del book["Sheet"]
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def read(path: Path, **settings: Any) -> tuple[SurveyFile, Problems]:
    problems = Problems()
    file = read_survey_file(path, problems.at(path.name), **settings)
    assert not problems.found, [str(problem) for problem in problems]
    assert file is not None
    assert list(file.frame.columns) == [column.header for column in file.columns]
    assert file.frame.columns.is_unique
    assert all(isinstance(cell, str) for header in file.frame for cell in file.frame[header])
    return file, problems


def refused(path: Path, **settings: Any) -> Problems:
    problems = Problems()
    assert read_survey_file(path, problems.at(path.name), **settings) is None
    assert problems.found
    return problems


def column(file: SurveyFile, header: str) -> SurveyColumn:
    return next(column for column in file.columns if column.header == header)


# --- tables ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp874"])
def test_a_table_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    rows = [["พื้นที่", "ความพึงพอใจโดยรวม"], ["น้ำใส", "มากที่สุด"], ["", "น้อย"]]
    file, _ = read(write_csv(tmp_path / "r.csv", rows, encoding))
    assert (file.format, file.sheet) == ("csv", "")
    assert file.frame.to_dict("index") == {
        2: dict(zip(*rows[:2], strict=True)),
        3: dict(zip(rows[0], rows[2], strict=True)),
    }
    assert file.columns[1] == SurveyColumn("ความพึงพอใจโดยรวม", "ความพึงพอใจโดยรวม")


def test_a_workbook_with_one_sheet_of_answers_among_others(tmp_path: Path) -> None:
    answers = [["a", "b"], [1.0, datetime.date(2023, 3, 15)]]
    path = write_xlsx(tmp_path / "r.xlsx", **{"ปก": [["รายงานผล"]], "คําตอบ": answers})
    file, _ = read(path)
    assert (file.format, file.sheet) == ("xlsx", "คําตอบ")
    assert file.frame.to_dict("index") == {2: {"a": "1", "b": "2023-03-15"}}
    assert read(path, sheet="คำตอบ")[0].frame.equals(file.frame)  # with sara am in one character


def test_several_sheets_that_could_be_meant(tmp_path: Path) -> None:
    answers = [["a", "b"], [1, 2]]
    path = write_xlsx(tmp_path / "r.xlsx", first=answers, second=answers)
    assert str(refused(path).found[0]) == (
        'r.xlsx:\n  This workbook has several sheets with rows: "first", "second". Which one holds the answers?\n'
        "  Hint: Name it: `sheet:` under `survey:` in study.yml, or --sheet.\n"
        '  ไฟล์นี้มีหลายแผ่นงานที่มีข้อมูล: "first", "second" แผ่นใดคือคำตอบ\n'
        "  คำแนะนำ: ระบุชื่อแผ่นงาน: `sheet:` ใต้ `survey:` ใน study.yml หรือ --sheet"
    )
    assert read(path, sheet="second")[0].sheet == "second"
    assert refused(path, sheet="secnd").found[0].hint_en == 'Did you mean "second"?'
    # Google's own name for the sheet of answers decides.
    named = write_xlsx(tmp_path / "g.xlsx", **{"สรุป": answers, "การตอบแบบฟอร์ม_1": [["ประทับเวลา", "ก"], ["", "2"]]})
    assert read(named)[0].sheet == "การตอบแบบฟอร์ม 1"


@pytest.mark.parametrize("kind", ["csv", "csv without commas", "xlsx"])
def test_names_of_columns_below_titles(tmp_path: Path, kind: str) -> None:
    rows = [["แบบสอบถามความพึงพอใจ", "", ""], ["", "", ""], ["เพศ", "อายุ", "ข้อ 1"], ["ชาย", "30", "5"]]
    if kind == "xlsx":
        path = write_xlsx(tmp_path / "r.xlsx", คำตอบ=rows)
    else:
        path = write_csv(tmp_path / "r.csv", rows if kind == "csv" else [rows[0][:1], [], *rows[2:]])
    (problem,) = refused(path)
    assert (problem.kind, problem.row) == ("no-header", 3)
    assert "seem to stand in row 3, below titles" in problem.en
    assert "แถวที่ 3" in problem.th
    assert problem.hint_en.startswith("Delete the rows above (1 to 2)")


def test_a_ragged_table_is_no_table_below_titles(tmp_path: Path) -> None:
    problems = Problems()
    read_survey_file(write_csv(tmp_path / "r.csv", [["a", "b"], ["1"], ["1", "2"]]), problems.at("r.csv"))
    assert [(p.kind, p.row) for p in problems] == [("ragged-row", 2)]


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "r.doc").write_bytes(b"")
    assert refused(tmp_path / "r.doc").found[0].en == (
        'Surveys are read from .csv, .xlsx, .ods, .xls, .sav, .zsav, .dta, .omv, .rds, .parquet; this is ".doc".'
    )
    rows = write_csv(tmp_path / "answers.csv", [["a", "b"], ["1", "2"]])
    assert refused(rows, format="spss").found[0].en == 'This file ends in ".csv", so it is not of the format "spss".'
    for suffix in SUFFIXES:
        name = f"answer{suffix}"
        (problem,) = refused(tmp_path / name)
        assert (problem.kind, problem.hint_en) == ("missing-file", 'Is it "answers.csv"?')
    (tmp_path / "locked.xlsx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512))
    assert "take any password off" in refused(tmp_path / "locked.xlsx").found[0].hint_en


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_no_rows(tmp_path: Path, suffix: str) -> None:
    rows = [["a", "b"]]
    path = tmp_path / f"r.{suffix}"
    write_csv(path, rows) if suffix == "csv" else write_xlsx(path, s=rows)
    problems = Problems()
    file = read_survey_file(path, problems.at("r"))
    assert file is not None
    assert file.frame.empty
    assert [p.en for p in problems] == ["This survey has no answers: there is no row below the header."]


# --- times ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "iso", "told"),
    [
        (["15/3/2566, 9:05:12"], ["2023-03-15T09:05:12"], []),
        (["๑๕/๓/๒๕๖๖, ๙:๐๕:๑๒"], ["2023-03-15T09:05:12"], []),
        (["2023/03/15 9:05:12 PM GMT+7"], ["2023-03-15T21:05:12"], []),
        (["2023/03/16 12:00:01 AM GMT+7"], ["2023-03-16T00:00:01"], []),
        (["2023/03/15 9:05:12 หลังเที่ยง GMT+7"], ["2023-03-15T21:05:12"], []),
        (["5/3/2566 12:05:12 ก่อนเที่ยง", "5/3/2566 หลังเที่ยง 12:05"], ["2023-03-05T00:05:12", "2023-03-05T12:05:00"],
         ["day-or-month"]),
        (["3/15/2023 21:05:12", "3/4/2023 1:00:00"], ["2023-03-15T21:05:12", "2023-03-04T01:00:00"], ["month-first"]),
        (["15/3/2023 21:05:12", "3/4/2023 1:00:00"], ["2023-03-15T21:05:12", "2023-04-03T01:00:00"], []),
        # The order of the rows tells: forms append.
        (["1/2/2023", "1/3/2023", "2/1/2023"], ["2023-01-02", "2023-01-03", "2023-02-01"], ["month-first"]),
        # ... and before the era does: a Thai account may be set to the order of America.
        (["04/03/2566 09:00 ก่อนเที่ยง", "04/05/2566 09:02 ก่อนเที่ยง", "05/01/2566 09:00 ก่อนเที่ยง"],
         ["2023-04-03T09:00:00", "2023-04-05T09:02:00", "2023-05-01T09:00:00"], ["month-first"]),
        (["03/04/2566 09:00", "05/04/2566 09:02", "01/05/2566 09:00"],
         ["2023-04-03T09:00:00", "2023-04-05T09:02:00", "2023-05-01T09:00:00"], []),
        (["04/03/2566 09:00", "04/05/2566 09:02"], ["2023-03-04T09:00:00", "2023-05-04T09:02:00"], ["day-or-month"]),
        (["1/2/2023 8:00:00", "2/2/2023 8:00:00"], ["2023-02-01T08:00:00", "2023-02-02T08:00:00"], ["day-or-month"]),
        (["2023-04-05T14:03:02.000+07:00", "2023-04-05"], ["2023-04-05T14:03:02", "2023-04-05"], []),
        (["", "เมื่อวาน", "31/2/2566", "15/3/2566 25:00"], ["", "เมื่อวาน", "31/2/2566", "15/3/2566 25:00"], []),
        # Mixed eras and mixed orders stay as they are: `readers.dates` tells of them.
        (["15/3/2566", "15/3/2023"], ["15/3/2566", "15/3/2023"], []),
        (["15/3/2023", "3/15/2023"], ["15/3/2023", "3/15/2023"], []),
    ],
)  # fmt: skip
def test_times_in_any_locale(written: list[str], iso: list[str], told: list[str]) -> None:
    problems = Problems()
    cells = pd.Series(written, name="Timestamp", index=range(2, len(written) + 2))
    assert list(with_iso_times(cells, problems)) == iso
    assert [notice.kind for notice in problems.notices] == told
    assert not problems.found


# --- Google Forms ---------------------------------------------------------------------------------------------------


def test_google_forms_in_thai(tmp_path: Path) -> None:
    rows = [
        ["ประทับเวลา", "ที่อยู่อีเมล", "ความเห็น [ระบบใช้ง่าย]", "ความเห็น [ระบบเร็ว]", "อายุ [ปี]", "ใช้บริการใด", "ข้อ 1", "ข้อ 1"],
        ["15/3/2566, 9:05:12", "a@b.th", "มาก", "5 = มากที่สุด", "30", "ภาษี, ขยะ", "ใช่", "ไม่"],
        ["15/3/2566, 9:06:12", "c@d.th", "น้อย", "1", "40", "ภาษี", "", ""],
        ["16/3/2566, 19:06:12", "", "น้อย", "1", "41", "ขยะ, ภาษี", "", ""],
        ["16/3/2566, 19:07:12", "", "", "", "", "ขยะ", "", ""],
        ["16/3/2566, 19:08:12", "", "", "", "", "ภาษี, ขยะ, อื่น ๆ", "", ""],
        ["16/3/2566, 19:09:12", "", "", "", "", "", "", ""],
    ]  # fmt: skip
    file, problems = read(write_csv(tmp_path / "แบบสอบถาม.csv", rows))
    assert file.format == "google_forms"
    assert [(c.header, c.text, c.group, c.kind, c.names, c.choice_of) for c in file.columns] == [
        ("ประทับเวลา", "ประทับเวลา", "", "timestamp", (), ""),
        ("ที่อยู่อีเมล", "ที่อยู่อีเมล", "", "metadata", (), ""),
        ("ความเห็น [ระบบใช้ง่าย]", "ระบบใช้ง่าย", "ความเห็น", "", (), ""),
        ("ความเห็น [ระบบเร็ว]", "ระบบเร็ว", "ความเห็น", "", (), ""),
        ("อายุ [ปี]", "อายุ [ปี]", "", "", (), ""),  # a grid has several rows
        ("ใช้บริการใด", "ใช้บริการใด", "", "select_multiple", (), ""),
        ("ใช้บริการใด/ภาษี", "ภาษี", "ใช้บริการใด", "select_multiple", (), "ใช้บริการใด"),
        ("ใช้บริการใด/ขยะ", "ขยะ", "ใช้บริการใด", "select_multiple", (), "ใช้บริการใด"),
        ("ข้อ 1 (1)", "ข้อ 1", "", "", ("ข้อ 1",), ""),
        ("ข้อ 1 (2)", "ข้อ 1", "", "", ("ข้อ 1",), ""),
    ]
    assert list(file.frame["ประทับเวลา"])[:3] == ["2023-03-15T09:05:12", "2023-03-15T09:06:12", "2023-03-16T19:06:12"]
    assert list(file.frame["ใช้บริการใด/ขยะ"]) == ["1", "0", "1", "1", "1", ""]
    assert list(file.frame["ใช้บริการใด"])[-2] == "ภาษี, ขยะ, อื่น ๆ"
    assert [(n.kind, n.column) for n in problems.notices] == [("double-column", "ข้อ 1")]


def test_google_forms_in_english_as_a_workbook(tmp_path: Path) -> None:
    when = datetime.datetime(2023, 3, 15, 21, 5, 12)
    rows = [["Timestamp", "Score", "Why?"], [when, "8 / 10", "good, but slow"], [when, "9 / 10", "slow, and bad"]]
    file, _ = read(write_xlsx(tmp_path / "r.xlsx", Form_Responses_1=rows, Pivot=[["a", "b"], [1, 2]]))
    assert (file.format, file.sheet) == ("google_forms", "Form Responses 1")
    assert [c.kind for c in file.columns] == ["timestamp", "metadata", ""]
    assert list(file.frame["Timestamp"]) == ["2023-03-15T21:05:12"] * 2


def test_free_text_and_answers_with_commas_are_no_check_boxes(tmp_path: Path) -> None:
    rows = [["Timestamp", "How often?", "Why?"]]
    rows += [["2023-03-15", f"Yes, {often}", f"text {n}, more"] for n, often in enumerate(["always", "often"] * 5)]
    rows += [["2023-03-15", "No", "none"]] * 3
    file, _ = read(write_csv(tmp_path / "r.csv", rows))
    assert [c.header for c in file.columns] == rows[0]
    assert {c.kind for c in file.columns[1:]} == {""}


# --- KoboToolbox and ODK --------------------------------------------------------------------------------------------

FORM = {
    "survey": [
        ["type", "name", "label::ไทย (th)", "label::English (en)"],
        ["start", "start", None, None],
        ["begin_group", "views", "ความเห็น", "Views"],
        ["select_one agree", "fast", "ระบบเร็ว", "The system is fast"],
        ["select_multiple uses", "used", "ใช้ทำอะไร", "Used for"],
        ["end_group", None, None, None],
        ["text", "remark", "ข้อเสนอแนะ", "Remarks"],
    ],
    "choices": [
        ["list_name", "name", "label::ไทย (th)", "label::English (en)"],
        ["agree", 1, "ไม่เห็นด้วย", "Disagree"],
        ["agree", 2, "เห็นด้วย", "Agree"],
        ["uses", "tax", "จ่ายภาษี", "Paying tax"],
        ["uses", "tax_help", "จ่ายภาษี ขอความช่วยเหลือ", "Paying tax with help"],
        ["uses", "waste", "เก็บขยะ", "Waste"],
    ],
}
META = ["_id", "_uuid", "_submission_time", "_index"]
WHEN = "2023-04-05T14:03:02.000+07:00"
NAMES = [
    ["start", "views/fast", "views/used", "views/used/tax", "views/used/tax_help", "views/used/waste", "remark", *META],
    [WHEN, "2", "tax waste", "1", "0", "1", "ดี", "1", "u1", "2023-04-05T07:03:02", "1"],
    [WHEN, "1", "", "", "", "", "", "2", "u2", "2023-04-05T07:04:02", "2"],
]
LABELS = [
    ["start", "Views/The system is fast", "Used for", "remark", *META],
    [WHEN, "Agree", "Paying tax Waste", "ดี", "1", "u1", "2023-04-05T07:03:02", "1"],
    [WHEN, "Disagree", "", "", "2", "u2", "2023-04-05T07:04:02", "2"],
]


def test_kobo_names_with_their_form(tmp_path: Path) -> None:
    form = write_xlsx(tmp_path / "form.xlsx", **FORM)
    path = write_xlsx(tmp_path / "answers.xlsx", data=NAMES)
    file, problems = read(path)
    assert file.format == "kobo"
    assert [(n.kind, n.en) for n in problems.notices] == [
        ("form", 'Questions and choices are taken from the form "form.xlsx".')
    ]
    assert read(path, form=form)[0].columns == file.columns
    fast = column(file, "views/fast")
    assert fast == SurveyColumn(
        "views/fast",
        "ระบบเร็ว",
        {"th": "ระบบเร็ว", "en": "The system is fast"},
        group="ความเห็น",
        values={"1": "ไม่เห็นด้วย", "2": "เห็นด้วย"},
        labels={"th": {"1": "ไม่เห็นด้วย", "2": "เห็นด้วย"}, "en": {"1": "Disagree", "2": "Agree"}},
        kind="select_one",
        names=("fast",),
    )
    waste = column(file, "views/used/waste")
    assert (waste.text, waste.group, waste.choice_of) == ("เก็บขยะ", "ใช้ทำอะไร", "views/used")
    assert waste.texts == {"th": "เก็บขยะ", "en": "Waste"}
    assert list(file.frame["views/used/waste"]) == ["1", ""]
    times = ("start", "_submission_time")
    assert {name: column(file, name).kind for name in ("start", *META)} == {
        name: "timestamp" if name in times else "metadata" for name in ("start", *META)
    }
    assert file.frame["start"].iloc[0] == "2023-04-05T14:03:02"


def test_the_form_may_stand_in_the_file_itself(tmp_path: Path) -> None:
    file, problems = read(write_xlsx(tmp_path / "all.xlsx", **FORM, data=NAMES))
    assert (file.format, file.sheet) == ("kobo", "data")
    assert column(file, "views/fast").text == "ระบบเร็ว"
    assert not problems.notices


def test_kobo_labels_become_names_and_choices_become_columns(tmp_path: Path) -> None:
    form = write_xlsx(tmp_path / "form.xlsx", **FORM)
    file, _ = read(write_csv(tmp_path / "answers.csv", LABELS), form=form)
    assert list(file.frame["Views/The system is fast"]) == ["2", "1"]
    used = [header for header in file.frame if header.startswith("Used for/")]
    assert used == ["Used for/tax", "Used for/tax_help", "Used for/waste"]
    assert file.frame[used].values.tolist() == [["1", "0", "1"], ["", "", ""]]
    assert file.frame["Used for"].iloc[0] == "tax waste"
    assert column(file, "Used for/waste").texts == {"th": "เก็บขยะ", "en": "Waste"}
    assert column(file, "Views/The system is fast").names == ("fast",)


def test_kobo_without_a_form(tmp_path: Path) -> None:
    file, problems = read(
        write_xlsx(tmp_path / "answers.xlsx", data=NAMES, people=[["name", "_parent_index"], ["a", 1]])
    )
    assert file.sheet == "data"
    assert not problems.notices
    tax = column(file, "views/used/tax")
    assert (tax.text, tax.group, tax.kind, tax.choice_of) == ("tax", "views/used", "select_multiple", "views/used")
    fast = column(file, "views/fast")
    assert (fast.text, fast.group, fast.names) == ("fast", "views", ("fast",))


def test_only_columns_of_choices(tmp_path: Path) -> None:
    kept = [row[:2] + row[3:] for row in NAMES]
    form = write_xlsx(tmp_path / "form.xlsx", **FORM)
    kept[1][2] = "TRUE"
    file, _ = read(write_csv(tmp_path / "answers.csv", kept), form=form)
    assert list(file.frame["views/used/tax"]) == ["1", ""]
    assert column(file, "views/used/tax").choice_of == "used"


def test_a_form_of_another_survey_is_no_form_of_this_one(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "answers.xlsx", data=NAMES)
    another = write_xlsx(tmp_path / "no.xlsx", survey=[["type", "name", "label"], ["text", "unasked", "Unasked"]])
    (problem,) = refused(path, form=another)
    assert (problem.kind, problem.file) == ("other-form", "no.xlsx")


def test_forms_that_cannot_be_meant(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "answers.xlsx", data=NAMES)
    no_form = write_xlsx(tmp_path / "no.xlsx", survey=[["question"], ["a"]])
    problems = refused(path, form=no_form)
    assert [(p.kind, p.file, p.sheet) for p in problems] == [("no-form", "no.xlsx", "survey")]
    assert refused(path, form=tmp_path / "nowhere.xlsx").found[0].kind == "missing-file"
    write_xlsx(tmp_path / "form.xlsx", **FORM)
    write_xlsx(tmp_path / "form2.xlsx", **FORM)
    (problem,) = refused(path)
    assert (problem.kind, problem.en) == (
        "several-forms",
        'Several forms beside this file fit its columns: "form.xlsx", "form2.xlsx". Which one is it?',
    )


# --- LimeSurvey -----------------------------------------------------------------------------------------------------

LIME = {
    "codes": ["id", "submitdate", "lastpage", "startlanguage", "Q1[a]", "Q1[b]", "Q2[x]", "Q2[y]", "Q2[other]", "Q3"],
    "texts": ["Response ID", "Date submitted", "Last page", "Start language", "Views [Fast]", "Views [Easy]",
              "Uses [Tax]", "Uses [Waste]", "Uses [Other]", "Why?"],
    "both": ["id. Response ID", "submitdate. Date submitted", "lastpage. Last page", "startlanguage. Start language",
             "Q1[a]. Views [Fast]", "Q1[b]. Views [Easy]", "Q2[x]. Uses [Tax]", "Q2[y]. Uses [Waste]",
             "Q2[other]. Uses [Other]", "Q3. Why?"],
}  # fmt: skip
LIME_ROWS = [
    ["1", "2023-03-15 21:05:12", "3", "th", "A1", "A5", "Y", "", "", ""],
    ["2", "1980-01-01 00:00:00", "3", "en", "A2", "A4", "", "", "roads", "text"],
    ["3", "", "1", "en", "", "", "", "Y", "", ""],
]


@pytest.mark.parametrize("style", ["codes", "texts", "both"])
def test_limesurvey(tmp_path: Path, style: str) -> None:
    file, _ = read(write_csv(tmp_path / "r.csv", [LIME[style], *LIME_ROWS]))
    assert file.format == "limesurvey"
    by = LIME["codes"] if style != "texts" else LIME["texts"]
    of_other = [f"{by[8]} (text)"] if style != "texts" else []  # the text beside the tick
    assert sorted(file.frame.columns) == sorted([*by, *of_other])
    assert [c.kind for c in file.columns[:4]] == ["metadata", "timestamp", "metadata", "metadata"]
    assert list(file.frame[by[1]]) == ["2023-03-15T21:05:12", "", ""]
    fast = column(file, by[4])
    if style == "both":
        assert (fast.text, fast.group, fast.names) == ("Fast", "Views", ("Q1[a]. Views [Fast]",))
        assert column(file, "Q3").text == "Why?"
    elif style == "texts":
        assert (fast.text, fast.group) == ("Fast", "Views")
    if style != "texts":
        assert [column(file, h).choice_of for h in ("Q1[a]", "Q2[x]", "Q2[y]", "Q2[other]")] == ["", "Q2", "Q2", "Q2"]
        assert file.frame[["Q2[x]", "Q2[y]"]].values.tolist() == [
            ["1", "0"],
            ["0", "0"],
            ["0", "1"],
        ]  # the second wrote something


# --- Qualtrics ------------------------------------------------------------------------------------------------------

QUALTRICS = [
    ["StartDate", "Status", "Duration (in seconds)", "Q1_1", "Q1_2", "Q2_1", "Q2_2", "Q3"],
    ["Start Date", "Response Type", "Duration (in seconds)", "Views - please\nrate - Fast",
     "Views - please\nrate - Easy", "Uses - Tax", "Uses - Waste", "Which?"],
    ['{"ImportId":"startDate","timeZone":"Asia/Bangkok"}', '{"ImportId":"status"}', '{"ImportId":"duration"}',
     '{"ImportId":"QID1_1"}', '{"ImportId":"QID1_2"}', '{"ImportId":"QID2_1"}', '{"ImportId":"QID2_2"}',
     '{"ImportId":"QID3"}'],
    ["2023-03-15 21:05:12", "Survey Preview", "60", "1", "5", "Tax", "", "a,b"],
    ["2023-03-15 21:06:12", "IP Address", "90", "2", "4", "", "", "a"],
    ["2023-03-15 21:07:12", "IP Address", "91", "2", "4", "Tax", "Waste", "b"],
    ["2023-03-15 21:08:12", "IP Address", "92", "2", "4", "", "Waste", "b,a"],
    ["2023-03-15 21:09:12", "IP Address", "93", "2", "4", "", "Waste", "b,a"],
]  # fmt: skip


def test_qualtrics(tmp_path: Path) -> None:
    file, _ = read(write_csv(tmp_path / "r.csv", QUALTRICS))
    assert file.format == "qualtrics"
    assert list(file.frame.index) == [4, 5, 6, 7, 8] or file.frame.index[0] >= 4
    fast = column(file, "Q1_1")
    assert (fast.text, fast.group, fast.kind) == ("Fast", "Views - please rate", "")
    assert [column(file, h).choice_of for h in ("Q1_1", "Q2_1", "Q2_2", "Q3/a")] == ["", "Q2", "Q2", "Q3"]
    assert file.frame[["Q2_1", "Q2_2", "Q3/a"]].values.tolist() == [
        ["1", "0", "1"], ["", "", "1"], ["1", "1", "0"], ["0", "1", "1"], ["0", "1", "1"],
    ]  # fmt: skip
    assert [c.kind for c in file.columns[:3]] == ["timestamp", "metadata", "metadata"]
    assert file.frame["StartDate"].iloc[0] == "2023-03-15T21:05:12"


def test_a_table_that_is_called_qualtrics_and_is_none(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.csv", [QUALTRICS[0], *QUALTRICS[3:]])
    assert refused(path, format="qualtrics").found[0].en.startswith("This is no Qualtrics export")
    assert read(path)[0].format == "csv"


# --- SPSS -----------------------------------------------------------------------------------------------------------


def write_sav(path: Path, frame: pd.DataFrame, **settings: Any) -> Path:
    import pyreadstat

    pyreadstat.write_sav(frame, str(path), **settings)
    return path


def labelled(path: Path, **settings: Any) -> Path:
    frame = pd.DataFrame(
        {
            "q1": [1.0, 5.0, 9.0, None, 98.0],
            "q2": [1.0, 2.5, 999.0, 3.0, 2.0],
            "sex": ["ช", "ญ", "", None, "ไม่"],
            "day": [datetime.date(2023, 3, 15), None, None, None, datetime.date(2566, 3, 15)],
            "at": [datetime.datetime(2023, 3, 15, 21, 5, 12), None, None, None, None],
        }
    )
    return write_sav(
        path,
        frame,
        column_labels={"q1": "ระบบใช้ง่าย", "q2": " The system\nis fast "},
        variable_value_labels={"q1": {1.0: "น้อย", 5.0: "มาก", 9.0: "ไม่ตอบ", 98.0: "ไม่เกี่ยวข้อง"}, "sex": {"ช": "ชาย"}},
        missing_ranges={"q1": [{"lo": 90, "hi": 99}], "sex": ["ไม่"]},
        **settings,
    )


@pytest.mark.parametrize("suffix", ["sav", "zsav"])
def test_spss_cells_labels_and_missing_values(tmp_path: Path, suffix: str) -> None:
    file, problems = read(labelled(tmp_path / f"r.{suffix}", compress=suffix == "zsav"))
    assert file.format == "spss"
    assert list(file.frame.index) == [1, 2, 3, 4, 5]
    assert file.frame.to_dict("list") == {
        "q1": ["1", "5", "9", "", "98"],
        "q2": ["1", "2.5", "999", "3", "2"],
        "sex": ["ช", "ญ", "", "", "ไม่"],
        "day": ["2023-03-15", "", "", "", "2566-03-15"],
        "at": ["2023-03-15T21:05:12", "", "", "", ""],
    }
    q1 = file.columns[0]
    assert (q1.text, dict(q1.values)) == ("ระบบใช้ง่าย", {"1": "น้อย", "5": "มาก", "9": "ไม่ตอบ", "98": "ไม่เกี่ยวข้อง"})
    assert q1.missing == {"98"}
    assert (column(file, "q2").text, column(file, "sex").missing) == ("The system is fast", {"ไม่"})
    assert column(file, "sex").text == "sex"
    assert not problems.notices


def recoded(path: Path, declared: bytes, character_code: int) -> Path:
    """A file whose Thai is in cp874, though it declares another encoding (or none), as old files do."""
    thai = "ความพึงพอใจ"
    place = b"X" * len(thai)
    write_sav(path, pd.DataFrame({"q": [1.0, 2.0]}), column_labels={"q": place.decode()},
              variable_value_labels={"q": {1.0: "Y" * 4}})  # fmt: skip
    data = path.read_bytes().replace(place, thai.encode("cp874")).replace(b"YYYY", "น้อย".encode("cp874"))
    record = struct.pack("<4i", 7, 20, 1, 5) + b"UTF-8"
    assert record in data
    replaced = struct.pack("<4i", 7, 20, 1, len(declared)) + declared if declared else b""
    machine = struct.pack("<4i", 7, 3, 4, 8)
    at = data.index(machine) + len(machine) + 7 * 4
    data = data[:at] + struct.pack("<i", character_code) + data[at + 4 :]
    path.write_bytes(data.replace(record, replaced))
    return path


@pytest.mark.parametrize(("declared", "code"), [(b"windows-1252", 1252), (b"UTF-8", 65001), (b"", 1252), (b"", 2)])
def test_spss_in_thai_under_a_wrong_encoding(tmp_path: Path, declared: bytes, code: int) -> None:
    file, problems = read(recoded(tmp_path / "r.sav", declared, code))
    assert file.columns[0].text == "ความพึงพอใจ"
    assert dict(file.columns[0].values) == {"1": "น้อย"}
    assert [n.kind for n in problems.notices] == ["encoding"]


def test_spss_in_thai_under_its_own_encoding(tmp_path: Path) -> None:
    file, problems = read(recoded(tmp_path / "r.sav", b"windows-874", 874))
    assert file.columns[0].text == "ความพึงพอใจ"
    assert not problems.notices


def test_spss_sets_of_answers(tmp_path: Path) -> None:
    path = write_sav(tmp_path / "r.sav", pd.DataFrame({"u1": [1.0, None, 0.0], "u2": [None, None, 1.0]}))
    data = path.read_bytes()
    sets = b"$uses=D1 1 4 Uses u1 u2\n"
    end = struct.pack("<2i", 999, 0)
    path.write_bytes(data.replace(end, struct.pack("<4i", 7, 7, 1, len(sets)) + sets + end, 1))
    file, _ = read(path)
    assert [(c.kind, c.group, c.choice_of) for c in file.columns] == [("select_multiple", "Uses", "uses")] * 2
    assert file.frame.to_dict("list") == {"u1": ["1", "", "0"], "u2": ["0", "", "1"]}


def test_spss_files_that_cannot_be_read(tmp_path: Path) -> None:
    whole = labelled(tmp_path / "r.sav").read_bytes()
    path = tmp_path / "broken.sav"
    for length in (0, 3, 100, len(whole) // 2, len(whole) - 4):
        path.write_bytes(whole[:length])
        assert [p.en for p in refused(path)] == ["This file is damaged or cut short, or no SPSS data file."]
    path.write_bytes(b"\x1c" + bytes(7) + b"ENCRYPTEDSAV" + bytes(100))
    (problem,) = refused(path)
    assert problem.en == "This SPSS file is protected by a password."
    assert "รหัสผ่าน" in problem.th


def test_a_damaged_spss_file_is_a_problem_and_never_an_exception(tmp_path: Path) -> None:
    whole = labelled(tmp_path / "r.sav").read_bytes()
    path = tmp_path / "broken.sav"
    # The number of a variable behind its value labels, which the library behind pyreadstat follows wherever it points.
    labels_of = whole.index(struct.pack("<3i", 4, 1, 1)) + 8
    for at in (*range(0, len(whole), 101), labels_of):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        problems = Problems()
        assert read_survey_file(path, problems.at("r.sav")) is not None or problems.found


@pytest.mark.parametrize(
    ("cells", "values", "missing", "found"),
    [
        ("1 2 3 4 5 9", {}, (), ["9"]),
        ("1 2 3 4 5 8 9", {}, (), ["8", "9"]),
        ("1 2 3 4 5 6 7 8 9", {}, (), []),
        ("0 1 2 3 4 5 6 7 8 9 10", {}, (), []),
        ("1 2 3 -1", {}, (), ["-1"]),
        ("-3 -2 -1 0 1 2 3", {}, (), []),
        ("1 2 3 99", {}, ("99",), []),
        ("1 2 3 9", {"9": "ไม่ตอบ"}, (), ["9"]),
        ("1 2 3 9", {"9": "NO SABE"}, (), ["9"]),  # whatever its label
        ("1 2 3", {"9": "ไม่ตอบ"}, (), []),
        (" ".join(map(str, [*range(18, 80), 99])), {}, (), ["99"]),
        (" ".join(map(str, range(18, 100))), {}, (), []),
        (" ".join(map(str, [*range(18, 80), 999])), {}, (), ["999"]),
        ("a b 99", {}, (), []),
    ],
)
def test_values_that_may_be_codes_for_no_answer(
    cells: str, values: dict[str, str], missing: tuple[str, ...], found: list[str]
) -> None:
    frame = pd.DataFrame({"q": [*cells.split(), ""]})
    column = SurveyColumn("q", values=values, missing=frozenset(missing))
    assert [s.value for s in suspicious_values(frame, [column])] == found


# --- Parquet and real files -----------------------------------------------------------------------------------------


def test_parquet(tmp_path: Path) -> None:
    pl = pytest.importorskip("polars")
    path = tmp_path / "r[1].parquet"
    typed = {"site": ["น้ำใส", None], "q": [3, None], "d": [datetime.date(2023, 3, 15), None]}
    pl.DataFrame({**typed, "b": [True, False], "f": [1.0, 2.5]}).write_parquet(path)
    file, _ = read(path)
    assert file.format == "parquet"
    assert file.frame.to_dict("index") == {
        1: {"site": "น้ำใส", "q": "3", "d": "2023-03-15", "b": "1", "f": "1"},
        2: {"site": "", "q": "", "d": "", "b": "0", "f": "2.5"},
    }
    whole = path.read_bytes()
    for at in range(4, len(whole), 61):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        problems = Problems()
        assert read_survey_file(path, problems) is not None or problems.found
    path.write_bytes(whole[:100])
    assert refused(path).found[0].en == "This file is damaged or cut short, or no Parquet file."
    pl.DataFrame({"q": [[1, 2]]}).write_parquet(path)
    assert [(p.kind, p.column) for p in refused(path)] == [("nested", "q")]


@pytest.mark.parametrize("name", REAL)
def test_real_surveys_read_alike_from_every_format(tmp_path: Path, name: str) -> None:
    if not (DATA / name).is_file():
        pytest.skip("the real data do not stand beside the project")
    from_csv, _ = read(DATA / name)
    typed = pd.read_csv(DATA / name)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("data")
    sheet.append(list(typed.columns))
    for row in typed.astype(object).where(typed.notna(), None).itertuples(index=False):
        sheet.append(row)
    book.save(tmp_path / "r.xlsx")
    from_xlsx, _ = read(tmp_path / "r.xlsx")
    as_written = from_csv.frame.replace("NA", "")  # as R writes what is missing
    pd.testing.assert_frame_equal(as_written, from_xlsx.frame)
    numbers = {c: typed[c].astype("float64") for c in typed if pd.api.types.is_numeric_dtype(typed[c])}
    from_sav, _ = read(write_sav(tmp_path / "r.sav", typed.assign(**numbers)))
    pd.testing.assert_frame_equal(
        as_written.reset_index(drop=True), from_sav.frame.reset_index(drop=True), check_dtype=False
    )
