"""What goes with the outcome: one regression on the factors."""

from thongthin.models.linear import fit_outcome_model as fit
from thongthin.tables import read_table, write_table


def fit_outcome_model(
    *,
    scale_scores: str,
    outcome_model: str,
    outcome_model_fit: str,
    outcome: str,
    predictors: list[str],
    robust: str,
    confidence: float,
    sample: int,
    seed: int,
) -> None:
    """Write the coefficients and the fit of the regression of `outcome` on `predictors`.

    Args:
        robust, confidence, sample: as in the configuration (`analysis.model`).
        seed: of the sample.
    """
    scores = read_table(scale_scores, "scale_scores")
    coefficients, summary = fit(
        scores, outcome, predictors, robust=robust, confidence=confidence, most=sample, seed=seed
    )
    write_table(coefficients, outcome_model)
    write_table(summary, outcome_model_fit)


if "snakemake" in globals():
    from thongthin.steps import run

    run(fit_outcome_model, globals()["snakemake"])
