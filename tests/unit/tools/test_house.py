"""The house: imports point down only, rule files tell what is in them, and the map in docs/ is the one of today."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from pydantic import BaseModel

from thongthin.contract.analysis import Analysis
from tools import house

ROOT = Path(__file__).parents[3]


def test_imports_point_down_only() -> None:
    assert house.against_the_floors() == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert house.circle() == []


def test_an_import_that_points_up_or_beside_and_a_circle_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    up = house.Import("thongthin.survey.scales", "thongthin.present.labels", 3, True)
    beside = house.Import("thongthin.survey.scales", "thongthin.read.quotes", 4, True)
    back = house.Import("thongthin.present.labels", "thongthin.survey.scales", 5, True)
    monkeypatch.setattr(house, "imports", lambda: (up, beside, back))
    assert house.against_the_floors() == [
        "thongthin.survey.scales, line 3, imports thongthin.present.labels: survey may not use present",
        "thongthin.survey.scales, line 4, imports thongthin.read.quotes: survey may not use read",
    ]
    assert set(house.circle()) == {"thongthin.survey.scales", "thongthin.present.labels"}


def test_imports_are_read_from_the_code_wherever_they_stand(tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(
        "from typing import TYPE_CHECKING\n"
        "from thongthin.survey import scales\n"
        "if TYPE_CHECKING:\n    from thongthin.contract.tables import Table\n"
        "def f():\n    import thongthin.basics.files\n",
        encoding="utf-8",
    )
    found = {(one.target, one.line, one.on_load) for one in house.imports_of(path, "x")}
    assert found == {
        ("thongthin.survey.scales", 2, True),
        ("thongthin.contract.tables", 4, False),
        ("thongthin.basics.files", 6, False),
    }


@pytest.mark.parametrize("chapter", house.CHAPTERS)
def test_the_head_of_a_rule_file_lists_its_rules(chapter: str) -> None:
    rules, steps = [rule.name for rule in house.rules(chapter)], house.steps(chapter)
    assert [rule for rule in rules if not any(fnmatch(rule, step) for step in steps)] == []
    assert [step for step in steps if not any(fnmatch(rule, step) for rule in rules)] == []


@pytest.mark.parametrize("chapter", ["qualitative", "survey", "synthesis"])
def test_the_head_of_a_rule_file_lists_its_result_tables(chapter: str) -> None:
    written = {table for rule in house.rules(chapter) for table in rule.tables}
    said = house.given(chapter)
    assert [table for table in sorted(written) if not any(fnmatch(table, word) for word in said)] == []
    stars = [word for word in said if "*" in word]
    assert [word for word in stars if not any(fnmatch(table, word) for table in written)] == []


@pytest.mark.parametrize("chapter", house.CHAPTERS)
def test_a_rule_and_its_script_have_one_name(chapter: str) -> None:
    assert all(rule.script == rule.name for rule in house.rules(chapter))


def test_every_result_table_is_written_by_the_rule_that_its_schema_names() -> None:
    written = {
        (table, rule.name) for chapter in house.CHAPTERS for rule in house.rules(chapter) for table in rule.tables
    }
    assert [t.name for t in house.TABLES.values() if (t.name, t.rule) not in written] == []


def test_every_rule_that_writes_results_has_a_section_in_the_methods() -> None:
    # They count, or gather what others say: the section "Sample" tells what.
    apart = {"describe_sample", "measure_interviews", "collect_values"}
    named = set(house.methods()) | apart
    rules = [rule for chapter in house.CHAPTERS for rule in house.rules(chapter)]
    results = {rule.name for rule in rules if any(house.TABLES[t].folder == "results" for t in rule.tables)}
    assert sorted(results - named) == []
    assert sorted(set(house.methods()) - {rule.name for rule in rules}) == []


def test_the_map_and_the_picture_are_those_of_today() -> None:
    remedy = "is out of date; write it again with: python3 tools/run.py tools.house"
    assert (ROOT / "docs/map.md").read_text(encoding="utf-8") == house.house_map(), f"docs/map.md {remedy}"
    assert (ROOT / "docs/images/house.svg").read_text(encoding="utf-8") == house.house_picture(), f"house.svg {remedy}"


@pytest.mark.parametrize(
    "page", ["docs/architecture.md", "CONTRIBUTING.md", "docs/methods.md", "README.md", "config/README.md"]
)
def test_what_a_page_names_of_the_project_is_there(page: str) -> None:
    """Files and folders in code marks, below the top or below the package."""
    text = (ROOT / page).read_text(encoding="utf-8")
    named = {
        name
        for name in re.findall(r"`([\w.-]+(?:/[\w.-]+)*/?)`", text)
        if "/" in name or name.endswith((".py", ".smk"))
    }
    below = (ROOT, house.PACKAGE, ROOT / "docs", ROOT / "tests", ROOT / "data" / "raw" / "khon-kaen", ROOT / "config")
    made = ("results/", "data/", "logs/", "site/", ".snakemake/", "survey/", "coding/", "article/")
    there = {name for name in named for top in below if (top / name).exists() or (top / f"{name}.py").is_file()}
    gone = [name for name in named - there if not name.startswith(made)]
    assert sorted(gone) == []


def test_an_article_can_ask_for_no_table_or_figure_that_its_guide_does_not_name() -> None:
    text = (ROOT / "docs" / "article-format.md").read_text(encoding="utf-8")
    assert [name for name in (*house.article_tables(), *house.figures()) if f"`{name}`" not in text] == []


def test_every_option_of_the_analysis_is_explained() -> None:
    """In the page on configuration."""
    page = (ROOT / "config" / "README.md").read_text(encoding="utf-8")
    keys = options(Analysis)
    assert len(keys) > 30
    assert [key for key in keys if f"`analysis.{key}`" not in page] == []


def options(model: type[BaseModel], before: str = "") -> list[str]:
    """The dotted names of the keys of a model that have no keys of their own."""
    found = []
    for name, field in model.model_fields.items():
        inner = field.annotation
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += options(inner, f"{before}{name}.")
        else:
            found.append(f"{before}{field.alias or name}")
    return found
