"""Where: the sites of a study, from its table of that name."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import write_table
from thongthin.read.frame import read_sites as read


def read_sites(*, study: str, sites: list[str], sites_table: str) -> None:
    """Write the table `sites`.

    Args:
        study: study.yml.
        sites: what people filled in, .csv or .xlsx: one path or none.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    frame = read(Path(sites[0]) if sites else None, settings, problems.at(sites[0] if sites else ""))
    problems.raise_if_any()
    write_table(frame, sites_table)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_sites, globals()["snakemake"])
