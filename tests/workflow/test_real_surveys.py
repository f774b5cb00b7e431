"""Studies made of real surveys: as SPSS writes them and as a spreadsheet does, read and analysed by the workflow.

The data are those that stand beside the project (see its README there); nothing of them is kept here.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest
from project import ROOT, Project, copy_project
from studies import STUDY, csv_text, make_study

DATA = ROOT.parent / "shared" / "data"
ARTICLE = "---\nlang: %s\n---\n\n# A\n\n{{< value sample.respondents.all.n >}}\n"
REVERSED_BFI = {"A1", "C4", "C5", "E1", "E2", "O2", "O5"}
ALPHAS = {
    "bfi": {"A": 0.70, "C": 0.73, "E": 0.76, "N": 0.81, "O": 0.60},
    "utaut2": {
        **{"PE": 0.940, "EE": 0.933, "SI": 0.965, "FC": 0.758},
        **{"HM": 0.930, "PV": 0.964, "HAB": 0.883, "INT": 0.981},
    },
}

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the real data do not stand beside the project")


def study_of(project: Project, name: str, frame: pd.DataFrame, scales: list[str], points: int, file: str) -> None:
    """The small study with another survey: its items are the columns that begin with the name of a scale."""
    items = [(c, s) for c in frame for s in sorted(scales, key=len, reverse=True) if c.rstrip("0123456789") == s]
    written = csv_text(
        ["item_id", "construct", "text_th", "text_en", "scale", "reversed"],
        [(c, s, f"ข้อ {c}", f"Item {c}", "points", "yes" if c in REVERSED_BFI else "no") for c, s in items],
    )
    factors = [{"id": s, "label": {"th": f"ตัวแปร {s}", "en": s}} for s in scales]
    study = {
        "framework": {"factors": [*STUDY["framework"]["factors"], *factors]},
        "survey": {"file": file, "site": "site", "scales": {"points": {"min": 1, "max": points}}},
        "model": None,
    }
    files = {"survey/responses.csv": None, "survey/items.csv": written}
    make_study(
        project.root,
        name=name,
        study=study,
        files={**files, "article.th.qmd": ARTICLE % "th", "article.en.qmd": ARTICLE % "en"},
        config={"studies": [name], "analysis": {"agreement": {"replicates": 0}}},
    )


def alphas(project: Project, name: str) -> dict[str, float]:
    tables = ["scale_reliability", "site_comparison", "survey_flow", "item_statistics"]
    project.build(*(f"results/{name}/tables/{table}.csv" for table in tables))
    return {
        row["construct"]: float(row["alpha"]) for row in project.table(f"results/{name}/tables/scale_reliability.csv")
    }


def test_an_spss_file_of_2800_answers(tmp_path: Path) -> None:
    """bfi: five scales of five items, seven of them reversed, answers missing; as .sav with a missing code."""
    import pyreadstat

    project = copy_project(tmp_path)
    frame = pd.read_csv(DATA / "survey_bfi" / "bfi.csv").drop(columns=["rownames", "education", "age"])
    frame["site"] = frame.pop("gender").map({1: 1.0, 2: 2.0})
    study_of(project, "bfi", frame, list(ALPHAS["bfi"]), 6, "bfi.sav")
    items = [column for column in frame if column != "site"]
    pyreadstat.write_sav(
        frame.fillna(9).astype(float),
        str(project.root / "data/raw/bfi/survey/bfi.sav"),
        variable_value_labels={"site": {1.0: "S01", 2.0: "S02"}},
        missing_ranges={item: [9] for item in items},
    )
    found = alphas(project, "bfi")
    assert {scale: round(alpha, 2) for scale, alpha in found.items()} == ALPHAS["bfi"]
    flow = {(row["step"], row["site_id"]): int(row["n"]) for row in project.table("results/bfi/tables/survey_flow.csv")}
    assert flow["received", "all"] == flow["analysed", "all"] == 2800
    assert (flow["analysed", "S01"], flow["analysed", "S02"]) == (919, 1881)
    n = {(row["item_id"], row["site_id"]): row for row in project.table("results/bfi/tables/item_statistics.csv")}
    assert int(n["A1", "all"]["n"]) == int(frame["A1"].notna().sum())
    assert float(n["A1", "all"]["mean"]) == pytest.approx(frame["A1"].mean(), abs=1e-9)
    missing = {row["reason"] for row in project.table("results/bfi/tables/survey_nonanswers.csv") if row["n"] != "0"}
    assert missing == {"missing"}  # the code that the file declares


def test_a_workbook_of_216_answers_on_seven_points(tmp_path: Path) -> None:
    """utaut2: eight scales whose columns do not stand in their order, and an open answer; as .xlsx."""
    project = copy_project(tmp_path)
    with (DATA / "survey_utaut2" / "utaut2_216.csv").open(encoding="utf-8-sig", newline="") as stream:
        frame = pd.DataFrame(list(csv.DictReader(stream)))
    frame.insert(0, "site", ["S01", "S02", "S03"] * 72)
    study_of(project, "utaut2", frame, list(ALPHAS["utaut2"]), 7, "utaut2.xlsx")
    numbers = frame.apply(
        lambda column: pd.to_numeric(column) if column.name not in ("site", "qualitative") else column
    )
    numbers.to_excel(project.root / "data/raw/utaut2/survey/utaut2.xlsx", index=False)
    found = alphas(project, "utaut2")
    assert {scale: round(alpha, 3) for scale, alpha in found.items()} == ALPHAS["utaut2"]
    sites = project.table("results/utaut2/tables/site_comparison.csv")
    assert {(row["n"], row["k"], row["df"]) for row in sites} == {("216", "3", "2")}
