"""The models of each outcome beside each other, and the checks of the linear one."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.models.comparison import compare_models as compare
from thongthin.survey.models.comparison import of_each
from thongthin.survey.sample_design import design_of
from thongthin.survey.scales import in_numbers, reverse_items


def compare_models(
    *,
    items_table: str,
    responses: str,
    scale_scores: str,
    sample_design: str,
    model_terms: str,
    model_fits: str,
    model_thresholds: str,
    proportional_odds: str,
    model_diagnostics: str,
    model_collinearity: str,
    models: list[dict[str, Any]],
    robust: str,
    confidence: float,
    significance: float,
    replicates: int,
    sample: int,
    seed: int,
) -> None:
    """Write the tables of the models.

    Args:
        sample_design: how respondents were drawn; without rows where the study does not say.
        models: as in study.yml (`model`, `models`), each with its id.
        robust, confidence, replicates, sample: as in the configuration (`analysis.model`).
        significance: as in the configuration (`analysis.comparison`).
        seed: of the bootstrap, and of the sample.
    """
    questions, scores = read_table(items_table, "items"), read_table(scale_scores, "scale_scores")
    turned = reverse_items(read_table(responses, "responses"), questions)
    design = design_of(read_table(sample_design, "sample_design"), scores["respondent_id"])

    def compared(own: Mapping[str, Any]) -> dict[str, pd.DataFrame]:
        return compare(
            scores,
            own["outcome"],
            own["predictors"],
            kinds=own["kinds"],
            answers=turned[own["item"]] if own["item"] else None,
            numeric=in_numbers(questions, own["outcome"], own["item"]),
            robust=robust,
            confidence=confidence,
            significance=significance,
            replicates=replicates,
            most=sample,
            seed=seed,
            design=design,
        )

    tables = of_each(models, compared)
    for path in (
        model_terms,
        model_fits,
        model_thresholds,
        proportional_odds,
        model_diagnostics,
        model_collinearity,
    ):
        write_table(tables[Path(path).stem], path)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_models, globals()["snakemake"])
