"""The article's tables and figures as they are published, made from the published tables alone."""

from pathlib import Path
from typing import Any

from thongthin.present.public.exhibits import write_figures, write_tables
from thongthin.present.public.material import Material


def show_public(
    *,
    tables: str,
    names: str,
    quotes: str,
    shown: str,
    wanted: list[str],
    figures: dict[str, dict[str, Any]],
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    inferences: dict[str, dict[str, str]],
    analysis: dict[str, Any],
) -> None:
    """Write them in both languages, with their numbers as CSV.

    Args:
        tables, names, quotes: what `protect_tables` wrote.
        shown: the folder to write into.
        wanted: the article tables that documents show.
        figures: the figures that they show, with the labels and choices that each is declared to need.
        groups, constructs, inferences, analysis: as for `write_tables`.
    """
    material = Material.of(Path(tables), Path(names), Path(quotes), groups, constructs, analysis, inferences)
    write_tables(material, wanted, Path(shown))
    write_figures(material, figures, Path(shown))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(show_public, globals()["snakemake"])
