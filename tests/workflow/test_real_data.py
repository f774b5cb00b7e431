"""A study made of real interviews and a real survey builds to both articles, with no change to the code."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from project import ROOT, copy_project
from real_study import CODERS, make_real_study

pytestmark = pytest.mark.long

DATA = ROOT.parent / "shared" / "data"


@pytest.mark.skipif(not (DATA / "interviews_wac").is_dir(), reason="the real data do not stand beside the project")
def test_real_interviews_and_survey_become_an_article(tmp_path: Path, record_property) -> None:
    project = copy_project(tmp_path)
    study = make_real_study(project, DATA)
    began = time.monotonic()
    project.build()
    seconds = time.monotonic() - began
    record_property("57 interviews, 1200 answers, 2 languages x 3 formats", f"{seconds:.1f} s")

    for language in ("th", "en"):
        for format_ in ("html", "pdf", "docx"):
            assert (project.root / "results" / study / f"article.{language}.{format_}").stat().st_size > 10_000

    agreement = {row["code_id"]: row for row in project.table(f"results/{study}/tables/agreement.csv")}
    kappas = {code: round(float(agreement[code]["kappa"]), 3) for code in ("outsider_q1", "outsider_q3", "dialectic")}
    assert kappas == {"outsider_q1": 0.676, "outsider_q3": 0.547, "dialectic": 0.651}
    assert [agreement[code]["n"] for code in kappas] == ["57", "56", "57"]
    assert {agreement[code]["coders"] for code in kappas} == {str(len(CODERS))}

    values = {row["key"]: row for row in project.table(f"results/{study}/tables/values.csv")}
    assert values["agreement.outsider_q3.kappa"]["text_en"] == ".55"
    html = (project.root / "results" / study / "article.en.html").read_text(encoding="utf-8")
    assert ".68, .55" in re.sub(r"</?a\b[^>]*>", "", html)  # each leads to its evidence
    assert values["sample.interviews.all.n"]["text_en"] == "57"
    assert values["sample.respondents.all.n"]["text_en"] == "1,200"
