"""Whether the documents of a language say what the values and tables say: read out of the finished files."""

import json
from pathlib import Path

from thongthin.basics.files import write_text
from thongthin.basics.language import Language
from thongthin.present.read_back.report import read_files
from thongthin.present.values import reads_in


def read_back(
    *, tree: str, text: str, rendered: list[str], values: str, words: str, counted: str, language: Language
) -> None:
    """Read numbers and rows of tables out of each format, and write how many stand there.

    Args:
        tree: what `render_document` rendered.
        text: folder that `compose_document` wrote.
        rendered: the document in each format.
        values: table `values`.
        words: what `check_claims` says of words.
        counted: how many values and rows of tables each format holds.

    Raises:
        RenderError: something does not stand where it should, or a p is not that of its statistic.
    """
    reads = reads_in(values, language)
    reads |= json.loads(Path(words).read_text(encoding="utf-8"))["words"][language]
    write_text(counted, read_files(Path(tree), Path(text), [Path(path) for path in rendered], reads))


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_back, globals()["snakemake"])
