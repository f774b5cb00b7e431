"""How respondents were drawn, read from the columns of survey.design: what is said, and what stops."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError
from studies import STUDY, csv_text

from thongthin.basics.problems import Problems
from thongthin.contract.study import Study
from thongthin.read.survey.files import SurveyColumn, SurveyFile
from thongthin.read.survey.items import read_items
from thongthin.read.survey.large import read_large_responses
from thongthin.read.survey.responses import SurveyTables, read_responses, responses_of

SITES = pd.DataFrame({"site_id": ["S01"], "name_th": ["น้ำใส"], "name_en": ["Nam Sai"]})
HEADER = ["เขต", "โรงเรียน", "น้ำหนัก", "ใช้", "ข้อ 1"]
ROWS = [
    ("เมือง", "วัดป่า", "1", "", "4"),
    ("เมือง", "วัดป่า", "1", "", "3"),
    ("เมือง", "บ้านโคก", "1", "", "5"),
    ("ชนบท", "บ้านนา", "2", "", "2"),
    ("ชนบท", "ท่าเรือ", "2", "", "1"),
]


def study(design: object, **survey: object) -> Study:
    own = {"file": "r.csv", "scales": {"five": {"min": 1, "max": 5}}, "design": design, **survey}
    return Study.model_validate({**STUDY, "survey": own})


def read(
    folder: Path, design: object, rows: list[tuple[str, ...]] = ROWS, **survey: object
) -> tuple[SurveyTables, Problems]:
    names = ["item_id", "column", "construct", "text_th", "text_en", "scale"]
    items = csv_text(names, [("q1", "ข้อ 1", "attitude", "หนึ่ง", "One", "five")])
    (folder / "items.csv").write_text(items, encoding="utf-8")
    (folder / "r.csv").write_text(csv_text(HEADER, rows), encoding="utf-8")
    problems, settings = Problems(), study(design, **survey)
    frame = read_items(folder / "items.csv", settings, problems.at("items.csv"))
    return read_responses(folder / "r.csv", frame, SITES, settings, problems.at("r.csv")), problems


def kinds(problems: Problems) -> tuple[list[str], list[str]]:
    return [problem.kind for problem in problems.found], [notice.kind for notice in problems.notices]


def test_strata_keep_their_names_and_clusters_become_numbers(tmp_path: Path) -> None:
    tables, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน", "population": {"เมือง": 40, "ชนบท": 120}})
    assert kinds(problems) == ([], [])
    table = tables.sample_design
    assert table["respondent_id"].tolist() == tables.received["respondent_id"].tolist()
    assert table["stratum"].tolist() == ["เมือง"] * 3 + ["ชนบท"] * 2
    assert table["cluster"].tolist() == ["1", "1", "2", "3", "4"]
    assert table["population"].tolist() == [40, 40, 40, 120, 120]


def test_without_a_design_there_are_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, None)[0].sample_design.empty


def test_rows_out_of_the_frame_were_not_drawn(tmp_path: Path) -> None:
    rows = [*ROWS, ("", "", "1", "ทดลอง", "3")]
    rules = {"out_of_frame": [{"column": "ใช้", "values": ["ทดลอง"]}]}
    tables, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน"}, rows, rules=rules)
    assert kinds(problems)[0] == []
    assert len(tables.sample_design) == 5


def test_an_empty_cell_is_a_problem(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน"}, [*ROWS[:4], ("ชนบท", "", "2", "", "1")])
    assert [(p.kind, p.row, p.column) for p in problems.found] == [("empty-cell", 6, "โรงเรียน")]


def test_a_cluster_in_two_strata_is_a_problem_unless_clusters_are_numbered_anew(tmp_path: Path) -> None:
    rows = [(s, c, w, "", a) for (s, _, w, _, a), c in zip(ROWS, "11212", strict=True)]
    _, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน"}, rows)
    (problem,) = problems.found
    assert (problem.kind, problem.row, problem.column) == ("cluster-in-several-strata", 2, "โรงเรียน")
    assert '"1", "2" (1 in "เมือง", "ชนบท")' in problem.en
    assert "nested: yes" in problem.hint_en
    tables, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน", "nested": True}, rows)
    assert kinds(problems) == ([], [])
    assert tables.sample_design["cluster"].tolist() == ["1", "1", "2", "3", "4"]


def test_a_stratum_of_one_cluster_is_told_unless_it_is_the_only_one(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"strata": "เขต", "clusters": "โรงเรียน"}, ROWS[:4])
    (notice,) = problems.notices
    assert notice.kind == "single-psu"
    assert 'Only one cluster was drawn in these strata: "ชนบท"' in notice.en
    only = {"strata": "เขต", "clusters": "โรงเรียน", "population": {"เมือง": 40, "ชนบท": 1}}
    assert kinds(read(tmp_path, only, ROWS[:4])[1]) == ([], [])
    _, problems = read(tmp_path, {"clusters": "โรงเรียน"}, ROWS[:2])
    assert problems.notices[0].en.startswith("Only one cluster was drawn; ")


def test_a_population_is_of_every_stratum_and_no_smaller_than_what_was_drawn(tmp_path: Path) -> None:
    design = {"strata": "เขต", "clusters": "โรงเรียน", "population": {"ใน เมือง": 40, "ชนบท": 1}}
    _, problems = read(tmp_path, design)
    assert kinds(problems)[0] == ["missing-population", "unknown-stratum", "small-population"]
    missing, unknown, small = problems.found
    assert '"เมือง"' in missing.en
    assert "population: {เมือง: 0, ชนบท: 1}" in missing.hint_en
    assert '"ใน เมือง"' in unknown.en
    assert small.en.startswith('The population of "ชนบท"')
    assert small.en.endswith("is 1, but 2 clusters were drawn from it.")
    _, problems = read(tmp_path, {"population": 4})
    assert problems.found[0].en.endswith("is 4, but 5 respondents were drawn from it.")


def test_strata_that_are_numbers_need_no_quotes(tmp_path: Path) -> None:
    rows = [({"เมือง": "1", "ชนบท": "2"}[s], *rest) for s, *rest in ROWS]
    tables, problems = read(tmp_path, {"strata": "เขต", "population": {1: 300, 2: 200}}, rows)
    assert kinds(problems) == ([], [])
    assert tables.sample_design["population"].tolist() == [300, 300, 300, 200, 200]
    assert set(tables.sample_design["cluster"]) == {""}


def test_labels_of_the_file_name_the_strata() -> None:
    frame = pd.DataFrame({"z": ["1", "1", "2", "2"], "ข้อ 1": ["4", "3", "2", "1"]}, index=range(2, 6))
    columns = [SurveyColumn("z", values={"1": "เมือง", "2": "ชนบท"}), SurveyColumn("ข้อ 1")]
    items = pd.DataFrame(
        {"item_id": ["q1"], "column": ["ข้อ 1"], "construct": ["attitude"], "scale": ["five"], "choice": ""}
    )
    items = items.assign(asked_if="", reversed=False, wave="single", minimum=1, maximum=5, numeric=False, pair="")
    problems = Problems()
    settings = study({"strata": "z", "population": {"เมือง": 9, "ชนบท": 9}})
    tables = responses_of(SurveyFile("spss", frame, columns), items, SITES, settings, problems.at("r.sav"))
    assert kinds(problems) == ([], [])
    assert tables.sample_design["stratum"].tolist() == ["เมือง", "เมือง", "ชนบท", "ชนบท"]


def test_names_that_look_alike_are_told(tmp_path: Path) -> None:
    _, problems = read(tmp_path, {"clusters": "โรงเรียน"}, [*ROWS, ("เมือง", "วัด ป่า", "1", "", "2")])
    (notice,) = problems.notices
    assert (notice.kind, notice.column) == ("lookalike-units", "โรงเรียน")
    assert '"วัดป่า" / "วัด ป่า"' in notice.en


def test_unequal_rates_without_weights_are_told(tmp_path: Path) -> None:
    design = {"strata": "เขต", "population": {"เมือง": 300, "ชนบท": 2000}}
    (notice,) = read(tmp_path, design)[1].notices
    assert notice.kind == "unequal-rates"
    assert "from 0.10% to 1.00%" in notice.en
    assert "เมือง 100, ชนบท 1000" in notice.hint_en
    assert kinds(read(tmp_path, design, weight="น้ำหนัก")[1]) == ([], [])


def test_a_file_too_large_to_be_held_has_no_design(tmp_path: Path) -> None:
    read(tmp_path, None)
    for design, expected in (({"clusters": "โรงเรียน"}, ["large-design"]), (None, [])):
        problems, settings = Problems(), study(design)
        frame = read_items(tmp_path / "items.csv", settings, Problems())
        found = read_large_responses(tmp_path / "r.csv", frame, SITES, settings, problems)
        assert kinds(problems)[0] == expected
        assert (found is None) == bool(expected)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ({}, "a design names strata, clusters or population"),
        ({"strata": "a", "nested": True}, "nested needs both strata and clusters"),
        ({"strata": "a", "population": 9}, "with strata, give a number for each"),
        ({"clusters": "a", "population": {"x": 9}}, "without strata, give one number"),
        ({"strat": "a"}, "strat"),
    ],
)
def test_a_design_that_says_too_little_is_refused(design: object, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        study(design)
