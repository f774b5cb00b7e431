"""The quotes that the article may show, each found in its transcript."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.tables import read_table, write_table
from thongthin.read.quotes import read_quotes as read


def read_quotes(
    *,
    participants: str,
    codes: list[str],
    transcripts: str,
    turns: str,
    quotes: list[str],
    quotes_table: str,
    withdrawn: list[str],
) -> None:
    """Write the table `quotes`, without rows if the study has no quotes.

    Args:
        participants, transcripts, turns: tables of these names.
        codes: the table `codes`, or nothing where the interviews are not coded yet.
        quotes: what people filled in, .csv or .xlsx: one path or none.
        withdrawn: participants who withdrew.
    """
    problems = Problems()
    frame = read(
        Path(quotes[0]) if quotes else None,
        read_table(participants, "participants"),
        read_table(codes[0], "codes") if codes else None,
        read_table(transcripts, "transcripts"),
        read_table(turns, "turns"),
        problems.at(quotes[0] if quotes else ""),
        withdrawn,
    )
    problems.raise_if_any()
    write_table(frame, quotes_table, "quotes")


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_quotes, globals()["snakemake"])
