"""What tables of the article say of a sample that was drawn in strata and clusters."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, CONSTRUCTS, designed_frames, frames, labels

from thongthin.present.catalogue import article_tables
from thongthin.present.tables import article_table
from thongthin.present.tables.design import LEAVES_DESIGN_OUT

LEFT_OUT = "The design of the sample (strata, clusters) is not allowed for here."


def made(name: str, language: str = "en", tables: dict[str, pd.DataFrame] | None = None) -> str:
    tables = tables or designed_frames()
    return article_table(name, tables, labels(language, tables), ANALYSIS)


def test_design_effects_are_those_of_the_scales_over_all() -> None:
    tables = designed_frames()
    header, *rows = cells(made("design_effects", tables=tables))
    assert header == ["Scale", "*n*", "Mean", "SE", "95% CI", "*df*", "deff"]
    own = tables["scale_statistics"].query("site_id == 'all' and construct == 'attitude'").iloc[0]
    (row,) = (row for row in rows if row[0] == CONSTRUCTS["attitude"]["en"])
    assert row[2:4] == [f"{own['mean']:.2f}", f"{own['se']:.2f}"]
    assert row[4] == f"\\[{own['low']:.2f}, {own['high']:.2f}\\]"
    assert row[5:] == ["9", f"{own['deff']:.2f}"]


@pytest.mark.parametrize("name", ["design_effects", "scale_summary", "item_answers"])
def test_intervals_by_the_design_say_so(name: str) -> None:
    said = "Intervals allow for the design of the sample (3 strata, 12 clusters; Taylor linearisation)."
    assert said in note(made(name))
    assert "3 ชั้นภูมิ 12 คลัสเตอร์" in note(made(name, "th"))
    assert LEFT_OUT not in made(name)
    assert "Wilson" not in made(name)


def test_an_interval_that_is_undefined_says_why() -> None:
    tables = designed_frames()
    none: dict[str, Any] = {"se": np.nan, "df": np.nan, "deff": np.nan, "low": np.nan, "high": np.nan}
    tables["scale_statistics"] = tables["scale_statistics"].assign(**none, reason="single_psu")
    assert cells(made("design_effects", tables=tables))[1][3:] == ["–"] * 4
    assert "No interval where only one unit was drawn from a stratum." in note(made("scale_summary", "en", tables))
    assert "สุ่มมาเพียงหน่วยเดียว" in note(made("scale_summary", "th", tables))


def test_tables_that_leave_the_design_out_say_so_and_only_where_there_is_one() -> None:
    assert set(article_tables()) > LEAVES_DESIGN_OUT
    tables = designed_frames()
    for name in sorted(LEAVES_DESIGN_OUT - {"model_comparison"}):
        assert LEFT_OUT in made(name, "en", tables), name
    for name in ("respondents", "scale_statistics", "survey_flow"):
        assert "design of the sample" not in made(name, "en", tables)
    for name in ("site_comparison", "model_comparison", "scale_summary"):
        assert "design of the sample" not in made(name, "en", frames()), name
    assert "ตารางนี้ไม่ได้คำนึงถึงแบบแผนการสุ่มตัวอย่าง" in made("site_comparison", "th", tables)


def test_the_model_by_cluster_is_called_so_and_the_others_leave_the_design_out() -> None:
    tables = designed_frames()
    table = made("model_comparison", "en", tables)
    assert "By cluster" in cells(table)[0]
    assert "errors of the design of the sample (12 clusters in 3 strata)" in note(table)
    assert "Clusters are few" in note(table)
    assert "Only the model by cluster allows for the design of the sample." in note(table)
    assert "จัดกลุ่มตามคลัสเตอร์" in cells(made("model_comparison", "th", tables))[0]
    fits = tables["model_fits"]
    assert "cluster" in set(fits["model"])
    by_site = {**tables, "model_fits": fits.assign(clusters=0, strata=0)}
    assert LEFT_OUT in made("model_comparison", "en", by_site)


def test_a_bootstrap_of_clusters_says_that_clusters_are_few() -> None:
    tables = designed_frames()
    own = tables["model_fits"]["model"] == "cluster"
    tables["model_fits"].loc[own, ["draws", "bootstrap", "strata"]] = [99, "rademacher", 1]
    said = note(made("model_comparison", "en", tables))
    assert "(12 clusters). Since clusters are few" in said


@pytest.mark.parametrize(("reason", "en"), [("single_psu", "only one cluster"), ("no_degrees_of_freedom", "no more")])
def test_a_model_that_the_design_gives_no_errors_says_why(reason: str, en: str) -> None:
    tables = designed_frames()
    own = tables["model_fits"]["model"] == "cluster"
    tables["model_fits"].loc[own, ["state", "reason"]] = ["impossible", reason]
    said = note(made("model_comparison", "en", tables))
    assert f"By cluster: cannot be fitted, since {'there are ' if reason[0] == 'n' else ''}{en}" in said
