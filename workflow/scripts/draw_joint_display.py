"""Both strands in one figure: how each factor fares in the interviews and in the survey, by site."""

from thongthin.present.figures import write_figure
from thongthin.present.figures.joint_display import joint_display


def draw_joint_display(
    *, tables: list[str], th: list[str], en: list[str], constructs: dict[str, dict[str, str]], confidence: float
) -> None:
    """Draw the figure in both languages.

    Args:
        tables: joint_display, sites, items.
        th, en: SVG and PNG file in each language.
        constructs: id -> language -> label, in the order of study.yml.
        confidence: level of the intervals of means.
    """
    write_figure(joint_display, tables, th, en, constructs=constructs, confidence=confidence)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(draw_joint_display, globals()["snakemake"])
