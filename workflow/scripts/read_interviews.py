"""The interviews as normalised text, whole and in speaker turns; whose the speakers' labels are."""

from pathlib import Path

from thongthin.basics.problems import Problems, notice_list
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table, write_table
from thongthin.read.interviews import read_interviews as read


def read_interviews(
    *, study: str, participants: str, interviews: list[str], transcripts: str, turns: str, speakers: str
) -> None:
    """Write the tables `transcripts`, `turns` and `speakers`.

    Args:
        study: study.yml.
        participants: table `participants`.
        interviews: one file a participant, named by participant.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    problems.raise_if_any()
    assert settings is not None
    files = [Path(file) for file in interviews]
    here = problems.at(files[0].parent.as_posix() if files else "interviews")
    found = read(files, read_table(participants, "participants"), here, settings.interviews)
    problems.raise_if_any()
    for path in (transcripts, turns, speakers):
        write_table(getattr(found, Path(path).stem), path)
    if notices := notice_list(problems.notices):
        print(notices)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_interviews, globals()["snakemake"])
