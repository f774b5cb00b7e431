"""Questions answered by category: what is declared, what the file says, and how often each category was given."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pipe_tables import cells, note
from pydantic import ValidationError
from result_frames import ANALYSIS, frames, labels
from studies import STUDY, csv_text
from survey_counts import counts_of

from thongthin.basics.problems import Problems
from thongthin.contract.categories import MISSING, MOST_CATEGORIES, Category, DeclaredCategories, category_labels
from thongthin.contract.study import Study
from thongthin.contract.tables import ALL, read_table, write_table
from thongthin.contract.units import Unit
from thongthin.present.tables import article_table
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.items import read_items
from thongthin.read.survey.responses import SurveyTables, read_responses, responses_of
from thongthin.statistics.proportions import wilson
from thongthin.survey.categories import category_answers

SITES = pd.DataFrame({"site_id": ["S01", "S02"], "name_th": ["น้ำใส", "ทุ่งทอง"], "name_en": ["Nam Sai", "Thung Thong"]})
SEX = {
    "sex": [
        {"id": "female", "th": "หญิง", "en": "Female", "also": [2]},
        {"id": "male", "th": "ชาย", "en": "Male", "also": [1]},
    ]
}
ITEMS = csv_text(
    ["item_id", "text_th", "text_en", "scale", "asked_if"],
    [("sex", "เพศ", "Sex", "category", ""), ("job", "อาชีพ", "Job", "category", "sex=หญิง")],
)


def study(**survey: object) -> Study:
    return Study.model_validate({**STUDY, "survey": {"file": "r.csv", "site": "site", **survey}})


def read(
    folder: Path, rows: list[tuple[str, str, str]], items: str = ITEMS, **survey: object
) -> tuple[SurveyTables, Problems]:
    (folder / "items.csv").write_text(items, encoding="utf-8")
    (folder / "r.csv").write_text(csv_text(["site", "sex", "job"], rows), encoding="utf-8")
    problems, settings = Problems(), study(**survey)
    frame = read_items(folder / "items.csv", settings, problems.at("items.csv"))
    return read_responses(folder / "r.csv", frame, SITES, settings, problems.at("r.csv")), problems


def labels_of(tables: SurveyTables, item: str) -> list[tuple[str, str, str]]:
    own = tables.categories[tables.categories["item_id"] == item]
    return list(own[["category", "label_th", "label_en"]].itertuples(index=False, name=None))


# --- what the categories are ----------------------------------------------------------------------------------------


def test_declared_categories_are_known_by_id_label_and_other_ways_to_write_them(tmp_path: Path) -> None:
    written = ["หญิง", "FEMALE", "2", "๒", "2. หญิง", "ชาย", "male", "1", "ไม่ประสงค์ตอบ", ""]
    tables, problems = read(tmp_path, [("S01", sex, "") for sex in written], categories=SEX)
    assert not problems.found
    assert list(tables.received["sex"]) == ["female"] * 5 + ["male"] * 3 + ["", ""]
    assert labels_of(tables, "sex") == [("female", "หญิง", "Female"), ("male", "ชาย", "Male")]
    said = tables.nonanswer_cells[tables.nonanswer_cells["item_id"] == "sex"]
    assert list(said["reason"]) == ["refused"]


def test_a_number_alone_is_a_category_only_if_it_is_declared() -> None:
    own = DeclaredCategories([Category("b", "ข", "B"), Category("a", "ก", "A")])
    assert own.read("1") is None
    assert own.read("1. ก") == "a"
    assert own.read("") is None


def test_conditions_speak_of_declared_categories_in_words_or_ids(tmp_path: Path) -> None:
    rows = [("S01", "2", "ค้าขาย"), ("S01", "ชาย", "")]
    tables, problems = read(tmp_path, rows, categories=SEX)
    assert not problems.found
    assert list(tables.items["asked_if"]) == ["", "sex=female"]
    assert list(tables.nonanswer_cells.itertuples(index=False, name=None)) == [("R0002", "job", "not_asked")]
    _, problems = read(tmp_path, rows, ITEMS.replace("sex=หญิง", "sex=เด็ก"), categories=SEX)
    assert [p.kind for p in problems.found] == ["condition"]


def test_an_answer_beside_the_declared_categories_is_told_with_the_nearest(tmp_path: Path) -> None:
    rows = [("S01", "Femal", ""), ("S02", "ชาย", ""), ("S02", "Femal", "")]
    _, problems = read(tmp_path, rows, categories=SEX)
    (problem,) = problems.found
    assert (problem.kind, problem.row, problem.column) == ("outside-categories", 2, "sex")
    assert '"Femal" is no category of the item "sex" (หญิง / Female, ชาย / Male). Also in row 4.' in problem.en
    assert '"Femal" ไม่ใช่หมวดของข้อ "sex"' in problem.th
    assert 'Did you mean "Female"' in problem.hint_en


@pytest.mark.parametrize(
    ("categories", "message"),
    [
        ([{"id": "a", "th": "ก", "en": "A"}, {"id": "a", "th": "ข", "en": "B"}], "each id may stand only once"),
        ([{"id": "a", "th": "ก", "en": "A"}, {"id": "b", "th": "ก", "en": "B"}], '"ก" means two categories'),
        ([{"id": "missing", "th": "ก", "en": "A"}], '"missing" is reserved'),
        ([{"id": "ชาย", "th": "ก", "en": "A"}], "String should match pattern"),
        ([], "at least 1 item"),
    ],
)
def test_categories_that_cannot_be_told_apart_are_refused(categories: list[dict[str, str]], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        study(categories={"sex": categories})


def test_categories_of_no_such_item_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, [("S01", "", "")], categories={"sexx": SEX["sex"]})
    (problem,) = problems.found
    assert problem.kind == "unknown-item"
    assert '"sex"' in problem.hint_en


def test_labels_of_the_file_are_the_categories_in_its_order_and_its_languages(tmp_path: Path) -> None:
    sex = SurveyColumn(
        "sex",
        values={"m": "1. ชาย", "f": "2. หญิง", "x": "3. อื่น ๆ", "9": "ไม่ตอบ"},
        labels={"th": {"m": "1. ชาย", "f": "2. หญิง"}, "en": {"m": "1. Male", "f": "2. Female"}},
        missing=frozenset({"9"}),
    )
    job = SurveyColumn("job", values={"1": "ค้าขาย", "2": "เกษตรกร"})
    frame = pd.DataFrame({"site": ["S01"] * 3, "sex": ["m", "9", "f"], "job": ["2", "ครู", "88"]}, index=[2, 3, 4])
    (tmp_path / "items.csv").write_text(ITEMS.replace("sex=หญิง", ""), encoding="utf-8")
    problems, settings = Problems(), study()
    items = read_items(tmp_path / "items.csv", settings, problems)
    file = SurveyFile("spss", frame, [SurveyColumn("site"), sex, job])
    tables = responses_of(file, items, SITES, settings, problems)
    assert not problems.found
    assert list(tables.received["sex"]) == ["ชาย", "", "หญิง"]
    assert labels_of(tables, "sex") == [
        ("ชาย", "ชาย", "Male"),
        ("หญิง", "หญิง", "Female"),
        ("อื่น ๆ", "อื่น ๆ", "อื่น ๆ"),
    ]
    assert [category for category, *_ in labels_of(tables, "job")] == ["ค้าขาย", "เกษตรกร", "88", "ครู"]


def test_answers_without_labels_stand_by_the_number_in_front_then_by_alphabet(tmp_path: Path) -> None:
    sexes = ["10) ก", "2) ข", "2) ข", ""]
    jobs = ["60 ปีขึ้นไป", "9–17 ปี", "ต่ำกว่า 9 ปี", "18–59 ปี"]
    tables, problems = read(tmp_path, [("S01", *both) for both in zip(sexes, jobs, strict=True)])
    assert not problems.found
    assert labels_of(tables, "sex") == [("ข", "ข", "ข"), ("ก", "ก", "ก")]
    assert [category for category, *_ in labels_of(tables, "job")] == [
        "9–17 ปี",
        "18–59 ปี",
        "60 ปีขึ้นไป",
        "ต่ำกว่า 9 ปี",
    ]


def test_what_was_answered_in_free_words_has_no_categories(tmp_path: Path) -> None:
    for many, listed in ((MOST_CATEGORIES, MOST_CATEGORIES), (MOST_CATEGORIES + 1, 0)):
        tables, _ = read(tmp_path, [("S01", "หญิง", f"งาน {number}") for number in range(many)] * 2)
        assert len(labels_of(tables, "job")) == listed
        assert len(labels_of(tables, "sex")) == 1


# --- how often they were given --------------------------------------------------------------------------------------

CATEGORIES = category_labels({"sex": [Category("female", "หญิง", "Female"), Category("male", "ชาย", "Male")]})
RESPONSES = pd.DataFrame(
    {
        "respondent_id": [f"R{i}" for i in range(6)],
        "site_id": ["S01", "S01", "S01", "S02", "S02", "S02"],
        "group": ["citizen", "official", "citizen", "", "citizen", "official"],
        "weight": [0.5, 1.5, 1.0, 1.0, 1.0, 1.0],
        "sex": ["female", "male", "", "female", "female", "female"],
    }
)


SEX_ITEM = pd.DataFrame({"item_id": ["sex"], "numeric": False, "position": 1}).assign(minimum=pd.NA, maximum=pd.NA)


def categories_of(responses: pd.DataFrame) -> pd.DataFrame:
    return counts_of(responses, SEX_ITEM).categories


def test_shares_are_of_those_who_answered_and_weighted() -> None:
    table = category_answers(categories_of(RESPONSES), CATEGORIES, Unit.sites(["S01", "S02", "S03"]))
    assert list(table["category"]) == ["female", "male", MISSING] * 4
    by = table.set_index(["site_id", "category"])
    assert by["n"].loc["S01"].to_dict() == {"female": 1, "male": 1, MISSING: 1}
    assert by.loc[("S01", "female"), "share"] == pytest.approx(0.25)
    assert by.loc[("S01", "female"), "share_of_all"] == pytest.approx(0.5 / 3)
    assert by.loc[("S01", MISSING), "share_of_all"] == pytest.approx(1 / 3)
    assert np.isnan(by.loc[("S01", MISSING), "share"])
    assert by.loc[(ALL, "male"), "share"] == pytest.approx(1.5 / 5)
    effective = 5**2 / (0.25 + 2.25 + 3)
    low, high = wilson(0.3, effective)
    assert (by.loc[(ALL, "male"), "low"], by.loc[(ALL, "male"), "high"]) == pytest.approx((float(low), float(high)))
    assert by["n"].loc["S03"].sum() == 0
    assert by.loc["S03", ["share", "share_of_all"]].isna().all(axis=None)


def test_groups_are_counted_without_those_who_belong_to_none() -> None:
    table = category_answers(categories_of(RESPONSES), CATEGORIES, Unit.groups(["official", "citizen"]))
    by = table.set_index(["group", "category"])
    assert by["n"].to_dict() == {
        ("official", "female"): 1, ("official", "male"): 1, ("official", MISSING): 0,
        ("citizen", "female"): 2, ("citizen", "male"): 0, ("citizen", MISSING): 1,
    }  # fmt: skip
    assert by.loc[("official", "male"), "share"] == pytest.approx(1.5 / 2.5)
    assert by.loc[("citizen", MISSING), "share_of_all"] == pytest.approx(1 / 2.5)
    assert not len(category_answers(categories_of(RESPONSES), CATEGORIES, Unit.groups([])))


def test_shares_are_those_of_pandas_value_counts() -> None:
    rng = np.random.default_rng(3)
    given = pd.DataFrame({"site_id": rng.choice(["S01", "S02"], 300), "sex": rng.choice(["female", "male", ""], 300)})
    given["group"] = ""
    table = category_answers(categories_of(given), CATEGORIES, Unit.sites(["S01", "S02"]))
    for site, own in table[table["category"] != MISSING].groupby("site_id"):
        answers = given if site == ALL else given[given["site_id"] == site]
        expected = answers.loc[answers["sex"] != "", "sex"].value_counts(normalize=True)
        assert own.set_index("category")["share"].to_dict() == pytest.approx(expected.to_dict())


def test_without_items_or_respondents_there_is_nothing_to_count() -> None:
    empty = category_labels({})
    assert not len(category_answers(categories_of(RESPONSES), empty, Unit.sites(["S01"])))
    nobody = category_answers(categories_of(RESPONSES.iloc[:0]), CATEGORIES, Unit.sites(["S01"]))
    assert nobody["n"].sum() == 0


def test_categories_in_digits_stay_text(tmp_path: Path) -> None:
    given = RESPONSES.assign(submitted_on="", sex=["1", "2", "", "1", "1", "1"])
    columns = ["respondent_id", "site_id", "group", "submitted_on", "weight", "sex"]
    write_table(given[columns], tmp_path / "responses.csv")
    kept = read_table(tmp_path / "responses.csv", as_text={"sex"})
    digits = category_labels({"sex": [Category("1", "ชาย", "Male"), Category("2", "หญิง", "Female")]})
    table = category_answers(categories_of(kept), digits, Unit.sites(["S01", "S02"]))
    assert table.set_index(["site_id", "category"])["n"].loc[ALL].to_dict() == {"1": 4, "2": 1, MISSING: 1}
    assert pd.api.types.is_numeric_dtype(read_table(tmp_path / "responses.csv")["sex"].dtype)


# --- the table of the article ---------------------------------------------------------------------------------------


def made(tables: dict[str, pd.DataFrame], language: str = "en") -> str:
    return article_table("respondents", tables, labels(language, tables), ANALYSIS)


def test_the_article_shows_numbers_and_percentages_in_either_language() -> None:
    tables = frames()
    counted = tables["category_answers"].set_index(["item_id", "site_id", "category"])
    for language, female in (("en", "Female"), ("th", "หญิง")):
        found = cells(made(tables, language))
        by_label = {row[0]: row for row in found}
        all_ = counted.loc[("X01", ALL, "หญิง")]
        assert by_label[female][-1] == f"{all_['n']:.0f} ({100 * all_['share']:.1f})"
        assert by_label[female][1].startswith(str(counted.loc[("X01", "S01", "หญิง"), "n"]))
        unanswered = by_label[{"en": "No answer", "th": "ไม่ตอบ"}[language]]
        assert unanswered[-1] == str(counted.loc[("X01", ALL, MISSING), "n"])
        assert found[0][-1].endswith(f"(*n* = {counted.loc[('X01', ALL), 'n'].sum()})")
    assert note(made(tables)) == (
        "*Note.* Number (percent of those who answered). No answer: not asked, not answered, or refused."
    )


def test_the_article_says_that_percentages_are_weighted_and_says_nothing_of_no_answers_where_there_are_none() -> None:
    given = RESPONSES[RESPONSES["sex"] != ""]
    items = frames()["items"].iloc[:1].assign(item_id="sex", text_en="Sex", text_th="เพศ")
    table = category_answers(categories_of(given), CATEGORIES, Unit.sites(["S01", "S02"]))
    shown = made({**frames(), "items": items, "categories": CATEGORIES, "category_answers": table})
    assert "No answer" not in shown
    assert note(shown).endswith("Percentages are weighted; numbers count respondents.")


def test_many_sites_are_shown_together_and_one_site_is_not_shown_twice() -> None:
    for ids in (["S01"], [f"S{number:02}" for number in range(1, 12)]):
        tables = frames()
        given = pd.DataFrame({"site_id": ids * 4, "group": "", "sex": ["female", "male"] * (2 * len(ids))})
        table = category_answers(categories_of(given), CATEGORIES, Unit.sites(ids))
        items = tables["items"].iloc[:1].assign(item_id="sex", text_en="Sex")
        sites = pd.DataFrame({"site_id": ids, "name_th": ids, "name_en": ids, "type": "", "position": range(len(ids))})
        shown = {**tables, "items": items, "categories": CATEGORIES, "category_answers": table, "sites": sites}
        whole = "All sites" if len(ids) > 1 else "S01"  # of one site the column has its name
        assert cells(made(shown))[0] == ["Characteristic", f"{whole} (*n* = {4 * len(ids)})"]


def test_the_article_shows_the_groups_in_their_order() -> None:
    tables = frames()
    counted = tables["category_answers_by_group"].set_index(["group", "category"])
    found = cells(article_table("respondents_by_group", tables, labels("th", tables), ANALYSIS))
    assert [cell.split(" (")[0] for cell in found[0]] == ["ลักษณะ", "เจ้าหน้าที่", "ประชาชน"]
    by_label = {row[0]: row for row in found}
    for place, group in enumerate(("official", "citizen"), start=1):
        row = counted.loc[(group, "ชาย")]
        assert by_label["ชาย"][place] == f"{row['n']:.0f} ({100 * row['share']:.1f})"
    tables["category_answers_by_group"] = tables["category_answers_by_group"].iloc[:0]
    said = article_table("respondents_by_group", tables, labels("en", tables), ANALYSIS)
    assert said.startswith("There is nothing to show here: the survey does not say which group")


def test_without_categories_the_article_says_so() -> None:
    tables = {**frames(), "category_answers": frames()["category_answers"].iloc[:0]}
    assert made(tables).startswith("There is nothing to show here: no item of the survey has the scale category")
