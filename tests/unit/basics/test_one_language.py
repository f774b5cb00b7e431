"""Texts given in one language stand for both, and are told once."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from studies import STUDY, make_study

from thongthin.basics.one_language import fill_other_language, language_of, notice_one_language
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.read.files.sheets import read_columns
from thongthin.read.frame import read_sites


def test_the_language_of_a_text():
    assert language_of("บ้าน") == "th" and language_of("house") == "en" and language_of("IT ในบ้าน") == "th"


def test_empty_cells_are_filled_from_the_other_language_with_one_notice_for_each_column():
    problems = Problems(file="codebook.csv")
    frame = pd.DataFrame({"label_th": ["ก", "", "ค", ""], "label_en": ["", "b", "c", ""]}, index=[2, 3, 4, 5])
    filled = fill_other_language(frame, "label_th", "label_en", problems)
    assert filled["label_th"].tolist() == ["ก", "b", "ค", ""] and filled["label_en"].tolist() == ["ก", "b", "c", ""]
    assert [(n.kind, n.row, n.column, n.en) for n in problems.notices] == [
        ("one-language", 3, "label_th",
         'Given in English only, which stands for both languages: the column "label_th" is empty in row 3.'),
        ("one-language", 2, "label_en",
         'Given in Thai only, which stands for both languages: the column "label_en" is empty in row 2.'),
    ]  # fmt: skip
    assert problems.notices[1].th == 'ระบุเฉพาะภาษาไทย จึงใช้แทนทั้งสองภาษา: คอลัมน์ "label_en" ว่างในแถว 2'


def test_a_column_that_is_not_there_is_the_other_one(tmp_path: Path):
    path = tmp_path / "codebook.csv"
    path.write_text("code_id,label_en\n" + "".join(f"c{n},Code {n}\n" for n in range(152)), encoding="utf-8")
    problems = Problems(file="codebook.csv")
    pair = ("label_th", "label_en")
    frame, _ = read_columns(path, problems, ["code_id", *pair], in_languages=[pair])
    assert not problems.found and frame["label_th"].equals(frame["label_en"]) and len(frame) == 152
    (notice,) = problems.notices
    assert notice.en == 'Given in English only, which stands for both languages: there is no column "label_th".'
    path.write_text("code_id\na\n", encoding="utf-8")
    read_columns(path, problems, ["code_id", *pair], in_languages=[pair])
    assert [(p.kind, p.column) for p in problems] == [("missing-column", "label_th"), ("missing-column", "label_en")]


def test_keys_are_listed_and_counted():
    problems = Problems(file="study.yml")
    notice_one_language(problems, "th", keys=[f"groups[{n}].label" for n in range(1, 15)])
    (notice,) = problems.notices
    assert notice.en.endswith("groups[12].label and 2 more.") and notice.th.endswith("groups[12].label และอีก 2 แห่ง")


@pytest.mark.parametrize("header", ["site_id,name_th", "site_id,name_en"])
def test_sites_with_names_in_one_language(tmp_path: Path, header: str):
    path = tmp_path / "sites.csv"
    path.write_text(f"{header}\nS1,Here\nS2,There\n", encoding="utf-8")
    problems = Problems(file="sites.csv")
    sites = read_sites(path, None, problems)
    assert not problems.found and len(problems.notices) == 1
    assert sites["name_th"].tolist() == sites["name_en"].tolist() == ["Here", "There"]
    path.write_text("site_id,name_th,name_en\nS1,,\nS2,Here,\nS3,Here,\n", encoding="utf-8")
    read_sites(path, None, problems)
    assert [(p.kind, p.row, p.column) for p in problems] == [
        ("empty-cell", 2, "name_th"),
        ("duplicate-id", 4, "name_th"),
    ]


def test_a_study_in_thai_alone_needs_no_english_text(tmp_path: Path) -> None:
    """Sites, items and study.yml with Thai texts only: nothing is wrong, and each file says so once."""
    thai = {key: STUDY[key]["th"] for key in ("title", "keywords", "province", "ethics")}
    author = {"name": "สมศรี ใจดี", "affiliation": {"th": "มหาวิทยาลัยตัวอย่าง"}}
    folder = make_study(tmp_path, study={**thai, "authors": [author]})
    for name, column in (("sites.csv", "name_en"), ("survey/items.csv", "text_en")):
        rows = list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"))))
        pd.DataFrame(rows).drop(columns=column).to_csv(folder / name, index=False)
    problems = Problems()
    check_study(tmp_path, "small", problems)
    assert [str(problem) for problem in problems] == []
    told = [(n.file.removeprefix("data/raw/small/"), n.en) for n in problems.notices if n.kind == "one-language"]
    start = "Given in Thai only, which stands for both languages: "
    assert told == [
        (
            "study.yml",
            f"{start}title, authors[1].name, authors[1].affiliation, keywords, province, ethics.",
        ),
        ("sites.csv", f'{start}there is no column "name_en".'),
        ("survey/items.csv", f'{start}there is no column "text_en".'),
    ]
