"""A survey that asks little still becomes a whole study, with its notebooks and the checks of its results."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import copy_project
from studies import SEX_QUESTION, STUDY, csv_text, make_study

pytestmark = pytest.mark.long

ARTICLE = "---\nlang: %s\n---\n\n# A\n\n{{< value category_answers.sex.all.ชาย.n >}}\n"


def test_a_survey_of_categories_only_that_asks_for_no_group(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    items = csv_text(
        ["item_id", "column", "text_th", "text_en", "scale"], [("sex", SEX_QUESTION, SEX_QUESTION, "Sex", "category")]
    )
    raw = make_study(
        project.root,
        study={"survey": {key: told for key, told in STUDY["survey"].items() if key != "group"}, "model": None},
        files={"survey/items.csv": items, **{f"article.{lang}.qmd": ARTICLE % lang for lang in ("th", "en")}},
        config={"formats": ["html"], "studies": ["small"], "analysis": {"agreement": {"replicates": 0}}},
    )
    project.build()
    answered = (raw / "survey/responses.csv").read_text(encoding="utf-8").count(",ชาย,")
    counted = project.table("results/small/tables/category_answers.csv")
    found = {row["category"]: int(row["n"]) for row in counted if row["site_id"] == "all"}
    assert found == {"ชาย": answered, "หญิง": 30 - answered, "missing": 0}
    assert f">{answered}</a></p>" in (project.root / "results/small/article.en.html").read_text(encoding="utf-8")
