"""Odd surveys through every script of the workflow that analyses one, to the values and tables of an article."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from odd_surveys import BANDS, CONSTRUCTS, GROUPS, analysed, odd_survey
from result_frames import ANALYSIS

from thongthin.basics.language import Language
from thongthin.contract.tables import TABLES
from thongthin.present.catalogue import article_tables
from thongthin.present.labels import Labels
from thongthin.present.tables import article_table
from thongthin.present.values import collect

# Tables without draws that follow the order of the respondents, and their columns that test something.
TESTED = {
    "scale_reliability": ("alpha", "omega"),
    "scale_dimensionality": ("chi_square", "p", "kmo"),
    "site_comparison": ("h", "p", "f", "p_welch", "p_corrected"),
    "site_comparison_pairs": ("z", "p", "t", "p_welch"),
    "group_comparison": ("h", "p", "f", "p_welch"),
    "category_comparison": ("chi2", "p"),
    "before_after": ("z", "p", "d_z", "d_av"),
    "mcnemar": ("chi2", "p_mid"),
    "outcome_model": ("estimate", "t", "p", "p_classical"),
    "outcome_model_fit": ("r2", "f", "p", "p_classical"),
    "model_terms": ("estimate", "statistic", "p", "odds_ratio"),
    "model_fits": ("statistic", "p", "site_p", "icc"),
    "model_diagnostics": ("statistic", "p"),
    "proportional_odds": ("statistic", "p"),
    "missing_data": ("statistic", "p"),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("seed", [2, 4, 11, 16])
def test_an_odd_survey_goes_through_every_script_to_its_values_and_tables(seed: int, tmp_path: Path) -> None:
    survey = odd_survey(seed)
    tables = analysed(survey, tmp_path)
    for name, frame in tables.items():
        for column in TABLES[name].columns:
            if column.kind == "number":
                assert not np.isinf(frame[column.name]).any(), (name, column.name)
            if column.format == "p":
                assert frame[column.name].dropna().between(0, 1).all(), (name, column.name)
    results = {name: frame for name, frame in tables.items() if TABLES[name].folder == "results"}
    values = collect(results, BANDS)
    assert set(values.loc[values["value"].isna(), "text_en"]) <= {"–"}
    groups = {id_: {"th": id_, "en": id_} for id_ in GROUPS}
    languages: tuple[Language, ...] = ("th", "en")
    for language in languages:
        labels = Labels.of(language, tables, groups, CONSTRUCTS, BANDS)
        for name, own in article_tables().items():
            if set(own.sources) <= set(tables):
                assert article_table(name, tables, labels, ANALYSIS)
    turned = survey._replace(responses=survey.responses.iloc[::-1].reset_index(drop=True))
    again = analysed(turned, tmp_path)
    for name, columns in TESTED.items():
        for column in columns:
            first, second = (of[name][column].to_numpy(dtype=float) for of in (tables, again))
            np.testing.assert_allclose(first, second, rtol=1e-3, atol=1e-6, err_msg=f"{name}.{column}")
