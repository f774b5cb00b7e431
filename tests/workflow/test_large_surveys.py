"""A survey that is counted instead of held gives the tables, the article and the package that others give."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from project import Project, copy_project
from studies import STUDY, make_study

pytestmark = pytest.mark.long

# Written from a look at every response, which large files do not get: who is flagged, and which cells hold no answer.
OF_EACH_RESPONSE = {"survey_flags", "survey_received", "nonanswer_cells"}


def test_what_is_counted_is_of_all_and_the_rest_of_a_draw(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    survey = {key: told for key, told in STUDY["survey"].items() if key != "group"}  # nobody is asked for a group
    raw = make_study(project.root, study={"survey": {**survey, "draw": 1000}})
    header, *rows = (raw / "survey/responses.csv").read_text(encoding="utf-8-sig").splitlines()
    n = 40 * len(rows)
    assert n > 1000
    project.write("data/raw/small/survey/responses.csv", "\n".join([header, *rows * 40]) + "\n")
    project.replace("workflow/thongthin/basics/files.py", '".csv": 30_000_000', '".csv": 10')
    tables = ("sample", "sample_size", "survey_flow", "model_fits", "scale_statistics", "group_comparison")
    project.build("results/small/notebooks/01_data.html", *(f"results/small/tables/{name}.csv" for name in tables))
    read = {name: project.table(f"results/small/tables/{name}.csv") for name in tables}
    assert {int(row["n"]) for row in read["sample"] if (row["quantity"], row["site_id"]) == ("respondents", "all")} == {
        n
    }
    assert {int(row["n"]) for row in read["sample_size"] if row["site_id"] == "all"} == {n}
    assert {int(row["n"]) for row in read["survey_flow"] if row["site_id"] == "all"} == {n, 0}
    assert 1000 < max(int(row["n"]) for row in read["scale_statistics"]) <= n
    assert {int(row["n"]) <= 1000 for row in read["model_fits"]} == {True}
    assert len(project.table("data/processed/small/responses.csv")) == 1000
    assert read["group_comparison"] == []


def test_a_survey_counted_is_as_a_survey_held(small: Project, tmp_path: Path) -> None:
    """Every survey is small beside the draw, so that what is done on a draw is done on all of it."""
    held = {path.stem for path in (small.root / "logs" / "small").glob("*.log")}
    assert "read_survey" in held
    assert "count_large_survey" not in held
    project = copy_project(tmp_path)
    make_study(project.root, name="counted")
    project.replace("workflow/thongthin/basics/files.py", '".csv": 30_000_000', '".csv": 10')
    counted = project.build("results/counted/manifest.csv")
    assert "count_large_survey" in counted.rules
    assert not {"read_survey", "check_responses"} & set(counted.rules)
    tables = list((small.root / "results/small/tables").glob("*.csv"))
    assert len(tables) > 40
    for folder in ("results/{}/tables", "data/processed/{}"):
        for path in sorted((small.root / folder.format("small")).glob("*.csv")):
            if path.stem not in OF_EACH_RESPONSE:
                other = project.root / folder.format("counted") / path.name
                # Scores that went through a file have ten digits; those counted have all.
                pd.testing.assert_frame_equal(
                    pd.read_csv(other), pd.read_csv(path), rtol=1e-7, atol=1e-8, obj=f"{path.name}: DataFrame"
                )
