"""Scree plots: the eigenvalues of each scale beside those of random data."""

from typing import Any

from thongthin.present.figures import write_figure
from thongthin.present.figures.dimensionality import dimensionality


def draw_dimensionality(
    *, tables: list[str], th: list[str], en: list[str], constructs: dict[str, Any], percentile: float
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: scale_dimensionality, scale_eigenvalues.
        th, en: SVG and PNG file in each language.
        constructs: label of each construct by language.
        percentile: of the random eigenvalues, as configured.
    """
    write_figure(dimensionality, tables, th, en, constructs=constructs, percentile=percentile)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_dimensionality, globals()["snakemake"])
