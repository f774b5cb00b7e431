"""The models of the outcome beside each other, and the checks of the linear one."""

from pathlib import Path

from thongthin.models.comparison import compare_models as compare
from thongthin.scales import in_numbers, reverse_items
from thongthin.schema.models import ModelKind
from thongthin.tables import read_table, write_table


def compare_models(
    *,
    items_table: str,
    responses: str,
    scale_scores: str,
    model_terms: str,
    model_fits: str,
    model_thresholds: str,
    proportional_odds: str,
    model_diagnostics: str,
    model_collinearity: str,
    outcome: str,
    predictors: list[str],
    kinds: list[ModelKind],
    item: str | None,
    robust: str,
    confidence: float,
    significance: float,
    replicates: int,
    sample: int,
    seed: int,
) -> None:
    """Write the tables of the models.

    Args:
        outcome, predictors, kinds, item: as in study.yml (`model`).
        robust, confidence, replicates, sample: as in the configuration (`analysis.model`).
        significance: as in the configuration (`analysis.comparison`).
        seed: of the bootstrap, and of the sample.
    """
    questions, answers = read_table(items_table, "items"), None
    if item:
        answers = reverse_items(read_table(responses, "responses"), questions)[item]
    tables = compare(
        read_table(scale_scores, "scale_scores"),
        outcome,
        predictors,
        kinds=kinds,
        answers=answers,
        numeric=in_numbers(questions, outcome, item),
        robust=robust,
        confidence=confidence,
        significance=significance,
        replicates=replicates,
        most=sample,
        seed=seed,
    )
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
    from thongthin.steps import run

    run(compare_models, globals()["snakemake"])
