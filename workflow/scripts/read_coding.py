"""The coded segments, whatever tool they were made in, placed in the transcripts; and who read what."""

from pathlib import Path

from thongthin.basics.problems import Problems, notice_list
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table, write_table
from thongthin.read.coding import read_coding as read
from thongthin.read.interviews import interview_text


def read_coding(
    *,
    study: str,
    codes: str,
    transcripts: str,
    turns: str,
    interviews: list[str],
    coding: list[str],
    codings: str,
    coverage: str,
    skipped: str,
    coding_sources: str,
    reanchored: str,
    memos: str,
    case_variables: str,
) -> None:
    """Write the tables of these names, from `codings` on.

    Args:
        study: study.yml.
        codes, transcripts, turns: tables of these names.
        interviews: the files of the interviews: positions of a tool that stores no text count in them.
        coding: what the coders' tools exported, and the coverage table if there is one.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    files = [Path(file) for file in coding]
    of_participant = {Path(file).stem: Path(file) for file in interviews}
    found = read(
        files,
        read_table(codes, "codes"),
        read_table(transcripts, "transcripts"),
        read_table(turns, "turns"),
        problems.at(files[0].parent.as_posix() if files else "coding"),
        settings=settings.coding,
        interview=lambda participant: interview_text(of_participant[participant], Problems()),
        withdrawn=settings.participants.withdrawn,
    )
    problems.raise_if_any()
    for path in (codings, coverage, skipped, coding_sources, reanchored, memos, case_variables):
        write_table(getattr(found, Path(path).stem), path)
    if notices := notice_list(problems.notices):
        print(notices)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_coding, globals()["snakemake"])
