"""Whether each scale measures one thing."""

from thongthin.contract.tables import read_table, write_table
from thongthin.survey.dimensionality import dimensionality_tables


def check_dimensionality(
    *,
    items_table: str,
    responses: str,
    scale_dimensionality: str,
    scale_eigenvalues: str,
    random_sets: int,
    percentile: float,
    seed: int,
) -> None:
    """Write how many dimensions each scale has by parallel analysis, and the eigenvalues; choices as configured."""
    answers, questions = read_table(responses, "responses"), read_table(items_table, "items")
    dimensions, eigenvalues = dimensionality_tables(
        answers, questions, sets=random_sets, percentile=percentile, seed=seed
    )
    write_table(dimensions, scale_dimensionality)
    write_table(eigenvalues, scale_eigenvalues)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(check_dimensionality, globals()["snakemake"])
