"""Diverging bars of the themes: how many passages of each site enable, and how many hinder."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.interviews import valence_balance


def draw_valence_balance(*, tables: list[str], th: list[str], en: list[str]) -> None:
    """Draw the figure in both languages.

    Args:
        tables: valence_balance, sites, codes.
        th, en: SVG and PNG file in each language.
    """
    write_figure(valence_balance, tables, th, en)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_valence_balance, globals()["snakemake"])
