"""A figure of the article in Thai and in English, and the numbers that it is drawn from."""

from pathlib import Path
from typing import Any

from thongthin.contract.tables import read_table, write_cells
from thongthin.present.cells import figure_table
from thongthin.present.figures import write_figure


def draw_figure(
    *, name: str, tables: list[str], th: list[str], en: list[str], numbers: str, needs: dict[str, Any]
) -> None:
    """Draw the figure in both languages.

    Args:
        name: one of `catalogue.figures`.
        tables: those that it reads and the study has.
        th, en: SVG, PNG and text file in each language.
        numbers: the CSV of the numbers that it is drawn from.
        needs: labels and choices that it is declared to need.
    """
    write_figure(name, tables, th, en, **needs)
    write_cells(figure_table({Path(path).stem: read_table(path) for path in tables}), numbers)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_figure, globals()["snakemake"])
