"""The interviews as normalised text, whole and in speaker turns."""

from pathlib import Path

from thongthin.problems import Problems
from thongthin.readers.interviews import read_interviews as read
from thongthin.tables import read_table, write_table


def read_interviews(*, participants: str, interviews: list[str], transcripts: str, turns: str) -> None:
    """Write the tables `transcripts` and `turns`.

    Args:
        participants: table `participants`.
        interviews: one file a participant, named by participant.
    """
    problems = Problems()
    files = [Path(file) for file in interviews]
    here = problems.at(files[0].parent.as_posix() if files else "interviews")
    texts, spoken = read(files, read_table(participants, "participants"), here)
    problems.raise_if_any()
    write_table(texts, transcripts)
    write_table(spoken, turns)


if "snakemake" in globals():
    from thongthin.steps import run

    run(read_interviews, globals()["snakemake"])
