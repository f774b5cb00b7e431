"""Article tables that are kept in part are those that would be made anew, whatever has changed."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from result_frames import ANALYSIS, CONSTRUCTS, GROUPS, frames

from thongthin.contract.tables import write_table
from thongthin.present import catalogue
from thongthin.present.catalogue import article_tables

SCRIPT = Path(__file__).parents[3] / "workflow" / "scripts" / "write_tables.py"
NAMES = ["themes_by_site", "theme_spread", "item_statistics", "scale_statistics"]


def run(folder: Path, tables: Mapping[str, pd.DataFrame], parts: Path, **other: Any) -> dict[str, bytes]:
    """What the step writes, by path."""
    spec = importlib.util.spec_from_file_location("write_tables", SCRIPT)
    assert spec and spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    read = {source for name in NAMES for source in article_tables()[name].reads} | {"sites", "codes", "items"}
    for name in sorted(read & tables.keys()):
        (folder / "in").mkdir(parents=True, exist_ok=True)
        write_table(tables[name], folder / "in" / f"{name}.csv")
    given = {
        "groups": GROUPS,
        "constructs": CONSTRUCTS,
        "inferences": {},
        "analysis": ANALYSIS,
        "code": "1",
        **other,
    }
    script.write_tables(
        tables=[str(path) for path in sorted((folder / "in").iterdir())],
        **{part: str(folder / part) for part in ("th", "en", "cells")},
        names=NAMES,
        parts=str(parts),
        **given,
    )
    every = (path for part in ("th", "en", "cells") for path in (folder / part).iterdir())
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in every}


def changed(table: str, column: str) -> dict[str, pd.DataFrame]:
    tables = {**frames()}
    one = tables[table].copy()
    one[column] = one[column] + (" ก" if one[column].dtype.kind not in "iuf" else 1)
    return {**tables, table: one}


@pytest.mark.parametrize(
    ("table", "column", "made"),
    [
        ("themes_by_site", "segments", {"themes_by_site"}),
        ("item_statistics", "mean", {"item_statistics"}),
        ("sites", "name_th", set(NAMES)),
        ("codes", "label_en", set(NAMES)),
    ],
)
def test_only_what_shows_a_change_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, column: str, made: set[str]
) -> None:
    run(tmp_path / "before", frames(), tmp_path / "parts.json")
    makers = []
    maker = catalogue.Shown.maker
    monkeypatch.setattr(catalogue.Shown, "maker", lambda shown: makers.append(shown.name) or maker(shown))
    now = run(tmp_path / "now", changed(table, column), tmp_path / "parts.json")
    assert set(makers) == made
    assert now == run(tmp_path / "anew", changed(table, column), tmp_path / "none.json")


def test_other_code_and_other_settings_make_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path / "before", frames(), tmp_path / "parts.json")
    maker = catalogue.Shown.maker
    for other in ({"code": "2"}, {"analysis": {**ANALYSIS, "themes": {**ANALYSIS["themes"], "coders": "all"}}}):
        makers: list[str] = []
        monkeypatch.setattr(catalogue.Shown, "maker", lambda shown, own=makers: own.append(shown.name) or maker(shown))
        run(tmp_path / "now", frames(), tmp_path / "parts.json", **other)
        assert set(makers) == set(NAMES)


def test_a_file_of_parts_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    (tmp_path / "parts.json").write_text("{", encoding="utf-8")
    assert run(tmp_path / "now", frames(), tmp_path / "parts.json") == run(tmp_path / "anew", frames(), tmp_path / "no")
