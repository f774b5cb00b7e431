"""A figure of the article in Thai and in English."""

from typing import Any

from thongthin.present.figures import write_figure


def draw_figure(*, name: str, tables: list[str], th: list[str], en: list[str], needs: dict[str, Any]) -> None:
    """Draw the figure in both languages.

    Args:
        name: one of `catalogue.figures`.
        tables: those that it reads and the study has.
        th, en: SVG and PNG file in each language.
        needs: labels and choices that it is declared to need.
    """
    write_figure(name, tables, th, en, **needs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_figure, globals()["snakemake"])
