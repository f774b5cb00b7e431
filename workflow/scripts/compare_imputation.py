"""Whether missing answers matter: the model of complete respondents beside that of imputed answers."""

from thongthin.imputation import imputation_comparison as compare
from thongthin.tables import read_table, write_table


def compare_imputation(
    *,
    items_table: str,
    responses: str,
    scale_scores: str,
    imputation_comparison: str,
    outcome: str,
    predictors: list[str],
    imputations: int,
    iterations: int,
    robust: str,
    confidence: float,
    sample: int,
    seed: int,
) -> None:
    """Write the comparison.

    Args:
        outcome, predictors: as in study.yml (`model`).
        imputations, iterations: as in the configuration (`analysis.missing`).
        robust, confidence, sample: as in the configuration (`analysis.model`).
        seed: of the imputations, and of the sample.
    """
    table = compare(
        read_table(responses, "responses"),
        read_table(items_table, "items"),
        read_table(scale_scores, "scale_scores"),
        outcome,
        predictors,
        imputations=imputations,
        iterations=iterations,
        robust=robust,
        confidence=confidence,
        most=sample,
        seed=seed,
    )
    write_table(table, imputation_comparison)


if "snakemake" in globals():
    from thongthin.steps import run

    run(compare_imputation, globals()["snakemake"])
