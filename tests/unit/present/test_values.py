"""The numbers of the article: their keys, how they read, where they come from."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from result_frames import BANDS, frames

from thongthin.contract.tables import TABLES, TableError, read_table, write_table
from thongthin.present.values import collect, rows_of

SCRIPT = Path(__file__).parents[3] / "workflow" / "scripts" / "collect_values.py"


def result_tables() -> dict[str, pd.DataFrame]:
    return {name: frame for name, frame in frames().items() if TABLES[name].folder == "results"}


@pytest.fixture(scope="module")
def values() -> pd.DataFrame:
    return collect(result_tables(), BANDS).set_index("key")


@pytest.mark.parametrize(
    ("key", "th", "en"),
    [
        ("sample.participants.all.n", "12", "12"),
        ("themes_by_site.S01.attitude.share", "ร้อยละ 100.0", "100.0%"),
        ("themes_by_group.all.attitude.denominator", "12", "12"),
        ("scale_statistics.infrastructure.single.all.band", "มาก", "high"),
        ("scale_statistics.infrastructure.single.S04.band", "–", "–"),  # a site where nobody answered
        ("scale_statistics.infrastructure.single.S04.n", "0", "0"),
        ("before_after.speed.all.p", "< .001", "< .001"),
        ("outcome_model.intercept.beta", "–", "–"),
    ],
)
def test_a_number_reads_in_both_languages(values: pd.DataFrame, key: str, th: str, en: str) -> None:
    assert (values.loc[key, "text_th"], values.loc[key, "text_en"]) == (th, en)


def test_a_number_tells_where_it_comes_from(values: pd.DataFrame) -> None:
    value = values.loc["before_after.speed.S02.mean_change"]
    assert tuple(value[["table", "row", "column", "rule"]]) == (
        "before_after",
        "speed.S02",
        "mean_change",
        "compare_before_after",
    )
    table = frames()["before_after"].set_index(["construct", "site_id"])
    assert value["value"] == table.loc[("speed", "S02"), "mean_change"]


def test_every_number_of_every_table_has_a_key(values: pd.DataFrame) -> None:
    for name, frame in result_tables().items():
        expected = len(frame) * len(TABLES[name].value_columns)
        assert (values["table"] == name).sum() == expected, name
    assert "disagreements" not in set(values["table"])


def test_a_key_column_of_numbers_is_part_of_the_key(values: pd.DataFrame) -> None:
    answers = frames()["item_answers"].set_index(["item_id", "value"])["n"]
    assert values.loc["item_answers.Q01.4.n", "value"] == answers[("Q01", 4)]


def test_the_order_does_not_depend_on_how_tables_are_given() -> None:
    tables = result_tables()
    backwards = dict(reversed(tables.items()))
    pd.testing.assert_frame_equal(collect(tables, BANDS), collect(backwards, BANDS))


def test_values_fit_their_schema(tmp_path) -> None:
    path = tmp_path / "values.csv"
    write_table(collect(result_tables(), BANDS), path)
    written = read_table(path)
    assert written["key"].is_unique
    assert math.isnan(written.set_index("key").loc["outcome_model.intercept.beta", "value"])


def test_two_numbers_with_one_key_are_refused() -> None:
    fit = frames()["outcome_model_fit"]
    with pytest.raises(TableError, match=r'two numbers have the key "outcome_model_fit\.success\.n"'):
        collect({"outcome_model_fit": pd.concat([fit, fit])}, BANDS)


def test_numbers_that_are_kept_are_those_that_would_be_collected_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = importlib.util.spec_from_file_location("collect_values", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    read: list[str] = []

    def rows(name: str, *given: Any) -> Any:
        read.append(name)
        return rows_of(name, *given)

    monkeypatch.setattr(script, "rows_of", rows)
    tables = result_tables()

    paths = [tmp_path / f"{name}.csv" for name in tables]
    for name, path in zip(tables, paths, strict=True):
        write_table(tables[name], path)

    def collected(parts: str, **other: Any) -> bytes:
        read.clear()
        given = {"bands": BANDS, "code": "1", **other}
        values = str(tmp_path / "values.csv")
        script.collect_values(tables=[str(path) for path in paths], values=values, parts=str(tmp_path / parts), **given)
        return (tmp_path / "values.csv").read_bytes()

    first = collected("parts.json")
    every = list(read)
    write_table(collect(tables, BANDS), tmp_path / "values.csv")
    assert first == (tmp_path / "values.csv").read_bytes()
    assert collected("parts.json") == first and read == []
    changed = tables["themes_by_site"].assign(participants=tables["themes_by_site"]["participants"] + 1)
    write_table(changed, tmp_path / "themes_by_site.csv")
    edited = collected("parts.json")
    assert read == ["themes_by_site"]
    assert edited == collected("none.json") != first
    for other in ({"code": "2"}, {"bands": [{**BANDS[0], "label": {"th": "ก", "en": "A"}}, *BANDS[1:]]}):
        collected("parts.json")
        assert collected("parts.json", **other) == collected("none.json", **other)
        collected("parts.json")
        collected("parts.json", **other)
        assert read == every
