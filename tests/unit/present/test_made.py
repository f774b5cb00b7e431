"""What a build left is read as it stands, and followed back along its steps."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from thongthin.present.evidence.changes_page import marked_article
from thongthin.present.evidence.made import Made, built_studies, cells_of, upstream
from thongthin.present.evidence.reach import downstream

STEPS = {
    "read": {"inputs": ["raw/a.csv"], "outputs": ["p/a.csv"]},
    "count": {"inputs": ["p/a.csv", "p/b.csv"], "outputs": ["r/n.csv"]},
    "other": {"inputs": ["raw/b.csv"], "outputs": ["p/b.csv"]},
    "apart": {"inputs": ["raw/c.csv"], "outputs": ["r/m.csv"]},
}


def test_a_table_is_followed_to_its_files_and_a_file_to_its_tables() -> None:
    assert upstream(STEPS, ["r/n.csv"]) == (["count", "read", "other"], ["raw/a.csv", "raw/b.csv"])
    assert upstream(STEPS, ["r/m.csv"]) == (["apart"], ["raw/c.csv"])
    assert downstream(STEPS, "raw/a.csv") == (["read", "count"], ["p/a.csv", "r/n.csv"])
    assert downstream(STEPS, "raw/nothing.csv") == ([], [])


@pytest.fixture(name="made")
def _made(tmp_path: Path) -> Made:
    own = tmp_path / "results" / "village"
    (own / "tables").mkdir(parents=True)
    (own / "article" / "tables").mkdir(parents=True)
    (own / "made_from.json").write_text(json.dumps({"steps": STEPS}), encoding="utf-8")
    values = [
        "key,value,text_th,text_en,table,row,column,rule",
        "a.b.c,0.5,.50,.50,a,b,c,r",
        'a.d.c,1200,"1,200","1,200",a,d,c,r',
    ]
    (own / "tables" / "values.csv").write_text("\ufeff" + "\n".join(values) + "\n", encoding="utf-8")
    (own / "exhibits.csv").write_text("kind,name,said_en\nvalue,a.b.c,Half: .50\n", encoding="utf-8")
    cells = "row,column,text_th,text_en,keys\n1,1,๐.๕,0.50,a.b.c a.e\u00a0f.c\n"
    (own / "article" / "tables" / "x.csv").write_text(cells, encoding="utf-8")
    return Made(tmp_path, "village")


def test_a_printed_number_is_found_however_it_is_written(made: Made) -> None:
    assert made.printed(".50") == made.printed("0.50") == made.printed("๐.๕๐") == ["a.b.c", "a.e f.c"]
    assert made.printed("1,200") == [] and made.printed("7") == []  # not shown anywhere


def test_what_is_not_built_is_not_there(made: Made, tmp_path: Path) -> None:
    assert built_studies(tmp_path) == [made] and built_studies(tmp_path, "other") == []
    (made.results / "exhibits.csv").unlink()
    assert built_studies(tmp_path) == []


def test_cells_behind_an_apostrophe_read_as_they_were_said(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a,b\n'=1+1,'plain\n", encoding="utf-8")
    assert cells_of(tmp_path / "t.csv") == [{"a": "=1+1", "b": "'plain"}]


def test_changed_numbers_are_marked_where_they_stand_and_text_stays_text() -> None:
    link = '<a class="v" href="evidence.en.html#/value/a.b%2Ec">.51</a>'
    page = f'<html><body class="x"><p>{link} <a href="#x">y</a></p></body></html>'
    was = {"value": "0.5", "text_en": "<.50>", "text_th": ".50"}
    now = {**was, "text_en": ".51"}
    number = {"key": "a.b.c", "before": was, "after": now}
    found = {"numbers": [number], "cells": [], "causes": [{"name": "<script>"}]}
    marked = marked_article(page, found, "en")
    assert '<mark class="changed" title="was: &lt;.50&gt;"><del>&lt;.50&gt;</del><a class="v"' in marked
    assert "<mark" not in marked_article(page, found, "th")  # where it reads as before, nothing is marked
    assert marked.count("<mark") == 1 and "&lt;script&gt;" in marked and "<script>" not in marked
