"""The tables and figures that an article can show: each is declared where it is made, with all that it reads."""

from __future__ import annotations

import ast
from pathlib import Path

import pandas as pd
import pytest
from result_frames import ANALYSIS, frames, labels

from thongthin.basics.language import Language, has_thai
from thongthin.contract.analysis import Analysis
from thongthin.contract.tables import TABLES
from thongthin.present import catalogue
from thongthin.present.catalogue import (
    DOCUMENTS,
    Shown,
    article_tables,
    declared,
    figures,
    in_document,
    table_of,
    why_not,
)

MODULE = '''"""A module that is not run: nothing(of=this) is defined."""
import nothing


@made_from("scale_statistics", "sites", also=("items",), needs=("constructs", "scales.confidence"), th="สิ่งที่แสดง")
def a_figure(tables, labels, confidence):
    """What it shows.

    And more.
    """


@other("codes")
def no_figure(tables): ...
'''


def test_a_declaration_is_read_without_running_the_module(tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    path.write_text(MODULE, encoding="utf-8")
    (own,) = declared(path, "new")
    needs = ("constructs", "scales.confidence")
    sources = ("scale_statistics", "sites")
    assert own == Shown("a_figure", "new", "What it shows.", "สิ่งที่แสดง", sources, ("items",), needs)
    assert own.reads == ("scale_statistics", "sites", "items")


@pytest.mark.parametrize(("folder", "known"), [("tables", article_tables()), ("figures", figures())])
def test_every_declaration_is_found(folder: str, known: dict[str, Shown]) -> None:
    """They are looked for in the text, and would be missed if they were written in another way."""
    written = []
    for path in sorted((Path(catalogue.__file__).parent / folder).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and "made_from" in map(ast.unparse, called(node)):
                written.append((node.name, (ast.get_docstring(node) or "").partition("\n")[0]))
    assert written == [(own.name, own.about) for own in known.values()] and all(about for _, about in written)


def called(node: ast.FunctionDef) -> list[ast.expr]:
    return [decorator.func for decorator in node.decorator_list if isinstance(decorator, ast.Call)]


def test_a_declaration_without_thai_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "new.py"
    path.write_text(MODULE.replace(', th="สิ่งที่แสดง"', ""), encoding="utf-8")
    with pytest.raises(TypeError, match="'th'"):
        declared(path, "new")


@pytest.mark.parametrize("own", [*article_tables().values(), *figures().values()], ids=lambda own: own.name)
def test_a_declaration_names_what_there_is(own: Shown) -> None:
    assert own.maker().__name__ == own.name
    assert own.about.endswith((".", ")"))
    assert has_thai(own.th)
    assert not own.th.endswith(".")
    assert not has_thai(own.about)
    assert set(own.reads) <= set(TABLES)
    for need in set(own.needs) - {"constructs", "outcomes"}:
        assert Analysis().model_dump()[need.partition(".")[0]][need.partition(".")[2]] is not None


def test_only_tables_of_a_model_have_its_id_behind_them() -> None:
    assert table_of("outcome_model-short") == ("outcome_model", "short")
    assert table_of("outcome_model") == ("outcome_model", "")
    assert table_of("codebook-short") == ("codebook-short", "")
    assert table_of("nothing-short") == ("nothing-short", "")


def test_what_a_study_lacks() -> None:
    everything = {source for of in (article_tables(), figures()) for own in of.values() for source in own.sources}
    assert [name for name, own in article_tables().items() if why_not(own, everything)] == []
    assert [source for source in sorted(everything) if not all(TABLES[source].lacking)] == []
    without_survey = {
        "sample",
        "sites",
        "codes",
        "themes_by_site",
        "themes_by_group",
        "theme_cooccurrence",
        "agreement",
    }
    shown = [name for name, own in figures().items() if why_not(own, without_survey) is None]
    assert shown == ["framework", "themes_by_site", "theme_intervals"]
    en, th = why_not(figures()["before_after"], without_survey) or ("", "")
    assert "before and after" in en
    assert "ก่อน (before) และหลัง (after)" in th


class Watched(dict[str, pd.DataFrame]):
    """Tables that remember which of them were asked for."""

    def __init__(self, tables: dict[str, pd.DataFrame]) -> None:
        super().__init__(tables)
        self.asked: set[str] = set()

    def __getitem__(self, name: str) -> pd.DataFrame:
        self.asked.add(name)
        return super().__getitem__(name)

    def __contains__(self, name: object) -> bool:
        self.asked.add(str(name))
        return super().__contains__(name)


LABELS = labels("en", frames())


@pytest.mark.parametrize("own", [*article_tables().values(), *figures().values()], ids=lambda own: own.name)
def test_nothing_is_read_but_what_is_declared(own: Shown) -> None:
    watched = Watched(frames())
    more = [ANALYSIS] if own.module.startswith("thongthin.present.tables") else []
    own.maker()(watched, LABELS, *more)
    assert watched.asked <= set(own.reads)


def test_no_two_show_the_same_thing_in_thai() -> None:
    for of in (article_tables(), figures()):
        assert len({own.th for own in of.values()}) == len(of)


@pytest.mark.parametrize("language", ["en", "th"])
def test_the_lists_of_the_documents_are_those_of_the_code(language: Language) -> None:
    text = DOCUMENTS[language].read_text(encoding="utf-8")
    assert text == in_document(text, language), (
        "Write them anew: PYTHONPATH=workflow python -m thongthin.present.catalogue"
    )
