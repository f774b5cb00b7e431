"""What a study asks of itself stops a build once the tables stand; the supplement and the exports of the coding."""

from __future__ import annotations

from pathlib import Path

import pytest
from project import Project
from studies import ARTICLE_EN, ARTICLE_TH, CONFIG, make_study

from thongthin.basics.problems import Problems
from thongthin.commands.check import check_study

SUPPLEMENT = """\
---
lang: %s
---

# A {#sec-a}

::: {#tbl-disagreements}
{{< include tables/disagreements.md >}}

B
:::

![C](figures/theme_intervals){#fig-intervals fig-alt="D"}

{{< value agreement_units.turn.all.all.alpha >}} @tbl-disagreements @fig-intervals @sec-a
"""
ARTICLE = """\
---
lang: %s
---

# A

![B](figures/themes_by_site){#fig-themes fig-alt="B"}

@fig-themes

{{< quote q_open >}}

{{< quote q_fast >}}
"""
RESULTS = "results/small"


@pytest.fixture(scope="module")
def project(small: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = small.copy(tmp_path_factory.mktemp("requirements")).without("small")
    usual = CONFIG["analysis"]["agreement"]
    asked = {"agreement": {**usual, "least": {"alpha": 0.99}}, "quotes": {"on_failure": "stop"}}
    make_study(
        project.root,
        study={"survey": None, "model": None},  # of interviews alone
        files={
            **{"survey/items.csv": None, "survey/responses.csv": None},
            **{f"article.{language}.qmd": ARTICLE % language for language in ("th", "en")},
        },
        config={"analysis": asked, "formats": ["html", "pdf"], "languages": ["en"]},
    )
    for language in ("th", "en"):
        project.write(f"report/small/supplement.{language}.qmd", SUPPLEMENT % language)
    return project


def test_a_build_that_falls_short_stops_with_the_reasons_and_keeps_the_tables(project: Project) -> None:
    run = project.snakemake()
    assert run.status != 0
    log = (project.root / "logs/small/check_requirements.log").read_text(encoding="utf-8")
    alpha = project.table(f"{RESULTS}/tables/agreement.csv")[-1]
    assert alpha["code_id"] == "all"
    assert float(alpha["alpha"]) < 0.99
    assert ".99" in log
    assert "analysis" in log
    assert "ยังไม่เป็นไปตามเกณฑ์" in log
    unmet = [row for row in project.table(f"{RESULTS}/tables/quote_checks.csv") if row["met"] == "no"]
    assert {row["subject"] for row in unmet} == {"attitude", "faster"}
    assert (project.root / RESULTS / "tables/disagreements.csv").exists()
    assert not (project.root / RESULTS / "manifest.csv").exists()
    assert not list((project.root / RESULTS).glob("*.html"))

    project.replace("config/config.yml", "alpha: 0.99", "alpha: 0.1")
    project.replace("config/config.yml", "on_failure: stop", "on_failure: report")
    again = project.build()
    assert "check_requirements" in again.rules
    assert "measure_agreement" not in again.rules
    listed = {row["path"] for row in project.table(f"{RESULTS}/manifest.csv")}
    assert f"{RESULTS}/requirements.txt" in listed


def test_the_supplement_stands_beside_the_article(project: Project) -> None:
    listed = {row["path"] for row in project.table(f"{RESULTS}/manifest.csv")}
    for format_ in ("html", "pdf"):
        assert f"{RESULTS}/supplement.en.{format_}" in listed
    html = (project.root / RESULTS / "supplement.en.html").read_text(encoding="utf-8")
    assert "Supplement to: Digital local government: a small study" in html
    assert "Simulated data" in html
    assert html.count("<svg") + html.count("image/svg") >= 1
    article = project.root / RESULTS / "article" / "en" / "figures"
    supplement = project.root / RESULTS / "supplement" / "en" / "working_copy" / "figures"
    assert {path.name for path in supplement.iterdir()} == {f"theme_intervals.{kind}" for kind in ("svg", "png", "txt")}
    assert "themes_by_site.svg" in {path.name for path in article.iterdir()}


def test_a_document_that_cannot_be_rendered_leaves_the_last_good_ones(project: Project) -> None:
    """And nobody can take them for new ones: they are named, and there is no manifest."""

    def documents() -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (project.root / RESULTS).glob("[as]*.??.*")}

    before, manifest = documents(), project.root / RESULTS / "manifest.csv"
    assert len(before) == 4
    listed = manifest.read_bytes()
    project.replace("report/styles/typst-show.typ", "#show:", "#no-such-thing\n#show:")
    for _ in range(2):  # the second build does not take what the first one left for its own
        code, output = project.launch("build")
        assert code == 1 and "This step failed / ขั้นตอนนี้ไม่สำเร็จ: render_document" in output
        assert "no-such-thing" in output and "Typst could not make the PDF document" in output
        told = output.partition("These documents are those of an earlier build")[2].splitlines()
        assert "เอกสารเหล่านี้เป็นของการสร้างครั้งก่อน" in told[1]
        assert told[2:6] == [f"  {RESULTS}/{name}" for name in sorted(before)]
        assert documents() == before
        assert not manifest.exists()
    project.replace("report/styles/typst-show.typ", "#no-such-thing\n#show:", "#show:")
    code, output = project.launch("build")
    assert code == 0 and "earlier build" not in output, output
    assert documents() == before and manifest.read_bytes() == listed


def test_a_number_that_no_document_shows_changes_no_text(project: Project) -> None:
    """What a document is rendered from stays as it is, byte by byte, if what changes is nothing that it asks for."""
    texts = sorted((project.root / RESULTS).glob("*/??/text/[a-z]*"))
    before = {path: path.read_bytes() for path in texts}
    assert len(before) == 2 * 7
    values = project.table(f"{RESULTS}/tables/values.csv")
    project.replace("config/config.yml", "replicates: 50", "replicates: 30")  # of the intervals of agreement
    project.build(f"{RESULTS}/supplement.en.html", f"{RESULTS}/article.en.html")
    assert project.table(f"{RESULTS}/tables/values.csv") != values
    changed = {
        path.relative_to(project.root / RESULTS).as_posix() for path in texts if path.read_bytes() != before[path]
    }
    assert changed == set()


def test_the_coding_comes_out_again_for_other_programs(project: Project) -> None:
    """What was exported is read as coding: the same segments, and the same codebook."""
    exported = project.root / RESULTS / "coding"
    other = project.root / "elsewhere"
    make_study(
        other,
        files={
            "coding/coding.csv": None,
            "coding/all.qdpx": (exported / "coding.qdpx").read_bytes(),
            "codebook.csv": None,
            "codebook.qdc": (exported / "codebook.qdc").read_bytes(),
            "article.th.qmd": ARTICLE_TH,
            "article.en.qmd": ARTICLE_EN,
        },
    )
    problems = Problems()
    counts = check_study(other, "small", problems)
    assert [str(problem) for problem in problems] == []
    assert counts["segments"] == len(project.table("data/processed/small/codings.csv"))
    assert counts["codes"] == len(project.table("data/processed/small/codes.csv"))


def test_a_supplement_in_one_language_lacks_the_other(tmp_path: Path) -> None:
    make_study(tmp_path)
    (tmp_path / "report/small/supplement.en.qmd").write_text(SUPPLEMENT % "en", encoding="utf-8")
    problems = Problems()
    check_study(tmp_path, "small", problems)
    (problem,) = problems.found
    assert problem.file == "report/small/supplement.th.qmd"
    assert (problem.en, problem.th) == ("This supplement is missing.", "ไม่พบไฟล์เอกสารประกอบนี้")
