"""Which participants speak of which theme, and how many of each site and group."""

from thongthin.contract.tables import read_table, write_table
from thongthin.interviews import themes


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
    themes_by_site_group: str,
    coders: str,
    groups: list[str],
    confidence: float,
) -> None:
    """Write the four theme tables.

    Args:
        coders: whose coding counts, `any`, `all` or the id of one coder.
        groups: ids of all groups, in the order of the study.
        confidence: level of the exact intervals of shares.
    """
    book = read_table(codes, "codes")
    people = read_table(participants, "participants")
    site_ids = list(read_table(sites, "sites")["site_id"])
    present = themes.themes_by_participant(
        read_table(codings, "codings"), read_table(coverage, "coverage"), book, coders
    )
    write_table(present, themes_by_participant)
    write_table(themes.themes_by_site(present, people, site_ids, book, confidence), themes_by_site)
    write_table(themes.themes_by_group(present, people, groups, book, confidence), themes_by_group)
    both = themes.themes_by_site_group(present, people, site_ids, groups, book, confidence)
    write_table(both, themes_by_site_group)


if "snakemake" in globals():
    from thongthin.flow.steps import run

    run(count_themes, globals()["snakemake"])
