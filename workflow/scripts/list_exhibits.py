"""Every exhibit of the documents: its number, key, sentence, and what it is made by."""

import json
from pathlib import Path

from thongthin.contract.tables import read_table, write_cells
from thongthin.present.exhibit_list import exhibit_list


def list_exhibits(
    *,
    sources: list[str],
    parts: list[str],
    values: str,
    words: str,
    exhibits: str,
    study: str,
    left_out: dict[str, list[int]],
) -> None:
    """Write one row an exhibit and document; a number that is said several times has one, with its first sentence.

    Args:
        sources: of the documents, in every language.
        parts: what they may include; only their times matter here.
        values: table `values`.
        words: what `check_claims` says of words.
        left_out: of each source, first lines of the blocks that are left out.
    """
    said = json.loads(Path(words).read_text(encoding="utf-8"))["words"]
    quotes = f"data/processed/{study}/quotes.csv"
    found = exhibit_list(sources, read_table(values, "values"), said, left_out, (f"results/{study}", words, quotes))
    write_cells(found, exhibits)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(list_exhibits, globals()["snakemake"])
