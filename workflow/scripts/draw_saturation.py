"""Curves of saturation: what is found by each interview, at each site and over all."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.saturation import saturation


def draw_saturation(*, tables: list[str], th: list[str], en: list[str]) -> None:
    """Draw the figure in both languages.

    Args:
        tables: saturation, saturation_curve, sites.
        th, en: SVG and PNG file in each language.
    """
    write_figure(saturation, tables, th, en)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_saturation, globals()["snakemake"])
