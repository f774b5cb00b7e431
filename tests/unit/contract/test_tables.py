"""Tables are checked when written and read, survive the way through CSV, and carry no formulas."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from thongthin.basics.problems import Problems
from thongthin.contract.tables import (
    TABLES,
    TableError,
    TableFiles,
    data_dictionary,
    read_cells,
    read_table,
    write_table,
)
from thongthin.read.frame import read_sites

DOCS = Path(__file__).parents[3] / "docs"


def sites(**columns: list[str]) -> pd.DataFrame:
    frame = {
        "site_id": ["S1", "S2"],
        "name_th": ["ก", "ข"],
        "name_en": ["A", "B"],
        "short_th": "",
        "short_en": "",
        "type": ["", "x"],
    }
    return pd.DataFrame({**frame, **columns})


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00\r"), min_size=1), min_size=2, max_size=2))
def test_text_survives(tmp_path_factory: pytest.TempPathFactory, names: list[str]) -> None:
    path = tmp_path_factory.mktemp("tables") / "sites.csv"
    write_table(sites(name_th=names), path)
    assert list(read_table(path)["name_th"]) == names


@pytest.mark.parametrize("text", ["=1+1", "+66", "-5", "@x", "'=1+1", "\tx"])
def test_no_cell_is_a_formula(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sites.csv"
    write_table(sites(name_th=[text, "ข"]), path)
    assert path.read_text(encoding="utf-8").splitlines()[1].split(",")[1].strip('"').startswith("'")
    assert read_table(path)["name_th"][0] == text


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"site_id": ["S1", "S1"]}, r"site_id: \('S1',\) stands twice"),
        ({"name_th": ["", "ข"]}, "name_th: is empty in row 1"),
    ],
)
def test_wrong_table_is_refused(tmp_path: Path, columns: dict[str, list[str]], message: str) -> None:
    with pytest.raises(TableError, match=message):
        write_table(sites(**columns), tmp_path / "sites.csv")
    assert not (tmp_path / "sites.csv").exists()


def test_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match=r'"sites" lacks the columns \[\'type\'\]'):
        write_table(sites().drop(columns="type"), tmp_path / "sites.csv")


def test_tampered_table_is_refused_when_read(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    write_table(pd.DataFrame({"quantity": ["turns"], "site_id": ["all"], "n": [3]}), path)
    path.write_text(path.read_text(encoding="utf-8").replace("3", "three"), encoding="utf-8")
    with pytest.raises(TableError, match="sample"):
        read_table(path)


def test_some_columns_of_a_table_are_read_as_all_of_them_are(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    write_table(sites(), path)
    some = ("site_id", "name_en")
    pd.testing.assert_frame_equal(read_table(path, columns=some), read_table(path)[[*some]])
    path.write_text(path.read_text("utf-8-sig").replace("name_en", "name_fr"), encoding="utf-8")
    with pytest.raises(TableError, match="name_en"):
        read_table(path, columns=some)
    write_table(sites(), path)
    lines = path.read_text("utf-8-sig").splitlines()
    path.write_text("\n".join([*lines, lines[-1]]), encoding="utf-8")
    with pytest.raises(TableError, match="twice"):
        read_table(path, columns=some)


def test_tables_of_files_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    write_table(sites(), tmp_path / "sites.csv")
    (tmp_path / "codes.csv").write_text("nothing of the kind", encoding="utf-8")
    tables = TableFiles([tmp_path / "sites.csv", str(tmp_path / "codes.csv")])
    assert "sites" in tables and "items" not in tables and [*tables] == ["sites", "codes"] and len(tables) == 2
    assert tables["sites"] is tables["sites"]
    pd.testing.assert_frame_equal(tables["sites"], read_table(tmp_path / "sites.csv"))
    with pytest.raises(TableError, match="codes"):
        tables["codes"]


def test_keys_are_columns_and_rules_are_named() -> None:
    for table in TABLES.values():
        names = [c.name for c in table.columns]
        assert set(table.key) <= set(names), table.name
        assert len(names) == len(set(names)), table.name
        assert all(c.th and c.en for c in table.columns), table.name


def test_data_dictionary_is_current() -> None:
    rows = [line.replace("\\|", "") for line in data_dictionary().splitlines() if line.startswith("|")]
    assert {line.count("|") for line in rows} == {6}
    assert (DOCS / "data-dictionary.md").read_text(encoding="utf-8") == data_dictionary(), (
        "docs/data-dictionary.md is out of date; write it again with: python -m thongthin.contract.tables"
    )


def test_cells_are_read_as_they_were_written_whatever_they_begin_with(tmp_path: Path) -> None:
    words = ["- ดี", "=1+1", "+Government", "@me", "'quoted'", "'- kept", "''=", "plain"]
    frame = pd.DataFrame({"site_id": [f"S{n}" for n in range(len(words))], "name_th": words, "name_en": words})
    write_table(frame.assign(short_th="", short_en="", type=""), tmp_path / "sites.csv", "sites")
    assert "'- ดี" in (tmp_path / "sites.csv").read_text(encoding="utf-8-sig")
    assert read_cells(tmp_path / "sites.csv")["name_th"].tolist() == words
    assert read_table(tmp_path / "sites.csv")["name_en"].tolist() == words
    # What we wrote may become the input of another study.
    problems = Problems(file="sites.csv")
    assert read_sites(tmp_path / "sites.csv", None, problems)["name_th"].tolist() == words and not problems.found


def test_nothing_reads_our_tables_past_the_one_reader() -> None:
    """The apostrophe before a formula would stay, in the notebooks and wherever else."""
    root = Path(__file__).parents[3]
    sources = [*root.glob("notebooks/*.ipynb"), *root.glob("workflow/**/*.py"), *root.glob("workflow/**/*.smk")]
    reading = [p.name for p in sources if re.search(r"pd\.read_csv|pandas\.read_csv", p.read_text(encoding="utf-8"))]
    assert reading == ["tables.py"]
