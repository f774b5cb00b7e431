"""A large survey read and counted: the same answers, numbers and messages as a small one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from amount import tried
from hypothesis import given, settings
from hypothesis import strategies as st
from project import ROOT
from studies import STUDY, csv_text, make_study

from thongthin.basics.files import LARGE_SURVEY, is_large_survey
from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study
from thongthin.contract.categories import Category, category_labels
from thongthin.contract.large_responses import Batch, LargeTable
from thongthin.contract.study import Study
from thongthin.contract.tables import TableError
from thongthin.contract.units import Unit
from thongthin.read.survey import large_cells
from thongthin.read.survey.items import read_items
from thongthin.read.survey.large import LargeResponses, read_large_responses
from thongthin.read.survey.quality import check_responses
from thongthin.read.survey.responses import read_responses
from thongthin.statistics.reliability import alpha_of, omega_of
from thongthin.survey import description as d
from thongthin.survey.categories import category_answers
from thongthin.survey.comparisons import category_table, comparison_table
from thongthin.survey.counts import SurveyCounts, count_responses, score_frequencies
from thongthin.survey.large import Draw, count_survey
from thongthin.survey.reliability import item_rest_table, reliability_table
from thongthin.survey.scales import scale_scores

pl = pytest.importorskip("polars")

DATA = ROOT.parent / "shared" / "data"
SITE_IDS, GROUPS = ["S01", "S02", "S03"], ["official", "citizen"]
BANDS = [4.5, 3.5, 2.5, 1.5, 0.0]


def items_of(*rows: tuple[str, str, bool, int | None, int | None]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["item_id", "construct", "reversed", "minimum", "maximum"])
    table = table.assign(wave="single", numeric=False, position=range(1, len(table) + 1))
    return table.astype({"minimum": "Int64", "maximum": "Int64"})


# --- counting -----------------------------------------------------------------------------------------------------

ITEMS = items_of(
    ("q1", "attitude", False, 1, 5),
    ("q2", "attitude", True, 1, 5),
    ("q3", "attitude", False, 1, 5),
    ("job", "", False, None, None),
    ("u1", "use", True, 0, 300),
    ("u2", "use", False, 0, 300),
    ("visits", "", False, -1, 7),
)

# One category that nobody gave.
CATEGORIES = category_labels({"job": [Category(id_, id_, id_) for id_ in ("farmer", "trader", "clerk")]})
NO_CATEGORIES = category_labels({})


@st.composite
def surveys(make: Callable[[st.SearchStrategy], object]) -> pd.DataFrame:
    n = make(st.integers(0, 30))

    def column(values: st.SearchStrategy) -> list:
        return make(st.lists(values, min_size=n, max_size=n))

    def answers(low: int, high: int) -> st.SearchStrategy:
        return st.one_of(st.just(np.nan), st.integers(low, high).map(float))

    weights = column(st.sampled_from([0.25, 0.5, 1.0, 3.0]))
    return pd.DataFrame(
        {
            "respondent_id": [f"R{i + 1:04}" for i in range(n)],
            "site_id": pd.Series(column(st.sampled_from(SITE_IDS[:2])), dtype=str),
            "group": pd.Series(column(st.sampled_from(["", *GROUPS])), dtype=str),
            "submitted_on": pd.Series([""] * n, dtype=str),
            "weight": np.array(weights if make(st.booleans()) else [1.0] * n),
            **{item: pd.Series(column(answers(1, 5)), dtype=float) for item in ("q1", "q2", "q3")},
            "job": pd.Series(column(st.sampled_from(["", "trader", "clerk"])), dtype=str),
            **{item: pd.Series(column(answers(0, 300)), dtype=float) for item in ("u1", "u2")},
            "visits": pd.Series(column(answers(-1, 7)), dtype=float),
        }
    )


def coded(responses: pd.DataFrame, items: pd.DataFrame, at_once: int = 1000) -> LargeTable:
    """The table `responses` as the reader gives it."""
    numeric = set(items.loc[items["minimum"].notna(), "item_id"])
    meanings, codes = {}, {}
    for name in responses.columns.drop(["respondent_id", "weight"]):
        own = list(dict.fromkeys(responses[name].fillna(-999 if name in numeric else "")))
        meanings[name] = {
            2 * i: None if m in (-999, "") else int(m) if name in numeric else m for i, m in enumerate(own)
        }
        codes[name] = np.array([2 * own.index(m) for m in responses[name].fillna(-999)], dtype=np.uint16)
    weights, weighted = responses["weight"].to_numpy(), responses["weight"].nunique() > 1

    def batches() -> Iterator[Batch]:
        for first in range(0, len(responses), at_once):
            part, ids = slice(first, first + at_once), list(responses["respondent_id"][first : first + at_once])
            own = {name: column[part] for name, column in codes.items()}
            yield Batch(first, own, weights[part] if weighted else None, lambda at, ids=ids: [ids[i] for i in at])

    return LargeTable(len(responses), meanings, weighted, batches)


def drawn(table: LargeTable, items: pd.DataFrame, size: int, seed: int) -> pd.DataFrame:
    """So many responses of the table, at random."""
    own = Draw(table, size, seed)
    for batch in table.batches():
        own.add(batch)
    return own.table(items)


def same(found: pd.DataFrame, expected: pd.DataFrame) -> None:
    keys = [name for name in ("column", "site_id", "group", "value") if name in expected]
    found, expected = (frame.sort_values(keys, ignore_index=True) for frame in (found, expected))
    pd.testing.assert_frame_equal(found, expected, rtol=1e-11)


@settings(max_examples=tried(40), deadline=None)
@given(surveys(), st.sampled_from([4, 1000]))
def test_counts_of_a_part_at_a_time_are_those_of_the_responses_themselves(
    responses: pd.DataFrame, at_once: int
) -> None:
    if responses["weight"].nunique() == 1:
        responses = responses.assign(weight=1.0)  # as readers have weights that are all the same
    counts = count_survey(coded(responses, ITEMS, at_once), ITEMS, CATEGORIES, SITE_IDS, GROUPS)
    expected = count_responses(responses, scale_scores(responses, ITEMS), ITEMS)
    for name in ("answers", "scores", "categories", "respondents"):
        found, own = getattr(counts, name), getattr(expected, name)
        same(*(frame.round(12) if name == "scores" else frame for frame in (found, own)))
    assert counts.weighted == expected.weighted
    assert list(counts.covariances) == list(expected.covariances)
    for column, own in expected.covariances.items():
        found = counts.covariances[column]
        assert found.n == own.n
        assert found.effective == pytest.approx(own.effective, nan_ok=True)
        assert found.matrix == pytest.approx(own.matrix, rel=1e-9, abs=1e-8, nan_ok=True)


@settings(max_examples=tried(5), deadline=None)
@given(surveys())
def test_tables_are_the_same_from_either_way_of_counting(responses: pd.DataFrame) -> None:
    counts = count_survey(coded(responses, ITEMS), ITEMS, CATEGORIES, SITE_IDS, GROUPS)
    found, expected = (
        [
            table
            for unit in (Unit.sites(SITE_IDS), Unit.groups(GROUPS))
            for table in (
                d.describe_items(own.answers, ITEMS, unit, BANDS),
                d.item_answers_by(own.answers, ITEMS, unit),
                d.describe_scales(own.scores, ITEMS, unit, BANDS),
                comparison_table(score_frequencies(own.scores, ITEMS, unit), ITEMS),
                category_answers(own.categories, CATEGORIES, unit),
                category_table(own, ITEMS, [unit], replicates=50),
                item_rest_table(own.covariances, ITEMS),
                reliability_table(own.covariances, ITEMS),
            )
        ]
        for own in (counts, count_responses(responses, scale_scores(responses, ITEMS), ITEMS))
    )
    for one, other in zip(found, expected, strict=True):
        pd.testing.assert_frame_equal(one, other, rtol=1e-7, atol=1e-7)


def test_alphas_of_big_five_inventory() -> None:
    """The five alphas of the R package psych, printed in the README of the data."""
    source = DATA / "survey_bfi/bfi.csv"
    if not source.exists():
        pytest.skip("the Big Five survey (../shared/data/survey_bfi) is not here")
    answers = pd.read_csv(source)
    turned = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
    items = items_of(*((f"{s}{i}", s, f"{s}{i}" in turned, 1, 6) for s in "ACENO" for i in range(1, 6)))
    about = {"respondent_id": [str(i) for i in range(len(answers))], "site_id": "S01", "group": "", "submitted_on": ""}
    responses = pd.DataFrame(about).assign(weight=1.0)
    responses = pd.concat([responses, answers[list(items["item_id"])].astype(float)], axis=1)
    counts = count_survey(coded(responses, items), items, NO_CATEGORIES, ["S01"], [])
    alphas = {column: round(float(alpha_of(own.matrix)), 2) for column, own in counts.covariances.items()}
    assert alphas == {"A": 0.70, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.60}
    assert 0.8 < float(omega_of(counts.covariances["N"].matrix)) < 0.83


def test_what_is_not_of_the_study_is_refused() -> None:
    own = pd.DataFrame({"respondent_id": ["R1"], "site_id": "S09", "group": "", "submitted_on": "", "weight": 1.0})
    items, responses = items_of(("q1", "attitude", False, 1, 5)), own.assign(q1=2.0)

    def counted(**changed: object) -> None:
        count_survey(coded(responses.assign(**changed), items), items, NO_CATEGORIES, SITE_IDS, GROUPS)

    with pytest.raises(TableError, match='column site_id: holds "S09"'):
        counted()
    with pytest.raises(TableError, match='column group: holds "elder"'):
        counted(site_id="S01", group="elder")
    for answer in (0.0, 6.0):
        with pytest.raises(TableError, match="column q1: holds answers outside 1 to 5"):
            counted(site_id="S01", q1=answer)
    counted(site_id="S01")


def test_sums_of_many_answers_are_exact() -> None:
    """In 32 bits, 60,000 answers of 300 would not be."""
    n, items = 60_001, items_of(("u1", "use", False, 0, 300), ("u2", "use", False, 0, 300))
    about = {"respondent_id": [str(i) for i in range(n)], "site_id": "S01", "group": "", "submitted_on": ""}
    answers = np.random.default_rng(1).integers(295, 301, (n, 2))
    responses = pd.DataFrame(about).assign(weight=1.0, u1=answers[:, 0].astype(float), u2=answers[:, 1].astype(float))
    counts = count_survey(coded(responses, items, at_once=n), items, NO_CATEGORIES, ["S01"], [])
    assert counts.covariances["use"].matrix == pytest.approx(np.cov(answers.T), abs=1e-8)


# --- drawing ------------------------------------------------------------------------------------------------------


def test_a_draw_is_random_without_replacement_and_the_same_for_the_same_seed() -> None:
    n = 100
    responses = pd.DataFrame(
        {
            "respondent_id": [f"R{i:04}" for i in range(n)],
            "site_id": "S01",
            "group": "",
            "submitted_on": "",
            "weight": 1.0,
            "q1": [np.nan if i % 7 == 0 else float(i % 5 + 1) for i in range(n)],
        }
    )
    items = items_of(("q1", "attitude", False, 1, 5))
    table = coded(responses, items, at_once=9)
    found = drawn(table, items, 30, seed=1)
    assert found["respondent_id"].is_unique and found["respondent_id"].is_monotonic_increasing
    expected = responses.set_index("respondent_id").loc[found["respondent_id"]].reset_index()
    pd.testing.assert_frame_equal(found, expected, check_dtype=False)
    pd.testing.assert_frame_equal(found, drawn(table, items, 30, seed=1))
    assert list(drawn(table, items, 30, seed=2)["respondent_id"]) != list(found["respondent_id"])
    pd.testing.assert_frame_equal(drawn(table, items, 1000, seed=1), responses, check_dtype=False)
    often = pd.concat([drawn(table, items, 30, seed=seed) for seed in range(60)])["respondent_id"].value_counts()
    assert len(often) == n and often.max() < 40  # 18 expected of each; 40 is six standard deviations away


# --- reading ------------------------------------------------------------------------------------------------------

SITES = pd.DataFrame(
    {
        "site_id": SITE_IDS,
        "name_th": ["น้ำใส", "ทุ่งทอง", "โนนสูง"],
        "name_en": ["Nam Sai", "Thung Thong", "Non Sung"],
    }
)
ITEMS_FILE = csv_text(
    ["item_id", "column", "construct", "text_th", "text_en", "scale", "reversed"],
    [
        ("q1", "ข้อ 1", "attitude", "หนึ่ง", "One", "agree5", "yes"),
        ("q2", "", "skills", "สอง", "Two", "likert7", ""),
        ("sex", "เพศ", "", "เพศ", "Sex", "category", ""),
    ],
)
HEADER = ["พื้นที่", "กลุ่ม", "เวลา", "น้ำหนัก", "ข้อ 1", "q2", "เพศ", "ข้อเสนอแนะ"]
ROWS = [
    ("S01", "Citizens", "12/4/2566, 14:05:09", "1.5", "เห็นด้วยอย่างยิ่ง", "๗", "หญิง", "=1+1"),
    ("ทุ่งทอง", "", "12/4/2566, 15:05:09", "0.5", "strongly  DISAGREE", "3", "", ""),
    ("thung thong", "citizen", "13/4/2566", "2", "4", "", "ชาย", "a,b"),
    ("S02", "official", "", "0.5", "ไม่ตอบ", "99", " หญิง ", ""),
    ("S02", "official", "", "0.5", "", "7", "หญิง", ""),
]


def study(**survey: object) -> Study:
    scales = {**STUDY["survey"]["scales"], "likert7": {"min": 1, "max": 7}}
    named = {"file": "r.csv", "site": "พื้นที่", "scales": scales, "nonanswers": {"missing": [99]}}
    return Study.model_validate({**STUDY, "survey": {**named, **survey}})


ALL_COLUMNS = {"group": "กลุ่ม", "submitted": "เวลา", "weight": "น้ำหนัก"}


def items_frame(folder: Path, settings: Study, text: str = ITEMS_FILE) -> pd.DataFrame:
    (folder / "items.csv").write_text(text, encoding="utf-8")
    return read_items(folder / "items.csv", settings, Problems())


def read(
    path: Path, settings: Study, items: str = ITEMS_FILE, sites: pd.DataFrame = SITES
) -> tuple[LargeResponses | None, pd.DataFrame | None, Problems]:
    """What is read of a large file, all of its rows, and the problems."""
    problems = Problems()
    frame = items_frame(path.parent, settings, items)
    result = read_large_responses(path, frame, sites, settings, problems.at(path.name))
    return result, drawn(result.responses, result.items, 10_000, 0) if result else None, problems


def as_csv(folder: Path, rows: list[tuple[str, ...]] = ROWS, header: list[str] = HEADER) -> Path:
    path = folder / "r.csv"
    path.write_text(csv_text(header, rows), encoding="utf-8")
    return path


def test_a_large_file_reads_as_a_small_one(tmp_path: Path) -> None:
    path, settings = as_csv(tmp_path), study(**ALL_COLUMNS)
    small = read_responses(path, items_frame(tmp_path, settings), SITES, settings, Problems())
    checked = check_responses(
        small.received, small.nonanswer_cells, small.items, SITE_IDS, **settings.survey.rules.thresholds
    )
    result, table, problems = read(path, settings)
    assert not problems.found
    assert result is not None and table is not None
    assert result.responses.n == len(ROWS)
    assert result.at_site == {"S01": 1, "S02": 4}
    pd.testing.assert_frame_equal(table, checked.responses, check_dtype=False)
    assert table["weight"].mean() == pytest.approx(1)
    pd.testing.assert_frame_equal(result.nonanswers, checked.nonanswers, check_dtype=False)
    pd.testing.assert_frame_equal(result.items, small.items)
    pd.testing.assert_frame_equal(result.answer_scales, small.answer_scales)
    pd.testing.assert_frame_equal(result.categories, small.categories)
    assert list(result.categories["category"]) == ["ชาย", "หญิง"]
    pd.testing.assert_frame_equal(drawn(result.responses, result.items, 10_000, 0), table)  # rows can be read again


@pytest.mark.parametrize("named", [None, ""])
def test_a_large_file_of_one_site_needs_no_column_of_sites(tmp_path: Path, named: str | None) -> None:
    path, settings = as_csv(tmp_path), study(**ALL_COLUMNS | {"site": named})
    result, table, problems = read(path, settings, sites=SITES[:1])
    assert not problems.found
    assert result is not None and table is not None
    assert list(table["site_id"]) == ["S01"] * len(ROWS)
    _, _, problems = read(path, settings)
    assert [problem.kind for problem in problems.found] == ["no-site"], "the study has several sites"


def test_parquet_reads_as_csv_whatever_the_types_of_its_columns(tmp_path: Path) -> None:
    settings = study()
    header = ["พื้นที่", "ข้อ 1", "q2", "เพศ"]
    rows = [("S01", "5", "7", "1"), ("S02", "", "99", "2"), ("S01", "2", "3", "")]
    _, expected, problems = read(as_csv(tmp_path, rows, header), settings)
    assert expected is not None and not problems.found
    path = tmp_path / "r.parquet"
    for types in ({}, {"ข้อ 1": pl.Float64, "q2": pl.Int64}, {"ข้อ 1": pl.UInt8, "q2": pl.Float32, "เพศ": pl.Int32}):
        frame = pl.DataFrame({name: [row[i] or None for row in rows] for i, name in enumerate(header)}, orient="col")
        frame = frame.with_columns(pl.col(name).cast(type_) for name, type_ in types.items())
        if types.get("ข้อ 1") == pl.Float64:
            frame = frame.with_columns(pl.col("ข้อ 1").fill_null(np.nan))
        frame.with_columns(pl.col("พื้นที่").cast(pl.Categorical)).write_parquet(path)
        _, table, problems = read(path, settings)
        assert not problems.found
        pd.testing.assert_frame_equal(table, expected)


@pytest.mark.parametrize(
    ("cells", "kind", "said"),
    [
        ([[1], [2], None], pl.List(pl.Int64), '"[1]"'),
        ([{"a": 1}, None, None], pl.Struct({"a": pl.Int64}), "\"{'a': 1}\""),
        ([b"1", None, None], pl.Binary, "\"b'1'\""),
        ([2**63 + 5, 1, 2], pl.UInt64, '"9223372036854775813"'),
        ([70_000, 1, None], pl.Int32, '"70000"'),
        ([-1_000_000_000, 1, 2], pl.Int64, '"-1000000000"'),
        ([5, 4, None], pl.Int128, None),
        ([True, None, None], pl.Boolean, '"TRUE"'),
        ([None, None, None], pl.Null, None),
        ([None, None, None], pl.Int8, None),
    ],
)
def test_a_column_of_parquet_may_hold_anything(
    tmp_path: Path, cells: list, kind: pl.DataType, said: str | None
) -> None:
    columns = {
        "พื้นที่": ["S01", "S02", "S01"],
        "ข้อ 1": pl.Series(cells, dtype=kind),
        "q2": [1, 2, 3],
        "เพศ": ["a", "b", "a"],
    }
    path = tmp_path / "r.parquet"
    pl.DataFrame(columns).write_parquet(path)
    _, table, problems = read(path, study())
    if said:
        assert said in str(problems.found[0])
    else:
        assert table is not None and not problems.found
        assert table["q1"].fillna(0).tolist() == [cell or 0 for cell in cells]


def test_digits_and_words_in_one_file_are_the_same_as_digits(tmp_path: Path) -> None:
    header, settings = ["พื้นที่", "ข้อ 1", "q2", "เพศ"], study()
    digits = [("S01", str(i % 5 + 1), str(i % 7 + 1), "") for i in range(30)]
    words = ["ไม่เห็นด้วยอย่างยิ่ง", "2", "3 = ไม่แน่ใจ", "๔", "5"]
    mixed = [(site, words[int(q1) - 1], q2, sex) for site, q1, q2, sex in digits]
    _, expected, first = read(as_csv(tmp_path, digits, header), settings)
    _, table, second = read(as_csv(tmp_path, mixed, header), settings)
    assert not first.found and not second.found
    pd.testing.assert_frame_equal(table, expected)


def kinds(problems: Problems) -> list[tuple[str, int | None]]:
    return [(problem.kind, problem.row) for problem in problems]


def test_problems_name_the_first_row_and_nothing_is_written(tmp_path: Path) -> None:
    rows = [*ROWS, ("เมืองใหม่", "", "", "-1", "6", "1", "", ""), ("S01", "", "31/02/2566", "x", "6", "1", "", "")]
    result, _, problems = read(as_csv(tmp_path, rows), study(**ALL_COLUMNS))
    assert result is None
    assert sorted(kinds(problems)) == sorted(
        [("unknown-site", 7), ("weight", 7), ("weight", 8), ("outside-scale", 7), ("date", 8)]
    )
    assert all(problem.th and problem.en and problem.file == "r.csv" for problem in problems)


def test_a_column_that_is_not_there_is_named(tmp_path: Path) -> None:
    _, _, problems = read(as_csv(tmp_path, [("S01", "1", "")], ["พื้นที่", "q2", "เพศ"]), study())
    assert kinds(problems) == [("missing-column", 1)]
    _, _, problems = read(as_csv(tmp_path, [("1", "2")], ["a", "b"]), study())
    assert kinds(problems) == [("missing-column", 1)] * 4


def test_respondents_have_ids_of_their_own(tmp_path: Path) -> None:
    header = ["id", "พื้นที่", "ข้อ 1", "q2", "เพศ"]
    rows = [(id_, "S01", "1", "1", "") for id_ in ("a", "b", "", "a", "c", "b")]
    _, _, problems = read(as_csv(tmp_path, rows, header), study(respondent="id"))
    assert kinds(problems) == [("empty-cell", 4), ("duplicate-id", 5), ("duplicate-id", 7)]
    assert '"a" already stands in row 2' in str(list(problems)[1])
    _, table, problems = read(as_csv(tmp_path, rows[:2], header), study(respondent="id"))
    assert table is not None and list(table["respondent_id"]) == ["a", "b"]


def test_files_that_cannot_be_read_say_so(tmp_path: Path) -> None:
    text = csv_text(HEADER, ROWS)
    contents = {
        "cp874": text.encode("cp874", errors="ignore"),
        "utf-16": text.encode("utf-16"),
        "open quotation mark": (csv_text(HEADER, ROWS) + '"S01,,,1,1,1,,\n').encode(),
        "long row": (csv_text(HEADER, ROWS) + "S01,,,1,1,1,,,,,\n").encode(),
        "empty": b"",
    }
    for what, content in contents.items():
        path = tmp_path / "r.csv"
        path.write_bytes(content)
        _, _, problems = read(path, study(**ALL_COLUMNS))
        assert [problem.kind for problem in problems] == ["csv"], what
    path = tmp_path / "r.parquet"
    path.write_bytes(text.encode())
    _, _, problems = read(path, study())
    assert [problem.kind for problem in problems] == ["unreadable"]
    _, _, problems = read(tmp_path / "none.parquet", study())
    assert len(problems) == 1


def test_free_text_is_no_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_cells, "MOST_CELLS", 20)
    rows = [("S01", "1", "1", f"คำตอบ {i}") for i in range(30)]
    _, _, problems = read(as_csv(tmp_path, rows, ["พื้นที่", "ข้อ 1", "q2", "เพศ"]), study())
    assert [(p.kind, p.column) for p in problems] == [("many-answers", "เพศ")]


def test_what_looks_at_whole_rows_is_refused_or_told(tmp_path: Path) -> None:
    rows = [("S01", "1", "1", ""), ("S02", "2", "", "")]
    path = as_csv(tmp_path, rows, ["พื้นที่", "ข้อ 1", "q2", "เพศ"])
    _, _, problems = read(path, study(rules={"exclude": ["duplicate"]}))
    assert [problem.kind for problem in problems] == ["large-rules"]
    asked = ITEMS_FILE.replace("reversed\n", "reversed,asked_if\n").replace(",likert7,\n", ",likert7,,q1=1\n")
    asked = asked.replace(",yes\n", ",yes,\n").replace(",category,\n", ",category,,\n")
    result, _, problems = read(path, study(), asked)
    assert not problems.found
    assert [notice.kind for notice in problems.notices] == ["large-skips"]
    counted = result.nonanswers.set_index(["item_id", "reason"])["n"]
    assert (counted["q2", "not_asked"], counted["q2", "empty"]) == (0, 1)


def test_which_files_are_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_csv(tmp_path)
    other = path.rename(tmp_path / "r.xlsx")
    path = as_csv(tmp_path)
    assert not is_large_survey(path)
    monkeypatch.setitem(LARGE_SURVEY, ".csv", 100)
    assert is_large_survey(path)
    assert not is_large_survey(other)
    assert not is_large_survey(tmp_path / "none.csv")


def test_a_file_without_rows_is_told(tmp_path: Path) -> None:
    _, _, problems = read(as_csv(tmp_path, []), study(**ALL_COLUMNS))
    assert [problem.kind for problem in problems] == ["no-rows"]


def test_counts_follow_from_what_was_read(tmp_path: Path) -> None:
    result, table, _ = read(as_csv(tmp_path), study(**ALL_COLUMNS))
    assert result is not None and table is not None
    counts = count_survey(result.responses, result.items, result.categories, SITE_IDS, GROUPS)
    held = count_responses(table, scale_scores(table, result.items), result.items)
    same(counts.answers, held.answers)
    same(counts.categories, held.categories)
    assert counts.respondents.groupby("site_id")["n"].sum().to_dict() == {"S01": 1, "S02": 4}


def test_a_survey_without_categories_and_groups_has_empty_tables_of_them(tmp_path: Path) -> None:
    result, _, _ = read(as_csv(tmp_path), study(**ALL_COLUMNS))
    assert result is not None
    nothing = result.categories.iloc[:0]
    counted = count_survey(result.responses, result.items, nothing, SITE_IDS, GROUPS)
    counted.write(tmp_path / "counts.json")
    counts = SurveyCounts.read(tmp_path / "counts.json")
    assert category_answers(counts.categories, nothing, Unit.sites(SITE_IDS)).empty
    assert category_answers(counts.categories, nothing, Unit.groups([])).empty
    for frequencies in score_frequencies(counts.scores, result.items, Unit.groups([])).values():
        assert frequencies.counts.shape[0] == 0


# --- the check of a study -----------------------------------------------------------------------------------------


def checked(root: Path, monkeypatch: pytest.MonkeyPatch, old: str = "", new: str = "", **survey: object) -> Problems:
    """The problems of the small study, its responses (with `new` for `old`) taken for a large file."""
    raw = make_study(root, study={"survey": {**STUDY["survey"], **survey}})
    path, problems = raw / "survey" / "responses.csv", Problems()
    text = path.read_text(encoding="utf-8-sig")
    assert old in text
    path.write_text(text.replace(old, new, 1) if old else text, encoding="utf-8")
    monkeypatch.setitem(LARGE_SURVEY, ".csv", 10)
    counts = check_study(root, "small", problems)
    assert counts["responses"] == (0 if len(problems) else len(text.splitlines()) - 1)
    return problems


def test_the_check_tells_what_is_done_on_a_draw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problems = checked(tmp_path, monkeypatch)
    assert not list(problems)
    (notice,) = [notice for notice in problems.notices if notice.kind == "large-survey"]
    assert notice.file == "data/raw/small/survey/responses.csv"


def test_the_check_finds_what_is_wrong_in_a_large_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = str(STUDY["survey"]["site"])
    problems = checked(tmp_path / "a", monkeypatch, old=site, new="elsewhere")
    assert [problem.kind for problem in problems] == ["missing-column"]
    problems = checked(tmp_path / "b", monkeypatch, rules={"exclude": ["duplicate"]})
    assert [problem.kind for problem in problems] == ["large-rules"]


def test_amounts_in_a_large_file_are_refused_in_both_languages(tmp_path: Path) -> None:
    settings = study(scales={"years": {"min": 0, "max": 120, "numeric": True}})
    items = csv_text(["item_id", "text_th", "text_en", "scale"], [("age", "อายุ", "Age", "years")])
    result, _, problems = read(as_csv(tmp_path, [("S01", "34.5")], ["พื้นที่", "age"]), settings, items)
    assert result is None
    assert [p.kind for p in problems] == ["large-numbers"]
    said = str(problems.found[0])
    assert "too large for items that are answered with numbers: age." in said
    assert "ใหญ่เกินกว่าจะใช้ข้อคำถามที่ตอบเป็นจำนวน: age" in said
