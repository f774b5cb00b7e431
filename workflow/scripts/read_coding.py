"""The coded segments, each checked against the text that it quotes, and who read what."""

from pathlib import Path

from thongthin.problems import Problems
from thongthin.readers.coding import read_coding as read
from thongthin.tables import read_table, write_table


def read_coding(*, codes: str, transcripts: str, coding: list[str], codings: str, coverage: str) -> None:
    """Write the tables `codings` and `coverage`.

    Args:
        codes, transcripts: tables of these names.
        coding: tables of coded segments, .csv or .xlsx, and the coverage table if there is one.
    """
    problems = Problems()
    files = [Path(file) for file in coding]
    here = problems.at(files[0].parent.as_posix() if files else "coding")
    segments, covered = read(files, read_table(codes, "codes"), read_table(transcripts, "transcripts"), here)
    problems.raise_if_any()
    write_table(segments, codings)
    write_table(covered, coverage)


if "snakemake" in globals():
    from thongthin.steps import run

    run(read_coding, globals()["snakemake"])
