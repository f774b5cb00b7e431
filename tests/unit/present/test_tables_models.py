"""The tables of the models: what their cells and notes say, by rule, in both languages, and that they fit a page."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
import pypandoc
import pytest
from pipe_tables import cells, note
from result_frames import ANALYSIS, frames, labels

from thongthin.basics.language import format_number
from thongthin.present.tables import article_table

NAMES = ["model_comparison", "model_diagnostics", "proportional_odds", "missing_items", "imputation_comparison"]


def made(name: str, language: str = "en", tables: dict[str, pd.DataFrame] | None = None) -> str:
    """The table without the backslashes of its Markdown."""
    tables = tables or frames()
    return article_table(name, tables, labels(language, tables), ANALYSIS).replace("\\", "")


def changed(table: str, where: dict[str, str], **values: Any) -> dict[str, pd.DataFrame]:
    """The tables with some cells of one changed."""
    tables = frames()
    frame = tables[table].copy()
    rows = pd.Series(True, index=frame.index)
    for column, value in where.items():
        rows &= frame[column] == value
    assert rows.any()
    for column, value in values.items():
        frame.loc[rows, column] = value
    return {**tables, table: frame}


@pytest.mark.parametrize("language", ["th", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_a_table_that_fits_a_page(name: str, language: str) -> None:
    markdown = article_table(name, frames(), labels(language, frames()), ANALYSIS)
    blocks = json.loads(pypandoc.convert_text(markdown, "json", "markdown"))["blocks"]
    (table,) = [block["c"] for block in blocks if block["t"] == "Table"]
    assert len(table[2]) <= 7
    assert len(table[4][0][3]) >= 1


def test_models_stand_side_by_side_with_intervals_below_and_fit_at_the_end() -> None:
    rows = cells(made("model_comparison"))
    assert rows[0] == ["Predictor", "Linear", "By site", "Ordinal (OR)", "Mixed"]
    terms = frames()["model_terms"].set_index(["model", "term"])
    at = next(i for i, row in enumerate(rows) if row[0] == "Positive attitude and openness")
    own, interval = rows[at], rows[at + 1]
    assert interval[0] == ""
    for column, kind, value in ((1, "ols", "estimate"), (3, "ordinal", "odds_ratio"), (4, "mixed", "estimate")):
        assert own[column].rstrip("*") == format_number(terms.loc[(kind, "attitude"), value], "decimal", "en")
    limits = [
        format_number(terms.loc[("ordinal", "attitude"), f"odds_{end}"], "decimal", "en") for end in ("low", "high")
    ]
    assert interval[3] == f"[{limits[0]}, {limits[1]}]"
    assert rows[1][0] == "Intercept"
    assert rows[1][3] == "–"
    assert [row[0] for row in rows[-7:]] == ["*n*", "*R*^2^", "*F* or χ^2^", "*df*", "AIC", "BIC", "ICC"]


def test_stars_follow_p_and_that_of_the_bootstrap_where_there_is_one() -> None:
    for p, stars in ((0.0005, "***"), (0.005, "**"), (0.02, "*"), (0.2, "")):
        tables = changed("model_terms", {"model": "cluster", "term": "budget"}, p_bootstrap=p, p=0.5)
        row = next(row for row in cells(made("model_comparison", tables=tables)) if row[0] == "Budget")
        assert row[2][len(row[2].rstrip("*")) :] == stars


def test_an_interval_without_an_end_runs_to_infinity() -> None:
    tables = changed("model_terms", {"model": "cluster", "term": "budget"}, low_bootstrap=float("nan"))
    rows = cells(made("model_comparison", tables=tables))
    at = next(i for i, row in enumerate(rows) if row[0] == "Budget")
    assert rows[at + 1][2].startswith("[−∞, ")


@pytest.mark.parametrize(
    ("model", "state", "reason", "en", "th"),
    [
        ("cluster", "impossible", "one_site", "By site: cannot be fitted, since there is one site only.", "มีพื้นที่เดียว"),
        ("ordinal", "impossible", "one_category", "since all answers are the same", "คำตอบเหมือนกันทุกคน"),
        ("ordinal", "impossible", "numbers", "since the outcome is a number", "ตัวแปรตามเป็นจำนวน"),
        ("ordinal", "unconverged", "not_converged", "cannot be fitted, since the search for a maximum did", "ไม่ลู่เข้า"),
        ("ordinal", "separated", "separation", "tell categories apart without error (separation)", "separation"),
        (
            "ols",
            "exact",
            "exact",
            "Linear: not tested, since the outcome follows from the predictors",
            "โดยไม่มีความคลาดเคลื่อน",
        ),
        (
            "ols",
            "impossible",
            "constant_predictors",
            "all respondents have the same score in a predictor",
            "เท่ากันในตัวแปร",
        ),
        ("mixed", "singular", "no_site_variance", "estimated at zero (singular fit)", "ประมาณได้เป็นศูนย์"),
        ("mixed", "fitted", "few_sites", "With 3 sites their variance is hardly known", "พื้นที่มีเพียง 3 แห่ง"),
    ],
)
def test_what_is_to_be_said_of_a_model_is_said(model: str, state: str, reason: str, en: str, th: str) -> None:
    tables = changed("model_fits", {"model": model}, state=state, reason=reason)
    assert en in note(made("model_comparison", "en", tables))
    assert th in note(made("model_comparison", "th", tables))


@pytest.mark.parametrize("name", ["outcome_model", "model_comparison", "imputation_comparison"])
def test_models_say_that_they_leave_weights_out(name: str) -> None:
    assert "weights of respondents" not in note(made(name))
    tables = frames()
    tables["sample_size"] = tables["sample_size"].assign(n_effective=0.8 * tables["sample_size"]["n"])
    assert "Models leave the weights of respondents out." in note(made(name, "en", tables))
    assert "ตัวแบบไม่ได้ถ่วงน้ำหนักผู้ตอบ" in note(made(name, "th", tables))
    assert "Means are weighted." in note(made("joint_display", "en", tables))


def test_degrees_of_freedom_have_no_commas() -> None:
    tables = changed("model_diagnostics", {"check": "specification"}, df1=2, df2=12345)
    assert [row[3] for row in cells(made("model_diagnostics", "en", tables)) if "linear" in row[0]] == ["2, 12345"]
    tables = changed("model_fits", {"model": "ols"}, df1=5, df2=12345)
    assert "5, 12345" in made("model_comparison", "en", tables)


def test_the_bootstrap_is_named_with_its_weights_and_draws() -> None:
    text = note(made("model_comparison"))
    assert "errors clustered by site (3 sites)" in text
    assert "wild cluster bootstrap (Webb’s weights, 200 draws)" in text
    without = changed("model_fits", {"model": "cluster"}, draws=0, bootstrap="")
    assert "Sites are few, so that these errors are too small." in note(made("model_comparison", "en", without))


def test_a_sample_is_said_to_be_one() -> None:
    tables = changed("model_fits", {"model": "ols"}, available=50_000)
    assert "Fitted to a random sample of 132 of 50,000 complete respondents." in note(
        made("model_comparison", "en", tables)
    )
    fit = changed("outcome_model_fit", {"outcome": "success"}, available=50_000)
    assert "Fitted to a random sample of 132 of 50,000" in note(made("outcome_model", "en", fit))
    assert "random sample" not in note(made("outcome_model"))


def test_the_item_that_the_ordinal_model_explains_is_named_and_escaped() -> None:
    tables = changed("model_fits", {"model": "ordinal"}, item="Q12")
    items = tables["items"].copy()
    items.loc[items["item_id"] == "Q12", "text_en"] = "Is it [good]{.x}?"
    tables = {**tables, "items": items}
    markdown = article_table("model_comparison", tables, labels("en", tables), ANALYSIS)
    blocks = pypandoc.convert_text(markdown, "html", "markdown")
    assert "(answers to “Is it [good]{.x}?”" in " ".join(blocks.split())
    assert "score in whole points" in note(made("model_comparison"))


def test_checks_say_whether_the_assumption_holds_and_what_follows() -> None:
    rows = {row[0]: row[1:] for row in cells(made("model_diagnostics"))[1:]}
    assert set(row[-1] for row in rows.values()) <= {"yes", "no", "–"}
    tables = changed("model_diagnostics", {"check": "heteroskedasticity"}, found="yes", p=0.0004)
    markdown = made("model_diagnostics", "en", tables)
    row = next(row for row in cells(markdown) if row[0] == "Their variance is constant")
    assert row[-2:] == ["*p* < .001", "no"]
    assert "what robust errors allow for" in note(markdown)


def test_proportional_odds_are_judged_by_rule() -> None:
    for p, said in (
        (0.2, "nothing speaks against it"),
        (0.01, "The odds are not proportional"),
        (None, "It is undefined"),
    ):
        tables = changed("proportional_odds", {"term": "all"}, p=float("nan") if p is None else p)
        assert said in note(made("proportional_odds", "en", tables))


def test_only_items_that_somebody_left_out_are_shown_and_the_others_counted() -> None:
    markdown = made("missing_items")
    table = frames()["missing_items"].query("site_id == 'all'")
    shown = table[table["missing"] > 0]
    assert len(cells(markdown)) == len(shown) + 1
    assert f"Items answered by everybody: {len(table) - len(shown)} (not shown)." in note(markdown)
    tables = frames()
    tables["missing_items"]["missing"] = 0
    assert made("missing_items", "en", tables) == "Every respondent answered every item.\n"


def test_whether_missing_answers_matter_is_said_by_rule() -> None:
    tables = changed("imputation_comparison", {"term": "skills"}, p=0.2, p_complete=0.01)
    assert "matter for what is significant: Digital skills of staff" in note(
        made("imputation_comparison", "en", tables)
    )
    tables = changed("imputation_comparison", {"term": "skills"}, p=0.002, p_complete=0.01)
    for term in ("intercept", "attitude", "budget"):
        frame = tables["imputation_comparison"]
        frame.loc[frame["term"] == term, "p_complete"] = frame.loc[frame["term"] == term, "p"]
    assert "The same coefficients are significant in both." in note(made("imputation_comparison", "en", tables))


def test_the_classical_table_has_the_errors_and_the_test_that_programs_print() -> None:
    rows = cells(made("outcome_model_classical"))
    assert rows[0] == ["Predictor", "*b*", "SE", "β", "*t*", "*p*"]
    own = frames()["outcome_model"].set_index("term").loc["attitude"]
    (row,) = (row for row in rows if row[0] == "Positive attitude and openness")
    assert row[2] == format_number(own["se_classical"], "decimal", "en")
    assert row[4] == format_number(own["t_classical"], "statistic", "en")
    fit = frames()["outcome_model_fit"].iloc[0]
    text = note(made("outcome_model_classical"))
    assert "classical standard errors, which take respondents to be drawn independently" in text
    assert f"*F*(3, 128) = {fit['f_classical']:.2f}" in text
    assert "ค่าคลาดเคลื่อนมาตรฐานแบบดั้งเดิม" in note(made("outcome_model_classical", "th"))


@pytest.mark.parametrize("name", ["outcome_model", "outcome_model_classical"])
def test_a_regression_that_cannot_be_fitted_has_dashes_and_says_why(name: str) -> None:
    tables = frames()
    names = tables["outcome_model"].columns.drop(["model_id", "term", "n", "reason"])
    tables["outcome_model"] = tables["outcome_model"].assign(**dict.fromkeys(names, float("nan")))
    numbers = tables["outcome_model_fit"].columns.drop(["model_id", "outcome", "n", "available", "state"])
    fit = tables["outcome_model_fit"].assign(**dict.fromkeys(numbers, float("nan")))
    about = {"state": "impossible", "reason": "constant_predictors", "concerned": "budget"}
    tables["outcome_model_fit"] = fit.assign(**about)
    table = made(name, "en", tables)
    assert set(cells(table)[1][1:]) == {"–"}
    assert "The model cannot be fitted: all respondents have the same score in a predictor: Budget." in note(table)
    assert "*R*" not in note(table)
    assert "ผู้ตอบทุกคนได้คะแนนเท่ากันในตัวแปรทำนาย" in note(made(name, "th", tables))


def test_one_of_several_models_is_shown_by_its_id() -> None:
    tables = frames()
    for table in ("outcome_model", "outcome_model_fit", "model_terms", "model_fits"):
        further = tables[table].assign(model_id="short")
        further = further[further["term"].isin(["intercept", "budget"])] if "term" in further else further
        tables[table] = pd.concat([tables[table], further], ignore_index=True)
    assert [row[0] for row in cells(made("outcome_model-short", "en", tables))[1:]] == ["Intercept", "Budget"]
    assert len(cells(made("outcome_model", "en", tables))) == 5
    assert len(cells(made("model_comparison-short", "en", tables))) < len(cells(made("model_comparison", "en", tables)))
    assert "names no such model" in made("outcome_model-other", "en", tables)
