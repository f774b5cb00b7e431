"""Where: the sites of a study and where they lie, from its table of sites."""

from pathlib import Path

from thongthin.basics.problems import Problems
from thongthin.contract.loading import read_study
from thongthin.contract.tables import write_table
from thongthin.read.frame import read_places
from thongthin.read.frame import read_sites as read


def read_sites(*, study: str, sites: list[str], sites_table: str, places_table: str) -> None:
    """Write the tables `sites` and `site_places`.

    Args:
        study: study.yml.
        sites: what people filled in, .csv or .xlsx: one path or none.
    """
    problems = Problems()
    settings = read_study(Path(study), problems.at(study))
    path = Path(sites[0]) if sites else None
    frame = read(path, settings, problems.at(sites[0] if sites else ""))
    problems.raise_if_any()
    write_table(frame, sites_table)
    write_table(read_places(path), places_table)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(read_sites, globals()["snakemake"])
