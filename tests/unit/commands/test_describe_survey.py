from __future__ import annotations

import csv
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
import yaml
from studies import STUDY

from thongthin.basics.problems import Problems
from thongthin.commands.describe_survey import main
from thongthin.commands.study_files import study_template
from thongthin.commands.survey_drafts import items, survey_part
from thongthin.commands.survey_guesses import draft
from thongthin.contract.study import Study
from thongthin.read.survey.files import read_survey_file
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import read_responses

ROOT = Path(__file__).parents[3]
DEMONSTRATION = ROOT / "data" / "raw" / "khon-kaen" / "survey"
AGREE = ["ไม่เห็นด้วยอย่างยิ่ง", "ไม่เห็นด้วย", "ไม่แน่ใจ", "เห็นด้วย", "เห็นด้วยอย่างยิ่ง"]
DONE = ["ทำเอง", "จ้างคนอื่น", "ไม่ได้ทำ"]
WAYS = ["ทางออนไลน์", "ที่สำนักงาน", "ทางโทรศัพท์"]


def form_rows(n: int = 60) -> list[list[str]]:
    """A Google Form as it comes: personal data, a grid, check boxes, numbers, words that are on no known scale."""
    header = ["ประทับเวลา", "ชื่อ-สกุล", "เบอร์ติดต่อ", "ท่านอยู่ในเขตใด", "ท่านเป็น", "อายุ (ปี)", "ความเห็น [ใช้ง่าย]"]
    header += ["ความเห็น [เร็ว]", "ใช้บริการทางใด", "คะแนน 1", "คะแนน 2", "ก่อนมีระบบ", "หลังมีระบบ", "ข้อเสนอ\u202eแนะ", "ว่าง"]
    rows = []
    for i in range(n):
        who = [f"{1 + i % 28}/3/2566, 9:05:12", f"นาย {i}", f"08{i % 10}-{100 + i}-{4000 + i}"]
        where = [["เทศบาลตำบลน้ำใส", "อบต.ทุ่งทอง"][i % 2], ["เจ้าหน้าที่", "ประชาชน"][i % 3 // 2], str(20 + i % 45)]
        grid = [AGREE[i % 5], AGREE[i * 7 % 5 or 1]]
        ways = ", ".join(WAYS[: 1 + i % 3]) if i % 4 else WAYS[i % 3]
        points = [str(1 + i % 4), str(1 + i % 5)]
        rows.append([*who, *where, *grid, ways, *points, DONE[i % 3], DONE[i // 3 % 3], f"=HYPERLINK({i})", ""])
    return [header, *rows]


def write(path: Path, rows: list[list[str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return path


def test_what_each_column_seems_to_be(tmp_path: Path) -> None:
    file = read_survey_file(write(tmp_path / "r.csv", form_rows()), Problems())
    assert file is not None
    found = draft(file)
    assert {own.column.header: (own.role, own.scale) for own in found.guesses} == {
        "ประทับเวลา": ("time", ""),
        "ชื่อ-สกุล": ("personal", ""),
        "เบอร์ติดต่อ": ("personal", ""),
        "ท่านอยู่ในเขตใด": ("site", "category"),
        "ท่านเป็น": ("group", "category"),
        "อายุ (ปี)": ("number", "number0_64"),
        "ความเห็น [ใช้ง่าย]": ("scale", "agreement5"),
        "ความเห็น [เร็ว]": ("scale", "agreement5"),  # without "strongly disagree", which its block has
        "ใช้บริการทางใด": ("choices", ""),
        **{f"ใช้บริการทางใด/{way}": ("choice", "chosen") for way in WAYS},
        "คะแนน 1": ("scale", "points5"),  # nobody answered 5, but its block has it
        "คะแนน 2": ("scale", "points5"),
        "ก่อนมีระบบ": ("category", "category"),
        "หลังมีระบบ": ("category", "category"),
        "ข้อเสนอ\u202eแนะ": ("text", ""),
        "ว่าง": ("empty", ""),
    }
    assert found.scales == {"number0_64": (0, 64), "points5": (1, 5)}


def test_what_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(write(tmp_path / "แบบสอบถาม.csv", form_rows()))]) == 0
    said = capsys.readouterr().out
    assert "Google Forms, 60, 18\n" in said
    assert "  ความเห็น [ใช้ง่าย]  scale / มาตรวัด agreement5  60  " in said
    assert "  คะแนน 2  scale / มาตรวัด points5  60  1, 2, 3, 4, 5\n" in said
    shared = "  จ้างคนอื่น, ทำเอง, ไม่ได้ทำ: ก่อนมีระบบ, หลังมีระบบ\n"
    assert (
        f"lowest first / คำตอบชุดเดียวกันในหลายคอลัมน์ แต่ไม่ใช่มาตรวัดที่รู้จัก หากเป็นมาตรวัด ให้ประกาศโดยเรียงจากต่ำไปสูง\n{shared}"
        in said
    )
    assert "นำไฟล์เข้าการศึกษา\n  ชื่อ-สกุล\n  เบอร์ติดต่อ\n" in said
    # What people wrote, and who they are, is not repeated.
    assert "นาย 7" not in said
    assert "HYPERLINK" not in said
    assert "\u202e" not in said
    assert "--- survey/items.csv ---" in said
    assert "--- survey/survey.yml ---" in said


def test_drafts_are_written_where_nothing_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, folder = write(tmp_path / "r.csv", form_rows()), tmp_path / "ร่าง"
    (folder / "survey").mkdir(parents=True)
    (folder / "survey" / "items.csv").write_text("mine", encoding="utf-8")
    assert main([str(path), "--drafts", str(folder)]) == 0
    said = capsys.readouterr().out
    assert (folder / "survey" / "items.csv").read_text(encoding="utf-8") == "mine"
    assert "มีอยู่แล้ว จึงไม่แตะต้อง:\n  survey/items.csv\n" in said
    written = yaml.safe_load((folder / "survey" / "survey.yml").read_text(encoding="utf-8"))
    assert written == {
        "survey": {
            "file": "r.csv",
            "site": "ท่านอยู่ในเขตใด",
            "group": "ท่านเป็น",
            "submitted": "ประทับเวลา",
            "scales": {"number0_64": {"min": 0, "max": 64, "numeric": True}, "points5": {"min": 1, "max": 5}},
        }
    }
    # The folder is a file.
    assert main([str(path), "--drafts", str(path)]) == 1
    assert "The drafts could not be written" in capsys.readouterr().out


def completed(path: Path, folder: Path, form: Path | None = None) -> tuple[pd.DataFrame, pd.DataFrame, Problems]:
    """The survey read with its drafts, once a person has filled in the texts and named the sites."""
    file = read_survey_file(path, Problems(), form=form)
    assert file is not None
    found = draft(file)
    drafted = items(found)
    for column in ("text_th", "text_en"):
        drafted[column] = drafted[column].where(drafted[column] != "", "-")
    drafted.to_csv(folder / "items.csv", index=False)
    part = yaml.safe_load(survey_part(found, path.name, form.name if form else None))["survey"]
    site = next(own for own in found.guesses if own.role == "site")
    names = [site.column.values.get(answer, answer) for answer in site.answers]
    sites = pd.DataFrame({"site_id": [f"S{n}" for n in range(len(names))], "name_th": names, "name_en": names})
    study = Study.model_validate({**STUDY, "fieldwork": {"from": "2023-01-01", "to": "2023-12-31"}, "survey": part})
    problems = Problems()
    table = read_items(folder / "items.csv", study, problems.at("items.csv"))
    tables = read_responses(path, table, sites, study, problems.at(path.name))
    return drafted, tables.received, problems


def test_a_survey_can_be_read_with_its_drafts(tmp_path: Path) -> None:
    rows = [[*row[:4], *row[5:]] for row in form_rows()]  # the groups of the study are not those of the form
    drafted, received, problems = completed(write(tmp_path / "r.csv", rows), tmp_path)
    assert not problems.found, [str(p) for p in problems]
    assert list(drafted["item_id"]) == [f"q{n:02d}" for n in range(1, 11)]
    assert set(drafted["construct"]) | set(drafted["wave"]) == {""}
    assert received["q01"].tolist() == [float(row[4]) for row in rows[1:]]  # the age, an amount
    assert received.loc[:4, "q02"].tolist() == [1, 2, 3, 4, 5]
    choices = drafted.loc[drafted["scale"] == "chosen", "item_id"]
    assert received[choices].isin([0, 1]).all(axis=None)
    assert received.loc[4, choices].tolist() == [0, 1, 0]  # the first row of one answer alone: at the office


def test_categories_are_drafted_as_comments_that_can_be_taken_over(tmp_path: Path) -> None:
    rows = [[*row[:4], *row[5:]] for row in form_rows()]
    path = write(tmp_path / "r.csv", [[*row, ["Male", "Female", "N/A"][i % 3] if i else "Sex"]
                                      for i, row in enumerate(rows)])  # fmt: skip
    file = read_survey_file(path, Problems())
    assert file is not None
    text = survey_part(draft(file), path.name, None)
    assert "categories" not in yaml.safe_load(text)["survey"]
    taken_over = re.sub(r"^#(  .*)$", r"\1", text, flags=re.MULTILINE)
    drafted = yaml.safe_load(taken_over)["survey"]["categories"]
    assert drafted["Sex"] == [{"id": "female", "th": "", "en": "Female"}, {"id": "male", "th": "", "en": "Male"}]
    before, after = (own for item, own in drafted.items() if item != "Sex")
    assert [own["th"] for own in before] == sorted(DONE)
    assert before == after
    assert all(own["id"].startswith("c0") and own["en"] == "" for own in before)
    filled = yaml.safe_load(taken_over.replace("en: ''", "en: x").replace("th: ''", "th: y"))["survey"]["categories"]
    assert set(filled) == set(items(draft(file)).query("scale == 'category'")["item_id"])


def test_codes_and_languages_of_a_form(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    survey = book.create_sheet("survey")
    survey.append(["type", "name", "label::ไทย (th)", "label::English (en)"])
    survey.append(["select_one sites", "site", "เทศบาลใด", "Which municipality"])
    survey.append(["select_one agree", "fast", "ระบบเร็ว", "The system is fast"])
    survey.append(["select_multiple ways", "ways", "ใช้ทางใด", "Used how"])
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", "label::ไทย (th)", "label::English (en)"])
    for list_, name, th, en in [
        ("sites", "a", "เทศบาล ก", "Town A"), ("sites", "b", "เทศบาล ข", "Town B"),
        *(("agree", str(n), word, f"Level {n}") for n, word in enumerate(AGREE, start=1)),
        ("ways", "web", "เว็บ", "Web"), ("ways", "desk", "เคาน์เตอร์", "Desk"),
    ]:  # fmt: skip
        choices.append([list_, name, th, en])
    book.save(tmp_path / "form.xlsx")
    header = ["end", "site", "fast", "ways", "_id", "_uuid", "_submission_time"]
    rows = [
        [
            f"2023-03-{i:02d}T09:00:00+07:00",
            "ab"[i % 2],
            str(1 + i % 5),
            ["web", "web desk"][i % 2],
            str(i),
            f"u{i}",
            "",
        ]
        for i in range(1, 21)
    ]
    drafted, received, problems = completed(
        write(tmp_path / "r.csv", [header, *rows]), tmp_path, tmp_path / "form.xlsx"
    )
    assert not problems.found, [str(p) for p in problems]
    assert drafted[["item_id", "column", "choice", "text_th", "text_en", "scale"]].values.tolist() == [
        ["fast", "", "", "ระบบเร็ว", "The system is fast", "file"],
        ["ways_web", "ways", "เว็บ", "เว็บ", "Web", "chosen"],
        ["ways_desk", "ways", "เคาน์เตอร์", "เคาน์เตอร์", "Desk", "chosen"],
    ]
    assert received[["fast", "ways_web", "ways_desk"]].values.tolist()[:2] == [[2, 1, 1], [3, 1, 0]]


def test_the_demonstration_study_is_described_as_it_is_declared() -> None:
    file = read_survey_file(DEMONSTRATION / "responses.xlsx", Problems())
    assert file is not None
    found = draft(file)
    declared = pd.read_csv(DEMONSTRATION / "items.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    ours = {own.column.header: own.scale for own in found.guesses}
    usual = {"agree5": "agreement5"}
    assert {column: ours[column] for column in declared["column"]} == {
        column: usual.get(scale, scale) for column, scale in zip(declared["column"], declared["scale"], strict=True)
    }
    assert [own.role for own in found.guesses[:3]] == ["time", "site", "group"]


def test_folders_are_named_from_the_project_or_from_home(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path / "r.csv", form_rows())
    for inside, said in (("project/data/raw/x", "data/raw/x"), ("home/x", "~/x")):
        (tmp_path / "project").mkdir(exist_ok=True)
        monkeypatch.chdir(tmp_path / "project")
        monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
        assert main([str(path), "--drafts", str(tmp_path / inside)]) == 0
        told = capsys.readouterr().out
        assert f"Drafts written in {said} / เขียนไฟล์ร่างไว้ใน {said}:" in told and str(tmp_path) not in told


@pytest.mark.parametrize("words", [["r.ods"], ["nothing.csv"], ["r.csv", "--form", "nothing.xlsx"]])
def test_files_that_cannot_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    (tmp_path / "r.ods").touch()
    write(tmp_path / "r.csv", form_rows(3))
    given = [word if word.startswith("--") else str(tmp_path / word) for word in words]
    assert main(given) == 1
    assert "1 problem in 1 file" in capsys.readouterr().out


def test_the_launcher_knows_the_command() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "paper.py", "--help"], capture_output=True, encoding="utf-8", check=True
    )
    assert "describe-survey FILE ... [--waves] [--form FORM] [--sheet SHEET] [--drafts FOLDER]" in done.stdout


def drafted(tmp_path: Path, columns: dict[str, list[str]]) -> dict[str, str]:
    """The role of each column, and the scale of those that have one."""
    rows = [list(columns), *map(list, zip(*columns.values(), strict=True))]
    file = read_survey_file(write(tmp_path / "r.csv", rows), Problems())
    assert file is not None
    return {own.column.header: f"{own.role} {own.scale}".strip() for own in draft(file).guesses}


def test_weights_birthdays_and_open_questions(tmp_path: Path) -> None:
    n = 40
    comments = ["ดีแล้ว", "ขอบคุณ", "ไม่มีข้อเสนอแนะ", "อยากให้เร็วขึ้น"]
    found = drafted(
        tmp_path,
        {
            "wt": [f"{0.8 + 0.01 * (i % 40):.2f}" for i in range(n)],
            "น้ำหนัก (กก.)": [f"{45 + i}.5" for i in range(n)],
            "วันเดือนปีเกิด": [f"{1 + i % 28}/{1 + i % 12}/{1980 + i % 20}" for i in range(n)],
            "ข้อเสนอแนะเพิ่มเติม": [comments[i % 4] for i in range(n)],
            "ท่านรู้จักจากที่ใด": [f"ทาง {i}" if i % 2 else "" for i in range(n)],
            "อาชีพ": [["เกษตรกร", "ค้าขาย", "รับจ้าง"][i % 3] for i in range(n)],
        },
    )
    assert found == {
        "wt": "weight",
        "น้ำหนัก (กก.)": "number number0_85",
        "วันเดือนปีเกิด": "personal",
        "ข้อเสนอแนะเพิ่มเติม": "text",
        "ท่านรู้จักจากที่ใด": "text",
        "อาชีพ": "category category",
    }


def test_columns_that_are_called_strata_and_clusters_are_proposed_as_the_design(tmp_path: Path) -> None:
    question = "การรวมกลุ่มเป็นคลัสเตอร์อุตสาหกรรมช่วยให้ทำงานได้ดีขึ้น"
    columns = {
        "SDMVSTRA": [str(80 + i // 20) for i in range(40)],
        "SDMVPSU": [str(1 + i % 2) for i in range(40)],
        question: [["มาก", "ปานกลาง", "น้อย"][i % 3] for i in range(40)],
    }
    found = drafted(tmp_path, columns)
    assert (found["SDMVSTRA"], found["SDMVPSU"]) == ("stratum", "cluster")
    assert found[question] not in ("stratum", "cluster")
    file = read_survey_file(tmp_path / "r.csv", Problems())
    assert file is not None
    part = survey_part(draft(file), "r.csv", None)
    assert "design" not in yaml.safe_load(part)["survey"]
    own = yaml.safe_load(part.replace("#  design:", "  design:"))["survey"]["design"]
    assert own == {"strata": "SDMVSTRA", "clusters": "SDMVPSU", "nested": True}
    drafted(tmp_path, {"ชั้นภูมิ": columns["SDMVSTRA"], "คลัสเตอร์": [str(i // 4) for i in range(40)]})
    file = read_survey_file(tmp_path / "r.csv", Problems())
    assert file is not None
    assert "#  design: {strata: ชั้นภูมิ, clusters: คลัสเตอร์}\n" in survey_part(draft(file), "r.csv", None)


def test_a_code_of_missing_answers_is_no_point_of_a_drafted_scale(tmp_path: Path) -> None:
    columns = {f"s{n}": [str([1, 2, 3, 4, 5, 9][(i * (n + 1)) % 6]) for i in range(60)] for n in range(3)}
    assert drafted(tmp_path, columns) == dict.fromkeys(columns, "scale points5")
    file = read_survey_file(tmp_path / "r.csv", Problems())
    assert file is not None
    part = survey_part(draft(file), "r.csv", None)
    assert yaml.safe_load(part)["survey"]["scales"] == {"points5": {"min": 1, "max": 5}}
    lines = [line[3:] for line in part.splitlines() if line.startswith(("#  codes", "#    - {values"))]
    assert yaml.safe_load("\n".join(lines)) == {"codes": [{"values": [9], "meaning": "missing"}]}


def test_a_scale_that_is_not_built_in_is_declared_with_what_each_answer_was_taken_for(tmp_path: Path) -> None:
    words = ["ปรับปรุง", "พอใช้", "ดี", "ดีมาก", "ดีเยี่ยม"]
    columns = {f"บริการ {n}": [words[(i * (n + 2)) % 5] for i in range(40)] for n in range(2)}
    assert set(drafted(tmp_path, columns).values()) == {"scale words5"}
    file = read_survey_file(tmp_path / "r.csv", Problems())
    assert file is not None
    answers = yaml.safe_load(survey_part(draft(file), "r.csv", None))["survey"]["scales"]["words5"]["answers"]
    assert [(own["value"], own["th"]) for own in answers] == list(enumerate(words, 1))


def test_the_part_of_study_yml_that_nobody_filled_in_is_drafted_in_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, folder = write(tmp_path / "r.csv", form_rows()), tmp_path / "mine"
    folder.mkdir()
    (folder / "study.yml").write_text(study_template(), encoding="utf-8")
    assert main([str(path), "--drafts", str(folder)]) == 0
    assert "The part survey was put into study.yml" in capsys.readouterr().out
    text = (folder / "study.yml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["survey"]["file"] == "r.csv"
    assert "copy it" not in text
    assert text.startswith(study_template()[:200])
    assert "# model:" in text
    assert not (folder / "survey" / "survey.yml").exists()
    # What somebody filled in stays.
    (folder / "survey" / "items.csv").unlink()
    assert main([str(path), "--drafts", str(folder)]) == 0
    assert (folder / "study.yml").read_text(encoding="utf-8") == text
    assert (folder / "survey" / "survey.yml").exists()
