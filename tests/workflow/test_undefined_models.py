"""A study whose models the answers do not carry is built to its article, which says of each number why it has none."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from odd_studies import answers as items_and_answers
from odd_studies import fill, survey
from project import copy_project
from studies import AGREE, ITEMS, SITE_QUESTION, SITES, STUDY, csv_text, responses

ARTICLE = """\
---
lang: %s
---

# A

{{< value outcome_model.attitude.beta >}} ({{< value outcome_model.apart.skills.estimate >}})

{{< include tables/outcome_model.md >}}

{{< include tables/model_comparison-apart.md >}}

{{< include tables/imputation_comparison.md >}}

{{< include tables/scale_summary.md >}}
"""


def answers() -> str:
    """The survey where all agree on everything that is asked of attitude, and skills decide on success."""
    header, *rows = csv.reader(io.StringIO(responses()))
    place = {item: header.index(text) for item, _, text, *_ in ITEMS}
    for row in rows:
        for item in ("A1", "A2", "A3"):
            row[place[item]] = AGREE[3]
        skills = sum(AGREE.index(row[place[item]]) + 1 for item in ("K1", "K2")) / 2
        for item in ("O1", "O2"):
            row[place[item]] = AGREE[4] if skills > 3 else AGREE[2]
    return csv_text(header, rows)


def test_a_constant_predictor_and_separation_stop_nothing_and_are_said(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    asked = {
        **survey(site=SITE_QUESTION),
        "model": STUDY["model"],
        "models": [{"id": "apart", "outcome": "success", "predictors": ["skills"]}],
    }
    files = {
        **items_and_answers(),
        "survey/responses.csv": answers(),
        "sites.csv": csv_text(["site_id", "name_th"], [site[:2] for site in SITES]),
    }
    fill(project.root, "small", "survey", asked, files)
    for language in ("th", "en"):
        project.write(f"report/small/article.{language}.qmd", ARTICLE % language)
    project.write("config/config.yml", "studies: [small]\nformats: [html]\n")
    run = project.build(*(f"results/small/article.{language}.html" for language in ("th", "en")))
    assert "all respondents have the same score in: attitude" in run.output
    assert "skills tell the answers apart without error (separation)" in run.output
    fits = {
        (row["model_id"], row["model"]): (row["state"], row["reason"], row["concerned"])
        for row in project.table("results/small/tables/model_fits.csv")
    }
    assert fits["", "ols"] == fits["", "mixed"] == ("impossible", "constant_predictors", "attitude")
    assert fits["apart", "ordinal"] == ("separated", "separation", "skills")
    assert fits["apart", "ols"][0] == "fitted"
    said = {
        "en": (
            "The model cannot be fitted: all respondents have the same score in a predictor: Attitude.",
            "(separation)",
        ),
        "th": ("วิเคราะห์ตัวแบบไม่ได้", "(separation)"),
    }
    for language, texts in said.items():
        page = (project.root / f"results/small/article.{language}.html").read_text(encoding="utf-8")
        page = re.sub(r"</?(?:a|span)\b[^>]*>", "", " ".join(page.split()))
        assert "<p>– (" in page
        assert all(text in page for text in texts)
