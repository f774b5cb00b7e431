"""The contract of config.yml and study.yml: what is refused, in which words, and where it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from thongthin.basics.problems import Problems, problem_list
from thongthin.contract.loading import load_config, load_study
from thongthin.contract.scales import Scale

ROOT = Path(__file__).parents[3]

STUDY = """\
title: {th: ชื่อเรื่อง, en: Title}
authors:
  - {name: {th: ก ข, en: A B}, affiliation: {th: ม, en: U}}
keywords: {th: [ก], en: [a]}
province: {th: จ, en: P}
provenance: simulated
ethics: {th: จ, en: E}
date: 2023-09-15
fieldwork: {from: 2023-03-01, to: 2023-05-31}
groups:
  - {id: official, label: {th: เจ้าหน้าที่, en: Officials}}
framework:
  factors:
    - {id: attitude, label: {th: ทัศนคติ, en: Attitude}}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "config.yml").write_text("studies: [s]\n", encoding="utf-8")
    (tmp_path / "data" / "raw" / "s").mkdir(parents=True)
    (tmp_path / "data" / "raw" / "s" / "study.yml").write_text(STUDY, encoding="utf-8")
    return tmp_path


def said(project: Path, *, config: str | None = None, study: str | None = None) -> str:
    """The list of problems after the config or the study was replaced."""
    problems = Problems()
    if config is not None:
        (project / "config" / "config.yml").write_text(config, encoding="utf-8")
    if study is not None:
        (project / "data" / "raw" / "s" / "study.yml").write_text(study, encoding="utf-8")
    loaded = load_config(project, problems)
    if loaded:
        load_study(project, "s", loaded, problems)
    return problem_list(problems.found)


def test_defaults_hold_and_a_study_overrides_them(project: Path) -> None:
    (project / "data" / "raw" / "s" / "study.yml").write_text(
        STUDY + "analysis: {agreement: {unit: participant}}\n", encoding="utf-8"
    )
    problems = Problems()
    config = load_config(project, problems)
    assert config
    settings = load_study(project, "s", config, problems)
    assert settings
    assert not problems.found
    assert settings.choice("agreement.unit") == "participant"
    assert settings.choice("agreement.replicates") == config.analysis.agreement.replicates == 1000
    assert [band["above"] for band in settings.choice("scales.bands")] == [4.5, 3.5, 2.5, 1.5, 0.0]


def test_unknown_key_names_the_nearest_and_its_line(project: Path) -> None:
    text = said(project, config="studies: [s]\nreport:\n  engin: auto\n")
    assert 'config/config.yml:\n  Line 3, key "report.engin": "engin" is not a known key here.' in text
    assert 'Hint: Did you mean "engine"?' in text
    assert 'บรรทัดที่ 3 คีย์ "report.engin": ไม่รู้จักคีย์ "engin" ในตำแหน่งนี้' in text
    assert 'หมายถึง "engine" หรือไม่' in text


@pytest.mark.parametrize(
    ("added", "en", "th"),
    [
        (
            "agreement: {unit: participant}\n",
            '"agreement" belongs under `analysis:`.',
            '"agreement" ต้องอยู่ใต้ `analysis:`',
        ),
        ("bands: []\n", '"bands" belongs under `scales:` of `analysis:`.', "ใต้ `scales:` ใน `analysis:`"),
        (
            "weight: w\n",
            '"weight" belongs under `survey:` or under `files:` of `survey:`.',
            '"weight" ต้องอยู่ใต้ `survey:` หรือใต้ `files:` ใน `survey:`',
        ),
        (
            "analysis: {fieldwork: {}}\n",
            '"fieldwork" belongs at the beginning of a line, under no other key.',
            '"fieldwork" ต้องอยู่ชิดต้นบรรทัด ไม่อยู่ใต้คีย์อื่น',
        ),
    ],
)
def test_a_known_key_in_a_wrong_place_is_told_where_it_belongs(project: Path, added: str, en: str, th: str) -> None:
    text = said(project, study=STUDY + added)
    assert "is not a known key here." in text
    assert f"Hint: {en}" in text and th in text


def test_a_key_that_many_groups_have_belongs_nowhere_in_particular(project: Path) -> None:
    text = said(project, study=STUDY + "label: x\n")
    assert '"label" is not a known key here.' in text and "belongs" not in text


def test_unknown_key_under_the_analysis_of_a_study(project: Path) -> None:
    text = said(project, study=STUDY + "analysis:\n  agreement:\n    replicate: 10\n")
    assert 'data/raw/s/study.yml:\n  Line 17, key "analysis.agreement.replicate": ' in text
    assert 'Did you mean "replicates"?' in text


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        (
            "provenance: simulated",
            "provenance: simulate",
            [
                "Line 6, ",
                "บรรทัดที่ 6 ",
                '"simulate" is not possible here; possible are "field" or "simulated".',
                'ใช้ค่า "simulate" ไม่ได้ ค่าที่ใช้ได้คือ "field" หรือ "simulated"',
            ],
        ),
        ("provenance: simulated\n", "", ['"provenance" is missing', 'key "provenance"', "ยังไม่ได้ระบุ"]),
        ("date: 2023-09-15", "date: 31/02/2566", ['"date": "31/02/2566" is not a date', "พ.ศ. 2566 ไม่มีวันที่ 31"]),
        ("to: 2023-05-31", "to: 2023-01-31", ["fieldwork ends before it begins", "วันสิ้นสุดการเก็บข้อมูล"]),
        ("title: {th: ชื่อเรื่อง, en: Title}", "title: {th: , en: }", ['"th" is missing', 'key "title.en"']),
        ("title: {th: ชื่อเรื่อง, en: Title}", "title: {th: '', en: ''}", ["must not be empty", "ต้องไม่ว่าง"]),
        ("provenance: simulated", "provenance:", ['"provenance" is missing', "ยังไม่ได้ระบุ"]),
        ("keywords:", "province: {th: จ, en: P}\nkeywords:", ['The key "province" stands twice']),
        ("title: {", "title: {{", ["Line 1: A bracket [ or { is opened here", "บรรทัดที่ 1: มีวงเล็บ [ หรือ {"]),
    ],
)
def test_wrong_study_file(project: Path, old: str, new: str, messages: list[str]) -> None:
    assert old in STUDY
    text = said(project, study=STUDY.replace(old, new))
    assert [message for message in messages if message not in text] == [], text


def test_model_of_an_unknown_construct(project: Path) -> None:
    text = said(project, study=STUDY + "model: {outcome: success, predictors: [atitude]}\n")
    assert 'model: "success" is neither a factor nor an outcome of the framework.' in text


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("id: official", "id: all", ['groups: "all" is reserved for totals', "สงวนไว้สำหรับผลรวม"]),
        ("id: attitude", "id: all", ['framework: "all" is reserved for totals']),
        (
            "    - {id: attitude, label: {th: ทัศนคติ, en: Attitude}}\n",
            "    - {id: attitude, label: {th: ทัศนคติ, en: Attitude}}\n"
            "    - {id: skills, label: {th: ทักษะ, en: Skills}}\n"
            "model: {outcome: skills, predictors: [attitude, attitude]}\n",
            ["model: a predictor stands twice", "มีตัวแปรทำนายซ้ำกัน"],
        ),
    ],
    ids=["group", "factor", "predictor"],
)
def test_names_that_would_collide(project: Path, old: str, new: str, messages: list[str]) -> None:
    assert old in STUDY
    text = said(project, study=STUDY.replace(old, new))
    assert [message for message in messages if message not in text] == [], text


def test_a_study_cannot_have_the_name_of_a_shared_folder(project: Path) -> None:
    text = said(project, config="studies: [fonts]\n")
    assert 'A study cannot be called "fonts".' in text
    assert 'ใช้ชื่อการศึกษา "fonts" ไม่ได้' in text


def test_unknown_study(project: Path) -> None:
    (project / "data" / "raw" / "khon-kaen").mkdir()
    text = said(project, config="studies: [khonkaen]\n")
    assert 'There is no study folder "data/raw/khonkaen".' in text
    assert 'Did you mean "khon-kaen"?' in text


def test_all_problems_are_shown_at_once(project: Path) -> None:
    text = said(project, config="studies: [s]\nformats: [odt]\nlanguges: [th]\nanalysis: {seed: many}\n")
    assert text.count("config/config.yml:\n  Line") == 3
    assert "3 problems in 1 file. Nothing was built." in text


def test_limits_of_amounts_are_whole_numbers(project: Path) -> None:
    survey = "survey: {file: r.csv, site: s, scales: {index: {min: 0.5, max: 8, numeric: true}}}\n"
    text = said(project, study=STUDY + survey)
    assert '"min" must be a whole number (here: 0.5)' in text
    assert "ต้องเป็นจำนวนเต็ม" in text


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        ("{numeric: true, max: 8}", "give answers, or min and a larger max"),
        ("{numeric: true, answers: [{value: 1, th: ก, en: A}, {value: 2, th: ข, en: B}]}", "min and max, no answers"),
        ("{min: 0, max: 8, unit: {th: ปี, en: years}}", "unit is for numeric scales only"),
        ("{min: 0, max: 100000}", "so many points (100,001) are no scale"),
    ],
)
def test_scales_of_amounts_that_are_wrong(scale: str, message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        Scale.model_validate(yaml.safe_load(scale))
