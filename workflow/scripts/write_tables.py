"""The tables of the article as Markdown, in Thai and in English."""

from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.contract.tables import read_table
from thongthin.present.labels import Labels
from thongthin.present.tables import article_table


def write_tables(
    *,
    tables: list[str],
    th: str,
    en: str,
    names: list[str],
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    inferences: dict[str, dict[str, str]],
    analysis: dict[str, Any],
) -> None:
    """Write the tables that are asked for.

    Args:
        tables: those that the tables asked for and their labels are made from, as far as the study has them.
        th, en: the folder of each language.
        names: which tables, as in `catalogue.article_tables`.
        groups, constructs: id -> language -> label, in the order of study.yml.
        inferences: language -> construct -> what the article concludes from both strands, in Markdown.
        analysis: the choices of the analysis.
    """
    frames = {Path(path).stem: read_table(path) for path in tables}
    folders: dict[Language, str] = {"th": th, "en": en}
    for language, folder in folders.items():
        Path(folder).mkdir(parents=True, exist_ok=True)  # an article may show no table
        called = Labels.of(language, frames, groups, constructs, analysis["scales"]["bands"], inferences)
        for name in names:
            write_text(Path(folder) / f"{name}.md", article_table(name, frames, called, analysis))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(write_tables, globals()["snakemake"])
