"""Dot plot of the scales: the mean of each at each site, with its confidence interval."""

from typing import Any

from thongthin.present.figures import write_figure
from thongthin.present.figures.survey import factor_profile


def draw_factor_profile(
    *,
    tables: list[str],
    th: list[str],
    en: list[str],
    constructs: dict[str, dict[str, str]],
    bands: list[dict[str, Any]],
    confidence: float,
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: scale_statistics, sites, items.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label, in the order of study.yml.
        bands, confidence: as in the configuration.
    """
    write_figure(factor_profile, tables, th, en, constructs=constructs, bands=bands, confidence=confidence)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_factor_profile, globals()["snakemake"])
