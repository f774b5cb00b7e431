"""Who: the participants of a study, from its table of that name."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import read_table, write_table
from thongthin.read.frame import read_participants as read


def read_participants(*, study: str, sites: str, participants: str, participants_table: str) -> None:
    """Write the table `participants`.

    Args:
        study: study.yml.
        sites: table `sites`.
        participants: what people filled in, .csv or .xlsx.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    people = read(Path(participants), read_table(sites, "sites"), settings, problems.at(participants))
    problems.raise_if_any()
    # Of somebody who refused, nothing is kept.
    write_table(people[people["consent"] == "yes"], participants_table)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_participants, globals()["snakemake"])
