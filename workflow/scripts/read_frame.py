"""Who and where: the sites and the participants of a study, from its tables of these names."""

from pathlib import Path

from thongthin.problems import Problems
from thongthin.readers.frame import read_participants, read_sites
from thongthin.study import read_study
from thongthin.tables import write_table


def read_frame(*, study: str, sites: list[str], participants: str, sites_table: str, participants_table: str) -> None:
    """Write the tables `sites` and `participants`.

    Args:
        study: study.yml.
        sites: what people filled in, .csv or .xlsx: one path or none; and `participants`.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    sites_file = sites[0] if sites else ""
    site_frame = read_sites(Path(sites_file) if sites else None, settings, problems.at(sites_file))
    people = read_participants(Path(participants), site_frame, settings, problems.at(participants))
    problems.raise_if_any()
    write_table(site_frame, sites_table)
    # Of somebody who refused, nothing is kept.
    write_table(people[people["consent"] == "yes"], participants_table)


if "snakemake" in globals():
    from thongthin.steps import run

    run(read_frame, globals()["snakemake"])
