"""Small surveys of the kinds that analysis breaks on: nothing varies, everything is alike, hardly anybody answers.

`odd_survey` draws one from a seed; `analysed` runs every script of the workflow that analyses a survey on it.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from thongthin.contract.categories import Category, category_labels
from thongthin.contract.tables import TABLES, read_table, write_table
from thongthin.read.survey.design import no_design

SCRIPTS = Path(__file__).parents[1] / "workflow" / "scripts"
SITES = ["S01", "S02", "S03"]
GROUPS = ["citizen", "official"]
BANDS = [{"above": above, "label": {"th": f"ระดับ {above}", "en": f"level {above}"}} for above in (4.5, 2.5, 0.0)]
MODELS = [
    {"id": "", "outcome": "y", "predictors": ["a", "b"], "kinds": ["ols", "cluster", "ordinal", "mixed"], "item": None},
    {"id": "of_one", "outcome": "y", "predictors": ["a", "c"], "kinds": ["ols", "ordinal"], "item": "Y1"},
]
CONSTRUCTS = {name: {"th": f"ตัวแปร {name}", "en": f"Construct {name}"} for name in ("y", "a", "b", "c", "t", "w")}
# item, construct, wave, pair, lowest, highest, amounts
ITEMS = [
    *(("Y1", "y", "single", "", 1, 5, False), ("Y2", "y", "single", "", 1, 5, False)),
    *((f"A{i}", "a", "single", "", 1, 5, False) for i in (1, 2, 3)),
    *((f"B{i}", "b", "single", "", 1, 5, False) for i in (1, 2)),
    ("C1", "c", "single", "", 0, 1000, True),
    *(("T1", "t", "before", "k", 1, 5, False), ("T2", "t", "after", "k", 1, 5, False)),
    *(("W1", "w", "before", "k", 0, 1, False), ("W2", "w", "after", "k", 0, 1, False)),
]
Array = npt.NDArray[np.float64]


class OddSurvey(NamedTuple):
    """The tables of a survey, and what was done to it."""

    items: pd.DataFrame
    responses: pd.DataFrame
    sample_design: pd.DataFrame
    kinds: list[str]


def odd_survey(seed: int) -> OddSurvey:
    """A survey of few respondents, some of whose columns are constant, copies, sums or empty."""
    rng = np.random.default_rng(seed)
    n = int(rng.choice([1, 2, 3, 4, 6, 9, 16, 30]))
    items = pd.DataFrame(
        ITEMS, columns=["item_id", "construct", "wave", "pair", "minimum", "maximum", "numeric"]
    ).astype({"minimum": "Int64", "maximum": "Int64"})
    about = {"text_th": "ข้อ " + items["item_id"], "text_en": "Item " + items["item_id"], "scale": "s", "asked_if": ""}
    items = items.assign(**about, reversed=items["item_id"] == "A3", position=range(1, len(items) + 1))
    gender = {column: "" for column in ("construct", "pair", "asked_if")} | {"wave": "single", "scale": "category"}
    last = pd.DataFrame([gender | {"item_id": "G1", "text_th": "เพศ", "text_en": "Gender", "position": len(items) + 1}])
    last = last.assign(numeric=False, reversed=False, minimum=pd.NA, maximum=pd.NA)
    items = pd.concat([items, last.astype({"minimum": "Int64", "maximum": "Int64"})], ignore_index=True)
    sites = rng.choice(SITES[: int(rng.integers(1, 4))], n)
    groups = rng.choice([*GROUPS[: int(rng.integers(1, 3))], *([""] if rng.random() < 0.3 else [])], n)
    responses = pd.DataFrame({"respondent_id": [f"R{i:03d}" for i in range(n)], "site_id": sites, "group": groups})
    weights = rng.uniform(0.2, 3, n) if rng.random() < 0.2 else np.ones(n)
    responses = responses.assign(submitted_on="", weight=weights)
    columns, kinds = _columns(rng, n, sites)
    responses = responses.assign(**columns)
    words = ["หญิง", "ชาย"][: int(rng.integers(1, 3))]
    responses["G1"] = np.where(rng.random(n) < 0.2, "", rng.choice(words, n))
    return OddSurvey(items, responses, _drawn(rng, responses), kinds)


def _drawn(rng: np.random.Generator, responses: pd.DataFrame) -> pd.DataFrame:
    """How the respondents were drawn: in most surveys nobody says; strata and clusters of one are among the others."""
    if rng.random() < 0.6:
        return no_design()
    n = len(responses)
    strata = rng.choice(["", "a", "b"], n) if rng.random() < 0.5 else np.full(n, "")
    clusters = np.char.add(strata.astype(str), rng.integers(0, 1 + n // 2, n).astype(str))
    known = rng.random() < 0.3
    table = pd.DataFrame({"respondent_id": responses["respondent_id"], "stratum": strata, "cluster": clusters})
    drawn = table.groupby("stratum")["cluster"].nunique()
    population = table["stratum"].map(drawn).astype(float) + rng.integers(0, 2) if known else np.nan
    return table.assign(cluster=clusters if rng.random() < 0.8 else "", population=population)


def _columns(rng: np.random.Generator, n: int, sites: Any) -> tuple[dict[str, Array], list[str]]:
    whole = str(
        rng.choice(["mixed", "alike", "sum", "separated", "by_site", "empty"], p=[0.5, 0.1, 0.1, 0.1, 0.1, 0.1])
    )
    columns: dict[str, Array] = {}
    kinds = [whole]
    for item, _, _, _, low, high, numeric in ITEMS:
        kind = str(rng.choice(["random", "constant", "copy", "missing", "sparse"], p=[0.55, 0.15, 0.15, 0.05, 0.1]))
        values = rng.uniform(low, high, n) if numeric else rng.integers(low, high + 1, n).astype(float)
        same = [
            other for other, *_, lowest, highest, _ in ITEMS if other in columns and (lowest, highest) == (low, high)
        ]
        if whole == "alike" or kind == "constant":
            values[:] = values[0] if numeric else rng.integers(low, high + 1)
        elif kind == "copy" and same:
            values = columns[str(rng.choice(same))].copy()
        if whole == "empty" or kind == "missing":
            values[:] = np.nan
        elif kind == "sparse":
            values[rng.random(n) < 0.6] = np.nan
        columns[item] = values
        kinds.append(f"{item}:{kind}")
    if whole == "sum":  # each item of the outcome is one of the predictors
        columns["Y1"], columns["Y2"] = columns["B1"], columns["B2"]
    if whole == "separated":
        columns["Y1"] = columns["Y2"] = np.where(columns["B1"] + columns["B2"] > 6, 5.0, 3.0)
    if whole == "by_site":
        columns["Y1"] = columns["Y2"] = np.searchsorted(SITES, sites) + 2.0
        columns["B1"] = columns["B2"] = (np.asarray(sites) == "S01") + 1.0
    return columns, kinds


def script(name: str) -> Any:
    """The function of a script of the workflow."""
    spec = importlib.util.spec_from_file_location(name, SCRIPTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, name)


SCRIPT = {
    name: script(name)
    for name in (
        *("measure_reliability", "check_dimensionality", "score_scales", "count_answers", "describe_items"),
        *("describe_scales", "compare_scales", "compare_categories", "compare_before_after", "fit_outcome_model"),
        *("compare_models", "describe_missing", "compare_imputation", "assess_sample"),
    )
}


def analysed(survey: OddSurvey, folder: Path) -> dict[str, pd.DataFrame]:
    """Every table of results that the scripts of the workflow write of a survey, and the tables that they read."""
    files = {name: str(folder / f"{name}.csv") for name in TABLES}
    sites = pd.DataFrame({"site_id": SITES}).assign(position=range(1, 4), **_blank("sites", {"site_id", "position"}))
    write_table(sites, files["sites"])
    write_table(survey.items, files["items"])
    write_table(survey.responses, files["responses"])
    write_table(survey.sample_design, files["sample_design"])
    write_table(category_labels({"G1": [Category(w, w, w) for w in ("หญิง", "ชาย")]}), files["categories"])
    write_table(pd.DataFrame(columns=["respondent_id", "item_id", "reason"], dtype=str), files["nonanswer_cells"])
    asked: dict[str, Any] = {"items_table": files["items"]}
    held = {"counts": str(folder / "survey_counts.json")}
    level: dict[str, Any] = {"confidence": 0.95}

    def run(name: str, *tables: str, **further: Any) -> None:
        SCRIPT[name](**{table: files[table] for table in tables}, **further)

    random = {
        "random_sets": 100,
        "percentile": 0.95,
        "seed": 1,
        "parts": str(folder / "parts.json"),
        "code": "",
        **asked,
    }
    run("check_dimensionality", "responses", "scale_dimensionality", "scale_eigenvalues", **random)
    run("score_scales", "responses", "scale_scores", answered=0.5, **asked)
    run("count_answers", "responses", "scale_scores", **asked, **held)
    drawn = {"alpha_interval": "feldt", "replicates": 20, "seed": 1, **level, **asked, **held}
    run("measure_reliability", "responses", "scale_reliability", "item_rest", **drawn)
    described = {"groups": GROUPS, "bands": BANDS, **level, **asked, **held}
    answers = ("item_statistics", "item_group_statistics", "item_answers", "item_answers_by_site")
    answers += ("item_answers_by_group", "category_answers", "category_answers_by_group")
    run("describe_items", "sites", "responses", "sample_design", "categories", *answers, **described)
    scored = ("sites", "responses", "scale_scores", "scale_statistics", "group_statistics")
    run("describe_scales", "sample_design", *scored, **described)
    tested = {"test": "auto", "correction": "holm", **level, **asked, **held}
    compared = [f"{part}_comparison{pairs}" for part in ("site", "group") for pairs in ("", "_pairs")]
    run("compare_scales", "sites", *compared, groups=GROUPS, **tested)
    exact = {"groups": GROUPS, "replicates": 100, "seed": 1, "correction": "holm", **level, **asked, **held}
    run("compare_categories", "sites", "category_comparison", **exact)
    changes = ("before_after", "before_after_by_group", "mcnemar", "mcnemar_by_group")
    run("compare_before_after", *scored[:3], *changes, groups=GROUPS, correction="holm", **level, **asked)
    chosen = {"models": MODELS, "robust": "HC3", "sample": 1000, "seed": 1, **level}
    run("fit_outcome_model", "scale_scores", "outcome_model", "outcome_model_fit", **chosen)
    fits = ("model_terms", "model_fits", "model_thresholds", "proportional_odds")
    checks = ("model_diagnostics", "model_collinearity")
    beside = {"replicates": 50, "significance": 0.05, **chosen, **asked}
    run("compare_models", "responses", "scale_scores", "sample_design", *fits, *checks, **beside)
    gone = ("missing_items", "missing_data")
    sampled = {"models": MODELS, "sample": 1000, "seed": 1, **asked}
    run("describe_missing", "sites", "responses", "nonanswer_cells", "scale_scores", *gone, **sampled)
    completed = {"imputations": 2, "iterations": 1, **chosen, **asked}
    run("compare_imputation", "responses", "scale_scores", "imputation_comparison", **completed)
    size = ("sites", "sample_size", "survey_response_by_site")
    needed: dict[str, Any] = {"margin": 0.05, "wanted_power": 0.8, "significance": 0.05, "population": {}}
    run("assess_sample", *size, "survey_representativity", "power", **needed, **level, **asked, **held)
    return {name: read_table(path) for name, path in files.items() if Path(path).exists()}


def _blank(name: str, known: set[str]) -> dict[str, Any]:
    """Cells that do not matter here, for the other columns of a table."""
    cells: dict[str, Any] = {"text": "x", "date": "", "integer": 1, "number": 1.0, "flag": False}
    return {c.name: cells[c.kind] for c in TABLES[name].columns if c.name not in known}
