"""Heat map of the themes: which share of each site's participants speaks of each theme."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.interviews import themes_by_site


def draw_themes_by_site(*, tables: list[str], th: list[str], en: list[str]) -> None:
    """Draw the figure in both languages.

    Args:
        tables: themes_by_site, sites, codes.
        th, en: SVG and PNG file in each language.
    """
    write_figure(themes_by_site, tables, th, en)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_themes_by_site, globals()["snakemake"])
