"""What goes with the outcome: one regression on the factors, for each model of the study."""

from typing import Any

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.models.comparison import of_each
from thongthin.survey.models.linear import fit_outcome_model as fit


def fit_outcome_model(
    *,
    scale_scores: str,
    outcome_model: str,
    outcome_model_fit: str,
    models: list[dict[str, Any]],
    robust: str,
    confidence: float,
    sample: int,
    seed: int,
) -> None:
    """Write the coefficients and the fit of the regression of each outcome on its predictors.

    Args:
        models: as in study.yml (`model`, `models`), each with its id.
        robust, confidence, sample: as in the configuration (`analysis.model`).
        seed: of the sample.
    """
    scores = read_table(scale_scores, "scale_scores")
    choices: dict[str, Any] = {"robust": robust, "confidence": confidence, "most": sample, "seed": seed}
    tables = of_each(
        models,
        lambda own: dict(zip(("terms", "fit"), fit(scores, own["outcome"], own["predictors"], **choices), strict=True)),
    )
    write_table(tables["terms"], outcome_model)
    write_table(tables["fit"], outcome_model_fit)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(fit_outcome_model, globals()["snakemake"])
