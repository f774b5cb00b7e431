"""The tables of the article as Markdown, in Thai and in English, and as CSV with the numbers that each cell shows."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.basics.parts import Parts, digest
from thongthin.contract.tables import TableFiles, text_of_cells
from thongthin.present.catalogue import article_tables, table_of
from thongthin.present.cells import Frames, cells_table, keys_of_cells, with_addresses
from thongthin.present.labels import Labels
from thongthin.present.tables import article_table


def write_tables(
    *,
    tables: list[str],
    th: str,
    en: str,
    cells: str,
    names: list[str],
    groups: dict[str, dict[str, str]],
    constructs: dict[str, dict[str, str]],
    inferences: dict[str, dict[str, str]],
    analysis: dict[str, Any],
    parts: str,
    code: str,
) -> None:
    """Write the tables that are asked for; those made from what they were made from before need not be made again.

    Args:
        tables: those that the tables asked for and their labels are made from, as far as the study has them.
        th, en: the folder of each language.
        cells: the folder of the tables as CSV, for both languages.
        names: which tables, as in `catalogue.article_tables`.
        groups, constructs: id -> language -> label, in the order of study.yml.
        inferences: language -> construct -> what the article concludes from both strands, in Markdown.
        analysis: the choices of the analysis.
        parts: file in which what was made is kept.
        code: its fingerprint, and that of the locked packages.
    """
    frames = TableFiles(tables)
    digests = {Path(path).stem: digest(Path(path)) for path in tables}
    folders: dict[Language, Path] = {"th": Path(th), "en": Path(en)}
    for folder in (*folders.values(), Path(cells)):
        folder.mkdir(parents=True, exist_ok=True)  # an article may show no table
    called = {
        language: Labels.of(language, frames, groups, constructs, analysis["scales"]["bands"], inferences)
        for language in folders
    }
    general = [code, analysis, *map(asdict, called.values())]

    def made(name: str, read: list[str]) -> dict[str, str]:
        """A table in each language, and its cells, out of the tables that it reads."""

        def make(own: Frames, language: Language = "en") -> str:
            given = {source: own[source] if source in own else frames[source] for source in read}
            return article_table(name, given, called[language], analysis)

        texts = {language: make({}, language) for language in folders}
        keys = keys_of_cells(make, {source: frames[source] for source in read}, texts["en"])
        addressed = {str(language): with_addresses(text, name, keys) for language, text in texts.items()}
        return addressed | {"cells": text_of_cells(cells_table(texts, keys))}

    kept = Parts(Path(parts))
    for name in names:
        read = [source for source in article_tables()[table_of(name)[0]].reads if source in frames]
        given = [name, general, {source: digests[source] for source in read}]
        one = kept.of(given, partial(made, name, read))
        for language, folder in folders.items():
            write_text(folder / f"{name}.md", one[language])
        write_text(Path(cells) / f"{name}.csv", one["cells"])
    kept.keep()


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(write_tables, globals()["snakemake"])
