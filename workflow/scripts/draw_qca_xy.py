"""XY plots of the solutions: how far the cases in a solution have the outcome."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.configurations import qca_xy


def draw_qca_xy(*, tables: list[str], th: list[str], en: list[str], constructs: dict[str, dict[str, str]]) -> None:
    """Draw the figure in both languages.

    Args:
        tables: qca_fit, qca_sets, qca_calibration, qca_solutions, sites, codes.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label.
    """
    write_figure(qca_xy, tables, th, en, constructs=constructs)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_qca_xy, globals()["snakemake"])
