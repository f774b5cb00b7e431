"""Whether missing answers matter: the model of complete respondents beside that of imputed answers."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.imputation import imputation_comparison as compare
from thongthin.survey.models.comparison import of_each


def compare_imputation(
    *,
    items_table: str,
    responses: str,
    scale_scores: str,
    imputation_comparison: str,
    models: list[dict[str, Any]],
    imputations: int,
    iterations: int,
    robust: str,
    confidence: float,
    sample: int,
    seed: int,
) -> None:
    """Write the comparison.

    Args:
        models: as in study.yml (`model`, `models`), each with its id.
        imputations, iterations: as in the configuration (`analysis.missing`).
        robust, confidence, sample: as in the configuration (`analysis.model`).
        seed: of the imputations, and of the sample.
    """
    answers, items = read_table(responses, "responses"), read_table(items_table, "items")
    scores = read_table(scale_scores, "scale_scores")
    choices: dict[str, Any] = {"imputations": imputations, "iterations": iterations, "robust": robust}
    choices |= {"confidence": confidence, "most": sample, "seed": seed}
    tables = of_each(
        models,
        lambda own: {"all": compare(answers, items, scores, own["outcome"], own["predictors"], **choices)},
    )
    write_table(tables["all"], imputation_comparison)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(compare_imputation, globals()["snakemake"])
