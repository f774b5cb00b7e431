"""What exports of survey tools need before they are a study: headers in other languages, drafts of sites and groups."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import yaml
from first_try.forms import qualtrics
from first_try.talks import THAI
from first_try.tools import maxqda
from studies import STUDY

from thongthin.basics.problems import Problem, Problems
from thongthin.commands.describe_survey import main
from thongthin.commands.new_study import new_study
from thongthin.commands.survey_drafts import sites, survey_part
from thongthin.commands.survey_guesses import draft
from thongthin.contract.scale_words import order
from thongthin.contract.study import Study
from thongthin.contract.tables import TABLES
from thongthin.read.coding.tables import read_coding_table
from thongthin.read.frame import ONE_SITE
from thongthin.read.survey.files import SurveyColumn, SurveyFile, read_survey_file
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import SurveyTables, responses_of

DATA = Path(__file__).parents[2] / "data" / "surveys"
GRID = "ท่านพึงพอใจต่อสิ่งต่อไปนี้เพียงใด"


def read(path: Path) -> SurveyFile:
    problems = Problems()
    file = read_survey_file(path, problems.at(path.name))
    assert file is not None and not problems.found
    return file


def column(file: SurveyFile, header: str) -> SurveyColumn:
    return next(own for own in file.columns if own.header == header)


# --- LimeSurvey -------------------------------------------------------------------------------------------------------


def test_questions_of_limesurvey_as_headers_in_thai(tmp_path: Path) -> None:
    """The structure has a question in bold type, and an array whose header LimeSurvey wrote without it."""
    for name in ("library.csv", "library.lss"):
        shutil.copy(DATA / name, tmp_path)
    file = read(tmp_path / "library.csv")
    assert file.format == "limesurvey"
    assert [own.kind for own in file.columns[:5]] == ["metadata", "timestamp", "metadata", "metadata", "metadata"]
    assert set(file.frame["วันที่ส่ง"]) == {""}  # 1980: no times were kept
    row = column(file, f"{GRID} [เวลาเปิดทำการ]")
    assert row.texts == {"th": "เวลาเปิดทำการ", "en": "Opening hours"}
    assert row.labels["en"]["A3"] == "Neither satisfied nor dissatisfied"
    other = column(file, "ท่านใช้บริการใดของห้องสมุดบ้าง [อื่นๆ]")
    assert other.choice_of == "ท่านใช้บริการใดของห้องสมุดบ้าง"
    assert other.texts == {"th": "อื่น ๆ", "en": "Other"}
    assert list(file.frame[other.header]).count("1") == 2
    assert set(file.frame["ท่านสังกัดคณะใด"]) == {"A1", "A2", "A3", "-oth-"}


def test_limesurvey_is_known_by_the_names_of_its_columns_in_thai_and_by_its_structure(tmp_path: Path) -> None:
    text = (DATA / "library.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "alone.csv").write_text(text, encoding="utf-8")
    assert read(tmp_path / "alone.csv").format == "limesurvey"
    for thai in ("ID การตอบแบบสอบถาม", "วันที่ส่ง", "หน้าสุดท้าย", "ภาษาเริ่มต้น"):  # a language that is not known here
        text = text.replace(thai, f"x {len(thai)}")
    (tmp_path / "alone.csv").write_text(text, encoding="utf-8")
    assert read(tmp_path / "alone.csv").format == "csv"
    shutil.copy(DATA / "library.lss", tmp_path)
    assert read(tmp_path / "alone.csv").format == "limesurvey"


def test_times_that_a_survey_did_not_keep_are_not_drafted_as_when_it_was_submitted(tmp_path: Path) -> None:
    for name in ("library.csv", "library.lss"):
        shutil.copy(DATA / name, tmp_path)
    part = yaml.safe_load(survey_part(draft(read(tmp_path / "library.csv")), "library.csv", None))
    assert part["survey"]["respondent"] == "ID การตอบแบบสอบถาม"
    assert "submitted" not in part["survey"]


# --- answers ----------------------------------------------------------------------------------------------------------


def test_options_with_commas_stand_in_the_draft_as_they_were_asked(tmp_path: Path) -> None:
    (tmp_path / "offices.csv").write_bytes(qualtrics())
    choices = {own.text for own in read(tmp_path / "offices.csv").columns if own.choice_of}
    assert choices == {"Email", "Phone, text messages", "Letter", "At the counter"}


@pytest.mark.parametrize(
    ("answered", "labels"),
    [
        (
            ["Somewhat unlikely", "Neither likely nor unlikely", "Somewhat likely", "Extremely likely"],
            ("Extremely unlikely", "Somewhat unlikely", "Neither likely nor unlikely", "Somewhat likely",
             "Extremely likely"),
        ),
        (
            ["Very unhelpful", "Somewhat unhelpful", "Neither", "Somewhat helpful"],
            ("Very unhelpful", "Somewhat unhelpful", "Neither", "Somewhat helpful", "Very helpful"),
        ),
    ],
)  # fmt: skip
def test_a_point_that_nobody_chose_is_called_as_the_opposite_of_the_one_that_somebody_chose(
    answered: list[str], labels: tuple[str, ...]
) -> None:
    found = order(answered)
    assert found is not None
    assert found.labels == labels


def test_the_middle_of_a_files_scale_is_told_as_a_point_and_codes_beside_it_as_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([str(DATA / "clinic.sav")]) == 0
    (line,) = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  trust1  ")]
    assert "3 = ไม่แน่ใจ, 4 = เห็นด้วย, 5 = เห็นด้วยอย่างยิ่ง; no answer / ไม่มีคำตอบ: 88 = ไม่ทราบ, 99 = ไม่ตอบคำถาม" in line


def test_the_middle_of_a_files_scale_is_not_told_to_be_no_answer(tmp_path: Path) -> None:
    _, problems = responses(tmp_path, DATA / "clinic.sav", "item_id,text_th,text_en,scale\ntrust2,ก,a,file\n")
    assert not problems.found
    (notice,) = [own for own in problems.notices if own.kind == "suspicious-value"]
    assert '99 "ไม่ตอบคำถาม" (trust2)' in notice.en
    assert "ไม่แน่ใจ" not in notice.en


# --- sites and groups -------------------------------------------------------------------------------------------------


def responses(
    folder: Path, path: Path, items: str, listed: list[tuple[str, str]] | None = None, **survey: Any
) -> tuple[SurveyTables, Problems]:
    """A file read as the survey of a study with these sites, and without groups."""
    (folder / "items.csv").write_text(items, encoding="utf-8")
    own = {"file": path.name, **survey}
    study = Study.model_validate({**{k: v for k, v in STUDY.items() if k != "groups"}, "survey": own})
    problems = Problems()
    rows = [{"site_id": id_, "name_th": name, "name_en": name} for id_, name in listed or [(ONE_SITE, "พื้นที่ศึกษา")]]
    frame = read_items(folder / "items.csv", study, problems.at("items.csv"))
    table = pd.DataFrame(rows, columns=[column.name for column in TABLES["sites"].columns]).fillna("")
    return responses_of(read(path), frame, table, study, problems.at(path.name)), problems


HEADER = "place,role,q"


def form(folder: Path, *rows: str) -> Path:
    path = folder / "r.csv"
    path.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return path


ITEM = "item_id,text_th,text_en,scale\nq,ก,a,agreement5\n"
ROWS = ("ต.น้ำใส,ครู,เห็นด้วย", "ต.ดอนหวาน,ครูใหญ่,ไม่เห็นด้วย", "ต.น้ำใส,ครู,เห็นด้วย")


def only(problems: Problems) -> Problem:
    (problem,) = problems.found
    return problem


def test_sites_of_a_survey_are_asked_for_once_where_the_study_lists_none(tmp_path: Path) -> None:
    _, problems = responses(tmp_path, form(tmp_path, *ROWS), ITEM, site="place")
    assert only(problems).en == 'This column holds sites, but sites.csv lists none: "ต.น้ำใส", "ต.ดอนหวาน".'
    listed = [("s01", "ต.น้ำใส"), ("s02", "ต.ดอนหวาน")]
    tables, problems = responses(tmp_path, form(tmp_path, *ROWS), ITEM, listed, site="place")
    assert not problems.found
    assert list(tables.received["site_id"]) == ["s01", "s02", "s01"]
    assert not responses(tmp_path, form(tmp_path, *ROWS), ITEM)[1].found  # `site` taken out, as the hint says


def test_groups_of_a_survey_are_asked_for_once_with_the_line_that_names_them(tmp_path: Path) -> None:
    _, problems = responses(tmp_path, form(tmp_path, *ROWS), ITEM, group="role")
    problem = only(problems)
    assert problem.en == 'This column holds groups, but study.yml names none: "ครู", "ครูใหญ่".'
    assert problem.hint_en is not None
    line = problem.hint_en.removeprefix("Add to study.yml: ").partition(". If it")[0]
    groups = yaml.safe_load(line)["groups"]
    assert groups == [{"id": "g01", "label": "ครู"}, {"id": "g02", "label": "ครูใหญ่"}]


def test_all_other_names_of_sites_come_as_one_line_that_works(tmp_path: Path) -> None:
    listed = [("S1", "ตำบลน้ำใส"), ("S2", "ตำบลดอนหวาน")]
    _, problems = responses(tmp_path, form(tmp_path, *ROWS), ITEM, listed, site="place")
    hints = {own.hint_en for own in problems.found}
    assert len(problems.found) == 2 and len(hints) == 1  # told as one, with both lists of rows
    line = str(hints.pop()).partition("with the right ids: ")[2]
    assert line == "sites: {S1: [ต.น้ำใส], S2: [ต.ดอนหวาน]}"
    tables, problems = responses(tmp_path, form(tmp_path, *ROWS), ITEM, listed, site="place", **yaml.safe_load(line))
    assert not problems.found
    assert list(tables.received["site_id"]) == ["S1", "S2", "S1"]


def test_sites_and_groups_that_a_survey_names_are_drafted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    new_study(tmp_path, "village", "survey")
    folder = tmp_path / "data" / "raw" / "village"
    for name in ("village.csv", "village-form.xlsx"):
        shutil.copy(DATA / name, folder / "survey")
    # As an earlier version began it, with fewer columns.
    (folder / "sites.csv").write_text("site_id,name_th,name_en,short_th,short_en,type,people\n", encoding="utf-8")
    assert main([str(folder / "survey" / "village.csv"), "--drafts", str(folder)]) == 0
    assert "sites.csv" in capsys.readouterr().out
    text = (folder / "sites.csv").read_text(encoding="utf-8-sig")
    head = "site_id,name_th,name_en,short_th,short_en,type,people,latitude,longitude,code"
    assert text.splitlines() == [head, "t1,ตำบลน้ำใส,Nam Sai,,,,,,,", "t2,ตำบลดอนหวาน,Don Wan,,,,,,,"]
    before = (folder / "sites.csv").read_bytes().replace(b"Nam Sai", b"Nam Sai!")
    (folder / "sites.csv").write_bytes(before)
    assert main([str(folder / "survey" / "village.csv"), "--drafts", str(folder)]) == 0
    assert (folder / "sites.csv").read_bytes() == before  # filled in, and left as it is

    found = draft(read(DATA / "teachers.csv"))
    assert list(sites(found)["name_en"]) == ["North School", "South School"]
    lines = survey_part(found, "teachers.csv", None).splitlines()
    assert any(line.startswith("# site: guessed") for line in lines)
    assert "#groups: [{id: head, label: Head}, {id: teacher, label: Teacher}]" in lines


def test_groups_of_documents_of_maxqda_are_the_sites(tmp_path: Path) -> None:
    (tmp_path / "segments.xlsx").write_bytes(maxqda(THAI, {"P01": "น้ำใส", "P02": "น้ำใส", "P03": "ดอนหวาน", "P04": ""}))
    coded = read_coding_table(tmp_path / "segments.xlsx", Problems())
    assert coded is not None
    assert [(own.name, own.sources) for own in coded.sets] == [("น้ำใส", ("P01", "P02")), ("ดอนหวาน", ("P03",))]
