"""Dot plot of the themes: which share of each site's participants speaks of each, with its exact interval."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.interviews import theme_intervals


def draw_theme_intervals(*, tables: list[str], th: list[str], en: list[str], confidence: float) -> None:
    """Draw the figure in both languages.

    Args:
        tables: themes_by_site, sites, codes.
        th, en: SVG and PNG file in each language.
        confidence: level of the intervals.
    """
    write_figure(theme_intervals, tables, th, en, confidence=confidence)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_theme_intervals, globals()["snakemake"])
