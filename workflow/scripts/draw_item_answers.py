"""Stacked bars of the answers to each item of the survey, diverging from the middle of the scale."""

from typing import Any

from thongthin.figures import write_figure
from thongthin.figures.survey import item_answers


def draw_item_answers(
    *,
    tables: list[str],
    th: list[str],
    en: list[str],
    constructs: dict[str, dict[str, str]],
    scales: dict[str, dict[str, Any]],
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: item_answers, items.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label, in the order of study.yml.
        scales: answer scales of the survey as in study.yml.
    """
    write_figure(item_answers, tables, th, en, constructs=constructs, scales=scales)


if "snakemake" in globals():
    from thongthin.steps import run

    run(draw_item_answers, globals()["snakemake"])
