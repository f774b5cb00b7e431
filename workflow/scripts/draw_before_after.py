"""Dumbbells of what changed: the means before and after, for each construct and site."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.survey import before_after


def draw_before_after(
    *, tables: list[str], th: list[str], en: list[str], constructs: dict[str, dict[str, str]]
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: before_after, sites, items.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label, in the order of study.yml.
    """
    write_figure(before_after, tables, th, en, constructs=constructs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_before_after, globals()["snakemake"])
