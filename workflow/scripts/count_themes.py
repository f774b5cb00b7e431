"""Which participants speak of which theme, and how many of each site and group."""

from thongthin.tables import read_table, write_table
from thongthin.themes import themes_by_group as by_group
from thongthin.themes import themes_by_participant as by_participant
from thongthin.themes import themes_by_site as by_site


def count_themes(
    *,
    sites: str,
    participants: str,
    codes: str,
    codings: str,
    coverage: str,
    themes_by_participant: str,
    themes_by_site: str,
    themes_by_group: str,
    coders: str,
    groups: list[str],
) -> None:
    """Write the three theme tables.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        groups: ids of all groups, in the order of the study.
    """
    codebook = read_table(codes, "codes")
    people = read_table(participants, "participants")
    site_ids = read_table(sites, "sites")["site_id"]
    present = by_participant(read_table(codings, "codings"), read_table(coverage, "coverage"), codebook, coders)
    write_table(present, themes_by_participant)
    write_table(by_site(present, people, site_ids, codebook), themes_by_site)
    write_table(by_group(present, people, groups, codebook), themes_by_group)


if "snakemake" in globals():
    from thongthin.steps import run

    run(count_themes, globals()["snakemake"])
