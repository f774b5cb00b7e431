"""Stacked bars of the answers to each item of the survey, diverging from the middle of the scale."""

from pathlib import Path

from thongthin.contract.tables import read_table
from thongthin.present.figures import write_figure
from thongthin.present.figures.survey import item_answers


def draw_item_answers(
    *,
    tables: list[str],
    th: list[str],
    en: list[str],
    constructs: dict[str, dict[str, str]],
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: item_answers, items, answer_scales.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label, in the order of study.yml.
    """
    points = read_table(next(path for path in tables if Path(path).stem == "answer_scales"))
    labels = points.rename(columns={"label_th": "th", "label_en": "en"})
    scales = {name: {"answers": own[["value", "th", "en"]].to_dict("records")} for name, own in labels.groupby("scale")}
    write_figure(item_answers, tables, th, en, constructs=constructs, scales=scales)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_item_answers, globals()["snakemake"])
